from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.inference import inferred_filters
from assistant.question import clean, read_question, topic_of, without
from corpus.errors import QuestionEmpty, QuestionTooLong
from corpus.model import Role
from tests.corpus.headers import HELD


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x1b", "?!…", "\u200b", "\ud800"])
def test_a_question_without_words_is_empty(text: str) -> None:
    with pytest.raises(QuestionEmpty):
        clean(text, 100)


def test_a_question_over_the_limit_is_too_long() -> None:
    assert clean("a" * 100, 100) == "a" * 100
    with pytest.raises(QuestionTooLong, match="101 characters"):
        clean("a" * 101, 100)


def test_control_characters_are_taken_for_spaces() -> None:
    assert clean("\x1b[31mextra\x00dition\r\n?", 100) == "extra dition ?"


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_as_empty(text: str) -> None:
    try:
        cleaned = clean(text, 300)
    except QuestionEmpty:
        return
    assert cleaned == cleaned.strip()
    question = read_question(cleaned)
    assert question.typed == cleaned
    if question.read.condition is None:
        assert question.text == cleaned
        assert question.topic


@pytest.mark.parametrize(
    ("typed", "text", "topic"),
    [
        (
            "What did it say about training AND judges?",
            "What did it say about training judges?",
            "training judges",
        ),
        ("What about “best interests”?", "What about best interests", "best interests"),
        ("extradition NOT Thailand", "extradition", "extradition"),
        ("CRC/C/LAO/CO/2 AND “adoption”", "adoption", "adoption"),
        ("prosecut*", "", ""),
    ],
)
def test_operators_and_what_they_exclude_are_not_asked_about(typed: str, text: str, topic: str) -> None:
    question = read_question(typed)
    assert (question.typed, question.text, question.topic, question.names) == (typed, text, topic, ())
    assert question.read.condition is not None


@pytest.mark.parametrize("typed", ["“para 22 (c)”", "“22 (c)”"])
def test_a_look_up_sets_no_condition(typed: str) -> None:
    question = read_question(typed)
    assert question.is_look_up
    assert (question.text, question.read.condition) == (typed, None)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("“best interests”", True),
        ("Which paragraphs mention “best interests”?", True),
        ("What did the Committee say about “best interests”?", True),
        ("training AND judges", True),
        ("prosecut*", True),
        ("training of judges", False),
        ("“best interests” in adoption", False),
        ("training NOT judges", False),
        ("NOT judges", False),
    ],
)
def test_a_question_may_ask_for_words_only(typed: str, expected: bool) -> None:
    assert read_question(typed).asks_for_words_only is expected


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("22 (c)", ["22 (c)"]),
        ("34", ["34"]),
        ("para 22(c)", ["22 (c)"]),
        ("Paragraph 34", ["34"]),
        ("PARA 34?", ["34"]),
        ("¶ 33", ["33"]),
        ("§ 38(b)", ["38 (b)"]),
        ("paras. 33 and 34", ["33", "34"]),
        ("show me paragraphs 33–34", ["33–34"]),
        ("what does paragraph 28(c) say?", ["28 (c)"]),
        ("item (b) of paragraph 25", ["25 (b)"]),
        ("CRC/C/OPSC/LAO/CO/1, para. 20 (c)", ["20 (c)"]),
        ("What is in paragraph 40 of the concluding observations on Laos?", ["40"]),
    ],
)
def test_a_place_asked_for_by_number_is_a_look_up(text: str, places: list[str]) -> None:
    assert [str(pinpoint) for pinpoint in read_question(text).pinpoints] == places


@pytest.mark.parametrize(
    "text",
    [
        "What did the Committee say about extradition?",
        "Does the State party still maintain a reservation on article 5 (2)?",
        "article 3, paragraph 1 (a) (i)",
        "children under 18 years",
        "what does paragraph 22 say about dams",
        "adopted on 5 June 2015",
    ],
)
def test_a_topic_is_no_look_up(text: str) -> None:
    assert not read_question(text).is_look_up


def test_a_name_beside_the_number_is_kept() -> None:
    assert read_question("Kenya para 20").names == ("Kenya",)


