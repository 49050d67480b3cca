"""The conversations of the chat: going on with another one, its title, finding in it, and deleting it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from tui.asking import Asking
from tui.background import Resumed, ResumingFailed, in_background
from tui.exchange import Exchange
from tui.notices import notice_of
from tui.wording import counted

if TYPE_CHECKING:
    from assistant.service import Assistant
    from tui.widgets.find_bar import FindBar

UNSAVED = "unsaved"


class Talks(Asking):
    """Asks in one of the conversations that are kept, and in whichever one goes on with."""

    find_bar: FindBar
    _titled: tuple[str, str] | None = None
    """The conversation whose title was read or given, and that title; others have their first question."""
    _next: tuple[str, tuple[str, int] | None] | None = None
    """The conversation to go on with when nothing else is being done, and what to find in it."""
    _sought: tuple[str, int] | None = None
    """What to find in the conversation that is being read, and from which turn on."""

    class Deleted(Message):
        """A conversation is gone; `then` is called with its id."""

        def __init__(self, conversation_id: str, then: Callable[[str], None]) -> None:
            super().__init__()
            self.conversation_id = conversation_id
            self.then = then

    class DeletingFailed(Message):
        """A conversation could not be deleted."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    # -- which one is open

    @property
    def talk_title(self) -> str:
        """The title of the open conversation, or that it is not kept; empty before the first answer."""
        if not any(exchange.answer for exchange in self.conversation.exchanges):
            return ""
        if self.conversation_id is None:
            return UNSAVED
        if self._titled is not None and self._titled[0] == self.conversation_id:
            return self._titled[1]
        return next((" ".join(exchange.question.split()) for exchange in self._kept()), "")

    def _kept(self) -> list[Exchange]:
        """The turns of the open conversation as it is kept: without what failed or was stopped.

        Where one was deleted elsewhere, another one begins below it.
        """
        exchanges, kept = self.conversation.exchanges, self.conversation_id
        return [each for each in exchanges if each.answer and each.answer.conversation_id == kept]

    async def open_talk(self, conversation_id: str, words: str = "", turn: int = 0) -> None:
        """Go on with a conversation, at words of one of its turns; the answer that is awaited comes first."""
        sought = (words, turn) if words else None
        if conversation_id == self.conversation_id:
            self._sought, self._next = sought, None
            self._find_sought()
            return
        self._next = conversation_id, sought
        if self._waiting:
            self.notify("It opens when the answer is there. Esc stops the answer.", title="Still answering")
        elif self.is_working:
            self.notify("It opens when the documents are ready.")
        await self._go_on()

    async def _go_on(self) -> None:
        if self._next is not None and not self._waiting and not self.is_working:
            conversation_id, self._sought = self._next
            self._resume, self._next = (conversation_id,), None
        await super()._go_on()

    async def _show(self, conversation_id: str | None, exchanges: list[Exchange]) -> None:
        await self.find_bar.close()
        await super()._show(conversation_id, exchanges)
        self._find_sought()

    async def _say_state(self) -> None:
        await super()._say_state()
        self._status.name_talk(self.talk_title)

    # Textual calls these two before those of the same name in `Asking`, which it calls too

    async def on_resumed(self, message: Resumed) -> None:
        """Remember its title, before it is shown."""
        self._titled = message.conversation.id, message.conversation.title

    async def on_resuming_failed(self, message: ResumingFailed) -> None:
        """Look for nothing in the conversation that stays open."""
        self._sought = None

    # -- finding in it

    def _find_sought(self) -> None:
        sought, self._sought = self._sought, None
        if sought is None:
            self.prompt.focus()
        else:
            words, turn = sought
            kept = self._kept()  # one that goes on elsewhere has more turns than are here
            self.find_bar.open(words, kept[turn - 1] if turn <= len(kept) else None)

    def action_find(self) -> None:
        """Find words in this conversation."""
        self.find_bar.open()

    def on_find_bar_closed(self) -> None:
        """Go on asking."""
        self.prompt.focus()

    # -- all of them

    def action_conversations(self) -> None:
        """Show the conversations that are kept."""
        from tui.screens.conversations import Chosen, ConversationsScreen

        async def chosen(result: Chosen | None) -> None:
            if result is not None:
                await self.open_talk(result.conversation_id, result.words, result.turn)

        if self.assistant is not None:
            self.app.push_screen(ConversationsScreen(self, self.assistant), chosen)
        else:
            self.notify("The conversations are there once the data folder is open.")

    def action_rename_conversation(self) -> None:
        """Give the open conversation another title."""
        if self.assistant is not None and (conversation_id := self._kept_id()):
            self.rename(self.assistant, conversation_id, self.talk_title, lambda title: None)

    def action_delete_conversation(self) -> None:
        """Delete the open conversation, if that is confirmed."""
        if self.assistant is not None and (conversation_id := self._kept_id()):
            turns = len(self._kept())
            self.delete(self.assistant, conversation_id, self.talk_title, turns, lambda gone: None)

    def _kept_id(self) -> str | None:
        if self.conversation_id is None:
            self.notify("This conversation is not kept." if self.talk_title else "Nothing is asked yet.")
        return self.conversation_id

    def rename(
        self, assistant: Assistant, conversation_id: str, title: str, then: Callable[[str], None]
    ) -> None:
        """Ask for another title of a conversation; `then` is called with it."""
        from tui.screens.rename import RenameScreen

        def renamed(new: str | None) -> None:
            if new is not None:
                self._titled = conversation_id, new
                self._status.name_talk(self.talk_title)
                then(new)

        self.app.push_screen(RenameScreen(assistant, conversation_id, title), renamed)

    def delete(
        self, assistant: Assistant, conversation_id: str, title: str, turns: int, then: Callable[[str], None]
    ) -> None:
        """Delete a conversation, if that is confirmed; `then` is called with its id when it is gone."""
        from tui.screens.confirm import ConfirmScreen

        if conversation_id == self.conversation_id and self._waiting:
            self.notify("Esc stops the answer that is being made.")
            return

        def delete() -> Message:
            assistant.delete_conversation(conversation_id)
            return self.Deleted(conversation_id, then)

        def confirmed(is_confirmed: bool | None) -> None:
            if is_confirmed:
                in_background(self, delete, self.DeletingFailed)

        question = f"“{title}” and its {counted(turns, 'turn')} cannot be had back."
        self.app.push_screen(ConfirmScreen("Delete the conversation?", question, "Delete"), confirmed)

    async def on_talks_deleted(self, message: Deleted) -> None:
        """Begin a new conversation where the open one is gone, with what was asked meanwhile."""
        if message.conversation_id == self.conversation_id:
            await self._show(None, list(self._waiting))
            await self._say_state()
        message.then(message.conversation_id)

    def on_talks_deleting_failed(self, message: DeletingFailed) -> None:
        """Say why it is still there, or was not there."""
        self.tell(notice_of(message.error))
