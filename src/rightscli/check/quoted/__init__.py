"""Whether a draft's quotations are what the source says, word for word."""
