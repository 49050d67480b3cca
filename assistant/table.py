"""Answers and search results as rows, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.answer import Answer, Citation, SearchResult
from assistant.citations.references import edition_cited
from corpus.catalog import Snapshot
from corpus.model import DocumentHeader, Paragraph

COLUMNS = ("State", "Symbol", "Edition", "Date adopted", "Pinpoint", "Role", "Verb", "Text", "Link")
"""The columns of every table; `Row` has them in this order."""

_FAILED = "[not found in the source] "


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of an answer, or one paragraph of a search; `link` leads to the UN's document."""

    state: str
    symbol: str
    edition: str
    adopted: date | None
    pinpoint: str
    role: str
    verb: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order of the answer or of the search."""

    rows: tuple[Row, ...]


def table_of_answer(answer: Answer, snapshot: Snapshot) -> Table:
    """A row for each statement of an answer and each place it rests on."""

    @cache
    def header_of(symbol: str, sha256: str) -> DocumentHeader | None:
        return edition_cited(snapshot, symbol, sha256)

    rows = []
    for statement in answer.statements:
        for index in statement.citations:
            citation = answer.citations[index]
            header = header_of(citation.symbol, citation.sha256)
            text = statement.text if _holds(citation) else _FAILED + statement.text
            rows.append(
                Row(
                    ", ".join(header.states) if header else "",
                    citation.symbol,
                    citation.edition,
                    header.adopted if header else None,
                    citation.pinpoint,
                    statement.role.value,
                    statement.verb or "",
                    text,
                    citation.url,
                )
            )
    return Table(tuple(rows))


def table_of_search(result: SearchResult, snapshot: Snapshot) -> Table:
    """A row for each paragraph that was found, with the roles and verbs of its sentences."""

    @cache
    def held(symbol: str) -> tuple[DocumentHeader, dict[str, Paragraph]]:
        header = snapshot.find(symbol)[0]
        return header, {paragraph.eid: paragraph for paragraph in snapshot.paragraphs(header.id)}

    rows = []
    for passage in result.passages:
        header, paragraphs = held(passage.symbol)
        verbs = _verbs(paragraphs.get(passage.eid.split("__")[0]), passage.eid)
        rows.append(
            Row(
                ", ".join(passage.states),
                passage.symbol,
                header.edition,
                header.adopted,
                passage.pinpoint,
                ", ".join(role.value for role in passage.roles),
                ", ".join(dict.fromkeys(verbs)),
                passage.text,
                header.url,
            )
        )
    return Table(tuple(rows))


def is_part_of_list(answer: Answer) -> bool:
    """Whether an answer is a complete list that does not quote all of its paragraphs."""
    quoted = {(citation.symbol, citation.eid.partition("__")[0]) for citation in answer.citations}
    return bool(answer.passages and answer.total and len(quoted) < answer.total)


def _holds(citation: Citation) -> bool:
    return bool(citation.checks.exists and citation.checks.verbatim)


def _verbs(paragraph: Paragraph | None, eid: str) -> Iterator[str]:
    """The printed verbs of a place, those of the words that govern it where it has none."""
    place = paragraph and paragraph.place(eid)
    if paragraph is None or place is None:
        return iter(())
    own = [sentence.verb for sentence in place.sentences if sentence.verb]
    above = [s.verb for p in paragraph.governing(eid)[:1] for s in p.sentences if s.verb]
    return iter(own or above[-1:])
