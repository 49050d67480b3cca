"""A quotation beside what is printed: all of both is told, and each difference has its reason."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.citations.compared import Compared
from assistant.citations.comparing import Comparison
from assistant.citations.held_texts import HeldText
from assistant.citations.matching import verdict_of
from assistant.citations.printed_text import PrintedText, Stretch
from assistant.citations.quotation_text import QuotationText, unquoted
from assistant.citations.quotes import LONGEST_QUOTATION
from assistant.citations.tokens import key_of, tokens
from tests.corpus.catalogs import builtin, document_of
from tests.corpus.headers import header
from tests.growth import grows_in_proportion

HELD = HeldText(header(1, "Laos", "LAO", 2015), PrintedText.of(builtin()), frozenset({"*"}))
TEXT = HELD.printed.text
WORDS = TEXT.split(" ")

_changes = st.sampled_from(
    ["…", "[...]", "[the State]", "[sic]", "(emphasis added)", "not", "", "“", "”", "’", " ", "\u00a0", "\n",
     "–", "\u00ad", ",", ".", "(a)", "34.", "[t]he", "recommend[s]", "*", "ﬁ", "É", "E\u0301", "子ども", "]",
     "[", "((("]
)  # fmt: skip


@st.composite
def _quotations(draw: st.DrawFn) -> str:
    """Printed words with anything put in, left out or changed."""
    start = draw(st.integers(0, len(WORDS) - 30))
    words = WORDS[start : start + draw(st.integers(4, 30))]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(words)))
        words[at : at + draw(st.integers(0, 2))] = [draw(_changes)]
    return " ".join(words)


def _compared(text: str) -> Comparison | None:
    compared = Compared(QuotationText(text))
    standing = compared.standing(HELD)
    found = standing[0] if standing else compared.nearest(HELD)
    return found.comparison if found else None


@settings(max_examples=100, deadline=None)
@given(_quotations())
def test_all_of_the_quotation_and_all_that_is_printed_is_told(text: str) -> None:
    compared = _compared(text)
    if compared is not None:
        told = compared.differences
        assert "".join(difference.quoted for difference in told) == text
        assert "".join(difference.printed for difference in told) == TEXT[compared.start : compared.end]
        for difference in told:
            assert (difference.kind == "equal") == (difference.quoted == difference.printed)
            assert (difference.kind == "missing") == (not difference.quoted)
            assert (difference.kind == "added") == (not difference.printed and bool(difference.quoted))
        assert 0 <= compared.likeness <= 1


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(HELD.printed.stretches), st.data())
def test_whatever_is_printed_is_found_as_it_stands(stretch: Stretch, data: st.DataObject) -> None:
    words = TEXT[stretch.words : stretch.end].split(" ")
    start = data.draw(st.integers(0, len(words) - 1))
    text = " ".join(words[start : start + data.draw(st.integers(1, 40))])
    compared = _compared(text)
    if any(sign.isalnum() for sign in text):
        assert compared is not None
        assert verdict_of(compared) == "exact"
        assert TEXT[compared.start : compared.end] == text


@settings(max_examples=40, deadline=None)
@given(_quotations())
def test_only_words_as_they_are_printed_are_exact(text: str) -> None:
    compared = _compared(text)
    if compared is not None and verdict_of(compared) == "exact":
        assert text in TEXT


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60) | _quotations())
def test_tokens_lead_back_to_the_text(text: str) -> None:
    read = list(tokens(text))
    assert all(text[token.start : token.end] for token in read)
    assert all(one.end <= other.start for one, other in pairwise(read))
    assert key_of(text) == key_of("".join(text[token.start : token.end] for token in read))


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (" “one two three” ", "one two three"),
        ("« one two three »", "one two three"),
        ("'one two three'", "one two three"),
        ("“one” and “two”", "“one” and “two”"),
        ("one “two” three", "one “two” three"),
        ("“”", "“”"),
        ("", ""),
    ],
)
def test_the_marks_around_a_quotation_are_taken_off(text: str, inner: str) -> None:
    assert unquoted(text) == inner


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a … b", ["word", "ellipsis", "word"]),
        ("a [. . .] b ....", ["word", "ellipsis", "word", "ellipsis"]),
        ("[t]he recommend[ed] child[ren]", ["changed", "changed", "changed"]),
        ("it [sic] is recieve[sic] d", ["word", "remark", "word", "word", "remark", "word"]),
        ("x [the State party] y", ["word", "insertion", "word"]),
        ("party[12] x (emphasis in the original)", ["word", "insertion", "word", "remark"]),
        ("x (footnotes omitted) (a) * * *",
         ["word", "remark", "sign", "word", "sign", "ellipsis"]),
        ("a.b No. 5...", ["word", "sign", "word", "word", "sign", "word", "ellipsis"]),
    ],
)  # fmt: skip
def test_the_marks_of_a_quotation_are_read(text: str, kinds: list[str]) -> None:
    assert [part.kind for part in QuotationText(text).parts] == kinds


@pytest.mark.parametrize(
    ("word", "printed", "stands"),
    [
        ("[t]he", "The", True),
        ("recommend[ed]", "recommends", True),
        ("child[ren]", "child", True),
        ("recommend[]", "recommends", True),
        ("[un]able", "able", False),
        ("[th]e", "able", False),
        ("recommend[s]", "urges", False),
    ],
)
def test_a_word_with_brackets_stands_for_what_is_outside_them(word: str, printed: str, stands: bool) -> None:
    (part,) = QuotationText(word).parts
    assert part.stands_for(printed) is stands


@pytest.mark.parametrize("unit", ["[", "[a", "a[b]c", "( . ", "a\u0301", "(emphasis ", "34. (a) "])
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    def reading(size: int) -> None:
        text = unit * (size // len(unit))
        assert QuotationText(text).parts is not None
        assert unquoted(text) == text.strip()
        assert key_of(text) is not None

    assert grows_in_proportion(reading, 25_000)


@pytest.mark.parametrize("unit", ["the State party ", "(a) ", "[a] ", "of of, "])
def test_the_longest_quotation_is_compared_in_linear_time(unit: str) -> None:
    def comparing(size: int) -> None:
        compared = _compared(unit * (size // len(unit)))
        assert compared is None or compared.likeness <= 1

    assert grows_in_proportion(comparing, LONGEST_QUOTATION // 8, times=8)


FERRIES = (
    "The State party must not board ferries by ramps that cannot carry wheelchairs of any weight at all."
)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ("wheelchairs", "wheelchairs", "exact"),
        ("must not board", "must [surely] board", "altered"),
        ("must not board", "must … board", "altered"),
        ("must not board", "[should] board", "altered"),
        ("must not board", "[should not] board", "altered_ok"),
        ("The State party must not", "[Laos] must not", "altered_ok"),
        ("by ramps that cannot", "by ramps … cannot", "altered_ok"),
        ("ferries by ramps", "ferries by [no] ramps", "altered"),
        ("wheelchairs", "wheelchairs [those without motors]", "altered_ok"),
        ("must not board ferries by", "… by", "altered_ok"),
        ("The State party must not board", "[A State that leaves out how ferries are boarded]", "altered_ok"),
        ("carry", "carry[not]", "altered"),
    ],
)
def test_marks_do_not_turn_what_is_said_into_its_contrary(before: str, after: str, verdict: str) -> None:
    held = HeldText(HELD.header, PrintedText.of(document_of("CRPD/C/KEN/CO/1", FERRIES)))
    found = Compared(QuotationText(FERRIES.replace(before, after))).nearest(held)
    assert found is not None
    assert found.verdict == verdict
