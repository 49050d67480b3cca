"""Moments are said as people say them."""

from __future__ import annotations

from datetime import datetime

import pytest

from tui.dates import when

NOW = datetime(2026, 11, 26, 9, 5)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 26, 0, 0), "today 00:00"),
        (datetime(2026, 11, 26, 9, 2), "today 09:02"),
        (datetime(2026, 11, 25, 23, 59), "yesterday 23:59"),
        (datetime(2026, 11, 24, 23, 59), "24 Nov 23:59"),
        (datetime(2026, 1, 1, 14, 2), "1 Jan 14:02"),
        (datetime(2025, 12, 31, 14, 2), "31 Dec 2025"),
        (datetime(2027, 1, 1, 14, 2), "1 Jan 2027"),
    ],
)
def test_a_moment_is_said_from_where_one_is(moment: datetime, said: str) -> None:
    assert when(moment, NOW) == said


def test_yesterday_can_be_in_another_year() -> None:
    assert when(datetime(2025, 12, 31, 14, 2), datetime(2026, 1, 1, 0, 5)) == "yesterday 14:02"
