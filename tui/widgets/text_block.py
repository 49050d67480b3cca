"""A paragraph of the window whose lines hang beside its bullet, and whose links can be followed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from tui.answer_blocks import Block
from tui.finding import Stretch
from tui.printable import printable

_LEAST = 12  # columns in which words still have room beside a prefix
_BULLETS = ("", "• ", "◦ ", "▪ ")


class Hanging(Visual):
    """Text to the right of a prefix that stands in its first line only."""

    def __init__(self, prefix: str, content: Content) -> None:
        self._prefix = prefix
        self._content = content
        self._heights: dict[int, int] = {}

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines of the text, each behind the prefix or the room it takes."""
        indent = self._indent(width)
        strips = self._content.render_strips(width - indent, height, style, options)
        first = Content(self._prefix[:indent]).render_strips(indent, 1, style, options)
        rest = Content(" " * indent).render_strips(indent, 1, style, options)
        if not indent:
            return strips
        return [Strip.join([(first if y == 0 else rest)[0], strip]) for y, strip in enumerate(strips)]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """What it takes without a break."""
        return len(self._prefix) + self._content.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines it takes; a layout asks several times."""
        if width not in self._heights:
            self._heights[width] = self._content.get_height(rules, max(1, width - self._indent(width)))
        return self._heights[width]

    def _indent(self, width: int) -> int:
        """The room of the prefix, which a very narrow window has not."""
        return len(self._prefix) if width >= len(self._prefix) + _LEAST else 0


def with_found(
    content: Content, found: Sequence[Stretch], current: Stretch | None, before: int = 0
) -> Content:
    """A text with what was found in it marked, without colour; so many characters stand before it."""
    for stretch in found:
        style = Style(reverse=True, bold=True) if stretch == current else Style(underline=True, bold=True)
        content = content.stylize(style, stretch[0] + before, stretch[1] + before)
    return content


class TextBlock(Widget):
    """One block of an answer."""

    DEFAULT_CSS = """
    TextBlock {
        height: auto;
        pointer: text;
        link-color: $text-primary;
        link-style: underline;
        link-background-hover: $primary;
        link-color-hover: $text;
    }
    """

    class LinkChosen(Message):
        """A link of the block was clicked: where it leads, and the words it stands beside."""

        def __init__(self, href: str, beside: str) -> None:
            super().__init__()
            self.href = href
            self.beside = beside

    def __init__(self, block: Block, marked: Collection[str] = (), *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._block = block
        self._marked = frozenset(marked)
        self._found: Sequence[Stretch] = ()
        self._current: Stretch | None = None

    @property
    def block(self) -> Block:
        """What it shows."""
        return self._block

    def say(self, block: Block) -> None:
        """Show another block in this one's place."""
        if block != self._block:
            self._block = block
            self.refresh(layout=True)

    def mark(self, is_marked: Callable[[str], bool]) -> None:
        """Mark the links that lead where one reads."""
        marked = frozenset(filter(is_marked, self._block.hrefs))
        if marked != self._marked:
            self._marked = marked
            self.refresh()

    def find(self, found: Sequence[Stretch], current: Stretch | None) -> None:
        """Mark what was found in it, and which of that one is at."""
        if (found, current) != (self._found, self._current):
            self._found, self._current = found, current
            self.refresh()

    def line_of(self, position: int) -> int:
        """In which of its lines, from 0, a character of its text is shown."""
        shown = Hanging(self._prefix, self._content[: position + 1])
        return max(0, shown.get_height({}, self.size.width) - 1)

    def render(self) -> Hanging:
        """The text behind its bullet."""
        return Hanging(self._prefix, self._content)

    @property
    def _prefix(self) -> str:
        block = self._block
        indent = "  " * max(0, block.depth - 1)
        bullet = _BULLETS[min(block.depth, len(_BULLETS) - 1)]
        return indent + (bullet if block.bullet else " " * len(bullet))

    @property
    def _content(self) -> Content:
        parts: list[Content | str | tuple[str, str | Style]] = []
        for piece in self._block.pieces:
            style = Style(bold=piece.strong or None, italic=piece.emphasis or None)
            text = printable(piece.shown)
            if piece.href:
                style += Style.from_meta({"@click": ("choose_link", (piece.href,))})
                if piece.href in self._marked:
                    style += Style(reverse=True, bold=True)
            parts.append((text, style))
        return with_found(Content.assemble(*parts), self._found, self._current)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that are selected with the mouse."""
        return selection.extract(self._content.plain), "\n"

    def action_choose_link(self, href: str) -> None:
        """Tell that a link was clicked."""
        self.post_message(self.LinkChosen(href, self._block.text))
