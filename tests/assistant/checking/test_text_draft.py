import pytest
from hypothesis import given, settings

from assistant.checking.draft import Draft
from assistant.checking.reading import draft_of_text
from tests.assistant.checking.soundness import assert_is_sound
from tests.corpus.strategies import assembled


def read(text: str) -> Draft:
    return draft_of_text(text, markdown=False)


def parts_of(text: str) -> list[tuple[str, str | None, str]]:
    draft = read(text)
    return [(part.kind, part.note, draft.printed(part).text) for part in draft.parts]


def test_blank_lines_part_paragraphs_and_indentation_sets_quotations_apart() -> None:
    text = """A title
=======

First line of
a *paragraph*.

        A block quotation
        of two lines.

  - an item

        its second paragraph

> quoted as in
> > mail Tibeto-
> Burman

----------

   A first line set in
and others not.
"""
    assert parts_of(text) == [
        ("heading", None, "A title"), ("text", None, "First line of a *paragraph*."),
        ("quote", None, "A block quotation of two lines."), ("text", None, "- an item"),
        ("text", None, "its second paragraph"), ("quote", None, "quoted as in mail Tibeto-Burman"),
        ("text", None, "A first line set in and others not."),
    ]  # fmt: skip


def test_first_lines_set_in_are_no_quotations() -> None:
    text = "    First line of\na text.\n\n    One line.\n\n    Another of\ntwo.\n\n        Set\n        in.\n"
    assert [kind for kind, _, _ in parts_of(text)] == ["text", "text", "text", "quote"]


@pytest.mark.parametrize(
    "notes",
    [
        "[1] See “it”,\n    para. 7.\n\n    Second paragraph.\n[2] Ibid.",
        "Notes\n\n1. See “it”,\npara. 7.\n\n  Second paragraph.\n\n2. Ibid.",
        "_____\n1 See “it”,\npara. 7.\n\n Second paragraph.\n\n2 Ibid.",
        "¹ See “it”,\npara. 7.\n\n Second paragraph.\n\n² Ibid.",
    ],
)
@pytest.mark.parametrize("calls", [("[1]", "[2]"), ("¹", "²")])
def test_notes_below_the_text_are_tied_to_their_calls(notes: str, calls: tuple[str, str]) -> None:
    first, second = calls
    text = (
        f"It “urges” it.{first} So\nit{second} does on 5 m² [sic].\n\n1. A numbered paragraph.\n\n{notes}\n"
    )
    assert parts_of(text) == [
        ("text", None, "It “urges” it. So it does on 5 m² [sic]."), ("note", "1", "See “it”, para. 7."),
        ("note", "1", "Second paragraph."), ("note", "2", "Ibid."),
        ("text", None, "1. A numbered paragraph."),
    ]  # fmt: skip
    draft = read(text)
    assert [(draft.text[: call.position].split()[-1], call.mark) for call in draft.calls] == [
        ("it.", "1"), ("it", "2"),
    ]  # fmt: skip


def test_numbers_against_words_call_notes_below_a_rule() -> None:
    text = "In 2015 it “urged” joy”.1 On page 2 and\npara.34 it did2, on 3.\n\n______\n1 See it.\n2 Ibid.\n"
    draft = read(text)
    assert [(part.note, draft.printed(part).text) for part in draft.parts] == [
        (None, "In 2015 it “urged” joy”. On page 2 and para.34 it did, on 3."),
        ("1", "See it."), ("2", "Ibid."),
    ]  # fmt: skip


def test_notes_at_the_feet_of_pages_are_those_of_their_page() -> None:
    text = "One.[1]\n\n____\n[1] First.\n\fTwo.[1]\n\n____\n[1] Second.\n"
    draft = read(text)
    assert [draft.printed(part).text for part in draft.parts] == ["One.", "First.", "Two.", "Second."]
    assert draft.parts[1].note != draft.parts[3].note


@pytest.mark.parametrize(
    "text",
    [
        "First.\n\n1. A paragraph.\n\n2. Another.\n",
        "First.\n\n-----\n\n1. A paragraph after a rule.\n\n2. Another, in 2015.\n",
        "[1] A list that nothing calls.\n\n[2] Another.\n",
        "The Notes\n\nNotes\n\n1. A paragraph that nothing calls.\n",
    ],
)
def test_numbered_paragraphs_are_no_notes(text: str) -> None:
    assert all(note is None for _, note, _ in parts_of(text))


_typed = assembled(
    "word ", "“a”", "\n", "\n\n", "    ", "> ", "[1]", "\n[1] ", "[2]", "\n[2] ", "1. ", "\n____\n",
    "Notes\n", "¹", "\n¹ ", "\f", "\r\n", "\t", "- ", "===", "x1 ", "\u2028", "\r",
    max_size=30,
)  # fmt: skip


@given(_typed)
@settings(max_examples=80)
def test_parts_lead_back_to_the_file(text: str) -> None:
    draft = read(text)
    assert_is_sound(draft)
    outside = set(range(len(text)))
    for part in draft.parts:
        outside -= set(range(part.start, part.end))
    assert not any(text[index].isalpha() for index in outside) or "Notes" in text
