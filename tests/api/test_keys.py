"""Who has no key gets nothing but the probes, and a key is told apart from all others."""

from __future__ import annotations

import base64
import hashlib
import logging
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from assistant.api.authentication import sent_key
from assistant.errors import SettingsInvalid
from assistant.keys import Keys, digest_of, fingerprint, line_of, new_key, read_hashes
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.api.conftest import serving
from tests.api.problem_documents import problem

KEY = "a-key-of-21-characters"
OTHER = "another-key-of-24-letters"


def basic(password: str, user: str = "") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture(scope="module")
def locked(assistant: Assistant) -> Iterator[TestClient]:
    """A client of a server with one key, which the client does not send by itself."""
    with serving(assistant, api_key=KEY) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys"


# -- over HTTP


@pytest.mark.parametrize(
    "headers",
    [
        bearer(KEY),
        {"Authorization": f"bearer  {KEY} "},
        {"X-API-Key": KEY},
        basic(KEY),
        basic(KEY, "anybody"),
        {"X-API-Key": KEY, **bearer("of the proxy before it")},
    ],
)
def test_a_key_is_taken_in_each_of_three_ways(locked: TestClient, headers: dict[str, str]) -> None:
    assert locked.get("/openapi.json", headers=headers).status_code == 200
    answer = locked.post("/v1/ask", json={"question": "para 33", "store": False}, headers=headers)
    assert answer.json()["citations"]


WRONG: list[dict[str, str]] = [
    {},
    bearer(OTHER),
    bearer(KEY[:-1]),
    bearer(KEY + "x"),
    bearer(KEY.upper()),
    bearer(""),
    bearer(digest_of(KEY)),
    {"Authorization": KEY},
    {"Authorization": f"Digest {KEY}"},
    {"Authorization": "Basic " + KEY},
    {"Authorization": "Basic " + base64.b64encode(b"\xff:\xff").decode()},
    {"Authorization": "Basic " + base64.b64encode(KEY.encode()).decode()},
    basic(OTHER, KEY),
    {"X-API-Key": ""},
    {"X-API-Key": OTHER, **bearer(KEY)},
    {"X-API-Key": "é" * 16},
    {"Cookie": f"key={KEY}"},
]


@pytest.mark.parametrize("headers", WRONG)
def test_a_wrong_key_is_answered_as_none_is(locked: TestClient, headers: dict[str, str]) -> None:
    same = {"X-Request-ID": "the-same"}
    without = locked.get("/v1/conversations", headers=same)
    sent = {**headers, **same}
    response = locked.get("/v1/conversations", headers=[(n.encode(), v.encode()) for n, v in sent.items()])
    problem(response, 401, "unauthorized")
    assert response.content == without.content
    assert response.headers == without.headers


def test_two_keys_at_once_are_none(locked: TestClient) -> None:
    for name, value in (("X-API-Key", KEY), ("Authorization", f"Bearer {KEY}")):
        problem(locked.get("/v1/conversations", headers=[(name, value)] * 2), 401, "unauthorized")


def test_every_operation_but_the_probes_needs_the_key(locked: TestClient) -> None:
    paths = locked.get("/openapi.json", headers=bearer(KEY)).json()["paths"]
    operations = [(method, path) for path, methods in paths.items() for method in methods]
    assert len(operations) > 5
    for method, path in operations:
        response = locked.request(method, path)
        if path in ("/livez", "/readyz"):
            assert response.status_code in (200, 503)
        else:
            problem(response, 401, "unauthorized")
            assert "unauthorized" in str(paths[path][method]["responses"]["401"])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/openapi.json",
        "/metrics",
        "/documents/crc-c-opsc-lao-co-1",
        "/static/pilcrow.css",
        "/?q=para+33",
        "/nowhere",
        "/livez/",
        "//livez",
        "/LIVEZ",
        "/livez;x",
        "/readyz/x",
    ],
)
def test_what_is_not_on_the_list_is_closed_whether_it_is_there_or_not(locked: TestClient, path: str) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "ANY"):
        response = locked.request(method, f"http://localhost{path}")
        assert response.status_code == 401, (method, path)


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_probes_are_only_read_without_a_key(locked: TestClient, path: str) -> None:
    assert locked.get(path).status_code in (200, 503)
    assert locked.head(path).status_code != 401
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert locked.request(method, path).status_code == 401


