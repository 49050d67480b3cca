"""Texts become vectors, with sentence-transformers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnusable
from index.devices import Device, find_device
from index.model_files import ModelFiles

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.query_model import QueryModel

Vectors = NDArray[np.float32]
"""One unit vector a row."""

Precision = Literal["fp32", "bf16"]
Progress = Callable[[int, int], None]
"""Called with how many texts are done and how many there are."""

MIN_AGREEMENT = 0.99
"""Cosine to the fp32 vector below which passages are not encoded in bf16."""

_PROBES_A_BATCH = 32
_WORD = re.compile(r"\w+|[^\w\s]")  # what most tokenizers begin with


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

    def __init__(
        self,
        files: ModelFiles,
        precision: Precision | Literal["auto"] = "auto",
        device: Device | None = None,
    ) -> None:
        """Load the model; raises `ModelUnusable`.

        Passages are encoded on the device, by default the best there is. With "auto" that is in bf16
        where the device computes in it and the first passages agree with fp32 to a cosine of
        `MIN_AGREEMENT`. Queries are too short for a GPU to pay, and always on the processor.
        """
        self._files = files
        self._model = _load(files.folder)
        self._queries = _query_model(self._model)
        self._given_device = device
        self._threads = _threads()
        self._precision: Precision = self._best_precision() if precision == "auto" else precision

    @property
    def identity(self) -> EncoderIdentity:
        dimension = self._model.get_embedding_dimension()
        return EncoderIdentity(self._files.name, self._files.fingerprint, self._precision, dimension)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        model, device = self._passage_model, self._device
        vectors = np.empty((len(texts), self.identity.dimension), dtype=np.float32)
        pool, done = ThreadPoolExecutor(device.batches), 0
        try:
            running = {
                pool.submit(_encode_alone, model, [texts[i] for i in batch], device.batch): batch
                for batch in batches(texts, device.batch)
            }
            for future in as_completed(running):
                batch = running[future]
                vectors[batch] = future.result()
                done += len(batch)
                if progress:
                    progress(done, len(texts))
        finally:
            pool.shutdown(cancel_futures=True)  # who interrupts waits for one batch only
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.identity.dimension), dtype=np.float32)
        with _one_thread():
            return _unit(self._queries.encode(texts))

    def _best_precision(self) -> Precision:
        if not self._device.has_bf16:
            return "fp32"
        return "bf16" if agreement(self._model, self._half) >= MIN_AGREEMENT else "fp32"

    # What only passages need is found and loaded when it is used, so that no question waits for it.

    @cached_property
    def _device(self) -> Device:
        return self._given_device or find_device(self._threads)

    @cached_property
    def _half(self) -> SentenceTransformer:
        return _in_bf16(self._files.folder, self._device)

    @cached_property
    def _passage_model(self) -> SentenceTransformer:
        if self._precision == "bf16":
            return self._half
        if self._device.name == "cpu":
            return self._model
        return _load(self._files.folder, self._device.name)


def batches(texts: Sequence[str], size: int) -> list[list[int]]:
    """Texts of about the same length together, by their indices, so that least is padded.

    Long and short batches take turns: how far the work is then says how long the rest will take.
    Length is counted in words, which foretell the word pieces better than characters do: of real
    passages in batches of 16, 12 % are padding, 20 % by characters, 6 % by word pieces themselves.
    """
    order = sorted(range(len(texts)), key=lambda i: len(_WORD.findall(texts[i])), reverse=True)
    sized = [order[start : start + size] for start in range(0, len(order), size)]
    longer = (len(sized) + 1) // 2
    turns = zip_longest(sized[:longer], reversed(sized[longer:]), fillvalue=())
    return [list(batch) for batch in chain.from_iterable(turns) if batch]


def agreement(full: SentenceTransformer, half: SentenceTransformer) -> float:
    """The lowest cosine between the vectors two precisions give the same texts."""
    one, other = _encode(full, _PROBE_TEXTS), _encode(half, _PROBE_TEXTS)
    return float(np.min(np.sum(one * other, axis=1)))


def _encode(model: SentenceTransformer, texts: list[str], batch: int = _PROBES_A_BATCH) -> Vectors:
    if not texts:
        return np.empty((0, model.get_embedding_dimension()), dtype=np.float32)
    # normalised here and not by the model, so that vectors of bf16 weights are unit vectors in fp32
    encoded: Any = model.encode(
        texts,
        batch_size=batch,
        convert_to_tensor=True,
        normalize_embeddings=False,
        show_progress_bar=False,
    )
    return _unit(encoded)


def _unit(encoded: Any) -> Vectors:
    raw: Vectors = encoded.float().cpu().numpy()
    vectors: Vectors = raw / np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-12)
    return vectors


def _encode_alone(model: SentenceTransformer, texts: list[str], batch: int) -> Vectors:
    with _one_thread():
        return _encode(model, texts, batch)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Compute in the calling thread alone.

    A query is too short to share out: threads that wait for each other on a busy machine made one
    take 300 to 1,000 ms that takes some 20 ms alone. Passages are encoded in several threads, each alone.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _threads() -> int:
    """How many threads torch computes with; asked before any query sets its own to one."""
    import torch

    threads: int = torch.get_num_threads()
    return threads


def _query_model(model: SentenceTransformer) -> QueryModel:
    from index.query_model import QueryModel  # which imports torch

    return QueryModel(model)


def _load(folder: Path, device: str = "cpu", **model_options: Any) -> SentenceTransformer:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # narration is the front end's
        model = SentenceTransformer(str(folder), device=device, local_files_only=True, **model_options)
    except Exception as error:  # the library raises many kinds for a folder that is not a model
        raise ModelUnusable(
            f"The model in {folder} does not load: {str(error).splitlines()[0] if str(error) else error!r}.",
            "Set PILCROW_MODEL to a sentence-transformers model, or leave it unset for the default.",
        ) from error
    return model


def _in_bf16(folder: Path, device: Device) -> SentenceTransformer:
    import torch

    # torch's fused attention is slower in bf16 on a processor than plain matrices are
    attention = {"attn_implementation": "eager"} if device.name == "cpu" else {}
    return _load(folder, device.name, model_kwargs={"dtype": torch.bfloat16, **attention})


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
