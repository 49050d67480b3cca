from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import LAOS, UTOPIA
from tests.api.posting import posted
from tests.api.problem_documents import problem


def search(client: TestClient, query: str, **more: Any) -> dict[str, Any]:
    return posted(client, "/v1/search", query=query, **more)


def test_the_best_paragraphs_come_first_with_both_scores(client: TestClient) -> None:
    passages = search(client, "extradition", k=3)["passages"]
    assert {passage["pinpoint"] for passage in passages[:2]} == {"33", "34"}
    assert len(passages) == 3
    scores = [passage["score"] for passage in passages]
    assert scores == sorted(scores, reverse=True)
    assert passages[0]["scores"].keys() == {"dense", "lexical"}


@pytest.mark.parametrize("k", [1, 7, 1000])
def test_k_counts_paragraphs(client: TestClient, k: int) -> None:
    passages = search(client, "children", k=k)["passages"]
    assert len(passages) == min(k, 43)
    assert len({passage["eid"].partition("__")[0] for passage in passages}) == len(passages)


@pytest.mark.parametrize("k", [0, -1, 1001, 2.5, "many", None])
def test_k_out_of_range_is_refused(client: TestClient, k: object) -> None:
    response = client.post("/v1/search", json={"query": "children", "k": k})
    (field,) = problem(response, 422, "request_invalid")["fields"]
    assert field["field"] == "k"


def test_the_symbol_filter_binds(client_of_two: TestClient) -> None:
    both = search(client_of_two, "extradition", k=4)["passages"]
    assert {passage["symbol"] for passage in both} == {LAOS, UTOPIA}
    for symbol in (LAOS, UTOPIA):
        found = search(client_of_two, "extradition", filters={"symbols": [symbol.lower()]})["passages"]
        assert {passage["symbol"] for passage in found} == {symbol}


def test_the_role_filter_binds(client: TestClient) -> None:
    found = search(client, "extradition", filters={"roles": ["concern"]})["passages"]
    assert found[0]["pinpoint"] == "33"
    assert all("concern" in passage["roles"] for passage in found)


def test_a_filter_that_nothing_meets_finds_nothing(client: TestClient) -> None:
    result = search(client, "extradition", filters={"years": [1999]})
    assert result["passages"] == []
    assert result["filters"] == [{"kind": "year", "value": "1999", "origin": "given", "dropped": False}]


def test_a_role_that_is_none_is_refused(client: TestClient) -> None:
    response = client.post("/v1/search", json={"query": "x", "filters": {"roles": ["concern", "threat"]}})
    (field,) = problem(response, 422, "request_invalid")["fields"]
    assert field["field"] == "filters.roles.1"
