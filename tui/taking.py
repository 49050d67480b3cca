"""Taking along what was found: copies of citations, quotations and answers, and files of conversations."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.message import Message

from tui.background import in_background
from tui.cited import CitedPlace
from tui.clipboard import copy
from tui.exchange import Exchange
from tui.notices import Notice, notice_of
from tui.preferences import remember
from tui.printable import printable
from tui.telling import Telling
from tui.wording import counted

if TYPE_CHECKING:
    from assistant.answer import Answer, Conversation
    from assistant.chat_settings import CitationStyle
    from assistant.service import Assistant
    from tui.widgets.conversation import Conversation as ConversationLog
    from tui.widgets.source import SourcePane

_SHOWN = 72  # characters of a copy that its notice repeats
_SECONDS = 4.0  # that a copy is told of
_NOTHING = Notice(
    "Nothing to copy", "No citation is being read: Ctrl+O opens those of the answer.", "warning"
)
_NO_WORDS = Notice("Nothing to copy", "The words of this place are not there.", "warning")


class Made(Message):
    """A text to be copied was put together, and what it is."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__()
        self.text = text
        self.kind = kind


class NotMade(Message):
    """A text to be copied could not be put together."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Taking(Telling):
    """Copies in the style that is chosen, and writes conversations to files."""

    assistant: Assistant | None
    conversation: ConversationLog
    source: SourcePane
    conversation_id: str | None
    style: CitationStyle = "un"
    """The style in which references are copied."""

    @property
    def reading(self) -> tuple[CitedPlace, Exchange | None] | None:
        """The place that is read, with the exchange that cites it if one does."""
        raise NotImplementedError

    # -- copying

    def action_copy_citation(self) -> None:
        """Copy a full reference to the place that is read."""
        self._copy_of_place(f"Citation ({self._style_name})", lambda reference, place: reference)

    def action_copy_quotation(self) -> None:
        """Copy the words that are quoted from the place that is read, with a full reference."""
        reading = self.reading
        # taken here, since one may read on before the reference is there
        quotes = (reading[0].quotes if reading else ()) or (self.source.reading_text,)
        words = " … ".join(filter(None, quotes))
        if reading is not None and not words:
            self.tell(_NO_WORDS)
            return
        self._copy_of_place(
            f"Quotation ({self._style_name})", lambda reference, _: f"“{words}” ({reference.rstrip('.')})"
        )

    def action_copy_label(self) -> None:
        """Copy symbol and paragraph of the place that is read."""
        self._copy_of_place("Symbol and paragraph", lambda _, place: place.label)

    def action_copy_all_citations(self) -> None:
        """Copy full references to all that the answer cites, one a line."""
        exchange = self._answered()
        if exchange is None or not exchange.places:
            self.tell(_NOTHING)
            return
        places, style = exchange.places, self.style

        def work(assistant: Assistant) -> str:
            found = (_reference(assistant, place, exchange, style) for place in places)
            return "\n".join(dict.fromkeys(found))

        self._make(counted(len(places), "citation"), work)

    def action_copy_answer(self) -> None:
        """Copy the answer with its sources, as Markdown."""
        exchange = self._answered()
        if exchange is None or exchange.answer is None:
            self.tell(_NOTHING)
            return
        answer, style = exchange.answer, self.style
        self._make("The answer", lambda assistant: assistant.answer_markdown(answer, style))

    def _copy_of_place(self, kind: str, made: Callable[[str, CitedPlace], str]) -> None:
        if self.reading is None:
            self.tell(_NOTHING)
            return
        (place, exchange), style = self.reading, self.style
        self._make(kind, lambda assistant: made(_reference(assistant, place, exchange, style), place))

    def _make(self, kind: str, work: Callable[[Assistant], str]) -> None:
        assistant = self.assistant
        if assistant is not None:
            in_background(self, lambda: Made(work(assistant), kind), NotMade)

    def on_made(self, message: Made) -> None:
        """Copy what was put together, and say where it went."""
        message.stop()
        self.run_worker(self.copy(message.text, message.kind), exclusive=True, group="copy")

    def on_not_made(self, message: NotMade) -> None:
        """Say why there is nothing to copy."""
        message.stop()
        self.tell(notice_of(message.error))

    async def copy(self, text: str, kind: str) -> None:
        """Copy a text of some kind, and say where it went."""
        copied = await copy(self.app, text)
        if copied.is_done:
            self.app.clear_notifications()  # one copy after the other shall not fill the window
            shown = printable(text, lines=False)
            shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
            self.notify(f"{shown}\n{copied.said}", title=kind, timeout=_SECONDS, markup=False)
        else:
            self.tell(Notice("Not copied", copied.said, "warning"))

    def _answered(self) -> Exchange | None:
        """The exchange whose answer is read, or else the last that has one."""
        reading = self.reading
        if reading is not None and reading[1] is not None:
            return reading[1]
        answered = (e for e in reversed(self.conversation.exchanges) if e.answer is not None)
        return next(answered, None)

    # -- the style

    @property
    def _style_name(self) -> str:
        from assistant.citations.styles import STYLE_NAMES

        return STYLE_NAMES[self.style]

    def action_choose_style(self) -> None:
        """Choose the style in which references are copied."""
        from tui.screens.styles import StylesScreen

        if self.assistant is not None:
            place = self.reading[0] if self.reading is not None else None
            self.app.push_screen(StylesScreen(self.assistant, self.style, place), self._use_style)

    def _use_style(self, style: CitationStyle | None) -> None:
        if style is not None:
            self.style = style
            remember(os.environ, style=style)
            self.notify(f"References are copied in the style {self._style_name}.")

    # -- files

    def action_export(self) -> None:
        """Write the conversation to a file, with all its sources."""
        from tui.screens.export import ExportScreen

        answers = [e.answer for e in self.conversation.exchanges if e.answer is not None]
        if not answers or self.assistant is None:
            self.notify("There is no answer yet to write to a file.")
            return
        conversation = self._conversation_of(answers)
        self.app.push_screen(ExportScreen(self.assistant, conversation, self.style), self._exported)

    def _exported(self, where: str | None) -> None:
        if where is not None:
            self.notify(printable(where), title="Written", markup=False)

    def _conversation_of(self, answers: list[Answer]) -> Callable[[Assistant], Conversation]:
        """The conversation: as it is kept, or where it is not, of what was said."""
        known = self.conversation_id
        now = datetime.now(UTC)

        def read(assistant: Assistant) -> Conversation:
            from assistant.answer import Conversation, Turn

            if known is not None:
                return assistant.conversation(known)
            turns = tuple(Turn(number=n, answered=now, answer=a) for n, a in enumerate(answers, 1))
            return Conversation(
                id="", title=answers[0].question, created=now, updated=now, turn_count=len(turns), turns=turns
            )

        return read


def _reference(
    assistant: Assistant, place: CitedPlace, exchange: Exchange | None, style: CitationStyle
) -> str:
    """A full reference to a place in the edition that was cited or read; its label where that is gone."""
    answer = exchange.answer if exchange is not None else None
    for citation in answer.citations if answer is not None else ():
        if place.is_at(citation.href):
            references = assistant.references(citation)
            return references[style] if references is not None else citation.label
    if place.sha256 not in (None, assistant.header(place.slug).source.sha256):
        return place.label
    return assistant.cite(place.slug, place.eid)[style]
