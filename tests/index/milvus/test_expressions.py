from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine import PassageFilter
from index.milvus.engine import MilvusEngine
from index.milvus.expressions import among
from index.milvus.server import Milvus
from index.passages import PassageKey
from tests.index.engine_reference import build, passages_from, query_of

RUNS = st.lists(st.tuples(st.integers(0, 5_000), st.sampled_from([1, 2, 63, 64, 200])), max_size=30)


def meets(number: int, expression: str) -> bool:
    """Whether a number meets an expression; what these say is said alike in Python."""
    return bool(eval(expression, {"number": number}))


@settings(max_examples=30, deadline=None)
@given(RUNS)
def test_some_numbers_are_told_whatever_runs_they_make(runs: Sequence[tuple[int, int]]) -> None:
    numbers = {number for start, length in runs for number in range(start, start + length)}
    expression = among("number", numbers)
    edges = {edge + by for start, length in runs for edge in (start, start + length) for by in (-1, 0)}
    tried = sorted(edge for edge in edges if edge >= 0)
    assert [meets(number, expression) for number in tried] == [number in numbers for number in tried]


def test_many_numbers_in_a_row_make_no_longer_an_expression() -> None:
    lengths = {len(among("number", range(10_000, 10_000 + count))) for count in (100, 10_000, 80_000)}
    assert len(lengths) == 1
    apart = among("number", [number for number in range(40_000) if number % 100])
    assert apart.count(">=") == 16


def test_documents_are_filtered_and_removed_by_the_run(
    tmp_path: Path, lite: Milvus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.milvus.expressions._LONG", 3)
    engine = MilvusEngine(tmp_path, lite)
    build(
        engine, 1, [passage for document in range(1, 13) for passage in passages_from(document, ["judges"])]
    )
    searcher = build(engine, 2, passages_from(13, ["judges"]), base=1, remove=[2, 3, 4, 9])
    wanted = frozenset({1, 3, 4, 5, 6, 9, 11, 12, 13, 99})
    found = searcher.search(query_of("judges"), PassageFilter(documents=wanted), 20).scored
    assert len(searcher) == 9
    assert {PassageKey.from_int(scored.passage).document for scored in found} == {1, 5, 6, 11, 12, 13}
