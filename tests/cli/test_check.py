"""`pilcrow check`: what is wrong in a draft, as a table, as data and as a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

LAO = "CRC/C/OPSC/LAO/CO/1"
LAW = "adopt a comprehensive legislation in order to consider, in all cases"
RIGHT = f"The Committee recommended that Laos “{LAW}” ({LAO}, para. 34).\n"
WRONG = f"The Committee ordered Laos to “{LAW.replace('legislation', 'reservation')}” ({LAO}, para. 34).\n"


@pytest.mark.parametrize(("text", "code"), [(RIGHT, 0), (WRONG, 4), (f"See {LAO}, para. 99.\n", 4)])
def test_the_exit_code_tells_whether_anything_is_wrong(
    run: Run, home: Path, tmp_path: Path, text: str, code: int
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(text, encoding="utf-8")
    assert run("check", str(draft)).code == code


def test_notes_alone_are_nothing_wrong(run: Run, home: Path) -> None:
    result = run("check", "-", stdin=f"The Committee urged Laos to adopt a law ({LAO}, para. 34).\n")
    assert result.code == 0
    assert "force_mismatch" in result.out


def test_the_findings_are_told_with_what_is_printed(run: Run, home: Path) -> None:
    result = run("check", "-", stdin=WRONG)
    printed = " ".join(result.out.split())
    assert "para. 34: the text has “legislation”, the quotation “reservation”." in printed
    assert "The draft says “ordered”, the text “recommends”, which is a recommendation." in printed
    assert "2 errors" in printed


def test_the_report_is_printed_as_data(run: Run, home: Path) -> None:
    data = run("check", "-", "--json", stdin=WRONG).data
    assert {finding["code"] for finding in data["findings"]} == {"altered", "force_mismatch"}
    assert data["references"][0]["resolution"]["places"][0]["eid"] == "para_34"
    assert data["quotations"][0]["match"]["verdict"] == "altered"
    assert data["draft"]["name"] == "stdin"


def test_the_report_is_written_as_a_page(run: Run, home: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    result = run("check", "-", "--html", str(page), stdin=WRONG)
    assert result.code == 4
    assert str(page) in result.err
    assert "<del" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "nowhere.md"), 1),
        (("check", "-", "--html", "report.pdf"), 2),
        (("check", "-", "--citations", "{draft}"), 2),
        (("check", "{image}"), 1),
        (("check",), 2),
    ],
)
def test_what_cannot_be_checked_is_refused(
    run: Run, home: Path, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    (tmp_path / "draft.md").write_text(WRONG, encoding="utf-8")
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    names = {"draft": tmp_path / "draft.md", "image": tmp_path / "image.png"}
    result = run(*(argument.format(**names) for argument in arguments), stdin=WRONG)
    assert (result.code, result.out) == (code, "")
    assert result.err


def test_a_draft_is_compared_with_the_citations_that_were_exported(
    run: Run, home: Path, tmp_path: Path
) -> None:
    draft, cited = tmp_path / "draft.md", tmp_path / "cited.json"
    draft.write_text(RIGHT, encoding="utf-8")
    assert run("export", str(draft), "--output", str(cited)).code == 0
    data = run("check", str(draft), "--citations", str(cited), "--json").data
    assert data["references"][0]["edition"]["state"] == "current"
    data = run("check", str(cited), "--json").data
    assert [each["text"] for each in data["references"]] == [f"{LAO}, para. 34"]
    assert data["findings"] == []


def test_nothing_of_a_draft_is_obeyed_by_the_terminal(run: Run, home: Path) -> None:
    result = run("check", "-", stdin=WRONG.replace("adopt", "\x1b[31madopt"))
    assert "\x1b" not in result.out + result.err
