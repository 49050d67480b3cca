"""What bodies are called for short."""

from __future__ import annotations

import pytest

from assistant.short_names import short_body


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
