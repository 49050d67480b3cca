"""Answers, documents and outcomes as text for a terminal, and as JSON."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.markdown import plain
from assistant.one_line import one_line
from assistant.searched import searched_sentence

if TYPE_CHECKING:
    from assistant.answer import Answer, Passage, SearchResult
    from assistant.citations.resolution import Candidate, ResolvedPlace
    from assistant.health import Check
    from assistant.places import Place
    from corpus.model import Document, DocumentHeader

_BULLET = re.compile(r"\s*- (?:\([a-z]+\) )?")
_WIDEST = 100


def print_json(data: Any) -> None:
    """One JSON document, indented, as UTF-8."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def as_data(value: Any) -> Any:
    """A model or dataclass of any room as JSON data."""
    from pydantic import TypeAdapter

    return TypeAdapter(type(value)).dump_python(value, mode="json")


def answer_text(answer: Answer) -> str:
    """An answer as plain text, wrapped to the terminal, with what was searched below it.

    A follow-up is headed by the question that it was taken for.
    """
    lines = [wrapped(f"Understood as: {answer.searched_for}"), ""] if is_rewritten(answer) else []
    lines += [wrapped(plain(line)) for line in answer.text.splitlines()]
    if answer.passages and not answer.refused:  # a refusal says so itself, and what is held is not searched
        searched = searched_sentence(answer.coverage, answer.filters, answer.also_searched)
        lines += ["", wrapped(searched)]
    return "\n".join(lines)


def is_rewritten(answer: Answer) -> bool:
    """Whether another question was searched for than the one that was typed."""
    return bool(answer.searched_for) and answer.searched_for != answer.question


def terminal_width() -> int:
    """The columns of the terminal, or those of a usual one where there is none."""
    return shutil.get_terminal_size((_WIDEST, 24)).columns


def wrapped(line: str) -> str:
    """A line wrapped to the terminal; what follows a bullet stays under it."""
    width = min(terminal_width(), _WIDEST)
    bullet = _BULLET.match(line)
    indent = " " * len(bullet[0]) if bullet else ""
    return textwrap.fill(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False,
        drop_whitespace=True, replace_whitespace=False,
    )  # fmt: skip


def search_text(result: SearchResult) -> str:
    """The found paragraphs with their scores."""
    lines = [f"Also searched: {', '.join(result.also_searched)}", ""] if result.also_searched else []
    if read := [f"{a.kind} {a.value}" for a in result.filters if a.origin == "inferred" and not a.dropped]:
        lines = [f"From the question: {', '.join(read)}", *(lines or [""])]
    for rank, passage in enumerate(result.passages, 1):
        lines += [*_passage(rank, passage), ""]
    if not result.passages:
        within = ", ".join(f"{applied.kind} {applied.value}" for applied in result.filters)
        lines.append(f"Nothing found ({within})." if within else "Nothing found.")
    return "\n".join(lines).rstrip()


def _passage(rank: int, passage: Passage) -> list[str]:
    also = f" (also {', '.join(passage.also)})" if passage.also else ""
    head = f"{rank}. {passage.symbol}, para. {passage.pinpoint}{also}  {passage.score:.3f}"
    scores = f"dense {passage.scores.dense:.3f}, lexical {passage.scores.lexical:.2f}"
    where = " › ".join(passage.section)
    body = [wrapped("   " + part) for part in (where, *passage.text.splitlines()) if part]
    return [f"{head} ({scores})", *body]


def documents_text(headers: Sequence[DocumentHeader]) -> str:
    """One line a document."""
    rows = [
        (
            header.symbol,
            ", ".join(header.states),
            header.adopted.isoformat() if header.adopted else "",
            f"{header.paragraphs} paragraphs",
            header.language,
            ", ".join(_standing(header)),
        )
        for header in headers
    ]
    if not rows:
        return "No documents are held."
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _standing(header: DocumentHeader) -> Iterator[str]:
    """Which edition it is, and what that means for a search."""
    yield header.edition
    if not header.current:
        yield "earlier"
    elif not header.searched:
        yield "not searched"


def header_data(header: DocumentHeader) -> dict[str, Any]:
    """A document in a list, as the API tells it."""
    from assistant.document_list import HeldDocument

    return HeldDocument.model_validate(header).model_dump(mode="json")


