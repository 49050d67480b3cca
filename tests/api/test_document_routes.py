"""Documents over HTTP: listed page by page, read whole, told apart by entity tags, and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from assistant.service import Assistant
from corpus.model import Document
from tests.api.conftest import LAOS, serving
from tests.api.files import KENYA, UGANDA, own_assistant, path_of, put, text_of
from tests.api.problem_documents import problem

SLUG = "crpd-c-ken-co-1"
ITALY = "CRPD/C/ITA/CO/1"
SYMBOLS = [LAOS, ITALY, KENYA, "CRPD/C/KEN/CO/2-3", UGANDA]
TEXTS = {
    ITALY: text_of(ITALY, "Città sicure."),
    KENYA: text_of(KENYA, "Ferries carry no lifeboats."),
    SYMBOLS[3]: text_of(SYMBOLS[3], "Ferries carry lifeboats."),
    UGANDA: text_of(UGANDA, "The lake has no lighthouse."),
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with own_assistant(tmp_path_factory.mktemp("documents") / "home") as assistant:
        yield assistant


@pytest.fixture(scope="module")
def own_client(own: Assistant) -> Iterator[TestClient]:
    """A client of a server over documents of its own."""
    with serving(own) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _held(own_client: TestClient) -> None:
    """Each test begins with the same documents."""
    for header in listed(own_client, limit=100)["documents"]:
        if header["symbol"] not in SYMBOLS:
            assert own_client.delete(path_of(header["symbol"])).status_code == 204
    years = {ITALY: "2016-04-08", KENYA: "2015-09-04", SYMBOLS[3]: "2024-03-22", UGANDA: "2016-04-12"}
    for symbol, text in TEXTS.items():
        assert put(own_client, symbol, text, date=years[symbol]).status_code in (200, 201)


def listed(client: TestClient, **parameters: Any) -> dict[str, Any]:
    response = client.get("/v1/documents", params=parameters)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def symbols(page: dict[str, Any]) -> list[str]:
    return [document["symbol"] for document in page["documents"]]


# -- lists


def test_documents_are_listed_by_symbol(own_client: TestClient) -> None:
    page = listed(own_client)
    assert symbols(page) == SYMBOLS
    assert page["next"] is None
    kenya = page["documents"][2]
    assert (kenya["slug"], kenya["states"], kenya["adopted"]) == (SLUG, ["Kenya"], "2015-09-04")
    assert kenya["url"] == "https://docs.un.org/en/CRPD/C/KEN/CO/1"
    assert "id" not in kenya
    assert "fingerprint" not in kenya


def test_pages_follow_each_other_by_cursor_and_by_link(own_client: TestClient) -> None:
    path, found = "/v1/documents?limit=2&q=observations", []
    for position in range(3):
        response = own_client.get(path)
        found.append(symbols(response.json()))
        link = response.headers.get("link")
        if position == 2:
            assert (response.json()["next"], link) == (None, None)
        else:
            assert (
                link == f'</v1/documents?limit=2&q=observations&cursor={response.json()["next"]}>; rel="next"'
            )
            path = link[1:].partition(">")[0]
    assert found == [SYMBOLS[:2], SYMBOLS[2:4], SYMBOLS[4:]]


def test_what_is_taken_in_or_deleted_between_pages_moves_no_other(own_client: TestClient) -> None:
    first = listed(own_client, limit=3)
    put(own_client, "CRPD/C/ARM/CO/1", text_of("CRPD/C/ARM/CO/1"))  # before the cursor
    put(own_client, "CRPD/C/NOR/CO/1", text_of("CRPD/C/NOR/CO/1"))  # behind it
    assert own_client.delete(path_of(KENYA)).status_code == 204  # the one it stands behind
    second = listed(own_client, limit=3, cursor=first["next"])
    assert symbols(first) + symbols(second) == [*SYMBOLS[:4], "CRPD/C/NOR/CO/1", UGANDA]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"state": "Kenya"}, [KENYA, "CRPD/C/KEN/CO/2-3"]),
        ({"state": ["kenya", "UGA"]}, [KENYA, "CRPD/C/KEN/CO/2-3", UGANDA]),
        ({"state": "Atlantis"}, []),
        ({"committee": "CRC"}, [LAOS]),
        ({"instrument": "opsc"}, [LAOS]),
        ({"symbol": [SLUG, LAOS.lower()]}, [LAOS, KENYA]),
        ({"year": [2015, 2024]}, [LAOS, KENYA, "CRPD/C/KEN/CO/2-3"]),
        ({"year": 2016, "state": "Uganda"}, [UGANDA]),
        ({"year": 2016, "state": "Kenya"}, []),
        ({"q": "kenya"}, [KENYA, "CRPD/C/KEN/CO/2-3"]),
        ({"q": "OBSERV report laos"}, [LAOS]),
        ({"q": "CRPD/C/KEN"}, [KENYA, "CRPD/C/KEN/CO/2-3"]),
        ({"q": "enya"}, []),
        ({"q": "kenya uganda"}, []),
        ({"q": "?!"}, []),
        ({"q": "  "}, SYMBOLS),
        ({"q": "initial", "year": 2024}, ["CRPD/C/KEN/CO/2-3"]),
    ],
)
def test_lists_are_filtered_as_questions_are(
    own_client: TestClient, parameters: dict[str, Any], found: list[str]
) -> None:
    assert symbols(listed(own_client, **parameters)) == found


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": "all"}, "limit"),
        ({"year": "next"}, "year.0"),
        ({"state": ["x"] * 51}, "state"),
        ({"year": 0}, "year.0"),
        ({"year": 10_000}, "year.0"),
        ({"symbol": "x" * 201}, "symbol.0"),
        ({"q": "a" * 1001}, "q"),
        ({"cursor": ""}, "cursor"),
        ({"cursor": "next"}, "cursor"),
        ({"cursor": "é"}, "cursor"),
        ({"cursor": "0"}, "cursor"),
        ({"cursor": "00\n"}, "cursor"),
        ({"cursor": "AB"}, "cursor"),
        ({"cursor": "00" * 251}, "cursor"),
    ],
)
def test_a_page_that_cannot_be_is_refused(
    own_client: TestClient, parameters: dict[str, Any], field: str
) -> None:
    found = problem(own_client.get("/v1/documents", params=parameters), 422, "request_invalid")
    assert [one["field"] for one in found["fields"]] == [field]


# -- whole documents


@pytest.mark.parametrize("name", [SLUG, KENYA, KENYA.lower(), f" {SLUG.upper()}"])
def test_a_document_is_read_whole_under_each_of_its_names(
    own_client: TestClient, own: Assistant, name: str
) -> None:
    response = own_client.get(path_of(name))
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert TypeAdapter(Document).validate_json(response.content) == own.document(KENYA)


def test_a_symbol_need_not_be_encoded(own_client: TestClient) -> None:
    assert own_client.get(f"/v1/documents/{KENYA}").json()["slug"] == SLUG


def test_the_spans_of_a_document_cover_its_text(own_client: TestClient) -> None:
    document = own_client.get(path_of(LAOS)).json()
    assert len(document["paragraphs"]) == 43
    assert document["spans"][0]["start"] == 0
    assert document["spans"][-1]["end"] == len(document["text"])


@pytest.mark.parametrize("name", ["crpd-c-nor-co-1", "CRPD/C/NOR/CO/1", "../etc", "%", "\0", "a" * 200])
def test_what_is_not_held_is_not_found(own_client: TestClient, name: str) -> None:
    problem(own_client.get(path_of(name)), 404, "document_not_held")
    problem(own_client.delete(path_of(name)), 404, "document_not_held")


def test_a_name_that_is_too_long_is_refused(own_client: TestClient) -> None:
    problem(own_client.get(path_of("a" * 201)), 422, "request_invalid")


# -- entity tags


@pytest.mark.parametrize("path", [path_of(KENYA), f"{path_of(KENYA)}/paragraphs/1"])
def test_what_has_not_changed_is_not_sent_again(own_client: TestClient, path: str) -> None:
    first = own_client.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    for known in (tag, f"W/{tag}", f'"0", {tag}', "*"):
        again = own_client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for unknown in ('"0"', tag.strip('"'), "", "nonsense"):
        assert own_client.get(path, headers={"If-None-Match": unknown}).json() == first.json()


def test_the_tag_changes_with_the_content_and_returns_with_it(own_client: TestClient) -> None:
    path = path_of(KENYA)
    tag = own_client.get(path).headers["etag"]
    tags = {tag, own_client.get(path_of(UGANDA)).headers["etag"]}
    for content, state in ((text_of(KENYA, "Else."), "Kenya"), (TEXTS[KENYA], "Utopia")):
        assert put(own_client, KENYA, content, state=state).status_code == 200
        response = own_client.get(path, headers={"If-None-Match": tag})
        assert response.status_code == 200
        tags.add(response.headers["etag"])
    assert len(tags) == 4
    assert own_client.delete(path, params={"all_editions": True}).status_code == 204
    assert put(own_client, KENYA, TEXTS[KENYA], date="2015-09-04").status_code == 201
    assert own_client.get(path).headers["etag"] == tag


def test_a_place_that_is_not_there_is_an_error_whatever_is_known(own_client: TestClient) -> None:
    response = own_client.get(f"{path_of(KENYA)}/paragraphs/99", headers={"If-None-Match": "*"})
    problem(response, 404, "no_such_paragraph")


# -- deleting


def test_a_deleted_document_is_neither_read_nor_listed_nor_found(own_client: TestClient) -> None:
    response = own_client.delete(path_of(SLUG))
    assert (response.status_code, response.content) == (204, b"")
    problem(own_client.get(path_of(KENYA)), 404, "document_not_held")
    problem(own_client.delete(path_of(KENYA)), 404, "document_not_held")
    assert KENYA not in symbols(listed(own_client))
    search = {"query": "ferries", "filters": {"symbols": [KENYA]}}
    assert own_client.post("/v1/search", json=search).json()["passages"] == []


def test_earlier_editions_are_deleted_where_that_is_asked(own_client: TestClient, own: Assistant) -> None:
    def editions() -> list[bool]:
        return [h.current for h in own.documents(all_editions=True) if h.symbol == KENYA]

    put(own_client, KENYA, text_of(KENYA, "A newer edition."))
    earlier = len(editions()) - 1
    assert earlier > 0
    assert own_client.delete(path_of(KENYA)).status_code == 204
    assert editions() == [False] * earlier
    problem(own_client.delete(path_of(KENYA)), 404, "document_not_held")
    assert own_client.delete(path_of(KENYA), params={"all_editions": True}).status_code == 204
    assert editions() == []


def test_a_document_is_deleted_only_on_the_condition_that_is_named(own_client: TestClient) -> None:
    path = path_of(KENYA)
    tag = own_client.get(path).headers["etag"]
    for condition in ({"If-Match": '"0"'}, {"If-Match": f"W/{tag}"}, {"If-None-Match": tag}):
        problem(own_client.delete(path, headers=condition), 412, "precondition_failed")
    assert own_client.get(path).headers["etag"] == tag
    assert own_client.delete(path, headers={"If-Match": tag}).status_code == 204
    # what is not there is said to be so, whatever the condition
    problem(own_client.delete(path, headers={"If-Match": tag}), 404, "document_not_held")
