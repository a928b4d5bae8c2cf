"""Every rule about text, each once: what counts as the same text, word, figure, date, name or place."""
