"""What browsers are told to do with a response, whatever it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.testclient import TestClient

from assistant.api.security_headers import SecurityHeaders
from assistant.service import Assistant
from tests.api.conftest import serving

ON_PAGES_ONLY = (
    "content-security-policy",
    "x-frame-options",
    "cross-origin-opener-policy",
    "permissions-policy",
)


@pytest.fixture
def bare() -> Iterator[TestClient]:
    """A client of an application that has pages and data, and nothing but the headers before it."""
    app = FastAPI()

    @app.get("/page")
    def page() -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>A page</title>")

    @app.get("/page-with-tag")
    def page_with_tag() -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>A page</title>", headers={"ETag": '"1"'})

    @app.get("/data")
    def data() -> JSONResponse:
        return JSONResponse({}, headers={"ETag": '"1"'})

    @app.get("/own")
    def own() -> PlainTextResponse:
        own = {"Cache-Control": "max-age=60", "Referrer-Policy": "no-referrer"}
        return PlainTextResponse("text/html", headers=own)

    app.add_middleware(SecurityHeaders)
    with TestClient(app) as opened:
        yield opened


def test_every_response_has_what_all_need(client: TestClient) -> None:
    for path in ("/livez", "/openapi.json", "/v1/info", "/nowhere"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert not set(ON_PAGES_ONLY) & set(headers)


def test_a_page_runs_what_is_the_servers_own_and_is_in_no_frame(bare: TestClient) -> None:
    headers: Any = bare.get("/page").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-store"


def test_what_has_a_tag_is_kept_to_be_asked_for_again(bare: TestClient) -> None:
    for path in ("/page-with-tag", "/data"):
        assert bare.get(path).headers["cache-control"] == "private, no-cache"
    assert "content-security-policy" in bare.get("/page-with-tag").headers


def test_what_a_route_says_itself_stays(bare: TestClient) -> None:
    headers = bare.get("/own").headers
    assert headers.get_list("cache-control") == ["max-age=60"]
    assert headers.get_list("referrer-policy") == ["no-referrer"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" not in headers


def test_an_unexpected_error_has_them_too(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("something else")

    monkeypatch.setattr(assistant, "document_page", fail)
    with serving(assistant) as opened:
        response = opened.get("/", headers={"Accept": "text/html"})
    assert response.status_code == 500
    assert response.headers["content-type"].startswith("text/html")
    assert set(ON_PAGES_ONLY) <= set(response.headers)
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/documents/crc-c-opsc-lao-co-1", "/documents/nowhere"])
def test_the_servers_own_pages_have_them(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.headers["content-type"].startswith("text/html")
    assert set(ON_PAGES_ONLY) <= set(response.headers)
    assert "<script>" not in response.text  # for the policy would not let it run
    assert " style=" not in response.text
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', response.text):
        file = client.get(address)
        assert file.status_code == 200
        assert file.headers["x-content-type-options"] == "nosniff"
