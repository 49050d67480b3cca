"""The API's description: what every route can answer, errors included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel

from assistant.api.authentication import PROBES
from assistant.api.chat_chunks import BrokenOff, ChatCompletionChunk
from assistant.api.problems import API_KINDS, KINDS, MEDIA_TYPE, TYPE_PREFIX, Kind, Problem
from assistant.errors import PilcrowError
from assistant.streaming import Delta, Retrieval

_SCHEMAS = "#/components/schemas/"
NOT_RETURNED: tuple[type[BaseModel], ...] = (Problem, Retrieval, Delta, ChatCompletionChunk, BrokenOff)
"""Models that no route returns as they are, so that the framework does not find them."""

_SECURITY_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key, as OpenAI's clients send it."},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "A key."},
    "basic": {"type": "http", "scheme": "basic", "description": "A key as the password; any user's name."},
}
# a server on loopback may have no keys, and then needs none
_SECURITY: list[dict[str, list[str]]] = [{"bearer": []}, {"header": []}, {"basic": []}, {}]


class DescribedApi(FastAPI):
    """A FastAPI whose description knows the problem document, and what stands before all routes."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        document = super().openapi()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for model in NOT_RETURNED:
            schema = model.model_json_schema(ref_template=_SCHEMAS + "{model}", mode="serialization")
            for name, part in schema.pop("$defs", {}).items():
                schemas.setdefault(name, part)
            schemas[model.__name__] = schema
        document["components"]["securitySchemes"] = _SECURITY_SCHEMES
        document["security"] = _SECURITY
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                _guarded(operation, probe=path in PROBES, changes=method not in ("get", "head"))
        return document


def _guarded(operation: dict[str, Any], *, probe: bool, changes: bool) -> None:
    """Declare for an operation what it can be answered before it is reached."""
    codes = ["host_not_allowed", "cross_site"] if changes else ["host_not_allowed"]
    if probe:
        operation["security"] = []
    else:
        codes.append("unauthorized")
    for status, response in error_responses(*codes).items():
        declared = operation["responses"].setdefault(str(status), response)
        if declared is not response:  # the operation has errors of this status by itself
            content = declared["content"][MEDIA_TYPE]
            content["examples"] |= response["content"][MEDIA_TYPE]["examples"]
    operation["responses"] = dict(sorted(operation["responses"].items()))


def operation_id(route: APIRoute) -> str:
    """A stable name of an operation, such as `questions_ask`, which generated clients give a function."""
    return f"{route.tags[0]}_{route.name}"


def error_responses(*errors: type[PilcrowError] | str) -> dict[int | str, dict[str, Any]]:
    """What a route declares for its errors: classes of ours, and codes that only the API has."""
    by_status: dict[int, dict[str, Kind]] = defaultdict(dict)
    for error in errors:
        code, kind = (error, API_KINDS[error]) if isinstance(error, str) else (error.code, KINDS[error])
        by_status[kind.status][code] = kind
    return {status: _response(kinds) for status, kinds in sorted(by_status.items())}


def headers_of(described: Mapping[str, str]) -> dict[str, Any]:
    """What a route declares for headers of its responses."""
    return {name: {"description": text, "schema": {"type": "string"}} for name, text in described.items()}


def event_stream(events: Mapping[str, type[BaseModel]], example: str) -> dict[int | str, dict[str, Any]]:
    """What a route declares whose 200 is a stream of named events, with the model of each one's data."""
    one_of = [
        {
            "type": "object",
            "required": ["event", "data"],
            "properties": {"event": {"const": name}, "data": _data_of(model)},
        }
        for name, model in events.items()
    ]
    content = {"itemSchema": {"oneOf": one_of}, "example": example}
    return {200: {"content": {"text/event-stream": content}}}


def data_stream(models: Sequence[type[BaseModel]], end: str, example: str) -> dict[str, Any]:
    """What a 200 has whose events have no names: data of these models, and of the last one an `end`."""
    one_of = [_data_of(model) for model in models] + [{"const": end}]
    item = {"type": "object", "required": ["data"], "properties": {"data": {"oneOf": one_of}}}
    return {"text/event-stream": {"itemSchema": item, "example": example}}


def _data_of(model: type[BaseModel]) -> dict[str, Any]:
    return {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": _SCHEMAS + model.__name__},
    }


def _response(kinds: dict[str, Kind]) -> dict[str, Any]:
    examples = {code: {"summary": kind.title, "value": _example(code, kind)} for code, kind in kinds.items()}
    response: dict[str, Any] = {
        "description": "; ".join(f"{kind.title} (`{code}`)" for code, kind in kinds.items()),
        # under `model` the framework would promise application/json as well
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_SCHEMAS}Problem"}, "examples": examples}},
    }
    headers: dict[str, Any] = {}
    if any(kind.retry_after for kind in kinds.values()):
        headers["Retry-After"] = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
    if "unauthorized" in kinds:
        headers["WWW-Authenticate"] = {"description": "How to send a key.", "schema": {"type": "string"}}
    if headers:
        response["headers"] = headers
    return response


def _example(code: str, kind: Kind) -> dict[str, Any]:
    problem = Problem(
        type=TYPE_PREFIX + code,
        title=kind.title,
        status=kind.status,
        detail=f"{kind.title}.",
        instance="/v1",
        code=code,
        request_id="5b0a31c9e2f74d86",
    )
    return problem.model_dump(exclude_none=True)
