"""Quotations of texts over HTTP: found, compared, and told a part at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.service import Assistant
from index.collection import Collection
from index.embedded import EmbeddedEngine
from tests.api.conftest import LAOS, serving
from tests.api.posting import posted
from tests.api.problem_documents import problem

QUOTE = "/v1/citations/quote"
LACKS = "the State party lacks a specific law on extradition"
LAW = "adopt a comprehensive legislation in order to consider, in all cases, the crimes"


def quoted(client: TestClient, text: str, **more: Any) -> dict[str, Any]:
    return posted(client, QUOTE, text=text, **more)


def verdicts(found: dict[str, Any]) -> list[str]:
    return [each["status"] for each in found["quotations"]]


def test_every_quotation_is_located_and_has_a_verdict_of_its_own(client: TestClient) -> None:
    text = (
        f"🕊 It was “seriously concerned that {LACKS}”, called *the* “law” bad and said:\n\n"
        f"> {LAW.replace('comprehensive', 'complete')}\n\n"
        f"({LAOS}, para. 34), nor is it so that “the moon is made of very old cheese”."
    )
    found = quoted(client, text)
    assert verdicts(found) == ["exact", "too_short", "altered", "not_found"]
    assert [text[each["start"] : each["end"]] for each in found["quotations"]] == [
        each["text"] for each in found["quotations"]
    ]
    exact, _, altered, _ = (each["match"] for each in found["quotations"])
    assert exact["places"][0]["label"] == f"{LAOS}, para. 33"
    assert [each["block"] for each in found["quotations"]] == [False, False, True, False]
    changed = [each for each in altered["diff"] if each["kind"] != "equal"]
    assert [(each["quoted"], each["printed"]) for each in changed] == [("complete", "comprehensive")]
    assert (found["limit"], found["next_offset"]) == (250, None)
    assert found["coverage"]["matching_documents"] == 1


def test_a_text_without_marks_is_itself_a_quotation(client: TestClient) -> None:
    text = f"\n  {LACKS}\n"
    (whole,) = quoted(client, text)["quotations"]
    assert (whole["status"], text[whole["start"] : whole["end"]]) == ("exact", LACKS)
    assert quoted(client, text, offset=whole["start"] + 1)["quotations"] == []


def test_a_quotation_with_marks_in_it_can_be_looked_up_whole(client: TestClient) -> None:
    text = "the State party “lacks a *specific* law” on extradition"
    assert verdicts(quoted(client, text)) == ["exact"]
    (whole,) = quoted(client, text, whole=True)["quotations"]
    assert whole["text"] == text.replace("*", "")
    assert [place["pinpoints"] for place in whole["match"]["places"]] == [["33"]]
    (raw,) = quoted(client, text, whole=True, format="text")["quotations"]
    assert raw["text"] == text


@pytest.mark.parametrize("text", ["", " \n", "<!-- “a comment of some words” -->"])
def test_a_text_that_quotes_nothing_has_no_quotations(client: TestClient, text: str) -> None:
    found = quoted(client, text)
    assert (found["quotations"], found["next_offset"]) == ([], None)


@pytest.mark.parametrize(
    ("cited", "verdict"),
    [
        (f"{LAOS}, para. 33", "exact"),
        (f"{LAOS}, para. 34", "elsewhere_in_document"),
        ("CRC/C/LAO/CO/3-6, para. 7", "exact"),
        (None, "exact"),
    ],
)
def test_words_are_compared_with_what_is_cited_for_them(
    client: TestClient, cited: str | None, verdict: str
) -> None:
    assert verdicts(quoted(client, f"“{LACKS}”", cited=cited)) == [verdict]


def test_the_title_of_a_reference_is_no_quotation(client: TestClient) -> None:
    text = (
        "Committee on the Rights of the Child, ‘Concluding observations on the report submitted by Laos’ "
        f"(5 June 2015) UN Doc {LAOS}, para 34: ‘{LAW}’."
    )
    assert [each["text"] for each in quoted(client, text)["quotations"]] == [LAW]


def test_a_long_list_is_told_in_parts_which_together_are_the_whole(
    client: TestClient,
) -> None:
    text = " ".join(f"“word number {number} of many words”" for number in range(300))
    first = quoted(client, text)
    assert len(first["quotations"]) == 250
    rest = quoted(client, text, offset=first["next_offset"])
    assert rest["next_offset"] is None
    numbers = [each["text"].split()[2] for part in (first, rest) for each in part["quotations"]]
    assert numbers == [str(number) for number in range(300)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": "x", "cited": "x" * 2001}, "cited"),
        ({"text": "x", "whole": "yes"}, "whole"),
        ({"text": "x", "whole": 1}, "whole"),
        ({"text": "x", "place": "para. 3"}, "place"),
        ({"text": "x", "cited": "\ud800"}, "cited"),
    ],
)
def test_a_field_that_does_not_fit_is_named(client: TestClient, body: dict[str, Any], field: str) -> None:
    response = client.post(QUOTE, content=json.dumps(body), headers={"Content-Type": "application/json"})
    found = problem(response, 422, "request_invalid")
    assert [one["field"] for one in found["fields"]] == [field]


def test_a_longer_text_is_refused(client: TestClient) -> None:
    problem(client.post(QUOTE, json={"text": "ab " * 83_334}), 422, "text_too_long")


def test_quotations_are_found_where_there_is_no_model(home: Path) -> None:
    def no_model(_: object) -> Any:
        raise AssertionError("the model was asked for")

    opened = Assistant(Collection(home, EmbeddedEngine(home / "index"), no_model))
    with serving(opened) as client:
        assert verdicts(quoted(client, f"It said “{LACKS}”.")) == ["exact"]
