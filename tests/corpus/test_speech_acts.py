import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Role
from corpus.speech_acts import speech_acts
from tests.corpus.parsing import parse
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


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It is, however, concerned about funds.", (CONCERN, "is, however, concerned", 2)),
        ("It remains, nonetheless, concerned about funds.", (CONCERN, "remains, nonetheless, concerned", 3)),
        ("The Committee is also worried about funds.", (CONCERN, "is also worried", 2)),
        ("The Committee observes with concern that funds are cut.", (CONCERN, "observes with concern", 2)),
        ("The Committee fears that funds are cut.", (CONCERN, "fears", 2)),
        ("The Committee notes with grave concern the cuts.", (CONCERN, "notes with grave concern", 4)),
        ("The Committee is profoundly troubled by cuts.", (CONCERN, "is profoundly troubled", 4)),
        ("The Committee reiterates its previous concerns.", (CONCERN, "reiterates its previous concerns", 3)),
        ("The State Party should also adopt a law.", (RECOMMENDATION, "should", 2)),
        ("States should adopt laws.", (RECOMMENDATION, "should", 2)),
        ("The Committee asks the State party to act.", (RECOMMENDATION, "asks", 2)),
        ("The Committee thanks the State party.", (POSITIVE, "thanks", None)),
        ("The Committee notes positively the law.", (POSITIVE, "notes positively", None)),
        ("The Committee emphasizes that children have rights.", (REMINDER, "emphasizes", None)),
        ("The Committee refers to its general comment No. 1.", (REMINDER, "refers to its", None)),
        ("The Committee wishes to remind the State party.", (REMINDER, "wishes to remind", None)),
        (
            "The Committee draws the State party’s attention to article 2.",
            (REMINDER, "draws the State party’s attention", None),
        ),
        ("The Committee decides to return to it.", (CONTEXT, "decides", None)),
    ],
)
def test_other_verbs_of_committees_are_known(
    sentence: str, expected: tuple[Role, str | None, int | None]
) -> None:
    assert act(sentence) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Calls upon States to act;", (RECOMMENDATION, "Calls upon", 2)),
        ("Urges all parties to act;", (RECOMMENDATION, "Urges", 3)),
        ("Demands that all parties stop;", (RECOMMENDATION, "Demands", 3)),
        ("Encourages States to act;", (RECOMMENDATION, "Encourages", 1)),
        ("Also encourages States to act;", (RECOMMENDATION, "encourages", 1)),
        ("Requests the High Commissioner to assist States;", (RECOMMENDATION, "Requests", 2)),
        ("Requests the Secretary-General to submit a report to the Council;", (REQUEST, "Requests", 2)),
        ("Welcomes the report;", (POSITIVE, "Welcomes", None)),
        ("Condemns all violence;", (CONCERN, "Condemns", 5)),
        ("Strongly condemns all violence;", (CONCERN, "condemns", 5)),
        ("Expresses grave concern at the violence;", (CONCERN, "Expresses grave concern", 4)),
        ("Expresses concern at the violence;", (CONCERN, "Expresses concern", 2)),
        ("Emphasizes the importance of peace;", (REMINDER, "Emphasizes", None)),
        ("Reaffirms its commitment;", (REMINDER, "Reaffirms", None)),
        ("Recognizes the importance of peace;", (CONTEXT, "Recognizes", None)),
        ("Decides to remain seized of the matter.", (CONTEXT, "Decides", None)),
    ],
)
def test_a_verb_that_opens_an_operative_paragraph_has_a_capital(
    paragraph: str, expected: tuple[Role, str | None, int | None]
) -> None:
    assert act(paragraph) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The denial of requests is common.",
        "Requests for accommodation are denied.",
        "A target, which calls upon States to act, was missed.",
        "A law that encourages institutionalization was adopted.",
        "It should be noted that laws are weak.",
    ],
)
def test_verbs_of_others_are_no_acts_of_the_committee(sentence: str) -> None:
    assert speech_acts().read(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("The Committee notes that data are lacking.", 1),
        ("The Committee also notes that the law does not prohibit it.", 1),
        ("The Committee takes note of the lack of data.", 1),
        ("It notes that the State party still relies on institutions.", 1),
    ],
)
def test_what_is_noted_of_a_shortcoming_is_a_weak_concern(sentence: str, force: int) -> None:
    assert (act(sentence)[0], act(sentence)[2]) == (CONCERN, force)


# -- repetition and urgency


@pytest.mark.parametrize(
    ("sentence", "repeat", "urgent"),
    [
        ("The Committee reiterates its recommendation.", True, False),
        ("The Committee reiterates its concern at delays.", True, False),
        ("The Committee once again urges the State party to act.", True, False),
        ("The Committee urges the State party to act immediately.", False, True),
        ("The Committee recommends that, as a matter of priority, it adopt a law.", False, True),
        ("The State party should, without further delay, adopt a law.", False, True),
        ("The Committee is concerned that nothing was done immediately.", False, False),
        ("The Committee recommends a law.", False, False),
    ],
)
def test_repetition_and_urgency_are_marked(sentence: str, repeat: bool, urgent: bool) -> None:
    found = speech_acts().read(sentence)
    assert found is not None
    assert (found.repeat, found.urgent) == (repeat, urgent)


def test_the_items_of_an_urgent_lead_in_are_urgent() -> None:
    (paragraph,) = parse(
        "1. It urges the State party to immediately:\n\n(a) Adopt a law;\n\n(b) Train judges.\n"
    ).paragraphs
    assert [s.urgent for found in paragraph.places() for s in found.sentences] == [True, True, True]


def test_an_urgent_sentence_makes_the_next_not_urgent() -> None:
    (paragraph,) = parse("1. It urges action without delay. Laws are needed.\n").paragraphs
    assert [(s.role, s.urgent) for s in paragraph.sentences] == [
        (RECOMMENDATION, True),
        (RECOMMENDATION, False),
    ]


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


@pytest.mark.parametrize(
    "piece",
    [
        "is also, ",
        "It notes that ",
        "It requests the State party to submit ",
        "in addition ",
        "recommendations ",
    ],
)
def test_hostile_sentences_take_no_time(piece: str) -> None:
    parse(f"1. The Committee {piece * 4_000}\n")


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
