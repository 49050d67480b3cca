"""Complete lists over the built-in document and over small documents of several States."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from assistant.answer import Answer, AskRequest, Filters
from assistant.service import Assistant
from assistant.settings import load_settings
from corpus.model import Metadata, Paragraph, Role

SYMBOL = "CRC/C/OPSC/LAO/CO/1"

KENYA = """Concluding observations on the initial report of Kenya

Ferries and lighthouses

1. The Committee is concerned that ferries carry no lifeboats. Access to piers is limited.

2. The Committee recommends that the State party train captains. It should also:

(a) Equip all ferries with lifeboats;

(b) Adopt a law on the training of:

(i) Captains;

(ii) Pilots.

3. The Committee is concerned that few women are captains, and about the adoption of children.
"""
NORWAY = """Concluding observations on the initial report of Norway

Ferries

1. The Committee welcomes that every ferry has a lifeboat.

2. The Committee recommends that the State party ratify the Convention on lighthouses.

3. The Committee urges the State party to make piers accessible to each woman and child.
"""


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant that holds the built-in document and one on each of two States."""
    folder = tmp_path_factory.mktemp("ports")
    opened = Assistant.open(load_settings(home=folder / "home"))
    for state, code, text in (("Kenya", "KEN", KENYA), ("Norway", "NOR", NORWAY)):
        file = folder / f"{code}.txt"
        file.write_text(text, encoding="utf-8")
        given = Metadata(symbol=f"CRC/C/{code}/CO/9", states=(state,))
        assert [outcome.status for outcome in opened.ingest([file], given)] == ["added"]
    yield opened
    opened.close()


def ask(assistant: Assistant, question: str, **filters: tuple[str, ...]) -> Answer:
    return assistant.ask(AskRequest(question=question, filters=Filters.model_validate(filters), store=False))


def places(answer: Answer) -> list[tuple[str, str]]:
    return [(citation.symbol.split("/")[-3], citation.pinpoint) for citation in answer.citations]


def paragraphs_where(assistant: Assistant, has: Callable[[Paragraph], object]) -> list[str]:
    return [paragraph.label for paragraph in assistant.document(SYMBOL).paragraphs if has(paragraph)]


# -- complete


@pytest.mark.parametrize(
    ("question", "pattern"),
    [
        ("every paragraph that mentions trafficking", r"(?i)\btraffick"),
        ("which paragraphs mention extradition?", r"(?i)\bextradit"),
        ("all paragraphs about corruption", r"(?i)\bcorrupt"),
        ("list everything on hydropower", r"(?i)\bhydropower"),
        ('every paragraph that mentions "civil society"', r"(?i)\bcivil\s+society\b"),
        ("every paragraph that mentions traffick*", r"(?i)\btraffick"),
        ("which paragraphs mention China?", r"\bChina\b"),
    ],
)
def test_every_paragraph_with_the_words_is_listed(assistant: Assistant, question: str, pattern: str) -> None:
    expected = paragraphs_where(assistant, lambda paragraph: re.search(pattern, paragraph.full_text))
    answer = ask(assistant, question)
    cited = list(dict.fromkeys(citation.pinpoint.split(" ")[0] for citation in answer.citations))
    assert expected
    assert (answer.total, cited) == (len(expected), expected[:25])
    assert [p.pinpoint.split(" ")[0] for p in answer.passages] == cited
    assert answer.more is False


def test_every_place_that_is_cited_has_the_words_and_is_checked(assistant: Assistant) -> None:
    answer = ask(assistant, "every paragraph that mentions trafficking")
    for citation in answer.citations:
        assert "traffick" in citation.quote.lower()
        assert citation.checks.model_dump() == {"exists": True, "verbatim": True, "supported": True}
        assert f"({citation.href})" in answer.text


def test_the_text_begins_with_the_count_and_what_complete_means(assistant: Assistant) -> None:
    count, complete = ask(assistant, "every paragraph that mentions corruption").text.split("\n\n")[:2]
    assert count == "**4 paragraphs** of 1 document: mentions of “corruption”."
    assert complete == (
        "Complete: every paragraph of the one document searched that has a form of “corruption” "
        "(corruption 6) in its own words. Headings do not count, nor what is said in other words."
    )


def test_a_heading_does_not_count(ports: Assistant) -> None:
    assert places(ask(ports, "every paragraph that mentions ferries")) == [
        ("KEN", "1"),
        ("KEN", "2 (a)"),
        ("NOR", "1"),
    ]
    assert places(ask(ports, "every paragraph that mentions lighthouses")) == [("NOR", "2")]


