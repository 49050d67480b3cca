"""Files that are put, and servers over documents of their own that need no model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from httpx2 import Response
from starlette.testclient import TestClient

from assistant.service import Assistant
from corpus.workers import InProcess, Parser
from tests.api.conftest import serving
from tests.index.homes import opened
from tests.index.tiny_encoder import TinyEncoder

KENYA, UGANDA = "CRPD/C/KEN/CO/1", "CRPD/C/UGA/CO/1"
STATES = {"KEN": "Kenya", "UGA": "Uganda", "ITA": "Italy"}


def text_of(symbol: str = KENYA, *paragraphs: str, printed: bool = True) -> bytes:
    """A text that prints its symbol, unless told not to."""
    state = next((name for code, name in STATES.items() if f"/{code}/" in symbol), "Utopia")
    title = f"Concluding observations on the initial report of {state}"
    numbered = [f"{n}. {text}" for n, text in enumerate(paragraphs or ("Ferries carry no lifeboats.",), 1)]
    return "\n\n".join([*([symbol] if printed else []), title, *numbered]).encode() + b"\n"


def path_of(document: str) -> str:
    return f"/v1/documents/{quote(document, safe='')}"


def put(
    client: TestClient, document: str, content: Any, headers: dict[str, str] | None = None, **parameters: Any
) -> Response:
    """The answer to a file that is put."""
    response: Response = client.put(path_of(document), content=content, headers=headers, params=parameters)
    return response


@contextmanager
def own_assistant(home: Path, parser: Callable[[], Parser] = InProcess) -> Iterator[Assistant]:
    """An assistant over a data folder of a test's own, with an encoder that needs no model."""
    with closing(Assistant(opened(home, TinyEncoder(), parser=parser))) as assistant:
        assistant.warm_up()  # or the server's own might be writing when a test does
        yield assistant


@contextmanager
def own_client(home: Path, parser: Callable[[], Parser] = InProcess, **settings: Any) -> Iterator[TestClient]:
    """A client of a server over a data folder of a test's own."""
    with own_assistant(home, parser) as assistant, serving(assistant, **settings) as client:
        yield client


def symbols_held(client: TestClient) -> list[str]:
    """The current documents, whatever their number."""
    found: list[str] = []
    parameters: dict[str, Any] = {"limit": 100}
    while True:
        page = client.get("/v1/documents", params=parameters).json()
        found += [document["symbol"] for document in page["documents"]]
        if page["next"] is None:
            return found
        parameters["cursor"] = page["next"]
