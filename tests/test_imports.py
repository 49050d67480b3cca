"""What each part drags in when it is imported, looked at in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"torch", "sentence_transformers", "transformers"}
FRONT_ENDS = {"fastapi", "starlette", "typer", "textual", "uvicorn"}


def modules_after(code: str, home: Path) -> set[str]:
    program = f"import sys, json\n{code}\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PILCROW_HOME": str(home), "HF_HUB_OFFLINE": "1", "PATH": ""},
    )
    return {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def command(*arguments: str) -> str:
    return (
        f"sys.argv = ['pilcrow', *{list(arguments)!r}]\n"
        "from assistant.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
    )


def test_the_core_imports_no_front_end_and_no_model_library(home: Path) -> None:
    assert not modules_after("import assistant.service", home) & (HEAVY | FRONT_ENDS)


def test_the_catalog_knows_nothing_of_search(home: Path) -> None:
    assert not modules_after("import corpus.catalog, corpus.parse, corpus.ingest", home) & (
        HEAVY | FRONT_ENDS | {"faiss", "tantivy", "index", "assistant", "tui"}
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("ask", "--help"),
        ("documents",),
        ("show", "CRC/C/OPSC/LAO/CO/1", "34"),
        ("cite", "Lao PDR OPSC para 22(c)", "--style", "oscola"),
        ("export", "--help"),
        ("quote", "reminds the State party that the present", "--cited", "Lao PDR OPSC para 3"),
    ],
    ids=" ".join,
)
def test_commands_that_look_nothing_up_by_meaning_load_no_model(
    home: Path, arguments: tuple[str, ...]
) -> None:
    assert not modules_after(command(*arguments), home) & HEAVY


def test_help_imports_nothing_but_the_command_line(home: Path) -> None:
    loaded = modules_after(command("--help"), home)
    assert not loaded & (
        HEAVY | {"fastapi", "textual", "sqlalchemy", "pydantic", "faiss", "tantivy", "numpy"}
    )


@pytest.mark.parametrize("arguments", [("chat",), ("chat", "--continue"), ("chat", "what about adoption?")])
def test_the_chat_is_called_before_anything_is_loaded_that_it_need_not_wait_for(
    home: Path, arguments: tuple[str, ...]
) -> None:
    front_end = (
        "import importlib.metadata\n"
        "from types import SimpleNamespace\n"
        "chat = SimpleNamespace(load=lambda: lambda *_, **__: None)\n"
        "importlib.metadata.entry_points = lambda **_: [chat]\n"
    )
    loaded = modules_after(front_end + command(*arguments), home)
    assert not loaded & (HEAVY | FRONT_ENDS | {"sqlalchemy", "pydantic", "faiss", "tantivy", "numpy"})


def test_a_draft_is_checked_without_the_model(home: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("“No such words were ever printed there” (CRC/C/LAO/CO/2, para. 3).", encoding="utf-8")
    page = str(tmp_path / "report.html")
    loaded = modules_after(command("check", str(draft), "--html", page), home)
    assert not loaded & HEAVY
