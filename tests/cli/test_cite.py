"""`pilcrow cite`: the reference in a style and the text it cites, or a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

LAO = "CRC/C/OPSC/LAO/CO/1"


def test_a_reference_is_printed_with_the_text_it_cites(run: Run, built_home: Path) -> None:
    result = run("cite", "Lao PDR OPSC para 22(c)")
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0] == f"{LAO}, para. 22 (c)."
    assert any(line.startswith("(c) Continue and strengthen") for line in lines)
    assert "It further urges the State party to:" in " ".join(result.out.split())
    assert "only held document" in result.err


@pytest.mark.parametrize(
    ("options", "first"),
    [
        (("--style", "bluebook"), "Comm. on the Rts. of the Child, Concluding Observations on"),
        (("--later",), f"{LAO}, paras. 33–34."),
        (("--style", "aglc", "--later", "--note", "3"), "Committee on the Rights of the Child (n 3) paras"),
        (("--style", "mcgill", "--later", "--note", "12"), "Supra note 12 at paras 33–34."),
    ],
)  # fmt: skip
def test_it_is_printed_in_the_style_asked_for(
    run: Run, built_home: Path, options: tuple[str, ...], first: str
) -> None:
    result = run("cite", f"{LAO}, paras. 33–34", *options)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(first)


def test_a_later_reference_that_points_to_a_note_needs_its_number(run: Run, built_home: Path) -> None:
    result = run("cite", f"{LAO}, para. 33", "--style", "oscola", "--later")
    assert (result.code, result.out) == (2, "")
    assert "--note" in result.err


def test_ibid_takes_the_reference_before_it(run: Run, built_home: Path) -> None:
    assert run("cite", "ibid., para. 7", "--after", f"{LAO}, para. 3").out.startswith(f"{LAO}, para. 7.\n")
    assert run("cite", "ibid., para. 7").code == 3


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        (f"{LAO}, para. 99", "no_such_paragraph"),
        ("CRPD/C/KEN/CO/1, para. 3", "symbol_not_held"),
        ("hello world", "malformed"),
        ("supra note 3", "not_checked"),
    ],
)
def test_what_leads_nowhere_is_told_on_stderr(run: Run, built_home: Path, typed: str, verdict: str) -> None:
    result = run("cite", typed)
    assert result.code == 3
    assert result.err.startswith(f"pilcrow: {verdict}: ")


def test_candidates_are_printed(run: Run, built_home: Path) -> None:
    result = run("cite", "CRC concluding observations Laos ¶ 7")
    assert (result.code, result.out) == (3, f"{LAO}  Lao People's Democratic Republic  2015-06-05\n")


def test_a_reference_that_contradicts_its_document_is_a_finding(run: Run, built_home: Path) -> None:
    result = run("cite", f"Committee against Torture, {LAO}, para. 3")
    assert result.code == 4
    assert "author_symbol_mismatch" in result.err


def test_a_resolution_is_printed_as_data(run: Run, built_home: Path) -> None:
    result = run("cite", "-", "--json", stdin=f"{LAO}, para. 22 (z)\n")
    assert result.code == 4
    assert (result.data["verdict"], result.data["places"][0]["eid"]) == ("resolved_parent", "para_22")
    assert set(result.data) == {
        "input", "start", "end", "verdict", "reason", "symbol", "pinpoints", "last_paragraph", "candidates",
        "places", "mismatches", "references", "coverage",
    }  # fmt: skip


def test_a_control_character_of_a_reference_is_not_printed(run: Run, built_home: Path) -> None:
    result = run("cite", f"{LAO}, para. \x07\x1b")
    assert result.code == 3
    assert "para. �" in result.err
    assert not {"\x07", "\x1b"} & {*result.out, *result.err}
