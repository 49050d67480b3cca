import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Paragraph, Role
from corpus.speech_acts import speech_acts
from tests.corpus.parsing import parse, place
from tests.corpus.strategies import assembled

CONTEXT, POSITIVE, CONCERN = Role.CONTEXT, Role.POSITIVE, Role.CONCERN
RECOMMENDATION, REQUEST, REMINDER = Role.RECOMMENDATION, Role.REQUEST, Role.REMINDER


def act(sentence: str) -> tuple[Role, str | None, int | None]:
    found = speech_acts().read(sentence)
    assert found is not None
    return found.role, found.verb, found.force


# -- one verb


@pytest.mark.parametrize(
    ("verb", "role", "force"),
    [
        ("welcomes", POSITIVE, None),
        ("appreciates", POSITIVE, None),
        ("notes with appreciation", POSITIVE, None),
        ("notes with satisfaction", POSITIVE, None),
        ("commends", POSITIVE, None),
        ("is encouraged by", POSITIVE, None),
        ("notes", CONTEXT, None),
        ("takes note", CONTEXT, None),
        ("considered", CONTEXT, None),
        ("reminds", REMINDER, None),
        ("recalls", REMINDER, None),
        ("draws attention", REMINDER, None),
        ("regrets", CONCERN, 2),
        ("notes with concern", CONCERN, 2),
        ("is concerned", CONCERN, 2),
        ("is further concerned", CONCERN, 2),
        ("expresses its concern", CONCERN, 2),
        ("remains concerned", CONCERN, 3),
        ("is particularly concerned", CONCERN, 3),
        ("is specifically concerned", CONCERN, 3),
        ("reiterates its concern", CONCERN, 3),
        ("is seriously concerned", CONCERN, 4),
        ("is also seriously concerned", CONCERN, 4),
        ("is deeply concerned", CONCERN, 4),
        ("remains deeply concerned", CONCERN, 4),
        ("is extremely concerned", CONCERN, 4),
        ("is gravely concerned", CONCERN, 4),
        ("notes with a serious concern", CONCERN, 4),
        ("notes with serious concern", CONCERN, 4),
        ("is alarmed", CONCERN, 5),
        ("is appalled", CONCERN, 5),
        ("deplores", CONCERN, 5),
        ("condemns", CONCERN, 5),
        ("encourages", RECOMMENDATION, 1),
        ("invites", RECOMMENDATION, 1),
        ("suggests", RECOMMENDATION, 1),
        ("recommends", RECOMMENDATION, 2),
        ("requests", RECOMMENDATION, 2),
        ("calls on", RECOMMENDATION, 2),
        ("calls upon", RECOMMENDATION, 2),
        ("strongly recommends", RECOMMENDATION, 3),
        ("urges", RECOMMENDATION, 3),
        ("strongly urges", RECOMMENDATION, 3),
    ],
)
@pytest.mark.parametrize("subject", ["The Committee", "While the Committee"])
def test_each_verb_has_its_role_and_force(subject: str, verb: str, role: Role, force: int | None) -> None:
    assert act(f"{subject} {verb} the law of the State party.") == (role, verb, force)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Committee further recommends a law.", (RECOMMENDATION, "recommends", 2)),
        ("The Committee also urges a law.", (RECOMMENDATION, "urges", 3)),
        ("The State party should adopt a law.", (RECOMMENDATION, "should", 2)),
        ("It should do so soon.", (RECOMMENDATION, "should", 2)),
        ("The Government should do so.", (RECOMMENDATION, "should", 2)),
        ("The State party is also encouraged to train.", (RECOMMENDATION, "is also encouraged to", 1)),
        ("The Committee further notes the law.", (CONTEXT, "notes", None)),
    ],
)  # fmt: skip
def test_adverbs_change_nothing(sentence: str, expected: tuple[Role, str | None, int | None]) -> None:
    assert act(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("The Committee requests the State party to include information in its report.", REQUEST),
        ("The Committee invites the State party to submit its next periodic report.", REQUEST),
        ("The Committee requests the State party to release the children.", RECOMMENDATION),
        ("The Committee requests the State party to provide shelter.", RECOMMENDATION),
        ("The Committee invites the State party to ratify the Convention.", RECOMMENDATION),
    ],
)
def test_a_request_about_reporting_is_told_from_a_recommendation(sentence: str, role: Role) -> None:
    assert act(sentence)[0] is role


# -- several verbs in one sentence


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Committee notes the plan, but is concerned at its cost.", (CONCERN, "is concerned")),
        ("While welcoming the law, the Committee regrets its delay.", (CONCERN, "regrets")),
        ("The Committee welcomes the law and regrets its delay.", (CONCERN, "regrets")),
        ("The Committee is concerned and recommends a law.", (RECOMMENDATION, "recommends")),
        ("The Committee encourages and strongly urges it.", (RECOMMENDATION, "strongly urges")),
        ("The Committee regrets and deplores the act.", (CONCERN, "deplores")),
        ("The Committee urges a law and urges a plan.", (RECOMMENDATION, "urges")),
        ("The Committee recalls the law and notes the plan.", (REMINDER, "recalls")),
    ],
)
def test_the_act_that_asks_most_decides(sentence: str, expected: tuple[Role, str]) -> None:
    assert act(sentence)[:2] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Child pornography is easily available.",
        "Data are scarce and children are concerned by them.",
        "The recommendations were disseminated.",
        "A law on requesting shelter was adopted.",
    ],
)
def test_a_sentence_without_a_reporting_verb_has_no_act(sentence: str) -> None:
    assert speech_acts().read(sentence) is None


@given(
    assembled(
        "The Committee", "It", "State party", " ", ", ", "is", "further", "seriously", "concerned",
        "notes", "with concern", "recommends", "urges", "should", "calls upon", "reminds", "\n", ".",
        max_size=16,
    )
    | st.text()
)  # fmt: skip
def test_the_verb_of_an_act_is_printed_in_the_sentence(text: str) -> None:
    found = speech_acts().read(text)
    if found:
        assert found.verb
        assert found.verb in text


@given(st.text())
def test_what_stands_around_a_verb_does_not_hide_it(text: str) -> None:
    assert act(f"{text} The Committee urges {text}")[0] in (RECOMMENDATION, REQUEST)


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


def test_a_paragraph_has_the_roles_of_its_sentences_in_order() -> None:
    parsed = parse(
        "1. The Committee notes a plan. It welcomes a law. It regrets delays. It welcomes staff.\n"
    )
    assert parsed.paragraphs[0].roles == (POSITIVE, CONCERN)


# -- what the position of a paragraph says

NOTES = "The Committee notes that no law is in force."
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


# -- the table


def test_the_table_names_known_roles_and_forces_from_one_to_five() -> None:
    text = files("corpus").joinpath("speech_acts.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    assert {Role(name) for name in table["precedence"]} == set(Role)
    for entry in table["verb"]:
        assert Role(entry["role"]) in Role
        assert entry.get("force") in (None, 1, 2, 3, 4, 5)
        has_force = entry["role"] in ("concern", "recommendation", "request")
        assert has_force == ("force" in entry)