def document_text(document: Document) -> str:
    """A whole document: headings and numbered paragraphs."""
    lines = [wrapped(document.title), _facts(document), ""]
    section: tuple[str, ...] = ()
    for paragraph in document.paragraphs:
        if paragraph.section != section:
            section = paragraph.section
            lines += [wrapped(" › ".join(section)), ""]
        lines += [*_paragraph_lines(paragraph.label_printed, paragraph.full_text), ""]
    lines += [wrapped(f"{note.mark} {note.text}") for note in document.footnotes]
    lines += [
        wrapped(f"warning: {w.message}" + (f" (line {w.line})" if w.line else "")) for w in document.warnings
    ]
    return "\n".join(lines).rstrip()


def place_text(found: Place) -> str:
    """One place under its document and heading, with the words that govern it."""
    from corpus.model import Paragraph, pinpoint_of

    paragraph, place = found.paragraph, found.place
    pinpoint = pinpoint_of(paragraph, place)
    edition = "" if found.header.edition == "issued" else f" ({found.header.edition})"
    lines = [wrapped(f"{found.header.symbol}, {pinpoint.format('un')}{edition}")]
    if paragraph.section:
        lines.append(wrapped(" › ".join(paragraph.section)))
    lines.append("")
    if isinstance(place, Paragraph):
        return "\n".join([*lines, *_paragraph_lines(paragraph.label_printed, paragraph.full_text)])
    above = [p.text for p in paragraph.governing(place.eid) if p.text]
    own = f"{place.label_printed} {place.full_text}".splitlines()
    return "\n".join([*lines, *map(wrapped, [*above, *own])])


def resolved_places_text(places: Sequence[ResolvedPlace]) -> str:
    """The places that a reference leads to, each under its label and heading."""
    return "\n\n".join(_resolved_place(place) for place in places)


def _resolved_place(place: ResolvedPlace) -> str:
    lines = [place.label, *([" › ".join(place.section)] if place.section else []), ""]
    own = f"{place.label_printed} {place.text}".lstrip().splitlines()
    return "\n".join(wrapped(line) for line in (*lines, *place.lead_in, *own))


def candidate_text(candidate: Candidate) -> str:
    """A document that a reference may mean, on one line."""
    at = f", {candidate.pinpoint} ({candidate.eid})" if candidate.pinpoint else ""
    day = candidate.adopted.isoformat() if candidate.adopted else ""
    facts = (f"{candidate.symbol}{at}", ", ".join(candidate.states), day)
    return "  ".join(fact for fact in facts if fact)


def show_checks(checks: Sequence[Check], *, as_json: bool) -> bool:
    """Print what was looked at, as lines or as data; whether all of it is as it should be."""
    if as_json:
        print_json([as_data(check) for check in checks])
    else:
        print(checks_text(checks))
    return all(check.ok for check in checks)


def checks_text(checks: Iterable[Check]) -> str:
    """One line a check, with what to run where one failed."""
    lines = []
    for check in checks:
        lines.append(f"{'ok   ' if check.ok else 'WRONG'}  {check.name}: {one_line(check.detail)}")
        if not check.ok and check.mend:
            lines.append(f"       → {check.mend}")
    return "\n".join(lines)


class Narrator:
    """Tells on stderr how long work goes on; silent where nobody watches."""

    def __init__(self, unit: str = "passages") -> None:
        self._unit = unit
        self._shown = sys.stderr.isatty()

    def __call__(self, phase: str, done: int, total: int) -> None:
        """One state of the work; a finished phase ends its line."""
        if self._shown:
            end = "\n" if done == total else ""
            print(f"\r{phase} {done:,}/{total:,} {self._unit}", end=end, file=sys.stderr, flush=True)

    def say(self, text: str) -> None:
        """A line of narration."""
        if self._shown:
            print(text, file=sys.stderr, flush=True)


def _facts(document: Document) -> str:
    facts = (document.symbol, document.committee, ", ".join(document.states), document.edition)
    adopted = f"adopted {document.adopted.isoformat()}" if document.adopted else None
    return wrapped(" · ".join(fact for fact in (*facts, adopted) if fact))


def _paragraph_lines(label: str, text: str) -> list[str]:
    first, *rest = text.splitlines() or [""]
    return [wrapped(f"{label} {first}".lstrip()), *(wrapped("    " + line) for line in rest)]
