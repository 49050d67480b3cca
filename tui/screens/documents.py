"""The documents that are held: found, looked at, opened, and chosen to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Footer, Input

from tui.actions import Where, bindings_of
from tui.background import in_background
from tui.library import Entry, Library, Order, Widths, row_of
from tui.notices import notice_of
from tui.outline import Outline, outline_of
from tui.restriction import Choice, Kind, filters_of
from tui.screens.window import Window
from tui.widgets.line_input import LineInput
from tui.widgets.outline import OutlinePane
from tui.widgets.row_list import RowList
from tui.wording import counted

if TYPE_CHECKING:
    from assistant.answer import Filters
    from assistant.service import Assistant
    from tui.collecting import Collecting

_RESTS = 0.15  # seconds on a document before it is read, so that the arrow keys read none they pass


@dataclass(frozen=True)
class ToOpen:
    """A document to be read, at a place if one was named."""

    slug: str
    pinpoint: str | None = None


@dataclass(frozen=True)
class ToRestrict:
    """What the conversation is to be restricted to."""

    filters: Filters


class DocumentsScreen(Window[ToOpen | ToRestrict | None]):
    """A list with a box to filter it; beside it the highlighted document at a glance, where there is room."""

    PLACE: ClassVar[Where] = "documents"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("documents")]

    DEFAULT_CSS = """
    DocumentsScreen {
        #list { width: 3fr; }
        OutlinePane { width: 2fr; }
        &.-narrow OutlinePane { display: none; width: 1fr; }
        &.-narrow.-contents OutlinePane { display: block; }
        &.-narrow.-contents #list, &.-narrow.-contents #filter { display: none; }
    }
    """

    class Listed(Message):
        """The documents were read."""

        def __init__(self, library: Library) -> None:
            super().__init__()
            self.library = library

    class Outlined(Message):
        """A document was read."""

        def __init__(self, slug: str, outline: Outline) -> None:
            super().__init__()
            self.slug = slug
            self.outline = outline

    class Failed(Message):
        """Something could not be read."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(self, chat: Collecting, assistant: Assistant) -> None:
        super().__init__()
        self._chat = chat
        self._assistant = assistant
        self._library: Library | None = None
        self._order: Order = "State"
        self._widths = Widths.of(())
        self._marked: dict[str, Entry] = {}
        self._resting: Timer | None = None
        self._filter = LineInput("Filter: title, symbol, State, committee, year", id="filter")
        self._list: RowList[Entry] = RowList(self._row, empty="Reading…", id="list")
        self._outline = OutlinePane()
        self._window = Vertical(classes=self.WINDOW)

    def compose(self) -> ComposeResult:
        """The filter above list and outline."""
        with self._window:
            yield self._filter
            with Horizontal():
                yield self._list
                yield self._outline
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read what is held."""
        self._filter.focus()
        self.load()

    def load(self) -> None:
        """Read what is held, again if it has changed."""
        assistant = self._assistant
        in_background(self, lambda: self.Listed(Library(assistant.documents())), self.Failed)

    def on_documents_screen_listed(self, message: Listed) -> None:
        """List what is held."""
        self._library = message.library
        self._marked = {slug: entry for slug in self._marked if (entry := message.library.entry(slug))}
        self._find()
        if not len(message.library):
            self._list.focus()  # there is nothing to filter, and letters are keys there

    def on_documents_screen_failed(self, message: Failed) -> None:
        """Say why there is nothing to see."""
        self._chat.tell(notice_of(message.error))

    # -- the list

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        self._find()

    def _find(self) -> None:
        if self._library is None:
            return
        before = self._list.highlighted
        found = self._library.found(self._filter.value, self._order)
        slugs = [entry.slug for entry in found]
        at = slugs.index(before.slug) if before and before.slug in slugs else 0
        self._widths = Widths.of(found)
        held = len(self._library)
        self._list.show(
            found,
            at,
            empty="No document has all these words." if held else "No documents are held; a adds some.",
        )
        self._say(len(found), held)

    def _say(self, found: int, held: int) -> None:
        among = counted(held, "document") if found == held else f"{found:,} of {counted(held, 'document')}"
        self._window.border_title = f"{among} · by {self._order}"
        self._window.border_subtitle = f"{len(self._marked):,} marked" if self._marked else ""

    def _row(self, entry: Entry, width: int) -> str:
        mark = ("[x] " if entry.slug in self._marked else "[ ] ") if self._marked else ""
        return row_of(entry, self._widths, mark, width)

    def on_row_list_chosen(self) -> None:
        """Nothing more than to highlight it: a click may be the beginning of something else."""
        self._list.focus()

    def on_row_list_left_above(self) -> None:
        """Go back to the filter."""
        self._filter.focus()

    # -- the document at a glance

    def on_row_list_highlighted(self) -> None:
        """Read the document if one stays on it."""
        if self._resting:
            self._resting.stop()
        self._resting = self.set_timer(_RESTS, self._read)

    async def _read(self) -> None:
        entry, assistant = self._list.highlighted, self._assistant
        if entry is None:
            await self._outline.say("", "")
        elif self._outline.display:
            slug = entry.slug

            def read() -> Message:
                return self.Outlined(slug, outline_of(*assistant.document_with_header(slug)))

            in_background(self, read, self.Failed)

    async def on_documents_screen_outlined(self, message: Outlined) -> None:
        """Show the document, unless another is highlighted meanwhile."""
        entry = self._list.highlighted
        if entry is not None and entry.slug == message.slug:
            await self._outline.show(message.outline)

    def on_resize(self) -> None:
        """Read what there is room for now."""
        self.call_after_refresh(self.on_row_list_highlighted)

    # -- what can be done

    def action_close(self) -> None:
        """From the contents back to the list; else to the chat."""
        if self._outline.has_focus:
            self.remove_class("-contents")
            self._list.focus()
        else:
            self.dismiss(None)

    def action_to_list(self) -> None:
        """Leave the filter for the list, where letters are keys."""
        self._list.focus()

    def action_to_filter(self) -> None:
        """Go to the filter."""
        self.remove_class("-contents")
        self._filter.focus()

    def action_open(self) -> None:
        """Open the highlighted document in the source pane."""
        if entry := self._list.highlighted:
            self.dismiss(ToOpen(entry.slug))

    def action_go_to(self) -> None:
        """Ask for a paragraph, and open it: of the highlighted document, unless another is named."""
        from tui.screens.go_to import GoToScreen

        def go(place: tuple[str, str] | None) -> None:
            if place is not None:
                slug, eid = place
                self.dismiss(ToOpen(slug, eid or None))

        if entry := self._list.highlighted:
            self.app.push_screen(GoToScreen(self._assistant, entry.slug), go)

    def action_contents(self) -> None:
        """Read the contents of the highlighted document."""
        if self._list.highlighted:
            self.add_class("-contents")
            self.call_after_refresh(self._outline.focus)
            self.on_row_list_highlighted()

    def action_mark(self) -> None:
        """Mark the highlighted document, or take the mark off, and go on to the next."""
        if entry := self._list.highlighted:
            if self._marked.pop(entry.slug, None) is None:
                self._marked[entry.slug] = entry
            self._list.redraw()
            self._list.at += 1
            self._say(len(self._list.rows), len(self._library or ()))

    def action_order(self) -> None:
        """Sort by the other thing."""
        self._order = "date" if self._order == "State" else "State"
        self._find()

    def action_add(self) -> None:
        """Add documents."""
        self._chat.action_ingest()

    def action_remove(self) -> None:
        """Remove the highlighted document, if that is confirmed."""
        if entry := self._list.highlighted:
            self._chat.remove_document(entry.header)

    # -- restricting the conversation

    def action_restrict(self, kind: Kind) -> None:
        """Restrict to the marked documents, or the highlighted one; or to all that is like it in a way."""
        entry = self._list.highlighted
        of = list(self._marked.values()) if self._marked else [entry] if entry else []
        values = dict.fromkeys(value for each in of for value in _values(each, kind))
        if not any(each.header.searched for each in of):
            if of:
                self.notify("It is held for look-up, and not searched.", severity="warning")
            return
        if not values:
            self.notify("Nothing is known of that.", severity="warning")
            return
        try:
            filters = filters_of(Choice(kind, value) for value in values)
        except ValueError:
            self.notify(f"{len(values):,} are more than a restriction takes.", severity="warning")
        else:
            if filters is not None:
                self.dismiss(ToRestrict(filters))


def _values(entry: Entry, kind: Kind) -> tuple[str | int, ...]:
    """What a document has of a kind."""
    header = entry.header
    values: dict[Kind, tuple[str | int | None, ...]] = {
        "states": header.states,
        "committees": (header.committee,),
        "instruments": (header.instrument,),
        "years": (header.year,),
        "symbols": (header.symbol,),
    }
    return tuple(value for value in values[kind] if value)