def test_a_large_body_without_a_key_is_not_read(locked: TestClient) -> None:
    problem(locked.put("/v1/documents/x", content=b"x" * 1_000_000), 401, "unauthorized")


@pytest.mark.parametrize(
    ("path", "headers", "scheme"),
    [
        ("/", {}, "Basic"),
        ("/documents/crc-c-opsc-lao-co-1", {}, "Basic"),
        ("/static/pilcrow.css", {}, "Basic"),
        ("/v1/ask", {}, "Bearer"),
        ("/metrics", {}, "Bearer"),
        ("/documents", {}, "Bearer"),
        ("/v1/ask", {"Sec-Fetch-Site": "same-origin"}, "Basic"),
        ("/openapi.json", {"Sec-Fetch-Site": "none"}, "Basic"),
        ("/v1/ask", {"Sec-Fetch-Site": "cross-site"}, "Bearer"),
    ],
)
def test_a_browser_asks_a_person_for_the_key_of_a_page(
    locked: TestClient, path: str, headers: dict[str, str], scheme: str
) -> None:
    response = locked.get(path, headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith(f'{scheme} realm="Pilcrow"')


def test_without_keys_none_is_asked_for(client: TestClient) -> None:
    for headers in ({}, bearer(KEY)):
        assert client.get("/v1/conversations", headers=headers).status_code == 200


def test_no_answer_and_no_log_repeats_a_key(
    locked: TestClient,
    caplog: pytest.LogCaptureFixture,
    assistant: Assistant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("something else")

    monkeypatch.setattr(assistant, "ask", fail)
    with caplog.at_level(logging.DEBUG):
        for key in (KEY, OTHER):
            for headers in (bearer(key), {"X-API-Key": key}, basic(key)):
                response = locked.post("/v1/ask", json={"question": "x"}, headers=headers)
                assert key not in response.text + str(response.headers)
    for key in (KEY, OTHER, base64.b64encode(f":{KEY}".encode()).decode(), digest_of(KEY)):
        assert key not in caplog.text


def test_the_log_tells_whose_key_a_request_had(
    assistant: Assistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = written(tmp_path / "keys", line_of("desk", KEY))
    with serving(assistant, api_keys_file=file) as opened, caplog.at_level(logging.INFO):
        opened.get("/v1/info", headers=bearer(KEY))
        opened.get("/v1/info", headers=bearer(OTHER))
    told = [vars(record).get("key") for record in caplog.records if record.name == "assistant.api.records"]
    assert told == ["desk", None]


# -- what a header says


@given(st.text(min_size=1).filter(lambda text: "\ud800" not in text))
def test_any_password_comes_through(password: str) -> None:
    try:
        headers = Headers(basic(password, "somebody"))
    except UnicodeEncodeError:
        return
    assert sent_key(headers) == password


@given(st.text(st.characters(max_codepoint=255)))
def test_any_credentials_are_read(value: str) -> None:
    for scheme in ("", "Basic ", "Bearer "):
        sent_key(Headers(raw=[(b"authorization", f"{scheme}{value}".encode("latin-1"))]))


# -- a file of keys


def written(file: Path, *lines: str) -> Path:
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_file_names_the_owners_of_its_keys(file: Path) -> None:
    keys = [new_key() for _ in range(3)]
    written(
        file,
        "# who may ask",
        "",
        line_of("desk", keys[0]),
        f"  desk:{digest_of(keys[1]).upper()}  # the next one",
        line_of("library@example.org", keys[2]) + "\r",
    )
    held = Keys(load_settings(api_keys_file=file, api_key=KEY))
    assert held.required
    assert [held.owner_of(key) for key in keys] == ["desk", "desk", "library@example.org"]
    assert held.owner_of(KEY) == fingerprint(KEY)
    assert held.owner_of(OTHER) is held.owner_of("") is held.owner_of("\ud800é") is None


def test_a_hash_is_what_the_usual_tools_make() -> None:
    assert line_of("desk", KEY) == f"desk:{hashlib.sha256(KEY.encode()).hexdigest()}"


def test_the_owner_of_a_single_key_tells_nothing_of_it_and_is_no_name(file: Path) -> None:
    owner = fingerprint(KEY)
    assert owner == fingerprint(KEY) != fingerprint(OTHER)
    assert owner.removeprefix("key:") not in digest_of(KEY)
    with pytest.raises(SettingsInvalid):
        line_of(owner, KEY)


def test_new_keys_are_long_and_never_the_same() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert all(len(key) == 43 for key in keys)
    assert load_settings(api_key=keys.pop()).api_key


GOOD = line_of("desk", KEY)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "has no key"),
        (["# nothing"], "has no key"),
        ([GOOD, "", KEY], "Line 3"),
        ([f"desk:{KEY}"], "Line 1"),
        ([GOOD[:-1]], "Line 1"),
        ([GOOD + "0"], "Line 1"),
        ([GOOD, ":" + digest_of(OTHER)], "Line 2"),
        ([GOOD, f"key:1:{digest_of(OTHER)}"], "Line 2"),
        ([GOOD, f"{'a' * 64}:{digest_of(OTHER)}"], "Line 2"),
        ([GOOD, f"a lice:{digest_of(OTHER)}"], "Line 2"),
        ([GOOD, line_of("library", KEY)], "Line 2"),
        ([GOOD, "\x00"], "Line 2"),
        ([GOOD] * 20_000, "more than"),
    ],
)
def test_a_broken_file_is_refused_at_the_start_without_repeating_it(
    assistant: Assistant, file: Path, lines: list[str], said: str
) -> None:
    written(file, *lines)
    with pytest.raises(SettingsInvalid, match=said) as caught:
        serving(assistant, api_keys_file=file)
    shown = "".join(traceback.format_exception(caught.value))
    assert KEY not in shown
    assert digest_of(KEY)[:20] not in shown
    assert "PILCROW_API_KEYS_FILE" in caught.value.mend


