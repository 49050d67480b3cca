from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import EngineDamaged
from corpus.model import Role
from index.dense import DenseIndex
from index.embedding import Vectors
from index.engine import PassageFilter
from index.passages import Passage, PassageKey
from tests.index.engine_contract import ALL, passages_from

DIMENSION = 8


def vectors_of(count: int, seed: int = 0) -> Vectors:
    """Unit vectors in any direction."""
    raw = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    unit: Vectors = raw / np.linalg.norm(raw, axis=1, keepdims=True)
    return unit


def index_of(passages: list[Passage], vectors: Vectors) -> DenseIndex:
    return DenseIndex.empty(DIMENSION).changed((), passages, vectors)


@pytest.fixture
def passages() -> list[Passage]:
    """Three documents whose numbers do not rise."""
    return [p for number in (3, 1, 2) for p in passages_from(number, ["text"] * 20, [Role.CONCERN])]


def test_the_nearest_passages_come_first(passages: list[Passage]) -> None:
    vectors = vectors_of(60)
    index = index_of(passages, vectors)
    query = vectors_of(1, seed=1)[0]
    order = np.argsort(-(vectors @ query))
    assert index.search(query, ALL, 10) == [int(passages[place].key) for place in order[:10]]
    assert len(index.search(query, ALL, 1000)) == len(index) == 60


def test_scores_are_cosines_in_the_order_asked_for(passages: list[Passage]) -> None:
    vectors = vectors_of(60)
    index = index_of(passages, vectors)
    query = vectors_of(1, seed=1)[0]
    places = [41, 0, 59, 20, 0]
    scores = index.scores(query, [int(passages[place].key) for place in places])
    assert scores == pytest.approx([float(vectors[place] @ query) for place in places], abs=1e-6)
    assert index.scores(query, []) == []


_roles = st.frozensets(st.sampled_from(Role))


@settings(max_examples=60)
@given(
    held=st.lists(st.tuples(st.integers(1, 4), _roles), max_size=20),
    documents=st.none() | st.frozensets(st.integers(1, 5)),
    roles=st.none() | _roles,
    limit=st.integers(0, 25),
)
def test_filters_bind_whatever_they_say(
    held: list[tuple[int, frozenset[Role]]],
    documents: frozenset[int] | None,
    roles: frozenset[Role] | None,
    limit: int,
) -> None:
    passages = [
        Passage(PassageKey(document, ordinal), "", "", "", "", tuple(own))
        for ordinal, (document, own) in enumerate(held)
    ]
    vectors = vectors_of(len(held))
    query = vectors_of(1, seed=1)[0]
    allowed = [
        (float(vector @ query), int(passage.key))
        for passage, vector in zip(passages, vectors, strict=True)
        if (documents is None or passage.key.document in documents)
        and (roles is None or roles & set(passage.roles))
    ]
    expected = [number for _, number in sorted(allowed, reverse=True)[:limit]]
    assert index_of(passages, vectors).search(query, PassageFilter(documents, roles), limit) == expected


def test_a_change_leaves_the_index_it_starts_from(passages: list[Passage]) -> None:
    index = index_of(passages, vectors_of(60))
    query = vectors_of(1, seed=1)[0]
    before = index.search(query, ALL, 60)
    changed = index.changed([1, 3, 99], passages_from(4, ["new"]), query.reshape(1, -1))
    assert (len(index), len(changed)) == (60, 21)
    assert index.search(query, ALL, 60) == before
    assert changed.search(query, ALL, 1) == [int(PassageKey(4, 0))]
    assert {PassageKey.from_int(n).document for n in changed.search(query, ALL, 60)} == {2, 4}


def test_an_emptied_index_can_be_filled_again(passages: list[Passage]) -> None:
    emptied = index_of(passages, vectors_of(60)).changed([1, 2, 3], [], vectors_of(0))
    query = vectors_of(1)[0]
    assert len(emptied) == 0
    assert emptied.search(query, ALL, 5) == []
    filled = emptied.changed([], passages_from(1, ["new"]), vectors_of(1))
    assert filled.search(query, ALL, 5) == [int(PassageKey(1, 0))]


def test_an_index_is_read_back_as_it_was_saved(passages: list[Passage], tmp_path: Path) -> None:
    index = index_of(passages, vectors_of(60))
    index.save(tmp_path)
    loaded = DenseIndex.load(tmp_path)
    query = vectors_of(1, seed=1)[0]
    where = PassageFilter(frozenset({1, 2}), frozenset({Role.CONCERN}))
    assert loaded.search(query, where, 60) == index.search(query, where, 60)
    numbers = [int(passage.key) for passage in passages]
    assert loaded.scores(query, numbers) == index.scores(query, numbers)


def test_vectors_without_their_passages_are_damage(passages: list[Passage], tmp_path: Path) -> None:
    for name, count in (("one", 60), ("other", 59)):
        (tmp_path / name).mkdir()
        index_of(passages[:count], vectors_of(count)).save(tmp_path / name)
    (tmp_path / "one" / "passages.npz").replace(tmp_path / "other" / "passages.npz")
    with pytest.raises(EngineDamaged, match="do not match their passages"):
        DenseIndex.load(tmp_path / "other")
    with pytest.raises(EngineDamaged, match="cannot be read"):
        DenseIndex.load(tmp_path / "one")
    (tmp_path / "other" / "dense.faiss").write_bytes(b"not vectors")
    with pytest.raises(EngineDamaged, match="cannot be read"):
        DenseIndex.load(tmp_path / "other")
