"""What is found in drafts, and what is not."""

from __future__ import annotations

import time

import pytest

from assistant.checking.report import Finding
from assistant.service import Assistant
from tests.assistant.checking.held import LAO, checked, told

LAW = "adopt a comprehensive legislation in order to consider, in all cases, the crimes under the Optional"
FERRIES = "to equip all ferries with lifeboats with ramps of their own"
INVENTED = "no fisherman may ever again be sold into marriage without a licence from the lake"


ERROR, WARNING, NOTE = "error", "warning", "note"


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        # references
        ("See SYM, para. 44.", [("no_such_paragraph", ERROR)]),
        ("See SYM, para. 22 (g).", [("resolved_parent", ERROR)]),
        ("See SYM, paras. 36–33.", [("malformed", WARNING)]),
        ("See CRC/C/OPSC/LAO/CO1, para. 3.", [("malformed", WARNING)]),
        ("See Committee against Torture, SYM (2015), para. 3.", [("author_symbol_mismatch", ERROR)]),
        ("See SYM, para. 3, CRPD/C/KEN/CO/1, para. 2, and CRC/C/LAO/CO/2, para. 400.", []),
        # quotations that belong to a reference
        (f"It shall “{LAW}” (SYM, para. 34).", []),
        (f"It shall “{LAW.replace('consider', 'exclude')}” (SYM, para. 34).", [("altered", ERROR)]),
        (f"It shall “{LAW}” (SYM, para. 33).", [("elsewhere_in_document", ERROR)]),
        (f"It shall “{LAW}” (CRPD/C/KEN/CO/1, para. 4).", [("elsewhere_in_corpus", ERROR)]),
        (f"It shall “{LAW}” (CRC/C/LAO/CO/2, para. 45).", [("elsewhere_in_corpus", WARNING)]),
        (f"It asked “{FERRIES}” (CRPD/C/KEN/CO/1, para. 4; SYM, para. 34).", []),
        (f"It held that “{INVENTED}” (SYM, para. 34).", [("not_found", ERROR)]),
        (f"It held that “{INVENTED}” (CRC/C/LAO/CO/2, para. 45).", []),
        (f"It held that “{INVENTED}” (Smith v Jones [2001] 1 AC 3).", []),
        (f"In SYM, para. 33, it spoke of “{LAW}”.", [("elsewhere_in_document", ERROR)]),
        ("It found “Existing criminal or penal laws” (SYM, para. 29).", [("heading_only", WARNING)]),
        ("Under the heading “Existing criminal or penal laws” (SYM, para. 29) it spoke.", []),
        # those that belong to none
        (f"“{LAW}”, it said.", []),
        (f"“{LAW.replace('consider', 'exclude')}”, it said.", [("altered", WARNING)]),
        (f"“{INVENTED}”, said an elder.", []),
        # what is no quotation
        ("The Committee spoke (“the observations of the year 2015”) of it (SYM, para. 2).", []),
        ("The “Great Village Mediation Units of All Provinces” were not welcomed by us (SYM, para. 31).", []),
        # what is said of a reference
        ("The Committee ordered Laos to adopt a law (SYM, para. 34).", [("force_mismatch", ERROR)]),
        ("The Committee condemned the lack of a law (SYM, para. 33).", [("force_mismatch", ERROR)]),
        ("The Committee welcomed the lack of a law (SYM, para. 33).", [("force_mismatch", WARNING)]),
        ("The Committee recommended a law (SYM, para. 33).", [("force_mismatch", WARNING)]),
        ("The Committee was concerned at ferries (CRPD/C/KEN/CO/1, para. 4).", [("force_mismatch", WARNING)]),
        ("The Committee urged the State party to adopt a law (SYM, para. 34).", [("force_mismatch", NOTE)]),
        ("The Committee urged ramps (CRPD/C/KEN/CO/1, para. 4).", [("force_mismatch", WARNING)]),
        ("The Committee recommended a law (SYM, para. 34) and was concerned (SYM, para. 33).", []),
        ("In SYM, para. 33, the Committee ordered a law.", [("force_mismatch", ERROR)]),
        ("The Committee demanded a law.[^1]\n\n[^1]: SYM, para. 34.", [("force_mismatch", ERROR)]),
        ("The State party must publish the number, said the Committee (CRPD/C/KEN/CO/1, para. 5).", []),
        ("The Committee said that the State party must publish the number (CRPD/C/KEN/CO/1, para. 5).", []),
        ("The Committee ordered a law (CRC/C/LAO/CO/2, para. 45).", []),
        ("The Committee spoke of what it “demanded” (SYM, para. 34).", []),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_and_nothing_else(
    drafter: Assistant, text: str, findings: list[tuple[str, str]]
) -> None:
    assert told(checked(drafter, text)) == findings


