"""Texts become vectors, with sentence-transformers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnusable
from index.model_files import ModelFiles

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
"""One unit vector a row."""

Precision = Literal["fp32", "bf16"]
Progress = Callable[[int, int], None]
"""Called with how many texts are done and how many there are."""

MIN_AGREEMENT = 0.99
"""Cosine to the fp32 vector below which passages are not encoded in bf16."""

_BATCH = 32
_REPORTED = 64  # texts encoded between two reports of progress


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What decides the vectors of passages; an index is only searched with the one it was built with."""

    model: str
    fingerprint: str
    precision: Precision
    dimension: int


class Encoder(Protocol):
    """Turns passages and queries into unit vectors of the same space."""

    @property
    def identity(self) -> EncoderIdentity:
        """Which model at which precision it is."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, in order."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in order; always in fp32, so a query alone and in a batch agree."""
        ...


class SentenceTransformerEncoder:
    """A sentence-transformers model; importing the library and loading it take seconds."""

    def __init__(self, files: ModelFiles, precision: Precision | Literal["auto"] = "auto") -> None:
        """Load the model; raises `ModelUnusable`.

        With "auto", passages are encoded in bf16 where the processor computes in it and the first
        passages agree with fp32 to a cosine of `MIN_AGREEMENT`.
        """
        self._files = files
        self._model = _load(files.folder)
        self._half: SentenceTransformer | None = None
        self._precision: Precision = "fp32"
        if precision == "bf16" or (precision == "auto" and processor_has_bf16()):
            self._half = _in_bf16(files.folder)
            if precision == "bf16" or agreement(self._model, self._half) >= MIN_AGREEMENT:
                self._precision = "bf16"

    @property
    def identity(self) -> EncoderIdentity:
        dimension = self._model.get_embedding_dimension()
        return EncoderIdentity(self._files.name, self._files.fingerprint, self._precision, dimension)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        model = self._half if self._precision == "bf16" and self._half is not None else self._model
        # longest first: batches of like length waste least, and memory is at its peak at once
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
        vectors = np.empty((len(texts), self.identity.dimension), dtype=np.float32)
        for start in range(0, len(order), _REPORTED):
            some = order[start : start + _REPORTED]
            vectors[some] = _encode(model, [texts[i] for i in some])
            if progress:
                progress(min(start + _REPORTED, len(order)), len(order))
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        with _one_thread():
            return _encode(self._model, list(texts))


def processor_has_bf16() -> bool:
    """Whether the processor multiplies bf16 matrices itself; elsewhere it would be slower."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="ignore")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


def agreement(full: SentenceTransformer, half: SentenceTransformer) -> float:
    """The lowest cosine between the vectors two precisions give the same texts."""
    one, other = _encode(full, _PROBE_TEXTS), _encode(half, _PROBE_TEXTS)
    return float(np.min(np.sum(one * other, axis=1)))


def _encode(model: SentenceTransformer, texts: list[str]) -> Vectors:
    if not texts:
        return np.empty((0, model.get_embedding_dimension()), dtype=np.float32)
    # normalised here and not by the model, so that vectors of bf16 weights are unit vectors in fp32
    encoded: Any = model.encode(
        texts,
        batch_size=_BATCH,
        convert_to_tensor=True,
        normalize_embeddings=False,
        show_progress_bar=False,
    )
    raw: Vectors = encoded.float().cpu().numpy()
    vectors: Vectors = raw / np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-12)
    return vectors


@contextmanager
def _one_thread() -> Iterator[None]:
    """Compute in the calling thread alone.

    A query is too short to share out: threads that wait for each other on a busy machine made one
    take 300 to 1,000 ms that takes some 20 ms alone.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _load(folder: Path, **model_options: Any) -> SentenceTransformer:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # narration is the front end's
        model = SentenceTransformer(str(folder), local_files_only=True, **model_options)
    except Exception as error:  # the library raises many kinds for a folder that is not a model
        raise ModelUnusable(
            f"The model in {folder} does not load: {str(error).splitlines()[0] if str(error) else error!r}.",
            "Set PILCROW_MODEL to a sentence-transformers model, or leave it unset for the default.",
        ) from error
    return model


def _in_bf16(folder: Path) -> SentenceTransformer:
    import torch

    return _load(folder, model_kwargs={"dtype": torch.bfloat16})


# Sentences of the genre, of several lengths, on which the two precisions are compared.
_PROBE_TEXTS = [
    "Kenya",
    "The Committee welcomes the ratification of the Convention.",
    "The Committee is concerned that the State party lacks a comprehensive law.",
    "The Committee recommends that the State party allocate sufficient human, technical and financial "
    "resources to the body responsible for coordination, and that it consult organizations of civil society.",
    "What did the Committee recommend to the State party on inclusive education?",
    "It urges the State party to investigate all allegations promptly, to prosecute those responsible, "
    "to give victims access to remedies and to report on the measures taken in its next periodic report, "
    "with data disaggregated by sex, age, origin and region, and with the results of its assessments.",
]
