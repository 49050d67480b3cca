"""Quotations are found where they stand, and what differs from the text is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.citations import searching
from assistant.citations.quotation import QuoteMatch
from assistant.citations.quotes import LONGEST_QUOTATION, MOST_PLACES_OF_FEW_WORDS
from assistant.service import Assistant
from corpus.catalog import Change
from corpus.rows import NewDocument
from tests.corpus.catalogs import document_of
from tests.homes import assistant_without_model

LAO = "CRC/C/OPSC/LAO/CO/1"


@pytest.fixture(scope="module")
def quoting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the built-in document whose index is not built, and which has no model."""
    opened = assistant_without_model(tmp_path_factory.mktemp("quotes"))
    yield opened
    opened.close()


def _found(match: QuoteMatch) -> tuple[str, list[str]]:
    return match.verdict, [pinpoint for place in match.places for pinpoint in place.pinpoints]


def _changes(match: QuoteMatch) -> list[tuple[str, str]]:
    """What differs and is neither marked nor of form, as quoted and as printed."""
    return [
        (difference.quoted.strip(), difference.printed.strip())
        for difference in match.diff
        if difference.kind != "equal" and not difference.marked and not difference.form_only
    ]


READ = "reminds the State party that the present concluding observations should be read"


@pytest.mark.parametrize(
    ("text", "verdict", "places"),
    [
        (READ, "exact", ["3"]),
        (f" “{READ}” ", "exact", ["3"]),
        (READ.replace(" ", "\n", 3).replace("concluding ", "concluding  "), "exact_normalised", ["3"]),
        ("the State party's second periodic report - under", "exact_normalised", ["3"]),
        ("TheCommittee welcomes the sub mission of the Stateparty’s initial", "exact_normalised", ["2"]),
        (f"{READ},", "exact_normalised", ["3"]),
        (f"The Committee {READ} … adopted on 5 June 2015.", "altered_ok", ["3"]),
        (f"The Committee {READ} [. . .] those on its initial report", "altered_ok", ["3"]),
        (f"[It] {READ.replace('the State party', '[Laos]')} (emphasis added)", "altered_ok", ["3"]),
        ("[t]he Committee remind[ed] the State party that the present [sic] concluding", "altered_ok", ["3"]),
        ("the Committee considered the initial report of Laos", "altered_ok", ["1"]),
        ("the State party’s ratification of: The Convention No.138 concerning Minimum Age", "altered_ok",
         ["4", "4 (a)"]),
        ("ratification of:\n(a) The Convention No.138 concerning Minimum Age", "exact", ["4", "4 (a)"]),
        ("following concluding observations.\n2. The Committee welcomes the", "exact", ["1", "2"]),
        ("Prevention of the sale of children, child prostitution and child pornography", "exact", []),
        ("reminds the State party", "exact", ["3"]),
        ("the State party", "too_short", []),
        ("no court may ever hear of it again, said the minister to his aunt", "not_found", []),
        ("x" * LONGEST_QUOTATION + " y", "not_checked", []),
    ],
)  # fmt: skip
def test_a_quotation_has_its_verdict_and_its_places(
    quoting: Assistant, text: str, verdict: str, places: list[str]
) -> None:
    assert _found(quoting.quote(text)) == (verdict, places)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (READ.replace("should", "should not"), [("not", "")]),
        (READ.replace("present ", ""), [("", "present")]),
        (READ.replace("present", "previous"), [("previous", "present")]),
        (f"The Committee {READ} … adopted on 4 June 2015", [("4", "5")]),
        (f"[It] {READ.replace('should', 'may')}", [("may", "should")]),
        (READ.replace("should", "should [not]"), [("[not]", "")]),
        (READ.replace("should be", "[never was]"), [("[never was]", "should be")]),
        (READ.replace("State party", "State Party"), [("Party", "party")]),
        (
            "adopted on 4 February 2011 and those on its initial report under the Optional Protocol",
            [("", ",")],
        ),
    ],
)
def test_words_that_no_mark_explains_are_altered(
    quoting: Assistant, text: str, changes: list[tuple[str, str]]
) -> None:
    match = quoting.quote(text, f"{LAO}, para. 3")
    assert (match.verdict, _changes(match)) == ("altered", changes)
    assert "".join(difference.quoted for difference in match.diff) == text


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f"The Committee welcomes the submission of the State party’s initial report. The Committee {READ}",
         ["2", "3"]),
        (f"should be read in conjunction with the concluding observations … The Committee {READ[:-15]}",
         ["3", "3"]),
        (f"The Committee {READ} in conjunction with the concluding observations on its initial report under"
         " the Optional Protocol on the involvement of children in armed conflict", ["3", "3"]),
    ],
)  # fmt: skip
def test_pieces_joined_without_a_mark_are_told_apart(
    quoting: Assistant, text: str, places: list[str]
) -> None:
    assert _found(quoting.quote(text)) == ("stitched", places)


