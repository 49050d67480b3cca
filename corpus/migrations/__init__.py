"""Alembic migrations of the catalog, run by `corpus.database` when a catalog is opened."""
