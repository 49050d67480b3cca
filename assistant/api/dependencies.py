"""What routes are given: the assistant, who asks, and requests that can be answered in text."""

from __future__ import annotations

from typing import Annotated, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from assistant.api.gate import RequestGate
from assistant.api.metrics import Metrics
from assistant.api.records import Record
from assistant.api.warm_up import WarmUp
from assistant.service import Assistant
from assistant.settings import Settings

Sent = TypeVar("Sent", bound=BaseModel)


async def _assistant(request: Request) -> Assistant:
    assistant: Assistant = request.state.assistant
    return assistant


async def _owner(request: Request) -> str | None:
    owner: str | None = getattr(request.state, "owner", None)
    return owner


async def _warm_up(request: Request) -> WarmUp:
    warm_up: WarmUp = request.state.warm_up
    return warm_up


async def _base_url(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return str(settings.public_url or request.base_url).rstrip("/")


async def _gate(request: Request) -> RequestGate:
    return RequestGate(request.state.gate, request)


async def _record(request: Request) -> Record:
    record: Record = request.state.record
    return record


async def _metrics(request: Request) -> Metrics:
    metrics: Metrics = request.state.metrics
    return metrics


def printable(request: Sent) -> Sent:
    """A request as it is, unless it holds half of a surrogate pair.

    JSON can spell one, and no answer could repeat it. Raises `ValueError`.
    """
    try:
        request.model_dump_json()
    except PydanticSerializationError:
        raise ValueError("Strings must be text that has a UTF-8 form") from None
    return request


TheAssistant = Annotated[Assistant, Depends(_assistant)]
TheBaseUrl = Annotated[str, Depends(_base_url)]
"""Where clients reach this server, without a slash at the end."""
TheGate = Annotated[RequestGate, Depends(_gate)]
TheOwner = Annotated[str | None, Depends(_owner)]
"""Whose key the request came with, and so whose conversations are there; None on a server without keys."""
TheMetrics = Annotated[Metrics, Depends(_metrics)]
TheRecord = Annotated[Record, Depends(_record)]
TheWarmUp = Annotated[WarmUp, Depends(_warm_up)]
