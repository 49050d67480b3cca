"""`python -m assistant.api` prints the API's description, as /openapi.json of a server gives it."""

from __future__ import annotations

import json
import sys

from assistant.api.app import create_app
from assistant.service import Assistant
from assistant.settings import load_settings


def description() -> str:
    """The OpenAPI document as JSON text, the same for the same version of Pilcrow."""
    return json.dumps(create_app(_unopened, load_settings()).openapi(), indent=2, ensure_ascii=False) + "\n"


def _unopened() -> Assistant:
    raise AssertionError("describing an application opens nothing")


if __name__ == "__main__":
    sys.stdout.write(description())
