"""The conversations that are kept: found, gone on with, renamed and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.actions import Where, bindings_of, keys_of
from tui.background import in_background
from tui.dates import when
from tui.notices import notice_of
from tui.printable import printable
from tui.screens.window import Modal
from tui.widgets.plain_input import PlainInput
from tui.widgets.talk_list import TalkList, TalkRow
from tui.wording import counted

if TYPE_CHECKING:
    from assistant.answer import ConversationPage, ListedConversation
    from assistant.service import Assistant
    from tui.talks import Talks

PAGE = 60
"""Conversations that are read at a time: more than a window shows."""

PAUSE = 0.15
"""Seconds without a key after which what is typed is searched for."""

MOST_CHARACTERS = 200
"""The longest text that is searched for."""


MOST_TOLD = 3
"""How many of the turns are told in which words were found."""


@dataclass(frozen=True)
class Chosen:
    """The conversation to go on with, and the words by which it was found in its turns, the first of them."""

    conversation_id: str
    words: str = ""
    turn: int = 0
    """From 1; 0 where no turn has the words."""


class ConversationsScreen(Modal[Chosen | None]):
    """A box to search in all conversations, and below it those that are found, or all of them."""

    PLACE: ClassVar[Where] = "conversations"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("conversations")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]  # noqa: RUF012

    DEFAULT_CSS = """
    ConversationsScreen {
        align: center top;

        #conversations {
            width: 96%; max-width: 120; height: 1fr; margin-top: 1;
            border: round $primary; background: $surface; padding: 0 1;
        }
        #search { margin-bottom: 1; }
        #none { color: $text-muted; padding: 1; display: none; }
        &.-empty #none { display: block; }
        &.-empty TalkList { display: none; }
        &.-short #conversations { border: none; width: 100%; margin: 0; padding: 0; }
        &.-short #search { margin: 0; }
        &.-short Footer { display: none; }
    }
    """

    class Listed(Message, bubble=False):
        """A page of the so-many-th listing was read."""

        def __init__(self, number: int, page: ConversationPage, words: str, is_first: bool) -> None:
            super().__init__()
            self.number = number
            self.page = page
            self.words = words
            self.is_first = is_first

    class ListingFailed(Message, bubble=False):
        """A page of the so-many-th listing could not be read."""

        def __init__(self, number: int, error: Exception) -> None:
            super().__init__()
            self.number = number
            self.error = error

    def __init__(self, chat: Talks, assistant: Assistant) -> None:
        super().__init__()
        self._chat = chat
        self._assistant = assistant
        self._listed: dict[str, ListedConversation] = {}
        self._words = ""
        """By which those that are listed were found; empty where all are."""
        self._next: int | None = None
        """Where the next page begins, if there is one that nobody reads yet."""
        self._number = 0
        self._is_listed = False
        """Whether what is typed was searched for; Enter waits for that, so that it opens what was meant."""
        self._goes_on = False
        self._pause: Timer | None = None
        self._box = PlainInput(
            placeholder="Search in all conversations",
            most=MOST_CHARACTERS,
            left=keys_of("conversations"),
            id="search",
        )
        self._list = TalkList(self._box)
        self._none = Static("Looking…", id="none", markup=False)

    def compose(self) -> ComposeResult:
        """The box, and the list below it."""
        with Vertical(id="conversations") as window:
            window.border_title = "Conversations"
            yield self._box
            yield self._list
            yield self._none
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Type at once; the list comes."""
        self._box.focus()
        self._read()

    # -- what is listed

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is typed, after a pause."""
        self._is_listed = self._goes_on = False
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._read)

    def _read(self, cursor: int | None = None) -> None:
        if cursor is None:
            self._number += 1
        number, words, assistant = self._number, self._box.value.strip(), self._assistant

        def read() -> Message:
            if words:
                page = assistant.search_conversations(words, PAGE, cursor)
            else:
                page = assistant.conversations(PAGE, cursor)
            return self.Listed(number, page, words, cursor is None)

        in_background(self, read, lambda error: self.ListingFailed(number, error))

    def on_conversations_screen_listed(self, message: Listed) -> None:
        """Show a page, unless something else is searched for by now."""
        if message.number != self._number:
            return
        if message.is_first:
            self._list.clear_options()
            self._listed.clear()
            self._words = message.words
        # a conversation that went on meanwhile can be on two pages
        new = [each for each in message.page.conversations if each.id not in self._listed]
        self._listed |= {each.id: each for each in new}
        self._list.add_options([Option(self._row(each), id=each.id) for each in new])
        self._next = message.page.next
        if message.is_first:
            self._list.scroll_home(animate=False)
            self._list.highlighted = 0 if self._listed else None
            self._is_listed = True
        self._say_if_none()
        if self._goes_on:
            self.action_go_on()

    def on_conversations_screen_listing_failed(self, message: ListingFailed) -> None:
        """Say why there is no list."""
        if message.number == self._number:
            notice = notice_of(message.error)
            self._list.clear_options()
            self._listed.clear()
            self._next = None
            self._none.update(Content(printable(f"{notice.title}.\n{notice.text}")))
            self.add_class("-empty")

    def on_talk_list_near_end(self) -> None:
        """Read the next page."""
        if self._next is not None:
            cursor, self._next = self._next, None
            self._read(cursor)

    def _say_if_none(self) -> None:
        self.set_class(not self._listed, "-empty")
        if self._words:
            why = f"No conversation has every word of “{printable(self._words)}”."
        elif self._assistant.is_read_only:
            why = "No conversation is kept: the data folder cannot be written."
        else:
            why = "No conversation is kept yet. Ask something, and one begins."
        self._none.update(Content(why))

    def _row(self, summary: ListedConversation) -> TalkRow:
        moment = when(summary.updated.astimezone(), datetime.now().astimezone())
        turns = counted(summary.turn_count, "turn")
        is_open = summary.id == self._chat.conversation_id
        return TalkRow(summary.title, turns, moment, is_open, _found_in(summary.matches))

    # -- going about

    def action_into_list(self) -> None:
        """Go from the box to the list, whose first row is chosen already."""
        if self._box.has_focus and self._listed:
            self._list.focus()
            self._list.action_cursor_down()

    # -- what can be done

    def _highlighted(self) -> ListedConversation | None:
        option = self._list.highlighted_option
        return None if option is None else self._listed.get(str(option.id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on with the one that was clicked."""
        self.action_go_on()

    def action_go_on(self) -> None:
        """Go on with the highlighted conversation, once what is typed was searched for."""
        self._goes_on = not self._is_listed
        if self._is_listed and (summary := self._highlighted()):
            first = next(iter(summary.matches), 0)
            self.dismiss(Chosen(summary.id, self._words if first else "", first))

    def action_rename(self) -> None:
        """Give the highlighted conversation another title."""
        if summary := self._highlighted():
            self._chat.rename(
                self._assistant, summary.id, summary.title, lambda title: self._renamed(summary, title)
            )

    def _renamed(self, summary: ListedConversation, title: str) -> None:
        changed = summary.model_copy(update={"title": title})
        self._listed[summary.id] = changed
        self._list.replace_option_prompt(summary.id, self._row(changed))

    def action_delete(self) -> None:
        """Delete the highlighted conversation, if that is confirmed."""
        if summary := self._highlighted():
            self._chat.delete(self._assistant, summary.id, summary.title, summary.turn_count, self._deleted)

    def _deleted(self, conversation_id: str) -> None:
        if self._listed.pop(conversation_id, None) is not None:
            self._list.remove_option(conversation_id)
            self._say_if_none()


def _found_in(turns: Sequence[int]) -> str:
    """In which turns the words were found, as far as they need to be told."""
    if not turns:
        return ""
    more = " …" if len(turns) > MOST_TOLD else ""
    return f"in turn{'s' if len(turns) > 1 else ''} {', '.join(map(str, turns[:MOST_TOLD]))}{more}"
