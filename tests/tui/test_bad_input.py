"""What is pasted, asked, quoted or named, however odd, is text: shown as such, and never obeyed."""

from __future__ import annotations

import re
import sys
from functools import partial

import pytest
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from assistant.service import Assistant
from tests.answers import answer_to
from tests.tui.driving import (
    asked,
    is_painted,
    is_settled,
    prompt_of,
    rows_of,
    status_of,
    text_of,
    turns_of,
    wait_until,
)
from tests.tui.scripted import ScriptedAssistant
from tests.tui.terminals import Terminal
from tui.app import ChatApp
from tui.exchange import Exchange
from tui.widgets.prompt import MOST_CHARACTERS
from tui.widgets.text_block import TextBlock

OBEYED = (
    "\x1b[2J\x1b]52;c;SE9TVElMRQ==\x07\x1b]8;;http://x/\x1b\\\x9b5m\x9d0;HOSTILE\x9c\x07\x08\x7f\x85\x00\x0e"
)
MARKUP = "[red]x[/] [@click=app.quit]y[/] [bold]z"
ARABIC, HEBREW = "ما هي توصيات اللجنة؟", "מה המליצה הוועדה?"
WIDE = "收养 和 教育 👩‍👩‍👧 🇰🇪 é한국"

# a chat whose every text is hostile: document, question, answer, failure, name of what is read
HOSTILE = f"""
from tests.tui.scripted import ScriptedAssistant
from tests.answers import answer_to
from assistant.errors import QuestionTooLong
from tui.app import run

OBEYED = {OBEYED!r}
LINK = "[para. 3\\x07\\x9b5m\\x85](/documents/slug#para_3)"
scripted = ScriptedAssistant()
TEXT = "**title" + OBEYED + "**\\n\\n- “quoted" + OBEYED + "” " + LINK + "\\n- `code" + OBEYED + "`"
scripted.texts["first" + OBEYED] = TEXT
scripted.failures["b"] = QuestionTooLong("failed" + OBEYED, "mended" + OBEYED)
scripted.failures["c"] = ValueError("raised" + OBEYED)
run(lambda: scripted.as_assistant, "first" + OBEYED)
"""


def written_after(terminal: Terminal, text: str) -> None:
    """Wait until a text is written that was not yet."""
    before = terminal.written.count(text.encode())
    terminal.wait_until(lambda: terminal.written.count(text.encode()) > before)


async def pasted(pilot: Pilot[None], app: ChatApp, text: str) -> None:
    """Paste as a terminal does."""
    prompt_of(app).post_message(events.Paste(text))
    await pilot.pause()


