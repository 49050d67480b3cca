"""Makes the Word file of a draft out of its Markdown: `python -m tests.drafts.make_docx`.

What Word puts into a file that was worked on is there too: footnotes, fields for the numbers of notes and
paragraphs, tracked changes, a comment, a table, and a text box, which is a block that is in quotation marks.
With all changes accepted it says what the Markdown says. It is the same at every run.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tests.drafts.word_parts import add_field, add_footnotes, box, footnote, note_call, tracked

DRAFT = Path(__file__).with_name("alternative_report.md")
_DATE = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)
_AUTHOR = "Coalition"
_INLINE = re.compile(
    r"\[\^(?P<call>\d+)\]|\*(?P<emphasis>[^*\n]+)\*|<(?P<link>https?://[^>\s]+)>|(?<=\(n )(?P<note>\d+)(?=\))"
    r"|(?<=see paragraph )(?P<own>\d+)(?= below)"
)
_BLOCK = re.compile(r"\n{2,}")
_NOTE = re.compile(r"\[\^(\d+)\]: (.*)", re.S)
_NUMBERED = re.compile(r"(\d+)\. ")


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: what was deleted and inserted behind some words."""

    after: str
    deleted: str
    inserted: str

    @property
    def printed(self) -> str:
        """The words as they stand once the change is accepted."""
        return self.after + self.inserted


CHANGES = (
    Change("No child was interviewed alone", " or in secret", " or more than once"),
    Change('children and the public at large" (CRC/C/OPSC/LAO/CO/1, para. ', "31", "13"),
    Change("\"explicitly address children's rights and ", "also ", ""),
    Change("the rest not begun", ", as far as we know", ""),
)
_COMMENTED = "What we saw in Savannakhet in 2023 differs in one point only"
_COMMENT = 'Is this in CRC/C/OPSC/LAO/CO/1, para. 99? It says "what we saw in Savannakhet is worse by far".'


def make_docx(markdown: str) -> bytes:
    """The Word file of a draft."""
    writer = _Writer()
    for block in _BLOCK.split(markdown.strip()):
        writer.add(block)
    return writer.finished()


