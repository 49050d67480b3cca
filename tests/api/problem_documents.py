"""What every problem document must be."""

from __future__ import annotations

from typing import Any

from httpx2 import Response

from assistant.api.problems import Problem


def problem(response: Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of a response, which must be of this status and code."""
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == response.headers["cross-origin-resource-policy"]
    assert response.headers["cache-control"] == "no-store"
    document: dict[str, Any] = response.json()
    Problem.model_validate(document)
    assert (response.status_code, document["code"]) == (status, code)
    assert document["status"] == status
    assert document["type"] == f"urn:pilcrow:error:{code}"
    assert document["title"]
    assert document["request_id"] == response.headers["x-request-id"]
    assert document["detail"]
    path, _, _ = response.request.url.raw_path.decode().partition("?")
    assert document["instance"] == path.replace("%2F", "/")
    return document
