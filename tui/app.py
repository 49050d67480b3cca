"""The terminal chat: `run` is what the command `pilcrow chat` calls."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NoReturn

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.actions import ACTIONS, Where, bindings_of, key_display
from tui.notices import Notice
from tui.preferences import keymap_of, read_preferences, remember
from tui.process import check_terminal, leave, run_app
from tui.screens.chat import ChatScreen

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.theme import Theme

    from assistant.service import Assistant


def run(
    open_assistant: Callable[[], Assistant],
    question: str | None = None,
    *,
    conversation_id: str | None = None,
    go_on: bool = False,
) -> NoReturn:
    """Open the chat, with a question or a conversation to go on with: one that is named, or the latest.

    `open_assistant` is called once the window is there, so that it is there at once. The process ends
    with the window. Raises `UsageError` where there is no terminal.
    """
    check_terminal()
    app = ChatApp(open_assistant, question, conversation_id=conversation_id, go_on=go_on)
    run_app(app)
    if app.chat.assistant is not None and not (app.chat.is_working or app.chat.is_adding):
        app.chat.assistant.close()
    leave(app.return_code or 0)


def _palette() -> type[Provider]:
    # imported when the palette is opened
    from tui.palette import ActionProvider

    return ActionProvider


class ChatApp(App[None]):
    """The window: the conversation, and the keys that work everywhere."""

    PLACE: ClassVar[Where] = "app"
    TITLE = "Pilcrow"
    PAUSE_GC_ON_SCROLL = True
    # the registry has its own binding
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS = {_palette}  # noqa: RUF012 (Textual declares it as a plain set)
    # notices lie above the prompt, so that a question given back can be read
    CSS = "ToastRack { margin-bottom: 4; }"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("app")]

    def __init__(
        self,
        open_assistant: Callable[[], Assistant],
        question: str | None = None,
        *,
        conversation_id: str | None = None,
        go_on: bool = False,
    ) -> None:
        super().__init__()
        self._preferences = read_preferences(os.environ, self.available_themes)
        keymap, problems = keymap_of(self._preferences.keys, {action.id for action in ACTIONS})
        self._problems = (*self._preferences.problems, *problems)
        self.set_keymap(keymap)
        self.theme = self._preferences.theme
        self.chat = ChatScreen(open_assistant, question, conversation_id=conversation_id, go_on=go_on)
        """The conversation."""
        self.chat.style = self._preferences.style
        if self._preferences.source_width is not None:
            self.chat.share_window(self._preferences.source_width)

    def get_default_screen(self) -> Screen[None]:
        """Start with the conversation."""
        return self.chat

    def get_key_display(self, binding: Binding) -> str:
        """A key as people write it."""
        return key_display(binding.key)

    async def on_ready(self) -> None:
        """Begin once the first frame is on the screen."""
        for problem in self._problems:
            self.chat.tell(Notice("A setting of the chat is wrong", problem, "warning"))
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        await self.chat.begin()

    def _remember_theme(self, theme: Theme) -> None:
        remember(os.environ, theme=theme.name)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what was selected with the mouse, by the surest way there is."""
        self.run_worker(self.chat.copy(text, "Selection"), exclusive=True, group="copy")

    def action_help(self) -> None:
        """Tell what can be done here, or close the help."""
        from tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        else:
            self.push_screen(HelpScreen(self.screen))
