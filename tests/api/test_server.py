from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from assistant.api.server import _listener, loopback_address, serve, served_address
from assistant.errors import SettingsInvalid
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.api.server_processes import running_server

KEY = "a-key-of-21-characters"
SERVE = """
from assistant.api.server import serve
from assistant.service import Assistant
from assistant.settings import load_settings
serve(lambda: Assistant.open(load_settings()), load_settings(port=0))
"""


def never_opened() -> Assistant:
    raise AssertionError("nothing is opened for an address that cannot be served")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.8.9.10", "127.8.9.10"),
        ("::1", "::1"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("localhost", "127.0.0.1"),
        ("LocalHost", "127.0.0.1"),
    ],
)
def test_loopback_hosts_are_served(host: str, address: str) -> None:
    assert loopback_address(host) == served_address(load_settings(host=host)) == address


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",
        "::",
        "",
        "192.168.1.5",
        "128.0.0.1",
        "126.255.255.255",
        "::ffff:10.0.0.1",
        "::2",
        "example.org",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "127.1",
        "2130706433",
        " 127.0.0.1",
    ],
)
def test_without_a_key_no_other_host_is_served(host: str) -> None:
    with pytest.raises(SettingsInvalid, match="loopback") as caught:
        serve(never_opened, load_settings(host=host))
    assert "127.0.0.1" in caught.value.mend


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "0.0.0.0"),
        ("::", "::"),
        ("192.168.1.5", "192.168.1.5"),
        ("example.org", "example.org"),
        ("localhost", "127.0.0.1"),
    ],
)
def test_with_a_key_any_host_is_served(host: str, address: str, tmp_path: Path) -> None:
    for key in ({"api_key": KEY}, {"api_keys_file": tmp_path / "keys"}):
        assert served_address(load_settings(host=host, **key)) == address


@pytest.mark.parametrize(
    "settings",
    [
        {"host": ""},
        {"host": " "},
        {"host": "203.0.113.1"},  # an address for documentation, which no machine has
        {"host": "no such host"},
        {"host": "a" * 64 + ".example.org"},
        {"host": "0.0.0.0", "api_keys_file": Path("nowhere")},
    ],
)
def test_what_cannot_be_served_with_a_key_is_said_before_anything_is_opened(settings: dict[str, Any]) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        serve(never_opened, load_settings(port=0, api_key=KEY, **settings))
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_all_addresses_are_served_with_a_key(host: str) -> None:
    try:
        listener = _listener(host, 0)
    except SettingsInvalid:
        pytest.skip("this machine has no IPv6")
    with listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), timeout=10):
            pass


def test_a_port_in_use_is_said_to_be_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsInvalid, match=f"Port {port} of 127.0.0.1 cannot be served"):
            serve(never_opened, load_settings(host="localhost", port=port))


def test_a_store_that_cannot_be_opened_is_an_error_of_the_caller() -> None:
    class Unopened(Exception):
        pass

    def fail() -> Assistant:
        raise Unopened

    with pytest.raises(Unopened):
        serve(fail, load_settings(port=0))


def test_a_server_listens_at_once_and_ends_cleanly(tmp_path: Path) -> None:
    # without a model, so that the server's own ways are seen and not the time a model takes
    model = str(tmp_path / "nothing")
    environment = {**os.environ, "PILCROW_HOME": str(tmp_path / "home"), "PILCROW_MODEL": model}
    command = [sys.executable, "-c", SERVE]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stderr is not None
            announced = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())
            assert announced
            url = announced[0]
            with urlopen(f"{url}/livez", timeout=30) as response:
                assert response.status == 200
                assert "Server" not in response.headers
            assert model not in " ".join(_reasons(url, "PILCROW_MODEL"))
            server.send_signal(signal.SIGINT)
            stdout, stderr = server.communicate(timeout=30)
        finally:
            server.kill()
    assert server.returncode == 0
    assert stdout == ""
    assert "Traceback" not in stderr


def _reasons(url: str, mentioned: str) -> list[str]:
    """The reasons why a server is not ready, once one mentions a text."""
    for _ in range(600):
        with pytest.raises(HTTPError) as caught:
            urlopen(f"{url}/readyz", timeout=30)
        with caught.value as response:
            reasons: list[str] = json.load(response)["reasons"]
        if any(mentioned in reason for reason in reasons):
            return reasons
        time.sleep(0.05)
    raise AssertionError("the warm-up did not fail")


def test_importing_the_api_imports_no_model_library() -> None:
    heavy = "torch sentence_transformers transformers textual typer"
    code = (
        "import sys, assistant.api, assistant.api.app, assistant.api.server, assistant.settings\n"
        "assistant.api.app.create_app(lambda: None, assistant.settings.load_settings()).openapi()\n"
        f"print(sorted(set({heavy.split()!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_core_does_not_import_the_api() -> None:
    code = "import sys, assistant.service; print({'fastapi', 'assistant.api'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


NO_REQUESTS = [
    (b"no HTTP\r\n\r\n", 400, "malformed_http"),
    (b"GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: example.org\r\n\r\n", 400, "malformed_http"),
    (b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000, 431, "headers_too_large"),
    (b"GET /livez HTTP/1.0\r\n\r\n", 403, "host_not_allowed"),
]


def test_what_is_no_request_is_a_problem_too(home: Path) -> None:
    with running_server(home) as server:
        address = urlsplit(server.url)
        for sent, status, code in NO_REQUESTS:
            with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
                connection.sendall(sent)
                answer = b"".join(iter(partial(connection.recv, 65536), b""))
            head, _, body = answer.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 %d " % status), sent[:20]
            assert b"application/problem+json" in head
            assert b"nosniff" in head
            assert json.loads(body)["code"] == code
        server.stop()
    assert "Traceback" not in "".join(server.stderr)
