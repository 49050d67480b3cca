"""The terminal chat; it knows `assistant` only."""
