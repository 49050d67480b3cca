"""One turn of the conversation: a question and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from tui.cited import CitedPlace, cited_places
from tui.wording import searched

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from textual.widgets import Markdown

    from assistant.answer import Answer
    from tui.notices import Notice


class Turn(Vertical):
    """A question, a line on what was searched, and the answer, refusal or failure below it."""

    DEFAULT_CSS = """
    Turn {
        height: auto;
        max-width: 100;
        padding: 0 1;

        .question { text-style: bold; }
        .waiting { padding-left: 2; margin-bottom: 1; color: $text-muted; text-style: italic; }
        .searched { padding-left: 2; color: $text-muted; margin-bottom: 1; }
        .label { width: auto; padding: 0 1; margin: 0 0 1 2; text-style: bold; }
        .reason { padding-left: 2; margin-bottom: 1; }
        .refused { color: $text-warning; background: $warning-muted; }
        .failed { color: $text-error; background: $error-muted; }
        Markdown { padding: 0 0 0 2; }
    }
    """

    class PlaceChosen(Message):
        """A link of the answer was clicked: the places of that answer, and which one it leads to."""

        def __init__(self, places: tuple[CitedPlace, ...], position: int) -> None:
            super().__init__()
            self.places = places
            self.position = position

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question
        self.places: tuple[CitedPlace, ...] = ()
        """What the answer leads to; empty until there is one."""
        self._waiting = Static("Waiting…", classes="waiting", markup=False)

    def compose(self) -> ComposeResult:
        """The question, and that its answer is awaited."""
        yield Static(f"› {self.question}", classes="question", markup=False)
        yield self._waiting

    def say_waiting(self, text: str) -> None:
        """Say what the answer waits for."""
        self._waiting.update(text)

    async def show_answer(self, answer: Answer) -> None:
        """Show the answer, or the refusal as one, in place of the wait."""
        # imported here, because the window is there sooner without it
        from textual.widgets import Markdown

        self.places = cited_places(answer)
        text = Markdown(parser_factory=_parser, open_links=False)
        label = [Static("Not answered", classes="label refused")] if answer.refused else []
        with self.app.batch_update():
            await self._waiting.remove()
            await self.mount(Static(searched(answer), classes="searched", markup=False), *label, text)
            # given to the constructor, the text would be there only some time after this returns
            await text.update(answer.text)

    async def show_failure(self, notice: Notice) -> None:
        """Show why there is no answer, which stays when the notice is gone."""
        with self.app.batch_update():
            await self._waiting.remove()
            await self.mount(
                Static(f"Failed: {notice.title}", classes="label failed", markup=False),
                Static(notice.text, classes="reason", markup=False),
            )

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Open a place of this answer; of any other link, say the address."""
        event.stop()
        for position, place in enumerate(self.places):
            if place.is_at(event.href):
                self.post_message(self.PlaceChosen(self.places, position))
                return
        self.app.notify(event.href, title="This link leads out of Pilcrow", markup=False)


def _parser() -> MarkdownIt:
    """Plain CommonMark: HTML would vanish from the screen, and with it words of a quotation."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})
