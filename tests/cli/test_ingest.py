from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from assistant.cli.ingesting import Bar, Pace, Tally, outcome_text
from assistant.service import Assistant
from corpus.errors import SourceEmpty
from corpus.ingest import Outcome
from tests.cli.conftest import Run

TEXT = "{symbol}\n\nConcluding observations on the initial report of Kenya\n\n1. {words}\n"


def write(path: Path, number: int = 1, words: str = "Ferries carry no lifeboats.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(symbol=f"CRC/C/KEN/CO/{number}", words=words), encoding="utf-8")
    return path


def test_files_of_one_name_in_two_folders_are_told_apart(run: Run, built_home: Path, tmp_path: Path) -> None:
    write(tmp_path / "all" / "one" / "a.txt", 1)
    write(tmp_path / "all" / "two" / "a.txt", 2)
    lines = run("ingest", str(tmp_path / "all")).out.splitlines()
    assert [line.split()[1] for line in lines] == ["one/a.txt:", "two/a.txt:"]
    each = run("ingest", str(tmp_path / "all" / "one"), str(tmp_path / "all" / "two" / "a.txt")).out
    assert [line.split()[1] for line in each.splitlines()] == ["one/a.txt:", "two/a.txt:"]


def test_a_batch_ends_with_a_summary(run: Run, built_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    write(folder / "a.txt", 1)
    write(folder / "b.txt", 2)
    (folder / "c.txt").write_text("", encoding="utf-8")
    result = run("ingest", str(folder))
    assert result.code == 5
    assert result.out.splitlines()[-1] == "refused    c.txt: is empty. Give a file with text in it."
    assert "3 files in 0:0" in result.err
    assert "2 read (2 added), 1 refused" in result.err
    write(folder / "b.txt", 2, "Ferries carry lifeboats.")
    assert "1 read (1 updated), 1 unchanged, 1 refused" in run("ingest", str(folder)).err


def test_a_batch_is_data_with_its_summary(run: Run, built_home: Path, tmp_path: Path) -> None:
    write(tmp_path / "all" / "a.txt", 1)
    write(tmp_path / "all" / "b.txt", 1, "Ferries carry lifeboats.")
    (tmp_path / "all" / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    data = run("ingest", str(tmp_path / "all"), "--json").data
    assert data["summary"] == {
        "files": 3, "added": 1, "updated": 1, "unchanged": 0, "refused": 1, "warned": 0
    }  # fmt: skip
    assert [file["status"] for file in data["files"]] == ["added", "updated", "refused"]
    assert data["files"][1]["note"] == "replaces the edition from a.txt, given before it"
    assert data["files"][2]["error"]["code"] == "source_not_text"
    assert (data["files"][0]["language"], data["files"][0]["searched"]) == ("en", True)


def test_nothing_there_is_said_in_data_too(run: Run, built_home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("ingest", str(tmp_path / "empty"), "--json")
    assert (result.code, result.out) == (1, "")
    assert "no files" in result.err


def test_a_state_and_a_date_are_given_for_a_whole_folder(run: Run, built_home: Path, tmp_path: Path) -> None:
    write(tmp_path / "all" / "a.txt", 1)
    assert run("ingest", str(tmp_path / "all"), "--state", "Kenya", "--date", "2015-06-05").code == 0
    assert run("ingest", str(tmp_path / "all"), "--date", "yesterday").code == 2
    assert run("ingest", str(tmp_path / "all"), "--symbol", "CRC/C/KEN/CO/9").code == 2
    (document,) = (d for d in run("documents", "--json").data if d["symbol"] == "CRC/C/KEN/CO/1")
    assert (document["states"], document["adopted"]) == (["Kenya"], "2015-06-05")


def test_a_limit_is_a_setting(
    run: Run, built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt")
    path.write_text(f"{path.read_text(encoding='utf-8')}\f\n2. Two.\n\f\n3. Three.\n", encoding="utf-8")
    monkeypatch.setenv("PILCROW_MAX_FILE_PAGES", "2")
    for command in ("ingest", "parse"):
        result = run(command, str(path))
        assert result.code == 1
        assert "has more than the 2 pages that are read" in result.out + result.err
    monkeypatch.setenv("PILCROW_MAX_FILE_PAGES", "3")
    assert run("ingest", str(path)).code == 0


def test_a_language_that_is_not_searched_is_said_wherever_it_matters(
    run: Run, built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt")
    monkeypatch.setenv("PILCROW_LANGUAGES", "fr, es")
    result = run("ingest", str(path))
    assert result.out.endswith("held and not searched, since the model does not serve its language (en)\n")
    assert run("documents").out.splitlines()[0].split("  ")[-1].strip() == "issued, not searched"
    assert "[para. 1]" in run("ask", "CRC/C/KEN/CO/1 para. 1").out
    asked = run("ask", "extradition").out
    assert "Searched: 1 of 2 documents" in asked
    assert asked.rstrip().endswith("In a language that is not searched: 1.")
    assert run("ask", "extradition", "--symbol", "CRC/C/KEN/CO/1").code == 3
    assert "1 in a language that is not searched: en" in run("doctor").out
    monkeypatch.delenv("PILCROW_LANGUAGES")
    unserved = run("doctor")
    assert unserved.code == 1
    assert "pilcrow engine rebuild" in unserved.out
    assert run("engine", "rebuild").code == 0
    assert run("doctor").code == 0
    assert "lifeboats" in run("ask", "ferries and lifeboats").out


def test_names_and_reasons_cannot_break_the_line() -> None:
    outcome = Outcome("a\n\x1b[31mb.txt", "refused", error=SourceEmpty("It is\rempty."))
    assert outcome_text(outcome) == "refused    a��[31mb.txt: It is�empty."


# -- what is shown while it goes on


def test_a_bar_shows_how_far_the_work_is(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=120)
    with Bar(screen) as bar:
        bar("reading", 1, 8)
        bar("reading", 2, 8)
        bar("loading", 0, 200)
        bar._progress.refresh()
        bar("encoding", 50, 200)
        bar._progress.refresh()
        assert isinstance(screen.file, io.StringIO)
        assert "loading the model" in screen.file.getvalue()
        assert "encoding 50/200" in screen.file.getvalue()
        assert 0 < bar._progress.tasks[0].completed < 2
        bar.tell("added      a.txt")
        bar.tell(None)
        assert bar._progress.tasks[0].completed == 2
        assert bar._progress.tasks[0].total == 8
    assert capsys.readouterr().out == "added      a.txt\n"


class Clock:
    """Time that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bar_shows_passages_a_second_and_the_time_that_is_left() -> None:
    clock = Clock()
    screen = Console(file=io.StringIO(), force_terminal=True, width=80)
    with Bar(screen, clock) as bar:
        bar("reading", 10, 20)
        for done in (0, 100, 200):
            clock.now += 4
            bar("encoding", done, 200)
        bar._progress.refresh()
        assert isinstance(screen.file, io.StringIO)
        shown = screen.file.getvalue().splitlines()[-1]
        assert "encoding 200/200" in shown
        assert "25 passages/s" in shown
        assert "0:00:15" in shown  # encoding is four fifths of the work: eight files of ten took 12 seconds


def test_only_time_spent_encoding_counts_as_such() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.at(16)
    assert pace.text() == ""
    clock.now += 2
    pace.at(216)
    pace.pause()
    clock.now += 60
    pace.at(16)
    clock.now += 1
    pace.at(116)
    assert pace.text() == "100 passages/s"


def test_a_count_that_begins_anew_is_another_run() -> None:
    clock = Clock()
    pace = Pace(clock)
    for done in (100, 200, 10, 110):
        clock.now += 1
        pace.at(done)
    assert pace.text() == "100 passages/s"


def test_a_log_gets_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with Bar(clock=clock) as bar:
        bar("reading", 4, 8)
        for done in range(16, 1600 + 1, 16):
            clock.now += 0.25
            bar("encoding", done, 1600)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("pilcrow: encoding 640/1,600, 64 passages/s, 0 of 8 files done, 0:0")
    assert lines[0].endswith(" left")


def test_what_is_unchanged_does_not_foretell_how_long_the_rest_takes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = Clock()
    with Bar(clock=clock) as bar:
        for done in range(1, 901):
            clock.now += 0.001
            bar("reading", done, 1000)
            bar.tell(None)
        for file in range(901, 931):
            bar("reading", file, 1000)
            for done in (32, 64):
                clock.now += 1
                bar("encoding", done, 64)
            bar.tell(None)
    last = capsys.readouterr().err.splitlines()[-1]
    assert "930 of 1000 files" in last or "929 of 1000 files" in last
    hours, minutes, seconds = (int(part) for part in last.split(", ")[-1].split()[0].split(":"))
    assert 120 <= hours * 3600 + minutes * 60 + seconds <= 160


def test_nobody_is_shown_a_bar_who_does_not_watch(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar() as bar:
        bar("reading", 1, 1)
        bar.tell("added      a.txt")
    assert capsys.readouterr() == ("added      a.txt\n", "")


def test_a_tally_names_only_what_there_is() -> None:
    tally = Tally()
    tally.count(Outcome("a.txt", "unchanged"))
    assert tally.text() == "1 file in 0:00: 0 read, 1 unchanged"


# -- stopped half-way


@pytest.fixture
def stopped(built_home: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """An ingest of one file that never ends, stopped as Ctrl+C does once it is being read."""
    write(tmp_path / "all" / "a.txt")
    (tmp_path / "all" / "b.txt").write_text("spin\n", encoding="utf-8")
    code = (
        "import sys, corpus.workers as w\n"
        "from functools import partialmethod\n"
        "w.Workers.__init__ = partialmethod(w.Workers.__init__, function='tests.corpus.hostile:parse')\n"
        "from assistant.cli import main\n"
        f"sys.argv = ['pilcrow', 'ingest', {str(tmp_path / 'all')!r}]\n"
        "main()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PILCROW_HOME": str(built_home)},
    )
    yield process
    process.kill()
    process.communicate()


def children(pid: int) -> list[int]:
    begun = [task.read_text().split() for task in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for some in begun for child in some]


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_ctrl_c_leaves_no_process_behind(stopped: subprocess.Popen[str], run: Run, built_home: Path) -> None:
    deadline = time.monotonic() + 60
    while not (workers := children(stopped.pid)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.5)
    stopped.send_signal(signal.SIGINT)
    _, said = stopped.communicate(timeout=30)
    assert stopped.returncode == 130
    assert "Stopped. What is listed is held" in said
    assert "Traceback" not in said
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert [d["symbol"] for d in run("documents", "--json").data] == ["CRC/C/OPSC/LAO/CO/1"]


def test_an_assistant_parses_in_other_processes(assistant: Assistant) -> None:
    with assistant.collection._make_parser() as parser:
        assert type(parser).__name__ == "Workers"
