from __future__ import annotations

import pytest

from corpus.places import find_states, states_in


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("extradition from Norway", ("Norway",)),
        ("norway and KENYA", ("norway", "KENYA")),
        ("the Lao PDR", ("Laos",)),
        ("Papua New Guinea", ("Papua New Guinea",)),
        ("tell us about the UK", ("UK",)),
        ("children in families", ()),
    ],
)
def test_states_are_found_by_the_names_people_use(text: str, states: tuple[str, ...]) -> None:
    assert states_in(text) == states


def test_states_are_found_with_their_place() -> None:
    text = "to Kenya and Lao PDR"
    assert [text[start:end] for _, start, end in find_states(text)] == ["Kenya", "Lao PDR"]
