"""Requests made from the API's description: whatever is sent, what is answered was declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from assistant.service import Assistant
from tests.api.servers import Served
from tests.homes import assistant_like

_EXPECTED = {
    # no schema says which bytes are a document, or which entity tag the held one has
    "positive_data_acceptance": [200, 201, 204, 304, 404, 409, 412, 413, 422, 503],
    # a body that is wrong may also be too large
    "negative_data_rejection": [400, 404, 405, 409, 412, 413, 415, 422],
}
_CHECKS = {check: {"expected-statuses": statuses} for check, statuses in _EXPECTED.items()}
_CHANGES = {"include-path": "/v1/documents/{document}", "checks": _CHECKS}
_CONFIG = {
    "checks": {"negative_data_rejection": _CHECKS["negative_data_rejection"]},
    "operations": [_CHANGES],
}

# held to what is served by test_openapi.py; schemathesis cannot take a fixture's with this pytest
schema = schemathesis.openapi.from_path("docs/openapi.json", config=schemathesis.Config.from_dict(_CONFIG))


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
