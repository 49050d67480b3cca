"""The process that reads untrusted files, so that one that hangs it or breaks it harms nothing else.

It is told of a file on its standard input and answers on its standard output, in frames: a length of
eight bytes, then that many. `corpus.workers` starts it, and ends it where it does not answer.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from pydantic import TypeAdapter

from corpus.errors import SourceRefused, UsageError
from corpus.layout import Reading
from corpus.model import Document, Metadata
from corpus.parse import MAX_PAGES, SourceFile, read_source

Parse = Callable[[SourceFile, int], Document]

READY, DOCUMENT, READING, REFUSED, FAILED, NO_MEMORY = b"A", b"D", b"L", b"R", b"F", b"M"
"""The first byte of an answer: what the rest of it is."""

DOCUMENTS = TypeAdapter(Document)
READINGS = TypeAdapter(Reading)
GIVEN = TypeAdapter(Metadata)
_LENGTH = 8  # bytes
_GRACE = 5  # seconds after which the process ends itself where nobody has ended it
_MESSAGE = 200  # characters of an unforeseen error that are passed on


@dataclass(frozen=True)
class Limits:
    """What reading one file may take."""

    seconds: float = 60.0
    memory: int = 2048
    """MiB of address space, where the platform can hold a process to it."""
    pages: int = MAX_PAGES


class FrameTooLong(Exception):
    """A frame says that it is longer than its receiver takes."""


def send(stream: IO[bytes], *parts: bytes) -> None:
    """Write one frame."""
    stream.write(sum(map(len, parts)).to_bytes(_LENGTH, "big"))
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes], most: int | None = None) -> bytes | None:
    """One frame, or None where the stream ends; raises `FrameTooLong`."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    if most is not None and length > most:
        raise FrameTooLong
    frame = stream.read(length)
    return frame if len(frame) == length else None


def main(function: str, limits: Limits) -> None:
    """Read files until there are no more; `function` is named `module:function`."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)  # what a library prints must not be taken for an answer
    module, name = function.split(":")
    parse: Parse = getattr(importlib.import_module(module), name)
    _hold_to(limits)
    send(answers, READY)
    os.dup2(nothing, 2)  # up to here a reason not to start is seen
    serve(jobs, answers, parse, limits)


def serve(jobs: IO[bytes], answers: IO[bytes], parse: Parse, limits: Limits) -> None:
    """Answer each file with its document, or its lines, or with why there is none, until the jobs end."""
    while (head := receive(jobs)) is not None and (data := receive(jobs)) is not None:
        told = json.loads(head)
        source = SourceFile(told["name"], data, GIVEN.validate_python(told["given"], strict=False))
        _end_after(limits.seconds + _GRACE)
        kind, *answer = _answer(read_source if told.get("lines") else parse, source, limits.pages)
        _end_after(0)
        send(answers, kind, *answer)
        if kind == NO_MEMORY:
            return  # memory may be in pieces: another process takes over


def _answer(
    parse: Callable[[SourceFile, int], Document | Reading], source: SourceFile, pages: int
) -> tuple[bytes, ...]:
    try:
        found = parse(source, pages)
        if isinstance(found, Reading):
            return READING, READINGS.dump_json(found)
        return DOCUMENT, DOCUMENTS.dump_json(found)
    except (SourceRefused, UsageError) as error:
        told = {"code": error.code, "message": error.message, "mend": error.mend}
        return REFUSED, json.dumps(told).encode()
    except MemoryError:
        return (NO_MEMORY,)
    except Exception as error:
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"[:_MESSAGE]
        return FAILED, json.dumps(reason).encode()


def _hold_to(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource

    bytes_ = limits.memory * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or bytes_ < hard:
        resource.setrlimit(resource.RLIMIT_AS, (bytes_, bytes_))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_after(seconds: float) -> None:
    """Have the system end the process, which no loop in it can prevent, if whoever started it is gone."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
