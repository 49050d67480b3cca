from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from assistant.answer import Answer, AskRequest, Conversation, ConversationPage, SearchRequest, SearchResult
from assistant.api import chat_examples, citation_examples, document_examples, examples
from assistant.api.__main__ import description as described
from assistant.api.chat_chunks import ChatCompletionChunk
from assistant.api.chat_request import ChatRequest
from assistant.api.chat_response import ChatCompletion, ModelList
from assistant.api.openapi import NOT_RETURNED
from assistant.api.places import ShownPlace
from assistant.api.routes.health import ServerInfo
from assistant.document_list import DocumentPage
from assistant.putting import PutOutcome
from corpus.model import Document

BODY = {400: {"malformed_json"}, 413: {"body_too_large"}, 415: {"unsupported_media_type"}}
QUESTION = {"request_invalid", "question_empty", "question_too_long", "filter_invalid"}
STORE_500 = {"internal_error", "store", "catalog_damaged", "catalog_newer"}
STORE_503 = {"home_unusable", "writer_busy"}
MODEL_503 = {
    "engine_damaged",
    "engine_mismatch",
    "engine_unreachable",
    "engine_refused",
    "model_missing",
    "model_altered",
    "model_unusable",
}

CONVERSATIONS_500 = {"conversations_damaged", "conversations_newer"}
CONVERSATIONS_ONLY = {500: {"internal_error", "store"} | CONVERSATIONS_500, 503: {"home_unusable"}}
FILE_422 = {
    "source_empty",
    "source_not_text",
    "source_scanned",
    "source_encrypted",
    "source_damaged",
    "source_old_format",
    "source_over_limit",
    "no_paragraphs",
    "symbol_unknown",
}
ONE_CONVERSATION = {404: {"conversation_not_held"}, 422: {"request_invalid"}} | CONVERSATIONS_ONLY

ASK = BODY | {
    404: {"conversation_not_held"},
    422: QUESTION,
    429: {"conversation_full"},
    500: STORE_500 | CONVERSATIONS_500,
    503: STORE_503 | MODEL_503 | {"conversation_busy", "server_busy", "shutting_down"},
}

CITATIONS = BODY | {
    422: {"request_invalid", "text_too_long"},
    500: STORE_500,
    503: STORE_503 | {"server_busy", "shutting_down"},
}

DECLARED: dict[str, dict[int, set[str]]] = {
    "questions_ask": ASK,
    "questions_ask_stream": ASK,
    "questions_search": BODY
    | {422: QUESTION, 500: STORE_500, 503: STORE_503 | MODEL_503 | {"server_busy", "shutting_down"}},
    "citations_check": CITATIONS,
    "citations_quote": CITATIONS,
    "citations_resolve": CITATIONS,
    "conversations_list": {422: {"request_invalid"}} | CONVERSATIONS_ONLY,
    "conversations_show": ONE_CONVERSATION,
    "conversations_delete": ONE_CONVERSATION,
    "documents_list": {422: {"request_invalid"}, 500: STORE_500, 503: STORE_503},
    "documents_read": {
        404: {"document_not_held"},
        422: {"request_invalid"},
        500: STORE_500,
        503: STORE_503,
    },
    "documents_put": {
        408: {"upload_too_slow"},
        409: {"symbol_differs"},
        412: {"precondition_failed"},
        413: {"source_too_large"},
        422: {"request_invalid"} | FILE_422,
        500: STORE_500 | {"error"},
        503: STORE_503 | MODEL_503 | {"shutting_down"},
    },
    "documents_delete": {
        404: {"document_not_held"},
        412: {"precondition_failed"},
        422: {"request_invalid"},
        500: STORE_500,
        503: STORE_503 | MODEL_503,
    },
    "documents_show": {
        404: {"document_not_held", "no_such_paragraph"},
        409: {"several_places"},
        422: {"request_invalid"},
        500: STORE_500,
        503: STORE_503,
    },
    "openai_models": {500: {"internal_error"}},
    "openai_model": {404: {"model_not_found"}, 422: {"request_invalid"}, 500: {"internal_error"}},
    "openai_complete": BODY
    | {
        404: {"model_not_found"},
        422: QUESTION - {"filter_invalid"},
        500: STORE_500,
        503: STORE_503 | MODEL_503 | {"server_busy", "shutting_down"},
    },
    "health_info": {500: STORE_500, 503: STORE_503},
    "health_metrics": {500: {"internal_error"}},
    "health_livez": {500: {"internal_error"}},
    "health_readyz": {500: {"internal_error"}, 503: {"not_ready"}},
}


