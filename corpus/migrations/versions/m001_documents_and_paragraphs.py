"""Create the tables of documents, paragraphs and the collection's generation."""

import sqlalchemy as sa
from alembic import op

revision = "m001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables and the one row of the collection."""
    op.create_table(
        "documents",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("symbol", sa.String(200), nullable=False),
        sa.Column("slug", sa.String(200), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("edition", sa.String(64), nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("committee", sa.Text),
        sa.Column("instrument", sa.Text),
        sa.Column("states", sa.JSON, nullable=False),
        sa.Column("session", sa.Text),
        sa.Column("adopted", sa.Date),
        sa.Column("issued", sa.Date),
        sa.Column("source_name", sa.Text, nullable=False),
        sa.Column("source_sha256", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("paragraph_count", sa.Integer, nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_index("ix_documents_symbol_language_current", "documents", ["symbol", "language", "current"])
    op.create_index("ix_documents_slug", "documents", ["slug"])
    op.create_table(
        "paragraphs",
        sa.Column(
            "document_id",
            sa.BigInteger,
            sa.ForeignKey("documents.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("eid", sa.String(64), nullable=False),
        sa.Column("label", sa.String(32), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.UniqueConstraint("document_id", "eid"),
    )
    op.create_index("ix_paragraphs_document_id_label", "paragraphs", ["document_id", "label"])
    collection = op.create_table(
        "collection",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("generation", sa.BigInteger, nullable=False),
        sa.Column("engine", sa.JSON),
        sa.Column("next_document_id", sa.BigInteger, nullable=False),
        sa.Column("seeded", sa.Boolean, nullable=False),
    )
    op.bulk_insert(
        collection,
        [{"id": 1, "generation": 0, "engine": None, "next_document_id": 1, "seeded": False}],
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("collection")
    op.drop_table("paragraphs")
    op.drop_table("documents")
