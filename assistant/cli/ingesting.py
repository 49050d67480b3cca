"""What `pilcrow ingest` prints: a line a file, how far it is, and a summary."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType
from typing import TYPE_CHECKING, Any

from assistant.cli.printing import as_data
from assistant.one_line import one_line as one_line  # named here for the other commands

if TYPE_CHECKING:
    from rich.console import Console

    from corpus.ingest import Outcome

_READING = 0.2  # what reading a file counts of its work, where encoding its passages is the rest
_EVERY = 10.0  # seconds between two lines where no bar can be drawn


class Bar:
    """Files done, how fast it goes and the time that is left, on stderr.

    A bar where somebody watches; elsewhere, in a log, a line now and then.
    """

    def __init__(self, console: Console | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._read = self._told = 0
        self._encoded = 0.0
        self._clock = clock
        self._said = clock()
        self._pace = Pace(clock)
        self._left = TimeRemainingColumn(elapsed_when_finished=True)
        self._shown = console is not None or sys.stderr.isatty()
        self._progress = Progress(
            "{task.description}", BarColumn(bar_width=20), MofNCompleteColumn(), "files",
            TextColumn("{task.fields[rate]}"), self._left,
            console=console or Console(stderr=True),
            get_time=clock,
            transient=True,
            redirect_stdout=False,  # what is printed there is data, wherever it goes
            redirect_stderr=False,
        )  # fmt: skip
        self._task = self._progress.add_task("reading", total=None, rate="")

    def __call__(self, phase: str, done: int, total: int) -> None:
        """How far the work is, as a collection reports it."""
        if phase == "encoding":
            self._encoded = done / total
            self._pace.at(done)
            self._show(f"encoding {done:,}/{total:,}", self._pace.text())
            return
        self._pace.pause()
        if phase == "reading":
            self._read, self._encoded = done, 0.0
            self._show("reading", total=total)
        else:
            self._show(f"{phase} the model")

    def tell(self, text: str | None) -> None:
        """Print what became of one file, if anything is, on stdout and above the bar."""
        self._told += 1
        if text is not None and self._shown and sys.stdout.isatty():
            self._progress.console.print(text, markup=False, highlight=False, emoji=False, soft_wrap=True)
        elif text is not None:
            print(text, flush=True)
        self._show()

    def __enter__(self) -> Bar:
        if self._shown:
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._progress.stop()

    def _show(self, doing: str | None = None, rate: str = "", total: int | None = None) -> None:
        under_way = max(self._read - self._told, 0) * (_READING + (1 - _READING) * self._encoded)
        done = self._told + under_way
        self._progress.update(self._task, completed=done, description=doing, total=total, rate=rate)
        if not self._shown and self._clock() - self._said >= _EVERY:
            self._said = self._clock()
            self._say()

    def _say(self) -> None:
        task = self._progress.tasks[0]
        facts = [task.description, task.fields["rate"], f"{self._told} of {task.total or 0:.0f} files done"]
        if task.time_remaining is not None:
            facts.append(f"{self._left.render(task).plain} left")
        print(f"pilcrow: {', '.join(filter(None, facts))}", file=sys.stderr, flush=True)


class Pace:
    """How many passages a second are encoded, the time in between not counted."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last: tuple[int, float] | None = None
        self._passages = 0
        self._seconds = 0.0

    def at(self, done: int) -> None:
        """Take down how many are done; the first of a run only begins a measurement."""
        now = self._clock()
        if self._last and done > self._last[0]:
            self._passages += done - self._last[0]
            self._seconds += now - self._last[1]
        self._last = done, now

    def pause(self) -> None:
        """Something else is done from here on."""
        self._last = None

    def text(self) -> str:
        """The rate, as soon as there is one."""
        return f"{self._passages / self._seconds:,.0f} passages/s" if self._seconds else ""


class Tally:
    """How many files there were, and what became of them."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._counts: Counter[str] = Counter()
        self.files = 0

    def count(self, outcome: Outcome) -> None:
        """Count one file."""
        self.files += 1
        self._counts[outcome.status] += 1
        self._counts["warned"] += bool(outcome.warnings)

    def __getitem__(self, name: str) -> int:
        return self._counts[name]

    def data(self) -> dict[str, int]:
        """The counts as data."""
        names = ("added", "updated", "unchanged", "refused", "warned")
        return {"files": self.files, **{name: self[name] for name in names}}

    def text(self) -> str:
        """The counts in a line."""
        taken = [f"{self[name]} {name}" for name in ("added", "updated") if self[name]]
        read = f"{self['added'] + self['updated']} read" + (f" ({', '.join(taken)})" if taken else "")
        rest = [f"{self[name]} {name}" for name in ("unchanged", "refused") if self[name]]
        warned = f"; {self['warned']} with warnings, which pilcrow show prints" if self["warned"] else ""
        minutes, seconds = divmod(round(time.monotonic() - self._began), 60)
        files = "1 file" if self.files == 1 else f"{self.files:,} files"
        return f"{files} in {minutes}:{seconds:02}: {', '.join([read, *rest])}{warned}"


def outcome_text(outcome: Outcome) -> str:
    """What became of one file, in one line."""
    if outcome.error is not None:
        # most messages begin with the file, which the line names already
        reason = str(outcome.error).removeprefix(f"{PurePath(outcome.name).name} ")
        return one_line(f"refused    {outcome.name}: {reason}")
    facts = [str(outcome.symbol), _count(outcome.paragraphs, "paragraph")]
    if outcome.warnings:
        facts.append(_count(len(outcome.warnings), "warning"))
    note = f"; {outcome.note}" if outcome.note else ""
    return one_line(f"{outcome.status:<10} {outcome.name}: {', '.join(facts)}{note}")


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """What became of one file, as data."""
    error = outcome.error
    return {
        "name": outcome.name,
        "status": outcome.status,
        "symbol": outcome.symbol,
        "language": outcome.language,
        "searched": outcome.searched,
        "paragraphs": outcome.paragraphs,
        "note": outcome.note,
        "warnings": [as_data(warning) for warning in outcome.warnings],
        "error": {"code": error.code, "message": error.message, "mend": error.mend} if error else None,
    }


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
