"""What is shown of a text: one visible character for each that a terminal would obey or hide."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.terminals import left_after
from tui.printable import printable

# every kind of character, and those that decide more often than chance would bring them
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("a \n\r\t\x1b\x9b\u200c\u200d\ufe0f\U000e0100\u202e\u2028\u3164क्षमیخ👩❤\ud800"),
    )
)
JOINERS = "\u200c\u200d"


def is_hidden_or_obeyed(character: str) -> bool:
    """Controls, formats, surrogates, separators of lines, private and unassigned characters."""
    kind = unicodedata.category(character)
    return (kind[0] == "C" or kind in ("Zl", "Zp")) and character not in JOINERS


@settings(deadline=None)
@given(TEXTS, st.booleans())
@example("\r\n", False)
@example("\u200d\ufe0f\u200d❤", True)
def test_every_character_has_one_in_its_place(text: str, lines: bool) -> None:
    assert len(printable(text, lines=lines)) == len(text)


@settings(deadline=None)
@given(TEXTS, st.booleans())
def test_nothing_is_left_that_a_terminal_obeys_or_hides(text: str, lines: bool) -> None:
    shown = printable(text, lines=lines)
    assert not [c for c in shown if is_hidden_or_obeyed(c) and not (lines and c == "\n")]
    shown.encode()


@settings(deadline=None)
@given(TEXTS, st.booleans())
def test_what_was_made_printable_stays_so(text: str, lines: bool) -> None:
    shown = printable(text, lines=lines)
    assert printable(shown, lines=lines) == shown


@settings(deadline=None)
@given(
    st.text(
        st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u115f\u1160\u3164\uffa0")
    )
)
def test_what_is_printable_stays(text: str) -> None:
    assert printable(text) == printable(text, lines=False) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31m", "\ufffd31m"),
        ("a\x7fb\x00c", "a␡b␀c"),
        ("a\tb", "a b"),
        ("one\r\ntwo\rthree", "one \ntwo␍three"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("a\u2066b\u2069c", "a\ufffdb\ufffdc"),
        ("a\u2028b\u2029c\x85d", "a\ufffdb\ufffdc\ufffdd"),
        ("ad\u200bmin\ufeff", "ad\ufffdmin\ufffd"),
        ("a\U000e0041\U000e007f", "a\ufffd\ufffd"),
        ("a\ud800b", "a\ufffdb"),
        ("co\u00adoperate", "co-operate"),
        ("a\u3164b\u034f", "a\ufffdb\ufffd"),
        ("a\u200db", "a\ufffdb"),
        ("a\ufe00\ufe01", "a\ufe00\ufffd"),
    ],
)
def test_what_a_terminal_obeys_or_hides_is_seen(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "para. 22 (c) – “children” · 12\u00a0bis",
        "e\u0301",
        "क्\u200dष",
        "می\u200cخواهم",
        "العربية",
        "עברית",
        "委员会的建议",
        "👩\u200d👧 ❤\ufe0f",
        "葛\U000e0100",
    ],
)
def test_what_scripts_need_stays(text: str) -> None:
    assert printable(text) == text


def test_lines_are_kept_or_joined() -> None:
    assert printable("one\ntwo") == "one\ntwo"
    assert printable("one\ntwo\r\nthree", lines=False) == "one two  three"


@settings(deadline=None)
@given(TEXTS)
def test_what_stands_for_a_character_takes_one_cell(text: str) -> None:
    assert all(
        cell_len(new) == 1 for old, new in zip(text, printable(text), strict=True) if new not in (old, "\n")
    )


SHOWING = """
from textual.app import App
from textual.content import Content
from textual.widgets import Static
from tui.printable import printable

HOSTILE = printable("\\x1b]0;HOSTILE\\x07\\x9d52;c;SE9TVElMRQ==\\x9c\\x1b[5mHOSTILE", lines=False)

class Showing(App):
    def compose(self):
        framed = Static(HOSTILE, markup=False)
        framed.styles.border = ("solid", "red")
        framed.border_title = Content(HOSTILE)
        yield framed

    def on_ready(self):
        self.notify(HOSTILE, title=HOSTILE, markup=False)

Showing().run()
"""


def test_a_terminal_is_given_nothing_to_obey() -> None:
    code, written = left_after("HOSTILE", SHOWING)
    assert code == 0
    assert "␛]0;HOSTILE␇" in written
    assert not re.search("\x1b\\]0|\x1b\\[5m|\x9d|\x9c|HOSTILE\x07", written)
