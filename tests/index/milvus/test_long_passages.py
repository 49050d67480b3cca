"""Passages whose words have no room in Milvus: they are found as if they were there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import EngineDamaged
from index.conditions import Not, TermCondition, Word
from index.engine import Query
from index.milvus.engine import GRACE, MilvusEngine
from index.milvus.records_file import FILE
from index.milvus.server import Milvus
from index.passages import Passage, PassageKey
from tests.index.engine_contract import CONDITIONS, TEXTS, EngineContract, Step, any_changes
from tests.index.engine_reference import ALL, NewEngine, build, passages_from
from tests.index.listing_contract import ListingContract
from tests.index.words_contract import WordsContract

Room = Callable[[int], None]


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    """Sets how many bytes a text of a row may have."""
    return lambda size: monkeypatch.setattr("index.milvus.long_passages.TEXT_BYTES", size)


class TestEngineWithLittleRoom(ListingContract, WordsContract):
    """The contract where some of the words of almost any passages are elsewhere."""

    @pytest.fixture
    def new_engine(self, new_engine: NewEngine, room: Room) -> NewEngine:
        room(45)
        return new_engine

    @any_changes(4)
    def test_any_sequence_of_changes_is_searched_exactly(
        self, new_engine: NewEngine, steps: list[Step], queries: list[Query]
    ) -> None:
        EngineContract().search_exactly(new_engine(), steps, queries)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(TEXTS | st.text(max_size=20), min_size=1, max_size=8),
    conditions=st.lists(CONDITIONS, min_size=1, max_size=8),
)
def test_words_meet_the_same_conditions_wherever_they_are(
    new_engine: NewEngine, room: Room, texts: list[str], conditions: list[TermCondition]
) -> None:
    """The first document has its words in Milvus, the second the same words elsewhere."""
    engine = new_engine()
    room(10_000)
    build(engine, 1, passages_from(1, texts))
    room(-1)
    searcher = build(engine, 2, passages_from(2, texts), base=1)
    for condition in conditions:
        found = [PassageKey.from_int(number) for number in searcher.all_having([], ALL, condition)]
        here, elsewhere = ([key.ordinal for key in found if key.document == number] for number in (1, 2))
        assert here == elsewhere


# -- the table of their words


def long_ones(folder: Path) -> list[tuple[int, int]]:
    """The generation and document of each passage whose words are kept."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return list(connection.execute("SELECT generation, document FROM long_passages ORDER BY 1, 2"))


def one_each(*documents: int) -> list[Passage]:
    return [
        passage for number in documents for passage in passages_from(number, [f"training of {number} judges"])
    ]


def test_words_go_when_nobody_can_have_their_passage_open(tmp_path: Path, lite: Milvus, room: Room) -> None:
    now = 1_000_000.0
    engine = MilvusEngine(tmp_path, lite, clock=lambda: now)
    room(10)
    build(engine, 1, one_each(1, 2))
    after = build(engine, 2, one_each(1, 3), base=1, remove=[1])
    engine.sweep(2)
    assert long_ones(tmp_path) == [(1, 1), (1, 2), (2, 1), (2, 3)]
    now += GRACE
    engine.sweep(2)
    assert long_ones(tmp_path) == [(1, 2), (2, 1), (2, 3)]
    assert (after.passages_with("1"), after.words_beginning("1", 9)) == (1, ["1"])
    after = build(engine, 3, base=2, remove=[1])
    assert (after.passages_with("1"), after.words_beginning("1", 9)) == (0, [])
    build(engine, 4, one_each(4))
    now += GRACE
    engine.sweep(4)
    now += GRACE
    engine.sweep(4)
    assert long_ones(tmp_path) == [(4, 4)]


def test_words_of_what_was_not_published_go_at_once(tmp_path: Path, lite: Milvus, room: Room) -> None:
    engine = MilvusEngine(tmp_path, lite)
    room(10)
    build(engine, 1, one_each(1))
    build(engine, 2, one_each(2, 3), base=1)
    searcher = build(engine, 2, one_each(4), base=1)
    assert long_ones(tmp_path) == [(1, 1), (2, 4)]
    assert len(searcher.all_having([], ALL, Not(Word("training")))) == 0
    engine.sweep(1)
    assert long_ones(tmp_path) == [(1, 1)]


def test_words_that_are_lost_are_not_counted_as_none(tmp_path: Path, lite: Milvus, room: Room) -> None:
    engine = MilvusEngine(tmp_path, lite)
    room(10)
    build(engine, 1, one_each(1, 2))
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("DELETE FROM long_passages WHERE document = 1")
    with pytest.raises(EngineDamaged, match=r"words of a long passage are lost.*pilcrow engine rebuild"):
        build(engine, 2, base=1, remove=[1])
