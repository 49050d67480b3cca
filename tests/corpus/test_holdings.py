from __future__ import annotations

import pytest

from corpus.catalog import Counts
from corpus.holdings import Holdings
from tests.corpus.headers import HELD, header


@pytest.mark.parametrize("name", ["Lao People’s Democratic Republic", "laos", "LAO", "Lao PDR"])
def test_a_state_is_found_by_any_of_its_names(name: str) -> None:
    assert HELD.on_state(name) == {1}


def test_a_territory_is_found_in_the_documents_of_its_state() -> None:
    assert HELD.on_state("Hong Kong") == HELD.on_state("China") == {8}


@pytest.mark.parametrize(
    "name", ["Committee on the Rights of the Child", "CRC", "crc", "committee on the rights of the child"]
)
def test_a_committee_is_found_by_its_name_and_abbreviation(name: str) -> None:
    assert HELD.on_committee(name) == {1}


@pytest.mark.parametrize("name", ["OPSC", "opsc"])
def test_a_treaty_is_found_by_its_abbreviation(name: str) -> None:
    assert HELD.on_instrument(name) == {1}


@pytest.mark.parametrize("name", ["CRC/C/OPSC/LAO/CO/1", "crc/c/opsc/lao/co/1", "crc-c-opsc-lao-co-1"])
def test_a_document_is_found_by_symbol_and_slug(name: str) -> None:
    assert HELD.on_symbol(name) == {1}


def test_what_is_not_held_is_not_found() -> None:
    for found in (
        HELD.on_state("Norway"), HELD.on_state(""), HELD.on_committee("CAT"), HELD.on_committee("anybody"),
        HELD.on_instrument("CEDAW"), HELD.on_year(1999), HELD.on_symbol("CRC/C/KEN/CO/3"), HELD.on_symbol(""),
    ):  # fmt: skip
        assert found == frozenset()


def test_documents_that_are_not_searched_are_held() -> None:
    arabic = header(3, "Oman", "OMN", 2018, searched=False)
    holdings = Holdings([header(2, "Kenya", "KEN", 2015), arabic])
    assert holdings.searched == {2}
    assert holdings.on_state("Oman") == {3}
    assert holdings.counts == Counts(documents=2, paragraphs=20, searched=1)
