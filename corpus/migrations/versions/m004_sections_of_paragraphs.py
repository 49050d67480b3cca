"""Note which paragraphs stand below the same heading, so that a search need not read them to know."""

import sqlalchemy as sa
from alembic import op

revision = "m004"
down_revision = "m003"
branch_labels = None
depends_on = None

_ROWS = 10_000


def upgrade() -> None:
    """Add the column and fill it from the headings that each paragraph keeps."""
    op.add_column("paragraphs", sa.Column("section", sa.Integer, nullable=False, server_default="0"))
    paragraphs = sa.table(
        "paragraphs",
        sa.column("document_id"),
        sa.column("ordinal"),
        sa.column("body", sa.JSON),
        sa.column("section"),
    )
    connection = op.get_bind()
    order = (paragraphs.c.document_id, paragraphs.c.ordinal)
    held = connection.execute(sa.select(*order, paragraphs.c.body).order_by(*order))
    begun: tuple[int, list[str], int] | None = None
    values: list[dict[str, int]] = []
    for document_id, ordinal, body in held:
        if begun is None or begun[:2] != (document_id, body["section"]):
            begun = (document_id, body["section"], ordinal)
        values.append({"of_document": document_id, "at": ordinal, "value": begun[2]})
    change = paragraphs.update().where(
        paragraphs.c.document_id == sa.bindparam("of_document"), paragraphs.c.ordinal == sa.bindparam("at")
    )
    for start in range(0, len(values), _ROWS):
        connection.execute(change.values(section=sa.bindparam("value")), values[start : start + _ROWS])


def downgrade() -> None:
    """Drop it."""
    op.drop_column("paragraphs", "section")
