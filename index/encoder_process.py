"""An encoder in a process of its own, so that encoding and answering do not wait for each other.

Python runs one thread at a time, and torch asks for its turn anew before each of its operations, some
hundreds for a text. Beside threads that answer, encoding then mostly waits, and they for it: in one process
sixteen questions at once took as long as one after the other, with this they take half (`make bench-api`).

What goes through the pipes is pickled: both ends are our own code, and no file of a user is read here.
"""

from __future__ import annotations

import importlib
import itertools
import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, Literal, NamedTuple

from corpus.errors import ModelUnusable
from index.embedding import Encoder, EncoderIdentity, Precision, Progress, SentenceTransformerEncoder, Vectors
from index.model_files import find_model

_END_SECONDS = 5.0  # in which a process ends by itself, unless it is in the middle of a long text
_IDENTITY = 0  # the number of the first answer, which nobody asks for
# Who ends a service may signal all its processes at once: this one is still needed for what is open, and
# ends with the one that started it. The path is that process's, so that a folder that is named as a package
# of ours is not taken for it.
_START = (
    "import json, signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "sys.path[:] = json.loads(sys.argv[1]); from index.encoder_process import main; "
    "main(sys.argv[2], json.loads(sys.argv[3]))"
)


class _Asked(NamedTuple):
    number: int
    what: Literal["queries", "passages", "stop"]
    texts: list[str]


class _Told(NamedTuple):
    number: int
    what: Literal["done", "progress", "failed"]
    value: Any