MEDIA_TYPES = {
    "questions_ask_stream": {"text/event-stream"},
    "openai_complete": {"application/json", "text/event-stream"},
    "health_metrics": {"text/plain"},
}
"""What is answered that is no JSON."""


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def operations(description: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = [operation for path in description["paths"].values() for operation in path.values()]
    return {operation["operationId"]: operation for operation in found}


def guards(description: dict[str, Any]) -> dict[str, dict[int, set[str]]]:
    """What each operation can be answered before it is reached."""
    found = {}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            refused = {"host_not_allowed"} if method == "get" else {"host_not_allowed", "cross_site"}
            locked = {} if path in ("/livez", "/readyz") else {401: {"unauthorized"}}
            found[operation["operationId"]] = {**locked, 403: refused}
    return found


def test_every_operation_but_the_probes_takes_a_key_in_three_ways(description: dict[str, Any]) -> None:
    schemes = description["components"]["securitySchemes"]
    assert [set(one) for one in description["security"]] == [{"bearer"}, {"header"}, {"basic"}, set()]
    assert {"bearer", "header", "basic"} == set(schemes)
    assert schemes["header"]["name"] == "X-API-Key"
    for name, operation in operations(description).items():
        assert operation.get("security") == ([] if name in ("health_livez", "health_readyz") else None)
    declared = operations(description)["questions_ask"]["responses"]["401"]
    assert "WWW-Authenticate" in declared["headers"]


def test_every_route_is_described(description: dict[str, Any]) -> None:
    assert set(description["paths"]) == {
        "/v1/ask",
        "/v1/ask/stream",
        "/v1/search",
        "/v1/citations/check",
        "/v1/citations/quote",
        "/v1/citations/resolve",
        "/v1/conversations",
        "/v1/conversations/{conversation_id}",
        "/v1/documents",
        "/v1/documents/{document}",
        "/v1/documents/{document}/paragraphs/{place}",
        "/v1/models",
        "/v1/models/{model}",
        "/v1/chat/completions",
        "/v1/info",
        "/livez",
        "/metrics",
        "/readyz",
    }
    for name, operation in operations(description).items():
        assert name.startswith(f"{operation['tags'][0]}_")
        assert operation["summary"]
        assert operation["description"]


def test_every_route_declares_its_errors_as_problems(description: dict[str, Any]) -> None:
    declared: dict[str, dict[int, set[str]]] = {}
    for name, operation in operations(description).items():
        declared[name] = {}
        for status, response in operation["responses"].items():
            if status in ("200", "201"):
                assert set(response["content"]) == MEDIA_TYPES.get(name, {"application/json"})
                continue
            if status in ("204", "304"):
                assert "content" not in response
                continue
            (media_type,) = response["content"]
            assert media_type == "application/problem+json"
            content = response["content"][media_type]
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
            assert {example["value"]["status"] for example in content["examples"].values()} == {int(status)}
            declared[name][int(status)] = set(content["examples"])
    before = guards(description)
    assert declared == {name: {**before[name], **own} for name, own in DECLARED.items()}


def test_what_may_be_tried_again_says_when(description: dict[str, Any]) -> None:
    assert "Retry-After" in operations(description)["questions_ask"]["responses"]["503"]["headers"]
    assert "headers" not in operations(description)["questions_ask"]["responses"]["422"]


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(description)))
    assert {"Problem", "InvalidField", "Answer", "Item"} <= references
    assert references <= set(description["components"]["schemas"])


def test_no_two_models_share_a_name(description: dict[str, Any]) -> None:
    for model in NOT_RETURNED:
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        for name, part in {**schema.pop("$defs", {}), model.__name__: schema}.items():
            described = description["components"]["schemas"][name]
            assert described.get("description") == part.get("description")
            assert set(described.get("properties", ())) == set(part.get("properties", ()))


