"""Pictures of the chat: the same on every machine, for comparing and for showing.

python -m tests.tui_snapshots.picture FILE.svg draws a conversation over the built-in document.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

from assistant.service import Assistant
from assistant.settings import load_settings
from tests.tui.driving import asked, prompt_of, wait_until
from tui.app import ChatApp

_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
FROM_SURROUNDINGS = ("NO_COLOR", "COLORFGBG", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM")
"""Variables that change what the chat looks like."""


def steady(app: ChatApp) -> ChatApp:
    """An app whose picture does not depend on when it is taken."""
    app.animation_level = "none"
    app.chat.prompt.cursor_blink = False
    return app


def picture_of(app: ChatApp) -> str:
    """The window as SVG, in the fonts of whoever looks at it instead of fonts from the network."""
    drawn = app.export_screenshot(title="Pilcrow")
    return _FONT_FACES.sub("", drawn).replace("Fira Code, monospace", _FONTS).replace("Fira Code", _FONTS)


async def conversation(assistant: Assistant) -> str:
    """A question, a follow-up, and the source of what was answered."""
    app = steady(ChatApp(lambda: assistant))
    async with app.run_test(size=(120, 36)) as pilot:
        await asked(pilot, app, "what did the Committee say about extradition?")
        await asked(pilot, app, "and what did it recommend on training?")
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: app.chat.is_reading)
        await pilot.pause(1)
        await pilot.press("n")
        await pilot.pause(1)
        prompt_of(app).put("what about adoption?")
        await pilot.pause(0.5)
        return picture_of(app)


def main() -> None:
    """Draw it from an assistant with a data folder of its own."""
    for name in [name for name in os.environ if name.startswith("PILCROW_") or name in FROM_SURROUNDINGS]:
        del os.environ[name]
    with tempfile.TemporaryDirectory() as home:
        os.environ["PILCROW_HOME"] = home
        assistant = Assistant.open(load_settings())
        assistant.warm_up()
        drawn = asyncio.run(conversation(assistant))
        assistant.close()
    Path(sys.argv[1]).write_text(drawn, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
