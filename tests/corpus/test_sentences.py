import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.sentences import sentence_spans
from tests.corpus.strategies import assembled


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The Committee is concerned.", "However, it welcomes the law."],
        ["The law is weak.", "It lacks penalties!", "Does it apply?", "“Not yet.”", "So be it."],
        ["It ratified Convention No. 138 and Convention No. 182.", "It did so in 2005."],
        ["See arts. 8 and 9, paras. 3 and 4, and art. 10.", "The Committee notes this."],
        ["Some bodies, e.g. Parliament, i.e. The House, met.", "Others did not."],
        ["Mr. Smith, Dr. Jones and J. Brown spoke.", "They agreed."],
        ["The U.N. Children’s Fund helped.", "It was thanked."],
        ["It met on 27 May 2015.", "2014 was another year."],
        ["The report (CRC/C/LAO/CO/2, para. 45, 2011) is late.", "It is long."],
        ["Half of them, or 10.5 per cent, left.", "(Others stayed.)", "They work."],
        ["It is 3 p.m. here and no sentence ends."],
        ["The lists are long: (a) one; (b) two;"],
    ],
)
def test_a_text_is_divided_at_its_sentence_ends(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_line_break_ends_a_sentence_without_a_full_stop() -> None:
    assert sentences("The State party should:\n\nthe next line") == [
        "The State party should:",
        "the next line",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", " \u00a0 "])
def test_blank_text_has_no_sentences(text: str) -> None:
    assert sentence_spans(text) == []


@pytest.mark.parametrize("unit", ["No. 1 ", "A. ", ". ", "a", "a.", "\n", '" ', "!? A", "!"])
def test_long_text_is_divided_in_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.perf_counter()
    sentence_spans(text)
    assert time.perf_counter() - start < 5


_near_sentences = assembled(
    "The", "State", "party", "No.", "art.", "e.g.", "A.", ".", "!", "?”", ")", "2015", "\n", " ",
    "  ", "\u00a0", ";", ":", "(a)", "“Yes”", "É", "para. 3",
    max_size=24,
)  # fmt: skip


@settings(max_examples=150)
@given(st.text() | _near_sentences)
def test_sentences_cover_the_text_but_for_the_space_between(text: str) -> None:
    position = 0
    for start, end in sentence_spans(text):
        assert position <= start < end
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        position = end
    assert text[position:].strip() == ""