def test_a_list_needs_no_model(ports: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the model was used")

    monkeypatch.setattr("index.embedding.SentenceTransformerEncoder.encode_queries", fail)
    assert ask(ports, "every paragraph that mentions ferries").total == 3


# -- what counts as a word


def test_forms_of_a_word_count_and_accidental_ones_do_not(ports: Assistant) -> None:
    assert places(ask(ports, "every paragraph that mentions adoption", states=("Kenya",))) == [("KEN", "3")]
    assert places(ask(ports, "every paragraph that mentions accessibility")) == [("NOR", "3")]
    assert places(ask(ports, "every paragraph that mentions women", states=("Kenya", "Norway"))) == [
        ("KEN", "3"),
        ("NOR", "3"),
    ]


def test_the_words_of_a_topic_stand_in_one_place_with_what_governs_it(ports: Assistant) -> None:
    answer = ask(ports, "every paragraph that mentions training of pilots")
    assert places(answer) == [("KEN", "2 (b)"), ("KEN", "2 (b) (ii)")]
    assert ask(ports, "every paragraph that mentions lifeboats for women").refused


def test_topics_joined_by_or_are_alternatives(ports: Assistant) -> None:
    assert places(ask(ports, "every paragraph that mentions pilots or piers")) == [
        ("KEN", "1"),
        ("KEN", "2 (b)"),
        ("KEN", "2 (b) (ii)"),
        ("NOR", "3"),
    ]


def test_only_the_sentence_with_the_words_is_quoted(ports: Assistant) -> None:
    answer = ask(ports, "every paragraph that mentions piers", states=("Kenya",))
    assert [citation.quote for citation in answer.citations] == ["Access to piers is limited."]


def test_everyday_words_stand_for_those_of_the_documents_where_they_are_not_printed(
    assistant: Assistant,
) -> None:
    answer = ask(assistant, "every paragraph that mentions bribery")
    assert answer.also_searched == ("corruption",)
    assert answer.text.startswith(
        "No paragraph that was searched has “bribery”; counted is what says “corruption”."
    )
    assert answer.total == ask(assistant, "every paragraph that mentions corruption").total


# -- roles and filters


def test_a_role_selects_sentences(ports: Assistant) -> None:
    answer = ask(ports, "all recommendations on training", states=("Kenya",))
    assert places(answer) == [("KEN", "2"), ("KEN", "2 (b)")]
    assert {statement.role for statement in answer.statements} == {Role.RECOMMENDATION}
    assert [f.value for f in answer.filters if f.kind == "role"] == ["recommendation"]
    assert places(ask(ports, "list all concerns about lifeboats")) == [("KEN", "1")]


def test_a_role_that_is_given_goes_on_binding(ports: Assistant) -> None:
    assert ask(ports, "all recommendations on lifeboats", roles=("concern",)).refused
    both = ask(ports, "every paragraph that mentions lifeboats", roles=("concern", "positive"))
    assert places(both) == [("KEN", "1"), ("NOR", "1")]


def test_a_state_in_the_question_binds(ports: Assistant) -> None:
    answer = ask(ports, "list all recommendations to Norway")
    assert places(answer) == [("NOR", "2"), ("NOR", "3")]
    assert ("state", "Norway", "inferred") in [(f.kind, f.value, f.origin) for f in answer.filters]
    assert answer.total == 2


def test_a_list_in_a_document_that_is_not_held_is_refused(ports: Assistant) -> None:
    answer = ask(ports, "every paragraph that mentions ferries", states=("Peru",))
    assert answer.refusal_reason == "nothing_matches_filters"


@pytest.mark.parametrize(
    "question",
    [
        "every paragraph of CRC/C/KEN/CO/9 that mentions lifeboats",
        "Kenya: list everything about lifeboats",
        "every paragraph about lifeboats in Kenya or Peru",
        "every paragraph that mentions lifeboats in Kenya's concluding observations",
    ],
)
def test_words_that_are_filters_are_no_part_of_the_topic(ports: Assistant, question: str) -> None:
    answer = ask(ports, question)
    assert answer.text.startswith("**2 paragraphs** of 1 document: mentions of “lifeboats”.")
    assert places(answer) == [("KEN", "1"), ("KEN", "2 (a)")]


def test_everything_on_a_state_is_its_documents(ports: Assistant) -> None:
    answer = ask(ports, "list everything on Norway")
    assert places(answer) == [("NOR", "1"), ("NOR", "2"), ("NOR", "3")]
    assert answer.text.startswith("**3 paragraphs** of 1 document: everything.")


def test_a_phrase_binds_beside_the_topic(ports: Assistant) -> None:
    answer = ask(ports, 'every paragraph on lifeboats that mentions "every ferry"')
    assert places(answer) == [("NOR", "1")]
    assert answer.text.startswith("**1 paragraph** of 1 document: mentions of “lifeboats”, “every ferry”.")
    without = ask(ports, "every paragraph that mentions lifeboats NOT equip")
    assert places(without) == [("KEN", "1"), ("NOR", "1")]


# -- counts, documents, States


def test_a_count_says_where_without_quoting_many(assistant: Assistant) -> None:
    answer = ask(assistant, "how many paragraphs mention children?")
    assert answer.total == len(
        paragraphs_where(assistant, lambda p: re.search(r"(?i)\bchild(ren)?\b", p.full_text))
    )
    assert answer.text.startswith(f"**{answer.total} paragraphs** of 1 document")
    assert "“The Committee" not in answer.text
    assert "[para. 43](/documents/crc-c-opsc-lao-co-1#para_43)" in answer.text
    assert answer.text.count("“more”") == 1
    assert len(answer.passages) == 25
    assert answer.more


def test_a_small_count_quotes_what_it_counts(ports: Assistant) -> None:
    answer = ask(ports, "how often does the Committee mention lifeboats?")
    assert answer.text.startswith("**3 paragraphs** of 2 documents: mentions of “lifeboats”.")
    assert "“Equip all ferries with lifeboats;”" in answer.text


def test_states_are_counted(ports: Assistant) -> None:
    answer = ask(ports, "which States were told to ratify the Convention on lighthouses?")
    assert answer.text.startswith("**1 State** (1 paragraph of 1 document)")
    assert places(answer) == [("NOR", "2")]
    assert ask(ports, "which documents mention lifeboats?").text.startswith("**2 documents** (3 paragraphs)")


# -- nothing, and too much


def test_a_list_of_nothing_is_a_refusal_with_the_nearest(assistant: Assistant) -> None:
    answer = ask(assistant, "every paragraph that mentions unicorns")
    assert (answer.refused, answer.refusal_reason, answer.total) == (True, "not_answered", 0)
    assert answer.text.startswith("No paragraph that was searched has a form of “unicorns”.")
    assert answer.passages


def test_a_long_list_is_shown_in_part_and_says_how_to_get_the_rest(assistant: Assistant) -> None:
    answer = ask(assistant, "list every paragraph that mentions children")
    assert answer.total is not None
    assert answer.total > 25
    assert answer.more
    assert len(answer.passages) == 25
    assert f"Shown: 1–25 of {answer.total} paragraphs." in answer.text
    assert "--export" in answer.text


def go_on(assistant: Assistant, turns: list[Answer]) -> Answer:
    return assistant.ask(AskRequest(question="more", store=False), earlier=turns)


def labels(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.pinpoint.split(" ")[0] for citation in answer.citations))


