"""References as people write them in whole sentences, notes and links: what each of them cites."""

from __future__ import annotations

import pytest

from assistant.checking.reading import draft_of_text as draft_of
from assistant.checking.references import find_references
from assistant.checking.unknown_sources import may_cite
from assistant.citations.resolve import Resolver

LAO = "CRC/C/OPSC/LAO/CO/1"
KEN = "CRPD/C/KEN/CO/1"
CRC = "Committee on the Rights of the Child"
RIGHT = "resolved"


def _told(text: str, resolver: Resolver) -> list[tuple[str, str]]:
    """Symbol and places of each reference, or its verdict where it leads to no document."""
    return [
        (found.resolution.symbol or found.resolution.verdict, "; ".join(found.resolution.pinpoints))
        for found in find_references(draft_of(text), resolver)
    ]


def _spans(text: str, resolver: Resolver) -> list[str]:
    return [text[found.start : found.end] for found in find_references(draft_of(text), resolver)]


@pytest.mark.parametrize(
    "text",
    [
        f"In paragraph 34 it urged the State party to legislate ({LAO}).",
        f"At para. 34 of its observations on Laos, it noted that no law was made ({LAO}).",
        f"The Committee recommended, in paragraph 34, that a law be made (see {LAO}, under VI).",
        f"See in particular paragraph 34 ({LAO}).",
        f"Paragraph 34 deals with extradition (see {LAO}).",
        f"As noted in paragraph 34, the Committee was concerned (Concluding observations on Laos, {LAO}).",
    ],
)
def test_a_number_may_stand_before_its_document_in_the_same_sentence(text: str, resolver: Resolver) -> None:
    (found,) = find_references(draft_of(text), resolver)
    assert (found.resolution.verdict, found.resolution.pinpoints) == (RIGHT, ("34",))
    assert (text[found.start : found.end], found.pinpoint) == (LAO, None)


@pytest.mark.parametrize(
    "text",
    [
        f"The Government says in paragraph 12 that all is well, but the Committee disagreed ({LAO}).",
        f"The Court, at paragraph 33 of its judgment, cited {LAO}.",
        f"The Court, in paragraph 33, agreed with the Committee ({LAO}).",
        f"It was in para. 9, and it is in the plan ({LAO}).",
        f"In paragraph 12 we show that the Committee was concerned ({LAO}).",
        f"In paragraph 12 it cited A/61/38 ({LAO}).",
        f"In paragraph 12 it said so. It was concerned ({LAO}).",
        f"In {KEN} it was concerned, and in paragraph 3 it urged a law ({LAO}).",
        f"In paragraph 3 of article 12 it is told otherwise ({LAO}).",
        f"In paragraph 12 the Committee was concerned ({LAO}; {KEN}).",
        f"See {LAO} and {KEN}, paras. 1 and 2 respectively.",
        f"The Committee recalled general comment No. 1 (2014) on equality, and urged (para. 26) it: {LAO}.",
    ],
)
def test_a_number_of_another_text_is_given_to_no_document(text: str, resolver: Resolver) -> None:
    for found in find_references(draft_of(text), resolver):
        assert found.resolution.symbol is None or not found.resolution.pinpoints or found.stands_for == 0
        assert found.resolution.symbol != LAO or not found.resolution.pinpoints


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LAO} (5 June 2015) 5 [33], [34].", [(LAO, "33; 34")]),
        (f"{LAO}, para. 3. Ibid [33]–[34].", [(LAO, "3"), (LAO, "33–34")]),
        (f"({LAO}, §12 and §14)", [(LAO, "12; 14")]),
        (f"({LAO}, pp. 3–4, para. 12)", [(LAO, "12")]),
        (f"{LAO}, October 27, 2015, ¶12.", [(LAO, "12")]),
        (f"({LAO}, para. 34, and CRC/C/LAO/CO/2)", [(LAO, "34"), ("CRC/C/LAO/CO/2", "")]),
        (f"{LAO}, paras. 7 to 9 and 22 (a)–(c)", [(LAO, "7–9; 22 (a)–(c)")]),
        ("See art. 12, ¶ 3, and Communication No. 241/2001, para. 49.", []),
        ("CRC concluding observations Laos OPSC 2015, op. cit., para. 34.", [(LAO, "34")]),
        (f"{LAO}, para. 3; Amnesty International, supra, para. 15.", [(LAO, "3")]),
        (f"{LAO}, paras. 5 through 7.", [(LAO, "5–7")]),
        (f"It is so ({LAO}, para. 3). In paragraph 34 it urged a law (ibid.).", [(LAO, "3"), (LAO, "34")]),
        (f"{KEN}, para. 1; {LAO}, supra note 2, ¶ 34.", [(KEN, "1"), (LAO, "34")]),
        (f"{LAO} (Laos, 2015), para 6.", [(LAO, "6")]),
        (f"In {LAO} it said so (para. 6; see further below, para. 40).", [(LAO, ""), (LAO, "6")]),
        (f"{LAO} (n 1) [33]–[34].", [(LAO, "33–34")]),
        (f"See para. 8, {LAO}; and paragraph 9 {LAO}.", [(LAO, "8"), (LAO, "9")]),
        (f"See {KEN}, para. 1, {LAO}, para. 9.", [(KEN, "1"), (LAO, "9")]),
        ("CRPD Committee, Concluding observations: Kenya (2015), para. 1.", [(KEN, "1")]),
        ("Paragraph 7 of these concluding observations is clear.", [("not_checked", "")]),
    ],
)
def test_numbers_are_read_in_all_the_forms_they_have(
    text: str, expected: list[tuple[str, str]], resolver: Resolver
) -> None:
    assert _told(text, resolver) == expected


