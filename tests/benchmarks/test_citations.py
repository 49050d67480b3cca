"""The benchmark of references: what is made is what it says, and a wrong result counts as wrong."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.citations.resolve import Resolver
from assistant.citations.styles import CitedDocument
from tests.assistant.citations.conftest import resolver as resolver
from tests.benchmarks.citation_references import Held, Made, references
from tests.benchmarks.citations import is_right
from tests.corpus.catalogs import builtin
from tests.corpus.headers import header

LAO = "CRC/C/OPSC/LAO/CO/1"


def _held() -> list[Held]:
    document = builtin()
    others = [header(2, "Kenya", "KEN", 2015), header(3, "Ghana", "GHA", 2017)]
    own = header(1, "Laos", "LAO", 2015, "Committee on the Rights of the Child")
    return [
        Held(
            each,
            each.states[0],
            document.paragraphs,
            CitedDocument((each.committee or "",), each.title, (each.symbol,), date(2015, 6, 5), None),
        )
        for each in (own, *others)
    ]


def test_the_same_seed_makes_the_same_references() -> None:
    assert references(_held(), 3) == references(_held(), 3)
    assert references(_held(), 3) != references(_held(), 4)


def test_a_broken_symbol_is_none_that_is_held() -> None:
    held = _held()
    symbols = {each.symbol for each in held}
    broken = [made for made in references(held, 3) if made.kind == "OCR, signs lost or changed"]
    assert broken
    assert not any(f"{symbol}," in made.text for made in broken for symbol in symbols)


@pytest.mark.parametrize(
    ("made", "right"),
    [
        (Made("", f"{LAO}, para. 34", frozenset({"resolved"}), LAO, frozenset({"para_34"})), True),
        (Made("", f"{LAO}, para. 34", frozenset({"resolved"}), LAO, frozenset({"para_33"})), False),
        (Made("", f"{LAO}, para. 34", frozenset({"malformed"}), LAO, frozenset({"para_34"})), False),
        (Made("", f"{LAO}, para. 34", frozenset({"resolved"}), "CRC/C/SR.1", frozenset({"para_34"})), False),
        (Made("", f"CAT, {LAO}, para. 34", frozenset({"resolved"}), LAO, frozenset({"para_34"})), False),
    ],
)  # fmt: skip
def test_verdict_document_places_and_mismatches_must_all_be_right(
    resolver: Resolver, made: Made, right: bool
) -> None:
    assert is_right(made, resolver.resolve(made.text)) is right
