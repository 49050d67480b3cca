from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.query import COMMON, distinctive, query_for
from index.embedded import EmbeddedEngine, EmbeddedSearcher
from index.engine import Searcher
from index.query_syntax import ReadQuery
from index.vocabulary import Vocabulary
from tests.index.engine_reference import build, passages_from
from tests.index.tiny_encoder import TinyEncoder

VOCABULARY = Vocabulary({"kids": ["children"], "deaths": ["right to life"]})


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    """Passages that all speak of children, few of anything else."""
    texts = [f"children and subject{number}" for number in range(10)]
    return build(EmbeddedEngine(tmp_path / "index"), 1, passages_from(1, [*texts, "deaths of children"]))


def test_words_that_many_passages_have_are_left_out(searcher: EmbeddedSearcher) -> None:
    assert COMMON < 1
    assert distinctive("deaths of children", searcher) == "deaths of"
    assert distinctive("subject1 and subject2", searcher) == "subject1 and subject2"


def test_how_many_passages_make_a_word_common_can_be_said(searcher: EmbeddedSearcher) -> None:
    assert distinctive("deaths and dams of children", searcher, common=1.0) == "deaths and dams of children"
    assert distinctive("deaths and dams of children", searcher, common=0.05) == "and dams of"


def test_words_that_no_passage_has_are_kept(searcher: EmbeddedSearcher) -> None:
    assert distinctive("children and dams", searcher) == "and dams"


def test_where_all_words_are_common_all_are_kept(searcher: EmbeddedSearcher) -> None:
    assert distinctive("the children", searcher) == "the children"
    assert distinctive("", searcher) == ""


def test_the_vector_lies_between_the_topic_and_its_distinctive_words(searcher: EmbeddedSearcher) -> None:
    encoder = TinyEncoder()
    query = query_for(
        "deaths of children", ReadQuery.plain("deaths of children"), searcher, encoder, Vocabulary({})
    )
    whole, telling = encoder.encode_queries(["deaths of children", "deaths of"])
    assert np.linalg.norm(query.vector) == pytest.approx(1)
    assert query.vector @ whole == pytest.approx(float(query.vector @ telling))
    assert query.vector @ whole > whole @ telling


def test_a_topic_of_distinctive_words_is_encoded_as_it_is(searcher: EmbeddedSearcher) -> None:
    encoder = TinyEncoder()
    query = query_for("subject1", ReadQuery.plain("subject1"), searcher, encoder, VOCABULARY)
    assert query.vector == pytest.approx(encoder.encode_queries(["subject1"])[0])


def test_everyday_words_bring_those_of_the_documents(searcher: EmbeddedSearcher) -> None:
    query = query_for(
        "deaths of kids", ReadQuery.plain("deaths of kids"), searcher, TinyEncoder(), VOCABULARY
    )
    assert query.variants == ("right to life", "children")
    assert query.text == "deaths of kids"
