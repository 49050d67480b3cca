"""References in free text lead to the text they cite, or to a verdict that says why not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.citations.resolution import Resolution
from assistant.citations.resolve import LONGEST_REFERENCE, Resolver
from assistant.citations.styles import STYLES
from assistant.service import Assistant
from corpus.pinpoint import Style
from tests.assistant.citations.conftest import places_of

LAO = "CRC/C/OPSC/LAO/CO/1"


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        (f"{LAO}, para. 34", ["34"]),
        ("CRC concluding observations Laos OPSC 2015 ¶¶33-34", ["33", "34"]),
        ("Lao PDR OPSC para 22(c)", ["22 (c)"]),
        (f"(see {LAO}, paras. 33–34).", ["33", "34"]),
        (f"{LAO}, paras. 22 (a), (b) and (d)", ["22 (a)", "22 (b)", "22 (d)"]),
        (f"{LAO}, para. 22 (a)-(c)", ["22 (a)", "22 (b)", "22 (c)"]),
        (f"{LAO}, paras. 3, 5 and 33-6", ["3", "5", "33", "34", "35", "36"]),
        (f"{LAO} [34]", ["34"]),
        (f"{LAO} 22 c", ["22 (c)"]),
        (f"{LAO}, para. 22c", ["22 (c)"]),
        (f"{LAO}, paras. 24 (on adoption) and 34 (on extradition)", ["24", "34"]),
        (f"{LAO}, paras. 24, on adoption, and 34, on extradition", ["24", "34"]),
        (f"{LAO}, PARAS 33 AND 34", ["33", "34"]),
        (f"{LAO}, PARA. 22 (C)", ["22 (c)"]),
        (f"{LAO} § 34", ["34"]),
        (f"{LAO}, para. 34, 2015", ["34"]),
        (f"https://docs.un.org/en/{LAO}, para. 3", ["3"]),
        (f"{LAO}, available at https://www.example.org/docs/2015/55.html, para. 3", ["3"]),
        (f"{LAO}, para. 3 [accessed 3 May 2020]", ["3"]),
        (f"{LAO} (adopted at the 69th session, 2015-06-05), para. 3 (art. 9)", ["3"]),
        ("crc-c-opsc-lao-co-1#para_22__subpara_c", ["22 (c)"]),
        (LAO, []),
    ],
)
def test_what_people_type_leads_to_its_places(resolver: Resolver, typed: str, places: list[str]) -> None:
    found = resolver.resolve(typed)
    assert (found.verdict, found.symbol, places_of(found)) == ("resolved", LAO, places)
    assert [candidate.symbol for candidate in found.candidates] == [LAO]
    assert not found.mismatches


@pytest.mark.parametrize(
    "printed",
    [
        LAO.lower(), LAO.replace("/", "%2F"), LAO.replace("/", " / "), LAO.replace("/", "_") + ".pdf",
        "CRC/C/OPSC/LAO/ CO/1", "CRC\\C\\OPSC\\LAO\\CO\\1", "CRC/C/OPSC/LA0/C0/1", "CRC/C/OPSC/LAO/CO/l",
        "CRC/C/OP5C/LAO/CO/I", "CRC/C/OPSCLAO/CO/1", "CRC/C/OPSC/\nLAO/CO/1",
    ],
)  # fmt: skip
def test_a_damaged_symbol_is_read_where_it_can_be_one_only(resolver: Resolver, printed: str) -> None:
    found = resolver.resolve(f"{printed}, para. 34")
    assert (found.verdict, found.symbol, places_of(found)) == ("resolved", LAO, ["34"])


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("CRC/C/OPSC/LAO/CO1", "malformed"),
        ("CRC/C/OPSC/LAX/CO/1", "malformed"),
        ("CRPD/C/KENN/CO/1", "malformed"),
        ("CRPD/C/K3N/CO/1", "malformed"),
        ("CRDP/C/KEN/CO/1", "malformed"),
        ("CRPD//KEN/CO/1", "malformed"),
        ("CRPD, Kenya, 2015, CRPD//KEN/CO/1", "malformed"),
        ("CRPD/C/MEX/CO/2 -4", "symbol_not_held"),
        ("CRPD/C/MEX/CO/23", "symbol_not_held"),
        ("CRPD/C/MEX/CO/2", "symbol_not_held"),
        ("CRPD/C/NPL/CO/1", "symbol_not_held"),
        ("CRC/C/OPAC/LAO/CO/1", "symbol_not_held"),
        ("A/74/89", "symbol_not_held"),
        ("CRC general comment No. 25", "symbol_not_held"),
        ("General Assembly resolution 62/228", "symbol_not_held"),
        ("general comment No. 25", "not_checked"),
    ],
)
def test_another_document_is_never_taken_for_it(resolver: Resolver, printed: str, verdict: str) -> None:
    found = resolver.resolve(f"{printed}, para. 3")
    assert found.verdict == verdict
    assert not found.places
    assert not found.references
    assert found.reason


def test_a_symbol_that_cannot_be_read_suggests_those_spelt_like_it(resolver: Resolver) -> None:
    found = resolver.resolve("CRPD/C/KENN/CO/1, para. 3")
    assert [candidate.symbol for candidate in found.candidates] == ["CRPD/C/KEN/CO/1"]
    assert "KENN" in found.reason


def test_a_symbol_without_its_revision_is_the_one_text_held_of_it(resolver: Resolver) -> None:
    found = resolver.resolve("CRC/C/GC/7, para. 3")
    assert (found.verdict, found.symbol) == ("resolved", "CRC/C/GC/7/Rev.1")
    assert "CRC/C/GC/7 is not held" in found.reason


def test_a_missing_paragraph_tells_the_last_number(resolver: Resolver) -> None:
    found = resolver.resolve(f"{LAO}, paras. 43–44")
    assert (found.verdict, found.last_paragraph, places_of(found)) == ("no_such_paragraph", "43", [])


def test_a_letter_that_is_no_item_is_no_paragraph_either(resolver: Resolver) -> None:
    found = resolver.resolve(f"{LAO}, para. 34B")
    assert (found.verdict, places_of(found)) == ("no_such_paragraph", [])


def test_of_a_list_the_places_are_found_that_are_there(resolver: Resolver) -> None:
    found = resolver.resolve(f"{LAO}, paras. 3, 44 and 5")
    assert (found.verdict, places_of(found)) == ("no_such_paragraph", ["3", "5"])
    assert "para. 44" in found.reason


@pytest.mark.parametrize(
    ("place", "parent"),
    [("22 (f)", "22"), ("22 (a) (i)", "22 (a)"), ("34 (a)", "34"), ("34.2", "34"), ("22 (c)–(g)", "22")],
)
def test_of_a_missing_item_the_paragraph_is_found(resolver: Resolver, place: str, parent: str) -> None:
    found = resolver.resolve(f"{LAO}, para. {place}")
    assert (found.verdict, places_of(found)) == ("resolved_parent", [parent])
    assert found.references["un"].first == f"{LAO}, para. {parent}."


def test_a_lost_dash_is_a_suggestion(resolver: Resolver) -> None:
    found = resolver.resolve(f"{LAO}, paras. 2627")
    assert (found.verdict, places_of(found)) == ("no_such_paragraph", [])
    assert "26–27" in found.reason


def test_a_number_printed_twice_is_ambiguous(resolver: Resolver) -> None:
    found = resolver.resolve("CAT/C/TCD/CO/1, para. 2")
    assert found.verdict == "ambiguous"
    assert [candidate.eid for candidate in found.candidates] == ["para_2", "para_2_2"]
    assert len(found.places) == 2


@pytest.mark.parametrize(
    "typed",
    [
        f"{LAO}, paras. 36–33", f"{LAO}, para. (34)", f"{LAO}, at 34", f"{LAO}, paras. 33/34",
        f"{LAO}, párr. 34", f"{LAO}, paras. 33 through 34", f"{LAO}, para. 22 (a) et (c)", "Laos OPSC 33/34",
        f"{LAO}, para. 1O", f"{LAO}, para. 2l", f"{LAO}, para. l4", f"{LAO}, paras. 1I–12",
        f"{LAO}, para. XII", f"{LAO}, para. 22 (c", "", "   ", "hello world", "para. 34", "34", "///",
        "What did the Committee say about extradition in Laos?", f"{LAO}, para. 34, p. 5x",
        f"{LAO}, para. 34, p. 5 (a)",
    ],
)  # fmt: skip
def test_what_is_no_reference_is_malformed_and_says_why(resolver: Resolver, typed: str) -> None:
    found = resolver.resolve(typed)
    assert found.verdict == "malformed"
    assert found.reason
    assert not found.places


@pytest.mark.parametrize(
    "typed",
    [
        f"{LAO}, annex, para. 3", f"{LAO}, footnote 2", f"{LAO}, para. 3 and footnote 2",
        f"{LAO}, p. 5", f"{LAO}, art. 9", "article 12, paragraph 1, of the Optional Protocol",
        "Supra note 3 at para 35.", "Committee on the Rights of the Child (n 3) para 35",
        "x" * (LONGEST_REFERENCE + 1),
    ],
)  # fmt: skip
def test_what_is_no_paragraph_or_too_long_is_not_checked(resolver: Resolver, typed: str) -> None:
    found = resolver.resolve(typed)
    assert (found.verdict, found.places) == ("not_checked", ())


@pytest.mark.parametrize("place", ["para. 34, p. 5", "pp. 5–6, para. 34", "para. 34 (p. 5)", "p. 5, ¶ 34"])
def test_a_page_beside_a_paragraph_is_told_not_to_be_looked_up(resolver: Resolver, place: str) -> None:
    found = resolver.resolve(f"{LAO}, {place}")
    assert (found.verdict, places_of(found), found.reason) == (
        "resolved",
        ["34"],
        "Its page is not looked up.",
    )


def test_several_documents_in_one_reference_are_ambiguous(resolver: Resolver) -> None:
    found = resolver.resolve(f"{LAO} and CRPD/C/KEN/CO/1, para. 3")
    assert (found.verdict, found.places) == ("ambiguous", ())
    assert [candidate.symbol for candidate in found.candidates] == [LAO, "CRPD/C/KEN/CO/1"]


@pytest.mark.parametrize(
    "printed",
    ["CEDAW/C/GC/31/Rev.1–CRC/C/GC/18/Rev.1", "CEDAW/C/GC/31/Rev.1, CRC/C/GC/18/Rev.1", "CRC/C/GC/18/Rev.1"],
)
def test_a_joint_document_is_found_by_each_of_its_symbols(resolver: Resolver, printed: str) -> None:
    found = resolver.resolve(f"{printed}, para. 3")
    assert (found.verdict, places_of(found)) == ("resolved", ["3"])
    assert [candidate.symbol for candidate in found.candidates] == ["CEDAW/C/GC/31/Rev.1"]
    assert "CEDAW/C/GC/31/Rev.1–CRC/C/GC/18/Rev.1" in found.references["un"].first


@given(
    symbol=st.sampled_from([LAO, "CRPD/C/KEN/CO/1", "CRPD/C/MEX/CO/2-3", "CAT/C/TCD/CO/1"]),
    place=st.integers(0, 20),
    put=st.text("ABCDEGKLMNOPRSTXZ0123456789/-. l", max_size=2),
    lost=st.integers(0, 2),
)
@settings(max_examples=300, deadline=None)
def test_no_damage_leads_to_another_document(
    resolver: Resolver, symbol: str, place: int, put: str, lost: int
) -> None:
    printed = symbol[:place] + put + symbol[place + lost :]
    found = resolver.resolve(f"{printed}, para. 2")
    assert found.symbol in (symbol, printed, None) or not found.is_resolved


# -- names


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("CRPD Kenya para 2", "CRPD/C/KEN/CO/1"),
        ("crpd kenya 2 (b)", "CRPD/C/KEN/CO/1"),
        ("Kenyan CRPD concluding observations, paragraph 2", "CRPD/C/KEN/CO/1"),
        ("CRPD COs on Mexico (2022), para 2", "CRPD/C/MEX/CO/2-3"),
        ("Comm. on the Rts. of Persons with Disabilities, Mexico, Sept. 30, 2014, ¶ 2", "CRPD/C/MEX/CO/1"),
        ("Comm. on the Rts. of the Child, early childhood, ¶ 2", "CRC/C/GC/7/Rev.1"),
    ],
)  # fmt: skip
def test_names_lead_to_the_one_document_they_fit(resolver: Resolver, typed: str, symbol: str) -> None:
    found = resolver.resolve(typed)
    assert (found.verdict, found.symbol) == ("resolved", symbol)
    assert "only held document" in found.reason


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("CRPD Mexico para 2", ["CRPD/C/MEX/CO/1", "CRPD/C/MEX/CO/2-3"]),
        ("Kenya para 2", ["CRPD/C/KEN/CO/1"]),  # no committee is named
        ("CRC concluding observations Laos ¶ 7", [LAO]),  # under the Convention or a protocol
        ("CRPD 2012 para 2", ["CRPD/C/CHN/CO/1"]),  # no State is named
    ],
)
def test_names_that_leave_a_choice_are_ambiguous(
    resolver: Resolver, typed: str, candidates: list[str]
) -> None:
    found = resolver.resolve(typed)
    assert (found.verdict, found.places) == ("ambiguous", ())
    assert [candidate.symbol for candidate in found.candidates] == candidates


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("CRPD COs on Nepal, para 2", []),
        ("CRPD COs on Kenya 2019, para 2", ["CRPD/C/KEN/CO/1"]),
        ("CAT observations on Kenya, para 2", ["CRPD/C/KEN/CO/1"]),
        ("Amnesty report on Laos OPSC, para 3", [LAO]),
    ],
)
def test_names_that_fit_nothing_say_what_is_held(resolver: Resolver, typed: str, held: list[str]) -> None:
    found = resolver.resolve(typed)
    assert (found.verdict, found.places) == ("symbol_not_held", ())
    assert [candidate.symbol for candidate in found.candidates] == held
    assert all(symbol in found.reason for symbol in held)


# -- the reference before


def test_ibid_stands_for_the_document_before_it(resolver: Resolver) -> None:
    found = resolver.resolve("ibid., para. 7", f"{LAO}, para. 34")
    assert (found.verdict, found.symbol, places_of(found)) == ("resolved", LAO, ["7"])
    assert places_of(resolver.resolve("Id. ¶ 22(c).", "Lao PDR OPSC para 3")) == ["22 (c)"]


def test_ibid_alone_stands_for_the_place_too(resolver: Resolver) -> None:
    assert places_of(resolver.resolve("Ibid.", f"{LAO}, para. 34")) == ["34"]


def test_ibid_after_a_missing_paragraph_still_knows_the_document(resolver: Resolver) -> None:
    assert places_of(resolver.resolve("ibid., para. 7", f"{LAO}, para. 99")) == ["7"]


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        (None, "not_checked"),
        ("", "not_checked"),
        ("Smith v Jones [2001] 1 AC 3", "not_checked"),
        ("ibid., para. 3", "not_checked"),
        ("supra note 3", "not_checked"),
        (f"{LAO}, para. 3; Smith v Jones", "not_checked"),
        ("CRPD/C/NPL/CO/1, para. 3", "symbol_not_held"),
        ("CRPD Mexico para 2", "ambiguous"),
        (f"{LAO} and CRPD/C/KEN/CO/1", "ambiguous"),
    ],
)
def test_ibid_never_reaches_across_what_is_not_known(
    resolver: Resolver, after: str | None, verdict: str
) -> None:
    found = resolver.resolve("ibid., para. 2", after)
    assert (found.verdict, found.places) == (verdict, ())


# -- what a reference says besides


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Committee against Torture, UN Doc CRPD/C/KEN/CO/1, para 2", "author_symbol_mismatch"),
        ("CRPD, Uganda, CRPD/C/KEN/CO/1, para 2", "state_mismatch"),
        ("CRPD, Cook Islands, CRPD/C/NZL/CO/1, para 2", "state_mismatch"),
        ("CRPD, Republic of Korea, CRPD/C/PRK/CO/1, para 2", "state_mismatch"),
        ("CRPD/C/KEN/CO/1 (28 August 2014), para 2", "date_mismatch"),
        ("CRPD/C/KEN/CO/1 (2019), para 2", "date_mismatch"),
    ],
)
def test_what_is_said_and_not_so_is_told_beside_the_place(resolver: Resolver, typed: str, code: str) -> None:
    found = resolver.resolve(typed)
    assert (found.verdict, places_of(found)) == ("resolved", ["2"])
    assert [mismatch.code for mismatch in found.mismatches] == [code]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("the Committee against Torture, UN Doc CRPD/C/KEN/CO/1", "names the Committee against Torture, but"),
        ("CAT, CRPD/C/KEN/CO/1, para 2", "names CAT, but"),
        (
            "CRPD, Cook Islands, CRPD/C/NZL/CO/1",
            "names the Cook Islands, but CRPD/C/NZL/CO/1 is on New Zealand.",
        ),
        ("Kenya, CRC/C/OPSC/LAO/CO/1", "names Kenya, but CRC/C/OPSC/LAO/CO/1 is on the Lao People's Dem"),
    ],
)
def test_committees_and_states_are_named_with_their_article(
    resolver: Resolver, typed: str, told: str
) -> None:
    (mismatch,) = resolver.resolve(typed).mismatches
    assert f"The reference {told}" in mismatch.message


@pytest.mark.parametrize(
    "typed",
    [
        "CRPD, Hong Kong, CRPD/C/CHN/CO/1, para 2",  # a part of China
        "CRPD, North Korea, CRPD/C/PRK/CO/1, para 2",
        "CRPD/C/KEN/CO/1 (Aug. 28, 2015), para 2",
        "CRPD, fourteenth session (17 August–4 September 2015), CRPD/C/KEN/CO/1, para 2",
        "CRPD/C/KEN/CO/1 (30 September 2015), para 2",  # which may be the day of issue
    ],
)
def test_what_may_be_so_is_no_mismatch(resolver: Resolver, typed: str) -> None:
    found = resolver.resolve(typed)
    assert (found.verdict, found.mismatches) == ("resolved", ())


def test_the_author_of_a_document_that_is_not_held_is_told_by_its_symbol(resolver: Resolver) -> None:
    found = resolver.resolve("Committee on Economic, Social and Cultural Rights, CRC/C/GC/25, para. 3")
    assert found.verdict == "symbol_not_held"
    assert [mismatch.code for mismatch in found.mismatches] == ["author_symbol_mismatch"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("place", ["34", "22 (c)", "33–34", "22 (a)–(c)", "3, 5 and 7–9"])
def test_the_references_of_every_style_lead_back(resolver: Resolver, style: Style, place: str) -> None:
    first = resolver.resolve(f"{LAO}, paras. {place}")
    again = resolver.resolve(first.references[style].first)
    assert (again.verdict, places_of(again), again.mismatches) == ("resolved", places_of(first), ())
    assert again.references == first.references
    following = resolver.resolve(first.references[style].next, first.references[style].first)
    if style != "chicago":  # which has no ibid., and whose short title does not say which document
        assert places_of(following) == places_of(first)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_has_a_verdict_and_stands_where_it_says(resolver: Resolver, text: str) -> None:
    found = resolver.resolve(text)
    assert 0 <= found.start <= found.end <= len(text)
    assert found.is_resolved == bool(found.references)
    assert Resolution.model_validate_json(found.model_dump_json()) == found


def test_the_assistant_resolves(assistant: Assistant) -> None:
    found = assistant.resolve("ibid., para. 34", after=f"{LAO}, para. 3", note=3)
    assert (found.verdict, places_of(found)) == ("resolved", ["34"])
    assert found.references["oscola"].later == "Committee on the Rights of the Child (n 3) para 34"
    assert found.coverage.documents == 1
