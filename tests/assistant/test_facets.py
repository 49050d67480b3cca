"""What a restriction can name: every value leaves exactly as many documents as it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import AskRequest, Filters
from assistant.facets import Facets, facets_of
from assistant.scope import scope_of
from assistant.service import Assistant
from corpus.holdings import Holdings
from corpus.organs import committees
from tests.corpus.headers import HELD, header

_STATES = st.sampled_from(
    ["Kenya", "Laos", "Lao People's Democratic Republic", "Côte d’Ivoire", "Türkiye", "Turkey", "Utopia"]
)
_HEADERS = st.lists(st.tuples(_STATES, st.integers(2000, 2004), st.booleans()), max_size=8)


def values_of(facets: Facets) -> list[tuple[Filters, int]]:
    """Each value as the filter that it is, with how many documents it shall leave."""
    return [
        (Filters.model_validate({kind: (facet.value,)}), facet.documents)
        for kind in ("states", "committees", "instruments", "years")
        for facet in getattr(facets, kind)
    ]


@given(_HEADERS)
def test_every_value_is_a_filter_that_leaves_as_many_documents_as_it_says(
    made: list[tuple[str, int, bool]],
) -> None:
    headers = [
        header(number, state, "KEN", year, searched=searched)
        for number, (state, year, searched) in enumerate(made, 1)
    ]
    held = Holdings(headers)
    facets = facets_of(held)
    for filters, documents in values_of(facets):
        assert len(scope_of(held, filters).headers) == documents > 0
    searched = [each for each in headers if each.searched]
    assert sum(facet.documents for facet in facets.states) == len(searched)
    assert sum(facet.documents for facet in facets.years) == len(searched)


def test_kinds_are_named_as_filters_are_and_sorted_as_people_look_for_them() -> None:
    held = Holdings(
        [
            *HELD.headers.values(),
            header(10, "Côte d’Ivoire", "CIV", 2015),
            header(11, "Zambia", "ZMB", 2001),
            header(12, "États", "UTO", 1999),
        ]
    )
    facets = facets_of(held)
    names = [facet.value for facet in facets.states]
    assert (
        names.index("China")
        < names.index("Côte d’Ivoire")
        < names.index("Democratic People’s Republic of Korea")
    )
    assert names[-1] == "Zambia"
    assert names.index("États") < names.index("Kenya")
    assert [facet.value for facet in facets.years] == [2025, 2022, 2017, 2016, 2015, 2014, 2001, 1999]
    assert [facet.documents for facet in facets.committees] == [11, 1]


def test_a_state_has_one_entry_under_the_name_most_documents_have_for_it() -> None:
    held = Holdings(
        [
            header(1, "Turkey", "TUR", 2015),
            header(2, "Türkiye", "TUR", 2023),
            header(3, "Türkiye", "TUR", 2024),
        ]
    )
    (only,) = facets_of(held).states
    assert (only.value, only.documents) == ("Türkiye", 3)


def test_what_is_not_searched_or_not_known_of_a_document_offers_nothing() -> None:
    kenya = header(1, "Kenya", "KEN", 2015, searched=False)
    bare = replace(header(2, "", "KEN", 2015), states=(), committee=None, instrument=None, adopted=None)
    assert facets_of(Holdings([kenya, bare])) == Facets((), (), (), ())


def test_what_is_offered_finds_the_built_in_document(assistant: Assistant) -> None:
    offered = values_of(assistant.facets())
    assert len(offered) == 4
    for filters, documents in offered:
        answer = assistant.ask(AskRequest(question="extradition", filters=filters, store=False))
        assert answer.coverage.matching_documents == documents == 1
        assert not answer.refused


def test_names_of_every_treaty_fit_into_a_filter() -> None:
    names: list[dict[str, Any]] = [{"instruments": tuple(organ.instruments)} for organ in committees()]
    names += [{"committees": (organ.name,)} for organ in committees()]
    assert len(names) > 10
    for values in names:
        Filters.model_validate(values)


def test_what_filters_leave_is_told_before_anything_is_asked(assistant: Assistant) -> None:
    for filters, left in (
        (Filters(), 1),
        (Filters(states=("Laos",)), 1),
        (Filters(states=("Kenya", "Laos"), years=(2015,)), 1),
        (Filters(states=("Laos",), years=(1999,)), 0),
    ):
        coverage = assistant.coverage(filters)
        assert (coverage.documents, coverage.matching_documents) == (1, left)
        asked = assistant.ask(AskRequest(question="extradition", filters=filters, store=False))
        assert asked.coverage == coverage
