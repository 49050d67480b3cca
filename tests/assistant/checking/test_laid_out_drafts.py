"""Drafts in HTML and PDF."""

from itertools import pairwise
from pathlib import Path

import pytest

from assistant.checking.draft import Draft
from assistant.checking.quotations import find_quotations
from assistant.checking.reading import read_draft
from assistant.readers import Readers
from assistant.settings import Settings
from corpus.errors import SourceOverLimit
from tests.assistant.checking.soundness import assert_is_sound
from tests.corpus.pdfs import LEADING, LEFT, Text, framed, pdf, running


def parts_of(draft: Draft) -> list[tuple[str, str | None, str]]:
    assert_is_sound(draft)
    between = "".join(
        draft.text[before.end : after.start]
        for before, after in pairwise(sorted(draft.parts, key=lambda part: part.start))
    )
    assert not between.strip()
    return [(part.kind, part.note, draft.printed(part).text) for part in draft.parts]


def test_a_web_page_is_read_as_a_browser_shows_it() -> None:
    page = """<!doctype html><html><head><title>No</title><style>p {}</style></head><body>
    <nav>Menu</nav><main>
    <h1>Title</h1><p>It <q>urges <q>all</q> of it</q><sup><a href="#fn1" id="ref1">1</a></sup>,&nbsp;para.
    34.<br>A second line.</p>
    <blockquote><p>One <i>two</i>.</p><p>Three.</p></blockquote>
    <table><tr><td>Left</td><td>“Right”</td></tr></table>
    <script>“no”</script><p hidden>“no”</p>
    <ol><li id="fn1">See it. <a href="#ref1">↩</a></li></ol></main></body></html>"""
    draft = read_draft(page.encode(), "a.html")
    assert parts_of(draft) == [
        ("heading", None, "Title"), ("text", None, "It “urges ‘all’ of it”, para. 34. A second line."),
        ("note", "1", "See it."), ("quote", None, "One two."), ("quote", None, "Three."),
        ("cell", None, "Left"), ("cell", None, "“Right”"),
    ]  # fmt: skip
    assert [(quotation.text, quotation.block) for quotation in find_quotations(draft)] == [
        ("urges ‘all’ of it", False), ("all", False), ("One two.\nThree.", True), ("Right", False),
    ]  # fmt: skip


def test_a_paragraph_goes_on_over_the_break_of_a_page_with_its_notes_and_heads() -> None:
    first = [
        *running("1. The Committee considered the report"),
        Text("1", 96, 283, 6),
        Text("of Kenya, and that of the Tibeto-", 100, 290),
        *_note("1", "See the report."),
    ]
    second = [
        *running("Burman groups “at all” in it.", "", "2. It considered the report"),
        Text("1", 114, 230, 6),
        Text("that Kenya has made, in all of its parts.", 118, 237),
        *_note("1", "Ibid., para. 7."),
    ]
    draft = read_draft(pdf(framed(first, "A report", 1), framed(second, "A report", 2)), "a.pdf")
    assert parts_of(draft) == [
        ("text", None, "1. The Committee considered the report of Kenya, and that of the Tibeto-Burman "
         "groups “at all” in it."),
        ("note", "1", "See the report."),
        ("text", None, "2. It considered the report that Kenya has made, in all of its parts."),
        ("note", "1 on page 2", "Ibid., para. 7."),
    ]  # fmt: skip
    assert [(draft.text[: each.position].split()[-1], each.mark) for each in draft.calls] == [
        ("report", "1"), ("report", "1 on page 2"),
    ]  # fmt: skip
    assert [part.page for part in draft.parts] == [1, 1, 2, 2]
    assert "A report" not in draft.text


def test_what_is_set_in_and_led_up_to_is_a_quotation() -> None:
    text = running(*(f"Line {number} of a text that goes on over the page" for number in range(8)))
    down = 100 + 9 * LEADING
    led = [Text("The Committee said the following:", down)]
    quoted = [Text(f"quoted line {number}", down + (2 + number) * LEADING, LEFT + 30) for number in range(2)]
    items = [Text("(a) an item;", down + 6 * LEADING, LEFT + 30)]
    draft = read_draft(pdf([*text, *led, *quoted, *items]), "a.pdf")
    assert [(kind, text) for kind, _, text in parts_of(draft)][-2:] == [
        ("quote", "quoted line 0 quoted line 1"), ("text", "(a) an item;"),
    ]  # fmt: skip


def _note(mark: str, text: str) -> list[Text]:
    return [Text(mark, 697, LEFT, size=5), Text(text, 700, LEFT + 8, size=8)]


def test_notes_at_the_end_of_a_pdf_are_told_by_numbers_that_the_text_calls() -> None:
    text = [
        *running("1. It “urges” it.[1] So it does, in many", "words.[2]", "", "2. A paragraph [3] of it."),
        *running("1. See the report of", "Kenya.", "2. Ibid., para. 7.", down=400),
    ]
    assert parts_of(read_draft(pdf(text), "a.pdf")) == [
        ("text", None, "1. It “urges” it. So it does, in many words."),
        ("note", "1", "See the report of Kenya."), ("note", "2", "Ibid., para. 7."),
        ("text", None, "2. A paragraph [3] of it."),
    ]  # fmt: skip


def test_tables_of_a_pdf_are_left_out_and_told() -> None:
    # drawn cell by cell, as programs do
    rows = [
        Text("“urges the", 300),
        Text("party to”", 312),
        Text("para. 3", 300, 300),
        Text("CRC/C/1", 312, 300),
    ]
    text = running(
        "The table says what was said of all of it:", "", "12. And the text goes on below it.", down=200
    )
    draft = read_draft(pdf([*text, *rows, Text("After it.", 340)]), "a.pdf")
    assert [words for _, _, words in parts_of(draft)] == [
        "The table says what was said of all of it:", "12. And the text goes on below it.", "After it.",
    ]  # fmt: skip
    assert draft.warnings == (
        "Tables of PDF files are not read, since such a file does not show their cells: page 1.",
    )


def test_files_with_a_layout_are_read_in_another_process_and_within_limits(tmp_path: Path) -> None:
    data = pdf(running("The Committee considered the report."), running("And another page of it."))
    settings = Settings(home=tmp_path)
    assert read_draft(data, "a.pdf", Readers(settings).read) == read_draft(data, "a.pdf")
    with pytest.raises(SourceOverLimit, match="1 pages"):
        read_draft(data, "a.pdf", Readers(settings.model_copy(update={"max_file_pages": 1})).read)