def test_a_finding_says_what_is_printed_and_where_it_stands(drafter: Assistant) -> None:
    text = f"# Law\n\nIt shall “{LAW.replace('consider', 'exclude')}”.[^1]\n\n[^1]: SYM, para. 34.\n"
    report = checked(drafter, text)
    finding = report.findings[0]
    assert finding.message == f"{LAO}, para. 34: the text has “consider”, the quotation “exclude”."
    assert (finding.line, finding.note, finding.quotation, finding.reference) == (3, None, 0, 0)
    assert report.quotations[0].text == text[finding.start : finding.end]
    assert (report.references[0].note, report.references[0].line) == ("1", 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"It shall “{LAW}” (SYM, paras. 7 and 33).", f"in {LAO}, para. 34, not in {LAO}, paras. 7 and 33."),
        (f"It shall “{LAW}” (SYM, para. 99).", f"in {LAO}, para. 34, not in {LAO}, para. 99."),
        (f"It shall “{LAW.replace(' in order', '')}” (SYM, para. 33).", f"Cited is {LAO}, para. 33."),
        (
            f"It shall “{LAW.replace(' in order', '')}” (SYM, para. 34).",
            "34: the quotation leaves out “in order” without a mark.",
        ),
        (f"It shall “{LAW}” (CRPD/C/KEN/CO/1, para. 4).", "34, not in CRPD/C/KEN/CO/1, para. 4."),
        (
            "The Committee urged ramps (CRPD/C/KEN/CO/1, para. 4).",
            "which is stronger; the text “encourages”.",
        ),
    ],
)  # fmt: skip
def test_a_message_names_what_is_cited_and_what_is_there(drafter: Assistant, text: str, message: str) -> None:
    assert checked(drafter, text).findings[0].message.endswith(message)


def test_what_is_not_held_is_told_as_such(drafter: Assistant) -> None:
    report = checked(drafter, "See CRC/C/LAO/CO/2, para. 45, and SYM, para. 3; also CRC/C/LAO/CO/2, para. 5.")
    assert (report.not_held, report.has_findings) == (("CRC/C/LAO/CO/2",), False)
    assert (report.coverage.documents, report.coverage.matching_documents) == (2, 1)


def test_quotations_within_others_and_titles_are_not_compared(drafter: Assistant) -> None:
    report = checked(
        drafter,
        "An elder said “they told us: ‘no child may ever be sold again at all’, but we know better”. "
        "See Committee on the Rights of the Child, ‘Concluding observations on the report of Laos’ "
        "(5 June 2015) UN Doc SYM, para 3.",
    )
    assert [each.text.split()[0] for each in report.quotations] == ["they"]


def test_a_quotation_that_never_ends_is_told(drafter: Assistant) -> None:
    report = checked(drafter, "See SYM, para. 3.\n\nIt said “this and never came to an end.\n\nThen more.")
    assert report.warnings == ("The quotation that begins on line 3 has no closing quotation mark.",)


def test_a_long_draft_is_checked_page_by_page(drafter: Assistant) -> None:
    sentences = [
        f"It shall “{LAW}” (SYM, para. 33).",
        "The Committee ordered a law (ibid., para. 34).",
        "See SYM, para. 44.",
    ]
    text = " ".join(sentences * 4)
    whole = checked(drafter, text)
    findings: list[Finding] = []
    references: set[tuple[int, str]] = set()
    offset: int | None = 0
    pages = 0
    while offset is not None:
        page = checked(drafter, text, offset=offset, limit=5)
        findings += page.findings
        references |= {(each.start, each.resolution.verdict) for each in page.references}
        for quotation in page.quotations:
            assert page.references[quotation.reference or 0].resolution.pinpoints == ("33",)
        offset, pages = page.next_offset, pages + 1
    place = [(each.code, each.start, each.message) for each in whole.findings]
    assert [(each.code, each.start, each.message) for each in findings] == place
    assert references == {(each.start, each.resolution.verdict) for each in whole.references}
    assert pages == 4


@pytest.mark.parametrize(
    "unit",
    [
        "“a b” and ",
        f"“{LAW}” (",
        "the Committee ordered Laos to ",
        f"({LAO}, para. 34) ",
        "> “a b c d e f”\n",
        f"“x” ({LAO}, para. 34).[^1] ",
        "The Committee, that it (",
    ],
)
def test_hostile_drafts_take_time_in_proportion_to_their_length(drafter: Assistant, unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit)) + f"\n\n[^1]: {LAO}, para. 3."
        began = time.process_time()
        checked(drafter, text)
        return time.process_time() - began

    seconds(1000)
    small, large = seconds(4000), seconds(16000)
    assert large < 10 * max(small, 0.02)