@pytest.mark.parametrize(
    "reference",
    [
        "Comm. on Econ., Soc. & Cultural Rts., General Comment No. 14, ¶ 12(b), U.N. Doc. E/C.12/2000/4"
        " (Aug. 11, 2000)",
        "Committee on Economic, Social and Cultural Rights, General comment No. 4: The right to housing"
        " (art. 11 (1) of the Covenant), 13 December 1991, E/1992/23, para. 8",
        "Human Rights Council, Report of the Rapporteur, Juan E. Méndez, A/HRC/22/53 (2013), para. 63",
        f"{CRC}, General comment No. 13 (2011) on freedom from violence, CRC/C/GC/13, para. 17",
    ],
)
def test_author_and_title_belong_to_a_reference_to_what_is_not_held(
    reference: str, resolver: Resolver
) -> None:
    assert _spans(f"It is so (see also {reference}).", resolver) == [reference]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LAO} is based on general comment No. 13.", [LAO, "CRC/C/GC/13"]),
        (f"{LAO}, and {KEN}, and general comment No. 13.", [LAO, KEN, "not_checked"]),
        (f"{LAO}, and the Human Rights Committee, and so on. General comment No. 13.", [LAO, "not_checked"]),
        (f"The {CRC} (“the Committee”) is clear. {KEN}. The Committee’s general comment No. 13.", [
            KEN, "CRC/C/GC/13"]),
        ("See CRPD Committee, General Comment No. 5, para. 16.", ["CRPD/C/GC/5"]),
        (f"{LAO}. The CRPD Committee in general comment No. 6, para. 17.", [LAO, "CRPD/C/GC/6"]),
        ("A/61/38 cites CRC/C/GC/13 and CRPD/C/GC/5. General comment No. 13, para. 3.", [
            "A/61/38", "CRC/C/GC/13", "CRPD/C/GC/5", "CRC/C/GC/13"]),
        ("CRC/C/GC/13 and CCPR/C/GC/13 differ. General comment No. 13, para. 3.", [
            "CRC/C/GC/13", "CCPR/C/GC/13", "not_checked"]),
        (f"{LAO} is based on general comment No. 5 (2017).", [LAO, "not_checked"]),
        (f"{LAO} is based on joint general comment No. 3.", [LAO, "not_checked"]),
        (f"{LAO} is based on general recommendation No. 35.", [LAO, "not_checked"]),
    ],
)  # fmt: skip
def test_a_general_comment_is_that_of_the_one_committee_it_can_be_of(
    text: str, expected: list[str], resolver: Resolver
) -> None:
    assert [symbol for symbol, _ in _told(text, resolver)] == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (f"{LAO}, para. 3; {CRC}, General Comment No. 8, ¶ 4", "General Comment No. 8, *supra* note 1, ¶ 5", [
            "CRC/C/GC/8", "5"]),
        (f"{LAO}, para. 3; {CRC}, General Comment No. 8, ¶ 4", "General Comment No. 9 (n 1) 5", ["", ""]),
        (f"{LAO}, para. 3", "Concluding Observations, *supra* note 1, ¶ 34", [LAO, "34"]),
        (f"{CRC}, General Comment No. 8, ¶ 4", "Concluding Observations, *supra* note 1, ¶ 34", ["", ""]),
    ],
)  # fmt: skip
def test_a_title_says_which_document_of_a_note_is_meant(
    first: str, last: str, expected: list[str], resolver: Resolver
) -> None:
    found = find_references(draft_of(f"A.[^1] B.[^2]\n\n[^1]: {first}.\n\n[^2]: {last}."), resolver)[-1]
    shown = found.resolution
    assert [shown.symbol or "", "; ".join(shown.pinpoints)] == expected


