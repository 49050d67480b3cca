"""Keep the other symbols of joint documents, by which they are found too."""

import sqlalchemy as sa
from alembic import op

revision = "m003"
down_revision = "m002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; documents that are held have none in it until they are read again."""
    op.create_table(
        "other_symbols",
        sa.Column("document_id", sa.BigInteger, nullable=False),
        sa.Column("symbol", sa.String(200), nullable=False),
        sa.Column("slug", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "symbol", name="pk_other_symbols"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name="fk_other_symbols_document_id_documents",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_other_symbols_symbol", "other_symbols", ["symbol"])
    op.create_index("ix_other_symbols_slug", "other_symbols", ["slug"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("other_symbols")
