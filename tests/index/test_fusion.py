import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engine import Candidates, Scored
from index.fusion import DENSE_WEIGHT, SECTION_PASSAGES, Fused, fuse, with_sections

_cosines = st.floats(-1, 1, width=32)
_bm25 = st.floats(0, 50, width=32)
_scored = st.lists(
    st.builds(Scored, passage=st.integers(0, 99), dense=_cosines, lexical=_bm25),
    unique_by=lambda scored: scored.passage,
    max_size=12,
)
_candidates = st.builds(Candidates, _scored, st.just(0.0) | st.floats(0.01, 50))
_weights = st.floats(0, 1)


@pytest.mark.parametrize(
    ("dense", "lexical", "score"),
    [(1, 10, 1.0), (1, 0, 0.7), (0, 10, 0.3), (0.5, 5, 0.5), (-0.5, 5, 0.15), (0, 99, 0.3), (0, 0, 0)],
)
def test_a_score_is_the_weighted_sum_of_both(dense: float, lexical: float, score: float) -> None:
    (fused,) = fuse(Candidates([Scored(1, dense, lexical)], 10))
    assert fused.score == pytest.approx(score)
    assert (fused.passage, fused.dense, fused.lexical) == (1, dense, lexical)


def test_the_dense_score_counts_most() -> None:
    assert DENSE_WEIGHT > 0.5
    order = fuse(Candidates([Scored(1, 0.2, 10), Scored(2, 0.9, 0)], 10))
    assert [fused.passage for fused in order] == [2, 1]


def test_equal_scores_keep_the_order_of_the_documents() -> None:
    equal = [Scored(number, 0.5, 1) for number in (5, 3, 9, 1)]
    assert [fused.passage for fused in fuse(Candidates(equal, 10))] == [1, 3, 5, 9]


def test_nothing_fuses_to_nothing() -> None:
    assert fuse(Candidates([], 3)) == []


@given(_candidates, _weights)
def test_scores_lie_between_nought_and_one_best_first(candidates: Candidates, weight: float) -> None:
    fused = fuse(candidates, weight)
    assert all(0 <= found.score <= 1 + 1e-9 for found in fused)
    assert [found.score for found in fused] == sorted((found.score for found in fused), reverse=True)
    assert {Scored(f.passage, f.dense, f.lexical) for f in fused} == set(candidates.scored)


@given(_candidates, _weights)
def test_a_score_does_not_depend_on_the_other_candidates(candidates: Candidates, weight: float) -> None:
    together = {found.passage: found.score for found in fuse(candidates, weight)}
    for scored in candidates.scored:
        (alone,) = fuse(Candidates([scored], candidates.ceiling), weight)
        assert alone.score == together[scored.passage]


@given(_candidates, _weights, st.floats(0, 1), st.floats(0, 10))
def test_a_better_score_never_ranks_lower(
    candidates: Candidates, weight: float, nearer: float, more: float
) -> None:
    for scored in candidates.scored:
        better = Scored(scored.passage, min(scored.dense + nearer, 1), scored.lexical + more)
        (before,) = fuse(Candidates([scored], candidates.ceiling), weight)
        (after,) = fuse(Candidates([better], candidates.ceiling), weight)
        assert after.score >= before.score - 1e-12


@given(_scored)
def test_without_a_ceiling_only_meaning_counts(scored: list[Scored]) -> None:
    for fused in fuse(Candidates(scored, 0.0)):
        assert fused.score == DENSE_WEIGHT * max(fused.dense, 0)


# -- sections


def passage(number: int, score: float) -> Fused:
    return Fused(number, score, score, 0.0)


def ranked(scores: dict[int, float], sections: dict[int, str]) -> list[int]:
    fused = [passage(number, score) for number, score in scores.items()]
    return [found.passage for found in with_sections(fused, sections.__getitem__)]


def test_a_passage_among_others_that_are_near_comes_before_one_alone() -> None:
    sections = {1: "alone", 2: "together", 3: "together", 4: "together"}
    scores = {1: 0.62, 2: 0.6, 3: 0.6, 4: 0.6}
    assert ranked({**scores, 5: 0.1}, {**sections, 5: "alone"}) == [2, 3, 4, 1, 5]
    assert ranked({**scores, 1: 0.9}, sections)[0] == 1


def test_only_the_best_passages_speak_for_a_section() -> None:
    best = dict.fromkeys(range(SECTION_PASSAGES), 0.6)
    rest = dict.fromkeys(range(10, 20), 0.1)
    few = with_sections([passage(*entry) for entry in best.items()], lambda _: "one")
    many = with_sections([passage(*entry) for entry in {**best, **rest}.items()], lambda _: "one")
    assert [found for found in many if found.passage in best] == few


def test_the_weight_says_how_much_a_section_counts() -> None:
    fused = [passage(1, 0.9), passage(2, 0.5), passage(3, 0.4)]
    section = {1: "alone", 2: "together", 3: "together"}.__getitem__
    assert [f.score for f in with_sections(fused, section, weight=0.0)] == [0.9, 0.5, 0.4]
    assert [f.score for f in with_sections(fused, section, weight=1.0)] == [0.9, 0.45, 0.45]
    best_alone = with_sections(fused, section, weight=1.0, passages=1)
    assert [f.score for f in best_alone] == [0.9, 0.5, 0.5]


_ranked = st.lists(
    st.builds(passage, st.integers(0, 99), st.floats(0, 1)),
    unique_by=lambda found: found.passage,
    max_size=12,
)


@given(_ranked)
def test_within_a_section_the_order_stays_and_scores_stay_between_nought_and_one(fused: list[Fused]) -> None:
    together = with_sections(fused, lambda _: "one")
    assert [f.passage for f in together] == [
        f.passage for f in sorted(fused, key=lambda f: (-f.score, f.passage))
    ] or len({f.score for f in together}) < len(together)
    assert all(0 <= found.score <= 1 for found in together)
    assert {(f.passage, f.dense, f.lexical) for f in together} == {
        (f.passage, f.dense, f.lexical) for f in fused
    }


@given(_ranked)
def test_a_section_of_one_changes_no_score(fused: list[Fused]) -> None:
    alone = with_sections(fused, lambda number: number)
    assert [f.score for f in alone] == pytest.approx(
        [f.score for f in sorted(fused, key=lambda f: (-f.score, f.passage))]
    )
