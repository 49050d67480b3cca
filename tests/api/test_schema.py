"""Requests made from the API's description: whatever is sent, what is answered was declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from assistant.service import Assistant
from tests.api.servers import Served
from tests.homes import assistant_like

CONFIG = schemathesis.Config.from_path(Path(__file__).with_name("schemathesis.toml"))

# held to what is served by test_openapi.py; a test each with a name of its own, which schemathesis gives none
SCHEMA = schemathesis.openapi.from_path("docs/openapi.json", config=CONFIG)
_FOUND: Iterable[Any] = SCHEMA.get_all_operations()
OPERATIONS = {found.ok().label: found.ok() for found in _FOUND}
NOTHING_TO_SEND = ("GET /livez", "GET /readyz", "GET /metrics", "GET /v1/info", "GET /v1/models")


@pytest.fixture(scope="module")
def url(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose documents may be deleted."""
    own = assistant_like(assistant, tmp_path_factory.mktemp("described") / "home")
    with Served(own) as server:
        yield server.url
    own.close()


@pytest.mark.parametrize(
    ("label", "mode"),
    [
        (label, mode)
        for label in OPERATIONS
        for mode in GenerationMode
        if mode is GenerationMode.POSITIVE or label not in NOTHING_TO_SEND
    ],
)
def test_every_operation_answers_as_described(label: str, mode: GenerationMode, url: str) -> None:
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    @settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    def answers_as_described(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(base_url=url)

    answers_as_described()
