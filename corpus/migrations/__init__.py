"""Alembic migrations of the catalog, run by `corpus.catalog` when a catalog is opened."""
