"""The people that texts name."""

from __future__ import annotations

import pytest

from assistant.people import people_in


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("the disappearance of Sombath Somphone, a civil society leader", ["Sombath Somphone"]),
        ("It thanks Ms. Okafor for the dialogue.", ["Okafor"]),
        ("cases such as that of Juan de Dios Pérez", ["Juan de Dios Pérez"]),
        ("The Committee on the Rights of the Child and the Supreme Court", []),
        ("the Lao National Commission in New Zealand", []),
        ("the Marrakesh Treaty", []),
        ("nobody", []),
    ],
)
def test_people_are_told_from_bodies_texts_and_states(text: str, people: list[str]) -> None:
    assert list(people_in([text])) == people


def test_each_is_named_once_in_order() -> None:
    texts = ["Ana Torres and Luis Vega", "Luis Vega"]
    assert list(people_in(texts)) == ["Ana Torres", "Luis Vega"]