def test_a_file_that_is_not_there_is_refused_at_the_start(assistant: Assistant, file: Path) -> None:
    for path in (file, file.parent):
        with pytest.raises(SettingsInvalid, match="cannot be read"):
            serving(assistant, api_keys_file=path)


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any keys"
    path.write_bytes(content)
    with suppress(SettingsInvalid):
        assert read_hashes(path)


def test_a_changed_file_counts_at_once(file: Path) -> None:
    held = Keys(load_settings(api_keys_file=written(file, GOOD)))
    assert held.owner_of(KEY) == "desk"
    written(file, GOOD, line_of("library", OTHER))
    assert held.owner_of(OTHER) == "library"
    written(file.with_name("next"), line_of("library", OTHER)).replace(file)
    assert held.owner_of(KEY) is None


@pytest.mark.parametrize(
    "broken",
    [
        lambda file: file.write_text(f"{line_of('library', OTHER)}\nnonsense"),
        lambda file: file.write_text(""),
        lambda file: file.unlink(),
        pytest.param(
            lambda file: file.chmod(0),
            marks=pytest.mark.skipif(
                not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything"
            ),
        ),
    ],
)
def test_a_file_that_breaks_leaves_the_keys_as_they_were_and_says_so_once(
    file: Path, broken: Callable[[Path], Any], caplog: pytest.LogCaptureFixture
) -> None:
    held = Keys(load_settings(api_keys_file=written(file, GOOD)))
    broken(file)
    with caplog.at_level(logging.ERROR):
        assert [held.owner_of(key) for key in (KEY, OTHER, KEY)] == ["desk", None, "desk"]
    assert len(caplog.messages) == 1
    assert str(file) in caplog.text
    if file.exists():
        file.chmod(0o600)
    written(file, line_of("library", OTHER))
    assert [held.owner_of(key) for key in (KEY, OTHER)] == [None, "library"]
