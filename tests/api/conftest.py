"""The API over real assistants; the model is loaded once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openai import OpenAI
from starlette.testclient import TestClient

from assistant.api.app import create_app
from assistant.service import Assistant
from assistant.settings import load_settings
from corpus.model import Metadata
from corpus.parse import SourceFile
from index.collection import Collection
from index.embedded import EmbeddedEngine
from tests.api.chats import client_of
from tests.api.composers import Composer
from tests.api.servers import Served
from tests.homes import assistant_like

LAOS = "CRC/C/OPSC/LAO/CO/1"
UTOPIA = "CRC/C/OPSC/UTO/CO/1"

_TEXT = """\
Concluding observations on the report submitted by Utopia

I. Extradition

1. The Committee is concerned that the State party lacks a law on extradition.

2. The Committee recommends that the State party adopt a law on extradition and:

(a) Withdraw its reservation;

(b) Train judges:

(i) In the capital;

(ii) In the provinces.

2. The Committee recommends that the State party publish its treaties.
"""


@pytest.fixture(scope="session")
def client(assistant: Assistant) -> Iterator[TestClient]:
    """A client of a server over the built-in document."""
    with serving(assistant) as opened:
        yield opened


@pytest.fixture(scope="session")
def client_of_two(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a server that also holds a made-up document, which prints its number 2 twice."""
    home = tmp_path_factory.mktemp("two")
    engine = EmbeddedEngine(home / "index")
    two = Assistant(Collection(home, engine, lambda _: assistant.collection.encoder))
    outcomes = list(two.collection.ingest([_utopia]))
    assert [outcome.status for outcome in outcomes] == ["added"]
    with serving(two) as opened:
        yield opened


@pytest.fixture(scope="module")
def socket_server(assistant: Assistant) -> Iterator[Served]:
    """A server over the built-in document, for clients that bring their own transport."""
    with Served(assistant) as started:
        yield started


@pytest.fixture
def official(socket_server: Served) -> Iterator[OpenAI]:
    """The official client of OpenAI."""
    with client_of(socket_server) as opened:
        yield opened


@pytest.fixture
def composer() -> Composer:
    return Composer()


@pytest.fixture
def held_up(assistant: Assistant, composer: Composer, home: Path) -> Iterator[Assistant]:
    """An assistant whose composer waits."""
    opened = assistant_like(assistant, home, composer=composer)
    opened.warm_up()
    yield opened
    opened.close()


def serving(assistant: Assistant, **settings: Any) -> TestClient:
    """A client that gets an unexpected error as the server answers it."""
    app = create_app(lambda: assistant, load_settings(**settings))
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


def _utopia() -> SourceFile:
    given = Metadata(symbol=UTOPIA, states=("Utopia",), language="en")
    return SourceFile("utopia.txt", _TEXT.encode(), given)
