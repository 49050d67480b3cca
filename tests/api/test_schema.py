"""Requests made from the API's description: whatever is sent, what is answered was declared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from assistant.service import Assistant
from tests.api.servers import Served
from tests.homes import assistant_like

CONFIG = schemathesis.Config.from_path(Path(__file__).with_name("schemathesis.toml"))

# held to what is served by test_openapi.py; schemathesis cannot take a fixture's with this pytest
schema = schemathesis.openapi.from_path("docs/openapi.json", config=CONFIG)


@pytest.fixture(scope="module")
def url(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose documents may be deleted."""
    own = assistant_like(assistant, tmp_path_factory.mktemp("described") / "home")
    with Served(own) as server:
        yield server.url
    own.close()


@schema.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_described(case: schemathesis.Case[Any], url: str) -> None:
    case.call_and_validate(base_url=url)
