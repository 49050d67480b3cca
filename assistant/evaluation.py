"""How often answers are right: retrieval, citations and refusals on labelled questions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Answer, AskRequest, Filters
from assistant.errors import PinpointInvalid, SymbolInvalid, UsageError
from assistant.service import Assistant
from corpus.pinpoint import Pinpoint
from corpus.symbol import Symbol

_TOP = 5


class GoldQuestion(BaseModel):
    """One labelled question; both lists empty means that the right answer is a refusal.

    `any` are places of which one must be cited, `all` places that must all be; a place is a
    pinpoint, `22 (c)`, or one with its document, `CRC/C/OPSC/LAO/CO/1#22(c)`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    turns: Annotated[tuple[str, ...], Field(min_length=1)]
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    symbol: str | None = None
    kind: str = "question"

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.any or self.all)


@dataclass(frozen=True)
class Judged:
    """What came of one question."""

    gold: GoldQuestion
    refused: bool
    rank: int | None
    """Position of the first right paragraph among the hits, from 0."""
    cited: bool
    cited_all: bool
    place_cited: bool
    near_miss: bool
    citations: int
    broken: int
    """Citations that do not exist or are not verbatim."""


@dataclass(frozen=True)
class Figures:
    """Shares over the questions of one kind; None where no question counts."""

    questions: int
    top1: float | None
    top5: float | None
    cited: float | None
    cited_all: float | None
    place_cited: float | None
    near_miss: float | None
    wrong_refusals: float | None
    wrong_answers: float | None


@dataclass(frozen=True)
class Report:
    """Figures by kind of question, and of all citations made."""

    kinds: dict[str, Figures]
    citations: int
    broken_citations: int
    judged: list[Judged] = field(repr=False)


def read_gold(path: Path) -> list[GoldQuestion]:
    """Read labelled questions; raises `UsageError` with the line that is wrong."""
    questions = []
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read.", "Give a UTF-8 file with a JSON object a line.") from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                question = GoldQuestion.model_validate(json.loads(line))
                for place in (*question.any, *question.all):
                    _place(place)
                questions.append(question)
            except (ValueError, ValidationError, PinpointInvalid, SymbolInvalid) as error:
                raise UsageError(
                    f"Line {number} of {path} is not a labelled question.", "Mend it."
                ) from error
    return questions


def evaluate(assistant: Assistant, questions: Iterable[GoldQuestion]) -> Report:
    """Ask every question and judge the answers; of several turns the last is asked."""
    judged = [_judge(gold, _ask(assistant, gold)) for gold in questions]
    kinds = dict.fromkeys(j.gold.kind for j in judged)
    return Report(
        {kind: _figures([j for j in judged if j.gold.kind == kind]) for kind in kinds},
        sum(j.citations for j in judged),
        sum(j.broken for j in judged),
        judged,
    )


def report_text(report: Report) -> str:
    """The figures as a table."""
    columns = ("questions", "top1", "top5", "cited", "cited_all", "place_cited", "near_miss",
               "wrong_refusals", "wrong_answers")  # fmt: skip
    head = f"{'kind':<14}" + "".join(f"{name.replace('_', ' '):>15}" for name in columns)
    lines = [head]
    for kind, figures in report.kinds.items():
        cells = (getattr(figures, name) for name in columns)
        shown = (
            "–" if cell is None else f"{cell:.3f}" if isinstance(cell, float) else cell for cell in cells
        )
        lines.append(f"{kind:<14}" + "".join(f"{cell:>15}" for cell in shown))
    held = report.citations - report.broken_citations
    lines.append(f"citations that exist and are verbatim: {held} of {report.citations}")
    return "\n".join(lines)


def _ask(assistant: Assistant, gold: GoldQuestion) -> Answer:
    filters = Filters(symbols=(gold.symbol,)) if gold.symbol else Filters()
    return assistant.ask(AskRequest(question=gold.turns[-1], filters=filters, store=False))


def _judge(gold: GoldQuestion, answer: Answer) -> Judged:
    any_of = [_place(text) for text in gold.any]
    all_of = [_place(text) for text in gold.all]
    right = {_paragraph(place) for place in [*any_of, *all_of]}
    found = [(passage.symbol, Pinpoint.parse(passage.pinpoint)) for passage in answer.passages
             if passage.relation == "hit"]  # fmt: skip
    cited = [(citation.symbol, Pinpoint.parse(citation.pinpoint)) for citation in answer.citations]
    rank = next((i for i, place in enumerate(found) if _is_in(_paragraph(place), right)), None)
    paragraphs = [_paragraph(place) for place in cited]
    hit = any(_is_in(paragraph, right) for paragraph in paragraphs)
    broken = sum(not (c.checks.exists and c.checks.verbatim) for c in answer.citations)
    return Judged(
        gold,
        answer.refused,
        rank,
        hit,
        all(_is_in(_paragraph(place), set(paragraphs)) for place in all_of),
        any(_same(place, wanted) for place in cited for wanted in [*any_of, *all_of]),
        not hit and any(_near(paragraph, wanted) for paragraph in paragraphs for wanted in right),
        len(answer.citations),
        broken,
    )


def _figures(judged: Sequence[Judged]) -> Figures:
    answerable = [j for j in judged if j.gold.answerable]
    with_all = [j for j in answerable if j.gold.all]
    refusable = [j for j in judged if not j.gold.answerable]
    return Figures(
        len(judged),
        _share([j.rank == 0 for j in answerable]),
        _share([j.rank is not None and j.rank < _TOP for j in answerable]),
        _share([j.cited for j in answerable]),
        _share([j.cited_all for j in with_all]),
        _share([j.place_cited for j in answerable]),
        _share([j.near_miss for j in answerable]),
        _share([j.refused for j in answerable]),
        _share([not j.refused for j in refusable]),
    )


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None


_Place = tuple[str | None, Pinpoint]


def _place(text: str) -> _Place:
    """A labelled place; one without a symbol is of whatever document is held."""
    symbol, _, pinpoint = text.rpartition("#")
    return str(Symbol.parse(symbol)) if symbol else None, Pinpoint.parse(pinpoint)


def _paragraph(place: _Place) -> _Place:
    return place[0], place[1].paragraph


def _same(one: _Place, other: _Place) -> bool:
    return one[1] == other[1] and (None in (one[0], other[0]) or one[0] == other[0])


def _is_in(place: _Place, places: set[_Place]) -> bool:
    return any(_same(place, other) for other in places)


def _near(one: _Place, other: _Place) -> bool:
    """Whether two paragraphs stand within two numbers of each other."""
    same = None in (one[0], other[0]) or one[0] == other[0]
    numbers = one[1].label, other[1].label
    return same and all(n.isdigit() for n in numbers) and 0 < abs(int(numbers[0]) - int(numbers[1])) <= 2
