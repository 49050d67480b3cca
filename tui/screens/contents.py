"""The table of contents: headings with their paragraphs, left over by what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, OptionList
from textual.widgets.option_list import Option

from tui.actions import Where, bindings_of
from tui.printable import printable
from tui.screens.window import Modal
from tui.widgets.plain_input import PlainInput
from tui.widgets.text_block import Hanging

if TYPE_CHECKING:
    from assistant.printed import PrintedDocument, PrintedHeading

_LONGEST = 200  # characters that are typed of a heading


class ContentsScreen(Modal[int | None]):
    """Lists the headings of a document, the one that is read under chosen; gives back which is gone to."""

    PLACE: ClassVar[Where] = "contents"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("contents")]

    DEFAULT_CSS = """
    ContentsScreen {
        align: center middle;

        #contents {
            width: 92%; max-width: 100; height: 90%;
            border: round $primary; background: $surface; padding: 0 1;
        }
        Input, Input:focus { border: none; height: 1; padding: 0; margin-bottom: 1; background: $surface; }
        OptionList, OptionList:focus {
            border: none; height: 1fr; max-height: 100%; padding: 0; background: $surface;
        }
    }
    """

    def __init__(self, document: PrintedDocument, heading: int | None) -> None:
        super().__init__()
        self._document = document
        self._heading = heading
        self._list = OptionList(markup=False)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """What is typed, and the headings that have it."""
        with Vertical(id="contents") as window:
            window.border_title = Content(f"Contents of {printable(self._document.header.symbol)}")
            yield PlainInput(placeholder="Type to find a heading", most=_LONGEST)
            yield self._list
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with all of them, at the one that is read under."""
        self._fill("")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Leave the headings that have all the words."""
        self._fill(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the chosen one."""
        option = self._list.highlighted_option
        if option is not None and option.id is not None:
            self.dismiss(int(option.id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the one that is clicked."""
        self.dismiss(int(event.option_id or 0))

    async def action_choose(self, how: str) -> None:
        """Choose another heading: as the list does with its keys."""
        await self._list.run_action(how)

    def _fill(self, typed: str) -> None:
        words = typed.casefold().split()
        self._list.clear_options()
        for index, heading in enumerate(self._document.headings):
            said = f"{' '.join(heading.path)} {_paragraphs(heading)}".casefold()
            if all(word in said for word in words):
                self._list.add_option(Option(_shown(heading), id=str(index)))
        ids = [option.id for option in self._list.options]
        at = str(self._heading)
        if ids:
            self._list.highlighted = ids.index(at) if at in ids else 0
            self.call_after_refresh(self._list.scroll_to_highlight)


def _paragraphs(heading: PrintedHeading) -> str:
    if heading.first is None:
        return ""
    return heading.first if heading.first == heading.last else f"{heading.first}–{heading.last}"


def _shown(heading: PrintedHeading) -> Hanging:
    title, paragraphs = printable(heading.title, lines=False), printable(_paragraphs(heading), lines=False)
    said = Content.assemble(title, (f"  {paragraphs}", "bold") if paragraphs else "")
    return Hanging("  " * heading.depth, said)
