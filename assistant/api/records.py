"""What is known of a request when it ends: how it was answered, how long that took, what came of it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Answer
from assistant.api.metrics import CitationKind, LookedUp, Metrics, outcome_of
from assistant.api.problems import UNEXPECTED, respond_api

_WATCHED = frozenset({"/livez", "/readyz", "/metrics"})
"""Routes that are asked every few seconds; the log tells of them only at `DEBUG` while they succeed."""

NO_ROUTE = "none"
"""The route of a request that fits none, whatever its path."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_log = logging.getLogger(__name__)


@dataclass
class Record:
    """One request. It never holds its path, since that can repeat what somebody asks."""

    method: str
    """Its method, `other` for one that HTTP does not know, so that nobody can make them many."""
    began: float = field(default_factory=time.perf_counter)
    status: int = 500
    bytes_sent: int = 0
    answers: list[Answer] = field(default_factory=list)
    """What it was answered, where it asked a question."""
    looked_up: Counter[LookedUp] = field(default_factory=Counter)
    """What became of the citations of its text, where it sent one."""

    def answered(self, answer: Answer) -> None:
        """Note what a question came to."""
        self.answers.append(answer)

    def looked(self, kind: CitationKind, verdicts: Iterable[str]) -> None:
        """Note what became of the citations of a text, which are all of one kind."""
        self.looked_up.update((kind, verdict) for verdict in verdicts)

    @property
    def seconds(self) -> float:
        """How long ago it began."""
        return time.perf_counter() - self.began


class Records:
    """Keeps a record of every request, and tells log and metrics of it when it has ended.

    It is the outermost layer, so that it sees the answer to an unexpected error too. That error ends here:
    the log tells it in its own way, and nobody else would do better with it.
    """

    def __init__(self, app: ASGIApp, *, log_questions: bool = False) -> None:
        self._app = app
        self._log_questions = log_questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        record = Record(scope["method"] if scope["method"] in _METHODS else "other")
        state = scope.setdefault("state", {})
        state["record"] = record
        metrics: Metrics | None = state.get("metrics")
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                record.status = message["status"]
            elif message["type"] == "http.response.body":
                record.bytes_sent += len(message.get("body", b""))
            await send(message)

        if metrics:
            metrics.begin()
        try:
            await self._app(scope, receive, noted)
        except asyncio.CancelledError:  # the server ends and waits no longer, for a body for instance
            if begun or not _is_ending(scope):
                raise
            await respond_api(scope, "shutting_down", "The server is ending.")(scope, receive, noted)
        except Exception:
            _log.exception("Unexpected error.")
            if not begun:  # what the framework's layers raise they have answered, and ours they do not see
                await respond_api(scope, "internal_error", UNEXPECTED)(scope, receive, noted)
        finally:
            route = route_of(scope)
            if metrics:
                metrics.end(record.method, route, record.status, record.seconds)
                metrics.came_of(record.answers, record.looked_up)
            self._tell(record, route, state)

    def _tell(self, record: Record, route: str, state: Mapping[str, Any]) -> None:
        quiet = route in _WATCHED and record.status < 400
        milliseconds = record.seconds * 1000
        details: dict[str, Any] = {
            "method": record.method,
            "route": route,
            "status": record.status,
            "duration_ms": round(milliseconds, 1),
            "bytes": record.bytes_sent,
        }
        if state.get("owner"):
            details["key"] = state["owner"]
        for answer in record.answers:
            details |= self._of_answer(answer)
        for (kind, _), number in record.looked_up.items():
            details[f"{kind}s"] = details.get(f"{kind}s", 0) + number
        _log.log(
            logging.DEBUG if quiet else logging.INFO,
            "%s %s %d in %.0f ms",
            record.method,
            route,
            record.status,
            milliseconds,
            extra=details,
        )

    def _of_answer(self, answer: Answer) -> dict[str, Any]:
        details: dict[str, Any] = {"outcome": outcome_of(answer), "phases_ms": dict(answer.timings_ms)}
        if self._log_questions:
            details["question"] = answer.question
        return details


def _is_ending(scope: Scope) -> bool:
    return "app" in scope and scope["app"].state.closing.begun


def route_of(scope: Scope) -> str:
    """The template of the route that handles a request, `NO_ROUTE` where there is none."""
    route = scope.get("route")
    path: str = getattr(route, "path_format", None) or getattr(route, "path", None) or NO_ROUTE
    return path
