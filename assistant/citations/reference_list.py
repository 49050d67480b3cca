"""Sources as people print them: a list of full references, or the notes of a text in their order."""

from __future__ import annotations

from assistant.citations.cited_sources import CitedSources
from assistant.citations.later_references import full_reference, later_reference, next_reference
from corpus.pinpoint import Style


def as_reference_list(cited: CitedSources, style: Style) -> str:
    """A full reference to each source and all places of it, a line each, in the order of first citation."""
    lines = [full_reference(source.document, source.pinpoints, style) for source in cited.sources]
    return "".join(f"{' '.join(line.split())}\n" for line in lines)


def as_notes(cited: CitedSources, style: Style) -> str:
    """The references as numbered notes: in full at first, then as a style prints next and later ones."""
    lines: list[str] = []
    first: dict[int, int] = {}
    previous = None
    for number, note in enumerate(cited.notes, 1):
        document = cited.sources[note.source].document
        if note.source not in first:
            first[note.source] = number
            text = full_reference(document, note.pinpoints, style)
        elif note.source == previous:
            text = next_reference(document, note.pinpoints, style)
        else:
            text = later_reference(document, note.pinpoints, style, first[note.source]) or ""
        lines.append(f"{number}. {' '.join(text.split())}\n")
        previous = note.source
    return "".join(lines)
