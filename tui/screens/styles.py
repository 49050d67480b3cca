"""Choosing the style of references, each shown by a reference in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, OptionList
from textual.widgets.option_list import Option

from tui.actions import Where, bindings_of
from tui.background import in_background
from tui.cited import CitedPlace
from tui.printable import printable
from tui.screens.window import Modal

if TYPE_CHECKING:
    from assistant.chat_settings import CitationStyle
    from assistant.service import Assistant


class StylesScreen(Modal["CitationStyle | None"]):
    """Lists the styles; what is chosen is the result."""

    PLACE: ClassVar[Where] = "dialog"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("dialog")]

    DEFAULT_CSS = """
    StylesScreen {
        align: center middle;

        #window {
            width: 92%; max-width: 100; height: auto; max-height: 90%;
            border: round $primary; background: $surface; padding: 0 1;
        }
        OptionList { height: auto; border: none; background: $surface; padding: 0; }
    }
    """

    class Examples(Message):
        """A reference to a place in every style."""

        def __init__(self, references: dict[CitationStyle, str]) -> None:
            super().__init__()
            self.references = references

    def __init__(self, assistant: Assistant, style: CitationStyle, place: CitedPlace | None) -> None:
        super().__init__()
        self._assistant = assistant
        self._style = style
        self._place = place

    def compose(self) -> ComposeResult:
        """The styles by name, until there are examples."""
        with Vertical(id="window") as window:
            window.border_title = "Style of references"
            yield OptionList()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Have examples made of the place that is read, if one is."""
        self._list({})
        place, assistant = self._place, self._assistant
        if place is not None:
            in_background(
                self,
                lambda: self.Examples(dict(assistant.cite(place.slug, place.eid))),
                lambda error: self.Examples({}),  # then the names have to do
            )

    def on_styles_screen_examples(self, message: Examples) -> None:
        """Show the examples."""
        self._list(message.references)

    def _list(self, examples: dict[CitationStyle, str]) -> None:
        from assistant.citations.styles import STYLE_NAMES

        options = self.query_one(OptionList)
        options.clear_options()
        for style, name in STYLE_NAMES.items():
            shown = Content.styled(f"{name}{' (in use)' if style == self._style else ''}", "bold")
            if style in examples:
                shown = shown + Content(f"\n{printable(examples[style])}")
            options.add_option(Option(shown, id=style))
        options.highlighted = list(STYLE_NAMES).index(self._style)
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Use the style that was chosen."""
        from assistant.citations.styles import STYLES

        self.dismiss(next(style for style in STYLES if style == event.option_id))
