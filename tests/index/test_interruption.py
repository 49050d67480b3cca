"""Whatever a writer is doing when it is killed: each document is wholly there or not at all."""

from __future__ import annotations

import random
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.index.homes import BUILTIN, check, copied, ingested, opened, statuses, texts_of
from tests.index.interrupted import DOCUMENTS_A_BATCH, paragraphs_of, sources_of
from tests.index.small_documents import STATES, symbol_of
from tests.index.tiny_encoder import TinyEncoder
from tests.processes import Processes

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills")

ORDER = tuple(STATES)
HELD = ORDER[:4]
"""The documents whose first edition is held; the others are new."""

PLACES = [
    *(f"{place} {visit}" for visit in (1, 2, 3) for place in ("encoding", "building", "built", "published")),
    *(f"inserted {visit}" for visit in range(1, 7)),
]
"""Where an ingest of all second editions comes by, in three publications of two documents each."""


@pytest.fixture(scope="session")
def first_home(tmp_path_factory: pytest.TempPathFactory, built_home: Path) -> Path:
    """A home with first editions; tests take copies."""
    home = copied(built_home, tmp_path_factory.mktemp("first"))
    with closing(opened(home, TinyEncoder())) as collection:
        ingested(collection, *sources_of(1, HELD))
    return home


@pytest.fixture
def home(tmp_path: Path, first_home: Path) -> Path:
    return copied(first_home, tmp_path)


def editions_in(home: Path) -> dict[str, int]:
    """The edition of each document that is current; each is whole, and just these are searched."""
    found = {}
    with closing(opened(home)) as collection:
        symbols = check(collection)
        assert BUILTIN in symbols
        for state in ORDER:
            if symbol_of(state) in symbols:
                texts = texts_of(collection, symbol_of(state))
                (edition,) = [n for n in (1, 2) if texts == paragraphs_of(state, n)]
                found[state] = edition
    return found


def finish(home: Path) -> list[str]:
    """Ingest again, and return what had to be encoded."""
    tiny = TinyEncoder()
    with closing(opened(home, tiny)) as collection:
        outcomes = ingested(collection, *sources_of(2))
        assert "refused" not in dict(statuses(outcomes)).values()
    assert editions_in(home) == dict.fromkeys(ORDER, 2)
    assert len(list((home / "index").iterdir())) == 1
    return tiny.encoded


def expected_after(published: int) -> dict[str, int]:
    """What is held once some publications of the ingest are made."""
    new = ORDER[: published * DOCUMENTS_A_BATCH]
    return {state: 2 if state in new else 1 for state in ORDER if state in new or state in HELD}


@pytest.mark.parametrize(
    ("place", "published"),
    [
        ("encoding 1", 0),
        ("built 1", 0),
        ("inserted 2", 0),
        ("published 1", 1),
        ("building 2", 1),
        ("inserted 3", 1),
        ("built 3", 2),
        ("published 3", 3),
    ],
)
def test_an_ingest_killed_at_a_place_has_published_what_came_before(
    home: Path, processes: Processes, place: str, published: int
) -> None:
    writer = processes.start("tests.index.interrupted:ingest", str(home), 2, place)
    assert writer.wait_for(place)
    writer.kill()
    assert editions_in(home) == expected_after(published)
    encoded = " ".join(finish(home))
    for state in ORDER[: published * DOCUMENTS_A_BATCH]:
        assert STATES[state] not in encoded


def test_vectors_of_a_killed_ingest_are_not_lost(home: Path, processes: Processes) -> None:
    writer = processes.start("tests.index.interrupted:ingest", str(home), 2, "built 2")
    assert writer.wait_for("built 2")
    writer.kill()
    encoded = " ".join(finish(home))
    assert [state for state in ORDER if f"says 1 of {STATES[state]}" in encoded] == list(ORDER[4:])


@pytest.mark.parametrize("seed", range(8))
def test_an_ingest_killed_at_any_moment_leaves_whole_documents(
    home: Path, processes: Processes, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(2):
        before = editions_in(home)
        writer = processes.start("tests.index.interrupted:ingest", str(home), 2, "never")
        writer.wait_for(chance.choice(PLACES))
        time.sleep(chance.choice([0.0, 0.002, 0.01, 0.05]) * chance.random())
        writer.kill()
        after = editions_in(home)
        assert after in [expected_after(published) for published in range(4)]
        assert all(after[state] >= edition for state, edition in before.items())
    finish(home)


@pytest.mark.parametrize(("place", "removed"), [("built 1", False), ("published 1", True)])
def test_a_removal_is_made_by_its_publication(
    home: Path, processes: Processes, place: str, removed: bool
) -> None:
    writer = processes.start("tests.index.interrupted:remove", str(home), HELD[0], place)
    assert writer.wait_for(place)
    writer.kill()
    assert (HELD[0] not in editions_in(home)) == removed
    assert list(editions_in(home)) == list(HELD[removed:])
    finish(home)


@pytest.mark.parametrize("place", ["building 1", "built 1", "published 1"])
def test_a_killed_rebuild_loses_nothing(home: Path, processes: Processes, place: str) -> None:
    writer = processes.start("tests.index.interrupted:rebuild", str(home), place)
    assert writer.wait_for(place)
    writer.kill()
    assert editions_in(home) == expected_after(0)
    finish(home)


def test_an_ingest_that_is_not_killed_comes_by_all_places(home: Path, processes: Processes) -> None:
    writer = processes.start("tests.index.interrupted:ingest", str(home), 2, "never")
    assert writer.wait() == 0
    assert set(PLACES) <= set(writer.seen)
    assert editions_in(home) == dict.fromkeys(ORDER, 2)
    assert finish(home) == []
