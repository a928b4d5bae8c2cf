"""The reader's own copies of sources: read, proven paragraph by paragraph, and kept."""
