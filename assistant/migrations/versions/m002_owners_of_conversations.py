"""Note whose each conversation is; those that are held were opened without a key and stay nobody's."""

import sqlalchemy as sa
from alembic import op

revision = "m002"
down_revision = "m001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and list by owner what was listed for all."""
    op.add_column("conversations", sa.Column("owner", sa.String(64)))
    op.create_index("ix_conversations_owner_last_turn", "conversations", ["owner", "last_turn"])
    op.drop_index("ix_conversations_last_turn", "conversations")


def downgrade() -> None:
    """Drop it."""
    op.create_index("ix_conversations_last_turn", "conversations", ["last_turn"])
    op.drop_index("ix_conversations_owner_last_turn", "conversations")
    op.drop_column("conversations", "owner")
