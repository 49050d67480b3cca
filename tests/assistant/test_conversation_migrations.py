"""The migrations of the conversations make what the store uses, and nothing they cannot take back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from assistant.conversation_tables import metadata, words
from assistant.store import SCHEMA, ConversationStore
from corpus.database import migrations
from tests.answers import answer_to


def test_the_store_knows_its_migrations() -> None:
    script = ScriptDirectory.from_config(migrations(SCHEMA))
    assert script.get_heads() == [SCHEMA.revisions[-1]]
    assert {one.revision for one in script.walk_revisions()} == set(SCHEMA.revisions)


def test_the_migrations_make_the_tables_that_are_used(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    with closing(ConversationStore(path)) as store:
        store.begin(answer_to("q", "a"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _: not (kind == "table" and name.startswith(words.name)),
            },
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_migrations_can_be_undone(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'conversations.sqlite'}")
    config = migrations(SCHEMA)
    for step, revision in ((command.upgrade, "head"), (command.downgrade, "base")):
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            step(config, revision)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert inspect(engine).get_view_names() == []
    engine.dispose()


def test_conversations_from_before_there_were_owners_are_those_without_a_key(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    with closing(ConversationStore(path)) as store:
        held = str(store.begin(answer_to("extradition?", "Nothing.")).conversation_id)
    engine = create_engine(f"sqlite:///{path}")
    config = migrations(SCHEMA)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "m001")
        assert "owner" not in {column["name"] for column in inspect(connection).get_columns("conversations")}
    engine.dispose()
    with closing(ConversationStore(path)) as store:
        store.append(held, answer_to("and?", "That."))
        store.rename(held, "Extradition")
        assert [found.id for found in store.search("extradition", 10).conversations] == [held]
        assert store.conversation(held).turn_count == 2
        assert store.page(10, owner="desk").conversations == ()
