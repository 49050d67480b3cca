from __future__ import annotations

from typing import get_args

import pytest

from assistant.checking.report import FindingCode
from assistant.checking.report_text import report_text
from assistant.checking.wording import FINDING_NAMES, VERDICT_NAMES, cut
from assistant.citations.quotation import QuoteVerdict
from assistant.citations.resolution import Verdict
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


def test_everything_that_can_be_found_has_a_name() -> None:
    assert set(FINDING_NAMES) == set(get_args(FindingCode))
    assert set(VERDICT_NAMES) == {*get_args(Verdict), *get_args(QuoteVerdict)}
    assert len(set(FINDING_NAMES.values())) == len(FINDING_NAMES)


def test_findings_are_grouped_and_say_where_what_and_how_it_differs() -> None:
    text = report_text(checked()[0], 80)
    assert (
        """ERRORS (3): a text that is held says otherwise

1. line 3: Altered quotation (altered)
   “seriously concerned that the State party has no specific law on extradition”
   Reference (line 4): CRC/C/OPSC/LAO/CO/1, para. 33
   The quotation has “has no” where “lacks a” is printed.
   Printed in CRC/C/OPSC/LAO/CO/1, para. 33:
   https://docs.un.org/en/CRC/C/OPSC/LAO/CO/1
"""
        in text
    )
    assert text.index("2. line 11: Quotation not found") < text.index("WARNINGS (1): probably wrong")
    assert "4. line 6: Verb does not fit the text" in text
    assert "   Reference (line 16, note 2): Ibid., para. 34\n" in text
    assert text.endswith(
        """courts.md: 3 errors, 1 warning.
5 references (3 resolved, 1 no such paragraph, 1 not held).
4 quotations (1 altered, 1 altered with marks, 1 exact, 1 not found).
Not held, so not checked: CRC/C/LAO/CO/3-6.
Compared with all that is held: 1 document, 43 paragraphs."""
    )


@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_no_line_is_wider_than_asked_or_than_can_be_read(width: int) -> None:
    lines = report_text(checked()[0], width).splitlines()
    assert 10 < max(map(len, lines)) <= min(width, 100)


def test_only_what_neither_the_quotation_nor_the_message_says_is_told_as_a_difference() -> None:
    draft = draft_of("It “urges … all States to act” now.\n")
    diff = differences(
        ("equal", "urges ", "urges "),
        ("missing", "…", "very strongly", True),
        ("added", " all", ""),
        ("missing", "", " again"),
        ("replaced", "once", "twice"),
        ("equal", " States to act", " States to act"),
    )
    quoted = quotation(draft, match_of("altered", "urges … all States to act", ["36"], diff))
    report = report_on(
        draft, (), [quoted], [finding("altered", "error", quoted, "It has “once” for “twice”.", quotation=0)]
    )
    told = [line.strip() for line in report_text(report, 80).splitlines() if line.startswith("   - ")]
    assert told == ["- quoted “all”, which is not printed", "- leaves out “again”"]


def test_a_reference_beside_a_quotation_is_told_unless_the_message_has_it() -> None:
    draft = draft_of("It is “alarmed” (CRC/C/OPSC/LAO/CO/1, para. 33).\n")
    cited = [reference(draft, "CRC/C/OPSC/LAO/CO/1, para. 33")]
    quoted = [quotation(draft, match_of("not_found", "alarmed"), 0)]
    for message, told in (("No such words.", 1), ("Not in CRC/C/OPSC/LAO/CO/1, para. 33.", 0)):
        found = finding("not_found", "error", quoted[0], message, quotation=0, reference=0)
        text = report_text(report_on(draft, cited, quoted, [found]), 80)
        assert text.count("   Reference: CRC/C/OPSC/LAO/CO/1, para. 33\n") == told


def test_the_pieces_of_a_stitched_quotation_are_told_one_by_one() -> None:
    draft = draft_of("It is “alarmed about the large number of cases” there.\n")
    match = match_of("stitched", "alarmed about the large number of cases", ["31", "33"])
    quoted = quotation(draft, match)
    report = report_on(draft, (), [quoted], [finding("stitched", "error", quoted, "Two.", quotation=0)])
    lines = " ".join(report_text(report, 100).split())
    for place in match.places:
        assert f"- “{cut(place.quote, 400)}”: {place.label}: {place.url}" in lines
    assert "Printed in" not in lines


def test_words_of_an_earlier_edition_are_told_as_such() -> None:
    draft = draft_of("It is “alarmed about the large number of cases” there.\n")
    match = match_of("exact", "alarmed about the large number of cases", ["31"])
    earlier = match.places[0].model_copy(update={"current": False, "edition": "issued"})
    quoted = quotation(draft, match.model_copy(update={"places": (earlier,)}))
    gone = finding("edition_withdrawn", "warning", quoted, "Gone.", quotation=0)
    lines = " ".join(report_text(report_on(draft, (), [quoted], [gone]), 100).split())
    assert "Printed in the earlier edition (issued) of CRC/C/OPSC/LAO/CO/1, para. 31: https" in lines


def test_many_differences_are_counted() -> None:
    draft = draft_of("It “urges” now.\n")
    diff = differences(*(("replaced", f"a{at}", f"b{at}") for at in range(2000)))
    quoted = quotation(draft, match_of("altered", "urges", ["36"], diff))
    report = report_on(draft, (), [quoted], [finding("altered", "error", quoted, "It differs.", quotation=0)])
    text = report_text(report, 80)
    assert "- and 1,994 more differences" in text
    assert len(text) < 2000


def test_nothing_of_a_draft_reaches_the_terminal_uninterpreted() -> None:
    hostile = "a\x1b]0;title\x07\x9b31m\u202eb\r\nc" + "x" * 100_000
    draft = draft_of("It “quotes” this.\n", name=hostile)
    match = match_of("not_found", "quotes", reason=hostile).model_copy(update={"input": hostile})
    quoted = quotation(draft, match_of("not_found", "quotes")).model_copy(
        update={"text": hostile, "match": match}
    )
    found = finding("not_found", "error", quoted, hostile, quotation=0).model_copy(
        update={"note": hostile[:20]}
    )
    text = report_text(
        report_on(draft, (), [quoted], [found], not_held=(hostile,), warnings=(hostile,), next_offset=9), 80
    )
    assert all(line.isprintable() for line in text.split("\n"))
    assert len(text) < 5000
    assert "Only the text before character 9 was checked." in text


def test_a_draft_in_which_all_is_right_gets_its_counts_only() -> None:
    draft = draft_of("See CRC/C/OPSC/LAO/CO/1, para. 33.\n")
    report = report_on(draft, [reference(draft, "CRC/C/OPSC/LAO/CO/1, para. 33")])
    assert report_text(report, 80).splitlines() == [
        "courts.md: nothing wrong found.",
        "1 reference (1 resolved).",
        "0 quotations.",
        "Compared with all that is held: 1 document, 43 paragraphs.",
    ]


def test_a_text_is_cut_at_a_word() -> None:
    assert cut("one two three", 13) == "one two three"
    assert cut("one two three", 10) == "one two …"
    assert cut("x" * 20, 10) == "x" * 8 + " …"
