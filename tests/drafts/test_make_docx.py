"""The Word file of the draft says what its Markdown says, and has in it what Word puts there."""

from __future__ import annotations

import io
import re
import zipfile

from corpus.readers.docx import read_docx
from tests.drafts import make_brief
from tests.drafts.make_docx import CHANGES, DRAFT, make_docx

WORD = DRAFT.with_suffix(".docx")


def test_the_word_file_is_the_one_that_is_made_of_the_markdown() -> None:
    made = make_docx(DRAFT.read_text("utf-8"))
    for name in ("word/document.xml", "word/footnotes.xml", "word/comments.xml", "word/footer1.xml"):
        assert _part(made, name) == _part(WORD.read_bytes(), name)


def test_the_word_file_of_the_brief_is_the_one_that_is_made_of_its_markdown() -> None:
    made = make_brief.make_brief(make_brief.DRAFT.read_text("utf-8"))
    for name in ("word/document.xml", "word/footnotes.xml"):
        assert _part(made, name) == _part(make_brief.DRAFT.with_suffix(".docx").read_bytes(), name)


def test_every_block_of_the_markdown_is_printed_in_the_word_file() -> None:
    printed = " ".join(read_docx(WORD.read_bytes(), WORD.name).text.split())
    blocks = [_printed(block) for block in re.split(r"\n{2,}|\n>\n|\n(?=[*|])", DRAFT.read_text("utf-8"))]
    assert len(blocks) > 150
    assert [block for block in blocks if block not in printed] == []


def test_what_was_deleted_or_commented_is_in_the_file_and_not_in_its_text() -> None:
    document = _part(WORD.read_bytes(), "word/document.xml").decode()
    printed = read_docx(WORD.read_bytes(), WORD.name).text
    for change in CHANGES:
        assert f">{change.deleted}</w:delText>" in document
        assert change.after.split()[-1] + change.deleted not in printed
    assert "worse by far" not in printed
    assert "worse by far" in _part(WORD.read_bytes(), "word/comments.xml").decode()
    assert document.count("Take immediate action") == 2  # the text box, and its form for older programs


def _part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def _printed(block: str) -> str:
    """A block as Word prints it: without the signs of Markdown, with the numbers of notes."""
    if block.startswith("|"):
        cells = [cell.strip(" -") for cell in block.strip("|").split("|")]
        return cells[1]  # cells are laid out beside one another
    block = re.sub(r"^(?:#+ |> ?|\* )", "", block, flags=re.M)
    block = re.sub(r"\[\^(\d+)\]:?", r"\1", block)
    return " ".join(re.sub(r"[*<>]", "", block).split())
