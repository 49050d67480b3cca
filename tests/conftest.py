"""What every test stands on: folders of its own, no network, and one real assistant."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import load_settings
from tests.homes import assistant_like
from tests.milvus_servers import LiteServer, Proxy, proxied


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings or the documents of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("PILCROW_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PILCROW_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The data folder of this test, not made yet."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A real assistant over the built-in document, with the real model, for tests that only read."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PILCROW_")]:
            patch.delenv(name)
        home = tmp_path_factory.mktemp("pilcrow")
        patch.setenv("PILCROW_HOME", str(home))
        opened = Assistant.open(load_settings(cached_answers=0))
    opened.warm_up()
    yield opened
    opened.close()


@pytest.fixture
def own_assistant(assistant: Assistant, home: Path) -> Iterator[Assistant]:
    """An assistant with a data folder of its own, and the model and vectors that are there already."""
    opened = assistant_like(assistant, home)
    yield opened
    opened.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[LiteServer, Proxy]]:
    """A server of Milvus on a port, and the proxy before it."""
    pytest.importorskip("pymilvus")
    pytest.importorskip("milvus_lite")
    with proxied(tmp_path / "server") as both:
        yield both


@pytest.fixture
def proxy(served: tuple[LiteServer, Proxy]) -> Proxy:
    return served[1]


@pytest.fixture
def server(served: tuple[LiteServer, Proxy]) -> LiteServer:
    return served[0]
