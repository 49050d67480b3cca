"""Whatever has become of a collection: it is searched as one that was made of its documents at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from corpus.parse import SourceFile
from index.embedded import EmbeddedEngine
from index.segment import Limits
from tests.index.histories import HISTORIES, Crash, Home, act, run, search_agrees
from tests.index.homes import ingested
from tests.index.small_documents import source_of

LARGE = Limits(exact=4, probes=1000)
"""With these a few vectors are many: they have an IVF index, of which all lists are read."""


def _engine(home: Path) -> EmbeddedEngine:
    return EmbeddedEngine(home / "index", LARGE)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(actions=HISTORIES)
def test_any_history_leaves_search_as_a_look_at_each_document(
    tmp_path_factory: pytest.TempPathFactory, built_home: Path, actions: list[tuple[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    home = Home(Path(shutil.copytree(built_home, folder / "home")), _engine)
    run(home, actions, folder)


def test_the_failures_happen(tmp_path: Path, built_home: Path) -> None:
    home = Home(Path(shutil.copytree(built_home, tmp_path / "home")), _engine)
    kenya: SourceFile = source_of("KEN", "Training of judges.")
    for place in ("encoding", "built"):
        home.fails = place
        with pytest.raises(Crash):
            ingested(home.collection, kenya)
        home.fails = None
    act(home, "copy", [kenya], tmp_path / "copy")
    assert home.folder == tmp_path / "copy"
    search_agrees(home.collection)
    home.collection.close()
