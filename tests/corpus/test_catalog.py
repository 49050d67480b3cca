import sqlite3
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from corpus.catalog import Catalog, Change, Counts, find_document
from corpus.errors import StoreError
from corpus.model import (
    Document,
    Footnote,
    Item,
    Paragraph,
    Reference,
    Section,
    Sentence,
    Source,
    Span,
    Warning,
)
from corpus.parse import SourceFile, parse_document
from tests.corpus.catalogs import SYMBOL, builtin, document_of, new
from tests.threads import together

# -- what is held


def test_a_new_catalog_holds_nothing(catalog: Catalog) -> None:
    with catalog.snapshot() as snapshot:
        assert snapshot.headers(current_only=False) == []
        assert snapshot.counts() == Counts(0, 0, 0)
        assert (snapshot.generation, snapshot.engine) == (0, None)
        assert (snapshot.next_document_id, snapshot.seeded) == (1, False)


def test_a_document_survives_a_round_trip(held: Catalog) -> None:
    with held.snapshot() as snapshot:
        assert snapshot.document(1) == builtin()
        assert snapshot.paragraphs(1) == list(builtin().paragraphs)
        accounts = snapshot.accounts(1)
    assert (accounts.text, accounts.spans) == (builtin().text, builtin().spans)


def test_a_header_says_what_the_document_says(held: Catalog) -> None:
    with held.snapshot() as snapshot:
        header = snapshot.header(1)
        assert snapshot.headers() == [header]
    for name in (
        "symbol", "slug", "title", "committee", "instrument", "states", "session", "adopted", "issued",
        "language", "edition", "source", "url",
    ):  # fmt: skip
        assert getattr(header, name) == getattr(builtin(), name)
    assert (header.paragraphs, header.current, header.year) == (43, True, 2015)


_texts = st.text(max_size=12)
_maybe = st.none() | _texts
_sentences = st.lists(st.from_type(Sentence), max_size=2).map(tuple)
_items = st.recursive(
    st.builds(Item, text=_texts, sentences=_sentences, items=st.just(())),
    lambda below: st.builds(Item, text=_texts, items=st.lists(below, max_size=2).map(tuple)),
    max_leaves=4,
)
_paragraphs = st.builds(
    Paragraph,
    items=st.lists(_items, max_size=2).map(tuple),
    section=st.lists(_texts, max_size=2).map(tuple),
    sentences=_sentences,
)


def _tuples(kind: type) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.from_type(kind), max_size=2).map(tuple)


