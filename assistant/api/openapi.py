"""The API's description: what every route can answer, errors included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel

from assistant.api.problems import API_KINDS, KINDS, MEDIA_TYPE, TYPE_PREFIX, Kind, Problem
from assistant.errors import PilcrowError
from assistant.streaming import Delta, Retrieval

_SCHEMAS = "#/components/schemas/"
_NOT_RETURNED: tuple[type[BaseModel], ...] = (Problem, Retrieval, Delta)  # by no route, so not found


class DescribedApi(FastAPI):
    """A FastAPI whose description knows the problem document."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        document = super().openapi()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for model in _NOT_RETURNED:
            schema = model.model_json_schema(ref_template=_SCHEMAS + "{model}", mode="serialization")
            for name, part in schema.pop("$defs", {}).items():
                schemas.setdefault(name, part)
            schemas[model.__name__] = schema
        return document


def operation_id(route: APIRoute) -> str:
    """A stable name of an operation, such as `questions:ask`."""
    return f"{route.tags[0]}:{route.name}"


def error_responses(*errors: type[PilcrowError] | str) -> dict[int | str, dict[str, Any]]:
    """What a route declares for its errors: classes of ours, and codes that only the API has."""
    by_status: dict[int, dict[str, Kind]] = defaultdict(dict)
    for error in errors:
        code, kind = (error, API_KINDS[error]) if isinstance(error, str) else (error.code, KINDS[error])
        by_status[kind.status][code] = kind
    return {status: _response(kinds) for status, kinds in sorted(by_status.items())}


def event_stream(events: Mapping[str, type[BaseModel]], example: str) -> dict[int | str, dict[str, Any]]:
    """What a route declares whose 200 is a stream of named events, with the model of each one's data."""
    one_of = [
        {
            "type": "object",
            "required": ["event", "data"],
            "properties": {
                "event": {"const": name},
                "data": {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": {"$ref": _SCHEMAS + model.__name__},
                },
            },
        }
        for name, model in events.items()
    ]
    content = {"itemSchema": {"oneOf": one_of}, "example": example}
    return {200: {"content": {"text/event-stream": content}}}


def _response(kinds: dict[str, Kind]) -> dict[str, Any]:
    examples = {code: {"summary": kind.title, "value": _example(code, kind)} for code, kind in kinds.items()}
    response: dict[str, Any] = {
        "description": "; ".join(f"{kind.title} (`{code}`)" for code, kind in kinds.items()),
        # under `model` the framework would promise application/json as well
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_SCHEMAS}Problem"}, "examples": examples}},
    }
    if any(kind.retry_after for kind in kinds.values()):
        schema = {"type": "integer"}
        response["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": schema}}
    return response


def _example(code: str, kind: Kind) -> dict[str, Any]:
    problem = Problem(
        type=TYPE_PREFIX + code,
        title=kind.title,
        status=kind.status,
        detail=f"{kind.title}.",
        instance="/v1",
        code=code,
    )
    return problem.model_dump(exclude_none=True)
