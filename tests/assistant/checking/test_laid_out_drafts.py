"""Drafts in HTML and PDF."""

from itertools import pairwise

from assistant.checking.draft import Draft
from assistant.checking.quotations import find_quotations
from assistant.checking.reading import read_draft
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
        ("note", "1", "See it. ↩"), ("quote", None, "One two."), ("quote", None, "Three."),
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
