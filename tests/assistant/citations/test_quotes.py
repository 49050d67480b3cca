"""Quotations are found where they stand, and what differs from the text is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.citations.quotation import QuoteMatch
from assistant.citations.quotes import LONGEST_QUOTATION
from assistant.service import Assistant
from tests.homes import assistant_without_model

LAO = "CRC/C/OPSC/LAO/CO/1"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
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
    assistant: Assistant, text: str, verdict: str, places: list[str]
) -> None:
    assert _found(assistant.quote(text)) == (verdict, places)


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
    assistant: Assistant, text: str, changes: list[tuple[str, str]]
) -> None:
    match = assistant.quote(text, f"{LAO}, para. 3")
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
    assistant: Assistant, text: str, places: list[str]
) -> None:
    assert _found(assistant.quote(text)) == ("stitched", places)


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
    assistant: Assistant, cited: str, verdict: str
) -> None:
    assert _found(assistant.quote(READ, cited)) == (verdict, ["3"])


def test_a_place_is_told_with_its_words_and_where_they_stand_in_the_source(assistant: Assistant) -> None:
    text = "those on its initial report under the Optional Protocol on the involvement of children"
    (place,) = assistant.quote(text).places
    source = assistant.document(LAO).text[place.start : place.end]
    assert place.quote == text == " ".join(source.split())
    assert (place.eids, place.label, place.section) == (("para_3",), f"{LAO}, para. 3", ("Introduction",))
    assert (place.current, place.heading, place.href) == (
        True,
        False,
        "/documents/crc-c-opsc-lao-co-1#para_3",
    )
