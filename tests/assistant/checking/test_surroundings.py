from __future__ import annotations

from dataclasses import dataclass

from assistant.checking.reading import draft_of_text
from assistant.checking.surroundings import Surroundings
from tests.growth import grows_in_proportion

_CITED = "para. 3"


@dataclass(frozen=True)
class _Citation:
    start: int
    end: int


def _surroundings(number: int) -> Surroundings:
    """A paragraph with so many citations side by side."""
    draft = draft_of_text("; ".join([_CITED] * number))
    starts = range(0, len(draft.text), len(_CITED) + 2)
    return Surroundings(draft, [_Citation(start, start + len(_CITED)) for start in starts], (), ())


def test_citations_side_by_side_belong_together() -> None:
    around = _surroundings(3)
    (cluster,) = around.clusters_in(around.draft.parts[0])
    assert (cluster.start, cluster.end, cluster.references) == (0, len(around.draft.text), (0, 1, 2))


def test_many_side_by_side_take_time_in_proportion_to_their_number() -> None:
    def gather(number: int) -> None:
        around = _surroundings(number)
        assert len(around.clusters_in(around.draft.parts[0])) == 1

    assert grows_in_proportion(gather, 3000)
