"""What became, in the edition that is current, of what was cited from an earlier one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Conversation, Turn
from assistant.checking.report import CheckReport
from assistant.errors import UsageError
from assistant.service import Assistant, SourceFile
from corpus.model import Document
from tests.answers import answer_to
from tests.assistant.checking.held import assistant_holding, checked, told
from tests.corpus.catalogs import document_of

KEN = "CRPD/C/KEN/CO/1"
SAME = "The Committee considered the report of the State party at its fourteenth session in Geneva."
BEFORE = "The Committee recommends that all ferries be equipped with lifeboats that have ramps of their own."
AFTER = "The Committee recommends that all ferries be equipped with lifeboats and with ramps for wheelchairs."
MOVED = "The Committee is concerned that the number of accidents on the lakes is not published every year."
LIFEBOATS = "all ferries be equipped with lifeboats that have ramps of their own"
ACCIDENTS = "concerned that the number of accidents on the lakes is not published"
GONE = "The Committee thanks the delegation for the frank dialogue that it had with it over three days."
ADDED = "The Committee welcomes the ratification of the treaty on maritime labour by the State party."


def _earlier() -> Document:
    return document_of(KEN, SAME, BEFORE, MOVED, GONE)


def _current() -> Document:
    return document_of(KEN, SAME, AFTER, MOVED.replace("the lakes", "all lakes and rivers"), ADDED, MOVED)


@pytest.fixture(scope="module")
def kenya(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant that holds two editions of a document."""
    opened = assistant_holding(tmp_path_factory.mktemp("editions"), _current(), earlier=(_earlier(),))
    yield opened
    opened.close()


def _places(*numbers: int, sha256: str = "") -> bytes:
    """Citations of the earlier edition as they were exported."""
    texts = {1: SAME, 2: BEFORE, 3: MOVED, 4: GONE}
    places = [{"eid": f"para_{n}", "pinpoint": str(n), "quote": texts[n]} for n in numbers]
    pinned = {"symbol": KEN, "sha256": sha256 or _earlier().source.sha256, "places": places}
    items: list[dict[str, Any]] = [
        {"id": "a", "type": "book", "title": "Of another program"},
        {"id": "crpd-c-ken-co-1", "type": "report", "number": KEN, "custom": {"pilcrow": pinned}},
    ]
    return json.dumps(items).encode()


def _states(report: CheckReport) -> list[str]:
    return [each.edition.state for each in report.references if each.edition]


def test_exported_citations_are_compared_with_the_current_edition(kenya: Assistant) -> None:
    report = kenya.check(kenya.read_draft(SourceFile("refs.json", _places(1, 2, 3, 4))))
    assert _states(report) == ["unchanged", "changed", "moved", "changed"]
    assert told(report) == [
        ("edition_changed", "warning"),
        ("edition_moved", "warning"),
        ("edition_changed", "warning"),
    ]
    assert report.references[2].edition is not None
    assert report.references[2].edition.now == f"{KEN}, para. 5"
    assert report.references[2].text == f"{KEN}, para. 3"


def test_each_citation_of_an_answer_and_of_a_conversation_is_compared(kenya: Assistant) -> None:
    cited = {
        "symbol": KEN, "title": "", "edition": "issued", "language": "en", "sha256": _earlier().source.sha256,
        "pinpoint": "3", "eid": "para_3", "label": f"{KEN}, para. 3", "quote": MOVED, "start": 0, "end": 9,
        "checks": {"exists": True, "verbatim": True, "supported": True}, "href": "", "url": "",
    }  # fmt: skip
    answer = answer_to("What did it say\nabout accidents?", "That.", citations=(cited,))
    day = datetime(2026, 5, 1, tzinfo=UTC)
    turns = [Turn(number=number, answered=day, answer=answer) for number in (1, 2)]
    conversation = Conversation(id="a", title="b", created=day, updated=day, turn_count=2, turns=tuple(turns))
    for told_as, times in ((answer, 1), (conversation, 2)):
        source = SourceFile("answer.json", told_as.model_dump_json().encode())
        report = kenya.check(kenya.read_draft(source))
        assert _states(report) == ["moved"] * times
        assert report.findings[0].line == 3
        assert report.quotations[0].text == MOVED


def test_a_number_that_is_gone_with_its_words_was_withdrawn(tmp_path: Path) -> None:
    opened = assistant_holding(tmp_path, document_of(KEN, SAME), earlier=(_earlier(),))
    report = opened.check(opened.read_draft(SourceFile("refs.json", _places(1, 4))))
    opened.close()
    assert _states(report) == ["unchanged", "withdrawn"]
    assert told(report) == [("edition_withdrawn", "warning")]


def test_the_words_that_were_quoted_tell_though_their_edition_is_not_held(kenya: Assistant) -> None:
    report = kenya.check(kenya.read_draft(SourceFile("refs.json", _places(1, 2, sha256="0" * 64))))
    assert _states(report) == ["unchanged", "changed"]


def test_citations_of_a_document_that_is_not_held_are_told_as_such(drafter: Assistant) -> None:
    data = _places(1).replace(b"CRPD/C/KEN/CO/1", b"CRPD/C/UGA/CO/1")
    report = drafter.check(drafter.read_draft(SourceFile("refs.json", data)))
    assert (_states(report), told(report), report.not_held) == (["not_held"], [], ("CRPD/C/UGA/CO/1",))


def test_an_altered_citation_of_the_current_edition_is_found(kenya: Assistant) -> None:
    data = _places(1, sha256=_current().source.sha256).replace(b"in Geneva", b"in Vienna")
    report = kenya.check(kenya.read_draft(SourceFile("refs.json", data)))
    assert (_states(report), told(report)) == (["current"], [("altered", "error")])


def test_the_references_of_a_draft_are_pinned_by_the_citations_it_was_made_with(kenya: Assistant) -> None:
    text = f"See {KEN}, para. 1. It asked for “{LIFEBOATS}” ({KEN}, para. 2), “{ACCIDENTS}” ({KEN}, para. 3)."
    report = checked(kenya, text, citations=_places(1, 2, 3))
    assert _states(report) == ["unchanged", "changed", "moved"]
    assert told(report) == [("edition_changed", "warning"), ("edition_moved", "warning")]


def test_words_of_an_earlier_edition_are_found_without_citations(kenya: Assistant) -> None:
    report = checked(kenya, f"It asked that “{LIFEBOATS}” ({KEN}, para. 2).")
    assert told(report) == [("edition_changed", "warning")]
    edition = report.quotations[0].edition
    assert edition is not None
    assert (edition.state, edition.sha256) == ("changed", _earlier().source.sha256)


def test_words_that_moved_with_an_edition_are_told_as_moved(kenya: Assistant) -> None:
    report = checked(kenya, f"It was “{ACCIDENTS}” ({KEN}, para. 3).")
    assert told(report) == [("edition_moved", "warning")]
    assert report.findings[0].message.endswith(f"{KEN}, para. 5 of the current edition.")


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"[1, null, {}]", b"[" * 100_000, b"\xff\xfe{", b'{"turns": 3}']
)
def test_citations_that_name_no_edition_are_refused(kenya: Assistant, data: bytes) -> None:
    with pytest.raises(UsageError):
        checked(kenya, "See this.", citations=data)


def test_ids_that_were_changed_by_hand_are_no_harm(kenya: Assistant) -> None:
    data = (
        _places(1, 2).replace(b"para_2", b"../para \\u001b").replace(b'"pinpoint": "2"', b'"pinpoint": "??"')
    )
    report = kenya.check(kenya.read_draft(SourceFile("refs.json", data)))
    assert _states(report)[0] == "unchanged"
