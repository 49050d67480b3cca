"""The terminal chat: `run` is what the command `pilcrow chat` calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NoReturn

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.keys import key
from tui.process import check_terminal, leave, run_app
from tui.screens.chat import ChatScreen
from tui.screens.citation import CitationScreen
from tui.screens.help import HelpScreen
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from assistant.service import Assistant


def run(open_assistant: Callable[[], Assistant], question: str | None = None) -> NoReturn:
    """Open the chat, and end the process with it; raises `UsageError` where there is no terminal.

    `open_assistant` is called once the window is there, so that it is there at once.
    """
    check_terminal()
    app = ChatApp(open_assistant, question)
    run_app(app)
    if app.chat.assistant is not None and not app.chat.is_working:
        app.chat.assistant.close()
    leave(app.return_code or 0)


class ChatApp(App[None]):
    """The window: the conversation, and the keys that work everywhere."""

    TITLE = "Pilcrow"
    ENABLE_COMMAND_PALETTE = False
    # notices lie above the prompt, so that a question given back can be read
    CSS = "ToastRack { margin-bottom: 4; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        # both reach over a screen that lies on top
        key("f1", "F1", "help", "Help", "This help.", priority=True),
        key("ctrl+q", "Ctrl+Q", "quit", "Quit", "Leave the chat.", priority=True),
    ]

    def __init__(self, open_assistant: Callable[[], Assistant], question: str | None = None) -> None:
        super().__init__()
        self.chat = ChatScreen(open_assistant, question)
        """The conversation."""

    def get_default_screen(self) -> Screen[None]:
        """Start with the conversation."""
        return self.chat

    async def on_ready(self) -> None:
        """Begin once the first frame is on the screen."""
        await self.chat.begin()

    def action_help(self) -> None:
        """Show the keys of every screen, or close the help."""
        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
            return
        sources = (Prompt, ChatScreen, CitationScreen, ChatApp)
        told = [b for source in sources for b in Binding.make_bindings(source.BINDINGS) if b.tooltip]
        self.push_screen(HelpScreen(told))
