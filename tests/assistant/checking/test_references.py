"""References of drafts: where they are, what they stand for, and what becomes of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.checking.draft import Draft
from assistant.checking.reading import draft_of_text as draft_of
from assistant.checking.references import FoundReference, find_citations, find_references
from assistant.citations.resolve import Resolver

LAO = "CRC/C/OPSC/LAO/CO/1"
KEN = "CRPD/C/KEN/CO/1"
CRC = "Committee on the Rights of the Child"
GENERAL = f"{CRC}, General Comment No. 8 on something, ¶ 4, U.N. Doc. CRC/C/GC/8 (2007)"
NAMED = "the Committee’s 2015 concluding observations on the Lao PDR under the OPSC, para. 22 (c)"
RIGHT = "resolved"


def _shown(text: str, resolver: Resolver) -> list[tuple[str, str, str]]:
    """Each reference as it stands in the draft, with verdict and places."""
    return [
        (_raw(text, found), found.resolution.verdict, "; ".join(found.resolution.pinpoints))
        for found in find_references(draft_of(text), resolver)
    ]


def _raw(text: str, found: FoundReference) -> str:
    return text[found.start : found.end]


STYLES = {
    "un": f"{LAO}, para. 34",
    "oscola": f"{CRC}, ‘Concluding Observations on the Report of Lao People’s"
    f" Democratic Republic’ (5 June 2015) UN Doc {LAO}, para 34",
    "oscola, straight": f"{CRC}, 'Guidelines on the Lao People's report' (5 June 2015) UN Doc {LAO}, para 34",
    "aglc": f"{CRC}, Concluding Observations on the Report of Lao People’s"
    f" Democratic Republic, UN Doc {LAO} (adopted 5 June 2015) para 34",
    "bluebook": "Comm. on the Rts. of the Child, Concluding Observations on the Report, ¶ 34, U.N. Doc."
    f" {LAO} (adopted June 5, 2015)",
    "bluebook, of its own": "Comm. on the Rts. of the Child, Guidelines on Sale, Including of Boys, ¶ 34,"
    f" U.N. Doc. {LAO}",
    "mcgill": f"{CRC}, Concluding Observations, UN Doc {LAO} (2015) at para 34",
    "chicago": f"{CRC}, “Concluding Observations,” {LAO} (June 5, 2015), para. 34",
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "frame", ["{}", "As was said (see {}), it is so.", "It is so.[^1]\n\n[^1]: See {}; A/61/38."]
)
def test_spans_a_reference_of_each_style_from_its_author_to_its_end(
    style: str, frame: str, resolver: Resolver
) -> None:
    text = frame.format(STYLES[style])
    found = find_references(draft_of(text), resolver)[0]
    assert _raw(text, found) == STYLES[style]
    assert (found.resolution.verdict, found.resolution.pinpoints) == (RIGHT, ("34",))
    assert not found.resolution.mismatches
    assert found.symbol is not None
    assert found.pinpoint is not None
    assert text[slice(*found.symbol)] == LAO
    assert text[slice(*found.pinpoint)] in ("para. 34", "para 34", "¶ 34", "at para 34")


@pytest.mark.parametrize("style", ["oscola", "oscola, straight", "chicago"])
def test_tells_the_quoted_title_of_a_reference(style: str, resolver: Resolver) -> None:
    (found,) = find_references(draft_of(STYLES[style]), resolver)
    (title,) = found.titles
    quoted = STYLES[style][slice(*title)]
    assert (quoted[0] + quoted[-1], quoted[1:-1].split()[0]) in (
        ("‘’", "Concluding"), ("“”", "Concluding"), ("''", "Guidelines"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"paragraph 34 of {LAO} is clear", [(f"paragraph 34 of {LAO}", RIGHT, "34")]),
        (
            f"({LAO}, para. 34; {KEN}, paras. 1–3)",
            [(f"{LAO}, para. 34", RIGHT, "34"), (f"{KEN}, paras. 1–3", RIGHT, "1–3")],
        ),
        (f"see {LAO}, para. 3, and para. 7.", [(f"{LAO}, para. 3, and para. 7", RIGHT, "3; 7")]),
        (f"see ({LAO} para. 34, 2015).", [(f"{LAO} para. 34, 2015", RIGHT, "34")]),
        (f"see {LAO}, https://a.org/b-1/2 [accessed 3 May 2016], para. 3.", [
            (f"{LAO}, https://a.org/b-1/2 [accessed 3 May 2016], para. 3", RIGHT, "3")]),
        (f"see {LAO} §§ 33, 34.", [(f"{LAO} §§ 33, 34", RIGHT, "33; 34")]),
        (f"see {LAO} (OPSC), para. 3.", [(f"{LAO} (OPSC), para. 3", RIGHT, "3")]),
        (f"in paragraph 3 of it ({LAO})", [(f"paragraph 3 of it ({LAO})", RIGHT, "3")]),
        (f"see {LAO} § 34.", [(f"{LAO} § 34", RIGHT, "34")]),
        (f"see {LAO} at [34] and {LAO} [3].", [(f"{LAO} at [34]", RIGHT, "34"), (f"{LAO} [3]", RIGHT, "3")]),
        ("see CRC/C/OPSC/\nLAO/CO/1,\npara. 34.", [("CRC/C/OPSC/\nLAO/CO/1,\npara. 34", RIGHT, "34")]),
        (f"see {LAO},\u00a0para.\u00a034.", [(f"{LAO},\u00a0para.\u00a034", RIGHT, "34")]),
        ("[@crc-c-opsc-lao-co-1, para. 34]", [("crc-c-opsc-lao-co-1, para. 34", RIGHT, "34")]),
        ("CRC/C/OPSC/LA0/C0/l, para. 34", [("CRC/C/OPSC/LA0/C0/l, para. 34", RIGHT, "34")]),
        ("CRC/C/OPSC/LAO/CO1, para. 34", [("CRC/C/OPSC/LAO/CO1, para. 34", "malformed", "34")]),
        ("CRC/OPSC/LAO/CO/1, para. 34", [("CRC/OPSC/LAO/CO/1, para. 34", "malformed", "34")]),
        (f"{LAO}, para. 1O.", [(f"{LAO}, para. 1O", "malformed", "1O")]),
        (f"{LAO}, paras. 1087/1089.", [(f"{LAO}, paras. 1087/1089", "malformed", "1087")]),
        (f"{LAO}, para. 44.", [(f"{LAO}, para. 44", "no_such_paragraph", "44")]),
        (f"{LAO}, para. 22 (f).", [(f"{LAO}, para. 22 (f)", "resolved_parent", "22 (f)")]),
        (f"{LAO}, annex, para. 3.", [(f"{LAO}, annex, para. 3", "not_checked", "3")]),
        (f"{LAO}, p. 3.", [(f"{LAO}, p. 3", "not_checked", "")]),
        ("CRC/C/LAO/CO/3-6, para. 7.", [("CRC/C/LAO/CO/3-6, para. 7", "symbol_not_held", "7")]),
        (NAMED, [(NAMED, RIGHT, "22 (c)")]),
        (
            "CRC concluding observations Laos OPSC 2015 ¶¶33-34",
            [("CRC concluding observations Laos OPSC 2015 ¶¶33-34", RIGHT, "33–34")],
        ),
        ("it is so (Lao PDR OPSC para 22(c)).", [("Lao PDR OPSC para 22(c)", RIGHT, "22 (c)")]),
        (
            f"{CRC}, general comment No. 8 (2006), para. 11",
            [(f"{CRC}, general comment No. 8 (2006), para. 11", "symbol_not_held", "11")],
        ),
        (GENERAL, [(GENERAL, "symbol_not_held", "4")]),
        (
            f"|a|b|\n|-|-|\n|{LAO}|para. 7|\n\n|a|\n|-|\n|para. 7|",
            [(LAO, RIGHT, ""), ("para. 7", RIGHT, "7"), ("para. 7", "not_checked", "")],
        ),
        ("general comment No. 5, para. 3", [("general comment No. 5, para. 3", "not_checked", "")]),
    ],
)  # fmt: skip
def test_finds_references_however_they_are_written(
    text: str, expected: list[tuple[str, str, str]], resolver: Resolver
) -> None:
    assert _shown(text, resolver) == expected


@pytest.mark.parametrize(
    "text",
    [
        "On 12/05/2015 and/or 3/4 of them, in src/lib/a1/b2, at 24/7 and on +66/2/123/4567.",
        "As paragraphs 12 and 13 above show, and para. 5 below; see also paragraph 7 of this report.",
        "Article 3, paragraph 1, and art. 9, paras. 1 and 2, of it; and paragraph 5 of article 3.",
        "The para is long. Section 3.4 says so. See https://example.org/a/b/c1/d2 and www.example.org/x/1/2.",
        "Paragraph 12 of the judgment is older than the State party’s well-to-do 2-year-old-law-3.",
        "The Committee adopted its concluding observations, and the ID of the id. card is 3.",
    ],
)
def test_takes_nothing_else_for_a_reference(text: str, resolver: Resolver) -> None:
    assert _shown(text, resolver) == []


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # named in the same sentence, bracket or note
        (f"In {LAO} it noted it (para. 7).", RIGHT),
        (f"In {LAO} it noted it under article 3 (para. 7).", RIGHT),
        (f"In {LAO} it noted it (para. 3) and it (para. 99).", "no_such_paragraph"),
        (f"In {LAO}, as in Doe v Roe [2001] 1 AC 3, it noted it (para. 7).", "not_checked"),
        (f"In {LAO} it noted it. It noted more (para. 7).", "not_checked"),
        # or defined before
        (f"In {LAO} (hereinafter: the concluding observations) it did. It noted more (para. 7).", RIGHT),
        (f"In {LAO} (hereinafter “the observations”) it did.\n\nIt noted more (para. 7).", RIGHT),
        (f"In {LAO} (“the 2015 observations”) it did.\n\nIt noted more (para. 99).", "no_such_paragraph"),
        (f"In {LAO} (hereinafter the COs) it did. See {KEN}. It noted more (para. 7).", "not_checked"),
        (f"In {LAO} (hereinafter the COs) it did. See Doe v Roe. It noted more (para. 7).", "not_checked"),
        (
            f"In {LAO} (hereinafter: the observations) it did. See {KEN}. Paragraph 7 of the observations.",
            RIGHT,
        ),
        (
            f"In {LAO} (hereinafter: the observations) it did. See {KEN}. The observations say it (para. 7).",
            RIGHT,
        ),
        (
            f"In {LAO} (hereinafter the COs) it did. As paragraph 3 above, and paragraph 7 of the text, say.",
            RIGHT,
        ),
        (f"In {LAO} it urged it (“the plan”). The plan is good (para. 7).", "not_checked"),
        ("It noted it (para. 7).", "not_checked"),
        (f"{LAO} is long. Paragraph 7 of the concluding observations is not.", "not_checked"),
    ],
)
def test_a_bare_number_belongs_to_what_is_named_beside_it_or_defined(
    text: str, verdict: str, resolver: Resolver
) -> None:
    last = find_references(draft_of(text), resolver)[-1]
    assert last.resolution.verdict == verdict
    assert (last.stands_for is not None) == (verdict != "not_checked")
    assert last.symbol is None


def test_a_note_may_take_its_document_from_the_sentence_that_calls_it(resolver: Resolver) -> None:
    text = f"In {LAO} it noted it.[^1] It urged it.[^2]\n\n[^1]: Para. 7.\n\n[^2]: Para. 8."
    verdicts = [found.resolution.verdict for found in find_references(draft_of(text), resolver)]
    assert verdicts == [RIGHT, RIGHT, "not_checked"]


AUTHOR, STATE, DATE = "author_symbol_mismatch", "state_mismatch", "date_mismatch"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Committee against Torture, Concluding observations, {} (2015) at para 34.", [AUTHOR]),
        (
            "Committee on the Rights of the Child, ‘Concluding observations on Kenya’ (5 June 2015) {}.",
            [STATE],
        ),
        (
            "Committee on the Rights of the Child, “Concluding Observations,” {} (June 5, 2011), para. 34.",
            [DATE],
        ),
        ("The Committee against Torture recommended a law ({}, para. 34).", [AUTHOR]),
        (
            "The Committee against Torture, in its observations, has strongly urged a law ({}, para. 34).",
            [AUTHOR],
        ),
        ("The State was urged by the Committee against Torture to act ({}, para. 34).", [AUTHOR]),
        ("According to the Human Rights Committee, it is so ({}, para. 34).", [AUTHOR]),
        ("Kenya was urged to act ({}, para. 34).", [STATE]),
        ("The Committee recommended that Kenya act ({}, para. 34).", [STATE]),
        ("It called upon the Government of Kenya to act ({}, para. 34).", [STATE]),
        ("In its concluding observations on Kenya ({}), it said so.", [STATE]),
        ("In its 2011 concluding observations it urged a law ({}, para. 34).", [DATE]),
        ("In 2011, the Committee urged a law ({}, para. 34).", [DATE]),
        ("The Committee against Torture urged a law.[^1]\n\n[^1]: {}, para. 34.", [AUTHOR]),
        ("Kenya was urged to act.[^1]\n\n[^1]: See {}, para. 34.", [STATE]),
        ("Villages in Kenya “are of great worry” ({}, para. 34).", [STATE]),
        ("When it considered the report of Laos in 2018 (see {}, para. 1), it was late.", [DATE]),
        # no mismatches
        ("When it considered the report of Laos in 2015 (see {}, para. 1), it was late.", []),
        ("The Committee considered the report that was submitted in 2013 ({}, para. 1).", []),
        ("Activists in Kenya rely on {}, para. 34.", []),
        ("Activists in Kenya rely on it ({}, para. 34).", []),
        ("It says so: {} (accessed 3 May 2024).", []),
        ("It says so: {} (endorsed by Parliament in 2017), para. 34.", []),
        ("Children of Laos work in Thailand, which “is a worry” ({}, para. 21).", []),
        ("Work in Thailand “is a worry” ({}, para. 21).", []),
        ("In 2011 the Committee had already urged a law, and repeated itself ({}, para. 24).", []),
        ("The Government accepted the 2010 recommendations of others, which was welcomed ({}, para. 6).", []),
        ("Our coalition asked Kenya to cooperate on this ({}, para. 39).", []),
        ("Kenya was urged by our coalition to cooperate on this ({}, para. 39).", []),
        ("The Committee recommended that the State party urge Kenya to sign ({}, para. 39).", []),
        ("The Committee requested Kenya’s help ({}, para. 39).", []),
        ("According to the Committee against Torture’s standards it is so ({}, para. 39).", []),
        ("It has “urged Kenya to act”, and so on ({}, para. 34).", []),
        ("The Committee on the Rights of the Child recommended that the Lao PDR act ({}, para. 34).", []),
        ("In 2015, the Committee urged Laos to act ({}, para. 34).", []),
        ("The Committee on the Rights of the Child and the Committee against Torture urged a law ({}).", []),
        ("The Committee against Torture urged the same (see also {}, para. 34).", []),
        ("The State party was urged to cooperate with Kenya and Thailand ({}, para. 39).", []),
        ("Thailand and Kenya are partners in this ({}, para. 39).", []),
        ("Unlike Kenya, which was urged to act, it did ({}, para. 34).", []),
        ("It welcomed the law of 2011 and the Convention against Torture ({}, para. 4).", []),
        ("Kenya was urged to act.[^1]\n\n[^1]: CRPD/C/KEN/CO/1, para. 1; {}, para. 34.", []),
        ("Kenya was urged to act (CRPD/C/KEN/CO/1, para. 1) and it was too ({}, para. 34).", []),
        ("Kenya was urged to act (CRPD/C/KEN/CO/1, para. 1; see {}, para. 34).", []),
    ],
)
def test_tells_what_reference_and_sentence_say_of_the_document_and_is_not_so(
    text: str, codes: list[str], resolver: Resolver
) -> None:
    found = find_references(draft_of(text.format(LAO)), resolver)
    assert [mismatch.code for each in found for mismatch in each.resolution.mismatches] == codes


def test_beyond_the_limit_references_are_found_and_not_checked(
    resolver: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.checking.references.MOST_REFERENCES", 2)
    found = find_references(draft_of(f"{LAO}, para. 1; {LAO}, para. 2; {LAO}, para. 3."), resolver)
    assert [each.resolution.verdict for each in found] == [RIGHT, RIGHT, "not_checked"]


_PIECES = st.sampled_from(
    f"""{LAO}|{KEN}|A/61/38|para. 34|paras. 3, 5 and 7–9|¶ 22(a)|Ibid.|Id.|(n 1)|supra note 2|(|)|;|,|.
