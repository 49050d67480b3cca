"""No client learns where things are on the machine."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.api.redaction import without_paths
from assistant.errors import HomeUnusable
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.api.conftest import serving
from tests.api.problem_documents import problem


def scope(**settings: Any) -> dict[str, Any]:
    """What a request knows of its application."""

    return {"app": SimpleNamespace(state=SimpleNamespace(settings=load_settings(**settings)))}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/srv/my data/pilcrow/catalog.db is damaged.", "PILCROW_HOME/catalog.db is damaged."),
        ("The model in /srv/models/mini does not load.", "The model in PILCROW_MODEL does not load."),
        ("/etc/pilcrow/keys cannot be read.", "PILCROW_API_KEYS_FILE cannot be read."),
        ("/usr/lib/python3/site-packages/x/model.bin: gone.", "model.bin: gone."),
        ("'/usr/lib/x y'", "'x y'"),
        (r"C:\Users\somebody\pilcrow\catalog.db is damaged.", "catalog.db is damaged."),
        (r"In \\server\share\catalog.db.", "In catalog.db."),
        ("It is in /srv/some/folder/.", "It is in folder."),
    ],
)
def test_a_path_is_told_by_its_setting_or_its_last_part(text: str, told: str) -> None:
    known = scope(home="/srv/my data/pilcrow", model="/srv/models/mini", api_keys_file="/etc/pilcrow/keys")
    assert without_paths(known, text) == told


@pytest.mark.parametrize(
    "text",
    [
        "There is no document CRC/C/OPSC/LAO/CO/1.",
        "The schema is in /openapi.json.",
        "Ask at /v1/documents/crc-c-opsc-lao-co-1 or /documents/crc-c-opsc-lao-co-1#para_22.",
        "See https://docs.un.org/en/CRC/C/OPSC/LAO/CO/1 and/or 1/2.",
        "The model all-MiniLM-L6-v2 is not there.",
        "",
    ],
)
def test_symbols_routes_and_links_are_left_alone(text: str) -> None:
    assert without_paths(scope(home="/srv/pilcrow"), text) == text


def test_paths_are_not_told_before_there_is_an_application() -> None:
    assert (
        without_paths({"path": ""}, "The file /srv/data/catalog.db is gone.")
        == "The file catalog.db is gone."
    )


def test_a_problem_names_files_and_not_where_they_are(
    client: TestClient,
    assistant: Assistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise HomeUnusable("/srv/data/conversations.sqlite cannot be used: locked.", "Check /srv/data/x.")

    monkeypatch.setattr(assistant, "ask", fail)
    response = client.post("/v1/ask", json={"question": "extradition"})
    found = problem(response, 503, "home_unusable")
    assert (found["detail"], found["mend"]) == ("conversations.sqlite cannot be used: locked.", "Check x.")
    assert "/srv/data/conversations.sqlite" in caplog.text


def test_why_a_server_is_not_ready_is_told_without_paths(
    tmp_path: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "unready", lambda: [f"The index in {tmp_path}/index is damaged."])
    with serving(assistant, home=tmp_path) as opened:
        assert problem(opened.get("/readyz"), 503, "not_ready")["reasons"] == [
            "The index in PILCROW_HOME/index is damaged."
        ]
