"""What is said beside questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.small_talk import SmallTalk, small_talk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello", SmallTalk.GREETING),
        ("Hi there!", SmallTalk.GREETING),
        ("Good morning, how are you?", SmallTalk.GREETING),
        ("thanks", SmallTalk.THANKS),
        ("Thank you very much!", SmallTalk.THANKS),
        ("ok, great, thanks a lot", SmallTalk.THANKS),
        ("That's perfect.", SmallTalk.THANKS),
        ("no", SmallTalk.THANKS),
        ("thanks, bye", SmallTalk.FAREWELL),
        ("Who are you?", SmallTalk.ABOUT),
        ("hello, what can you do?", SmallTalk.ABOUT),
        ("help", SmallTalk.ABOUT),
        ("Are you sure?", SmallTalk.DOUBT),
        ("really? that's wrong", SmallTalk.DOUBT),
    ],
)
def test_small_talk_is_told_from_questions(text: str, kind: SmallTalk) -> None:
    assert small_talk(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "thanks, and what about adoption?",
        "What help do victims get?",
        "hello world programme",
        "good governance",
        "Is that clear in the law?",
        "no, I meant 2015",
        "right to health",
        "what is it?",
        "help for victims",
        "no child labour",
        "great apes",
        "Are you sure about the age of consent?",
        "Is that right in the Convention?",
    ],
)
def test_what_asks_anything_besides_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    small_talk(text)


def test_repeated_courtesies_are_read_in_no_time() -> None:
    assert small_talk("thanks " * 280) is SmallTalk.THANKS
    assert small_talk("very good " * 190 + "x") is None