|“|”|‘|’|*|[^1]|[^2]|\n\n|\n\n[^1]: |\n\n[^2]: |{CRC}|concluding observations on Kenya|Concluding Observations
|hereinafter: the observations|the observations|2015|(5 June 2015)|UN Doc|above|of|article 3|Kenya was urged
|Smith v Jones|https://a.org/b|a word|Doc.""".split("|")
)


@given(pieces=st.lists(_PIECES, max_size=40))
@example(pieces=[LAO, "para. 34", "UN Doc", LAO])
@settings(max_examples=60, deadline=None)
def test_spans_lie_in_the_text_in_order_and_do_not_overlap(resolver: Resolver, pieces: list[str]) -> None:
    draft: Draft = draft_of(" ".join(pieces))
    found = find_citations(draft, resolver)
    by_part: dict[int, list[tuple[int, int]]] = {}
    for at, each in enumerate(found.references):
        assert each.part.start <= each.start < each.end <= each.part.end
        assert each.stands_for is None or 0 <= each.stands_for < at
        for inner in (each.symbol, each.pinpoint):
            assert inner is None or each.start <= inner[0] < inner[1] <= each.end
        by_part.setdefault(each.part.start, []).append((each.start, each.end))
    for other in found.others:
        by_part.setdefault(other.part.start, []).append((other.start, other.end))
    for spans in by_part.values():
        ordered = sorted(spans)
        assert all(end <= start for (_, end), (start, _) in pairwise(ordered))
    starts = [(each.part.start, each.start) for each in found.references]
    assert all(a[0] != b[0] or a < b for a, b in pairwise(starts))