def test_the_next_part_of_a_list_goes_on_where_the_first_ended(assistant: Assistant) -> None:
    question = "list every paragraph that mentions children"
    first = ask(assistant, question)
    whole = assistant.ask(AskRequest(question=question, store=False), quoted=None)
    second = go_on(assistant, [first])
    assert labels(first) + labels(second) == labels(whole)
    assert (first.more, second.more, whole.more) == (True, False, False)
    assert f"Shown: 26–{whole.total} of {whole.total} paragraphs." in second.text
    third = go_on(assistant, [first, second])
    assert "All of them were shown before" in third.text
    assert not third.citations


def test_more_of_a_count_quotes_what_was_counted(assistant: Assistant) -> None:
    count = ask(assistant, "how many paragraphs mention children?")
    assert (count.more, count.citations) == (True, ())
    first, listed = go_on(assistant, [count]), ask(assistant, "list every paragraph that mentions children")
    assert labels(first) == labels(listed)
    assert labels(go_on(assistant, [count, first])) == labels(go_on(assistant, [listed]))


def test_of_given_states_those_that_are_named_are_listed_and_no_others(ports: Assistant) -> None:
    given = ("Kenya", "Norway")
    within = ask(ports, "all recommendations on lifeboats to Kenya", states=given)
    assert {symbol for symbol, _ in places(within)} == {"KEN"}
    outside = ask(ports, "what positive aspects were welcomed in Laos?", states=given)
    assert (outside.refused, outside.citations) == (True, ())