@pytest.mark.parametrize(
    ("text", "expected", "codes"),
    [
        ("[Concluding observations on Laos](ADDRESS), para. 34", [(LAO, "34")], []),
        ("[Concluding observations on Kenya](ADDRESS), para. 34", [(LAO, "34")], ["state_mismatch"]),
        ("[**What it said** then](ADDRESS) is clear (para. 34).", [(LAO, ""), (LAO, "34")], []),
        (f"[{LAO}, para. 3](ADDRESS)", [(LAO, "3")], []),
        (f"[{KEN}](ADDRESS)", [(KEN, "")], []),
        ("[“It is so”, it said](ADDRESS).", [], []),
        ("[What others said](https://example.org/a/b) is clear.", [], []),
    ],
)
def test_the_address_of_a_link_says_which_document_its_words_mean(
    text: str, expected: list[tuple[str, str]], codes: list[str], resolver: Resolver
) -> None:
    text = text.replace("ADDRESS", f"https://docs.un.org/en/{LAO}")
    assert _told(text, resolver) == expected
    mismatches = [
        m.code for found in find_references(draft_of(text), resolver) for m in found.resolution.mismatches
    ]
    assert mismatches == codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The observations were adopted on September 4, 2024.", False),
        ("By 2022, 31 of the 32 states had adopted laws of this kind.", False),
        ("Article 12 of the Convention entered into force on 3 May 2008.", False),
        ("The Committee adopted them on 4 September 2024, at its 31st session.", False),
        ("Parliament rejected the bill in May 2019 by 61 votes to 34.", False),
        ("The figures for 2013 come from the Ministry of Labour.", False),
        ("UNICEF estimates that 1,500 children are sold every year.", False),
        ("The ministry told us this on 5 May 2019.", False),
        ("Smith, Children’s Rights 34.", True),
        ("Interview with a judge, Vientiane, 3 May 2016.", True),
        ("The point is discussed in the World Report on Disability (2011).", True),
        ("It is discussed in Smith, Children’s Rights 34.", True),
        ("The claim is made at page 4 of the plan.", True),
        ("The report submitted by Kenya, 2012, 44.", True),
        ("Ministry of Health, Annual Statistics 2019.", True),
        ("Law 1618 of 2013.", True),
        ("The same was said in a report of 2014.", True),
    ],
)
def test_prose_is_no_citation_and_what_is_no_sentence_may_be_one(text: str, expected: bool) -> None:
    assert may_cite(text) is expected
