"""Quotations are found where they stand, and what differs from the text is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

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
    symbols = ("CRPD/C/KEN/CO/1", "CRPD/C/KEN/CO/1", "CRPD/C/CHN/CO/1", "CRPD/C/FRA/CO/1", "CRPD/C/UGA/CO/1")
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


@pytest.mark.parametrize("text", ["a … " * 60 + "b c d e", "the stat[e] " * 120])
def test_a_quotation_that_is_nothing_but_marks_is_not_checked(quoting: Assistant, text: str) -> None:
    assert quoting.quote(text).verdict == "not_checked"
