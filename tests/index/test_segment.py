from pathlib import Path

import faiss
import numpy as np
import pytest

from corpus.errors import EngineDamaged
from corpus.model import Role
from index.engine import PassageFilter
from index.passages import Passage
from index.segment import IVF, VECTORS, Limits, Segment, flat_index
from index.segment_writer import SegmentWriter
from tests.index.engine_reference import ALL, passages_from
from tests.index.vectors import DIMENSION, exact, vectors_of

MANY = 600
EVERY_LIST = Limits(exact=10, probes=1000)


def written(folder: Path, count: int, limits: Limits) -> Segment:
    """A segment of two documents whose passages have a role in turn."""
    half = count // 2
    passages = [
        Passage(p.key, "", "", "", "", (list(Role)[p.key.ordinal % 3],))
        for p in [*passages_from(1, [""] * half), *passages_from(2, [""] * (count - half))]
    ]
    writer = SegmentWriter(folder, DIMENSION)
    writer.add(passages, vectors_of(count))
    writer.finish([], limits)
    return Segment.open(folder)


def test_the_vectors_are_a_file_as_faiss_writes_it(tmp_path: Path) -> None:
    written(tmp_path / "segment", 50, Limits())
    index = flat_index(DIMENSION)
    index.add(vectors_of(50))
    assert (tmp_path / "segment" / VECTORS).read_bytes() == faiss.serialize_index(index).tobytes()


def test_batches_in_any_order_make_the_same_segment(tmp_path: Path) -> None:
    passages, vectors = passages_from(1, ["text"] * 40), vectors_of(40)
    for name, order in (("one", np.arange(40)), ("other", np.random.default_rng(0).permutation(40))):
        writer = SegmentWriter(tmp_path / name, DIMENSION)
        for some in np.array_split(order, 3):
            writer.add([passages[place] for place in some], vectors[some])
        writer.finish([], Limits())
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes()


def test_only_a_segment_of_many_vectors_has_lists(tmp_path: Path) -> None:
    written(tmp_path / "few", 10, EVERY_LIST)
    written(tmp_path / "many", 11, EVERY_LIST)
    assert not (tmp_path / "few" / IVF).exists()
    assert (tmp_path / "many" / IVF).exists()


def test_the_same_vectors_make_the_same_lists(tmp_path: Path) -> None:
    for name in ("one", "other"):
        written(tmp_path / name, MANY, EVERY_LIST)
    assert (tmp_path / "one" / IVF).read_bytes() == (tmp_path / "other" / IVF).read_bytes()


@pytest.mark.parametrize(
    "where",
    [
        ALL,
        PassageFilter(documents=frozenset({1})),
        PassageFilter(roles=frozenset({Role.CONTEXT})),
        PassageFilter(frozenset({2}), frozenset({Role.POSITIVE})),
    ],
    ids=["all", "document", "role", "both"],
)
@pytest.mark.parametrize("removed", [(), (2,)], ids=["whole", "one removed"])
def test_reading_all_lists_finds_what_scoring_all_vectors_finds(
    tmp_path: Path, where: PassageFilter, removed: tuple[int, ...]
) -> None:
    segment = written(tmp_path / "segment", MANY, EVERY_LIST)
    mask = segment.mask(where, removed)
    for query in vectors_of(20, seed=1):
        found = segment.nearest(query, mask, 10, EVERY_LIST)
        scores = exact(vectors_of(MANY), query)
        if mask is not None:
            scores[~mask] = -2
        expected = np.argsort(-scores)[: min(10, MANY if mask is None else mask.sum())]
        assert sorted(segment.cosines(query, found)) == pytest.approx(sorted(scores[expected]), abs=1e-6)


def test_few_lists_find_most_and_never_too_little(tmp_path: Path) -> None:
    segment = written(tmp_path / "segment", MANY, EVERY_LIST)
    few = Limits(exact=10, probes=2)
    mask = segment.mask(PassageFilter(roles=frozenset({Role.CONTEXT})), ())
    shared = 0
    for query in vectors_of(40, seed=1):
        every = segment.nearest(query, None, 10, EVERY_LIST)
        shared += len(set(every) & set(segment.nearest(query, None, 10, few)))
        assert len(segment.nearest(query, None, MANY, few)) == MANY
        assert len(segment.nearest(query, mask, MANY, few)) == MANY // 3
    assert 0.3 * 400 < shared < 400


def test_lists_of_other_vectors_are_damage(tmp_path: Path) -> None:
    written(tmp_path / "one", MANY, EVERY_LIST)
    written(tmp_path / "other", MANY - 1, EVERY_LIST)
    (tmp_path / "one" / IVF).replace(tmp_path / "other" / IVF)
    with pytest.raises(EngineDamaged, match="do not match"):
        Segment.open(tmp_path / "other")
    (tmp_path / "other" / IVF).write_bytes(b"no lists")
    with pytest.raises(EngineDamaged, match="cannot be read"):
        Segment.open(tmp_path / "other")


def test_a_score_does_not_depend_on_the_others(tmp_path: Path) -> None:
    segment = written(tmp_path / "segment", MANY, EVERY_LIST)
    query = vectors_of(1, seed=1)[0]
    together = segment.cosines(query, np.arange(MANY))
    assert [segment.cosines(query, np.array([row]))[0] for row in range(MANY)] == list(together)
