"""What docs/citations.md says of quotations is so: its examples are run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

from assistant.citations.quotation import QuoteVerdict
from assistant.service import Assistant
from tests.cli.conftest import Run
from tests.cli.test_citations_page import PAGE, table

EXAMPLES = table("Examples of quotations")
CONSOLE = re.findall(r"```console\n\$ (pilcrow quote .*)\n((?:.*\n)*?)```", PAGE)


def test_the_page_has_examples_of_every_verdict_but_those_of_several_documents() -> None:
    told = {verdict for _, _, verdict, _ in EXAMPLES}
    assert told == set(get_args(QuoteVerdict)) - {"elsewhere_in_corpus", "not_checked"}
    assert [verdict for verdict, _ in table("Verdicts on quotations")] == list(get_args(QuoteVerdict))
    assert len(CONSOLE) == 2


@pytest.mark.parametrize(("quoted", "cited", "verdict", "stands_in"), EXAMPLES)
def test_a_quotation_has_the_verdict_it_is_said_to_have(
    assistant: Assistant, quoted: str, cited: str, verdict: str, stands_in: str
) -> None:
    match = assistant.quote(quoted, cited or None)
    assert match.verdict == verdict
    assert "; ".join(pinpoint for place in match.places for pinpoint in place.pinpoints) == stands_in


@pytest.mark.parametrize(("line", "printed"), CONSOLE)
def test_the_command_prints_what_it_is_said_to_print(
    run: Run, built_home: Path, monkeypatch: pytest.MonkeyPatch, line: str, printed: str
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    result = run(*shlex.split(line)[1:])
    assert printed in (result.out, result.err)
