"""The terminal chat in a browser; it needs the extra `web`."""