class EncoderProcess:
    """Hands texts to an encoder in another process, which is started again where it has ended."""

    def __init__(
        self, *arguments: str, load: str = "index.encoder_process:load_sentence_transformer"
    ) -> None:
        """Start it and wait until it is loaded; raises what loading raises.

        `load` is named, for another process, and gets the arguments: the model's name and the precision.
        """
        self._load = load
        self._arguments = arguments
        self._changing = threading.Lock()
        self._closed = False
        self._process: _Process | None = None
        self.identity = self._running().identity
        """Which model at which precision it is."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, in order; queries are encoded meanwhile."""
        return self._running().ask("passages", texts, progress)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in order."""
        return self._running().ask("queries", texts, None)

    def close(self) -> None:
        """End the process; a call after that raises `ModelUnusable`, and none is started for it."""
        with self._changing:
            self._closed = True
            process, self._process = self._process, None
        if process is not None:
            process.end()

    def _running(self) -> _Process:
        with self._changing:
            if self._closed:
                raise ModelUnusable("The encoder was closed.", "Ask again.")
            if self._process is not None and not self._process.alive:
                self._process.end()
                self._process = None
            if self._process is None:
                self._process = _Process(self._load, self._arguments)
            return self._process


class _Process:
    """The process, the pipes to it, and who waits for what it tells."""

    def __init__(self, load: str, arguments: Sequence[str]) -> None:
        path = [folder or str(Path.cwd()) for folder in sys.path]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, json.dumps(path), load, json.dumps(arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl+C is for whoever started it, and ends it in good order
        )
        self._numbers = itertools.count(_IDENTITY + 1)
        self._sending = threading.Lock()
        self._waiting: dict[int, SimpleQueue[_Told]] = {_IDENTITY: SimpleQueue()}
        self._ended = False
        self._reader = threading.Thread(target=self._read, name="encoder", daemon=True)
        self._reader.start()
        try:
            self.identity: EncoderIdentity = self._last(_IDENTITY, None)
        except BaseException:
            self.end()
            raise

    @property
    def alive(self) -> bool:
        return not self._ended

    def ask(
        self, what: Literal["queries", "passages"], texts: Sequence[str], progress: Progress | None
    ) -> Vectors:
        number = next(self._numbers)
        self._waiting[number] = SimpleQueue()
        self._send(_Asked(number, what, list(texts)))
        if self._ended:  # perhaps after all who waited then were told
            self._waiting[number].put(_Told(number, "failed", _has_ended()))
        vectors: Vectors = self._last(number, progress)
        return vectors

    def end(self) -> None:
        """End it: by itself if it is soon, else by force."""
        if self._sending.acquire(timeout=_END_SECONDS):  # else it does not read what is sent
            with suppress(OSError):
                assert self._process.stdin is not None
                self._process.stdin.close()
            self._sending.release()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()

    def _send(self, asked: _Asked) -> None:
        with self._sending, suppress(OSError, ValueError):  # closed: whoever waits is told by the reader
            assert self._process.stdin is not None
            _write(self._process.stdin, asked)

    def _last(self, number: int, progress: Progress | None) -> Any:
        """What is told at last, the rest being progress; raises what the encoder raised."""
        try:
            while (told := self._waiting[number].get()).what == "progress":
                if progress is not None:
                    progress(*told.value)
        except BaseException:  # whoever asked gives up
            self._send(_Asked(number, "stop", []))
            raise
        finally:
            del self._waiting[number]
        if told.what == "failed":
            raise told.value
        return told.value

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as answers:
            while (told := _read_one(answers)) is not None:
                with suppress(KeyError):  # whoever asked has given up
                    self._waiting[told.number].put(told)
        self._ended = True
        for number, queue in list(self._waiting.items()):
            queue.put(_Told(number, "failed", _has_ended()))


def load_sentence_transformer(model: str, precision: Precision | Literal["auto"]) -> Encoder:
    """The encoder of a model, found by its name."""
    return SentenceTransformerEncoder(find_model(model), precision)


def main(load: str, arguments: Sequence[str]) -> None:
    """Encode what is asked for until nothing more can be."""
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    _Server(told).serve(load, arguments, asked)
    os._exit(0)  # not waiting for passages that nobody waits for


class _Server:
    """Encodes queries as they come, and passages beside them."""

    def __init__(self, told: IO[bytes]) -> None:
        self._told = told
        self._telling = threading.Lock()
        self._stopped: set[int] = set()

    def serve(self, load: str, arguments: Sequence[str], requests: IO[bytes]) -> None:
        """Load the encoder, tell which one it is, and encode until the requests end."""
        module, name = load.split(":")
        try:
            encoder: Encoder = getattr(importlib.import_module(module), name)(*arguments)
        except Exception as error:
            self._tell(_IDENTITY, "failed", _portable(error))
            return
        self._tell(_IDENTITY, "done", encoder.identity)
        while (asked := _read_one(requests)) is not None:
            number, what, texts = asked
            if what == "queries":
                self._do(number, lambda texts=texts: encoder.encode_queries(texts))  # type: ignore[misc]
            elif what == "passages":
                work = self._passages(encoder, number, texts)
                threading.Thread(target=self._do, args=(number, work), daemon=True).start()
            else:
                self._stopped.add(number)

    def _passages(self, encoder: Encoder, number: int, texts: list[str]) -> Callable[[], Vectors]:
        def progress(done: int, total: int) -> None:
            if number in self._stopped:
                raise _Stopped
            self._tell(number, "progress", (done, total))

        return lambda: encoder.encode_passages(texts, progress)

    def _do(self, number: int, work: Callable[[], Vectors]) -> None:
        try:
            self._tell(number, "done", work())
        except _Stopped:
            self._stopped.discard(number)
        except Exception as error:
            self._tell(number, "failed", _portable(error))

    def _tell(self, number: int, what: Literal["done", "progress", "failed"], value: Any) -> None:
        with self._telling:
            _write(self._told, _Told(number, what, value))


class _Stopped(Exception):
    """Nobody waits for the passages any more."""


def _portable(error: Exception) -> Exception:
    """An error as it can be told: many of libraries cannot be made again from a pickle."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return ModelUnusable(f"The encoder failed: {type(error).__name__}.", "The server's log may say more.")
    return error


def _has_ended() -> ModelUnusable:
    return ModelUnusable("The process that encodes has ended.", "Ask again: it is started anew.")


def _write(stream: IO[bytes], message: tuple[object, ...]) -> None:
    pickle.dump(message, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _read_one(stream: IO[bytes]) -> Any:
    """The next message, or None where the other end has gone."""
    try:
        return pickle.load(stream)
    except (EOFError, pickle.UnpicklingError, OSError):
        return None