LACKS = "the State party lacks a specific law on extradition"
ADOPT = "that the State party adopt a comprehensive legislation"
READ_WITH = "should be read in conjunction"


@pytest.mark.parametrize(
    ("text", "cited", "verdict", "places"),
    [
        # within a paragraph, what is cited, or into the next paragraph
        (f"{LACKS} … a reservation on article 5 (2)", "para. 33", "altered_ok", ["33"]),
        (f"{LACKS} … {ADOPT}", "paras. 33–34", "altered_ok", ["33", "34"]),
        (f"{LACKS} … {ADOPT}", "", "altered_ok", ["33", "34"]),
        (f"{LACKS} … {ADOPT}", None, "altered_ok", ["33", "34"]),
        (f"{READ_WITH} … {ADOPT}", "paras. 3 and 34", "altered_ok", ["3", "34"]),
        ("strengthen its poverty reduction strategies … construction of hydropower dams", "para. 22 (a)",
         "altered_ok", ["22", "22 (a)"]),
        # beyond what is cited
        (f"{LACKS} … {ADOPT}", "para. 33", "stitched", ["33", "34"]),
        (f"{LACKS} … {ADOPT}", "para. 34", "stitched", ["33", "34"]),
        (f"{LACKS} … {ADOPT}", "para. 3", "elsewhere_in_document", ["33", "34"]),
        # over a heading, over other paragraphs
        (f"fully apply the laws in force … {LACKS}", None, "stitched", ["32", "33"]),
        (f"fully apply the laws in force … {LACKS}", "", "stitched", ["32", "33"]),
        (f"{READ_WITH} … {ADOPT}", None, "stitched", ["3", "34"]),
        # the words are there, in another order
        ("the State party still maintains a reservation … that the State party", "para. 33", "stitched",
         ["33", "33"]),
    ],
)  # fmt: skip
def test_an_ellipsis_reaches_no_further_than_what_belongs_together(
    quoting: Assistant, text: str, cited: str | None, verdict: str, places: list[str]
) -> None:
    match = quoting.quote(text, None if cited is None else f"{LAO}, {cited}".rstrip(", "))
    assert _found(match) == (verdict, places)
    if match.diff:
        assert "".join(difference.quoted for difference in match.diff) == text


@pytest.mark.parametrize(
    ("text", "cited", "reason"),
    [
        (f"{LACKS} … {ADOPT}", None, "from one paragraph into another: it has words of {}, paras. 33 and"),
        (f"{LACKS} … {ADOPT}", "para. 33", "beyond what is cited: it joins pieces of {}, para. 33 and"),
        (f"{READ_WITH} … {ADOPT}", "", "over a heading or other paragraphs: it joins pieces of {}"),
        ("still maintains a reservation … that the State party", "para. 33",
         "joins pieces of {}, para. 33 in another order than they have there."),
    ],
)  # fmt: skip
def test_the_reason_says_where_an_ellipsis_leads(
    quoting: Assistant, text: str, cited: str | None, reason: str
) -> None:
    match = quoting.quote(text, None if cited is None else f"{LAO}, {cited}".rstrip(", "))
    assert reason.replace("{}", LAO) in match.reason


