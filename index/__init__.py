"""Paragraphs become searchable passages; this room knows `corpus` only."""
