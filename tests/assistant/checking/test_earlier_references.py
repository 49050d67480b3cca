"""References that stand for an earlier one: what ibid. and supra mean, and over what they do not reach."""

from __future__ import annotations

import pytest

from assistant.checking.reading import draft_of_text as draft_of
from assistant.checking.references import find_citations, find_references
from assistant.citations.resolve import Resolver

LAO = "CRC/C/OPSC/LAO/CO/1"
KEN = "CRPD/C/KEN/CO/1"
CRC = "Committee on the Rights of the Child"
RIGHT = "resolved"
FIRST = f"[^1]: {LAO}, para. 34."


OTHER_SOURCES = [
    "Constitution of Laos, 1991.",
    "Constitution of the Lao People’s Democratic Republic.",
    "Constitution of Laos, para. 3.",
    "UNICEF, Annual Report, para. 3.",
    "UNICEF report of 2014.",
    "UNICEF, State of the World’s Children (2014).",
    "World Bank, Poverty in Laos, 2014.",
    "Law No. 05/2006, art. 3.",
    "Penal Code of 2005.",
    "Penal Code, section 12.",
    "Decree on Adoption.",
    "Vientiane Times, 3 May 2023.",
    "“Children for sale”, Vientiane Times.",
    "Interview with a judge, Vientiane, 3 May 2023.",
    "Ministry of Justice, https://example.org/laws/a-1/2.",
    "Ministry of Justice website.",
    "A. Smith, “Sold”, PhD thesis, University of Vienna.",
    "Smith, “Sold”, working paper.",
    "Letter to the Ministry, on file with the author.",
    "Lao Statistics Bureau.",
    "Lao Statistics Bureau, Labour Force Survey 2017, table 4.",
    "Convention on the Rights of the Child, art. 34.",
    "Convention on the Rights of the Child.",
    "Smith and Doe.",
    "Émile Zola.",
    "An interview with a judge.",
    "See, for example, the Penal Code.",
]


@pytest.mark.parametrize(
    "notes",
    [
        *([source, "Ibid., para. 9."] for source in OTHER_SOURCES),
        *([f"{LAO}, para. 3; {source}", "Ibid., para. 9."] for source in OTHER_SOURCES),
        *([f"{source} Ibid., para. 9."] for source in OTHER_SOURCES),
        [f"Smith, cited in {LAO}, para. 34.", "Ibid., para. 9."],
        [f"Smith, cited in {LAO}, para. 34; ibid., para. 9."],
        [f"{LAO}, para. 34, citing Smith.", "Ibid., para. 9."],
        [f"{LAO}, para. 34. In Opuz the Court held so.", "Ibid., para. 9."],
        [f"{LAO}, para. 34. This was confirmed (World Bank, Poverty in Laos, 2014).", "Ibid., para. 9."],
    ],
)
def test_in_a_note_nothing_stands_for_a_source_that_is_not_known(
    notes: list[str], resolver: Resolver
) -> None:
    lines = [FIRST, *(f"[^{number}]: {note}" for number, note in enumerate(notes, 2))]
    text = " ".join(f"It is so.[^{number}]" for number in range(1, len(lines) + 1))
    last = find_references(draft_of("\n\n".join([text, *lines])), resolver)[-1]
    assert (last.resolution.verdict, last.stands_for) == ("not_checked", None)


