"""The documents that a conversation is put to: looked at, restricted, added and removed from the chat."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import var

from tui.asking import Asking
from tui.background import Answered, in_background
from tui.intake import Intake, IntakeEnded, IntakeTold, take_in
from tui.notices import notice_of
from tui.printable import printable
from tui.wording import held

if TYPE_CHECKING:
    from assistant.answer import Filters
    from assistant.service import Assistant, DocumentHeader
    from tui.screens.documents import ToOpen, ToRestrict
    from tui.screens.restrict import Restricted
    from tui.widgets.scope_line import ScopeLine


class Counted(Message):
    """What is held was counted anew."""

    def __init__(self, documents: int, paragraphs: int) -> None:
        super().__init__()
        self.documents = documents
        self.paragraphs = paragraphs


class CountingFailed(Message):
    """What is held could not be counted, or not be changed."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Removed(Message):
    """A document was removed."""

    def __init__(self, symbol: str) -> None:
        super().__init__()
        self.symbol = symbol


class Collecting(Asking):
    """Opens the windows on what is held, and does what is chosen in them."""

    scope_line: ScopeLine
    intake: var[Intake | None] = var(None)
    """Files that are being taken in, or were last."""

    @property
    def is_adding(self) -> bool:
        """Whether files are being taken in."""
        return self.intake is not None and self.intake.is_running

    def _opened(self) -> Assistant | None:
        """The assistant, if it is open; else it is said that it is not."""
        if self.assistant is None:
            self.notify("The documents are not open yet.")
        return self.assistant

    # -- looking

    def action_documents(self) -> None:
        """Look at what is held."""
        from tui.screens.documents import DocumentsScreen

        if assistant := self._opened():
            self.app.push_screen(DocumentsScreen(self, assistant), self._picked)

    def _picked(self, picked: ToOpen | ToRestrict | None) -> None:
        from tui.screens.documents import ToOpen

        if isinstance(picked, ToOpen):
            self.open_source(picked.slug, picked.pinpoint)
        elif picked is not None:
            self._restrict(picked.filters)

    def open_source(self, name: str, pinpoint: str | None = None) -> None:
        """Read a document, at a place if one is named."""
        raise NotImplementedError

    # -- restricting

    @property
    def is_restricted(self) -> bool:
        """Whether any filter binds."""
        return self.restriction is not None and any(dict(self.restriction).values())

    def watch_restriction(self, restriction: Filters | None) -> None:
        """Say what binds as long as it does."""
        self.scope_line.say(restriction)

    def action_restrict(self) -> None:
        """Choose what the conversation is restricted to."""
        from tui.screens.restrict import RestrictScreen

        def chosen(result: Restricted | None) -> None:
            if result is not None:
                self._restrict(result.filters)

        if assistant := self._opened():
            self.app.push_screen(RestrictScreen(assistant, self.restriction), chosen)

    def action_clear_restriction(self) -> None:
        """Put questions to everything again."""
        if not self.is_restricted:
            self.notify("The conversation is not restricted.")
        else:
            self._restrict(None)

    def _restrict(self, filters: Filters | None) -> None:
        self.restriction = filters
        if filters is None:
            self.notify(
                "Questions are put to all documents; a follow-up goes on with those of the last answer."
            )
        self.prompt.focus()

    async def action_new_conversation(self) -> None:
        """Begin anew, under the same restriction."""
        await super().action_new_conversation()
        if self.is_restricted and not self.conversation.exchanges:
            self.notify("The new conversation is restricted as before; F4 changes it.")

    # -- adding

    def action_ingest(self) -> None:
        """Add documents, or see how far that is."""
        from tui.screens.ingest import IngestScreen

        if self._opened():
            self.app.push_screen(IngestScreen(self))

    def take_in(self, paths: Sequence[Path], typed: str) -> None:
        """Take files and folders in while the chat goes on, one lot at a time; `typed` is what named them."""
        if self.assistant is not None and not self.is_adding:
            self.intake = Intake(paths, typed)
            take_in(self, self.assistant, self.intake)
            self._show_intake()

    def on_intake_told(self, message: IntakeTold) -> None:
        """Show how far it is; what is published can be asked, and is counted."""
        message.intake.take(message)
        self._show_intake()
        if any(outcome.status in ("added", "updated") for outcome in message.outcomes):
            self._count()

    def on_intake_ended(self, message: IntakeEnded) -> None:
        """Show what came of it, and count again."""
        message.intake.end(message)
        self._show_intake()
        self._count()
        if not self._is_watched():
            if message.error is not None:
                self.tell(notice_of(message.error))
            else:
                self.notify(message.intake.line, title="Documents added", markup=False)

    def _is_watched(self) -> bool:
        from tui.screens.ingest import IngestScreen

        return any(isinstance(screen, IngestScreen) for screen in self.app.screen_stack)

    def _show_intake(self) -> None:
        from tui.screens.ingest import IngestScreen

        for screen in self.app.screen_stack:
            if isinstance(screen, IngestScreen) and screen.is_mounted:
                screen.sync()
        self._say_held()

    # -- removing

    def remove_document(self, header: DocumentHeader) -> None:
        """Remove a document, if that is confirmed."""
        from tui.screens.confirm import ConfirmScreen

        assistant = self.assistant
        if assistant is None:
            return

        def remove() -> Message:
            assistant.remove(header.slug)
            return Removed(header.symbol)

        def confirmed(is_wanted: bool | None) -> None:
            if is_wanted:
                in_background(self, remove, CountingFailed)

        text = (
            f"Remove {header.symbol}, {header.title}?\n\nIts file stays where it is. Answers that cite it "
            "stay in their conversations, but what they cite can no longer be opened."
        )
        self.app.push_screen(ConfirmScreen("Remove a document", text, "Remove"), confirmed)

    def on_removed(self, message: Removed) -> None:
        """Say so, and count again."""
        self.notify(f"{printable(message.symbol)} is removed.", markup=False)
        self._count()

    # -- counting

    async def on_answered(self, message: Answered) -> None:
        """Say what was held when it was asked, which another process may have changed.

        Textual calls this before that of `Asking`, which shows the answer.
        """
        coverage = message.answer.coverage
        self._held = held(coverage.documents, coverage.paragraphs)
        self._say_held()

    def _count(self) -> None:
        """Count what is held, since it has changed; the browser lists it anew."""
        from tui.screens.documents import DocumentsScreen

        for screen in self.app.screen_stack:
            if isinstance(screen, DocumentsScreen):
                screen.load()
        assistant = self.assistant
        if assistant is None:
            return

        def count() -> Message:
            headers = assistant.documents()
            return Counted(len(headers), sum(header.paragraphs for header in headers))

        in_background(self, count, CountingFailed)

    async def on_counted(self, message: Counted) -> None:
        """Say how much it is now."""
        self._held = held(message.documents, message.paragraphs)
        self._say_held()

    def on_counting_failed(self, message: CountingFailed) -> None:
        """Say why."""
        self.tell(notice_of(message.error))

    def _say_held(self) -> None:
        if self.is_ready:
            adding = f" · {self.intake.brief}" if self.intake and self.is_adding else ""
            self._state = f"{self._held}{adding}"
            self.call_next(self._say_state)
