"""Words are selected with the mouse, across the blocks of an answer, and copied as they are shown."""

from __future__ import annotations

import pytest

from tests.tui.driving import asked, is_painted, place_of, wait_until
from tests.tui.scripted import ScriptedAssistant
from tui.app import ChatApp

TEXT = (
    "**Title** · X\n\n- **Concern** (notes): “first words” [para. 3](/documents/slug#para_3)\n"
    "- “second words” [para. 4](/documents/slug#para_4)"
)


async def test_words_are_selected_across_blocks_and_copied(
    scripted: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted.texts["q"] = TEXT
    copied: list[str] = []
    monkeypatch.setattr(ChatApp, "copy_to_clipboard", lambda app, text: copied.append(text))
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "q")
        await wait_until(pilot, lambda: is_painted(app, "second words"))
        start, end = place_of(app, "first words"), place_of(app, "words” [para. 4]")
        await pilot.mouse_down(offset=start)
        await pilot.hover(offset=end)
        await pilot.mouse_up(offset=end)
        selected = app.screen.get_selected_text()
        assert selected is not None
        assert selected.split() == "first words” [para. 3] “second".split()
        await pilot.press("ctrl+c")
        assert copied == [selected]
