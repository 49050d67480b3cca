from __future__ import annotations

import sys
import tomllib
from functools import partial
from pathlib import Path

import pytest

from assistant.switching import with_engine
from corpus.errors import EngineRefused
from index.embedded import EmbeddedEngine
from index.engine import Remark
from index.milvus.server import Milvus, Patience
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    "text",
    [
        "",
        "port = 8000\n",
        'engine = "embedded"\nport = 8000\n',
        'port = 8000\nengine="milvus" # as it was\n\n[chat]\nstyle = "un"\n',
        '[chat]\nstyle = "un"\n',
    ],
)
@pytest.mark.parametrize("kind", ["milvus", "embedded"])
def test_the_engine_is_set_and_the_rest_left_as_it_is(text: str, kind: str) -> None:
    assert tomllib.loads(with_engine(text, kind)) == tomllib.loads(text) | {"engine": kind}


def test_the_state_of_the_index_is_told(run: Run, built_home: Path) -> None:
    told = run("engine", "status")
    assert told.code == 0
    assert f"engine: embedded: {built_home / 'index'}, by FAISS" in told.out
    assert "92 passages" in told.out
    assert {check["name"] for check in run("engine", "status", "--json").data} == {
        "engine", "index", "index and model",
    }  # fmt: skip
    next((built_home / "index").glob("*/manifest.json")).unlink()
    damaged = run("engine", "status")
    assert damaged.code == 1
    assert "pilcrow engine rebuild" in damaged.out


def test_what_else_is_there_is_told_and_no_error(
    run: Run, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Remark("other collection", "pilcrow_1: 2 rows of \x1b[2Jelsewhere")
    monkeypatch.setattr(EmbeddedEngine, "remarks", lambda *_: [other])
    for command in (("engine", "status"), ("doctor",)):
        told = run(*command)
        assert told.code == 0
        assert "ok     other collection: pilcrow_1: 2 rows of �[2Jelsewhere\n" in told.out
    (check,) = [c for c in run("engine", "status", "--json").data if c["name"] == other.subject]
    assert check["ok"]


def test_an_index_is_moved_to_milvus_and_back(
    run: Run, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pymilvus")
    pytest.importorskip("milvus_lite")
    question = ("ask", "--json", "What did the Committee say about extradition?")
    before = run(*question).data
    to = run("engine", "switch", "milvus")
    assert (to.code, to.err) == (0, "")
    assert to.out == f"switched   92 passages to milvus; set in {built_home / 'config.toml'}\n"
    assert not (built_home / "index").exists()
    status = run("engine", "status")
    assert (status.code, "engine: milvus: Milvus Lite " in status.out) == (0, True)
    assert "92 passages" in status.out
    after = run(*question).data
    assert after["citations"] == before["citations"]
    assert after["text"] == before["text"]
    assert run("engine", "switch", "milvus").code == 0  # where it is, it stays
    monkeypatch.setenv("PILCROW_ENGINE", "milvus")
    back = run("engine", "switch", "embedded")
    assert (back.code, "set it to embedded" in back.err) == (0, True)
    assert not (built_home / "milvus.sqlite").exists()
    monkeypatch.delenv("PILCROW_ENGINE")
    assert run(*question).data["citations"] == before["citations"]
    monkeypatch.setenv("PILCROW_ENGINE", "milvus")
    due = run("engine", "status")
    assert (due.code, "pilcrow engine switch milvus or embedded" in due.out) == (1, True)


def test_an_index_is_moved_from_a_milvus_whose_client_is_gone(
    run: Run, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pymilvus")
    pytest.importorskip("milvus_lite")
    assert run("engine", "switch", "milvus").code == 0
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    back = run("engine", "switch", "embedded")
    assert back.code == 0
    assert "The index in milvus is not deleted: The engine milvus needs pymilvus" in back.err
    assert run("engine", "status").code == 0


def test_what_a_server_says_does_not_reach_the_terminal_uninterpreted(
    run: Run, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise EngineRefused("It refuses: \x1b[2Jquota.", "See its log.")

    monkeypatch.setattr(EmbeddedEngine, "open", refused)
    for command in (("engine", "status"), ("search", "extradition")):
        told = run(*command)
        assert (told.code, "\x1b" in told.out + told.err) == (1, False)
        assert "It refuses: �[2Jquota." in told.out + told.err


def test_a_milvus_that_is_away_is_told_and_leaves_all_as_it_is(
    run: Run, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pymilvus")
    impatient = partial(Milvus, patience=Patience(connect=0.2))
    monkeypatch.setattr("assistant.engines.Milvus", impatient)
    monkeypatch.setenv("PILCROW_MILVUS_URI", "http://127.0.0.1:9")
    moved = run("engine", "switch", "milvus")
    assert (moved.code, moved.out) == (1, "")
    assert "Milvus at http://127.0.0.1:9 does not answer." in moved.err
    assert not (built_home / "config.toml").exists()
    assert run("engine", "status").code == 0
    monkeypatch.setenv("PILCROW_ENGINE", "milvus")
    for command in (("engine", "status"), ("doctor",)):
        told = run(*command)
        assert (told.code, "PILCROW_MILVUS_URI is right" in told.out) == (1, True)
