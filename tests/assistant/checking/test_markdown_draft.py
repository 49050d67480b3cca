import pytest
from hypothesis import given, settings

from assistant.checking.reading import draft_of_text
from tests.assistant.checking.soundness import assert_is_sound
from tests.corpus.strategies import assembled


def parts_of(text: str) -> list[tuple[str, str]]:
    draft = draft_of_text(text)
    return [(part.kind, draft.printed(part).text) for part in draft.parts]


def printed(text: str) -> str:
    """The only part of a text."""
    [(_, words)] = parts_of(text)
    return words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("The *State* **party** _must_ __act__", "The State party must act"),
        ("***both*** and **a *b* c**", "both and a b c"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("it omits * * * words", "it omits * * * words"),
        ("CRPD/C/SGP/CO/1* and A/48/803*", "CRPD/C/SGP/CO/1* and A/48/803*"),
        (r"para\. 34 \*not\* \[sic]", "para. 34 *not* [sic]"),
        ("see [the text](https://docs.un.org/a_b_c?x=(1) \"A 'title'\") here", "see the text here"),
        ("see [the text][un] and [un] and [un][]\n\n[un]: http://x.org 'T'", "see the text and un and un"),
        ("the [State party] and [t]he [...] party", "the [State party] and [t]he [...] party"),
        ("the [State [party]] (see [a](b))", "the [State [party]] (see a)"),
        ("![A chart](chart.png) shows", "shows"),
        ("the word `“code”` is", "the word is"),
        ("the ``first'' word", "the ``first'' word"),
        ("a <https://a.org/b_c_d> and <b>bold</b>", "a https://a.org/b_c_d and bold"),
        ("a <!-- “hidden” --> b", "a b"),
        ("para.&nbsp;34<br>of A &amp; B", "para. 34 of A & B"),
        ("pages 33--34 --- and on", "pages 33-34 - and on"),
        ("one two\\\nthree", "one two three"),
        ("CRC/C/OPSC/\nLAO/CO/1, paras.\n33–\n34", "CRC/C/OPSC/LAO/CO/1, paras. 33–34"),
        ("[small caps]{.smallcaps} and ~~struck~~", "small caps and struck"),
        ("one\r\ntwo", "one two"),
        ("::: {.box}\nwords\n:::", "words"),
    ],
)
def test_signs_of_markdown_are_not_printed(typed: str, words: str) -> None:
    assert printed(typed) == words


def test_blocks_become_parts_of_their_kinds() -> None:
    text = """---
title: “Not read”
---

# A title {#sec}

Setext
title
===

First
paragraph.

> quoted
> words
lazily

> > twice

- an item

  its second paragraph
1. > quoted in a list

| a | b \\| c |
|---|---|
| `x` d |  |

```
“code”
```

***

<!-- “no” -->

<blockquote>
Words <b>in</b> HTML
</blockquote>

<div>after</div>
"""
    assert parts_of(text) == [
        ("heading", "A title"), ("heading", "Setext title"), ("text", "First paragraph."),
        ("quote", "quoted words lazily"), ("quote", "twice"), ("text", "an item"),
        ("text", "its second paragraph"), ("quote", "quoted in a list"), ("cell", "a"), ("cell", "b | c"),
        ("cell", "d"), ("quote", "Words in HTML"), ("text", "after"),
    ]  # fmt: skip


def test_text_of_each_part_stands_on_its_line() -> None:
    draft = draft_of_text("# One\n\ntwo\n\n> three\n")
    assert [part.line for part in draft.parts] == [1, 3, 5]


def test_notes_are_read_where_they_are_called() -> None:
    draft = draft_of_text(
        "One[^a] two.[^b]\n\nThree[^a].\n\n[^b]: Ibid., para. 7\n    goes on[^c].\n\n    Second.\n\n"
        "[^a]: See *this*.\n[^c]: In a note.\n[^d]: Not called.\n"
    )
    assert [(part.note, draft.printed(part).text) for part in draft.parts] == [
        (None, "One two."), ("1", "See this."), ("2", "Ibid., para. 7 goes on."), ("2", "Second."),
        ("3", "In a note."), (None, "Three."), ("4", "Not called."),
    ]  # fmt: skip
    assert [(draft.text[: call.position].split()[-1], call.mark) for call in draft.calls] == [
        ("One", "1"), ("two.[^b]"[:4], "2"), ("Three[^a]"[:5], "1"), ("on", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "marks"),
    [
        (["1", "2", "3"], ["1", "2", "3"]),
        (["31", "32"], ["31", "32"]),  # of a piece of a longer text
        (["2", "1"], ["1", "2"]),  # they are printed in the order of their calls
        (["1", "lao", "3"], ["1", "2", "3"]),
    ],
)
def test_notes_have_the_numbers_they_are_printed_with(labels: list[str], marks: list[str]) -> None:
    text = " ".join(f"word[^{label}]" for label in labels)
    notes = "\n".join(f"[^{label}]: note" for label in sorted(labels))
    draft = draft_of_text(f"{text}\n\n{notes}\n")
    assert [call.mark for call in draft.calls] == marks
    assert [part.note for part in draft.parts[1:]] == marks


def test_a_note_typed_where_it_is_called_is_a_part_within_the_other() -> None:
    draft = draft_of_text("The party^[See *A* [sic], para. 3.] must act.")
    around, note = draft.parts
    assert [draft.printed(part).text for part in (around, note)] == [
        "The party must act.",
        "See A [sic], para. 3.",
    ]
    assert (note.note, draft.calls[0].mark, draft.calls[0].position) == ("1", "1", 9)
    assert draft.part_at(draft.text.index("para")) == note
    assert draft.part_at(draft.text.index("must")) == around
    assert draft.part_at(draft.text.index("party")) == around


def test_what_is_left_out_unexpectedly_is_told() -> None:
    draft = draft_of_text("A call[^9].\n\n    “set in by four spaces”\n\nEnd.\n")
    assert draft.warnings == (
        "The note 9 is called and is not there.",
        "What is indented by four spaces is code in Markdown and not checked: at line 3.",
    )
    assert [draft.printed(part).text for part in draft.parts] == ["A call[^9].", "End."]


# -- properties

_typed = assembled(
    "word ", "“a b”", "\n", "\n\n", "> ", "- ", "# ", "    ", "*", "**", "_", "`", "``", "[^1]", "\n\n[^1]: ",
    "^[", "[", "]", "](", ")", "(x)", "\\", "<b>", "<!--", "-->", "&nbsp;", "<br>", "| ", "|---|\n", "~~",
    "--", "\r\n", "\t", "---\n", "<div>", "<blockquote>", "</blockquote>", ":::", "{.a}", "[a]: b\n",
    "\u00a0", "\f", "\x00", "1. ", "é", "\u2028",
    max_size=30,
)  # fmt: skip


@given(_typed)
@settings(max_examples=80)
def test_parts_lead_back_to_the_file(text: str) -> None:
    assert_is_sound(draft_of_text(text))


@given(assembled("word ", "“q”", "\n", "\n\n", "> ", "*", "[^1]", "(", ". ", max_size=20))
@settings(max_examples=80)
def test_no_letter_is_lost(text: str) -> None:
    draft = draft_of_text(f"{text}\n\n[^1]: note\n")
    shown = "".join(draft.printed(part).text for part in draft.parts)
    assert sum(map(str.isalpha, shown)) == sum(map(str.isalpha, draft.text))
