"""docs/checking.md says what is so: its examples are run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from assistant.checking.report import EditionState, FindingCode
from assistant.service import Assistant
from tests.assistant.checking.held import LAO, assistant_holding, checked
from tests.cli.conftest import Run
from tests.corpus.catalogs import builtin

PAGE = (Path(__file__).parents[2] / "docs" / "checking.md").read_text(encoding="utf-8")
REPORT = f"""# Extradition

The Committee ordered Laos to “adopt a comprehensive policy in order to consider, in all cases, the crimes
under the Optional Protocol” ({LAO}, para. 34).
"""
CONSOLE = re.findall(r"```console\n\$ pilcrow check report.md\n((?:.*\n)*?)```", PAGE)


@pytest.fixture(scope="module")
def drafter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the built-in document, without index or model."""
    opened = assistant_holding(tmp_path_factory.mktemp("checking"), builtin())
    yield opened
    opened.close()


def _table(heading: str) -> list[list[str]]:
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split(" |") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def _codes(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def test_the_page_has_every_code_and_state() -> None:
    told = [code for row in _table("What is found") for code in _codes(row[0])]
    assert sorted(told) == sorted(get_args(FindingCode))
    assert [_codes(row[0])[0] for row in _table("Editions")] == list(get_args(EditionState))


@pytest.mark.parametrize(("text", "found"), _table("Examples"))
def test_an_example_has_the_findings_it_is_said_to_have(drafter: Assistant, text: str, found: str) -> None:
    report = checked(drafter, re.sub(r"\bLAO(?=[ ,])", LAO, text))
    told = [f"`{finding.code}` {finding.severity}" for finding in report.findings]
    assert ", ".join(told) == found


def test_a_report_is_printed_as_the_page_has_it(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    Path("report.md").write_text(REPORT, encoding="utf-8")
    result = run("check", "report.md")
    assert [result.out] == CONSOLE
