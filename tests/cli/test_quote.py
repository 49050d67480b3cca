"""`pilcrow quote`: the place with what differs, or a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.citations.quotation import QuoteMatch
from assistant.cli.quote_text import match_text
from tests.cli.conftest import Run

LAO = "CRC/C/OPSC/LAO/CO/1"
READ = "reminds the State party that the present concluding observations should be read"


@pytest.mark.parametrize(
    ("text", "cited", "code", "verdict"),
    [
        (READ, None, 0, "exact"),
        (f"{READ} … adopted on 5 June 2015", f"{LAO}, para. 3", 0, "altered_ok"),
        (READ.replace("should", "should not"), None, 4, "altered"),
        (READ, f"{LAO}, para. 34", 4, "elsewhere_in_document"),
        ("words of nobody who was ever asked for any", None, 3, "not_found"),
        ("the State", None, 3, "too_short"),
    ],
)
def test_the_shell_is_told_what_became_of_it(
    run: Run, home: Path, text: str, cited: str | None, code: int, verdict: str
) -> None:
    """In a data folder that is new, where nothing is built."""
    result = run("quote", text, *(("--cited", cited) if cited else ()))
    assert result.code == code
    assert result.err.startswith(f"pilcrow: {verdict}")
    assert bool(result.out) is (code != 3)
    assert not (home / "index").exists()


def test_differences_are_legible_without_colour_and_have_it_where_it_is_shown(run: Run, home: Path) -> None:
    text = READ.replace("present", "previous").replace("should", "should not")
    match = QuoteMatch.model_validate(run("quote", "-", "--json", stdin=text).data)
    shown = match_text(match)
    expected = "that the [-present-] {+previous+} concluding observations should {+not+} be read"
    assert expected in " ".join(shown.split())
    assert "\x1b[31m[-present-]\x1b[0m" in match_text(match, in_colour=True)


def test_nothing_of_a_quotation_reaches_the_terminal_as_a_command(run: Run, home: Path) -> None:
    result = run("quote", READ.replace("present", "pre\x1b[31msent \x07 and"), "--cited", f"{LAO}, para. 3")
    assert result.code == 4
    assert not {"\x07", "\x1b"} & {*result.out, *result.err}


def test_a_match_is_printed_as_data(run: Run, home: Path) -> None:
    result = run("quote", "-", "--json", "--cited", f"{LAO}, para. 3", stdin=f"“{READ}”\n")
    assert (result.code, result.data["verdict"]) == (0, "exact")
    assert result.data["places"][0]["eids"] == ["para_3"]
    assert result.data["coverage"]["documents"] == 1
