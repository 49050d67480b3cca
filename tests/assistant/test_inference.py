"""Which words of a question become filters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.inference import inferred_filters
from tests.corpus.headers import HELD


def found(text: str) -> list[tuple[str, set[int]]]:
    """The documents that each kind of filter leaves."""
    left: dict[str, set[int]] = {}
    for filter_ in inferred_filters(text, HELD):
        left.setdefault(filter_.kind, set()).update(filter_.documents)
    return sorted(left.items())


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("What did the Committee recommend to Kenya on education?", {2}),
        ("Kenya: education", {2}),
        ("kenya education", {2}),
        ("education in Kenya", {2}),
        ("Kenya's schools", {2}),
        ("Is Kenya closing its institutions?", {2}),
        ("What was Kenya told about poverty?", {2}),
        ("What does the Committee want from Kenya?", {2}),
        ("the concluding observations on Lao PDR", {1}),
        ("What did it say about education in the UK?", {3}),
        ("North Korea and education", {6}),
        ("What did the Committee tell South Korea about work?", {7}),
        ("Does the Democratic People's Republic of Korea collect data?", {6}),
        ("Mexico, health", {4, 5}),
        ("Compare Kenya and Mexico on education", {2, 4, 5}),
        ("How does Kenya compare with Thailand on education?", {2, 9}),
        ("the differences between Kenya and Thailand", {2, 9}),
        ("health in Kenya, Thailand and the UK", {2, 3, 9}),
        ("What did it say about sign language in Hong Kong?", {8}),
        ("What did the Committee tell the Kenyan government?", {2}),
        ("Mexican and Thai schools", {4, 5, 9}),
        ("Lao PDR and Chinese workers", {1}),
        ("Kenya as well as Mexico", {2, 4, 5}),
        ("Kenya/Mexico: education", {2, 4, 5}),
        ("uk benefits", {3}),
        ("Democratic Peoples Republic of Korea: prisons", {6}),
        ("What is wrong with Kenya?", {2}),
        ("the Committee's dialogue with Kenya", {2}),
        ("Syrian refugees in Kenya", {2}),
        ("Guinea worm in Kenya", {2}),
    ],
)
def test_the_state_that_is_addressed_is_a_filter(text: str, documents: set[int]) -> None:
    assert found(text) == [("state", documents)]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("What did the Committee recommend to Laos on children trafficked to Thailand?", {1}),
        ("What did it tell Kenya about refugees from China?", {2}),
        ("Laos: cooperation with Thailand", {1}),
        ("Chinese and Thai investors in Laos", {1}),
        ("What different agreements with China did Laos sign?", {1}),
        ("Should Laos ratify OPAC and OPSC?", {1}),
        ("children in Laos who are trafficked to Thailand and China", {1}),
    ],
)
def test_partners_and_places_are_no_addressees(text: str, documents: set[int]) -> None:
    assert found(text) == [("state", documents)]


@pytest.mark.parametrize(
    "text",
    [
        "which agreement with China was signed?",
        "children trafficked to Thailand",
        "agreements between China and Thailand",
        "deportations to Kenya",
        "conventions ratified in June 2005",
        "What is the 2030 Agenda?",
        "the law adopted in 2015",
        "the 2015 census",
        "Is polish sold?",
        "Are the observations available in Thai?",
        "the Chinese version of the text",
        "women trafficked from Laos to Thailand",
        "people fleeing from North Korea to China",
        "countries other than Kenya",
        "every State except Kenya",
        "Thai Sign Language",
        "life in New Mexico",
        "trafficked to Thai brothels",
        "cooperation with the Chinese police",
        "every paragraph that mentions China",
        "which documents refer to Kenya?",
        "all references to the Chinese police",
        "has it ratified the Convention on the Rights of Persons with Disabilities?",
        "cooperation with the Committee on the Rights of the Child",
        "What did the Committee say about extradition?",
        "",
    ],
)
def test_what_documents_may_mention_is_no_filter(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("What did the 2015 observations say about education?", {1, 2}),
        ("the 2022 concluding observations", {5, 8}),
        ("What did the Committee say in 2014 about work?", {4, 7}),
        ("What did the Committee recommend on education in 2017?", {3}),
        ("concerns about education since 2022", {5, 6, 8}),
        ("concerns about education before 2015", {4, 7}),
        ("the 2014-2015 observations on education", {1, 2, 4, 7}),
        ("reviews between 2016 and 2018", {3, 9}),
        ("what about education, 2016–2017?", {3, 9}),
        ("concluding observations of 2017 on education", {3}),
        ("recommendations from 2017", {3}),
    ],
)
def test_a_year_that_names_the_edition_is_a_filter(text: str, documents: set[int]) -> None:
    assert dict(found(text))["year"] == documents


@pytest.mark.parametrize(
    "text", ["Mexico 2014: health", "health in Mexico (2014)", "What did Mexico hear in 2014 on health?"]
)
def test_a_year_beside_a_state_names_its_edition(text: str) -> None:
    assert [i.value for i in inferred_filters(text, HELD) if i.kind == "year"] == ["2014"]


@pytest.mark.parametrize(
    ("text", "kind", "documents"),
    [
        ("What did CRPD say about education?", "committee", {2, 3, 4, 5, 6, 7, 8, 9}),
        ("What did the Committee on the Rights of the Child say?", "committee", {1}),
        ("CRC on extradition", "committee", {1}),
        ("Concerns expressed by the Committee on the Rights of the Child", "committee", {1}),
        ("the OPSC observations", "instrument", {1}),
        ("recommendations under the Convention on the Rights of Persons with Disabilities",
         "instrument", {2, 3, 4, 5, 6, 7, 8, 9}),
    ],
)  # fmt: skip
def test_a_committee_that_speaks_and_a_treaty_that_governs_are_filters(
    text: str, kind: str, documents: set[int]
) -> None:
    assert dict(found(text))[kind] == documents


@pytest.mark.parametrize("text", ["What did the Committee recommend to Norway?", "Norway: education"])
def test_a_state_of_which_nothing_is_held_leaves_nothing(text: str) -> None:
    assert found(text) == [("state", set())]


@pytest.mark.parametrize(
    "text",
    [
        "How many people with disabilities lived in Mexico in 2014?",
        "the 43 students who disappeared in Mexico in 2014",
        "Law No. 1 of 2022 of China",
        "Mexico's National Programme 2014-2018",
        "2014/15 budget Mexico",
    ],
)
def test_a_year_of_something_else_leaves_the_state_alone(text: str) -> None:
    assert [kind for kind, _ in found(text)] == ["state"]


def test_a_state_that_is_addressed_and_not_held_is_not_passed_over() -> None:
    assert found("What did the Committee tell Rwanda about refugees in Kenya?") == [("state", set())]
    both = inferred_filters("recommendations to Rwanda and Kenya", HELD)
    assert {filter_.value: bool(filter_.documents) for filter_ in both} == {"Kenya": True, "Rwanda": False}


def test_a_state_that_is_not_held_stays_in_the_query_beside_one_that_is() -> None:
    assert found("What did it tell Kenya about Norway?") == [("state", {2})]


def test_spans_name_the_words_of_the_filter() -> None:
    text = "What did the Committee recommend to the UK on housing in the United Kingdom?"
    (filter_,) = inferred_filters(text, HELD)
    assert [text[start:end] for start, end in filter_.spans] == ["UK", "United Kingdom"]


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["Kenya", "UK", "2015", "to", "and", "CRC", ":", "(", "'s"])).map(" ".join)
)
def test_any_text_is_read_and_spans_are_within_it(text: str) -> None:
    for filter_ in inferred_filters(text, HELD):
        assert all(0 <= start < end <= len(text) for start, end in filter_.spans)
        assert filter_.documents <= set(HELD.headers)
