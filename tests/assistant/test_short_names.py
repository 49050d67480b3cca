"""What bodies are called for short."""

from __future__ import annotations

import pytest

from assistant.short_names import short_body, short_name
from corpus.organs import committees


@pytest.mark.parametrize(
    ("symbol", "short"),
    [
        ("CRPD/C/KEN/CO/1", "CRPD"),
        ("CCPR/C/KEN/CO/4", "CCPR"),
        ("E/C.12/KEN/CO/1", "CESCR"),
        ("A/HRC/43/2", "A/HRC"),
        ("CRC/C/OPSC/LAO/CO/1", "CRC"),
        ("not a symbol", ""),
    ],
)
def test_a_body_is_called_by_its_abbreviation_or_else_as_its_symbols_begin(symbol: str, short: str) -> None:
    assert short_body(symbol) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Committee on the Rights of Persons with Disabilities", "CRPD"),
        ("Human Rights Committee", "CCPR"),
        ("Convention on the Rights of Persons with Disabilities", "CRPD"),
        ("International Covenant on Civil and Political Rights", "ICCPR"),
        ("Committee on Economic, Social and Cultural Rights", "CESCR"),
        ("Committee of the Whole", "Committee of the Whole"),
    ],
)
def test_a_committee_or_treaty_has_a_short_name(name: str, short: str) -> None:
    assert short_name(name) == short


def test_every_committee_and_treaty_is_shorter_by_its_short_name() -> None:
    for organ in committees():
        for name in (organ.name, *organ.instruments):
            assert len(short_name(name)) <= 8, name
