"""Files become documents of numbered paragraphs; this room knows nothing of search."""

__version__ = "0.1.0"