@pytest.mark.parametrize(
    ("between", "is_known"),
    [
        ("UNICEF (2014) disagreed", False),
        ("Smith and Doe (2014, p. 3) disagreed", False),
        ("It is poor (World Bank, Poverty in Laos, 2014). It is so", False),
        ("It is poor (World Bank, Poverty in Laos, p. 9).\n\nMuch is done.\n\nIt is so", False),
        ("It is poor (Vientiane Times, 3 May 2023). It is so", False),
        ("It is poor (interview with a judge, 3 May 2023). It is so", False),
        ("In Velásquez Rodríguez the Court held so", False),
        ("The Supreme Court ruled otherwise", False),
        ("The UNICEF report of 2014 is clear", False),
        ("A study from 2014 is clear", False),
        ("Under Law No. 05/2006, art. 3, it is a crime", False),
        ("The Constitution of 1991 is clear", False),
        ("In the Velásquez Rodríguez case it was held so", False),
        ("It is poor [12]. It is so", False),
        ("A study by the World Bank is clear", False),
        ("Çelik (2014) disagreed", False),
        ("The Court in Opuz held so", False),
        ("The Inter-American Court (Velásquez Rodríguez, para. 3) agreed", False),
        ("Human Rights Watch, “Sold”, 2014, says so", False),
        ("It is poor (Human Rights Watch, “Sold”). It is so", False),
        ("It is poor (see Smith). It is so", False),
        ("The Trafficking in Persons Report 2014 is clear", False),
        ("According to UNICEF, it is so", False),
        ("The Penal Code, art. 134, says so", False),
        ("It is a crime (Penal Code, s. 134). It is so", False),
        ("According to the Committee, this is so (see above). It was asked", True),
        ("It is a right (Convention on the Rights of the Child, art. 34). It is so", False),
        ("In 2014 UNICEF opened an office. It is so", True),
        ("Laos joined ASEAN on 23 July 1997 (as others did in 2014). It was asked", True),
        (
            "The Government of Laos agreed, and the Ministry wrote a law in 2016. It was asked",
            True,
        ),
        ("It was adopted (Geneva, on Friday). It was asked", True),
    ],
)
def test_in_running_text_ibid_reaches_over_prose_and_over_no_other_citation(
    between: str, is_known: bool, resolver: Resolver
) -> None:
    text = f"It urged a law ({LAO}, para. 34). {between} (ibid., para. 9)."
    last = find_references(draft_of(text), resolver)[-1]
    expected = (RIGHT, 0) if is_known else ("not_checked", None)
    assert (last.resolution.verdict, last.stands_for) == expected


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        (f"(Smith, cited in {LAO}, para. 34)", False),
        (f"({LAO}, para. 34; World Bank, Poverty in Laos, 2014)", False),
        (f"(as cited in {LAO}, para. 34)", True),
        (f"The law was urged, as is quoted in {LAO}, para. 34", True),
    ],
)
def test_in_running_text_ibid_stands_for_what_is_cited_last_and_not_for_where_it_is_cited(
    text: str, is_known: bool, resolver: Resolver
) -> None:
    last = find_references(draft_of(f"{text}. It is so (ibid., para. 9)."), resolver)[-1]
    assert (last.stands_for is not None) is is_known


