"""Where questions are typed."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from tui.actions import Where, bindings_of, keys_of
from tui.printable import printable

MOST_CHARACTERS = 20_000
"""The longest text the prompt takes: ten times the longest question that is answered by default, so that
it can be cut down here; more would only make typing slow."""


class Prompt(TextArea):
    """A few lines to type a question in; its frame says what goes on meanwhile."""

    PLACE: ClassVar[Where] = "prompt"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("prompt")]

    DEFAULT_CSS = """
    Prompt, Prompt:focus {
        height: auto; max-height: 8; min-height: 3;
        border: heavy $primary;
        background: $background;
        padding: 0 1;
        scrollbar-size-vertical: 1;
    }
    Prompt { border: round $foreground 40%; }
    """

    class Submitted(Message):
        """A question was sent."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    class TooLong(Message):
        """Something of so many characters was pasted, which are too many; the prompt is as it was."""

        def __init__(self, characters: int) -> None:
            super().__init__()
            self.characters = characters

    def __init__(self) -> None:
        super().__init__(placeholder="Ask about the documents", compact=False, highlight_cursor_line=False)
        self.border_title = "Ask"
        for key in keys_of("chat") | keys_of("app"):  # a text area has uses of its own for some
            self._bindings.key_to_bindings.pop(key, None)
        self._asked: list[str] = []
        self._recalled: int | None = None
        """Which question is recalled; None while one's own is typed."""
        self._draft = ""

    def render_line(self, y: int) -> Strip:
        """A row of it; nothing where there is no room for a letter, on which a text area fails."""
        return super().render_line(y) if self.content_size.width > 0 else Strip.blank(self.size.width)

    def give_back(self, question: str) -> None:
        """Put a question back to be asked again, unless something else is being typed."""
        if not self.text:
            self.put(question)

    def put(self, text: str) -> None:
        """Have a text in the prompt, and the cursor behind it."""
        self.text = printable(text)
        self.move_cursor(self.document.end)

    def remember(self, questions: list[str]) -> None:
        """Recall these from now on, oldest first."""
        self._asked = [question for question, _ in groupby(questions)]
        self._recalled = None

    def note(self, question: str) -> None:
        """Recall a question after those asked before it."""
        if self._asked[-1:] != [question]:
            self._asked.append(question)

    def action_send(self) -> None:
        """Send what is typed; nothing but blanks is nothing."""
        question = self.text.strip()
        if question:
            self.note(question)
            self._recalled, self._draft = None, ""
            self.clear()
            self.post_message(self.Submitted(question))

    def action_new_line(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    def action_recall(self, by: int) -> None:
        """Move in the text; from its first or last line, to the question before or after."""
        row = self.wrapped_document.location_to_offset(self.cursor_location).y
        edge = 0 if by < 0 else self.wrapped_document.height - 1
        if row != edge:
            self.action_cursor_up() if by < 0 else self.action_cursor_down()
            return
        at = len(self._asked) if self._recalled is None else self._recalled
        if not 0 <= at + by <= len(self._asked):
            return
        if self._recalled is None:
            self._draft = self.text
        at += by
        self._recalled = None if at == len(self._asked) else at
        self.put(self._draft if self._recalled is None else self._asked[at])

    async def _on_key(self, event: events.Key) -> None:
        # What a key of the prompt does is done here and now: left to rise to the screen and come back, it is
        # done after letters that were typed behind it. A text area would take Enter for a new line.
        event.prevent_default()
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if not binding.priority and await self.app.run_action(binding.action, self):
                event.stop()
                return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if len(event.text) + len(self.text) > MOST_CHARACTERS:
            self.post_message(self.TooLong(len(event.text)))
            return
        text = printable(event.text.replace("\r\n", "\n").replace("\r", "\n")).rstrip("\n")
        await super()._on_paste(events.Paste(text))
