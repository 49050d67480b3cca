"""Sections asked for by their headings: "what does the section on adoption say?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.question import Question
from assistant.retrieval import Hit
from corpus.catalog import Snapshot
from corpus.model import DocumentHeader, Paragraph
from index.words import printed_words, terms

_MOST_DOCUMENTS = 5
"""Documents whose sections are shown at once."""


def sections_found(snapshot: Snapshot, question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The whole sections that a question names by words of their headings, in the documents of the hits.

    Of headings below one another the outermost that has all the words counts. None where no heading
    has them.
    """
    # "adoption" is not what "Measures adopted to …" is about, unless nothing is
    for words in (printed_words, terms):
        if found := _sections_with(set(words(question.section)), words, hits):
            break
    return [
        whole
        for hit, paths in found.values()
        for whole in _paragraphs_of(hit.header, hit, paths, snapshot.paragraphs(hit.header.id))
    ]


def _sections_with(
    wanted: set[str], words: Callable[[str], Iterable[str]], hits: Sequence[Hit]
) -> dict[int, tuple[Hit, set[tuple[str, ...]]]]:
    """By document its best hit and the paths of headings that have the words."""
    found: dict[int, tuple[Hit, set[tuple[str, ...]]]] = {}
    for hit in hits:
        path = _path_with(hit.paragraph, wanted, words)
        if path and (hit.header.id in found or len(found) < _MOST_DOCUMENTS):
            found.setdefault(hit.header.id, (hit, set()))[1].add(path)
    return found


def numbered_section(snapshot: Snapshot, question: Question, headers: Sequence[DocumentHeader]) -> list[Hit]:
    """The paragraphs of the section with a printed number, such as `III` or `B`, of one document."""
    if not question.section_number or len(headers) != 1:
        return []
    header = headers[0]
    numbers = question.section_number.split(".")
    paths = {
        section.path
        for section in snapshot.document(header.id).sections
        if section.number and section.number.rstrip(".").upper() == numbers[-1]
    }
    paragraphs = snapshot.paragraphs(header.id)
    return [
        Hit(header, paragraph, paragraph, (), 1.0, 1.0, 0.0)
        for paragraph in paragraphs
        if any(paragraph.section[: len(path)] == path for path in paths)
    ]


def _path_with(
    paragraph: Paragraph, wanted: set[str], words: Callable[[str], Iterable[str]]
) -> tuple[str, ...]:
    for depth, heading in enumerate(paragraph.section, 1):
        if wanted and wanted <= set(words(_without_articles(heading))):
            return paragraph.section[:depth]
    return ()


def _paragraphs_of(
    header: DocumentHeader, hit: Hit, paths: set[tuple[str, ...]], paragraphs: Sequence[Paragraph]
) -> list[Hit]:
    return [
        Hit(header, paragraph, paragraph, (), hit.score, hit.dense, hit.lexical)
        for paragraph in paragraphs
        if any(paragraph.section[: len(path)] == path for path in paths)
    ]


def _without_articles(heading: str) -> str:
    return re.sub(r"\(arts?\b[^)]*\)", "", heading)
