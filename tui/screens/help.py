"""Help: what can be done where one is, and everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Footer, Static

from tui.actions import ACTIONS, PLACES, Where, bindings_of, key_display, place_of
from tui.screens.window import Modal
from tui.widgets.text_block import Hanging


class HelpScreen(Modal[None]):
    """Lists the keys of what has the focus first, then those of what lies around it, as they are set."""

    PLACE: ClassVar[Where] = "dialog"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("dialog")]

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;

        #help {
            width: 92%; max-width: 84; height: auto; max-height: 90%;
            border: round $primary; background: $surface; padding: 0 1;
        }
        .place { text-style: bold; }
        .about { color: $text-muted; margin-bottom: 1; }
        .later { margin-top: 1; }
    }
    """

    def __init__(self, asked_from: Screen[object]) -> None:
        super().__init__()
        self._asked_from = asked_from

    def compose(self) -> ComposeResult:
        """For each place, what it is and its keys, the place with the focus first."""
        with VerticalScroll(id="help") as window:
            window.border_title = "Help"
            for order, (place, keys) in enumerate(_told(self._asked_from)):
                title, about = PLACES[place]
                yield Static(Content(title), classes="place later" if order else "place")
                yield Static(Content(about), classes="about")
                width = max((len(pressed) for pressed, _ in keys), default=0)
                for pressed, does in keys:
                    yield Static(Hanging(f"{pressed:<{width}}  ", Content(does)))
        yield Footer(show_command_palette=False)


def _told(screen: Screen[object]) -> Iterator[tuple[Where, list[tuple[str, str]]]]:
    """Each place around the focus with its keys and what they do."""
    focused = screen.focused
    nodes: list[DOMNode] = list(focused.ancestors_with_self) if focused else [screen, screen.app]
    for node in nodes:
        place = place_of(node)
        if place is not None:
            yield place, list(_keys(node))


def _keys(node: DOMNode) -> Iterator[tuple[str, str]]:
    """The first two keys of each action and what they do, in the order of the registry."""
    bindings = {binding.id: binding for _, binding in node._bindings if binding.id}
    keymap = node.app._keymap
    for action in ACTIONS:
        if action.id in bindings:
            keys = keymap.get(action.id, action.keys).split(",")
            yield ", ".join(map(key_display, keys[:2])), action.does
