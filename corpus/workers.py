"""Files are read in processes of their own, several at a time, each held to limits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Protocol

from corpus.errors import PilcrowError, SourceDamaged, SourceOverLimit, SourceRefused
from corpus.layout import Reading
from corpus.model import Document
from corpus.parse import SourceFile, parse_document
from corpus.worker import GIVEN, NO_MEMORY, READY, FrameTooLong, Limits, receive, send
from corpus.worker_answers import document_in, reading_in, too_much_memory

MAX_ANSWER_BYTES = 512 * 1024 * 1024
"""Some eight times the largest file: text, paragraphs and sentences each hold the words once."""

_START_SECONDS = 60.0  # a cold disk is slow; the time of the file itself is counted from then on
_END_SECONDS = 2.0  # in which a process that has nothing to do ends by itself
# The path of this process, so that a folder that is named as a package of ours is not taken for it.
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from corpus.worker import Limits, main; "
    "main(sys.argv[2], Limits(**json.loads(sys.argv[3])))"
)
# A library that computes in threads would take the memory of many for one file.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Parser(Protocol):
    """Turns files into documents, perhaps several at a time."""

    ahead: int
    """How many files to hand over before the first of them is asked for."""

    def submit(self, source: SourceFile) -> Future[Document]:
        """Parse a file; the result raises a `SourceRefused` or `UsageError`."""
        ...

    def __enter__(self) -> Parser: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class InProcess:
    """Parses in this process, at once: for files that are trusted."""

    ahead = 1

    def submit(self, source: SourceFile) -> Future[Document]:
        """The document, already parsed."""
        future: Future[Document] = Future()
        try:
            future.set_result(parse_document(source))
        except PilcrowError as error:
            future.set_exception(error)
        return future

    def __enter__(self) -> InProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


class Workers:
    """Processes that parse files, started when they are needed and ended with the `with` block."""

    def __init__(
        self,
        limits: Limits | None = None,
        count: int | None = None,
        function: str = "corpus.parse:parse_document",
    ) -> None:
        """`count` is by default the number of cores; the function is named, for another process."""
        self._limits = limits or Limits()
        self._function = function
        count = count or cores()
        self.ahead = 2 * count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
        self._changing = threading.Lock()
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._closed = False

    def submit(self, source: SourceFile) -> Future[Document]:
        """Parse a file in one of the processes.

        A file that breaks the process is refused as `SourceDamaged`, one that takes more than the
        limits as `SourceOverLimit`; either costs the process, and another takes its place.
        """
        return self._threads.submit(self._parse, source)

    def read(self, source: SourceFile) -> Future[Reading]:
        """Find the lines of a file in one of the processes; it is refused as `submit` refuses it."""
        return self._threads.submit(self._read, source)

    def stop(self) -> None:
        """End what is under way and begin nothing more; returns at once, and any thread may say so."""
        with self._changing:
            self._closed = True
            busy = list(self._busy)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in busy:
            process.kill()

    def close(self) -> None:
        """End all processes, those at work at once."""
        with self._changing:
            idle, busy = list(self._idle), list(self._busy)
        self.stop()
        for process in idle:
            process.dismiss()
        for process in [*busy, *idle]:
            process.wait()
        self._threads.shutdown()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _parse(self, source: SourceFile) -> Document:
        return document_in(self._answer(source), source, self._limits)

    def _read(self, source: SourceFile) -> Reading:
        return reading_in(self._answer(source, lines=True), source, self._limits)

    def _answer(self, source: SourceFile, *, lines: bool = False) -> bytes:
        process = self._take()
        try:
            return process.answer(source, lines=lines)
        finally:
            with self._changing:
                self._busy.discard(process)
                keep = process.usable and not self._closed
                if keep:
                    self._idle.append(process)
            if not keep:
                process.kill()
                process.wait()

    def _take(self) -> _Process:
        """A process that waits, or a new one."""
        with self._changing:
            if self._closed:
                raise PilcrowError("Reading was stopped.", "Run the command again.")
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    break
                process.wait()
            else:
                process = _Process(self._function, self._limits)
            self._busy.add(process)
        return process


class _Process:
    """One process and the pipes to it."""

    def __init__(self, function: str, limits: Limits) -> None:
        path = [folder or str(Path.cwd()) for folder in sys.path]
        told = [json.dumps(path), function, json.dumps(asdict(limits))]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, *told],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_ONE_THREAD},
            start_new_session=True,  # Ctrl+C is for whoever started it, and ends it in good order
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._limits = limits
        self._started = False
        self._late = False
        self.usable = True
        """Whether it may be given another file."""

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def answer(self, source: SourceFile, *, lines: bool = False) -> bytes:
        """What it says of a file or of its lines; raises a `SourceRefused` where it cannot."""
        self.usable = False
        if not self._started:
            with self._ended_after(_START_SECONDS):
                self._started = self._receive() == READY
        if not self._started:
            raise PilcrowError(
                "The process that reads files does not start.",
                "What it said is above; PILCROW_MAX_FILE_MEMORY may be too low for it.",
            )
        with self._ended_after(self._limits.seconds):
            answer = self._exchange(source, lines=lines)
        if answer is None:
            raise self._reason(source.name)
        self.usable = not self._late and answer[:1] != NO_MEMORY
        return answer

    def dismiss(self) -> None:
        """Let it end by itself, since there is nothing more to do."""
        assert self._process.stdin
        with suppress(OSError):
            self._process.stdin.close()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def wait(self) -> None:
        """Wait until it has ended, and end it where it does not."""
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.dismiss()
        assert self._process.stdout
        self._process.stdout.close()

    def _exchange(self, source: SourceFile, *, lines: bool) -> bytes | None:
        assert self._process.stdin
        given = GIVEN.dump_python(source.given, mode="json")
        head = {"name": source.name, "given": given, "lines": lines}
        try:
            send(self._process.stdin, json.dumps(head).encode())
            send(self._process.stdin, source.data)
        except OSError:
            return None  # it ended before it had read all
        try:
            return self._receive()
        except FrameTooLong:
            self.kill()
            raise SourceOverLimit(
                f"{source.name} makes a document of more than {MAX_ANSWER_BYTES // 2**20} MiB.", "Split it."
            ) from None

    def _receive(self) -> bytes | None:
        assert self._process.stdout
        return receive(self._process.stdout, MAX_ANSWER_BYTES)

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        """End the process, and so what is waited for, when the time is over."""

        def end() -> None:
            self._late = True
            self.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _reason(self, name: str) -> SourceRefused:
        """Why there is no answer, told from how the process ended."""
        self.wait()
        status = self._process.returncode
        if self._late or status == -getattr(signal, "SIGALRM", 0):
            return SourceOverLimit(
                f"{name} takes more than {self._limits.seconds:g} seconds to read.",
                "Split it, or raise PILCROW_MAX_FILE_SECONDS.",
            )
        if status == -getattr(signal, "SIGKILL", 0):  # nobody here did: the system was out of memory
            return too_much_memory(name, self._limits)
        how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return SourceDamaged(
            f"{name} made the process that read it fail ({how}).",
            "It is probably damaged: open it in another program and save it anew.",
        )


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
