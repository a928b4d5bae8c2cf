"""A base → one SQLite file in the user's cache; that file → records, word lists, facts: what every look-up reads."""
