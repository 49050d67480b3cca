"""A store that is not what it should be is reported with what to do, and kept as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.store import ConversationStore
from corpus.errors import ConversationNotHeld, ConversationsDamaged, ConversationsNewer
from tests.answers import answer_to
from tests.damage import damaged


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store that holds two conversations."""
    path = tmp_path_factory.mktemp("held") / "conversations.sqlite"
    store = ConversationStore(path)
    for question in ("what about extradition?", "what about adoption?"):
        begun = store.begin(answer_to(question, "The Committee recommends it."))
        for number in range(10):
            store.append(str(begun.conversation_id), answer_to(f"{question} {number}", "It does."))
    store.close()
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "conversations.sqlite"


def use_everything(path: Path) -> None:
    with closing(ConversationStore(path)) as store:
        store.count(), store.search("extradition", 10)
        for summary in store.page(100).conversations:
            store.conversation(summary.id), store.recent(summary.id)
            store.append(summary.id, answer_to("more?", "No."))
            store.rename(summary.id, "Another title")
            store.delete(summary.id)


@pytest.mark.parametrize(
    "content_of_file",
    [b"Not a database. " * 100, b"{}", b"SQLite format 3\0" + b"\xff" * 4096],
    ids=["text", "short", "only the beginning of a database"],
)
def test_a_file_that_is_no_database_is_refused_and_kept(path: Path, content_of_file: bytes) -> None:
    path.write_bytes(content_of_file)
    uses: list[Callable[[ConversationStore], object]] = [
        lambda store: store.page(10),
        lambda store: store.begin(answer_to("q", "a")),
        lambda store: store.recent("0123456789abcdef"),
    ]
    for use in uses:
        with (
            closing(ConversationStore(path)) as store,
            pytest.raises(ConversationsDamaged, match="Move it away") as caught,
        ):
            use(store)
        assert "conversations.sqlite" in caught.value.message
    assert path.read_bytes() == content_of_file


def test_a_store_that_was_moved_away_is_begun_anew(path: Path) -> None:
    path.write_bytes(b"Not a database. " * 100)
    with closing(ConversationStore(path)) as store:
        with pytest.raises(ConversationsDamaged):
            store.page(10)
        path.unlink()
        store.begin(answer_to("q", "a"))
        assert store.count() == 1


def test_a_store_of_a_newer_version_is_refused(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'm999'")
    connection.close()
    with pytest.raises(ConversationsNewer, match="m999"):
        ConversationStore(path).begin(answer_to("q", "a"))


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_store_that_is_cut_off_is_damaged(content: bytes, path: Path, share: float) -> None:
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ConversationsDamaged, match="Move it away"):
        use_everything(path)


def test_a_row_that_makes_no_sense_is_damage(content: bytes, path: Path) -> None:
    assert b'"statements"' in content
    path.write_bytes(content.replace(b'"statements"', b'"statement\xff"'))
    with pytest.raises(ConversationsDamaged):
        use_everything(path)
    path.write_bytes(content.replace(b'"statements"', b'"testaments"'))
    with pytest.raises(ConversationsDamaged, match="makes no sense"):
        use_everything(path)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_damaged_is_used_or_reported(content: bytes, path: Path, seed: int) -> None:
    path.write_bytes(damaged(content, seed))
    reported = str(path)
    try:
        use_everything(path)
    except ConversationsDamaged as error:
        reported = str(error)
    except ConversationNotHeld:  # its id is what was damaged
        pass
    assert str(path) in reported
    assert "\n" not in reported
