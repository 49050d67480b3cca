"""The source: the whole document around a place that is read."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.actions import Where, bindings_of
from tui.background import in_background
from tui.cited import CitedPlace, Marks, marks_of, place_at
from tui.notices import notice_of
from tui.printable import printable
from tui.source_rows import SourceRows, fitted
from tui.widgets.source_view import SourceView

if TYPE_CHECKING:
    from assistant.printed import PrintedDocument, PrintedPlace
    from assistant.service import Assistant


class SourcePane(Vertical):
    """Shows a document whole, at the place that is read, with the words marked that are quoted from it."""

    PLACE: ClassVar[Where] = "source"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("source")]

    DEFAULT_CSS = """
    SourcePane {
        border: round $foreground 40%; padding: 0 0 0 1;
        &:focus-within { border: round $primary; }

        #heading {
            height: 1; padding-right: 1; color: $text-muted; text-style: italic;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        #note { height: auto; max-height: 50%; color: $text-warning; padding: 0 1 0 0; display: none; }
        SourceView { height: 1fr; }
    }
    """

    class Found(Message):
        """The document of a place was read: what was asked for, and the place that this is."""

        def __init__(self, asked: CitedPlace, place: CitedPlace, document: PrintedDocument) -> None:
            super().__init__()
            self.asked = asked
            self.place = place
            self.document = document

    class Missed(Message):
        """The document of a place could not be read."""

        def __init__(self, asked: CitedPlace, error: Exception) -> None:
            super().__init__()
            self.asked = asked
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self._asked: CitedPlace | None = None
        """The place that was opened."""
        self._reading: CitedPlace | None = None
        self._document: PrintedDocument | None = None
        self._assistant: Assistant | None = None
        self._position = ""
        self._heading = Static(id="heading", markup=False)
        self._note = Static(id="note", markup=False)
        self.view = SourceView()
        """The text."""

    def compose(self) -> ComposeResult:
        """The heading path, what is to be said of the edition, and the text below them."""
        yield self._heading
        yield self._note
        yield self.view

    def focus(self, scroll_visible: bool = True) -> SourcePane:
        """Read with the keys."""
        self.view.focus(scroll_visible)
        return self

    # -- what is read

    @property
    def reading(self) -> CitedPlace | None:
        """The place that is read: the one that was opened, or the one that was gone to from there.

        None where a document was opened at its beginning, and while it is being opened.
        """
        return self._reading if self._reading is not None and self._reading.eid else None

    @property
    def reading_text(self) -> str:
        """The words quoted from it, or else its whole text; empty where it is not there."""
        if self._reading is None or self._reading.quote:
            return self._reading.quote if self._reading else ""
        place = self._place
        return place.text if place else ""

    @property
    def document(self) -> PrintedDocument | None:
        """The document that is shown."""
        return self._document

    @property
    def _place(self) -> PrintedPlace | None:
        document, reading = self._document, self._reading
        if document is None or reading is None or document.header.slug != reading.slug:
            return None  # another document is there until that of the place is read
        return place_at(document, reading.eid)

    def show(self, assistant: Assistant, place: CitedPlace, position: int, count: int) -> None:
        """Show a place; it is the so-many-th (from 0) of those that an answer leads to."""
        self._begin(assistant, place, f"{position + 1} of {count}")
        if self._document is not None and _is_of(self._document, place):
            self._show(place, self._document)
            return

        def read() -> Message:
            from assistant.printed import printed

            return self.Found(place, place, printed(*assistant.document_with_header(place.slug)))

        in_background(self, read, lambda error: self.Missed(place, error))

    def open_document(self, assistant: Assistant, name: str, pinpoint: str | None = None) -> None:
        """Open a document by symbol or slug, at a pinpoint or machine id, or at its beginning."""
        asked = CitedPlace(name, "", "")
        self._begin(assistant, asked, "")

        def read() -> Message:
            from assistant.printed import printed

            header, places = assistant.find_places(pinpoint or "", name)
            document = printed(*assistant.document_with_header(header.slug))
            place = place_at(document, places[0].place.eid) if places else None
            return self.Found(asked, _cited(document, place), document)

        in_background(self, read, lambda error: self.Missed(asked, error))

    def _begin(self, assistant: Assistant, place: CitedPlace, position: str) -> None:
        self._assistant = assistant
        self._asked = self._reading = place
        self._position = position

    def on_source_pane_found(self, message: Found) -> None:
        """Show the document, unless another place was chosen meanwhile."""
        if message.asked is self._asked:
            self._show(message.place, message.document)

    def on_source_pane_missed(self, message: Missed) -> None:
        """Say why there is nothing to read, and what is kept of it."""
        if message.asked is not self._asked:
            return
        notice = notice_of(message.error)
        kept = f"\n\nThe words that were quoted:\n{_quoted(message.asked)}" if message.asked.quotes else ""
        self._document = None
        self.view.show(None, Marks())
        self._heading.update("")
        self._say(f"{notice.title}. {notice.text}{kept}")
        self.border_title = Content(printable(message.asked.label))
        self.border_subtitle = Content(self._position)

    def _show(self, place: CitedPlace, document: PrintedDocument) -> None:
        self._reading = place
        marks = marks_of(document, place)
        with self.app.batch_update():
            self._say(_note_on(document, place, marks))
            if document is self._document:
                self.view.mark(marks)
            else:
                self._document = document
                self.view.show(SourceRows(document, self.view.columns), marks)
            self._frame(self._position)

    def _frame(self, position: str) -> None:
        document, reading, place = self._document, self._reading, self._place
        if document is None or reading is None:
            return
        header = document.header
        # a list names the document once, and of its places only the numbers
        self.border_title = Content(printable(place.label if place else reading.label))
        edition = header.edition if header.current else f"{header.edition}, not the current edition"
        page = f"page {place.page}" if place and place.page else ""
        self.border_subtitle = Content(printable(" · ".join(filter(None, (edition, page, position)))))

    def _say(self, note: str) -> None:
        self._note.update(Content(printable(note)))
        self._note.display = bool(note)

    # -- moving about in it

    def on_source_view_moved(self, message: SourceView.Moved) -> None:
        """Say under which headings one reads."""
        message.stop()
        heading = self.heading
        path = self._document.headings[heading].path if self._document and heading is not None else ()
        shown = fitted([printable(title, lines=False) for title in path], self._heading.content_size.width)
        if self._document and not path:
            shown = printable(self._document.header.title, lines=False)
        self._heading.update(Content(shown))

    @property
    def heading(self) -> int | None:
        """Which heading of the document one reads under, if any."""
        line = self.view.line_in_sight
        if self._document is None or line is None:
            return None
        above = bisect_right([heading.line for heading in self._document.headings], line) - 1
        return above if above >= 0 else None

    def on_source_view_line_clicked(self, message: SourceView.LineClicked) -> None:
        """Read the place that was clicked."""
        message.stop()
        if self._document is not None:
            eid = self._document.lines[message.line].eid
            self._read(place_at(self._document, eid))

    def action_place(self, by: int) -> None:
        """Read the next paragraph or item, or the one before; from what is in sight."""
        if self._document is None or not self._document.places:
            return
        places = self._document.places
        if self._place is not None and self.view.are_marks_in_sight:
            index = places.index(self._place) + by
        else:
            line = self.view.line_in_sight or 0
            index = bisect_right([place.line for place in places], line - 1)
        self._read(places[min(max(index, 0), len(places) - 1)])

    def _read(self, place: PrintedPlace | None) -> None:
        """Read a place of the document that is open."""
        if place is None or self._document is None:
            return
        asked = self._asked
        if asked is not None and asked.eid == place.eid and _is_of(self._document, asked):
            self._show(asked, self._document)
            return
        self._reading = _cited(self._document, place)
        self._say("")
        self.view.mark(Marks(frozenset(range(place.line, place.end))))
        self._frame("")

    async def action_go_to(self) -> None:
        """Ask for a place, and go there."""
        from tui.screens.go_to import GoToScreen

        if self._assistant is None:
            return
        assistant, slug = self._assistant, self._document.header.slug if self._document else None

        def go(found: tuple[str, str] | None) -> None:
            if found is None:
                return
            if self._document is not None and found[0] == self._document.header.slug:
                self._read(place_at(self._document, found[1]))
                if not found[1]:
                    self.view.go_to_line(0)
            else:
                self.open_document(assistant, *found)

        self.app.push_screen(GoToScreen(assistant, slug), go)

    def action_contents(self) -> None:
        """Show the headings, and go to the one that is chosen."""
        from tui.screens.contents import ContentsScreen

        if self._document is not None and self._document.headings:
            self.app.push_screen(ContentsScreen(self._document, self.heading), self._go_to_heading)
        else:
            self.notify("This document has no headings.")

    def _go_to_heading(self, index: int | None) -> None:
        document = self._document
        if index is None or document is None or index >= len(document.headings):
            return
        line = document.headings[index].line
        self._read(next((place for place in document.places if place.line > line), None))
        self.view.go_to_line(line)

    def action_address(self) -> None:
        """Copy the address at which the UN publishes the document."""
        from tui.taking import Made

        if self._document is not None:
            self.post_message(Made(self._document.header.url, "Address"))


def _is_of(document: PrintedDocument, place: CitedPlace) -> bool:
    """Whether a place is one of this document, in the edition that was cited where that is known."""
    header = document.header
    return header.slug == place.slug and place.sha256 in (None, header.source.sha256)


def _cited(document: PrintedDocument, place: PrintedPlace | None) -> CitedPlace:
    """A place as it is opened without a citation; the whole document where there is none."""
    header = document.header
    return CitedPlace(
        place.label if place else header.symbol,
        header.slug,
        place.eid if place else "",
        sha256=header.source.sha256,
    )


def _note_on(document: PrintedDocument, place: CitedPlace, marks: Marks) -> str:
    """What is to be said where the words that are held may not be those that were quoted."""
    is_other = not _is_of(document, place)
    if place.eid and place_at(document, place.eid) is None:
        return f"This edition has no such place. {_quoted(place)}".rstrip()
    if marks.misses_quotes:
        where = "Cited from an earlier edition: the" if is_other else "The"
        return f"{where} words quoted are not in this one. {_quoted(place)}"
    return "Cited from an earlier edition: the words quoted are in this one too." if is_other else ""


def _quoted(place: CitedPlace) -> str:
    return " ".join(f"“{quote}”" for quote in place.quotes)
