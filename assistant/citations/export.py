"""The citations of answers and drafts in the formats of reference managers, and as formatted references."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

from assistant.citations.cited_sources import CitedSources
from assistant.files import check_target, write_whole
from assistant.html_text import printable
from corpus.pinpoint import Style

ExportFormat = Literal["csl-json", "bibtex", "ris", "text"]
FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)

ENDINGS: Mapping[str, ExportFormat] = {".json": "csl-json", ".bib": "bibtex", ".ris": "ris", ".txt": "text"}
"""The format that the ending of a file's name stands for."""


def citations_text(
    cited: CitedSources, form: ExportFormat, style: Style = "un", *, notes: bool = False
) -> str:
    """What is cited in a format; `style` and `notes` are for text: every reference in turn, or each once."""
    text = _text(cited, form, style, notes)
    return text if form == "csl-json" else str(printable(text))  # JSON escapes what others cannot hold


def _text(cited: CitedSources, form: ExportFormat, style: Style, notes: bool) -> str:
    # each format is loaded when it is asked for
    if form == "csl-json":
        from assistant.citations.csl import as_csl_json

        return as_csl_json(cited.sources)
    if form == "bibtex":
        from assistant.citations.bibtex import as_bibtex

        return as_bibtex(cited.sources)
    if form == "ris":
        from assistant.citations.ris import as_ris

        return as_ris(cited.sources)
    from assistant.citations.reference_list import as_notes, as_reference_list

    return as_notes(cited, style) if notes else as_reference_list(cited, style)


def format_of(path: Path) -> ExportFormat:
    """The format that a file's name asks for; raises `ExportFormatUnknown` and `ExportUnwritable`."""
    check_target(path, ENDINGS)
    return ENDINGS[path.suffix.lower()]


def write_citations(text: str, path: Path) -> None:
    """Write an export, whole or not at all; raises `ExportUnwritable`."""
    write_whole(path, text.encode("utf-8", "replace"))