@pytest.mark.parametrize(
    ("notes", "verdict", "places", "stands_for"),
    [
        ([FIRST, "Ibid., para. 35."], RIGHT, "35", 0),
        ([FIRST, "*Ibid* at para 35."], RIGHT, "35", 0),
        ([FIRST, "Id. ¶ 35."], RIGHT, "35", 0),
        ([FIRST, "Ibid."], RIGHT, "34", 0),
        ([FIRST, "Ibid., para. 3.", "Ibid."], RIGHT, "3", 0),
        ([f"[^1]: {LAO}, para. 99.", "Ibid., para. 34."], RIGHT, "34", 0),
        ([FIRST, "Ibid., para. 99."], "no_such_paragraph", "99", 0),
        (["[^1]: CRC/C/LAO/CO/3-6, para. 2.", "Ibid., para. 3."], "symbol_not_held", "3", 0),
        ([f"{FIRST} It was adopted on 5 June 2015, as was said.", "Ibid., para. 35."], RIGHT, "35", 0),
        ([f"{FIRST} Available at https://a.org/b-1/2.", "Ibid., para. 35."], RIGHT, "35", 0),
        ([f"{FIRST} See also paragraph 42 below.", "Ibid., para. 35."], RIGHT, "35", 0),
        ([f"[^1]: {LAO} (Oct. 2, 2015) [hereinafter Laos 2015].", "Laos 2015, ¶ 35."], RIGHT, "35", 0),
        ([f"[^1]: {LAO}, para. 34 [hereinafter Laos 2015].", "Id. ¶ 35."], RIGHT, "35", 0),
        ([f"[^1]: {LAO} [hereinafter Laos].", f"{KEN}, ¶ 1.", "Laos, supra note 1, ¶ 35."], RIGHT, "35", 0),
        ([f"{FIRST} It is “small” in 2 ways. Id. ¶ 35.", "Id. ¶ 36."], RIGHT, "36", 0),
        ([f"{FIRST} Smith, Children’s Rights 34.", "Id. ¶ 35."], "not_checked", "", None),
        ([f"{FIRST} See also European Comm., Report on the Visit to Laos, ¶ 41."], "not_checked", "", None),
        ([f"{FIRST} See also CPT/Inf (2020) 1, ¶ 41.", "Id. ¶ 2."], "not_checked", "", None),
        ([f"{FIRST[:-1]} [Lao Observations].", "Ibid., para. 35."], RIGHT, "35", 0),
        ([FIRST, f"{CRC}, {LAO}, para. 3, on article 3.", "Ibid., para. 35."], RIGHT, "35", 1),
        ([FIRST, f"For its view see {LAO}, para. 3, under VI.", "Ibid., para. 35."], RIGHT, "35", 1),
        ([FIRST, "Lao Observations, supra note 1, para. 3.", "Ibid., para. 35."], RIGHT, "35", 0),
        ([FIRST, "Ibid., para. 3, on the Penal Code.", "Ibid., para. 35."], RIGHT, "35", 0),
        ([FIRST, "See, for example, ibid., para. 3 (emphasis added).", "Ibid., para. 35."], RIGHT, "35", 0),
        ([FIRST, "Ibid., para. 3. The Government was asked.", "Ibid., para. 35."], RIGHT, "35", 0),
        ([FIRST, "Smith, Children (OUP 2010) 34.", "Ibid., para. 3."], "not_checked", "", None),
        ([FIRST, "Interview with a judge, Vientiane.", "Ibid., para. 3."], "not_checked", "", None),
        ([FIRST, f"{LAO}, para. 3; Doe v Roe [2001] 1 AC 3.", "Ibid., para. 3."], "not_checked", "", None),
        ([f"[^1]: {LAO}, para. 3; {KEN}, para. 1.", "Ibid., para. 3."], "not_checked", "", None),
        ([f"[^1]: {KEN}, para. 3.", f"{LAO}, para. 3; ibid., para. 4."], RIGHT, "4", 1),
        (["[^1]: Ibid., para. 3."], "not_checked", "", None),
        ([FIRST, f"{KEN}, para. 1.", f"{CRC} (n 1) para 7."], RIGHT, "7", 0),
        ([FIRST, f"{KEN}, para. 1.", "Supra note 1 at para 7."], RIGHT, "7", 0),
        ([FIRST, f"{KEN}, para. 1.", "See note 1 above, para. 7."], RIGHT, "7", 0),
        ([FIRST, f"{KEN}, para. 1.", "Comm. on the Rts. of the Child, *supra* note 1, ¶ 7."], RIGHT, "7", 0),
        ([f"[^1]: {KEN}, para. 1; {LAO}, para. 3.", f"{CRC} (n 1) para 7."], RIGHT, "7", 1),
        ([f"[^1]: {KEN}, para. 1; {LAO}, para. 3.", "Supra note 1, para. 7."], "not_checked", "", None),
        ([FIRST, "Committee against Torture (n 1) para 7."], "not_checked", "", None),
        ([FIRST, "Supra note 9, para. 7."], "not_checked", "", None),
        ([FIRST, f"{CRC}, “Concluding Observations,” para. 35."], RIGHT, "35", 0),
    ],
)  # fmt: skip
def test_follows_references_to_earlier_notes_only_where_these_are_known(
    notes: list[str], verdict: str, places: str, stands_for: int | None, resolver: Resolver
) -> None:
    lines = [notes[0], *(f"[^{number}]: {note}" for number, note in enumerate(notes[1:], 2))]
    text = " ".join(f"It is so.[^{number}]" for number in range(1, len(lines) + 1))
    last = find_references(draft_of("\n\n".join([text, *lines])), resolver)[-1]
    shown = last.resolution
    assert (shown.verdict, "; ".join(shown.pinpoints) if places else "", last.stands_for) == (
        verdict, places, stands_for,
    )  # fmt: skip


def test_another_persons_note_is_no_document(resolver: Resolver) -> None:
    found = find_citations(draft_of(f"A.[^1] B.[^2]\n\n{FIRST}\n\n[^2]: Smith (n 1) 34."), resolver)
    assert (len(found.references), len(found.others)) == (1, 1)
