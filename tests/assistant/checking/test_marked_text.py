from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.draft import Draft, Part
from assistant.checking.marked_text import Mark, around, blocks_of, is_shown_around
from assistant.checking.reading import draft_of_text
from corpus.source_text import SourceText

# Two parts with signs that are not printed, and what is not read between them.
TEXT = "**One** two\nthree [four](http://x) five.\n\n```not read```\n\nSix *seven* eight nine."
PARTS = (
    Part("text", 0, 40, ((0, 2), (5, 7), (18, 19), (23, 34))),
    Part("text", 58, len(TEXT), ((62, 63), (68, 69))),
)
DRAFT = Draft("a.md", "markdown", TEXT, PARTS)
stretches = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


def test_the_parts_are_read_without_their_signs() -> None:
    printed = ["One two three four five.", "Six seven eight nine."]
    assert ["".join(each.text for each in block.segments) for block in blocks_of(DRAFT, [])] == printed


@pytest.mark.parametrize(
    "text", ["- three\n", "> 3. three\n", "3) three\n\n   three again\n", "It cost 3. three\n"]
)
def test_a_paragraph_of_a_list_has_its_number(text: str) -> None:
    told = [block.number for block in blocks_of(draft_of_text(f"1. one\n2. two\n\n---\n\n{text}"), [])]
    signs = {"-": ["•"], ">": ["3."], "3": ["3)", ""], "I": [""]}
    assert told == ["1.", "2.", *signs[text[0]]]


def test_where_the_text_prints_its_numbers_none_is_added() -> None:
    draft = draft_of_text("1. one\n\n2. two\n", markdown=False)
    blocks = list(blocks_of(draft, []))
    assert [block.number for block in blocks] == ["", ""]
    assert [block.segments[0].text for block in blocks] == ["1. one", "2. two"]


def test_a_stretch_is_seen_around_another_where_it_is_near_and_in_its_part() -> None:
    text = "one " * 100
    draft = Draft("a.txt", "text", text, (Part("text", 0, 300), Part("text", 302, 400)))
    assert is_shown_around(draft, (100, 110), (250, 270))
    assert not is_shown_around(draft, (100, 110), (250, 271))
    assert is_shown_around(draft, (200, 210), (40, 50))
    assert not is_shown_around(draft, (200, 210), (39, 50))
    assert not is_shown_around(draft, (290, 299), (303, 310))


@given(st.lists(stretches, max_size=8))
@settings(max_examples=60)
def test_marks_cover_what_they_mean_and_change_no_text(spans: list[list[int]]) -> None:
    marks = [Mark(f"m{at}", start, end, (f"k{at}",)) for at, (start, end) in enumerate(spans)]
    blocks = list(blocks_of(DRAFT, marks))
    opened = [name for block in blocks for each in block.segments for name in each.opened]
    assert sorted(opened) == sorted(mark.name for block in blocks for mark in block.marks)
    assert len(opened) == len(set(opened))
    for mark in marks:
        covered = [
            each.text for block in blocks for each in block.segments if set(mark.kinds) & set(each.kinds)
        ]
        assert "".join("".join(covered).split()) == "".join("".join(_printed_signs(mark)).split())


def _printed_signs(mark: Mark) -> list[str]:
    """The printed characters between the ends of a mark, found one by one."""
    return [
        TEXT[at]
        for part in PARTS
        for at in range(max(mark.start, part.start), min(mark.end, part.end))
        if not any(start <= at < end for start, end in part.hidden)
    ]


def test_many_marks_in_one_another_make_no_more_segments_than_they_have_ends() -> None:
    text = "word " * 4000
    draft = Draft("a.txt", "text", text, (Part("text", 0, len(text)),))

    def size(depth: int) -> int:
        marks = [Mark(f"m{at}", at, len(text) - 1 - at, ("quotation", "right")) for at in range(depth)]
        (block,) = blocks_of(draft, marks)
        assert all(len(each.kinds) <= 2 for each in block.segments)
        return len(block.segments)

    assert size(2000) <= 4 * size(500) + 4


def test_the_surroundings_of_a_stretch_are_cut_at_words() -> None:
    text = "left " * 60 + "THIS" + " right" * 60
    draft = Draft("a.txt", "text", text, (Part("text", 0, len(text)),))
    before, inside, after = around(draft, 300, 304)
    assert inside == "THIS"
    assert before.startswith("… left")
    assert after.endswith("right …")
    assert max(len(before), len(after)) <= 164
    assert around(DRAFT, 45, 49)[1] == "not"


def test_of_a_part_as_long_as_the_draft_only_what_is_near_is_read_for_a_finding() -> None:
    read: list[int] = []

    class Counted(Draft):
        def printed(self, part: Part) -> SourceText:
            read.append(part.end - part.start)
            return super().printed(part)

    text = "word *word* " * 10_000
    signs = [at for at, sign in enumerate(text) if sign == "*"]
    draft = Counted(
        "a.md", "markdown", text, (Part("text", 0, len(text), tuple((at, at + 1) for at in signs)),)
    )
    before, inside, after = around(draft, 60_000, 60_010)
    assert inside == "word word"
    assert before.startswith("… word ")
    assert after.endswith(" word …")
    assert "*" not in before + inside + after
    assert max(read) < 2_000
