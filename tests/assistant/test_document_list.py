"""Pages of documents, whatever is held and however it changes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Filters
from assistant.document_list import CURSOR, cursor_behind, page_of, read_cursor
from corpus.holdings import Holdings
from tests.corpus.headers import HELD, header

_KEYS = st.tuples(
    st.sampled_from(["CRC/C/KEN/CO/1", "CRC/C/KEN/CO/10", "CRC/C/KEN/CO/2", "CRPD/C/UGA/CO/1", "A/1/1"]),
    st.sampled_from(["en", "fr", "ar"]),
)


def holdings(keys: set[tuple[str, str]]) -> Holdings:
    one = header(1, "Kenya", "KEN", 2015)
    made = [replace(one, id=n, symbol=key[0], language=key[1]) for n, key in enumerate(sorted(keys))]
    return Holdings(reversed(made))


def keys_of(held: Holdings, limit: int, cursor: str | None) -> tuple[list[tuple[str, str]], str | None]:
    page = page_of(held, Filters(), None, limit, cursor)
    return [(document.symbol, document.language) for document in page.documents], page.next


@given(st.sets(_KEYS), st.integers(1, 5))
def test_pages_tell_each_document_once_in_order(keys: set[tuple[str, str]], limit: int) -> None:
    held, told, cursor = holdings(keys), [], None
    while True:
        found, cursor = keys_of(held, limit, cursor)
        told += found
        if cursor is None:
            break
        assert len(found) == limit
    assert told == sorted(keys)


@given(st.sets(_KEYS, min_size=1), st.sets(_KEYS), st.sets(_KEYS), st.integers(1, 5))
def test_what_stays_is_told_once_whatever_comes_and_goes(
    keys: set[tuple[str, str]], come: set[tuple[str, str]], gone: set[tuple[str, str]], limit: int
) -> None:
    told, cursor = keys_of(holdings(keys), limit, None)
    after = (keys | come) - gone
    while cursor is not None:
        found, cursor = keys_of(holdings(after), limit, cursor)
        told += found
    assert len(told) == len(set(told))
    assert keys & after <= set(told)


@given(st.text(), st.text())
def test_a_cursor_leads_back_to_its_document(symbol: str, language: str) -> None:
    symbol = symbol.replace("\0", "")
    cursor = cursor_behind(replace(header(1, "Kenya", "KEN", 2015), symbol=symbol, language=language))
    assert re.search(CURSOR, cursor)
    assert read_cursor(cursor) == (symbol, language)


@given(st.from_regex(CURSOR, fullmatch=True))
def test_whatever_looks_like_a_cursor_is_a_place_in_the_order(cursor: str) -> None:
    page = page_of(HELD, Filters(), None, 5, cursor)
    assert all((d.symbol, d.language) > read_cursor(cursor) for d in page.documents)


@pytest.mark.parametrize("cursor", ["next", "0", "0g", "é"])
def test_what_looks_like_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(ValueError, match="fromhex"):
        page_of(HELD, Filters(), None, 5, cursor)


def test_words_are_found_without_case_and_accents() -> None:
    one = replace(header(1, "Kenya", "KEN", 2015), title="Observations finales concernant la Côte d’Ivoire")
    for words in ("cote ivoire", "CÔTE", "ivoire obs", "ken cote"):
        assert page_of(Holdings([one]), Filters(), words, 5, None).documents
    for words in ("voire", "cote kenya ghana", "-"):
        assert not page_of(Holdings([one]), Filters(), words, 5, None).documents


def test_documents_that_are_not_searched_are_listed() -> None:
    other = replace(header(1, "Kenya", "KEN", 2015), language="fr", searched=False)
    (listed,) = page_of(Holdings([other]), Filters(), None, 5, None).documents
    assert (listed.language, listed.searched) == ("fr", False)


def test_filters_hold_for_all_pages() -> None:
    first = page_of(HELD, Filters(states=("Mexico", "Kenya")), None, 2, None)
    second = page_of(HELD, Filters(states=("Mexico", "Kenya")), None, 2, first.next)
    assert [d.states for d in (*first.documents, *second.documents)] == [("Kenya",), ("Mexico",), ("Mexico",)]
    assert second.next is None
