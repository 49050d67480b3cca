"""Words are found in a conversation as it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.answers import answer_to
from tui.exchange import Exchange
from tui.finding import Finder, Superseded, any_word, phrase


def exchange(question: str, text: str) -> Exchange:
    return Exchange(question, answer_to(question, text))


def found(text: str, looked_for: str) -> list[str]:
    """What of a text is marked when one looks for a phrase."""
    wanted = phrase(looked_for)
    return [text[start:end] for start, end in wanted.stretches(text)] if wanted else []


@pytest.mark.parametrize(
    ("text", "looked_for", "marked"),
    [
        ("The State party ensures", "state PARTY", ["State party"]),
        ("Côte d’Ivoire and cote d'ivoire", "côte d'ivoire", ["Côte d’Ivoire", "cote d'ivoire"]),
        ("Co\u0302te d’Ivoire", "cote", ["Co\u0302te"]),
        ("a cafe\u0301.", "café", ["cafe\u0301"]),
        ("die Straße", "STRASSE", ["Straße"]),
        ("ﬁnancing", "fin", ["ﬁn"]),
        ("States\u00a0parties of\nthe Covenant", "states parties of the", ["States\u00a0parties of\nthe"]),
        ("paras. 33–34", "33-34", ["33–34"]),
        ("“quoted”", '"quoted"', ["“quoted”"]),
        ("a.b", "a.b", ["a.b"]),
        ("axb", "a.b", []),
        ("Türkiye", "turkiye", ["Türkiye"]),
        ("нет, Нет", "НЕТ", ["нет", "Нет"]),
        ("nothing", "   ", []),
    ],
)
def test_case_accents_and_kinds_of_marks_do_not_matter(text: str, looked_for: str, marked: list[str]) -> None:
    assert found(text, looked_for) == marked


@given(st.text(max_size=40), st.text(max_size=40), st.text(min_size=1, max_size=10))
def test_what_is_marked_lies_in_the_text_and_begins_where_it_was_put(
    before: str, after: str, word: str
) -> None:
    text = f"{before} {word} {after}"
    wanted = phrase(word)
    if wanted is not None:
        stretches = wanted.stretches(text)
        assert all(0 <= start < end <= len(text) for start, end in stretches)
        assert stretches


def test_any_word_marks_words_that_begin_with_one() -> None:
    wanted = any_word("educ, kenya")
    assert wanted is not None
    text = "Kenyans on education; reeducation"
    assert [text[a:b] for a, b in wanted.stretches(text)] == ["Kenyans", "education"]


def test_matches_come_in_the_order_of_the_conversation() -> None:
    first = exchange(
        "on training?", "**Training** of judges.\n\n- More training [para. 7](/documents/a#para_7)"
    )
    second = exchange("and?", "No training.")
    findings = Finder().find([first, second], "training")
    assert [(match.exchange, match.part) for match in findings.matches] == [
        (first, 0), (first, 1), (first, 2), (second, 1),
    ]  # fmt: skip
    assert not findings.as_words


def test_links_are_found_as_they_are_shown_and_their_addresses_are_not() -> None:
    cited = exchange("q", "Words [para. 7](/documents/crc-c-lao#para_7).")
    assert len(Finder().find([cited], "[para. 7]").matches) == 1
    assert Finder().find([cited], "crc-c-lao").matches == ()


def test_a_phrase_that_nobody_said_is_looked_for_by_its_words() -> None:
    said = exchange("kenya?", "Education in Kenya.")
    findings = Finder().find([said], "kenya education")
    assert findings.as_words
    assert [match.part for match in findings.matches] == [0, 1, 1]
    assert Finder().find([said], "uganda").matches == ()


def test_an_answer_that_grows_is_read_again() -> None:
    growing = Exchange("q", text="First words")
    finder = Finder()
    assert finder.find([growing], "more").matches == ()
    growing.text += " and more"
    assert len(finder.find([growing], "more").matches) == 1


def test_what_is_not_wanted_any_more_is_given_up() -> None:
    with pytest.raises(Superseded):
        Finder().find([exchange("q", "word")], "word", lambda: False)
