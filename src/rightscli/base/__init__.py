"""A fact base: its nouns, its file, and what is wrong with that."""
