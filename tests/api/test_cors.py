"""What pages of other origins are told, and what they cannot make a browser do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from assistant.service import Assistant
from tests.api.conftest import serving
from tests.api.problem_documents import problem
from tests.api.test_keys import KEY, basic, bearer

APP = "https://app.example.org"
EVIL = "https://evil.example.org"
QUESTION = {"question": "para 33", "store": False}


@pytest.fixture(scope="module")
def shared(assistant: Assistant) -> Iterator[TestClient]:
    """A client of a server with a key, which pages of one other origin may use."""
    with serving(assistant, api_key=KEY, cors_origins=(APP,)) as opened:
        yield opened


@pytest.fixture(scope="module")
def alone(assistant: Assistant) -> Iterator[TestClient]:
    """A client of a server with a key, which only its own pages may use."""
    with serving(assistant, api_key=KEY) as opened:
        yield opened


def allowed(response: Response) -> dict[str, str]:
    """What a response lets pages of other origins do."""
    return {name: value for name, value in response.headers.items() if name.startswith("access-control-")}


def preflight(client: TestClient, origin: str, method: str = "POST", sent: str = "content-type") -> Response:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": sent,
    }
    return client.options("/v1/ask", headers=headers)


def test_unless_it_is_set_no_origin_is_let_in(client: TestClient, alone: TestClient) -> None:
    for headers in ({"Origin": APP}, {"Origin": "null"}, {"Origin": "http://localhost:3000"}):
        response = client.get("/v1/conversations", headers=headers)
        assert response.status_code == 200
        assert allowed(response) == {}
    assert allowed(preflight(client, APP)) == allowed(preflight(alone, APP)) == {}
    problem(preflight(client, APP), 405, "method_not_allowed")
    problem(preflight(alone, APP), 401, "unauthorized")


def test_a_page_of_a_set_origin_asks_with_its_own_key(shared: TestClient) -> None:
    response = preflight(shared, APP, "POST", "authorization,content-type,x-stainless-os,if-match")
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == APP
    assert "access-control-allow-credentials" not in response.headers
    assert "Origin" in response.headers["vary"]
    for headers in (bearer(KEY), {"X-API-Key": KEY}):
        response = shared.post("/v1/ask", json=QUESTION, headers={"Origin": APP, **headers})
        assert response.json()["citations"]
        assert response.headers["access-control-allow-origin"] == APP
        shown = {name.strip() for name in response.headers["access-control-expose-headers"].split(",")}
        assert shown == {"X-Request-ID", "ETag", "Link", "Location", "Retry-After"}


def test_a_page_of_a_set_origin_learns_why_it_is_refused(shared: TestClient) -> None:
    response = shared.get("/v1/conversations", headers={"Origin": APP})
    problem(response, 401, "unauthorized")
    assert response.headers["access-control-allow-origin"] == APP
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    ("origin", "method", "sent"),
    [
        (EVIL, "POST", "content-type"),
        ("null", "POST", "content-type"),
        (f"{APP}.evil.org", "POST", "content-type"),
        (APP.replace("https", "http"), "POST", "content-type"),
        (f"{APP}:8443", "POST", "content-type"),
        (APP, "PATCH", "content-type"),
    ],
)
def test_a_refused_preflight_is_a_problem_document(
    shared: TestClient, origin: str, method: str, sent: str
) -> None:
    response = preflight(shared, origin, method, sent)
    found = problem(response, 403, "preflight_refused")
    assert found["instance"] == "/v1/ask"
    assert allowed(response) == {}


def test_a_page_of_another_origin_reads_nothing(shared: TestClient) -> None:
    response = shared.get("/v1/conversations", headers={"Origin": EVIL, **basic(KEY)})
    assert "access-control-allow-origin" not in response.headers


# -- changes that a page of another site would have a browser make, with the password that it remembers

FOREIGN = [
    {"Origin": EVIL},
    {"Origin": "null"},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://localhost.evil.org"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:3000"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_changes_nothing(client: TestClient, alone: TestClient, headers: dict[str, str]) -> None:
    for opened in (client, alone):
        for method, path in (
            ("POST", "/v1/ask"),
            ("POST", "/"),
            ("PUT", "/v1/documents/crc-c-opsc-lao-co-1"),
            ("DELETE", "/v1/documents/crc-c-opsc-lao-co-1"),
            ("DELETE", "/v1/conversations/0123456789abcdef"),
            ("PATCH", "/nowhere"),
        ):
            response = opened.request(method, path, headers={**headers, **basic(KEY)})
            problem(response, 403, "cross_site")
        response = opened.get("/v1/conversations", headers={**headers, **basic(KEY)})
        assert response.status_code == 200  # which another site can have loaded, and cannot read


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost:8642", "Host": "localhost:8642"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://pilcrow.example.org"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_the_servers_own_pages_and_programs_change_things(alone: TestClient, headers: dict[str, str]) -> None:
    response = alone.post("/v1/ask", json=QUESTION, headers={**headers, **basic(KEY)})
    assert response.status_code == 200


def test_pages_behind_a_proxy_that_asks_for_another_host_change_things(assistant: Assistant) -> None:
    public = "https://docs.example.org:443/pilcrow"
    with serving(assistant, api_key=KEY, public_url=public) as opened:
        for host in ("localhost:8642", "docs.example.org"):
            headers = {"Host": host, "Origin": "https://docs.example.org", **basic(KEY)}
            assert opened.post("/v1/ask", json=QUESTION, headers=headers).status_code == 200
            headers["Origin"] = "https://docs.example.org.evil.org"
            problem(opened.post("/v1/ask", json=QUESTION, headers=headers), 403, "cross_site")
        assert allowed(preflight(opened, "https://docs.example.org")) == {}


def test_a_page_of_a_set_origin_changes_things(shared: TestClient) -> None:
    for site in ({}, {"Sec-Fetch-Site": "cross-site"}):
        headers = {"Origin": APP, **site, **bearer(KEY)}
        assert shared.post("/v1/ask", json=QUESTION, headers=headers).status_code == 200
        headers = {"Origin": EVIL, **site, **bearer(KEY)}
        problem(shared.post("/v1/ask", json=QUESTION, headers=headers), 403, "cross_site")
