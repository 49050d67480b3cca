"""How the format of a draft is told, and that no text takes more time than its length warrants."""

import pytest

from assistant.checking.draft import DraftFormat
from assistant.checking.quotations import find_quotations
from assistant.checking.reading import draft_of_text, read_draft
from corpus import parse
from corpus.errors import SourceNotText, SourceOldFormat, SourceRefused, SourceTooLarge
from tests.corpus.docx_files import docx, p, r
from tests.corpus.pdfs import pdf, running
from tests.growth import grows_in_proportion


@pytest.mark.parametrize(
    ("data", "name", "format_"),
    [
        (b"A *word* of it.\n", "a.md", "markdown"),
        (b"<p>A word</p>" * 20, "a.MD", "markdown"),
        (b"# Words of a line\n", "a.txt", "text"),
        (b"# A heading\n\nWords.\n", "draft", "markdown"),
        (b"Words[^1].\n\n[^1]: A note.\n", "-", "markdown"),
        (b"Words of a [link](https://un.org).\n", "draft", "markdown"),
        (b"Words of a text * with stars * [1] and (so) on.\n\n---\n", "draft", "text"),
        (b"<!doctype html><p>A word of it.</p>", "a.txt", "html"),
        ("\ufeffWords\n".encode("utf-16"), "draft.txt", "text"),
        (docx(p(r("Words"))), "a.md", "docx"),
        (pdf(running("Words of a page that has some.")), "a.docx", "pdf"),
    ],
)
def test_content_tells_the_format_and_the_name_markdown_from_text(
    data: bytes, name: str, format_: DraftFormat
) -> None:
    draft = read_draft(data, name)
    assert (draft.format, draft.name) == (format_, name)
    assert "ord" in draft.text


def test_the_same_bytes_have_the_same_hash() -> None:
    text = "Wörds “of” it.\n"
    assert read_draft(text.encode(), "a.md").sha256 == draft_of_text(text).sha256


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", SourceNotText),
        (bytes(range(256)) * 9, SourceNotText),
        (b"{\\rtf1 words}", SourceOldFormat),
        (b"<?xml version='1.0'?><doc>words</doc>", SourceNotText),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "draft"])
def test_what_is_no_text_is_refused(data: bytes, refusal: type[SourceRefused], name: str) -> None:
    with pytest.raises(refusal, match=name):
        read_draft(data, name)


def test_a_draft_is_no_larger_than_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.checking.reading.MAX_SOURCE_BYTES", 100)
    assert parse.MAX_SOURCE_BYTES > 100
    with pytest.raises(SourceTooLarge):
        read_draft(b"word " * 21, "a.md")


_SIGNS = [
    "*_a ", "[a](", "[[a]]", "^[a[^1]", "a^[b] ",
    "``a`", "<!--<a b=\"", "> - ", "\n\n[^1]: a", "<div><blockquote>\n\n",
    "a-\n> b", "&nbsp;*a*",
]  # fmt: skip
_MARKS = ["“", "‘as’ ", "'a ", '"a ("', "\n\n“a", "\n\n> “a (", "‘“", "« ``"]
_NOTES = ["[1]\n[1] ", "\n____\n1 a1", "¹\n¹ ", "x1 2) \f"]


def test_notes_within_each_other_are_read_in_time_that_grows_with_them() -> None:
    def read(count: int) -> None:
        draft = draft_of_text("w^[a " * count + "]" * count)
        assert 1 < len(draft.calls) < 10
        assert draft.text.count("a", draft.parts[-1].start, draft.parts[-1].end) > count - 10

    assert grows_in_proportion(read, 750)


@pytest.mark.parametrize(
    ("sign", "markdown"),
    [*((sign, True) for sign in _SIGNS), *((sign, False) for sign in (*_NOTES, *_MARKS))],
)
def test_time_grows_with_the_length_of_hostile_text(sign: str, markdown: bool) -> None:
    def read(length: int) -> None:
        body = sign * (length // len(sign))
        text = f"[b]: c\n\nw[^1] w[1] {body}\n\n[^1]: x\n\n____\n1 y\n"
        find_quotations(draft_of_text(text, markdown=markdown))

    assert grows_in_proportion(read, 8_000)
