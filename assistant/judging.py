"""Whether an answer to a labelled question is right, and what is wrong with one that is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer, Citation, Statement
from assistant.gold import GoldPlace, GoldQuestion
from corpus.model import Role
from corpus.pinpoint import Pinpoint

Fault = Literal["refused", "answered", "not cited", "not all cited", "not named", "broken citation"]
"""What is wrong: an answerable question refused, an unanswerable one answered, no right paragraph
cited, one of those that must all be cited left out, a name left out, a citation that fails a check."""

_ASKS_FOR = (Role.RECOMMENDATION, Role.REQUEST)
_FIRST = 10


@dataclass(frozen=True)
class Judged:
    """What came of one question; ranks count from 0, shares are from 0 to 1."""

    gold: GoldQuestion
    answer: Answer
    found: tuple[GoldPlace, ...]
    """The first ten paragraphs that were found, best first, each at its best place."""
    rank: int | None
    """Rank of the first right paragraph among them."""
    recall: float | None
    """Share of the paragraphs that must all be cited among them; where one is enough, whether it is."""
    cited: bool
    cited_all: bool
    named: bool
    place_cited: bool
    first_right: bool
    near_miss: bool
    """No right paragraph is cited, and one within two numbers of it is."""
    right_citations: int
    recommends: bool | None
    """Whether the first citation is of a recommendation; None where the question asks for none."""
    faults: tuple[Fault, ...]
    alone: Judged | None = None
    """The same question asked without the turns before it."""

    @property
    def right(self) -> bool:
        """Whether it is refused where it must be, or cites what it must and nothing is broken."""
        return not self.faults


def judge(gold: GoldQuestion, answer: Answer, hits: Answer) -> Judged:
    """Judge an answer; `hits` is the answer to the same question asked for ten paragraphs."""
    one_of, each_of = gold.one_of, gold.each_of
    wanted = [*one_of, *each_of]
    right = [place.paragraph for place in wanted]
    found = tuple(_found(hits))
    cited = [GoldPlace(c.symbol, Pinpoint.parse(c.pinpoint)) for c in answer.citations]
    are_right = [_is_among(place.paragraph, right) for place in cited]
    ranks = [rank for rank, place in enumerate(found) if _is_among(place.paragraph, right)]
    paragraphs = [place.paragraph for place in cited]
    hit = any(are_right)
    cited_all = all(_is_among(place.paragraph, paragraphs) for place in each_of)
    named = all(name.casefold() in answer.text.casefold() for name in gold.names)
    return Judged(
        gold,
        answer,
        found,
        ranks[0] if ranks else None,
        _recall(each_of or one_of, found, whole=bool(each_of)),
        hit,
        cited_all,
        named,
        any(_is_among(place, wanted) for place in cited),
        bool(are_right) and are_right[0],
        not hit and any(place.is_near(other) for place in paragraphs for other in right),
        sum(are_right),
        _recommends(gold, answer),
        tuple(_faults(gold, answer, hit=hit, cited_all=cited_all, named=named)),
    )


def _faults(
    gold: GoldQuestion, answer: Answer, *, hit: bool, cited_all: bool, named: bool
) -> Iterable[Fault]:
    if not gold.answerable:
        if not answer.refused:
            yield "answered"
    elif answer.refused:
        yield "refused"
    else:
        if (gold.any or gold.all) and not hit:
            yield "not cited"
        elif not cited_all:
            yield "not all cited"
        if not named:
            yield "not named"
    if any(not is_whole(citation) for citation in answer.citations):
        yield "broken citation"


def is_whole(citation: Citation) -> bool:
    """Whether a citation exists, is verbatim and was not found to be unsupported."""
    checks = citation.checks
    return bool(checks.exists and checks.verbatim and checks.supported is not False)


def _found(answer: Answer) -> list[GoldPlace]:
    hits = [passage for passage in answer.passages if passage.relation == "hit"]
    return [GoldPlace(p.symbol, Pinpoint.parse(p.pinpoint)) for p in hits[:_FIRST]]


def _recall(wanted: Sequence[GoldPlace], found: Sequence[GoldPlace], *, whole: bool) -> float | None:
    """The share of wanted paragraphs that are found, or where not the whole is asked for whether one is."""
    paragraphs = {place.paragraph for place in wanted}
    if not paragraphs:
        return None
    held = [place.paragraph for place in found]
    are_found = [_is_among(paragraph, held) for paragraph in paragraphs]
    return sum(are_found) / len(are_found) if whole else float(any(are_found))


def _recommends(gold: GoldQuestion, answer: Answer) -> bool | None:
    asked = gold.alone or gold.turns[-1]
    if "recommend" not in asked.casefold() or not answer.citations:
        return None
    return _role_of_first(answer.statements) in _ASKS_FOR


def _role_of_first(statements: Sequence[Statement]) -> Role | None:
    """The role of the statement that makes the first citation."""
    return next((statement.role for statement in statements if 0 in statement.citations), None)


def _is_among(place: GoldPlace, places: Iterable[GoldPlace]) -> bool:
    return any(place.is_same(other) for other in places)
