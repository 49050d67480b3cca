"""What an evaluation found, as a table and as a list of what went wrong, for terminals and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, Passage
from assistant.evaluation import Report
from assistant.judging import Fault, Judged

_MILLISECONDS = ", ms"
_LABELS = {
    "questions": "questions",
    "right": "right",
    "cited": "cited a right paragraph",
    "cited_all": "cited all that must be",
    "place_cited": "cited a right place",
    "first_right": "first citation right",
    "citations_right": "share of citations right",
    "recommends": "first recommends, where asked",
    "top1": "found first",
    "top5": "found in first 5",
    "recall10": "recall@10",
    "near_miss": "cited only a neighbour",
    "wrong_refusals": "answerable refused",
    "wrong_answers": "unanswerable answered",
    "alone": "right when asked alone",
    "kept": "kept of that",
    "p50_ms": f"p50{_MILLISECONDS}",
    "p95_ms": f"p95{_MILLISECONDS}",
}

_SHOWN = 12  # places and paragraphs found of one question, in text


@dataclass(frozen=True)
class Found:
    """A paragraph that was found, with its scores."""

    place: str
    relation: str
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True)
class Failure:
    """A question that went wrong, with what one needs to see why."""

    id: str
    kind: str
    faults: tuple[Fault, ...]
    turns: tuple[str, ...]
    alone: str | None
    right_alone: bool | None
    """Whether the same question is right when asked without the turns before it."""
    searched_for: str
    filters: tuple[str, ...]
    any: tuple[str, ...]
    all: tuple[str, ...]
    names: tuple[str, ...]
    cited: tuple[str, ...]
    refusal_reason: str | None
    refusal: str | None
    """The first line of the refusal."""
    found: tuple[Found, ...]


@dataclass(frozen=True)
class Result:
    """One question with what came of it."""

    id: str
    kind: str
    right: bool
    faults: tuple[Fault, ...]
    refused: bool
    cited: tuple[str, ...]


def as_parts(report: Report, *, failures: bool) -> dict[str, Any]:
    """A report as named parts that are data; what went wrong is one of them where it is asked for."""
    parts: dict[str, Any] = {
        "kinds": report.kinds,
        "total": report.total,
        "citations": report.citations,
        "questions": [_result(judged) for judged in report.judged],
    }
    return {**parts, "failures": list(map(_failure, report.failures))} if failures else parts


def figure_rows(report: Report) -> list[dict[str, Any]]:
    """A row a figure: its name and, by kind of question, its value; those nothing counts for are left out."""
    columns = report.kinds if len(report.kinds) == 1 else {**report.kinds, "all": report.total}
    rows = ({kind: getattr(figures, name) for kind, figures in columns.items()} for name in _LABELS)
    named = zip(_LABELS.values(), rows, strict=True)
    return [{"figure": label, **row} for label, row in named if any(v is not None for v in row.values())]


def report_text(report: Report) -> str:
    """The figures as a table, one column a kind."""
    rows = figure_rows(report)
    first, *kinds = rows[0]
    widths = {first: max(len(row[first]) for row in rows), **{kind: max(len(kind), 6) + 2 for kind in kinds}}
    head = " " * widths[first] + "".join(f"{kind:>{widths[kind]}}" for kind in kinds)
    lines = [
        f"{row[first]:<{widths[first]}}" + "".join(f"{_cell(row, kind):>{widths[kind]}}" for kind in kinds)
        for row in rows
    ]
    return "\n".join([head, *lines, _citations_line(report)])


def failures_text(report: Report) -> str:
    """Each question that went wrong: what was searched, cited, right and found, and why it was refused."""
    blocks = ["\n".join(_lines(_failure(judged))) for judged in report.failures]
    return "\n\n".join(blocks) if blocks else "Nothing went wrong."


def _cell(row: dict[str, Any], kind: str) -> str:
    value = row[kind]
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(value)
    return f"{value:.1f}" if row["figure"].endswith(_MILLISECONDS) else f"{value:.3f}"


def _citations_line(report: Report) -> str:
    made = report.citations
    if not made.citations:
        return "no citations"
    shares = {"exist": made.exist, "are verbatim": made.verbatim, "are supported": made.supported}
    said = ", ".join(f"{share:.4f} {name}" for name, share in shares.items() if share is not None)
    return f"of {made.citations} citations {said}"


def _result(judged: Judged) -> Result:
    answer = judged.answer
    return Result(
        judged.gold.id, judged.gold.kind, judged.right, judged.faults, answer.refused, _cited(answer)
    )


def _failure(judged: Judged) -> Failure:
    gold, answer = judged.gold, judged.answer
    return Failure(
        gold.id,
        gold.kind,
        judged.faults,
        gold.turns,
        gold.alone,
        judged.alone.right if judged.alone else None,
        answer.searched_for,
        tuple(_filters(answer)),
        gold.any,
        gold.all,
        gold.names,
        _cited(answer),
        answer.refusal_reason,
        next(iter(answer.text.splitlines()), "") if answer.refused else None,
        tuple(map(_found, answer.passages)),
    )


def _cited(answer: Answer) -> tuple[str, ...]:
    return tuple(f"{citation.symbol}#{citation.pinpoint}" for citation in answer.citations)


def _filters(answer: Answer) -> Iterator[str]:
    for applied in answer.filters:
        dropped = ", dropped" if applied.dropped else ""
        yield f"{applied.kind} {applied.value} ({applied.origin}{dropped})"


def _found(passage: Passage) -> Found:
    place = f"{passage.symbol}#{passage.pinpoint}"
    return Found(place, passage.relation, passage.score, passage.scores.dense, passage.scores.lexical)


def _lines(failure: Failure) -> Iterator[str]:
    alone = {None: "", True: "; right when asked alone", False: "; wrong when asked alone too"}
    yield f"{failure.id} ({failure.kind}): {', '.join(failure.faults)}{alone[failure.right_alone]}"
    for turn in failure.turns:
        yield f"  asked     {turn}"
    if failure.alone:
        yield f"  alone     {failure.alone}"
    yield f"  searched  {failure.searched_for}"
    if failure.filters:
        yield f"  filters   {'; '.join(failure.filters)}"
    yield f"  right     {_wanted(failure)}"
    yield f"  cited     {_listed(failure.cited)}"
    if failure.refusal_reason:
        yield f"  refused   {failure.refusal_reason}: {failure.refusal}"
    for found in failure.found[:_SHOWN]:
        scores = f"{found.score:.3f} (dense {found.dense:.3f}, lexical {found.lexical:.2f})"
        yield f"  {found.relation:<9} {found.place}  {scores}"


def _wanted(failure: Failure) -> str:
    wanted = {"one of": failure.any, "all of": failure.all, "named": failure.names}
    said = "; ".join(f"{how} {_listed(places)}" for how, places in wanted.items() if places)
    return said or "a refusal"


def _listed(places: Sequence[str]) -> str:
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    return (", ".join(places[:_SHOWN]) or "nothing") + more
