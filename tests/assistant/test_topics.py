"""Questions on several topics at once."""

from __future__ import annotations

import pytest

from assistant.topics import may_share_a_noun, topics_of


@pytest.mark.parametrize(
    ("topic", "topics"),
    [
        ("extradition and adoption", ("extradition", "adoption")),
        ("training, child labour and adoption", ("training", "child labour", "adoption")),
        ("training, or adoption?", ("training", "adoption")),
        ("dams as well as mines", ("dams", "mines")),
        ("extradition", ()),
        ("laws and policies on drones", ()),
        ("the sale and trafficking of children", ()),
        ("whether judges and police are trained", ()),
        ("one, two, three, four, five and six things", ()),
        ("and", ()),
    ],
)
def test_topics_are_told_apart_where_no_words_belong_to_both(topic: str, topics: tuple[str, ...]) -> None:
    assert topics_of(topic) == topics


def test_a_noun_may_be_shared() -> None:
    assert may_share_a_noun(("infant", "maternal mortality"))
    assert not may_share_a_noun(("extradition", "adoption"))
    assert not may_share_a_noun(())
