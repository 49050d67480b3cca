"""An answer's Markdown becomes blocks, the same whether it is there at once or grows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tui.answer_blocks import Block, _blocks, blocks_of

QUOTATIONS = ("a *star*", r"\*\*not bold\*\*", "`code`", "[x](y)", "<b>html</b>", "a | b", "# no heading")
LINES = (
    "**Title** · CRC/C/1",
    "*Section › Path*",
    *(f"- **Concern** (notes): “{quoted}” [para. 3](/documents/crc-c-1#para_3)" for quoted in QUOTATIONS),
    "  - (a) an item below",
    "  that goes on",
    "1. first",
    "> quoted",
    "```",
    "~~~ text",
    "[x]: /elsewhere",
    "    indented",
    "- ",
    "---",
    "",
    "",
)


def whole(markdown: str) -> tuple[Block, ...]:
    """The blocks of a text that is parsed in one piece."""
    return tuple(_blocks(MarkdownIt("commonmark", {"html": False}).parse(markdown)))


@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
def test_parsing_in_parts_gives_what_parsing_as_a_whole_gives(markdown: str) -> None:
    assert blocks_of(markdown) == whole(markdown)


def test_a_bullet_without_words_is_not_that_of_what_follows() -> None:
    assert [block.bullet for block in blocks_of("- one\n- \n\nafter")] == [True, False]


def test_what_is_quoted_is_shown_as_it_is_printed() -> None:
    printed = 'costs * and _ and [x](y) and `code` and <b>html</b> and a | b and \\ and "*'
    escaped = "".join(f"\\{each}" if each in "*_[]()`<>|\\" else each for each in printed)
    (block,) = blocks_of(f"- “{escaped}”")
    assert block.text == f"“{printed}”"
