from __future__ import annotations

from pathlib import Path

import pytest

from assistant.coverage import TopicWord
from assistant.vouching import WITNESSES, Witness, vouched, witnesses_of
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.engine import Query
from index.words import terms
from tests.index.small_documents import loads, source_of
from tests.index.tiny_encoder import TinyEncoder


def stems(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def word(text: str, weight: float = 1.0) -> TopicWord:
    return TopicWord(text, stems(text), (), weight)


HEADING = stems("Participation in political life")
TOPIC = (word("polling"), word("stations"))
NEARER = Witness(0.6, HEADING, stems("polling stations must be accessible"))


def test_a_nearer_paragraph_under_the_same_heading_speaks_for_one() -> None:
    assert vouched(0.3, HEADING, TOPIC, stems("polling stations"), [NEARER]) == pytest.approx(0.6)


def test_one_under_another_heading_or_farther_away_says_nothing() -> None:
    assert vouched(0.3, stems("Accessibility"), TOPIC, stems("polling stations"), [NEARER]) == 0.3
    assert vouched(0.7, HEADING, TOPIC, stems("polling stations"), [NEARER]) == 0.7
    assert vouched(0.3, HEADING, TOPIC, frozenset(), []) == 0.3


def test_a_paragraph_without_a_heading_has_no_witnesses() -> None:
    bare = Witness(0.6, frozenset(), stems("polling stations"))
    assert vouched(0.3, frozenset(), TOPIC, stems("polling stations"), [bare]) == 0.3


def test_headings_that_differ_in_a_word_are_the_same_heading() -> None:
    longer = stems("Participation in political and public life")
    assert vouched(0.3, longer, TOPIC, stems("polling stations"), [NEARER]) == pytest.approx(0.6)


def test_words_of_the_question_that_only_the_witness_has_weaken_it() -> None:
    half = vouched(0.3, HEADING, TOPIC, stems("stations"), [NEARER])
    assert half == pytest.approx(0.45)
    assert vouched(0.3, HEADING, TOPIC, stems("nothing"), [NEARER]) == pytest.approx(0.3)


def test_witnesses_come_from_all_documents_nearest_first(tmp_path: Path) -> None:
    encoder = TinyEncoder()
    sources = [
        source_of(state, "Dams flood villages.", "Schools are far.") for state in ("KEN", "UGA", "TZA")
    ]
    collection = Collection(tmp_path, EmbeddedEngine(tmp_path / "index"), lambda _: encoder)
    list(collection.ingest(loads(*sources)))
    with collection.view() as view:
        assert view.searcher is not None
        query = Query("dams", (), encoder.encode_queries(["Dams flood villages."])[0])
        found = witnesses_of(view.snapshot, view.searcher, query)
    collection.close()
    assert sum(stems("dams") <= witness.stems for witness in found) == 3
    assert [witness.cosine for witness in found] == sorted((w.cosine for w in found), reverse=True)
    assert len(found) <= WITNESSES
