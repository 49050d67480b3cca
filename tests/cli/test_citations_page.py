"""docs/citations.md says what is so: its examples are run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

from assistant.citations.resolution import MismatchCode, Verdict
from assistant.citations.styles import STYLE_NAMES
from assistant.service import Assistant
from corpus.pinpoint import Style
from tests.cli.conftest import Run

PAGE = (Path(__file__).parents[2] / "docs" / "citations.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """The rows of a table of the page below a heading."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split(" |") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row] for row in rows[2:]]


EXAMPLES = table("Examples")
CONSOLE = re.findall(r"```console\n\$ (pilcrow cite .*)\n((?:.*\n)*?)```", PAGE)


def test_the_page_has_examples_of_every_verdict() -> None:
    assert {verdict for _, _, verdict, _ in EXAMPLES} == set(get_args(Verdict))
    assert [verdict for verdict, _ in table("Verdicts")] == list(get_args(Verdict))
    assert all(f"`{code}`" in PAGE for code in get_args(MismatchCode))
    assert len(CONSOLE) == 2


@pytest.mark.parametrize(("typed", "after", "verdict", "leads_to"), EXAMPLES)
def test_an_example_has_the_verdict_it_is_said_to_have(
    assistant: Assistant, typed: str, after: str, verdict: str, leads_to: str
) -> None:
    found = assistant.resolve(typed, after or None)
    assert found.verdict == verdict
    assert "; ".join(place.pinpoint for place in found.places) == leads_to


@pytest.mark.parametrize(("line", "printed"), CONSOLE)
def test_a_command_prints_what_it_is_said_to_print(
    run: Run, built_home: Path, monkeypatch: pytest.MonkeyPatch, line: str, printed: str
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    result = run(*shlex.split(line)[1:])
    assert result.out.startswith(printed) or printed in result.err


@pytest.mark.parametrize(("name", "following", "later"), table("First and later references"))
def test_references_are_printed_as_the_page_has_them(
    assistant: Assistant, name: str, following: str, later: str
) -> None:
    style: Style = next(style for style, called in STYLE_NAMES.items() if called == name)
    found = assistant.resolve("CRC/C/OPSC/LAO/CO/1, para. 34", note=3)
    assert (found.references[style].next, found.references[style].later) == (following, later)
