from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from corpus.catalog import HEAD_REVISION, SCHEMA, Catalog, Change
from corpus.database import migrations
from corpus.schema import metadata
from tests.corpus.catalogs import new


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(migrations(SCHEMA))


def test_the_head_is_the_newest_migration() -> None:
    assert _script().get_heads() == [HEAD_REVISION]
    assert {script.revision for script in _script().walk_revisions()} == set(SCHEMA.revisions)


def test_the_migrations_make_the_schema_that_is_used(catalog: Catalog, path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.parametrize("revision", [script.revision for script in _script().walk_revisions()])
def test_a_catalog_of_any_known_revision_is_brought_up_to_date(path: Path, revision: str) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = migrations(SCHEMA)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    opened = Catalog(path)
    with opened.snapshot() as snapshot:
        assert snapshot.generation == 0
    opened.close()


def test_sections_of_held_paragraphs_are_found_again(catalog: Catalog, path: Path) -> None:
    """A catalog that had none yet is brought up to date with what each paragraph keeps of its headings."""
    catalog.publish(Change(add=[new(1), new(2)]), 1, None)
    keys = [(number, ordinal) for number in (1, 2) for ordinal in range(100)]
    with catalog.snapshot() as snapshot:
        sections = snapshot.sections_at(keys)
    catalog.close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = migrations(SCHEMA)
        config.attributes["connection"] = connection
        command.downgrade(config, "m003")
    engine.dispose()
    opened = Catalog(path)
    with opened.snapshot() as snapshot:
        assert snapshot.sections_at(keys) == sections
    opened.close()
    assert len(set(sections.values())) > 2


def test_the_migrations_can_be_undone(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    config = migrations(SCHEMA)
    for step, revision in ((command.upgrade, "head"), (command.downgrade, "base")):
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            step(config, revision)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