async def test_a_megabyte_that_is_pasted_leaves_the_prompt_as_it_was(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press(*"draft")
        await pasted(pilot, app, "word " * 200_000)
        await wait_until(pilot, lambda: app._notifications)
        (notice,) = app._notifications
        assert notice.title == "Too long to paste"
        assert "1,000,000 characters" in notice.message
        assert prompt_of(app).text == "draft"


async def test_the_longest_that_can_be_pasted_is_asked_as_it_is(scripted: ScriptedAssistant) -> None:
    question = ("word " * MOST_CHARACTERS)[: MOST_CHARACTERS - 1] + "?"
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await pasted(pilot, app, question)
        await pilot.press("enter")
        await wait_until(pilot, lambda: turns_of(app) and is_settled(turns_of(app)[0]))
        assert scripted.asked == [question]
        await pilot.press(*"next")
        await wait_until(pilot, partial(is_painted, app, "┃ next"))


async def test_what_a_terminal_would_obey_is_pasted_as_signs(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await pasted(pilot, app, f"a{OBEYED}b\rc")
        text = prompt_of(app).text
        assert text.startswith("a␛[2J␛]52;c;SE9TVElMRQ==␇")
        assert text.endswith("b\nc")
        assert all(character.isprintable() or character == "\n" for character in text)


async def test_what_a_terminal_would_obey_is_pasted_as_signs_into_every_line(assistant: Assistant) -> None:
    app = ChatApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await asked(pilot, app, "what did the Committee say about extradition?")
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: app.chat.source.document is not None)
        for part, action in (
            (app.chat.source, "go_to"),
            (app.chat.source, "contents"),
            (app.chat, "export"),
            (app.chat, "conversations"),
            (app.chat, "documents"),
            (app.chat, "restrict"),
            (app.chat, "ingest"),
        ):
            await part.run_action(action)
            await wait_until(pilot, lambda: app.screen is not app.chat and isinstance(app.focused, Input))
            assert app.focused is not None
            app.focused.post_message(events.Paste("a\x1b]0;name\x07\u202eb"))
            await wait_until(pilot, partial(is_painted, app, "␛]0;name␇\ufffdb"))
            await pilot.press("escape")
            await wait_until(pilot, lambda: app.screen is app.chat)


def test_nothing_that_is_shown_is_obeyed() -> None:
    with Terminal([sys.executable, "-c", HOSTILE], columns=100, rows=40) as terminal:
        written_after(terminal, "“quoted")
        terminal.enter("b\r")
        written_after(terminal, "failed")
        terminal.enter("\x15c\r")
        written_after(terminal, "raised")
        terminal.enter("\x1b[15~")  # F5 puts a question into the prompt
        terminal.paste("pasted" + OBEYED.replace("\x1b", ""))
        written_after(terminal, "pasted")
        terminal.press("ctrl+o")  # the source, of a document that is not held
        written_after(terminal, "No document")
        terminal.press("ctrl+p")
        written_after(terminal, "earch for commands")
        terminal.press("escape")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        written = terminal.written.decode()
    for shown in (
        "first␛[2J",
        "title␛[2J",
        "quoted␛[2J",
        "code␛[2J",
        "failed␛[2J",
        "raised␛[2J",
    ):
        assert shown in written, shown
    own = re.compile("\x1b\\]22;\\w+\x07")  # the shape of the pointer
    hostile = "\x1b\\[2J\x1b|\x1b\\]52|\x1b\\]8;;http|\x9b|\x9d|\x9c|\x07|\x08|\x0e|\x00|\x7f|\x85"
    assert not re.search(hostile, own.sub("", written))


async def test_a_question_that_is_recalled_or_given_back_is_shown_as_signs(
    scripted: ScriptedAssistant,
) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        prompt_of(app).remember([f"asked over HTTP {OBEYED}"])
        await pilot.press("up")
        assert prompt_of(app).text.startswith("asked over HTTP ␛[2J")
        prompt_of(app).clear()
        prompt_of(app).give_back(f"failed {OBEYED}")
        assert prompt_of(app).text.startswith("failed ␛[2J")


async def test_markup_is_text_everywhere(scripted: ScriptedAssistant) -> None:
    scripted.texts[MARKUP] = f"- “{MARKUP}” [{MARKUP[:3]}]"
    scripted.failures["fails"] = ValueError(MARKUP)
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        turn = await asked(pilot, app, MARKUP)
        assert text_of(turn).count(MARKUP) == 2  # the question and the quotation
        await asked(pilot, app, "fails")
        await wait_until(pilot, partial(is_painted, app, f"ValueError: {MARKUP}"))
        await wait_until(pilot, partial(is_painted, app, "▌ ValueError: [red]x[/] [@click=app.quit]y[/]"))


@pytest.mark.parametrize("text", [ARABIC, HEBREW, WIDE, "👩‍👩‍👧" * 40, "e\u0301" * 90])
async def test_rows_keep_their_width_and_frames_stay_whole(scripted: ScriptedAssistant, text: str) -> None:
    scripted.texts["q"] = f"**{text}** · X\n\n- “{text}” [para. 3](/documents/slug#para_3)"
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(60, 24)) as pilot:
        await asked(pilot, app, "q")
        prompt_of(app).put(text)
        await pilot.press("x")
        await wait_until(pilot, lambda: prompt_of(app).text == f"{text}x")
        await wait_until(pilot, lambda: any(row.startswith("┗") for row in rows_of(app)))
        assert {cell_len(row) for row in rows_of(app)} == {60}
        framed = [row for row in rows_of(app) if row.startswith("┃")]
        assert framed
        assert all(row.endswith("┃") for row in framed)


@pytest.mark.parametrize("question", ["🙂" * 300, ARABIC * 20, MARKUP])
async def test_odd_questions_are_asked_as_they_are(scripted: ScriptedAssistant, question: str) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(60, 24)) as pilot:
        await asked(pilot, app, question)
        assert scripted.asked == [question]


async def test_lines_without_words_are_no_question(scripted: ScriptedAssistant) -> None:
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test() as pilot:
        await wait_until(pilot, lambda: status_of(app).endswith("ready"))
        prompt_of(app).put("\n\n \n")
        await pilot.press("enter", "x")
        await wait_until(pilot, lambda: prompt_of(app).text.endswith("x"))
        assert scripted.asked == []


async def test_an_answer_of_two_thousand_citations_is_whole(scripted: ScriptedAssistant) -> None:
    lines = [f"- “statement” [para. {n}](/documents/slug#para_{n})" for n in range(2000)]
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: status_of(app).endswith("ready"))
        exchange = Exchange("q", answer_to("q", "\n".join(lines)))
        await app.chat.conversation.add(exchange)
        await wait_until(pilot, lambda: len(turns_of(app)[0].query(TextBlock)) == 2000)
        assert len(exchange.places) == 2000


async def test_a_paragraph_of_five_thousand_words_is_shown(scripted: ScriptedAssistant) -> None:
    scripted.texts["q"] = " ".join(f"word{n}" for n in range(5000))
    app = ChatApp(lambda: scripted.as_assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, "q")
        await pilot.press("ctrl+end")
        await wait_until(pilot, partial(is_painted, app, "word4999"))
