"""What is told of files that are taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SourceScanned
from assistant.service import Outcome
from tui.intake import NOTHING_THERE, Intake, IntakeEnded, IntakeTold, outcome_row

ADDED = Outcome("kenya.pdf", "added", "CRPD/C/KEN/CO/1", 65, searched=True)
SCAN = Outcome("scan.pdf", "refused", error=SourceScanned("scan.pdf is a scan.", "Run text recognition."))


def told(intake: Intake, *outcomes: Outcome, at: tuple[str, int, int] | None = None) -> None:
    intake.take(IntakeTold(intake, list(outcomes), at))


def test_how_far_it_is_grows_with_reading_and_indexing() -> None:
    intake = Intake([Path("folder")])
    assert (intake.share, intake.brief, intake.line) == (None, "adding…", "Reading…")
    shares = []
    told(intake, at=("reading", 1, 4))
    shares.append(intake.share)
    told(intake, at=("reading", 2, 4))
    shares.append(intake.share)
    told(intake, at=("loading", 0, 1))
    assert intake.line == "0 of 4 files done · loading the model"
    told(intake, at=("encoding", 10, 20))
    shares.append(intake.share)
    assert intake.line == "0 of 4 files done · indexing · 10 of 20 passages"
    told(intake, ADDED, SCAN)
    shares.append(intake.share)
    assert shares == pytest.approx([0.05, 0.1, 0.3, 0.5])
    assert intake.brief == "adding 4 files: 50%"


def test_what_came_of_it_is_counted() -> None:
    intake = Intake([Path("folder")])
    told(
        intake,
        ADDED,
        SCAN,
        Outcome("old.pdf", "unchanged"),
        Outcome("new.pdf", "updated"),
        at=("reading", 4, 9),
    )
    intake.end(IntakeEnded(intake))
    assert intake.line == "4 files: 1 added, 1 replaced, 1 unchanged, 1 refused"
    intake.end(IntakeEnded(intake, is_stopped=True))
    assert intake.line.startswith("Stopped: 4 files")


def test_where_nothing_came_of_it_it_is_said_why() -> None:
    intake = Intake([Path("empty")])
    intake.end(IntakeEnded(intake))
    assert intake.line == NOTHING_THERE
    intake.end(IntakeEnded(intake, is_stopped=True))
    assert intake.line == "Stopped; nothing was added"


def test_each_file_says_what_became_of_it() -> None:
    assert outcome_row(ADDED) == "added      kenya.pdf: CRPD/C/KEN/CO/1, 65 paragraphs"
    assert outcome_row(SCAN).startswith("refused    scan.pdf: is a scan.")
    assert "Run text recognition." in outcome_row(SCAN)
    french = Outcome("fr.pdf", "updated", "CRPD/C/KEN/CO/1", 1, searched=False, note="an edition")
    assert outcome_row(french) == (
        "replaced   fr.pdf: CRPD/C/KEN/CO/1, 1 paragraph, held for look-up, not searched; an edition"
    )
    assert "\x1b" not in outcome_row(Outcome("\x1b[2J.pdf", "added", "A/1", 1, searched=True))