@pytest.mark.parametrize(
    ("cited", "verdict"),
    [
        (f"{LAO}, para. 3", "exact"),
        (f"{LAO}, paras. 2–3", "exact"),
        (LAO, "exact"),
        (f"{LAO}, para. 34", "elsewhere_in_document"),
        (f"{LAO}, para. 99", "elsewhere_in_document"),
        ("CRPD/C/KEN/CO/1, para. 3", "exact"),
        ("Smith v Jones", "exact"),
    ],
)
def test_what_is_cited_decides_whether_it_stands_elsewhere(
    quoting: Assistant, cited: str, verdict: str
) -> None:
    assert _found(quoting.quote(READ, cited)) == (verdict, ["3"])


@pytest.mark.parametrize(
    ("text", "verdict"),
    [(READ, "exact"), (f"{READ} by nobody", "altered"), ("no such words are held", "not_found")],
)
def test_a_reference_that_leads_to_nothing_held_is_told_with_why(
    quoting: Assistant, text: str, verdict: str
) -> None:
    match = quoting.quote(text, "CRPD/C/KEN/CO/1, para. 3")
    told = "What is cited is not looked into: No document CRPD/C/KEN/CO/1 is held."
    assert (match.verdict, match.reason.startswith(told)) == (verdict, True)
    assert match.reason.removeprefix(told).lstrip() == quoting.quote(text).reason


def test_a_place_is_told_with_its_words_and_where_they_stand_in_the_source(quoting: Assistant) -> None:
    text = "those on its initial report under the Optional Protocol on the involvement of children"
    (place,) = quoting.quote(text).places
    source = quoting.document(LAO).text[place.start : place.end]
    assert place.quote == text == " ".join(source.split())
    assert (place.eids, place.label, place.section) == (("para_3",), f"{LAO}, para. 3", ("Introduction",))
    assert (place.current, place.heading, place.href) == (
        True,
        False,
        "/documents/crc-c-opsc-lao-co-1#para_3",
    )


