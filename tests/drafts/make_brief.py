"""Makes the Word file of the court brief out of its Markdown: `python -m tests.drafts.make_brief`.

Unlike the alternative report it has a numbered list, and block quotations that are marked by their style
alone. It is the same at every run.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests.drafts.make_docx import dateless
from tests.drafts.word_parts import add_footnotes, footnote, note_call

DRAFT = Path(__file__).with_name("brief.md")
_NOTE = re.compile(r"\[\^(\d+)\]: (.*)", re.S)
_INLINE = re.compile(r"\[\^(?P<call>\d+)\]|\*(?P<emphasis>[^*\n]+)\*")
_ENTRY = re.compile(r"(?m)^\d+\. ")
_DATE = datetime(2025, 3, 3, 9, 0)


def make_brief(markdown: str) -> bytes:
    """The Word file of the brief."""
    document = docx.Document()
    styles = document.styles
    styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    notes = [note for block in re.split(r"\n{2,}", markdown.strip()) for note in _add(document, block)]
    add_footnotes(document, notes)
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Interveners"
    properties.comments = ""
    properties.created = properties.modified = _DATE
    buffer = io.BytesIO()
    document.save(buffer)
    return dateless(buffer.getvalue())


def _add(document: Document, block: str) -> Iterator[Any]:
    """Add a block of Markdown; a note is not added but given back."""
    if note := _NOTE.fullmatch(block):
        paragraph = _fill(docx.Document().add_paragraph(), note[2])
        yield footnote(int(note[1]), paragraph._p.findall(qn("w:r")))
    elif block.startswith("> "):
        _fill(document.add_paragraph(style="Quote"), re.sub(r"(?m)^> ", "", block))
    elif heading := re.match(r"(#+) ", block):
        _fill(document.add_heading(level=len(heading[1]) - 1), block[heading.end() :])
    elif _ENTRY.match(block):
        for entry in _ENTRY.split(block)[1:]:
            _fill(document.add_paragraph(style="List Number"), entry)
    else:
        _fill(document.add_paragraph(), block)


def _fill(paragraph: Paragraph, text: str) -> Paragraph:
    text, at = " ".join(text.split()), 0
    for match in _INLINE.finditer(text):
        paragraph.add_run(text[at : match.start()])
        if match["call"]:
            paragraph._p.append(note_call(int(match["call"])))
        else:
            paragraph.add_run(match["emphasis"]).italic = True
        at = match.end()
    paragraph.add_run(text[at:])
    return paragraph


if __name__ == "__main__":
    made = make_brief(DRAFT.read_text("utf-8"))
    DRAFT.with_suffix(".docx").write_bytes(made)
    sys.stdout.write(f"{len(made)} bytes\n")
