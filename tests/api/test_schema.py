"""Requests made from the API's description: whatever is sent, what is answered was declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from assistant.service import Assistant
from tests.api.servers import Served
from tests.homes import assistant_like

CHANGES_OF_DOCUMENTS = ("PUT /v1/documents/{document}", "DELETE /v1/documents/{document}")

# what does not fit the schema may also be too large to be read, which schemathesis does not count
REFUSED = {"expected-statuses": [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429, "5xx"]}
CONFIG = SchemathesisConfig.from_dict({"checks": {"negative_data_rejection": REFUSED}})

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
    # no schema says which bytes are a document, or which entity tag the held one has
    changes_documents = case.operation.label in CHANGES_OF_DOCUMENTS
    case.call_and_validate(
        base_url=url, excluded_checks=[positive_data_acceptance] if changes_documents else []
    )