def test_the_index_of_the_engine_finds_the_same(quoting: Assistant, assistant: Assistant) -> None:
    for text in (READ, f"The Committee {READ} … adopted on 5 June 2015.", READ.replace("read", "seen")):
        assert assistant.quote(text) == quoting.quote(text)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over documents in several editions and languages, without index and model."""
    opened = assistant_without_model(tmp_path_factory.mktemp("several"))
    states = ("KEN", "KEN", "CHN", "FRA", "UGA", "AUS", "MEX")
    symbols = [f"CRPD/C/{state}/CO/1" for state in states]
    held = [document_of(symbol, *_PRINTED[number]) for number, symbol in enumerate(symbols)]
    held[3] = replace(held[3], language="fr")
    documents = [
        NewDocument(n, each, f"{n}", current=n != 1, searched=n not in (1, 4))
        for n, each in enumerate(held, 1)
    ]
    opened.collection.catalog.publish(Change(add=documents, seeded=True), 1, None)
    yield opened
    opened.close()


_PRINTED: tuple[tuple[str, ...], ...] = (
    ("The Committee recommends that every ferry be given two lifeboats before the next season.",),
    (
        "The Committee recommends that every ferry be given four lifeboats before the next season.",
        "TheCommittee thanks the delega tion for its replies and for the boat that it sent.",
    ),
    (
        "The Committee recommends that each harbour have a lighthouse and a keeper who speaks sign language.",
        "It also asks that the keeper be paid for every night on which the light is lit.",
    ),
    ("Le Comité recommande que chaque phare ait un gardien qui parle la langue des signes.",),
    ("The Committee welcomes the new ferry.",) * 70,
    ("The State party should see that no boat is ever left without a light.",) * 60,
    ("The State Party should see that no boat is ever left without a light.",),
)


@pytest.mark.parametrize(
    ("text", "cited", "verdict", "symbol", "current"),
    [
        ("every ferry be given two lifeboats before", "CRPD/C/KEN/CO/1", "exact", "CRPD/C/KEN/CO/1", False),
        ("every ferry be given four lifeboats before", "CRPD/C/KEN/CO/1", "exact", "CRPD/C/KEN/CO/1", True),
        ("thanks the delegation for its replies", "CRPD/C/KEN/CO/1, para. 2", "exact_normalised",
         "CRPD/C/KEN/CO/1", True),
        ("each harbour have a lighthouse and a keeper", "CRPD/C/KEN/CO/1, para. 1", "elsewhere_in_corpus",
         "CRPD/C/CHN/CO/1", True),
        ("chaque phare ait un gardien qui parle la langue", None, "exact", "CRPD/C/FRA/CO/1", True),
    ],
)  # fmt: skip
def test_all_that_is_held_is_compared(
    several: Assistant, text: str, cited: str | None, verdict: str, symbol: str, current: bool
) -> None:
    match = several.quote(text, cited)
    assert match.verdict == verdict
    assert [(place.symbol, place.current) for place in match.places] == [(symbol, current)]


def test_an_earlier_edition_is_not_looked_through_unless_it_is_cited(several: Assistant) -> None:
    assert several.quote("every ferry be given two lifeboats before").verdict == "not_found"


def test_pieces_of_two_documents_are_stitched(several: Assistant) -> None:
    match = several.quote(
        "The Committee recommends that every ferry be given four lifeboats before the next"
        " night on which each harbour have a lighthouse and a keeper who speaks sign language"
    )
    assert match.verdict == "not_found"  # three words of the join are of neither
    match = several.quote(
        "The Committee recommends that every ferry be given four lifeboats before the next season."
        " each harbour have a lighthouse and a keeper who speaks sign language."
    )
    assert match.verdict == "stitched"
    assert [place.symbol for place in match.places] == ["CRPD/C/KEN/CO/1", "CRPD/C/CHN/CO/1"]


def test_of_few_words_all_places_are_told_up_to_a_limit(several: Assistant) -> None:
    match = several.quote("The Committee welcomes the new ferry.")
    assert (match.verdict, len(match.places) + match.more) == ("exact", 70)
    assert len(match.places) == MOST_PLACES_OF_FEW_WORDS


@pytest.mark.parametrize("words", [6, 11])
def test_the_one_place_in_the_case_of_the_quotation_is_found_among_many_in_another(
    several: Assistant, words: int
) -> None:
    match = several.quote(" ".join("The State Party should see that no boat is ever left".split()[:words]))
    assert (match.verdict, [place.symbol for place in match.places]) == ("exact", ["CRPD/C/MEX/CO/1"])


@pytest.mark.parametrize(
    ("most", "where_cut", "verdict", "says"),
    [
        (20, 80, "exact", ""),  # the one place is found among those that were not read at first
        (20, 30, "not_checked", "More places have its phrases than were looked at"),
    ],
)
def test_what_is_not_found_in_a_search_that_was_cut_off_is_not_said_to_stand_nowhere(
    several: Assistant, monkeypatch: pytest.MonkeyPatch, most: int, where_cut: int, verdict: str, says: str
) -> None:
    monkeypatch.setattr(searching, "_PASSAGES_OF_FEW_WORDS", most)
    monkeypatch.setattr(searching, "_PASSAGES_WHERE_CUT", where_cut)
    match = several.quote("The State Party should see that")
    assert match.verdict == verdict
    assert says in match.reason
    often = several.quote("The State party should see that")
    assert often.verdict == "exact"
    assert f"at least {len(often.places) + often.more} places" in often.reason


@pytest.mark.parametrize(
    "text",
    [
        "The Committee … of … the … State party … and … to … law",
        "The Committee [ordered] the State party [to pay] children [and women] a [sum] of [money] in [law]",
    ],
)
@pytest.mark.parametrize("cited", [None, LAO])
def test_marks_between_single_words_explain_nothing(quoting: Assistant, text: str, cited: str | None) -> None:
    assert quoting.quote(text, cited).verdict in ("altered", "not_found")


@pytest.mark.parametrize("text", ["a … " * 60 + "b c d e", "the stat[e] " * 120])
def test_a_quotation_that_is_nothing_but_marks_is_not_checked(quoting: Assistant, text: str) -> None:
    assert quoting.quote(text).verdict == "not_checked"
