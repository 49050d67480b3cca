"""A server answers those who mean it, and tells what it must not be made to answer to."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from assistant.service import Assistant
from assistant.setting_types import is_loopback
from tests.api.conftest import serving
from tests.api.problem_documents import problem

KEY = "a-key-of-21-characters"
OWN = [
    "localhost",
    "LOCALHOST:8642",
    "localhost.",
    "127.0.0.1",
    "127.9.9.9:80",
    "[::1]",
    "[::1]:8642",
    "[0:0::1]",
]
FOREIGN = [
    "",
    "rebound.example.org",
    "localhost.example.org",
    "127.0.0.1.example.org",
    "example.org:localhost",
    "192.168.1.5",
    "0.0.0.0",
    "[::]",
    "[::ffff:127.0.0.1]",
    "127.1",
    "2130706433",
    "::1",
    "[localhost]",
    "localhost:80:80",
    "localhost:port",
    "localhost/x",
    "user@localhost",
    "localhost, example.org",
    " localhost",
    "localhost\tx",
]


@pytest.mark.parametrize("host", OWN)
def test_a_request_for_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/livez", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", [*FOREIGN, "pilcrow.example.org"])
@pytest.mark.parametrize("path", ["/livez", "/v1/conversations", "/nowhere"])
def test_a_request_for_another_host_is_refused(client: TestClient, host: str, path: str) -> None:
    response = client.get(path, headers={"Host": host})
    found = problem(response, 403, "host_not_allowed")
    assert "PILCROW_ALLOWED_HOSTS" in found["mend"]
    assert found["detail"] == "The request asks for a host that this server does not answer for."


def test_a_host_that_is_not_ascii_is_refused(client: TestClient) -> None:
    for host in (b"localhost\xff", "１２７.0.0.1".encode()):
        problem(client.get("/livez", headers=[(b"host", host)]), 403, "host_not_allowed")


def test_of_two_hosts_none_is_answered(client: TestClient) -> None:
    hosts = [("Host", "localhost"), ("Host", "rebound.example.org")]
    problem(client.get("/livez", headers=hosts), 403, "host_not_allowed")


def test_the_settings_add_hosts(assistant: Assistant) -> None:
    allowed = ("pilcrow.example.org", "2001:DB8::5")
    for settings in ({}, {"api_key": KEY}):
        with serving(assistant, allowed_hosts=allowed, **settings) as opened:
            for host in (*OWN, "pilcrow.example.org", "Pilcrow.example.org.:443", "[2001:db8:0::5]:80"):
                response = opened.get("/v1/conversations", headers={"Host": host, "X-API-Key": KEY})
                assert response.status_code == 200, host
            for host in (*FOREIGN, "www.pilcrow.example.org", "pilcrow.example.org.uk"):
                response = opened.get("/v1/conversations", headers={"Host": host, "X-API-Key": KEY})
                problem(response, 403, "host_not_allowed")


def test_the_host_of_the_public_url_is_one_of_them(assistant: Assistant) -> None:
    with serving(assistant, public_url="https://Pilcrow.example.org/un") as opened:
        for host in (*OWN, "pilcrow.example.org", "pilcrow.example.org:443"):
            assert opened.get("/livez", headers={"Host": host}).status_code == 200
        problem(opened.get("/livez", headers={"Host": "example.org"}), 403, "host_not_allowed")


def test_with_a_key_a_server_is_asked_for_by_any_name(assistant: Assistant) -> None:
    with serving(assistant, api_key=KEY) as opened:
        for host in (*OWN, "rebound.example.org", "192.168.1.5"):
            headers = {"Host": host, "X-API-Key": KEY}
            assert opened.get("/v1/conversations", headers=headers).status_code == 200
            problem(opened.get("/v1/conversations", headers={"Host": host}), 401, "unauthorized")


def test_names_are_not_looked_up_to_learn_whether_they_are_loopback() -> None:
    assert is_loopback("localhost")
    assert is_loopback("127.0.0.1")
    assert not is_loopback("ip6-localhost")
    assert not is_loopback("localhost.localdomain")
