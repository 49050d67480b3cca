"""Files that are sent to be taken in: a few at a time, on disk, and apart from the questions.

A question waits for a thread of the framework, and an upload never takes one: reading a file and encoding
its passages take seconds or minutes.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import IO, Annotated, TypeVar

from anyio import CancelScope, CapacityLimiter, fail_after, to_thread
from fastapi import Depends
from starlette.datastructures import Headers
from starlette.requests import Request

from assistant.api.problems import ApiError
from assistant.errors import HomeUnusable, PilcrowError, SourceEmpty, SourceTooLarge, WriterBusy

DOCUMENTS = "/v1/documents"
"""The path below which files are put."""

AT_ONCE = 2
"""How many uploads are in work: one is taken in while another is received."""

_IDLE = 30.0  # seconds in which something must arrive
_LONGEST = 300.0  # seconds for the whole file, so that nobody keeps the others out for long
_PIECE = 2**20  # bytes that are written to disk at once
_Done = TypeVar("_Done")


class Uploads:
    """The uploads of one server."""

    def __init__(self, folder: Path, most: int, *, idle: float = _IDLE, longest: float = _LONGEST) -> None:
        """Files of at most so many bytes are kept in a folder until they are taken in.

        `idle` is how many seconds the next bytes may take to arrive, and `longest` how many the file may.
        """
        self._folder = folder
        self._most = most
        self._idle = idle
        self._longest = longest
        self._in_work = 0
        self._stopping = False
        self._receiving: set[CancelScope] = set()
        self._threads = CapacityLimiter(AT_ONCE)

    @asynccontextmanager
    async def received(self, request: Request) -> AsyncIterator[IO[bytes]]:
        """The body of a request as a file, which is gone afterwards.

        Raises `WriterBusy` where enough are in work, `SourceTooLarge` as soon as it is, `HomeUnusable` where
        the disk is full, and `upload_too_slow` and `ClientDisconnect` where the body does not arrive.
        """
        if self._in_work >= AT_ONCE:
            raise WriterBusy(f"{AT_ONCE} documents are being taken in.", "Try again when they are.")
        self._in_work += 1
        try:
            self._require_size(declared_length(request.headers))
            with self._file() as file:
                await self._receive(request, file)
                yield file
        finally:
            self._in_work -= 1

    async def apart(self, work: Callable[[], _Done]) -> _Done:
        """Do what blocks in a thread that no question waits for."""
        try:
            return await to_thread.run_sync(work, limiter=self._threads)
        except PilcrowError:
            self.go_on()  # what is left in the middle fails for that reason, whatever it says
            raise

    def stop(self) -> None:
        """Leave what is in work at its next step, and what is awaited at once: nothing is published then."""
        self._stopping = True
        for scope in self._receiving:
            scope.cancel()

    def go_on(self, *_progress: object) -> None:
        """Called at each step of what is in work, which is where it can be left."""
        if self._stopping:
            raise ApiError("shutting_down", "The server is ending.", "Try again when it is back.")

    async def _receive(self, request: Request, file: IO[bytes]) -> None:
        try:
            with fail_after(self._longest) as scope:
                self._receiving.add(scope)
                try:
                    await self._copy(request, file)
                finally:
                    self._receiving.discard(scope)
        except TimeoutError:
            detail = "The body arrives too slowly."
            mend = f"Send it in {self._longest:g} seconds, without pauses of {self._idle:g}."
            raise ApiError("upload_too_slow", detail, mend) from None
        self.go_on()

    async def _copy(self, request: Request, file: IO[bytes]) -> None:
        size, piece = 0, bytearray()
        async with aclosing(request.stream()) as chunks:
            while True:
                with fail_after(self._idle):
                    chunk = await anext(chunks, b"")
                self.go_on()
                size += len(chunk)
                self._require_size(size)
                piece += chunk
                if len(piece) >= _PIECE or not chunk:
                    await self._write(file, bytes(piece))
                    piece.clear()
                if not chunk:  # the stream's way to say that there is no more
                    return

    async def _write(self, file: IO[bytes], piece: bytes) -> None:
        def write() -> None:
            file.write(piece)
            file.flush()

        try:
            await self.apart(write)
        except OSError as error:
            raise self._unusable(error) from error

    def _file(self) -> IO[bytes]:
        try:
            # without a name, so that it is gone with the process; a folder for such files may be in memory
            return tempfile.TemporaryFile(dir=self._folder)
        except OSError as error:
            raise self._unusable(error) from error

    def _require_size(self, size: int) -> None:
        if size > self._most:
            raise SourceTooLarge(
                f"The file has more than the {self._most // 2**20} MiB that are taken in.",
                "Split it, or raise PILCROW_MAX_UPLOAD.",
            )

    def _unusable(self, error: OSError) -> HomeUnusable:
        return HomeUnusable(
            f"The file cannot be kept in {self._folder}: {(error.strerror or str(error)).lower()}.",
            "Make the data folder writable, and make room there.",
        )


def require_body(request: Request) -> None:
    """Raise `SourceEmpty` where a request says that it has no body."""
    if "transfer-encoding" not in request.headers and declared_length(request.headers) == 0:
        raise SourceEmpty("There is no file in the request.", "Send the file as its body.")


def declared_length(headers: Headers) -> int:
    """The Content-Length, or 0 where a body comes in pieces or there is none."""
    declared = headers.get("content-length", "")
    return int(declared[:18]) if declared.isdecimal() else 0


async def _uploads(request: Request) -> Uploads:
    uploads: Uploads = request.state.uploads
    return uploads


TheUploads = Annotated[Uploads, Depends(_uploads)]
