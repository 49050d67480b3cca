"""How often answers are right: retrieval, citations, follow-ups and refusals on labelled questions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Answer, AskRequest, Filters
from assistant.gold import GoldQuestion
from assistant.judging import Judged, judge
from assistant.service import Assistant
from index.collection import Progress

_TOP = 5
_DEPTH = 10  # paragraphs, for the ranks of what is found
_DEFAULT_K = 8  # paragraphs, as whoever asks gets them


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1 over the questions of one kind; None where nothing counts.

    What is said of citations and of what is found is over answerable questions whose places are labelled.
    """

    questions: int
    right: float | None
    """Questions that are refused or cite what they must, and have no citation that fails a check."""
    cited: float | None
    """Questions with a right paragraph cited."""
    cited_all: float | None
    """Questions that name places which must all be cited, and are."""
    place_cited: float | None
    """Questions with a right place cited, an item where an item is right."""
    first_right: float | None
    """Questions whose first citation is of a right paragraph."""
    citations_right: float | None
    """Citations that are of a right paragraph, of those that answers to these questions make."""
    recommends: float | None
    """Questions for recommendations whose first citation is of one."""
    top1: float | None
    top5: float | None
    recall10: float | None
    """Mean share of what is wanted among the first ten paragraphs found."""
    near_miss: float | None
    """Questions with no right paragraph cited, and one within two numbers of it."""
    wrong_refusals: float | None
    """Answerable questions that are refused."""
    wrong_answers: float | None
    """Unanswerable questions that are answered."""
    alone: float | None
    """Questions that are right when asked without the turns before them."""
    kept: float | None
    """What follow-ups keep: those that are right, as a ratio to those right when asked alone."""
    p50_ms: float | None
    p95_ms: float | None
    """Milliseconds that the last turn took."""


@dataclass(frozen=True)
class Citations:
    """All citations made and the shares that pass each check; `supported` is of those it was made for."""

    citations: int
    exist: float | None
    verbatim: float | None
    supported: float | None


@dataclass(frozen=True)
class Report:
    """Figures by kind of question and of all of them, and of all citations made."""

    kinds: dict[str, Figures]
    total: Figures
    citations: Citations
    judged: list[Judged] = field(repr=False)

    @property
    def failures(self) -> list[Judged]:
        """The questions that went wrong, in the order they were asked."""
        return [judged for judged in self.judged if not judged.right]


def evaluate(
    assistant: Assistant, questions: Sequence[GoldQuestion], progress: Progress | None = None
) -> Report:
    """Ask every question, the turns before it first, and judge the answers; nothing is stored."""
    assistant.warm_up()
    judged: list[Judged] = []
    for gold in questions:
        judged.append(_judged(assistant, gold))
        if progress:
            progress("asked", len(judged), len(questions))
    return report_of(judged)


def report_of(judged: Sequence[Judged]) -> Report:
    """The figures of questions that are judged."""
    kinds = dict.fromkeys(one.gold.kind for one in judged)
    figures = {kind: _figures([one for one in judged if one.gold.kind == kind]) for kind in kinds}
    return Report(figures, _figures(judged), _citations(judged), list(judged))


def _judged(assistant: Assistant, gold: GoldQuestion) -> Judged:
    dialogue = _asked(assistant, gold)
    if gold.alone is None:
        return dialogue
    alone = gold.model_copy(update={"turns": (gold.alone,), "alone": None})
    return replace(dialogue, alone=_asked(assistant, alone))


def _asked(assistant: Assistant, gold: GoldQuestion) -> Judged:
    filters = Filters(symbols=(gold.symbol,)) if gold.symbol else Filters()

    def ask(turn: str, earlier: Sequence[Answer], k: int = _DEFAULT_K) -> Answer:
        return assistant.ask(AskRequest(question=turn, filters=filters, k=k, store=False), earlier=earlier)

    earlier: list[Answer] = []
    for turn in gold.turns[:-1]:
        earlier.append(ask(turn, earlier))
    return judge(gold, ask(gold.turns[-1], earlier), ask(gold.turns[-1], earlier, _DEPTH))


def _figures(judged: Sequence[Judged]) -> Figures:
    answerable = [one for one in judged if one.gold.answerable]
    placed = [one for one in answerable if one.gold.any or one.gold.all]
    with_alone = [(one, one.alone) for one in judged if one.alone is not None]
    times = [one.answer.timings_ms["total"] for one in judged]
    return Figures(
        questions=len(judged),
        right=_share([one.right for one in judged]),
        cited=_share([one.cited for one in placed]),
        cited_all=_share([one.cited_all for one in placed if one.gold.all]),
        place_cited=_share([one.place_cited for one in placed]),
        first_right=_share([one.first_right for one in placed]),
        citations_right=_ratio(
            sum(one.right_citations for one in placed), sum(len(one.answer.citations) for one in placed)
        ),
        recommends=_share([one.recommends for one in placed if one.recommends is not None]),
        top1=_share([one.rank == 0 for one in placed]),
        top5=_share([one.rank is not None and one.rank < _TOP for one in placed]),
        recall10=_mean([one.recall for one in placed if one.recall is not None]),
        near_miss=_share([one.near_miss for one in placed]),
        wrong_refusals=_share([one.answer.refused for one in answerable]),
        wrong_answers=_share([not one.answer.refused for one in judged if not one.gold.answerable]),
        alone=_share([alone.right for _, alone in with_alone]),
        kept=_ratio(sum(one.right for one, _ in with_alone), sum(alone.right for _, alone in with_alone)),
        p50_ms=_percentile(times, 50),
        p95_ms=_percentile(times, 95),
    )


def _citations(judged: Sequence[Judged]) -> Citations:
    checks = [citation.checks for one in judged for citation in one.answer.citations]
    return Citations(
        len(checks),
        _share([bool(check.exists) for check in checks]),
        _share([bool(check.verbatim) for check in checks]),
        _share([check.supported for check in checks if check.supported is not None]),
    )


def _share(values: Sequence[bool]) -> float | None:
    return _ratio(sum(values), len(values))


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _percentile(values: Sequence[float], percent: float) -> float | None:
    """The smallest value that this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else None
