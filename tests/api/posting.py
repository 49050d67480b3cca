"""Requests that must succeed."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient


def posted(client: TestClient, path: str, **body: Any) -> dict[str, Any]:
    """What a request with this body is answered."""
    response = client.post(path, json=body)
    assert response.status_code == 200, response.text
    document: dict[str, Any] = response.json()
    return document
