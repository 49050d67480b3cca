"""The server's log: a JSON object a line, or text for people, on standard error.

What is asked and answered can be confidential, so a line written for a request tells an exception by its
type and the places in the code it came through, and leaves its words out: they may repeat a question.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from assistant.api.problems import ApiError
from assistant.api.request_ids import current_request_id
from assistant.errors import PilcrowError
from assistant.settings import Settings

_log = logging.getLogger(__name__)
_ROOMS = ("assistant", "index", "corpus")
_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


@contextmanager
def logs_to_stderr(settings: Settings) -> Iterator[None]:
    """Send the log of this process to standard error, in the form and from the level that is set.

    Libraries are heard from `WARNING` on: below it some of them repeat what they are given.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_with_request_id)
    handler.setFormatter(_formatter(as_json=logs_json(settings), in_full=settings.log_questions))
    root, rooms = logging.getLogger(), [logging.getLogger(room) for room in _ROOMS]
    before = root.handlers, root.level, [room.level for room in rooms]
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for room in rooms:
        room.setLevel(settings.log_level.upper())
    try:
        yield
    finally:
        root.handlers = before[0]
        root.setLevel(before[1])
        for room, level in zip(rooms, before[2], strict=True):
            room.setLevel(level)


def logs_json(settings: Settings) -> bool:
    """Whether lines are JSON: as it is set, else unless a person reads them at a terminal."""
    if settings.log_format is None:
        return not sys.stderr.isatty()
    return settings.log_format == "json"


def words_of(error: Exception, *, in_full: bool) -> str:
    """What the log says of an error raised on purpose.

    Words that come from elsewhere are left out unless `in_full`: a database's may repeat what is in it.
    """
    if isinstance(error, ApiError):
        return error.code
    if not isinstance(error, PilcrowError):
        return type(error).__name__
    cause = error.__cause__
    if in_full or cause is None or isinstance(cause, PilcrowError | OSError):
        return f"{error.code}: {error}"
    return f"{error.code}, from {type(cause).__name__}"


def tell_broken_off(error: Exception, *, in_full: bool) -> None:
    """Log why an answer that had begun did not end: one line, with the traceback if nobody foresaw it."""
    foreseen = isinstance(error, PilcrowError | ApiError)
    _log.error(
        "The answer broke off: %s", words_of(error, in_full=in_full), exc_info=None if foreseen else error
    )


def _formatter(*, as_json: bool, in_full: bool) -> logging.Formatter:
    if as_json:
        return _JsonLines(in_full)
    return _TextLines(in_full)


def _with_request_id(record: logging.LogRecord) -> bool:
    """Marks a record with the request it belongs to; a filter that lets everything pass."""
    if request_id := current_request_id.get():
        record.request_id = request_id
    return True


class _Discreet(logging.Formatter):
    """Tells exceptions without their words where they belong to a request."""

    in_full: bool

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 (logging's name)
        """The traceback, in full where nothing is asked or where that is allowed."""
        if self.in_full or current_request_id.get() is None or ei[1] is None:
            return super().formatException(ei)
        return "\n".join(_without_words(ei[1]))


class _JsonLines(_Discreet, JsonFormatter):
    """A JSON object a line."""

    def __init__(self, in_full: bool) -> None:
        JsonFormatter.__init__(
            self,
            "%(levelname)s %(name)s %(message)s",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "traceback"},
            timestamp=True,
            json_ensure_ascii=False,
        )
        self.in_full = in_full


class _TextLines(_Discreet):
    """A line for people: time, level, message, and what else is known as `name=value`."""

    def __init__(self, in_full: bool) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S")
        self.in_full = in_full

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        """The line without a traceback."""
        return " ".join([super().formatMessage(record), *_details(record.__dict__)])


def _details(attributes: Mapping[str, Any]) -> Iterator[str]:
    """What was given besides the message; of a request its message says the most."""
    said = {
        *RESERVED_ATTRS,
        "message",
        "asctime",
        "method",
        "route",
        "status",
        "duration_ms",
        "color_message",
    }
    for name, value in attributes.items():
        if name not in said:
            yield f"{name}={value!r}" if isinstance(value, str) and not value.isalnum() else f"{name}={value}"


def _without_words(error: BaseException) -> Iterator[str]:
    """A traceback with types instead of messages, the cause first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _without_words(before)
        yield "and then:"
    yield "Traceback (most recent call last):"
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield "of which one:"
            yield from _without_words(one)
