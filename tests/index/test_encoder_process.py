"""An encoder in a process of its own says what the encoder itself says, whatever becomes of the process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelMissing, ModelUnusable
from index.embedding import EncoderIdentity, Progress, Vectors
from index.encoder_process import EncoderProcess
from index.model_files import DEFAULT_MODEL

HERE = "tests.index.test_encoder_process"
PATIENCE = 30.0  # seconds


class Awkward(Exception):
    """Cannot be made again from its pickle."""

    def __init__(self, *, response: object) -> None:
        super().__init__("It is awkward.")


class Lengths:
    """Encodes a text as its length and its process; does as texts say that are commands."""

    identity = EncoderIdentity("lengths", "0", "fp32", 2)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        if "fail" in texts:
            raise ModelUnusable("It failed.", "Do not ask so.")
        if "awkward" in texts:
            raise Awkward(response=None)
        if "end" in texts:
            os._exit(3)
        print("what a library prints")
        return np.array([[len(text), os.getpid()] for text in texts], dtype=np.float32)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        marks = Path(texts[0])
        for done in range(1, len(texts)):
            while not (marks / str(done)).exists():
                time.sleep(0.002)
            if progress:
                progress(done, len(texts) - 1)
            (marks / f"told {done}").touch()
        return self.encode_queries(texts[1:])


def load(*arguments: str) -> Lengths:
    if arguments == ("missing",):
        raise ModelMissing("There is no such model.", "Name another.")
    if arguments == ("awkward",):
        raise Awkward(response=None)
    return Lengths()


@pytest.fixture
def encoder() -> Iterator[EncoderProcess]:
    started = EncoderProcess(load=f"{HERE}:load")
    yield started
    started.close()


def process_of(encoder: EncoderProcess) -> int:
    return int(encoder.encode_queries(["who"])[0, 1])


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_vectors_are_those_of_the_encoder(encoder: EncoderProcess) -> None:
    assert encoder.identity == Lengths.identity
    assert encoder.encode_queries(["a", "bcd", "çà"])[:, 0].tolist() == [1, 3, 2]
    assert process_of(encoder) != os.getpid()


def test_everybody_gets_what_is_his(encoder: EncoderProcess) -> None:
    with ThreadPoolExecutor(8) as threads:
        asked = [["x" * n, "x" * (n + 1)] for n in range(200)]
        found = list(threads.map(encoder.encode_queries, asked))
    assert [vectors[:, 0].tolist() for vectors in found] == [[n, n + 1] for n in range(200)]


def test_an_error_is_the_same_here_and_harms_nobody(encoder: EncoderProcess) -> None:
    with pytest.raises(ModelUnusable, match=r"It failed\. Do not ask so\.") as caught:
        encoder.encode_queries(["fail"])
    assert caught.value.mend == "Do not ask so."
    assert encoder.encode_queries(["abc"])[0, 0] == 3


def test_what_cannot_be_loaded_says_why() -> None:
    with pytest.raises(ModelMissing, match="Name another"):
        EncoderProcess("missing", load=f"{HERE}:load")


def test_an_error_that_cannot_be_sent_is_told_by_its_kind(encoder: EncoderProcess, tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="The encoder failed: Awkward"):
        encoder.encode_queries(["awkward"])
    (tmp_path / "1").touch()
    with pytest.raises(ModelUnusable, match="The encoder failed: Awkward"):
        encoder.encode_passages([str(tmp_path), "awkward"])
    assert encoder.encode_queries(["abc"])[0, 0] == 3
    with pytest.raises(ModelUnusable, match="The encoder failed: Awkward"):
        EncoderProcess("awkward", load=f"{HERE}:load")


def test_a_signal_to_all_processes_of_a_service_leaves_it_at_work(encoder: EncoderProcess) -> None:
    process = process_of(encoder)
    os.kill(process, signal.SIGTERM)
    time.sleep(0.05)
    assert process_of(encoder) == process


def test_queries_do_not_wait_for_passages(encoder: EncoderProcess, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with ThreadPoolExecutor(1) as threads:
        passages = threads.submit(
            encoder.encode_passages, [str(tmp_path), "a", "bc"], lambda *counted: told.append(counted)
        )
        assert encoder.encode_queries(["abc"])[0, 0] == 3
        assert not passages.done()
        for mark in ("1", "2"):
            (tmp_path / mark).touch()
        assert passages.result(PATIENCE)[:, 0].tolist() == [1, 2]
    assert told == [(1, 2), (2, 2)]


def test_passages_that_nobody_waits_for_are_encoded_no_further(
    encoder: EncoderProcess, tmp_path: Path
) -> None:
    class Enough(Exception):
        pass

    def enough(_done: int, _total: int) -> None:
        raise Enough

    (tmp_path / "1").touch()
    with pytest.raises(Enough):
        encoder.encode_passages([str(tmp_path), "a", "b", "c"], enough)
    encoder.encode_queries(["after it was told to stop"])
    (tmp_path / "2").touch()
    (tmp_path / "3").touch()
    encoder.encode_queries(["later"])
    time.sleep(0.05)
    assert not (tmp_path / "told 3").exists()


def test_a_process_that_ends_is_an_error_once(encoder: EncoderProcess) -> None:
    before = process_of(encoder)
    with pytest.raises(ModelUnusable, match="Ask again"):
        encoder.encode_queries(["end"])
    assert process_of(encoder) != before


def test_a_process_that_is_killed_meanwhile_leaves_nobody_waiting(
    encoder: EncoderProcess, tmp_path: Path
) -> None:
    process = process_of(encoder)
    with ThreadPoolExecutor(1) as threads:
        passages = threads.submit(encoder.encode_passages, [str(tmp_path), "a"])
        os.kill(process, signal.SIGKILL)
        with pytest.raises(ModelUnusable):
            passages.result(PATIENCE)
    assert process_of(encoder) != process


def test_closing_ends_the_process() -> None:
    encoder = EncoderProcess(load=f"{HERE}:load")
    process = process_of(encoder)
    encoder.close()
    assert not is_there(process)
    encoder.close()


def test_none_is_started_for_who_asks_when_it_is_closed() -> None:
    encoder = EncoderProcess(load=f"{HERE}:load")
    encoder.close()
    with pytest.raises(ModelUnusable, match="closed"):
        encoder.encode_queries(["late"])


def test_the_default_model_says_the_same_from_another_process() -> None:
    from index.embedding import SentenceTransformerEncoder
    from index.model_files import find_model

    apart = EncoderProcess(DEFAULT_MODEL, "fp32")
    try:
        own = SentenceTransformerEncoder(find_model(DEFAULT_MODEL), "fp32")
        assert apart.identity == own.identity
        texts = ["What did the Committee recommend on extradition?", "¶"]
        assert np.array_equal(apart.encode_queries(texts), own.encode_queries(texts))
        assert np.array_equal(apart.encode_passages(texts), own.encode_passages(texts))
    finally:
        apart.close()
