from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.checking.html_report import html_report
from assistant.checking.report import CheckReport, EditionCheck
from tests.assistant.checking import reports
from tests.assistant.checking.reports import (
    checked,
    differences,
    draft_of,
    finding,
    match_of,
    quotation,
    reference,
    report_on,
)

CITED = "CRC/C/OPSC/LAO/CO/1, para. 33"
HOSTILE = "<img src=x onerror=alert(1)>\"'&\x1b]0;a\x07\u202e</title></style><script>alert(2)</script>"


def page_of(report: CheckReport | None = None) -> LexborHTMLParser:
    made, draft = checked()
    return LexborHTMLParser(html_report(report or made, draft))


def first(page: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = page.css_first(selector)
    assert found is not None
    return found


def words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def texts(page: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [words(node) for node in page.css(selector)]


def assert_links_lead_somewhere(page: LexborHTMLParser) -> None:
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    for link in page.css("a"):
        target = link.attributes["href"] or ""
        assert target.removeprefix("#") in ids or target.startswith("https://docs.un.org/en/"), target
        assert target.startswith("#") or "noopener" in (link.attributes["rel"] or "")


def test_the_page_needs_nothing_and_allows_nothing_but_its_own_style() -> None:
    page = page_of()
    assert not page.css("script, link, img, iframe, form, object, [style], [onclick], base")
    style = first(page, "style").text()
    assert "url(" not in style
    assert "@import" not in style
    policy = first(page, 'meta[http-equiv="Content-Security-Policy"]').attributes["content"] or ""
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert b64encode(sha256(style.encode()).digest()).decode() in policy
    assert_links_lead_somewhere(page)


def test_findings_come_the_worst_first_numbered_so_each_with_its_severity_in_words() -> None:
    page = page_of()
    assert texts(page, ".finding h4") == [
        "✗ Error 1. Altered quotation",
        "✗ Error 2. Quotation not found",
        "✗ Error 3. No such paragraph",
        "! Warning 4. Verb does not fit the text",
    ]
    told = words(first(page, "[aria-labelledby=findings] > .aside"))
    assert told == (
        "✗ Error: a text that is held says otherwise; ! Warning: probably wrong, but it can be read "
        "otherwise; i Note: for information."
    )


def test_what_differs_is_marked_on_both_sides() -> None:
    altered = first(page_of(), "#finding-1")
    assert texts(altered, "del") == ["has no"]
    assert texts(altered, "ins") == ["lacks a"]
    drafted, printed, whole = texts(altered, "blockquote")
    assert "It was “seriously concerned that the State party has no specific law on extradition”" in drafted
    assert printed == "seriously concerned that the State party lacks a specific law on extradition"
    assert whole.startswith("The Committee is seriously concerned that the State party lacks a specific law")


def test_what_is_cited_or_may_be_meant_stands_beside_a_reference() -> None:
    page = page_of()
    force, missing = first(page, "#finding-4"), first(page, "#finding-3")
    assert "34. The Committee recommends that the State party adopt" in words(force.css(".side")[1])
    assert words(missing.css(".side")[1]).startswith("The document CRC/C/OPSC/LAO/CO/1: Concluding")


def test_the_draft_is_there_as_it_is_printed_and_each_mark_leads_to_its_entry() -> None:
    _, draft = checked()
    page = page_of()
    assert texts(page, ".called") == ["note 1", "note 2", "note 3"]
    assert "on 5 June 2015.note 1 It was" in words(page.css(".block p.text")[0])
    for call in page.css(".call, .called"):
        call.decompose()
    assert texts(page, ".block p:not(.margin)") == [draft.printed(part).text for part in draft.parts]
    again = page_of()
    assert texts(again, ".block .margin a") == [
        "Q1, error✗", "finding 1", "R1, right✓", "Q2, right✓", "Q3, right✓", "Q4, error✗", "finding 2",
        "R2, error✗", "finding 3", "R3, right✓", "R4, warning!", "finding 4", "R5, not compared–",
    ]  # fmt: skip
    assert {call.attributes["id"] for call in again.css(".call")} == {
        *(f"in-r{number}" for number in range(1, 6)),
        *(f"in-q{number}" for number in range(1, 5)),
    }


def test_tables_tell_what_became_of_everything_that_was_checked() -> None:
    page = page_of()
    rows = [texts(row, "th, td") for row in page.css("tbody tr")]
    assert len(rows) == 9
    assert rows[1][:3] == ["R2 in the text", "line 11", "CRC/C/OPSC/LAO/CO/1, para. 44"]
    assert rows[1][3].startswith("✗ no such paragraph finding 3")
    assert rows[3][-1] == "CRC/C/OPSC/LAO/CO/1, para. 34"
    assert rows[4][3] == "– not held No document CRC/C/LAO/CO/3-6 is held."
    assert rows[6][3].startswith("✓ altered with marks")
    facts = dict(zip(texts(page, "dt"), texts(page, "dd"), strict=True))
    assert facts["Checked"] == "2026-03-05 14:07 UTC"
    assert facts["References"] == "5: 3 resolved, 1 no such paragraph, 1 not held"
    assert facts["Compared with"] == "all that is held: 1 document, 43 paragraphs"
    assert "CRC/C/LAO/CO/3-6" in texts(page, "[aria-labelledby=unchecked] li")
    assert re.search(
        r"advance unedited, en, SHA-256 of the source [0-9a-f]{64}", words(first(page, ".sources"))
    )


def test_nothing_of_a_draft_becomes_markup() -> None:
    draft = draft_of(f"Words “{HOSTILE}” of it.\n", name=HOSTILE)
    match = match_of("not_found", HOSTILE, reason=HOSTILE)
    quoted = quotation(draft, match)
    found = finding("not_found", "error", quoted, HOSTILE, quotation=0)
    report = report_on(draft, (), [quoted], [found], not_held=(HOSTILE,), warnings=(HOSTILE,))
    html = html_report(report, draft)
    page = LexborHTMLParser(html)
    assert not page.css("img, script")
    assert len(page.css("style, title")) == 2
    assert not set(html) & {"\x1b", "\x07", "\u202e"}
    assert html.count("&lt;img src=x") >= 7
    assert_links_lead_somewhere(page)


def test_a_draft_in_which_all_is_right_is_said_to_be_so() -> None:
    draft = draft_of("See CRC/C/OPSC/LAO/CO/1, para. 33.\n")
    report = report_on(draft, [reference(draft, "CRC/C/OPSC/LAO/CO/1, para. 33")])
    page = LexborHTMLParser(html_report(report, draft))
    assert words(first(page, ".outcome")) == "✓ Nothing wrong found"
    assert "✓ Nothing wrong found in what was compared." in words(first(page, "main section"))
    assert words(first(page, "[aria-labelledby=quotations]")) == "Quotations The draft has none."


@pytest.mark.parametrize(
    ("cited", "told"),
    [
        (
            ["CRC/C/LAO/CO/3-6, para. 7"],
            "– Nothing that the draft cites or quotes is held, so there was nothing to compare.",
        ),
        ([], "– The draft has no references and no quotations."),
    ],
)
def test_a_draft_of_which_nothing_was_compared_is_not_said_to_be_right(cited: list[str], told: str) -> None:
    draft = draft_of("See CRC/C/LAO/CO/3-6, para. 7.\n")
    page = LexborHTMLParser(html_report(report_on(draft, [reference(draft, each) for each in cited]), draft))
    assert words(first(page, ".outcome")) == "– Nothing to compare"
    assert texts(page, "[aria-labelledby=findings] p") == [told]
    assert_links_lead_somewhere(page)


def test_what_was_not_checked_and_what_a_pinned_place_became_are_told() -> None:
    draft = draft_of("See CRC/C/OPSC/LAO/CO/1, para. 33, and more.\n")
    edition = EditionCheck(sha256="0" * 64, state="moved", message="It is paragraph 35 now.", now="35")
    cited = reference(draft, "CRC/C/OPSC/LAO/CO/1, para. 33", edition=edition)
    moved = finding("edition_moved", "note", cited, edition.message, reference=0)
    report = report_on(draft, [cited], (), [moved], warnings=("A text box was not read.",), next_offset=40)
    page = LexborHTMLParser(html_report(report, draft))
    assert words(first(page, "#r1 td:last-child")).endswith("It is paragraph 35 now.")
    assert texts(page, ".finding h4") == ["i Note 1. Moved in the current edition"]
    assert "the first 40 of 45 characters" in texts(page, "dd")
    assert texts(page, "[aria-labelledby=unchecked] li") == ["A text box was not read."]


def test_documents_that_may_be_meant_are_named() -> None:
    typed = "CRC concluding observations Laos ¶ 7"
    draft = draft_of(f"See {typed}.\n")
    cited = reference(draft, typed)
    report = report_on(
        draft, [cited], (), [finding("ambiguous", "warning", cited, cited.resolution.reason, reference=0)]
    )
    side = LexborHTMLParser(html_report(report, draft)).css(".side")[1]
    assert words(side).startswith("What may be meant CRC/C/OPSC/LAO/CO/1: Concluding observations")


@pytest.mark.parametrize("verdict", ["stitched", "elsewhere_in_corpus"])
def test_each_place_of_a_quotation_is_shown_with_its_own_words(verdict: str) -> None:
    draft = draft_of("It is “alarmed about the large number of cases” there.\n")
    match = match_of("stitched", "alarmed about the large number of cases", ["31", "33"])
    quoted = quotation(draft, match.model_copy(update={"verdict": verdict}))
    report = report_on(
        draft, (), [quoted], [finding("stitched", "error", quoted, "Two pieces.", quotation=0)]
    )
    page = LexborHTMLParser(html_report(report, draft))
    assert texts(page, ".side h5") == [
        "In the draft",
        "Printed in CRC/C/OPSC/LAO/CO/1, para. 31",
        "Printed in CRC/C/OPSC/LAO/CO/1, para. 33",
    ]


def test_what_is_cited_is_shown_too_where_the_words_are_printed_elsewhere() -> None:
    draft = draft_of("It is “alarmed about the large number of cases” (CRC/C/OPSC/LAO/CO/1, para. 33).\n")
    match = match_of("elsewhere_in_document", "alarmed about the large number of cases", ["31"])
    cited, quoted = reference(draft, "CRC/C/OPSC/LAO/CO/1, para. 33"), quotation(draft, match, 0)
    found = finding("elsewhere_in_document", "error", quoted, "It is in 31.", quotation=0, reference=0)
    page = LexborHTMLParser(html_report(report_on(draft, [cited], [quoted], [found]), draft))
    assert texts(page, ".side h5")[1:] == [
        "Printed in CRC/C/OPSC/LAO/CO/1, para. 31",
        "Cited CRC/C/OPSC/LAO/CO/1, para. 33",
    ]


@pytest.mark.parametrize(
    ("behind", "shown"),
    [
        (f"{CITED}.", []),
        (
            f"as it wrote at {'some ' * 40}length, in {CITED}.",
            [f"R1, line 1: … {'some ' * 29}length, in {CITED}."],
        ),
        (f"it wrote.[^1]\n\n[^1]: And see {CITED}, too.", [f"R1, line 3, note 1: And see {CITED}, too."]),
    ],
)
def test_a_reference_is_shown_where_it_is_not_seen_beside_what_belongs_to_it(
    behind: str, shown: list[str]
) -> None:
    draft = draft_of(f"It is “alarmed about the large number of cases”, {behind}\n")
    match = match_of("elsewhere_in_document", "alarmed about the large number of cases", ["31"])
    cited, quoted = reference(draft, CITED), quotation(draft, match, 0)
    found = finding("elsewhere_in_document", "error", quoted, "It is in 31.", quotation=0, reference=0)
    page = LexborHTMLParser(html_report(report_on(draft, [cited], [quoted], [found]), draft))
    drafted = first(page, ".side")
    headings, passages = texts(drafted, "h5")[1:], texts(drafted, "blockquote")[1:]
    told = [f"{heading}: {passage}" for heading, passage in zip(headings, passages, strict=True)]
    assert told == [f"Its reference {each}" for each in shown]
    assert_links_lead_somewhere(page)


def test_of_ibid_it_is_told_which_reference_it_stands_for() -> None:
    draft = draft_of(f"See {CITED}.[^1]\n\n[^1]: Ibid., para. 34.\n")
    cited = [
        reference(draft, CITED),
        reference(draft, "Ibid., para. 34").model_copy(update={"stands_for": 0}),
    ]
    found = finding("force_mismatch", "error", cited[1], "It differs.", reference=1)
    page = LexborHTMLParser(html_report(report_on(draft, cited, (), [found]), draft))
    assert "reference R2, which means the document of R1 (line 1) ·" in words(first(page, ".finding .aside"))
    assert_links_lead_somewhere(page)


def test_where_a_quotation_leaves_words_out_is_marked_in_it() -> None:
    draft = draft_of("It “urges … States to act” now.\n")
    diff = differences(
        ("equal", "urges ", "urges "),
        ("missing", "…", "very strongly", True),
        ("equal", " States ", " States "),
        ("missing", "", "not "),
        ("equal", "to act", "to act"),
    )
    quoted = quotation(draft, match_of("altered", "urges … States to act", ["36"], diff))
    found = finding("altered", "error", quoted, "It differs.", quotation=0)
    page = LexborHTMLParser(html_report(report_on(draft, (), [quoted], [found]), draft))
    assert texts(page, "blockquote")[:2] == [
        "It “urges … States ‸ something is left out here to act” now.",
        "urges very strongly States not to act",
    ]


def test_hundreds_of_references_and_quotations_make_a_page_below_two_megabytes() -> None:
    made, _ = checked()
    paragraph = reports.TEXT.split("\n\n")[1]
    draft = draft_of("\n\n".join([paragraph] * 300))
    step = len(paragraph) + 2
    references = [_moved(made.references[0], at, step) for at in range(300)]
    quotations = [_moved(made.quotations[0], at, step) for at in range(200)]
    findings = [
        made.findings[0].model_copy(
            update={"start": each.start, "end": each.end, "quotation": at, "reference": at}
        )
        for at, each in enumerate(quotations)
    ]
    html = html_report(report_on(draft, references, quotations, findings), draft)
    assert len(html.encode()) < 2_000_000
    page = LexborHTMLParser(html)
    assert (len(page.css("tbody tr")), len(page.css(".finding")), len(page.css(".call"))) == (500, 200, 500)
    assert_links_lead_somewhere(page)


def _moved(checked: reports.Checked, at: int, step: int) -> reports.Checked:
    first = len(reports.TEXT.split("\n\n")[0]) + 2
    shift = at * step - first
    return checked.model_copy(update={"start": checked.start + shift, "end": checked.end + shift})
