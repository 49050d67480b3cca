"""Note which documents are searched: those in a language the model does not serve are only held."""

import sqlalchemy as sa
from alembic import op

revision = "m002"
down_revision = "m001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; so far every current document is searched."""
    op.add_column("documents", sa.Column("searched", sa.Boolean, nullable=False, server_default=sa.true()))
    documents = sa.table("documents", sa.column("searched"), sa.column("current"))
    op.execute(documents.update().values(searched=documents.c.current))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("documents", "searched")