def test_the_symbol_is_read_and_is_not_part_of_the_topic() -> None:
    question = read_question("What does CRC/C/Lao/CO/2 say about corporal punishment?")
    assert [str(symbol) for symbol in question.symbols] == ["CRC/C/LAO/CO/2"]
    assert "LAO" not in question.topic.upper()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What did the Committee say about extradition?", "extradition"),
        ("what did it recommend on training?", "training"),
        ("Is the Committee concerned about corruption?", "corruption"),
        ("extradition", "extradition"),
        ("What did the Committee say?", "What did the Committee say?"),
    ],
)
def test_the_topic_is_what_is_left_of_the_question(text: str, topic: str) -> None:
    assert read_question(text).topic in (topic, topic.rstrip("?"))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("What did the Committee recommend on adoption?", Role.RECOMMENDATION),
        ("Is it concerned about adoption?", Role.CONCERN),
        ("What did the Committee welcome?", Role.POSITIVE),
        ("adoption", None),
    ],
)
def test_the_role_asked_for_is_read(text: str, role: Role | None) -> None:
    assert read_question(text).role is role


def test_names_are_states_and_capitalised_words_after_the_first() -> None:
    assert read_question("What did the Committee recommend to Kenya's police?").names == (
        "Kenya",
        "Committee",
    )
    assert read_question("Child Sex Tourism In Thailand").names == ("Thailand",)
    assert read_question("norway: extradition").names == ("norway",)
    assert read_question("what did CEDAW say about extradition?").names == ("CEDAW",)
    assert read_question("what about Lao PDR?").names == ("Laos",)


def test_a_symbol_typed_in_lower_case_is_read() -> None:
    question = read_question("crc/c/opsc/lao/co/1 para 33")
    assert [str(symbol) for symbol in question.symbols] == ["CRC/C/OPSC/LAO/CO/1"]
    assert [str(pinpoint) for pinpoint in question.pinpoints] == ["33"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("para 22(A)", ["22 (a)"]),
        ("para 22 (C)", ["22 (c)"]),
        ("34 and 35", ["34", "35"]),
        ("33-34", ["33–34"]),
        ('"34"', ["34"]),
        ("para_22__subpara_c", ["22 (c)"]),
        ("CRC/C/OPSC/LAO/CO/1#22(c)", ["22 (c)"]),
    ],
)
def test_places_are_read_as_people_type_them(text: str, places: list[str]) -> None:
    assert [str(pinpoint) for pinpoint in read_question(text).pinpoints] == places


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What did the Committee recommend to Kenya on education?", "education"),
        ("What does CRPD say about education in Kenya?", "education"),
        ("Kenya: education", "education"),
        ("Kenya vs Mexico: education", "education"),
        ("What was Kenya told about poverty?", "poverty"),
        ("Kenya's schools", "schools"),
        ("Mexico 2014: health", "health"),
        ("What did it say about sign language in Hong Kong?", "sign language in Hong Kong"),
        ("Kenya (2015)", "Kenya (2015)"),
    ],
)
def test_words_that_are_filters_are_no_part_of_the_topic(text: str, topic: str) -> None:
    assert without(read_question(text), inferred_filters(text, HELD)).topic == topic


def test_names_that_are_filters_are_no_names_to_be_found() -> None:
    text = "What did the Committee tell the UK about Liverpool?"
    assert without(read_question(text), inferred_filters(text, HELD)).names == ("Committee", "Liverpool")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Is poverty mentioned?", "poverty"),
        ("Are transgender boys mentioned anywhere in the text?", "transgender boys"),
        ("Where are dams discussed?", "dams"),
        ("Is there anything about dams?", "dams"),
        ("What do the concluding observations say about dams?", "dams"),
        ("What concerns did the Committee express about dams?", "dams"),
        ("What about dams?", "dams"),
        ("How have the concerns about dams evolved over time?", "dams"),
        ("Has the Committee's position on dams changed?", "dams"),
        ("How many dams are mentioned by name?", "How many dams are mentioned by name"),
        ("Is the law amended?", "Is the law amended"),
    ],
)
def test_a_topic_is_what_is_left_without_the_words_that_ask(text: str, topic: str) -> None:
    assert topic_of(text) == topic


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        ("What does the section on adoption say?", "adoption", ""),
        ("show me the whole chapter about child sex tourism", "child sex tourism", ""),
        ("the extradition section", "extradition", ""),
        ("Section III", "", "III"),
        ("part b, please", "", ""),
        ("What does part B say?", "", "B"),
        ("What does section 12 of the Act say?", "", ""),
        ("Which section of society is poor?", "", ""),
        ("the private sector", "", ""),
    ],
)
def test_a_section_is_asked_for_by_its_heading_or_number(text: str, words: str, number: str) -> None:
    question = read_question(text)
    assert (question.section, question.section_number) == (words, number)


def test_a_section_is_asked_for_beside_filters() -> None:
    question = read_question("Kenya: what does the section on education say?")
    left = without(question, inferred_filters(question.text, HELD))
    assert (left.section, left.topic) == ("education", "education")
