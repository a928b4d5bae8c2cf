"""A draft beside the base: what its sentences, quotations and pinpoints say, and what the base says."""
