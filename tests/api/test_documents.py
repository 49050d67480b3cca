from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import LAOS, UTOPIA
from tests.api.problem_documents import problem

SLUG = "crc-c-opsc-lao-co-1"


def path(document: str, place: str) -> str:
    return f"/v1/documents/{quote(document, safe='')}/paragraphs/{quote(place, safe='')}"


def show(client: TestClient, document: str, place: str) -> dict[str, Any]:
    response = client.get(path(document, place))
    assert response.status_code == 200, response.text
    shown: dict[str, Any] = response.json()
    return shown


def test_an_item_is_shown_with_its_paragraph_and_the_words_that_govern_it(client: TestClient) -> None:
    shown = show(client, SLUG, "22 (c)")
    assert (shown["symbol"], shown["slug"], shown["language"]) == (LAOS, SLUG, "en")
    assert shown["edition"] == "advance unedited"
    assert shown["url"] == "https://docs.un.org/en/CRC/C/OPSC/LAO/CO/1"
    place, paragraph = shown["place"], shown["paragraph"]
    assert (place["pinpoint"], place["eid"]) == ("22 (c)", "para_22__subpara_c")
    assert place["label"] == f"{LAOS}, para. 22 (c)"
    assert place["text"] == paragraph["items"][2]["text"]
    assert place["lead_in"]["quote"] == "It further urges the State party to:"
    assert [item["label"] for item in paragraph["items"]] == ["a", "b", "c", "d", "e"]


def test_a_place_has_the_lead_in_its_citation_has(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": f"{LAOS} para. 22 (c)"}).json()
    (citation,) = answer["citations"]
    place = show(client, SLUG, "22 (c)")["place"]
    assert (place["lead_in"], place["label"]) == (citation["lead_in"], citation["label"])


def test_a_paragraph_has_no_lead_in(client: TestClient) -> None:
    shown = show(client, SLUG, "34")
    assert shown["place"]["lead_in"] is None
    assert shown["place"]["text"] == shown["paragraph"]["text"]


def test_an_item_is_shown_with_the_items_below_it(client_of_two: TestClient) -> None:
    place = show(client_of_two, UTOPIA, "2 (b)")["place"]
    assert place["text"] == "Train judges:\n(i) In the capital;\n(ii) In the provinces."


@pytest.mark.parametrize("place", ["22 (c)", "22(c)", "para. 22 (c)", "para_22__subpara_c"])
@pytest.mark.parametrize("document", [SLUG, LAOS, LAOS.lower(), quote(LAOS, safe="")])
def test_every_name_of_a_place_leads_to_it(client: TestClient, document: str, place: str) -> None:
    assert show(client, document, place) == show(client, SLUG, "para_22__subpara_c")


def test_a_symbol_need_not_be_encoded(client: TestClient) -> None:
    response = client.get(f"/v1/documents/{LAOS}/paragraphs/34")
    assert response.json()["place"]["eid"] == "para_34"


@pytest.mark.parametrize("document", ["crc-c-ken-co-1", "CRC/C/KEN/CO/1", "../etc", "%", "\0", "é"])
def test_a_document_that_is_not_held_is_not_found(client: TestClient, document: str) -> None:
    problem(client.get(path(document, "1")), 404, "document_not_held")


def test_a_missing_paragraph_says_where_the_numbers_end(client: TestClient) -> None:
    found = problem(client.get(path(SLUG, "99")), 404, "no_such_paragraph")
    assert LAOS in found["detail"]
    assert "43" in found["mend"]


def test_what_is_no_paragraph_number_is_said_to_be_none(client: TestClient) -> None:
    assert "'abc'" in problem(client.get(path(SLUG, "abc")), 404, "no_such_paragraph")["detail"]


@pytest.mark.parametrize("place", ["33–34", "33-34", "33, 34", "paras. 33 and 34"])
def test_a_range_is_answered_with_the_places_it_means(client: TestClient, place: str) -> None:
    found = problem(client.get(path(SLUG, place)), 409, "several_places")
    assert [candidate["eid"] for candidate in found["candidates"]] == ["para_33", "para_34"]


def test_a_number_printed_twice_is_answered_with_both(client_of_two: TestClient) -> None:
    found = problem(client_of_two.get(path(UTOPIA, "2")), 409, "several_places")
    eids = [candidate["eid"] for candidate in found["candidates"]]
    assert eids == ["para_2", "para_2_2"]
    texts = [show(client_of_two, UTOPIA, eid)["place"]["text"] for eid in eids]
    assert "law on extradition" in texts[0]
    assert texts[1] == "The Committee recommends that the State party publish its treaties."
