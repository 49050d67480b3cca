"""What is found in drafts, and what is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking import assembling
from assistant.checking.report import Finding
from assistant.citations.quotes import MOST_PLACES
from assistant.service import Assistant
from tests.assistant.checking.held import LAO, assistant_holding, checked, told
from tests.corpus.catalogs import builtin, document_of
from tests.growth import grows_in_proportion

LAW = "adopt a comprehensive legislation in order to consider, in all cases, the crimes under the Optional"
FERRIES = "to equip all ferries with lifeboats with ramps of their own"
INVENTED = "no fisherman may ever again be sold into marriage without a licence from the lake"


PIECES = (
    f"“{LAW}”", f"“{LAW}", f"“{INVENTED}”", "“", "”", "‘", "’", "> ", "\n\n", "\n", "[^1]", "\n\n[^1]: ",
    "^[", "]", "(", ")", ". ", "; ", " and ", f"{LAO}, para. 34", f"{LAO}, paras. 33–2000",
    f"({LAO}, para. 1950)",
    "ibid., para. 33", "(n 1) para 7", "para. 22 (c)", "CRC/C/LAO/CO/2, para. 45",
    "Smith v Jones [2001] 1 AC 3", "The Committee ordered ", "It demanded ", "Laos was urged to ",
)  # fmt: skip
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
        # a malformed reference that closes it keeps it from one that introduces it
        (
            f"It is so,[^1] and laws “{LAW}”, as all of us have long known (CRC/C/OPSC/LAO/CO1, para. 34)."
            "\n\n[^1]: SYM, para. 33.",
            [("malformed", WARNING)],
        ),
        # those that belong to none
        (f"“{LAW}”, it said.", []),
        (f"“{LAW.replace('consider', 'exclude')}”, it said.", [("altered", WARNING)]),
        (f"“{INVENTED}”, said an elder.", []),
        # the case of a first letter within a sentence
        (f"It shall “A{LAW[1:]}” (SYM, para. 34).", [("altered", NOTE)]),
        (f"It shall “[A]{LAW[1:]}” (SYM, para. 34).", []),
        (f"It said: “A{LAW[1:]}” (SYM, para. 34).", []),
        (f"It is so. “A{LAW[1:]}” (SYM, para. 34).", []),
        (f"“A{LAW[1:]}” (SYM, para. 34).", []),
        (f"It said:\n\n> A{LAW[1:]} (SYM, para. 34).", []),
        ("As “the Committee recommends that the State party” (SYM, para. 34) did.", [("altered", NOTE)]),
        ("It “recommends that the … Party lacks a law” (SYM, para. 34).", [("altered", ERROR)]),
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
        ("In its report (SYM, para. 33) the Committee ordered a law.", [("force_mismatch", ERROR)]),
        ("No law does (SYM, para. 33), and the Committee recommended to “change it” (SYM, para. 34).", []),
        ("Laws do not do (SYM, para. 33), and the Committee ordered them to be changed (SYM, para. 34).",
         [("force_mismatch", ERROR)]),
        ("No law does,[^1] and the Committee urged ramps.[^2]\n\n[^1]: SYM, para. 33.\n[^2]: SYM, para. 34.",
         [("force_mismatch", NOTE)]),
        ("In Laos it is,[^1] and the Committee urged it.[^2]\n\n[^1]: SYM, para. 33.\n[^2]: SYM, para. 34.",
         [("force_mismatch", NOTE)]),
        ("Ramps are steep (CRPD/C/KEN/CO/1, para. 3), and the Committee said why.", []),
        ("The Committee demanded a law.[^1]\n\n[^1]: SYM, para. 34.", [("force_mismatch", ERROR)]),
        ("The State party must publish the number, said the Committee (CRPD/C/KEN/CO/1, para. 5).", []),
        ("The Committee said that the State party must publish the number (CRPD/C/KEN/CO/1, para. 5).", []),
        ("In its observations (SYM, para. 33), the Committee ordered a law.", [("force_mismatch", ERROR)]),
        ("Laos “lacks a specific law” (SYM, para. 33), and the Committee recommended one.", []),
        ("In Laos there is none (SYM, para. 33), and the Committee recommended one.", []),
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
        (f"It shall “{LAW}” (SYM, para. 99).", f"43. The words quoted stand in {LAO}, para. 34."),
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


def test_a_number_that_is_not_there_is_one_finding_with_where_the_words_stand(drafter: Assistant) -> None:
    for cited, code in (("para. 44", "no_such_paragraph"), ("para. 22 (k)", "resolved_parent")):
        report = checked(drafter, f"It shall “{LAW}”.[^1]\n\n[^1]: SYM, {cited}.")
        assert told(report) == [(code, ERROR)]
        assert report.findings[0].message.endswith(f" The words quoted stand in {LAO}, para. 34.")
        assert (report.findings[0].note, report.findings[0].quotation) == ("1", None)
        assert report.quotations[0].match.verdict == "elsewhere_in_document"


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


@pytest.mark.parametrize(
    ("quoted", "findings", "warnings"),
    [
        ("that every lighthouse have a keeper who knows the signs of the deaf", [], 1),
        ("que chaque phare ait un gardien qui parle la langue des sourds", [("altered", ERROR)], 0),
        ("que chaque phare ait un gardien qui parle la langue des signes", [], 0),
    ],
)
def test_words_in_a_language_that_is_not_held_are_not_called_wrong(
    tmp_path: Path, quoted: str, findings: list[tuple[str, str]], warnings: int
) -> None:
    printed = "Le Comité recommande que chaque phare ait un gardien qui parle la langue des signes."
    assistant = assistant_holding(
        tmp_path, builtin(), replace(document_of("CRPD/C/FRA/CO/1", printed), language="fr")
    )
    report = checked(assistant, f"The Committee recommends “{quoted}” (CRPD/C/FRA/CO/1, para. 1).")
    assert told(report) == findings
    assert len(report.warnings) == warnings
    french = checked(assistant, "Il recommande « que le phare ait un gardien dans le port » (SYM, para. 33).")
    assert told(french) == []
    assert french.warnings == (
        "1 quotation is in another language than what is held of the document cited,"
        " and not compared with it.",
    )
    assistant.close()


def test_a_quotation_that_never_ends_is_told(drafter: Assistant) -> None:
    report = checked(drafter, "See SYM, para. 3.\n\nIt said “this and never came to an end.\n\nThen more.")
    assert report.warnings == ("The quotation that begins on line 3 has no closing quotation mark.",)


def test_of_very_many_quotations_the_first_are_compared_and_that_is_told(drafter: Assistant) -> None:
    right = "“adopt a comprehensive legislation in order to consider” (SYM, para. 34). "
    report = checked(drafter, "“It is so” they say. " * 4999 + right + right.replace("legislation", "law"))
    assert [each.match.verdict for each in report.quotations[-2:]] == ["exact", "not_checked"]
    assert report.warnings == ("Only the first 5,000 quotations of a draft are compared.",)
    assert told(report) == []


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


def test_a_page_ends_where_its_references_lead_to_very_much_text(
    drafter: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembling, "MOST_TEXT", 20_000)
    text = f"See {LAO}, paras. 1–43. " * 3
    page = checked(drafter, text, limit=5)
    assert (len(page.references), page.next_offset) == (1, text.index(LAO, 30))
    assert len(checked(drafter, text).references) == 3


def test_of_a_common_phrase_in_a_draft_few_places_are_told(drafter: Assistant) -> None:
    phrase = "The Committee recommends that the State party"
    match = checked(drafter, f"Again and again “{phrase}”, it says.").quotations[0].match
    assert (match.verdict, len(match.places)) == ("exact", MOST_PLACES)
    assert len(match.places) + match.more == len(drafter.quote(phrase).places)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_a_draft_says_its_findings_stand_in_it(drafter: Assistant, text: str) -> None:
    report = checked(drafter, text)
    length = report.draft.characters
    for each in (*report.findings, *report.references, *report.quotations):
        assert 0 <= each.start < each.end <= length
    for finding in report.findings:
        assert finding.reference is None or finding.reference < len(report.references)
        assert finding.quotation is None or finding.quotation < len(report.quotations)


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
    def check(length: int) -> None:
        checked(drafter, unit * (length // len(unit)) + f"\n\n[^1]: {LAO}, para. 3.")

    assert grows_in_proportion(check, 4000)
