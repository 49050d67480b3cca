"""The acts of the sentences of a paragraph: by their verbs, by what stands above, and by position."""

import pytest

from corpus.model import Paragraph, Role
from tests.corpus.parsing import parse, place

CONTEXT, POSITIVE, CONCERN = Role.CONTEXT, Role.POSITIVE, Role.CONCERN
RECOMMENDATION, REQUEST, REMINDER = Role.RECOMMENDATION, Role.REQUEST, Role.REMINDER


# -- sentences of a paragraph


def acts(paragraph: Paragraph) -> list[tuple[Role, str | None, int | None]]:
    return [(s.role, s.verb, s.force) for found in paragraph.places() for s in found.sentences]


def test_a_sentence_without_a_verb_goes_on_with_the_act_before_it() -> None:
    (paragraph,) = parse(
        "1. The Committee is seriously concerned at delays. Furthermore, laws are weak. It regrets"
        " this. So do others.\n"
    ).paragraphs
    assert acts(paragraph) == [
        (CONCERN, "is seriously concerned", 4),
        (CONCERN, None, 4),
        (CONCERN, "regrets", 2),
        (CONCERN, None, 2),
    ]


def test_items_take_the_act_of_their_lead_in() -> None:
    (paragraph,) = parse(
        "1. The Committee notes a plan. It urges the State party to:\n\n(a) Adopt laws:\n\n"
        "(i) Old laws;\n\n(ii) New laws. The Committee recommends this;\n\n(b) Train judges.\n\n"
        "It should do so soon.\n"
    ).paragraphs
    assert acts(paragraph) == [
        (CONTEXT, "notes", None),
        (RECOMMENDATION, "urges", 3),
        (RECOMMENDATION, "should", 2),
        (RECOMMENDATION, None, 3),
        (RECOMMENDATION, None, 3),
        (RECOMMENDATION, None, 3),
        (RECOMMENDATION, "recommends", 2),
        (RECOMMENDATION, None, 3),
    ]


def test_a_second_list_takes_the_act_of_the_sentence_between_the_lists() -> None:
    parsed = parse(
        "1. The Committee is concerned:\n\n(a) At delays;\n\n(b) At laws.\n\n"
        "The Committee recommends that the State party:\n\n(a) Act;\n\n(b) Legislate.\n"
    )
    (paragraph,) = parsed.paragraphs
    assert [(item.eid, item.sentences[0].role) for item in paragraph.items] == [
        ("para_1__subpara_a", CONCERN),
        ("para_1__subpara_b", CONCERN),
        ("para_1__subpara_a_2", RECOMMENDATION),
        ("para_1__subpara_b_2", RECOMMENDATION),
    ]
    assert parsed.warnings == ()
    assert paragraph.full_text.splitlines() == [
        "The Committee is concerned:",
        "(a) At delays;",
        "(b) At laws.",
        "The Committee recommends that the State party:",
        "(a) Act;",
        "(b) Legislate.",
    ]


def test_a_paragraph_has_the_roles_of_its_sentences_in_order() -> None:
    parsed = parse(
        "1. The Committee notes a plan. It welcomes a law. It regrets delays. It welcomes staff.\n"
    )
    assert parsed.paragraphs[0].roles == (POSITIVE, CONCERN)


# -- what the position of a paragraph says

NOTES = "The Committee notes that a draft is in hand."
RECOMMENDS = "The Committee recommends that the State party adopt a law."


def test_neutral_words_right_before_a_recommendation_are_its_concern() -> None:
    concern, recommendation = parse(f"I. Data\n\n1. {NOTES}\n\n2. {RECOMMENDS}\n").paragraphs
    assert acts(concern) == [(CONCERN, "notes", 1)]
    assert acts(recommendation) == [(RECOMMENDATION, "recommends", 2)]


@pytest.mark.parametrize(
    "text",
    [
        f"I. Data\n\n1. {NOTES}\n\nII. Staff\n\n2. {RECOMMENDS}\n",
        f"I. Introduction\n\n1. {NOTES}\n\n2. {RECOMMENDS}\n",
        f"I. Data\n\n1. {NOTES}\n\n2. {NOTES}\n",
        f"I. Data\n\n1. {NOTES}\n\n2. The Committee welcomes this. It recommends more.\n",
        f"I. Data\n\n1. {NOTES}\n\n2.\n",
        f"I. Data\n\n1. {NOTES}\n",
    ],
)
def test_neutral_words_elsewhere_stay_context(text: str) -> None:
    assert parse(text).paragraphs[0].roles == (CONTEXT,)


def test_words_of_praise_before_a_recommendation_stay_praise() -> None:
    first, _ = parse(f"I. Data\n\n1. The Committee welcomes it.\n\n2. {RECOMMENDS}\n").paragraphs
    assert first.roles == (POSITIVE,)


def test_neutral_items_of_a_concern_by_position_are_concerns_too() -> None:
    first, _ = parse(
        f"I. Data\n\n1. The Committee notes:\n\n(a) No law;\n\n(b) No plan.\n\n2. {RECOMMENDS}\n"
    ).paragraphs
    assert acts(first) == [(CONCERN, "notes", 1), (CONCERN, None, 1), (CONCERN, None, 1)]


def test_thanks_in_the_introduction_are_no_finding() -> None:
    parsed = parse(
        "I. Introduction\n\n1. The Committee welcomes the report. It reminds the State party.\n\n"
        "II. Data\n\n2. The Committee welcomes the data.\n"
    )
    assert acts(parsed.paragraphs[0]) == [(CONTEXT, "welcomes", None), (REMINDER, "reminds", None)]
    assert parsed.paragraphs[1].roles == (POSITIVE,)
    assert place(parsed, "para_2").sentences[0].verb == "welcomes"


def test_what_a_resolution_decides_before_it_calls_upon_states_is_no_concern() -> None:
    first, second = parse("1. Decides to hold a panel;\n\n2. Invites all States to attend.\n").paragraphs
    assert acts(first) == [(CONTEXT, "Decides", None)]
    assert acts(second) == [(RECOMMENDATION, "Invites", 1)]


def test_the_recommendations_of_a_review_are_told_by_their_place() -> None:
    parsed = parse(
        "1. The following recommendations will be examined by the State:\n\n1.1 Ratify it (Kenya);\n\n"
        "1.2 Consider ratifying it (Chad).\n\n2. All conclusions reflect the position of their authors.\n"
    )
    assert [p.roles for p in parsed.paragraphs] == [
        (CONTEXT,),
        (RECOMMENDATION,),
        (RECOMMENDATION,),
        (CONTEXT,),
    ]
