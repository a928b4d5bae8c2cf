"""Look a fact up, prove where it comes from, and print it ready to cite."""

__version__ = "0.1.0"
