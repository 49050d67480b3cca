from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import EngineDamaged
from corpus.model import Role
from index.dense import ABSORBED, DEAD_SHARE, DenseIndex
from index.embedding import Vectors
from index.engine import PassageFilter
from index.passages import Passage, PassageKey
from index.segment import Limits, Segment
from tests.index.engine_reference import ALL, passages_from
from tests.index.vectors import DIMENSION, exact, vectors_of


class Folders:
    """Indexes that follow from each other, each in the folder of its number."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.folder = folder
        self.limits = limits or Limits()
        self.built = 0

    def change(
        self, add: list[Passage] | None = None, vectors: Vectors | None = None, remove: tuple[int, ...] = ()
    ) -> DenseIndex:
        """The index that follows from the last one, read back."""
        base = self.folder / str(self.built) if self.built else None
        held = DenseIndex.open(base, self.limits) if base else DenseIndex((), self.limits)
        self.built += 1
        target = self.folder / str(self.built)
        change = held.change(target, base, f"{self.built:03}", DIMENSION)
        if add is not None:
            change.add(add, vectors_of(len(add), self.built) if vectors is None else vectors)
        count = change.finish(remove)
        index = DenseIndex.open(target, self.limits)
        assert len(index) == count
        return index

    def segments(self) -> list[str]:
        return sorted(path.name for path in (self.folder / str(self.built)).iterdir() if path.is_dir())


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


@pytest.fixture
def passages() -> list[Passage]:
    """Three documents whose numbers do not rise."""
    return [p for number in (3, 1, 2) for p in passages_from(number, ["text"] * 20, [Role.CONCERN])]


def documents_found(index: DenseIndex) -> list[int]:
    found = index.search(vectors_of(1)[0], ALL, 10_000)
    assert len(set(found)) == len(found)
    return sorted(PassageKey.from_int(number).document for number in found)


def test_the_nearest_passages_come_first(folders: Folders, passages: list[Passage]) -> None:
    vectors = vectors_of(60)
    index = folders.change(passages, vectors)
    query = vectors_of(1, seed=1)[0]
    order = np.argsort(-exact(vectors, query))
    assert index.search(query, ALL, 10) == [int(passages[place].key) for place in order[:10]]
    assert len(index.search(query, ALL, 1000)) == len(index) == 60


def test_scores_are_cosines_in_the_order_asked_for(folders: Folders, passages: list[Passage]) -> None:
    vectors = vectors_of(60)
    folders.change(passages[:30], vectors[:30])
    index = folders.change(passages[30:], vectors[30:])
    query = vectors_of(1, seed=1)[0]
    places = [41, 0, 59, 20, 0]
    scores = index.scores(query, [int(passages[place].key) for place in places])
    assert scores == pytest.approx(exact(vectors, query)[places], abs=1e-6)
    assert index.scores(query, []) == []


_roles = st.frozensets(st.sampled_from(Role))


@pytest.mark.parametrize(
    "limits",
    [
        Limits(),
        Limits(exact=0, probes=99),
        Limits(exact=6, probes=99),
    ],
    ids=["exact", "lists", "mixed"],
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(st.tuples(st.integers(1, 4), _roles), max_size=20),
    removed=st.frozensets(st.integers(1, 4), max_size=1),
    documents=st.none() | st.frozensets(st.integers(1, 5)),
    roles=st.none() | _roles,
    limit=st.integers(0, 25),
)
def test_filters_bind_whatever_they_say(
    tmp_path_factory: pytest.TempPathFactory,
    limits: Limits,
    held: list[tuple[int, frozenset[Role]]],
    removed: frozenset[int],
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
        (float(score), int(passage.key))
        for passage, score in zip(passages, exact(vectors, query), strict=True)
        if (documents is None or passage.key.document in documents)
        and (roles is None or roles & set(passage.roles))
        and passage.key.document not in removed
    ]
    expected = [number for _, number in sorted(allowed, reverse=True)[:limit]]
    folders = Folders(tmp_path_factory.mktemp("index"), limits)
    folders.change(passages, vectors)
    index = folders.change(remove=tuple(removed))
    assert index.search(query, PassageFilter(documents, roles), limit) == expected


def test_a_change_leaves_the_index_it_starts_from(folders: Folders, passages: list[Passage]) -> None:
    index = folders.change(passages, vectors_of(60))
    query = vectors_of(1, seed=1)[0]
    before = index.search(query, ALL, 60)
    changed = folders.change(passages_from(4, ["new"]), query.reshape(1, -1), remove=(1, 3, 99))
    assert (len(index), len(changed)) == (60, 21)
    assert index.search(query, ALL, 60) == before
    assert changed.search(query, ALL, 1) == [int(PassageKey(4, 0))]
    assert set(documents_found(changed)) == {2, 4}


def test_an_emptied_index_can_be_filled_again(folders: Folders, passages: list[Passage]) -> None:
    folders.change(passages, vectors_of(60))
    emptied = folders.change(remove=(1, 2, 3))
    query = vectors_of(1)[0]
    assert len(emptied) == 0
    assert emptied.search(query, ALL, 5) == []
    assert folders.segments() == []
    filled = folders.change(passages_from(1, ["new"]))
    assert filled.search(query, ALL, 5) == [int(PassageKey(1, 0))]


def test_a_document_that_replaces_itself_is_scored_by_its_new_vectors(folders: Folders) -> None:
    passages, (old, new, other) = passages_from(1, ["text"]), vectors_of(3)
    folders.change([*passages, *passages_from(2, ["text"] * 9)], np.stack([old, *[other] * 9]))
    index = folders.change(passages, new.reshape(1, -1), remove=(1,))
    number = int(passages[0].key)
    assert index.search(new, ALL, 1) == [number]
    assert index.scores(new, [number]) == pytest.approx([1], abs=1e-3)


# -- segments


def test_a_segment_of_like_size_is_absorbed_and_a_larger_one_is_not(folders: Folders) -> None:
    folders.change(passages_from(1, ["text"] * 10 * ABSORBED))
    folders.change(passages_from(2, ["text"] * 9))
    assert folders.segments() == ["001", "002"]
    index = folders.change(passages_from(3, ["text"] * 3))
    assert folders.segments() == ["003"]
    assert documents_found(index) == [1] * 10 * ABSORBED + [2] * 9 + [3] * 3


def test_as_many_segments_as_the_logarithm_of_the_passages(folders: Folders) -> None:
    counts = []
    for number in range(1, 60):
        folders.change(passages_from(number, ["text"] * (1 + number % 5)))
        counts.append(len(folders.segments()))
    assert 2 <= max(counts) <= 5
    index = folders.change()
    assert documents_found(index) == [number for number in range(1, 60) for _ in range(1 + number % 5)]


def test_a_segment_that_is_taken_over_is_linked(folders: Folders) -> None:
    folders.change(passages_from(1, ["text"] * 20))
    folders.change(passages_from(2, ["text"]))
    first, second = (folders.folder / name / "001" / "dense.faiss" for name in "12")
    assert first.samefile(second)


def test_what_is_removed_is_purged_when_it_is_too_much(folders: Folders) -> None:
    folders.change([p for number in range(1, 9) for p in passages_from(number, ["text"] * 10)])
    most = int(8 * DEAD_SHARE)
    index = folders.change(remove=tuple(range(1, 1 + most)))
    assert folders.segments() == ["001"]
    assert len(index) == 10 * (8 - most)
    index = folders.change(remove=(1 + most,))
    assert folders.segments() == ["003"]
    assert set(documents_found(index)) == set(range(2 + most, 9))
    written = Segment.open(folders.folder / "3" / "003")
    assert len(written) == len(index) == 10 * (7 - most)


# -- files


def test_vectors_without_their_passages_are_damage(folders: Folders, passages: list[Passage]) -> None:
    folders.change(passages)
    folders.change(remove=(1, 2, 3))
    folders.change(passages[:59])
    one, other = folders.folder / "1" / "001", folders.folder / "3" / "003"
    (one / "passages.npz").replace(other / "passages.npz")
    with pytest.raises(EngineDamaged, match="do not match their passages"):
        DenseIndex.open(other.parent, Limits())
    with pytest.raises(EngineDamaged, match="cannot be read"):
        DenseIndex.open(one.parent, Limits())
    (other / "dense.faiss").write_bytes(b"not vectors")
    with pytest.raises(EngineDamaged, match="cannot be read"):
        DenseIndex.open(other.parent, Limits())


@pytest.mark.parametrize("content", ["", "{}x", "3", "[{}]", '[{"name": "001", "removed": ["x"]}]'])
def test_a_list_of_segments_that_is_none_is_damage(folders: Folders, content: str) -> None:
    folders.change(passages_from(1, ["text"]))
    (folders.folder / "1" / "segments.json").write_text(content)
    with pytest.raises(EngineDamaged, match="cannot be read"):
        DenseIndex.open(folders.folder / "1", Limits())
