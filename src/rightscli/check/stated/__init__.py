"""Whether a sentence without quotation marks restates a fact, and where the two differ."""