def test_the_frameworks_own_error_is_not_promised(description: dict[str, Any]) -> None:
    assert not {"HTTPValidationError", "ValidationError"} & set(description["components"]["schemas"])


def test_examples_fit_the_models() -> None:
    for example in (examples.ASK_REQUESTS | examples.FOLLOW_UP).values():
        AskRequest.model_validate(example["value"])
    for example in examples.SEARCH_REQUESTS.values():
        SearchRequest.model_validate(example["value"])
    assert Answer.model_validate(examples.ANSWER).model_dump(mode="json") == examples.ANSWER
    assert SearchResult.model_validate(examples.SEARCH_RESULT).model_dump(mode="json") == (
        examples.SEARCH_RESULT
    )
    page, whole = examples.CONVERSATION_PAGE, examples.CONVERSATION
    assert ConversationPage.model_validate(page).model_dump(mode="json") == page
    assert Conversation.model_validate(whole).model_dump(mode="json") == whole
    documents, put = document_examples.DOCUMENT_PAGE, document_examples.PUT_OUTCOME
    assert DocumentPage.model_validate(documents).model_dump(mode="json") == documents
    assert PutOutcome.model_validate(put).model_dump(mode="json") == put
    whole_document = TypeAdapter(Document)
    document = whole_document.validate_python(document_examples.DOCUMENT)
    assert whole_document.dump_python(document, mode="json") == document_examples.DOCUMENT
    assert ServerInfo.model_validate(examples.INFO).model_dump(mode="json") == examples.INFO
    assert ShownPlace.model_validate(examples.SHOWN_PLACE).model_dump(mode="json") == examples.SHOWN_PLACE


def test_examples_of_chats_fit_the_models() -> None:
    for example in chat_examples.CHAT_REQUESTS.values():
        ChatRequest.model_validate(example["value"])
    completion, models = chat_examples.COMPLETION, chat_examples.MODELS
    assert ChatCompletion.model_validate(completion).model_dump(mode="json") == completion
    assert ModelList.model_validate(models).model_dump(mode="json") == models
    chunks = [ChatCompletionChunk.model_validate(chunk) for chunk in chat_examples.CHUNKS]
    assert [chunk.model_dump(mode="json") for chunk in chunks] == chat_examples.CHUNKS
    deltas = [choice.delta.content or "" for chunk in chunks for choice in chunk.choices]
    message = completion["choices"][0]["message"]
    assert "".join(deltas) == message["content"]
    (annotation,) = message["annotations"]
    link = annotation["url_citation"]
    assert message["content"][link["start_index"] : link["end_index"]] == f"[para. 34]({link['url']})"


def test_example_questions_are_answered(client: TestClient) -> None:
    for example in examples.ASK_REQUESTS.values():
        response = client.post("/v1/ask", json=example["value"])
        assert not response.json()["refused"]
    citation = examples.ANSWER["citations"][0]
    answer = client.post("/v1/ask", json={"question": examples.QUESTION}).json()
    quoted = {(c["eid"], c["quote"], c["start"], c["end"], c["sha256"]) for c in answer["citations"]}
    assert tuple(citation[name] for name in ("eid", "quote", "start", "end", "sha256")) in quoted


def test_examples_of_citations_are_answered_as_they_are_shown(client: TestClient) -> None:
    for path, requests, shown in (
        ("resolve", citation_examples.RESOLVE_REQUESTS, citation_examples.REFERENCES),
        ("quote", citation_examples.QUOTE_REQUESTS, citation_examples.QUOTATIONS),
        ("check", citation_examples.CHECK_REQUESTS, citation_examples.CHECKED),
    ):
        answers = [client.post(f"/v1/citations/{path}", json=one["value"]) for one in requests.values()]
        assert {answer.status_code for answer in answers} == {200}
        when = {name: shown[name] for name in shown if name == "checked_at"}
        assert answers[0].json() | when == shown


def test_the_description_in_the_documentation_is_the_one_that_is_served(description: dict[str, Any]) -> None:
    written = Path("docs/openapi.json").read_text(encoding="utf-8")
    assert json.loads(written) == description, "write it anew with make openapi"
    assert written == described()
