"""One line to type in, from which nothing reaches the terminal but what can be read."""

from __future__ import annotations

from collections.abc import Collection

from textual import events
from textual.widgets import Input

from tui.printable import printable


class PlainInput(Input):
    """An input that takes a paste as one line of readable text, and leaves some keys to what it stands in."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str,
        most: int,
        left: Collection[str] = (),
        id: str | None = None,
        compact: bool = True,
        select_on_focus: bool = False,
    ) -> None:
        super().__init__(
            printable(value, lines=False),
            placeholder=placeholder,
            max_length=most,
            id=id,
            compact=compact,
            select_on_focus=select_on_focus,
        )
        for key in left:
            self._bindings.key_to_bindings.pop(key, None)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        start, end = sorted(self.selection)
        room = (self.max_length or 0) - len(self.value) + end - start
        pasted = printable(" ".join(event.text[: 2 * room].split()), lines=False)
        self.replace(pasted[:room], start, end)
