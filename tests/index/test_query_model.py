"""Queries are encoded as sentence-transformers does it, quicker, and whatever else is encoded with them."""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer

from index.embedding import Vectors
from index.model_files import ModelFiles, find_model
from index.query_model import STEP, TOKENS_A_PASS, QueryModel, pack, passes

SHAPES = st.tuples(st.sampled_from([STEP, 2 * STEP, 32 * STEP, TOKENS_A_PASS + STEP]), st.booleans())


@pytest.fixture(scope="module")
def files() -> ModelFiles:
    return find_model()


@pytest.fixture
def loaded(files: ModelFiles) -> SentenceTransformer:
    """A model of a test's own, since what is made of it changes it."""
    return SentenceTransformer(str(files.folder), device="cpu", local_files_only=True)


@pytest.fixture(scope="module")
def queries(files: ModelFiles) -> QueryModel:
    return QueryModel(SentenceTransformer(str(files.folder), device="cpu", local_files_only=True))


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def texts(number: int, seed: int) -> list[str]:
    """Texts of many lengths, some of which fill their step exactly."""
    words = "the Committee recommends that State party adopt measures on inclusive education çà 子".split()
    chance = random.Random(seed)
    return [" ".join(chance.choices(words, k=chance.choice([0, 1, 3, 6, 9, 14, 30]))) for _ in range(number)]


def unit(rows: torch.Tensor) -> Vectors:
    vectors: Vectors = rows.numpy() / np.linalg.norm(rows.numpy(), axis=1, keepdims=True)
    return vectors


def test_vectors_are_those_of_the_library(loaded: SentenceTransformer) -> None:
    asked = [*texts(40, seed=1), "word " * 2000]
    expected = loaded.encode(asked, convert_to_numpy=True, normalize_embeddings=True)
    cosines = np.sum(unit(QueryModel(loaded).encode(asked)) * expected, axis=1)
    assert cosines.min() >= 1 - 1e-6


def test_a_text_has_the_same_vector_to_the_bit_whatever_is_encoded_with_it(queries: QueryModel) -> None:
    asked = texts(120, seed=2)
    alone = [queries.encode([text])[0] for text in asked]
    chance = random.Random(3)
    for size in (2, 3, 7, 16, 60):
        some = chance.sample(range(len(asked)), size)
        for index, row in zip(some, queries.encode([asked[i] for i in some]), strict=True):
            assert torch.equal(row, alone[index])


@given(st.lists(SHAPES, max_size=80))
def test_texts_of_one_shape_go_through_together_and_each_once(shapes: list[tuple[int, bool]]) -> None:
    made = list(passes(shapes))
    assert sorted(i for some in made for i in some) == list(range(len(shapes)))
    for some in made:
        assert len({shapes[i] for i in some}) == 1
        assert len(some) == 1 or len(some) * shapes[some[0]][0] <= TOKENS_A_PASS


def test_the_prompt_that_a_model_wants_is_put_before(loaded: SentenceTransformer) -> None:
    bare = unit(QueryModel(loaded).encode(["extradition"]))
    loaded.prompts, loaded.default_prompt_name = {"query": "search_query: "}, "query"
    expected = loaded.encode(["extradition"], convert_to_numpy=True, normalize_embeddings=True)
    prompted = unit(QueryModel(loaded).encode(["extradition"]))
    assert float(prompted[0] @ expected[0]) >= 1 - 1e-6
    assert float(prompted[0] @ bare[0]) < 0.99


def test_a_model_that_pads_otherwise_encodes_as_the_library_does(
    loaded: SentenceTransformer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = texts(5, seed=4)
    expected = unit(QueryModel(loaded).encode(asked))
    usual = loaded.preprocess

    def stubborn(inputs: list[str], prompt: str | None = None, **_options: Any) -> Any:
        return usual(inputs, prompt=prompt)

    monkeypatch.setattr(loaded, "preprocess", stubborn)
    assert np.sum(unit(QueryModel(loaded).encode(asked)) * expected, axis=1).min() >= 1 - 1e-6


def test_without_onednn_the_layers_are_left_as_they_are(
    loaded: SentenceTransformer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def linear_layers() -> int:
        return sum(type(module) is torch.nn.Linear for module in loaded.modules())

    before = linear_layers()
    monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    pack(loaded)
    assert linear_layers() == before > 0
    monkeypatch.undo()
    pack(loaded)
    assert linear_layers() == 0
