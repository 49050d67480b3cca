"""Taking files in while the chat goes on: what is under way, and what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from tui.background import in_background
from tui.printable import printable
from tui.wording import counted

if TYPE_CHECKING:
    from assistant.service import Assistant, Outcome

_BETWEEN_TELLINGS = 0.1  # seconds: thousands of unchanged files need no frame each
_READING = 0.2  # what reading a file counts of its work, where encoding its passages is the rest
_WORDS = {"updated": "replaced"}


class _Stopped(Exception):
    """Leaves the work on files that are not wanted any more."""


@dataclass
class Intake:
    """Files that are taken in, or were last: how far that is, and what became of them."""

    paths: Sequence[Path]
    typed: str = ""
    """What named them, as it was typed."""
    outcomes: list[Outcome] = field(default_factory=list)
    phase: str = "reading"
    read: int = 0
    """How many files were read; what became of them is told when their passages are indexed."""
    files: int = 0
    """How many there are; 0 until they are counted."""
    encoded: int = 0
    to_encode: int = 0
    is_running: bool = True
    is_stopped: bool = False
    error: Exception | None = None
    stopped: Event = field(default_factory=Event)

    def stop(self) -> None:
        """Leave the file in work; what became of those before it stays."""
        self.stopped.set()

    @property
    def is_stopping(self) -> bool:
        """Whether it was stopped and is not at its end yet."""
        return self.is_running and self.stopped.is_set()

    @property
    def is_to_be_typed_again(self) -> bool:
        """Whether what was typed may be wanted once more: stopped, failed, or nothing there."""
        if self.is_running:
            return False
        from assistant.errors import SourceMissing

        is_missing = bool(self.outcomes) and all(isinstance(o.error, SourceMissing) for o in self.outcomes)
        return self.is_stopped or self.error is not None or is_missing

    @property
    def share(self) -> float | None:
        """How much of the work is done, from 0 to 1; None until the files are counted."""
        if not self.files:
            return None
        encoded = self.encoded / self.to_encode if self.to_encode else 0.0
        under_way = max(self.read - len(self.outcomes), 0) * (_READING + (1 - _READING) * encoded)
        return min(1.0, (len(self.outcomes) + under_way) / self.files)

    def take(self, told: IntakeTold) -> None:
        """Take down what the thread told."""
        self.outcomes += told.outcomes
        if told.outcomes:
            self.encoded = self.to_encode = 0
        if told.at is None:
            return
        self.phase, done, total = told.at
        if self.phase == "reading":
            self.read, self.files = done, total
        elif self.phase == "encoding":
            self.encoded, self.to_encode = done, total

    def end(self, ended: IntakeEnded) -> None:
        """Take down that it is over."""
        self.is_running, self.is_stopped, self.error = False, ended.is_stopped, ended.error

    def count(self, status: str) -> int:
        """How many files came to something."""
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def line(self) -> str:
        """How far it is, or what came of it, in a line."""
        if self.is_stopping:
            return "Stopping…"
        if self.is_running:
            if not self.files:
                return "Reading…"
            files = f"{len(self.outcomes):,} of {counted(self.files, 'file')} done"
            passages = f" · {self.encoded:,} of {self.to_encode:,} passages" if self.to_encode else ""
            doing = {"reading": "reading", "encoding": "indexing"}.get(self.phase, "loading the model")
            return f"{files} · {doing}{passages}"
        if not self.outcomes:
            return (
                ""
                if self.error
                else f"Stopped; nothing was added. {AGAIN}"
                if self.is_stopped
                else NOTHING_THERE
            )
        names = {"added": "added", "updated": "replaced", "unchanged": "unchanged", "refused": "refused"}
        counts = [f"{n:,} {name}" for status, name in names.items() if (n := self.count(status))]
        line = f"{counted(len(self.outcomes), 'file')}: {', '.join(counts)}"
        return f"Stopped: {line}. {AGAIN}" if self.is_stopped else line

    @property
    def brief(self) -> str:
        """How far it is, for the line at the top of the chat."""
        if self.share is None:
            return "adding…"
        return f"adding {counted(self.files, 'file')}: {self.share:.0%}"


NOTHING_THERE = "There are no files in it."
AGAIN = "Adding the same again goes on from there."


def outcome_row(outcome: Outcome) -> str:
    """What became of a file, in a line."""
    status = _WORDS.get(outcome.status, outcome.status)
    if outcome.error is not None:
        # most messages begin with the file, which the line names already
        reason = str(outcome.error).removeprefix(f"{PurePath(outcome.name).name} ")
        return printable(f"{status:<10} {outcome.name}: {reason}", lines=False)
    facts = [str(outcome.symbol), counted(outcome.paragraphs, "paragraph")]
    if outcome.warnings:
        facts.append(counted(len(outcome.warnings), "warning"))
    if not outcome.searched and outcome.status in ("added", "updated"):
        facts.append("held for look-up, not searched")
    note = f"; {outcome.note}" if outcome.note else ""
    return printable(f"{status:<10} {outcome.name}: {', '.join(facts)}{note}", lines=False)


class IntakeTold(Message):
    """Files were taken in, or are: what became of some, and how far the work is if that was said."""

    def __init__(self, intake: Intake, outcomes: list[Outcome], at: tuple[str, int, int] | None) -> None:
        super().__init__()
        self.intake = intake
        self.outcomes = outcomes
        self.at = at


class IntakeEnded(Message):
    """No more files are taken in: all are, or it was stopped, or failed."""

    def __init__(self, intake: Intake, *, is_stopped: bool = False, error: Exception | None = None) -> None:
        super().__init__()
        self.intake = intake
        self.is_stopped = is_stopped
        self.error = error


def take_in(receiver: MessagePump, assistant: Assistant, intake: Intake) -> None:
    """Take files in, in a thread; posts `IntakeTold` now and then, and `IntakeEnded`."""
    telling = _Telling(receiver, intake)

    def work() -> Message:
        from assistant.service import Metadata

        try:
            with closing(assistant.ingest(intake.paths, Metadata(), telling.progress)) as outcomes:
                for outcome in outcomes:
                    telling.outcome(outcome)
        except _Stopped:
            return telling.ended(IntakeEnded(intake, is_stopped=True))
        return telling.ended(IntakeEnded(intake))

    in_background(receiver, work, lambda error: telling.ended(IntakeEnded(intake, error=error)))


class _Telling:
    """Passes on what becomes of files, not more often than a reader sees; stops the work when told to."""

    def __init__(self, receiver: MessagePump, intake: Intake) -> None:
        self._receiver = receiver
        self._intake = intake
        self._outcomes: list[Outcome] = []
        self._at: tuple[str, int, int] | None = None
        self._told: dict[str, float] = {}
        """When something of a kind was told."""

    def progress(self, phase: str, done: int, total: int) -> None:
        """How far the work is, as a collection reports it."""
        self._at = phase, done, total
        self._now_and_then("progress")
        if self._intake.stopped.is_set():  # here, since all of what is published is told before it goes on
            raise _Stopped

    def outcome(self, outcome: Outcome) -> None:
        """What became of a file."""
        self._outcomes.append(outcome)
        self._now_and_then("outcome")

    def ended(self, message: IntakeEnded) -> IntakeEnded:
        """Pass on what is left, before it is said that no more comes."""
        self._tell()
        return message

    def _now_and_then(self, kind: str) -> None:
        if monotonic() - self._told.get(kind, 0.0) >= _BETWEEN_TELLINGS:
            self._told[kind] = monotonic()
            self._tell()

    def _tell(self) -> None:
        outcomes, self._outcomes = self._outcomes, []
        self._receiver.post_message(IntakeTold(self._intake, outcomes, self._at))
        self._at = None
