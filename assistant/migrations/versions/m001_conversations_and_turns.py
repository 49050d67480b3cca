"""Create the tables of conversations and turns, and the index of their words."""

import sqlalchemy as sa
from alembic import op

revision = "m001"
down_revision = None
branch_labels = None
depends_on = None

_DELETE = """
    INSERT INTO conversation_words (conversation_words, rowid, title, question, answer)
    SELECT 'delete', id, title, question, answer FROM searched_turns WHERE"""
_INSERT = """
    INSERT INTO conversation_words (rowid, title, question, answer)
    SELECT id, title, question, answer FROM searched_turns WHERE"""


def upgrade() -> None:
    """Create them, with the triggers that keep the index."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turn_count", sa.Integer, nullable=False),
        sa.Column("last_turn", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_conversations_last_turn", "conversations", ["last_turn"])
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "conversation_id",
            sa.String(32),
            sa.ForeignKey("conversations.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("answered", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.UniqueConstraint("conversation_id", "number"),
        sqlite_autoincrement=True,
    )
    # a title is found in the first turn; the index reads the words here and keeps no copy of them
    op.execute("""
        CREATE VIEW searched_turns AS
        SELECT turns.id AS id, turns.conversation_id AS conversation_id, turns.number AS number,
               CASE turns.number WHEN 1 THEN conversations.title ELSE '' END AS title,
               json_extract(turns.answer, '$.question') AS question,
               json_extract(turns.answer, '$.text') AS answer
        FROM turns JOIN conversations ON conversations.id = turns.conversation_id""")
    op.execute("""
        CREATE VIRTUAL TABLE conversation_words USING fts5(
            title, question, answer, content='searched_turns', content_rowid='id',
            tokenize='unicode61 remove_diacritics 2', prefix='2 3')""")
    # what somebody asked says more of a conversation than what the documents answered
    op.execute(
        "INSERT INTO conversation_words (conversation_words, rank) VALUES ('rank', 'bm25(8.0, 4.0, 1.0)')"
    )
    for name, event, statement in (
        ("added", "AFTER INSERT ON turns", f"{_INSERT} id = new.id"),
        ("deleted", "BEFORE DELETE ON turns", f"{_DELETE} id = old.id"),
        (
            "renaming",
            "BEFORE UPDATE OF title ON conversations",
            f"{_DELETE} conversation_id = old.id AND number = 1",
        ),
        (
            "renamed",
            "AFTER UPDATE OF title ON conversations",
            f"{_INSERT} conversation_id = new.id AND number = 1",
        ),
    ):
        op.execute(f"CREATE TRIGGER words_{name} {event} BEGIN {statement}; END")


def downgrade() -> None:
    """Drop them."""
    op.execute("DROP TABLE conversation_words")
    op.execute("DROP VIEW searched_turns")
    op.drop_table("turns")
    op.drop_table("conversations")
