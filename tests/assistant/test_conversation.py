"""What questions mean after those before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Filters
from assistant.conversation import stand_alone, stand_alone_text
from tests.assistant.dialogues import SYMBOL, after, turn
from tests.corpus.headers import HELD

ON_EXTRADITION = "What did the Committee say about extradition?"
TO_KENYA = "What did the Committee recommend to Kenya on education?"


@pytest.mark.parametrize(
    ("asked", "means"),
    [
        ("and what did it recommend?", "What did the Committee recommend on extradition?"),
        ("any recommendations", "What did the Committee recommend on extradition?"),
        ("And the concerns?", "What concerns did the Committee express about extradition?"),
        ("What was welcomed?", "What did the Committee welcome about extradition?"),
        ("why?", "What concerns did the Committee express about extradition?"),
        ("by when?", ON_EXTRADITION),
        ("What did it say about that?", ON_EXTRADITION),
        ("what about adoption?", "What did the Committee say about adoption?"),
        ("Thanks! And adoption?", "What did the Committee say about adoption?"),
        ("how about child labour", "What did the Committee say about child labour?"),
        ("tell me about adoption", "What did the Committee say about adoption?"),
        ("back to adoption", "What did the Committee say about adoption?"),
        ("adoption", "adoption"),
        ("no, I meant adoption", "What did the Committee say about adoption?"),
        ("not extradition, adoption", "What did the Committee say about adoption?"),
        ("is it prohibited?", "is extradition prohibited?"),
        ("who is responsible?", "who is responsible (extradition)?"),
        ("does this law apply abroad?", "does this law apply abroad (extradition)?"),
        ("in rural areas?", "What did the Committee say about extradition in rural areas?"),
        ("and boys?", "What did the Committee say about extradition, boys?"),
        ("list them all", "every paragraph that mentions extradition"),
        ("how many are there?", "How many paragraphs mention extradition?"),
        ("What did the Committee say about adoption?", "What did the Committee say about adoption?"),
        ("Does the law define child pornography?", "Does the law define child pornography?"),
        ("who monitors it, the police?", "who monitors extradition, the police?"),
        ("back to adoption: is it monitored?", "is adoption monitored?"),
        ("what does the section on adoption say?", "what does the section on adoption say?"),
        ("every paragraph that mentions dams", "every paragraph that mentions dams"),
        ("how many recommendations on training?", "how many recommendations on training?"),
    ],
)
def test_what_is_left_unsaid_is_taken_from_the_question_before(asked: str, means: str) -> None:
    assert after(ON_EXTRADITION, asked=asked).text == means


@pytest.mark.parametrize(
    ("asked", "shown", "carried"),
    [
        ("and for Mexico?", "Mexico: What did the Committee recommend on education?", []),
        ("Mexico?", "Mexico: What did the Committee recommend on education?", []),
        ("what about health?", "Kenya: What did the Committee recommend on health?", ["Kenya"]),
        ("and its concerns?", "Kenya: What concerns did the Committee express about education?", ["Kenya"]),
        (
            "What did the Committee say about health?",
            "Kenya: What did the Committee say about health?",
            ["Kenya"],
        ),
        ("and in all countries?", "What did the Committee recommend on education?", []),
        ("And health in general?", "What did the Committee recommend on health?", []),
        (
            "no, I meant the 2014 one",
            "Kenya, the 2014 observations: What did the Committee recommend on education?",
            ["Kenya"],
        ),
        (
            "compare that with Mexico",
            "Kenya and Mexico: What did the Committee recommend on education?",
            [],
        ),
        ("and for Norway?", "Norway: What did the Committee recommend on education?", []),
    ],
)
def test_documents_are_carried_over_until_others_are_named_or_all_are(
    asked: str, shown: str, carried: list[str]
) -> None:
    alone = after(TO_KENYA, asked=asked)
    assert alone.shown == shown
    assert [applied.value for applied in alone.carried] == carried
    assert {applied.origin for applied in alone.carried} <= {"carried"}


def test_what_is_shown_means_the_same_when_it_is_asked_alone() -> None:
    alone = after(TO_KENYA, "what about health?", asked="and the concerns?")
    assert alone.shown == "Kenya: What concerns did the Committee express about health?"
    again = turn(alone.shown)
    assert [(f.kind, f.value) for f in again.filters] == [("state", "Kenya")]
    assert stand_alone(alone.shown, (), HELD).text == alone.shown


def test_a_state_that_nothing_is_held_on_is_not_forgotten() -> None:
    alone = after("What did it tell Norway about education?", asked="and about health?")
    assert alone.text == "Norway: What did the Committee say about health?"
    assert alone.carried == ()


def test_filters_that_were_given_before_go_on_holding() -> None:
    first = turn("education", filters=Filters(states=("Mexico",), years=(2014,)))
    alone = stand_alone("what about health?", [first], HELD)
    assert [(f.kind, f.value) for f in alone.carried] == [("state", "Mexico"), ("year", "2014")]
    other = stand_alone("and for Kenya?", [first], HELD)
    assert [(f.kind, f.value) for f in other.carried] == []


def test_what_given_filters_overrule_is_not_said_to_be_searched() -> None:
    first = turn("education", filters=Filters(states=("Mexico",), years=(2014,)))
    other = stand_alone("what about health?", [first], HELD, Filters(states=("Kenya",)))
    assert [(f.kind, f.value) for f in other.carried] == [("year", "2014")]
    assert "Mexico" not in other.shown
    document = stand_alone("what about health?", [first], HELD, Filters(symbols=(SYMBOL,)))
    assert document.carried == ()
    assert not document.before
    again = turn("what about health?", [first], filters=Filters(symbols=(SYMBOL,)))
    assert again.searched_for == document.text
    assert "health" in stand_alone("and the concerns?", [first, again], HELD).text


def test_of_what_is_given_with_every_question_only_what_was_named_is_carried() -> None:
    given = Filters(states=("Mexico", "Kenya", "Thailand"))
    to_kenya = turn(TO_KENYA, filters=given, cites=["44"])
    on_mexico = turn("what about Mexico?", [to_kenya], filters=given, cites=["44"])
    both = turn("compare the two", [to_kenya, on_mexico], filters=given)
    assert both.searched_for == "Kenya and Mexico: What did the Committee recommend on education?"
    health = turn("and health?", [to_kenya], filters=given)
    assert health.searched_for == "Kenya: What did the Committee recommend on health?"


def test_another_restriction_takes_the_place_of_the_one_before() -> None:
    first = turn("education", filters=Filters(states=("Mexico",)))
    second = turn("and what did it recommend?", [first], filters=Filters(states=("Kenya", "Mexico")))
    assert second.searched_for == "What did the Committee recommend on education?"
    assert [(f.value, f.origin) for f in second.filters] == [("Kenya", "given"), ("Mexico", "given")]


def test_a_number_is_of_the_one_document_that_was_cited_of_several_given() -> None:
    given = Filters(symbols=("CRPD/C/KEN/CO/2", "CRPD/C/MEX/CO/4"))
    first = turn("para 33 on Kenya", filters=given, cites=["33"])
    second = turn("and para 34?", [first], filters=given)
    assert second.searched_for == "CRPD/C/KEN/CO/2: para 34?"


def test_roles_that_were_given_hold_for_their_question_only() -> None:
    first = turn("education", filters=Filters.model_validate({"roles": ["concern"]}))
    assert stand_alone("what about health?", [first], HELD).carried == ()


def test_small_talk_changes_nothing() -> None:
    assert after(ON_EXTRADITION, "thanks!", "great", asked="by when?").text == ON_EXTRADITION


def test_pronouns_go_on_standing_for_the_same_thing() -> None:
    questions = ("What are the obstacles to adoption?", "how are they monitored?")
    assert after(*questions, asked="are they costly?").text == "are obstacles to adoption costly?"


def test_a_person_is_known_by_what_was_answered() -> None:
    says = "The case of Ana María Torres, who disappeared, was not investigated."
    first = turn("What about human rights defenders?", cites=["19"], says=says)
    alone = stand_alone("what did it recommend about her disappearance?", [first], HELD)
    assert alone.text == "what did it recommend about Ana María Torres’ disappearance?"


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("and 35?", "para. 35"),
        ("what about 35", "para. 35"),
        ("and 16 (d) pls", "para. 16 (d)"),
        ("paragraph 12", "paragraph 12"),
        ("and (b)?", "para. 34 (b)"),
        ("item (b)", "para. 34 (b)"),
        ("the next paragraph", "para. 35"),
        ("what does the paragraph before say?", "para. 32"),
        ("show me that paragraph", "paras. 33, 34"),
    ],
)
def test_places_are_asked_for_by_where_they_stand_to_those_cited(asked: str, place: str) -> None:
    alone = stand_alone(asked, [turn(ON_EXTRADITION, cites=["33", "34"])], HELD)
    assert alone.text == place
    assert [(f.kind, f.value) for f in alone.carried] == [("symbol", "CRPD/C/KEN/CO/2")]


def test_after_a_look_up_its_heading_is_what_is_spoken_of() -> None:
    first = turn("para 33", cites=["33"], section="Freedom from torture (art. 15)")
    alone = stand_alone("what did it recommend?", [first], HELD)
    assert alone.core == "What did the Committee recommend on freedom from torture?"


def test_more_is_the_same_question_without_what_was_shown() -> None:
    first = turn(ON_EXTRADITION, cites=["33"])
    second = turn("more", [first], cites=["35"])
    alone = stand_alone("tell me more", [first, second], HELD)
    assert alone.text == ON_EXTRADITION
    assert alone.seen == {("CRPD/C/KEN/CO/2", "para_33"), ("CRPD/C/KEN/CO/2", "para_35")}


def test_what_a_follow_up_adds_is_told_apart() -> None:
    assert after(ON_EXTRADITION, asked="in rural areas?").own == "in rural areas"
    assert after(ON_EXTRADITION, asked="what about adoption?").own == ""


def test_one_of_two_things_is_put_in_the_place_of_the_other() -> None:
    alone = after("Is there training for judges on trafficking?", asked="no, police officers, not judges")
    assert alone.text == "Is there training for police officers on trafficking?"


@pytest.mark.parametrize(
    "asked", ["and what did it recommend?", "why?", "more", "and (b)?", "no", "what about it?"]
)
def test_the_first_question_is_left_as_it_is(asked: str) -> None:
    assert stand_alone(asked, (), HELD).text == asked


def test_words_alone_are_enough_to_rewrite() -> None:
    assert stand_alone_text(["What are alkaloids?", "How are they used in medicine?"], HELD) == (
        "How are alkaloids used in medicine?"
    )


@given(
    st.lists(st.text(min_size=1, max_size=60).filter(lambda text: any(map(str.isalnum, text))), max_size=4)
)
def test_any_words_can_be_said(texts: list[str]) -> None:
    first = turn(TO_KENYA, cites=["44"])
    earlier = [first]
    for text in texts:
        alone = stand_alone(text, earlier, HELD)
        assert alone.text
        earlier.append(turn(text, earlier))


@pytest.mark.parametrize(
    "text", ["and " * 500, "what about " * 180, "no, " * 500, "it " * 660, "(a) " * 500, "the next " * 220]
)
def test_repeated_words_are_read_in_no_time(text: str) -> None:
    assert stand_alone(text[:2000], [turn(TO_KENYA, cites=["44"])], HELD).text
