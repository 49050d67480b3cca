"""The chat's end of the connection to a browser."""

from __future__ import annotations

from textual import events, messages
from textual.drivers.web_driver import WebDriver


class ServedDriver(WebDriver):
    """Takes what is typed from the first frame on, and leaves the chat when the server is gone."""

    def start_application_mode(self) -> None:
        """Begin with the keyboard, which the page gives the terminal when it is there."""
        super().start_application_mode()
        # after the blur that the base class begins with, and that could come after the page's own focus
        self._app.call_later(self._app.post_message, events.AppFocus())

    def run_input_thread(self) -> None:
        """Read what the server passes on, until there is no more: nobody else would say that it is gone."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(messages.ExitApp())
