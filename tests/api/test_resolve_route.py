"""References of texts over HTTP: found, resolved, and told a part at a time."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, get_args

import pytest
from starlette.testclient import TestClient

from assistant.api.problems import MAX_TEXT, MAX_TEXT_BODY
from assistant.checking.looked_up import MOST_CITATIONS, ReferenceList
from assistant.service import Assistant
from corpus.pinpoint import Style
from index.collection import Collection
from index.embedded import EmbeddedEngine
from tests.api.conftest import LAOS, serving
from tests.api.posting import posted
from tests.api.problem_documents import problem

RESOLVE = "/v1/citations/resolve"


def resolved(client: TestClient, text: str, **more: Any) -> dict[str, Any]:
    return posted(client, RESOLVE, text=text, **more)


def cut(text: str, stretch: dict[str, int] | None) -> str | None:
    return None if stretch is None else text[stretch["start"] : stretch["end"]]


def test_every_reference_is_located_and_has_a_verdict_of_its_own(client: TestClient) -> None:
    text = (
        "🕊 Children (see CRC/C/OPSC/LAO/CO/1, paras. 33 and 34) were heard.[^1]\n\n"
        "The text has CRC/C/OPSC/LAO/CO/1, para. 99, but not CRC/C/LAO/CO/3-6, para. 7.\n\n"
        "[^1]: CRC/C/OPSC/LAO/CO/1, para. 22 (c).\n"
    )
    found = resolved(client, text)
    told = [
        (cut(text, each["symbol"]), cut(text, each["pinpoint"]), each["status"], each["normalized"])
        for each in found["references"]
    ]
    assert told == [
        (LAOS, "paras. 33 and 34", "resolved", f"{LAOS}, paras. 33 and 34"),
        (LAOS, "para. 99", "no_such_paragraph", f"{LAOS}, para. 99"),
        ("CRC/C/LAO/CO/3-6", "para. 7", "symbol_not_held", "CRC/C/LAO/CO/3-6, para. 7"),
        (LAOS, "para. 22 (c)", "resolved", f"{LAOS}, para. 22 (c)"),
    ]
    assert [cut(text, each) for each in found["references"]] == [each["text"] for each in found["references"]]
    assert [(each["line"], each["note"]) for each in found["references"]] == [
        (1, None), (3, None), (3, None), (5, "1"),
    ]  # fmt: skip
    first, missing, *_ = (each["resolution"] for each in found["references"])
    assert [place["pinpoint"] for place in first["places"]] == ["33", "34"]
    assert first["places"][1]["text"].startswith("The Committee recommends that the State party adopt a")
    assert set(first["references"]) == set(get_args(Style))
    assert missing["last_paragraph"] == "43"
    assert (found["limit"], found["next_offset"]) == (MOST_CITATIONS, None)
    assert found["coverage"]["matching_documents"] == 1


def test_what_a_reference_says_wrongly_of_its_document_is_told(client: TestClient) -> None:
    (found,) = resolved(client, f"Committee against Torture, UN Doc {LAOS} (2015) para 43.")["references"]
    assert found["status"] == "resolved"
    assert [each["code"] for each in found["resolution"]["mismatches"]] == ["author_symbol_mismatch"]


@pytest.mark.parametrize("text", ["", " \n", "Nothing is cited in 2015, on 5 June, by 3 of 4.", "\x00"])
def test_a_text_that_cites_nothing_has_no_references(client: TestClient, text: str) -> None:
    found = resolved(client, text)
    assert (found["references"], found["next_offset"]) == ([], None)


def test_a_long_list_is_told_in_parts_which_together_are_the_whole(
    client: TestClient, assistant: Assistant
) -> None:
    notes = [f"{LAOS}, para. {number % 50}." if number % 3 else "Ibid., para. 7." for number in range(1, 601)]
    text = "".join(f"Word.[^{number}] " for number in range(1, 601))
    text += "".join(f"\n\n[^{number}]: {note}" for number, note in enumerate(notes, 1))
    parts = [resolved(client, text)]
    while parts[-1]["next_offset"] is not None:
        parts.append(resolved(client, text, offset=parts[-1]["next_offset"]))
    assert [len(part["references"]) for part in parts] == [250, 250, 100]
    whole = assistant.resolve_all(text, limit=1000).model_dump(mode="json")
    assert [each for part in parts for each in part["references"]] == whole["references"]
    assert [cut(text, each) for each in whole["references"]] == [note.rstrip(".") for note in notes]


def test_what_stands_before_the_offset_still_bears_on_what_is_told(client: TestClient) -> None:
    text = f"A word.[^a] Another.[^b]\n\n[^a]: {LAOS}, para. 34.\n\n[^b]: Ibid., para. 7.\n"
    (again,) = resolved(client, text, offset=text.index("Ibid"))["references"]
    assert (cut(text, again["stands_for"]), again["status"]) == (f"{LAOS}, para. 34", "resolved")
    assert [place["pinpoint"] for place in again["resolution"]["places"]] == ["7"]
    for offset in (text.index("Ibid") + 1, len(text), 10**30):
        assert resolved(client, text, offset=offset)["references"] == []


def test_a_part_ends_where_its_places_have_very_much_text(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.checking.pages.MOST_TEXT", 20_000)
    text = f"See {LAOS}, paras. 1–43. " * 4
    first = resolved(client, text)
    assert len(first["references"]) == 1
    assert first["next_offset"] == text.index(LAOS, 30)
    assert resolved(client, text, offset=text.rindex(LAOS))["next_offset"] is None


def test_signs_of_markdown_mean_something_only_in_markdown(client: TestClient) -> None:
    text = f"<!-- {LAOS}, para. 3 -->\n\nSee *{LAOS}*, para. 4."
    assert [each["normalized"] for each in resolved(client, text)["references"]] == [f"{LAOS}, para. 4"]
    plain = resolved(client, text, format="text")["references"]
    assert plain[0]["normalized"] == f"{LAOS}, para. 3"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": None}, "text"),
        ({"text": "x", "offset": -1}, "offset"),
        ({"text": "x", "offset": "1"}, "offset"),
        ({"text": "x", "offset": True}, "offset"),
        ({"text": "x", "format": "docx"}, "format"),
        ({"text": "x", "limit": 3}, "limit"),
    ],
)
def test_a_field_that_does_not_fit_is_named(client: TestClient, body: dict[str, Any], field: str) -> None:
    found = problem(client.post(RESOLVE, json=body), 422, "request_invalid")
    assert [one["field"] for one in found["fields"]] == [field]


def test_the_longest_text_fits_into_a_body_however_it_is_escaped(client: TestClient) -> None:
    body = b'{"text": "%s"}' % (rb"\ud83d\ude00" * MAX_TEXT)
    assert len(body) < MAX_TEXT_BODY
    answer = client.post(RESOLVE, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["references"]) == (200, [])


def test_a_longer_text_is_refused_without_repeating_it(client: TestClient) -> None:
    response = client.post(RESOLVE, json={"text": "ab " * 83_334})
    found = problem(response, 422, "text_too_long")
    assert "250,002" in found["detail"]
    assert "250,000" in found["detail"]
    assert len(response.content) < 1000
    problem(client.post(RESOLVE, content=b" " * (MAX_TEXT_BODY + 1)), 413, "body_too_large")


def test_the_work_is_done_in_a_thread_of_the_gate(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up, seen = assistant.resolve_all, []

    def watched(*arguments: Any, **options: Any) -> ReferenceList:
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        gate: Any = client.app_state["gate"]
        seen.append(gate.in_work)
        return look_up(*arguments, **options)

    monkeypatch.setattr(assistant, "resolve_all", watched)
    resolved(client, f"See {LAOS}, para. 34.")
    assert seen == [1]


def test_references_are_resolved_where_there_is_no_model(home: Path) -> None:
    def no_model(_: object) -> Any:
        raise AssertionError("the model was asked for")

    opened = Assistant(Collection(home, EmbeddedEngine(home / "index"), no_model))
    with serving(opened) as client:
        (found,) = resolved(client, f"See {LAOS}, para. 34.")["references"]
    assert found["status"] == "resolved"
