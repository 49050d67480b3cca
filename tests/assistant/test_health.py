from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.health import Check, examine
from assistant.keys import line_of, new_key
from assistant.service import Assistant
from assistant.settings import load_settings
from assistant.store import ConversationStore
from tests.answers import answer_to


def by_name(**given: object) -> dict[str, Check]:
    return {check.name: check for check in examine(load_settings(**given))}


@pytest.fixture
def built_home(home: Path, assistant: Assistant) -> Path:
    ignored = shutil.ignore_patterns("*.lock", "conversation*")
    shutil.copytree(assistant.collection.home, home, ignore=ignored)
    return home


def test_a_good_folder_is_all_right(built_home: Path) -> None:
    checks = by_name()
    assert all(check.ok for check in checks.values())
    assert set(checks) == {
        "versions", "data folder", "model", "conversations", "catalog", "engine", "index", "index and model",
    }  # fmt: skip
    assert "92 passages" in checks["index"].detail


def test_a_missing_index_says_what_to_run(built_home: Path) -> None:
    shutil.rmtree(built_home / "index")
    index = by_name()["index"]
    assert not index.ok
    assert "pilcrow engine rebuild" in index.mend


def test_another_model_says_what_to_run(built_home: Path, tmp_path: Path) -> None:
    from index.model_files import find_model

    copy = tmp_path / "model"
    shutil.copytree(find_model().folder, copy)
    (copy / "tokenizer_config.json").write_text("{}", encoding="utf-8")
    check = by_name(model=str(copy))["index and model"]
    assert not check.ok
    assert "rebuild" in check.mend


def test_a_missing_model_is_said_and_the_rest_still_looked_at(built_home: Path, tmp_path: Path) -> None:
    checks = by_name(model=str(tmp_path / "nothing"))
    assert not checks["model"].ok
    assert checks["catalog"].ok


def test_a_file_for_a_data_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert not by_name(home=tmp_path / "file")["data folder"].ok


def test_conversations_are_counted(home: Path) -> None:
    assert "is made with the first one" in by_name()["conversations"].detail
    home.mkdir()
    store = ConversationStore(home / "conversations.sqlite")
    for number, said in ((1, ": 1 conversation"), (2, ": 2 conversations")):
        store.begin(answer_to(f"question {number}", "Nothing."))
        assert by_name()["conversations"].detail == f"{home / 'conversations.sqlite'}{said}"
    store.close()


def test_damaged_conversations_are_said_and_the_rest_still_looked_at(built_home: Path) -> None:
    (built_home / "conversations.sqlite").write_bytes(b"Not a database. " * 100)
    checks = by_name()
    assert not checks["conversations"].ok
    assert "Move it away" in checks["conversations"].mend
    assert checks["catalog"].ok


def test_keys_are_told_by_their_owners_and_a_broken_file_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text("\n".join(line_of(name, new_key()) for name in ("desk", "library", "desk")))
    assert by_name(api_keys_file=file)["keys"].detail == "desk (2 keys), library"
    file.write_text("desk:a-key-as-it-is-and-no-hash")
    broken = by_name(api_keys_file=file)["keys"]
    assert not broken.ok
    assert "Line 1" in broken.detail
    assert "a-key" not in broken.detail + broken.mend
    single = by_name(api_key="a-key-of-21-characters")["keys"]
    assert single.ok
    assert single.detail.startswith("key:")


def test_looking_changes_nothing(tmp_path: Path) -> None:
    examine(load_settings(home=tmp_path / "new"))
    assert not (tmp_path / "new").exists()
