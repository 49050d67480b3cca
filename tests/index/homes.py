"""Data folders with documents in them, and what must be true of each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from collections.abc import Collection as Collected
from pathlib import Path

from corpus.catalog import Snapshot
from corpus.ingest import Outcome
from corpus.parse import SourceFile
from corpus.workers import InProcess, Parser
from index.collection import ENGLISH, Collection, View
from index.embedded import EmbeddedEngine
from index.embedding import Encoder
from index.engine import PassageFilter, Query
from index.passages import PassageKey, passages_of
from tests.index.small_documents import loads
from tests.index.tiny_encoder import TinyEncoder
from tests.processes import mark, stay

BUILTIN = "CRC/C/OPSC/LAO/CO/1"
BUILTIN_PASSAGES = 92


def opened(
    home: Path,
    encoder: TinyEncoder | None = None,
    *,
    read_only: bool = False,
    languages: Collected[str] = ENGLISH,
    parser: Callable[[], Parser] = InProcess,
) -> Collection:
    """A collection over the embedded engine; without an encoder, none may be asked for."""

    def make(_precision: object) -> Encoder:
        assert encoder is not None, "the encoder is asked for"
        return encoder

    return Collection(
        home, EmbeddedEngine(home / "index"), make, read_only=read_only, languages=languages, parser=parser
    )


def copied(home: Path, folder: Path) -> Path:
    """A copy of a home in a folder."""
    return Path(shutil.copytree(home, folder / "home"))


def ingested(collection: Collection, *sources: SourceFile) -> list[Outcome]:
    return list(collection.ingest(loads(*sources)))


def statuses(outcomes: Iterable[Outcome]) -> list[tuple[str, str]]:
    return [(outcome.name, outcome.status) for outcome in outcomes]


def editions(snapshot: Snapshot) -> list[tuple[str, bool]]:
    """The symbols that are held, and whether each is current."""
    return [(header.symbol, header.current) for header in snapshot.headers(current_only=False)]


def passages_found(view: View, text: str = "the Committee") -> set[int]:
    """Every passage that an unfiltered search finds."""
    if view.searcher is None:
        return set()
    encoder = TinyEncoder(dimension=view.searcher.record.encoder.dimension)
    query = Query(text, (), encoder.encode_queries([text])[0])
    found = view.searcher.search(query, PassageFilter(), len(view.searcher) + 1)
    return {scored.passage for scored in found.scored}


def passages_held(snapshot: Snapshot) -> set[int]:
    """Every passage of the documents that are searched."""
    return {
        int(passage.key)
        for header in snapshot.headers(searched_only=True)
        for passage in passages_of(header.id, snapshot.document(header.id))
    }


def check(collection: Collection) -> list[str]:
    """What is searched is what is held, each document whole; the symbols that are current."""
    with collection.view() as view:
        assert passages_found(view) == passages_held(view.snapshot)
        for header in view.snapshot.headers(current_only=False):
            assert len(view.snapshot.paragraphs(header.id)) == header.paragraphs
        return [header.symbol for header in view.snapshot.headers()]


def texts_of(collection: Collection, symbol: str) -> list[str]:
    """The paragraphs of the current edition of a document."""
    with collection.catalog.snapshot() as snapshot:
        (header,) = snapshot.find(symbol)
        return [paragraph.text for paragraph in snapshot.paragraphs(header.id)]


def documents_found(view: View) -> set[int]:
    return {PassageKey.from_int(number).document for number in passages_found(view)}


def held(collection: Collection) -> list[tuple[str, bool]]:
    with collection.catalog.snapshot() as snapshot:
        return editions(snapshot)


def generation(collection: Collection) -> int:
    with collection.catalog.snapshot() as snapshot:
        return snapshot.generation


# -- run in processes of their own


def seed_when_told(home: str, go: str) -> None:
    """Open a home and have it seeded as soon as a file appears."""
    mark("ready")
    while not Path(go).exists():
        pass
    opened(Path(home)).seed()


def write_until_killed(home: str) -> None:
    """Hold the writer's lock of a home."""
    collection = opened(Path(home))

    def load() -> SourceFile:
        mark("writing")
        stay()
        raise AssertionError

    list(collection.ingest([load]))