_documents = st.builds(
    Document,
    states=st.lists(_texts, max_size=2).map(tuple),
    adopted=st.none() | st.dates(),
    issued=st.none() | st.dates(),
    source=st.builds(Source),
    spans=_tuples(Span),
    sections=_tuples(Section),
    paragraphs=st.lists(_paragraphs, min_size=1, max_size=3).map(
        lambda found: tuple(replace(p, ordinal=n, eid=f"para_{n}") for n, p in enumerate(found))
    ),
    footnotes=_tuples(Footnote),
    references=_tuples(Reference),
    warnings=_tuples(Warning),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(document=_documents)
def test_any_document_survives_a_round_trip(catalog: Catalog, document: Document) -> None:
    with catalog.snapshot() as snapshot:
        number, generation = snapshot.next_document_id, snapshot.generation
    catalog.publish(Change(add=[new(number, document)]), generation + 1, None)
    with catalog.snapshot() as snapshot:
        assert snapshot.document(number) == document
        header = snapshot.header(number)
    assert (header.symbol, header.title, header.states) == (document.symbol, document.title, document.states)
    assert (header.adopted, header.source) == (document.adopted, document.source)


def test_a_document_is_found_by_symbol_and_by_slug(held: Catalog) -> None:
    with held.snapshot() as snapshot:
        (header,) = snapshot.headers()
        assert snapshot.find(SYMBOL) == snapshot.find("crc-c-opsc-lao-co-1") == [header]
        assert snapshot.find("CRC/C/OPSC/LAO/CO/2") == []


def test_paragraphs_are_found_by_place_among_many(held: Catalog) -> None:
    keys = [(1, ordinal) for ordinal in range(1200)] + [(2, 0)]
    with held.snapshot() as snapshot:
        found = snapshot.paragraphs_at(keys)
        assert snapshot.paragraphs_at([]) == {}
    assert found == {(1, p.ordinal): p for p in builtin().paragraphs}


def test_paragraphs_below_one_heading_share_a_section(held: Catalog) -> None:
    paragraphs = builtin().paragraphs
    with held.snapshot() as snapshot:
        sections = snapshot.sections_at([(1, ordinal) for ordinal in range(1200)])
        assert snapshot.sections_at([]) == {}
    assert set(sections) == {(1, paragraph.ordinal) for paragraph in paragraphs}
    for one, other in pairwise(paragraphs):
        together = sections[1, one.ordinal] == sections[1, other.ordinal]
        assert together == (one.section == other.section)
        assert paragraphs[sections[1, other.ordinal]].section == other.section


def test_counts_are_of_what_is_current(catalog: Catalog) -> None:
    catalog.publish(Change(add=[new(1), new(2, document_of("CRC/C/KEN/CO/1", "One.", "Two."))]), 1, None)
    catalog.publish(Change(supersede=[1]), 2, None)
    with catalog.snapshot() as snapshot:
        assert snapshot.counts() == Counts(1, 2, 1)
        assert [(e.id, e.fingerprint, e.current, e.searched) for e in snapshot.editions()] == [
            (1, "fingerprint 1", False, False),
            (2, "fingerprint 2", True, True),
        ]


# -- what a publication does


def test_a_newer_edition_takes_the_place_of_the_held_one(held: Catalog) -> None:
    held.publish(Change(add=[new(2)], supersede=[1]), 2, None)
    with held.snapshot() as snapshot:
        assert [(h.id, h.current) for h in snapshot.headers(current_only=False)] == [(2, True), (1, False)]
        assert [h.id for h in snapshot.find(SYMBOL, current_only=False)] == [2, 1]
        assert [h.id for h in snapshot.find(SYMBOL)] == [2]
        assert snapshot.document(1) == builtin()


def test_a_removed_document_leaves_nothing_behind(held: Catalog, path: Path) -> None:
    held.publish(Change(remove=[1]), 2, None)
    with held.snapshot() as snapshot:
        assert snapshot.headers(current_only=False) == []
        assert snapshot.find(SYMBOL, current_only=False) == []
        assert snapshot.seeded
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM paragraphs").fetchone() == (0,)
    connection.close()


def test_the_id_of_a_removed_document_is_not_given_again(held: Catalog) -> None:
    held.publish(Change(remove=[1]), 2, None)
    with held.snapshot() as snapshot:
        assert snapshot.next_document_id == 2


def test_documents_and_generation_become_visible_together(held: Catalog) -> None:
    with held.snapshot() as before:
        held.publish(Change(add=[new(2, document_of("CRC/C/KEN/CO/1", "One."))]), 2, {"kind": "next"})
        assert (before.generation, before.engine) == (1, {"kind": "test"})
        assert [h.id for h in before.headers()] == [1]
        assert before.counts() == Counts(1, 43, 1)
    with held.snapshot() as after:
        assert (after.generation, after.engine) == (2, {"kind": "next"})
        assert [h.id for h in after.headers()] == [2, 1]


@pytest.mark.parametrize("generation", [-1, 0, 1, 3])
def test_a_generation_must_follow_the_held_one(held: Catalog, generation: int) -> None:
    with pytest.raises(StoreError, match=f"Generation {generation} cannot follow 1"):
        held.publish(Change(remove=[1]), generation, None)
    with held.snapshot() as snapshot:
        assert snapshot.document(1) == builtin()


def test_a_publication_that_fails_changes_nothing(held: Catalog) -> None:
    change = Change(add=[new(2, document_of("CRC/C/KEN/CO/1", "One."))], remove=[1], seeded=True)
    with pytest.raises(StatementError):
        held.publish(change, 2, {"kind": object()})
    with pytest.raises(StoreError):
        held.publish(replace(change, add=[*change.add, *change.add]), 2, None)
    with held.snapshot() as snapshot:
        assert (snapshot.generation, snapshot.next_document_id) == (1, 2)
        assert [h.id for h in snapshot.headers(current_only=False)] == [1]
        assert snapshot.document(1) == builtin()


def test_of_two_writers_of_one_generation_one_fails(held: Catalog, path: Path) -> None:
    both = Barrier(2)
    ended: list[str] = []

    def publish(number: int) -> None:
        other = Catalog(path)
        both.wait()
        try:
            other.publish(Change(add=[new(number)]), 2, None)
            ended.append("published")
        except StoreError:
            ended.append("refused")
        other.close()

    together(partial(publish, 2), partial(publish, 3))
    assert sorted(ended) == ["published", "refused"]
    with held.snapshot() as snapshot:
        assert len(snapshot.headers()) == 2


def test_a_joint_document_is_found_by_each_of_its_symbols(catalog: Catalog) -> None:
    text = b"CEDAW/C/GC/31/Rev.1-CRC/C/GC/18/Rev.1\n\nJoint general recommendation\n\n1. States should act.\n"
    document = parse_document(SourceFile("a.txt", text))
    assert (document.symbol, document.other_symbols) == ("CEDAW/C/GC/31/Rev.1", ("CRC/C/GC/18/Rev.1",))
    catalog.publish(Change(add=[new(1, document)]), 1, {"kind": "test"})
    with catalog.snapshot() as snapshot:
        for name in ("CEDAW/C/GC/31/Rev.1", "CRC/C/GC/18/Rev.1", "crc-c-gc-18-rev-1"):
            assert [header.id for header in find_document(snapshot, name)] == [1]
        assert snapshot.other_symbols(1) == ("CRC/C/GC/18/Rev.1",)
    catalog.publish(Change(remove=[1]), 2, {"kind": "test"})
    with catalog.snapshot() as snapshot:
        assert snapshot.find("CRC/C/GC/18/Rev.1", current_only=False) == []
