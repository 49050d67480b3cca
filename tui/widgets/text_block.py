"""A paragraph of the window whose lines hang beside its bullet, and whose links can be followed."""

from __future__ import annotations

from collections.abc import Callable, Collection

from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from tui.answer_blocks import Block
from tui.printable import printable

_LEAST = 12  # columns in which words still have room beside a prefix
_BULLETS = ("", "• ", "◦ ", "▪ ")


class Hanging(Visual):
    """Text to the right of a prefix that stands in its first line only."""

    def __init__(self, prefix: str, content: Content) -> None:
        self._prefix = prefix
        self._content = content

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
        """How many lines it takes."""
        return self._content.get_height(rules, max(1, width - self._indent(width)))

    def _indent(self, width: int) -> int:
        """The room of the prefix, which a very narrow window has not."""
        return len(self._prefix) if width >= len(self._prefix) + _LEAST else 0


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
        """A link of the block was clicked."""

        def __init__(self, href: str) -> None:
            super().__init__()
            self.href = href

    def __init__(self, block: Block, marked: Collection[str] = (), *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._block = block
        self._marked = frozenset(marked)

    @property
    def block(self) -> Block:
        """What it shows."""
        return self._block

    def say(self, block: Block) -> None:
        """Show another block in this one's place."""
        if block != self._block:
            self._block = block
            self.refresh(layout=True)

    def mark(self, is_marked: Callable[[str], bool]) -> bool:
        """Mark the links that lead where one reads; whether there is one."""
        marked = frozenset(filter(is_marked, self._block.hrefs))
        if marked != self._marked:
            self._marked = marked
            self.refresh()
        return bool(marked)

    def render(self) -> Hanging:
        """The text behind its bullet."""
        block = self._block
        indent = "  " * max(0, block.depth - 1)
        bullet = _BULLETS[min(block.depth, len(_BULLETS) - 1)]
        return Hanging(indent + (bullet if block.bullet else " " * len(bullet)), self._content)

    @property
    def _content(self) -> Content:
        parts: list[Content | str | tuple[str, str | Style]] = []
        for piece in self._block.pieces:
            style = Style(bold=piece.strong or None, italic=piece.emphasis or None)
            text = printable(piece.text)
            if piece.href:
                style += Style.from_meta({"@click": ("choose_link", (piece.href,))})
                text = f"[{text}]"
                if piece.href in self._marked:
                    style += Style(reverse=True, bold=True)
            parts.append((text, style))
        return Content.assemble(*parts)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that are selected with the mouse."""
        return selection.extract(self._content.plain), "\n"

    def action_choose_link(self, href: str) -> None:
        """Tell that a link was clicked."""
        self.post_message(self.LinkChosen(href))
