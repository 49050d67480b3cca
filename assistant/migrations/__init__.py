"""Alembic migrations of the conversations, run by `corpus.database` when they are opened."""