class _Writer:
    def __init__(self) -> None:
        self._document = docx.Document()
        self._notes: list[Any] = []
        self._box: str | None = None
        self._changes = 0
        self._add_styles()
        footer = self._document.sections[0].footer.paragraphs[0]
        footer.add_run("Alternative report, page ")
        add_field(footer, "PAGE", "1")

    def add(self, block: str) -> None:
        """Add a block of Markdown."""
        if note := _NOTE.fullmatch(block.strip()):
            self._notes.append(footnote(int(note[1]), list(self._note_runs(note[2]))))
        elif block.startswith('> "'):
            self._box = block.removeprefix("> ")
        elif block.startswith(">"):
            self._add_quote(block)
        elif block.startswith("|"):
            self._add_table(block.splitlines())
        elif heading := re.match(r"(#+) ", block):
            level = len(heading[1]) - 1
            self._fill(self._document.add_heading(level=level), block[heading.end() :])
        elif block.startswith("* "):
            for line in block.splitlines():
                self._fill(self._document.add_paragraph(style="List Bullet"), line.removeprefix("* "))
        else:
            self._add_paragraph(block)

    def finished(self) -> bytes:
        """The file, with nothing in it that differs from run to run."""
        add_footnotes(self._document, self._notes)
        for comment in self._document.comments:
            comment._comment_elm.set(qn("w:date"), _DATE.strftime("%Y-%m-%dT%H:%M:%SZ"))
        properties = self._document.core_properties
        properties.author = properties.last_modified_by = _AUTHOR
        properties.comments = ""
        properties.created = properties.modified = _DATE.replace(tzinfo=None)
        buffer = io.BytesIO()
        self._document.save(buffer)
        return dateless(buffer.getvalue())

    def _add_styles(self) -> None:
        styles = self._document.styles
        text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(text, ParagraphStyle)
        text.base_style = styles["Normal"]
        reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
        reference.font.superscript = True

    def _add_quote(self, block: str) -> None:
        for paragraph in block.split("\n>\n"):
            printed = re.sub(r"^> ?", "", paragraph, flags=re.M)
            self._fill(self._document.add_paragraph(style="Quote"), printed)

    def _add_paragraph(self, block: str) -> None:
        paragraph = self._document.add_paragraph()
        if number := _NUMBERED.match(block):
            self._bookmark(paragraph, number[1])
            block = block[len(number[1]) :]
        if self._box is not None:
            paragraph.add_run()._r.append(box(self._box))
            self._box = None
        self._fill(paragraph, block)

    def _add_table(self, lines: list[str]) -> None:
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        rows.pop(1)  # the rule below the head
        table = self._document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                self._fill(cell.paragraphs[0], text)

    def _bookmark(self, paragraph: Paragraph, number: str) -> None:
        for kind in ("bookmarkStart", "bookmarkEnd"):
            mark = OxmlElement(f"w:{kind}")
            mark.set(qn("w:id"), number)
            if kind == "bookmarkStart":
                mark.set(qn("w:name"), f"_Ref{number}")
            paragraph._p.append(mark)
            if kind == "bookmarkStart":
                paragraph.add_run(number)

    def _fill(self, paragraph: Paragraph, text: str) -> None:
        for kind, piece in _pieces(text):
            if kind == "call":
                paragraph._p.append(note_call(int(piece)))
            elif kind == "emphasis":
                paragraph.add_run(piece).italic = True
            elif kind == "own":
                add_field(paragraph, f"REF _Ref{piece} \\h", piece)
            else:
                self._add_text(paragraph, piece)

    def _add_text(self, paragraph: Paragraph, text: str) -> None:
        found = [(text.index(each.printed), each) for each in CHANGES if each.printed in text]
        if found:
            at, change = min(found, key=lambda each: each[0])
            self._add_run(paragraph, text[:at] + change.after)
            self._track(paragraph, change)
            self._add_text(paragraph, text[at + len(change.printed) :])
        else:
            self._add_run(paragraph, text)

    def _add_run(self, paragraph: Paragraph, text: str) -> None:
        before, commented, behind = text.partition(_COMMENTED)
        paragraph.add_run(before)
        if commented:
            run = paragraph.add_run(commented)
            self._document.add_comment(run, _COMMENT, author=_AUTHOR, initials="C")
            paragraph.add_run(behind)

    def _track(self, paragraph: Paragraph, change: Change) -> None:
        for kind, text in (("del", change.deleted), ("ins", change.inserted)):
            if text:
                self._changes += 1
                mark = tracked(kind, 1000 + self._changes, _AUTHOR, _DATE)
                run: Run = paragraph.add_run(text)
                if kind == "del":
                    run._r.t_lst[0].tag = qn("w:delText")
                mark.append(run._r)
                paragraph._p.append(mark)

    def _note_runs(self, text: str) -> Iterator[Any]:
        paragraph = docx.Document().add_paragraph()
        for kind, piece in _pieces(text):
            if kind == "note":
                add_field(paragraph, f"NOTEREF _RefNote{piece} \\h", piece)
            else:
                paragraph.add_run(piece).italic = True if kind == "emphasis" else None
        yield from paragraph._p.findall(qn("w:r"))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a Markdown paragraph, each with its kind."""
    text = " ".join(text.split("\n"))
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            yield "text", text[at : match.start()]
        yield str(match.lastgroup), match[str(match.lastgroup)]
        at = match.end()
    if at < len(text):
        yield "text", text[at:]


def dateless(data: bytes) -> bytes:
    """A package whose files are all of one day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in _ordered(source.namelist()):
            info = zipfile.ZipInfo(name, date_time=(2024, 3, 1, 9, 0, 0))
            target.writestr(info, source.read(name), zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))


if __name__ == "__main__":
    made = make_docx(DRAFT.read_text("utf-8"))
    DRAFT.with_suffix(".docx").write_bytes(made)
    sys.stdout.write(f"{len(made)} bytes\n")
