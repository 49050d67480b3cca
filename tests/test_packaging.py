from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(ROOT)], check=True, capture_output=True)
    (built,) = folder.iterdir()
    return ZipFile(built)


def test_the_wheel_holds_the_four_rooms_and_nothing_else(wheel: ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"corpus", "index", "assistant", "tui"}


def test_the_wheel_holds_the_data_its_code_reads(wheel: ZipFile) -> None:
    assert set(wheel.namelist()) >= {
        "corpus/builtin/CRC_C_OPSC_LAO_CO_1.txt",
        "corpus/builtin/CRC_C_OPSC_LAO_CO_1.toml",
        "corpus/places.toml",
        "corpus/speech_acts.toml",
        "corpus/migrations/versions/m001_documents_and_paragraphs.py",
        "assistant/api/pages/templates/document.html",
        "assistant/api/pages/static/pages.css",
        "assistant/api/pages/static/document.js",
        "assistant/migrations/versions/m001_conversations_and_turns.py",
        "index/vocabulary.toml",
        "index/stop_words.txt",
        "tui/web/templates/app_index.html",
        "tui/web/static/chat.js",
    }


def test_the_wheel_brings_the_command(wheel: ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "pilcrow = assistant.cli:main" in wheel.read(name).decode()


def test_every_requirement_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["dev"], *extras["web"]]
    names = {requirement.split(">")[0].split("=")[0].split("[")[0] for requirement in wanted}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    assert {name.lower() for name in names} <= pinned
    assert "torch==2.13.0" in lines
