"""docs/api.md says what is so: requests that look citations up are sent, and answered as it shows."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
SECTION = PAGE.split("\n## Citations of a text\n")[1].split("\n## ")[0]
BLOCKS = re.findall(
    r"```console\n\$ curl -s localhost:8642(/v1/citations/\w+) (.*?'\n)(.*?)\n```", SECTION, re.DOTALL
)


def _shown(response: str) -> re.Pattern[str]:
    """What a response must be that is shown with lines broken and … for what is left out."""
    parts = re.sub(r"\n *", "", response).split("…")
    return re.compile(".*?".join(map(re.escape, parts)), re.DOTALL)


@pytest.mark.parametrize(("path", "options", "response"), BLOCKS)
def test_an_example_is_answered_as_it_is_shown(
    client: TestClient, path: str, options: str, response: str
) -> None:
    header, kind, data, body = shlex.split(options.replace("\\\n", ""))
    assert (header, kind, data) == ("-H", "content-type: application/json", "-d")
    answer = client.post(path, json=json.loads(body))
    assert answer.status_code == 200
    assert _shown(response).fullmatch(answer.text), answer.text


def test_there_is_an_example_of_every_route(client: TestClient) -> None:
    routes = {
        path for path in client.get("/openapi.json").json()["paths"] if path.startswith("/v1/citations/")
    }
    assert {path for path, _, _ in BLOCKS} == routes
