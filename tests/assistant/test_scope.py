"""Which documents filters leave, given and read from the question."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.answer import Filters
from assistant.inference import inferred_filters
from assistant.scope import Scope, nothing_left, scope_of
from corpus.holdings import Holdings
from corpus.symbol import Symbol
from tests.corpus.headers import HELD, header


def scope(text: str = "", named: Sequence[str] = (), holdings: Holdings = HELD, **filters: object) -> Scope:
    symbols = [Symbol.parse(symbol) for symbol in named]
    return scope_of(holdings, Filters.model_validate(filters), symbols, inferred_filters(text, holdings))


def ids(found: Scope) -> set[int]:
    return {document.id for document in found.headers}


def said(found: Scope) -> list[tuple[str, str, str, bool]]:
    return [(f.kind, f.value, f.origin, f.dropped) for f in found.applied]


def test_without_filters_all_is_searched() -> None:
    found = scope("What did the Committee say about extradition?")
    assert ids(found) == set(HELD.headers)
    assert (found.narrowed, found.where.documents, found.applied) == (False, None, ())


def test_filters_of_different_kinds_must_all_hold_and_values_of_one_are_alternatives() -> None:
    assert ids(scope(states=("Mexico", "Kenya"), years=(2014, 2015))) == {2, 4}
    assert ids(scope(states=("Mexico",), committees=("CRC",))) == set()
    assert ids(scope("What did it tell Kenya and Mexico in 2014?")) == {4}


@pytest.mark.parametrize("name", ["uk", "GBR", "United Kingdom", "Great Britain"])
def test_a_given_state_may_have_any_name(name: str) -> None:
    assert ids(scope(states=(name,))) == {3}


def test_a_given_document_may_be_a_slug() -> None:
    found = scope(symbols=("crpd-c-gbr-co-3",))
    assert ids(found) == {3}
    assert said(found) == [("symbol", "crpd-c-gbr-co-3", "given", False)]


def test_a_given_filter_that_nothing_meets_leaves_nothing() -> None:
    found = scope("What did the Committee tell Kenya?", states=("Norway",))
    assert ids(found) == set()
    assert said(found) == [("state", "Norway", "given", False)]
    reason, message = nothing_left(found, HELD)
    assert reason == "nothing_matches_filters"
    assert message.startswith("No held document meets the filters. Held are documents on China, ")


def test_a_given_filter_beats_one_read_from_the_question() -> None:
    found = scope("What did the Committee tell Kenya?", states=("Mexico",))
    assert ids(found) == {4, 5}
    assert said(found) == [("state", "Mexico", "given", False), ("state", "Kenya", "inferred", True)]


def test_a_name_in_the_question_narrows_given_ones_of_its_kind() -> None:
    found = scope("What did the Committee tell Kenya?", states=("Mexico", "Kenya"))
    assert ids(found) == {2}
    assert said(found) == [
        ("state", "Mexico", "given", False),
        ("state", "Kenya", "given", False),
        ("state", "Kenya", "inferred", False),
    ]
    assert found.values("state") == ("Kenya",)
    assert ids(scope("the 2022 observations on Mexico", states=("Mexico",), years=(2014, 2022))) == {5}


def test_what_the_question_names_outside_given_ones_is_not_searched_and_said() -> None:
    found = scope("What did it tell Kenya and Thailand?", states=("Mexico", "Kenya"))
    assert ids(found) == {2}
    assert ("state", "Thailand", "inferred", True) in said(found)


def test_a_name_that_says_what_was_given_is_told_from_the_topic_and_not_said_twice() -> None:
    found = scope("What did the Committee tell Kenya and Mexico?", states=("Mexico", "Kenya"))
    assert ids(found) == {2, 4, 5}
    assert [(value, origin) for _, value, origin, _ in said(found)] == [
        ("Mexico", "given"),
        ("Kenya", "given"),
    ]
    assert {inferred.value for inferred in found.inferred} == {"Mexico", "Kenya"}


def test_names_and_symbols_in_the_question_narrow_given_documents() -> None:
    held = (HELD.headers[2].symbol, HELD.headers[4].symbol)
    given = tuple(map(str, held))
    assert ids(scope("What did the Committee tell Kenya?", symbols=given)) == {2}
    assert ids(scope("", [given[1]], symbols=given)) == {4}
    assert ids(scope("", [str(HELD.headers[3].symbol)], symbols=given)) == {2, 4}


def test_a_filter_read_from_the_question_narrows_a_given_one_of_another_kind() -> None:
    found = scope("What did the Committee tell Mexico?", years=(2022,))
    assert ids(found) == {5}
    assert said(found) == [("year", "2022", "given", False), ("state", "Mexico", "inferred", False)]


def test_one_that_leaves_nothing_is_dropped_and_named() -> None:
    found = scope("What did the Committee tell Norway?")
    assert ids(found) == set(HELD.headers)
    assert said(found) == [("state", "Norway", "inferred", True)]


def test_of_two_that_leave_nothing_together_the_less_certain_is_dropped() -> None:
    found = scope("the 2022 observations on Kenya")
    assert ids(found) == {2}
    assert said(found) == [("state", "Kenya", "inferred", False), ("year", "2022", "inferred", True)]


def test_of_several_states_those_without_a_document_of_the_year_are_dropped() -> None:
    found = scope("What did the Committee tell Kenya and Mexico in 2014?")
    assert ids(found) == {4}
    assert ("state", "Kenya", "inferred", True) in said(found)


def test_a_symbol_in_the_question_binds_alone() -> None:
    found = scope("What does CRPD/C/KEN/CO/2 say of Mexico?", named=["CRPD/C/KEN/CO/2"])
    assert ids(found) == {2}
    assert said(found) == [("symbol", "CRPD/C/KEN/CO/2", "inferred", False)]
    absent = scope("CRPD/C/KEN/CO/9", named=["CRPD/C/KEN/CO/9"])
    assert nothing_left(absent, HELD)[0] == "not_held"


def test_documents_that_are_not_searched_are_only_looked_up() -> None:
    holdings = Holdings([header(2, "Kenya", "KEN", 2015), header(3, "Oman", "OMN", 2018, searched=False)])
    assert ids(scope(holdings=holdings)) == {2}
    assert ids(scope_of(holdings, Filters(), searched_only=False)) == {2, 3}


def test_filters_that_leave_all_narrow_nothing() -> None:
    found = scope(states=tuple(state for document in HELD.headers.values() for state in document.states))
    assert found.where.documents is None
    assert len(found.applied) == len(HELD.headers)
