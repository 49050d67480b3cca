"""Files taken in over HTTP: what becomes of each, and that a refused one changes nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from starlette.testclient import TestClient

from assistant.putting import PutOutcome, Upload
from assistant.service import Assistant
from corpus.worker import Limits
from corpus.workers import Workers
from index.collection import Collection
from index.embedded import EmbeddedEngine
from tests.api.conftest import LAOS, serving
from tests.api.files import KENYA, UGANDA, own_assistant, own_client, path_of, put, symbols_held, text_of
from tests.api.posting import posted
from tests.api.problem_documents import problem
from tests.corpus.docx_files import docx, p, r, rewritten
from tests.corpus.pdfs import framed, pdf, running
from tests.index.homes import copied, opened
from tests.index.tiny_encoder import TinyEncoder

SLUG = "crpd-c-ken-co-1"
PDF = pdf(framed(running("Concluding observations on Kenya", "", "1. Ferries carry no lifeboats."), KENYA, 1))
DOCX = docx(p(r(KENYA)) + p(r("Concluding observations on Kenya")) + p(r("1. Ferries carry no lifeboats.")))
HTML = f"<html><body><p>{KENYA}</p><h1>Observations</h1><p>1. Ferries carry no lifeboats.</p></body></html>"


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the built-in document and its index; tests take copies."""
    home = tmp_path_factory.mktemp("built") / "home"
    with own_assistant(home):
        return home


@pytest.fixture
def home(tmp_path: Path, built_home: Path) -> Path:
    """A data folder of the test's own that holds the built-in document."""
    return copied(built_home, tmp_path)


@pytest.fixture
def client(home: Path) -> Iterator[TestClient]:
    """A client of a server over the built-in document, which nobody else changes."""
    with own_client(home) as opened:
        yield opened


def state_of(client: TestClient) -> list[Any]:
    """All that a put may change."""
    documents: list[Any] = client.get("/v1/documents").json()["documents"]
    return [(document, client.get(path_of(document["slug"])).headers["etag"]) for document in documents]


# -- what becomes of a file


def test_a_new_file_is_added_a_changed_one_updates_and_the_same_changes_nothing(client: TestClient) -> None:
    added = put(client, KENYA, text_of(KENYA), name="kenya.txt")
    assert added.status_code == 201, added.text
    assert added.headers["location"] == f"/v1/documents/{SLUG}"
    told = added.json()
    assert (told["status"], told["document"]["symbol"], told["document"]["paragraphs"]) == ("added", KENYA, 1)
    assert told["document"]["source"]["name"] == "kenya.txt"
    assert client.get(added.headers["location"]).json()["paragraphs"][0]["text"].startswith("Ferries")

    before = state_of(client)
    again = put(client, KENYA, text_of(KENYA), name="kenya.txt")
    assert (again.status_code, again.json()["status"]) == (200, "unchanged")
    assert again.json()["document"] == told["document"]
    assert "location" not in again.headers
    assert state_of(client) == before

    changed = put(client, KENYA, text_of(KENYA, "Ferries carry lifeboats.", "They sail."))
    assert (changed.status_code, changed.json()["status"]) == (200, "updated")
    assert "replaces the edition from kenya.txt" in changed.json()["note"]
    assert changed.json()["document"]["paragraphs"] == 2


def test_an_unchanged_file_publishes_nothing(home: Path) -> None:
    with own_client(home) as client:
        put(client, KENYA, text_of(KENYA))
        catalog = (home / "catalog.db").read_bytes(), (home / "catalog.db-wal").stat().st_size
        for _ in range(3):
            assert put(client, KENYA, text_of(KENYA)).json()["status"] == "unchanged"
        assert ((home / "catalog.db").read_bytes(), (home / "catalog.db-wal").stat().st_size) == catalog


@pytest.mark.parametrize(
    "content", [PDF, DOCX, HTML.encode(), text_of(KENYA)], ids=["pdf", "docx", "html", "text"]
)
@pytest.mark.parametrize("media_type", ["application/octet-stream", "application/json", "image/png", None])
def test_what_a_file_is_is_told_by_its_content(
    client: TestClient, content: bytes, media_type: str | None
) -> None:
    response = put(client, KENYA, content, {"Content-Type": media_type} if media_type else None)
    assert response.status_code == 201, response.text
    (paragraph,) = client.get(path_of(SLUG)).json()["paragraphs"]
    assert paragraph["text"] == "Ferries carry no lifeboats."


def test_what_is_given_beats_what_the_file_says(client: TestClient) -> None:
    given: dict[str, Any] = {"state": ["Atlantis", "Utopia"], "date": "2015-06-05"}
    document = put(client, KENYA, text_of(KENYA), **given).json()["document"]
    assert (document["states"], document["adopted"]) == (["Atlantis", "Utopia"], "2015-06-05")
    assert put(client, KENYA, text_of(KENYA), **given).json()["status"] == "unchanged"
    anew = put(client, KENYA, text_of(KENYA)).json()
    assert (anew["status"], anew["note"]) == ("updated", "read anew")
    assert anew["document"]["states"] == ["Kenya"]


def test_the_next_question_finds_a_document_that_was_put(assistant: Assistant, tmp_path: Path) -> None:
    home = tmp_path / "asked"
    own = Assistant(Collection(home, EmbeddedEngine(home / "index"), lambda _: assistant.collection.encoder))
    own.warm_up()
    question = "What did the Committee recommend to Kenya about ferries?"
    filters = {"symbols": [KENYA]}
    with serving(own) as client:
        assert posted(client, "/v1/ask", question=question, filters=filters)["refusal_reason"] == "not_held"
        recommended = "The Committee recommends that the State party equip all ferries with lifeboats."
        content = text_of(KENYA, recommended, "The Committee welcomes the new harbour.")
        assert put(client, KENYA, content).status_code == 201
        answer = posted(client, "/v1/ask", question=question)
        assert [(c["symbol"], c["pinpoint"]) for c in answer["citations"]] == [(KENYA, "1")]
        assert client.delete(path_of(KENYA)).status_code == 204
        assert posted(client, "/v1/ask", question=question, filters=filters)["refusal_reason"] == "not_held"


def test_the_file_of_an_earlier_edition_makes_it_the_current_one_again(client: TestClient) -> None:
    first, second = text_of(KENYA, "Ferries carry no lifeboats."), text_of(KENYA, "Ferries carry lifeboats.")
    put(client, KENYA, first, name="first")
    before = client.get(path_of(KENYA))
    put(client, KENYA, second, name="second")
    again = put(client, KENYA, first, name="first")
    assert (again.status_code, again.json()["status"]) == (200, "updated")
    assert "replaces the edition from second" in again.json()["note"]
    after = client.get(path_of(KENYA))
    assert (after.json(), after.headers["etag"]) == (before.json(), before.headers["etag"])
    found = client.post("/v1/search", json={"query": "ferries", "filters": {"symbols": [KENYA]}}).json()
    assert [passage["text"] for passage in found["passages"]] == ["Ferries carry no lifeboats."]
    assert put(client, KENYA, first, name="first").json()["status"] == "unchanged"
    assert put(client, KENYA, second, name="second").json()["status"] == "updated"


def test_warnings_are_told_each_time(client: TestClient) -> None:
    content = text_of(KENYA, "One.", "Two.").replace(b"2. Two", b"4. Two")
    first, again = put(client, KENYA, content).json(), put(client, KENYA, content).json()
    assert first["warnings"]
    assert again["warnings"] == first["warnings"] == client.get(path_of(SLUG)).json()["warnings"]


# -- whose file it is


def test_a_file_of_another_document_is_refused_before_anything_is_published(client: TestClient) -> None:
    before = state_of(client)
    found = problem(put(client, UGANDA, text_of(KENYA)), 409, "symbol_differs")
    assert KENYA in found["detail"]
    assert UGANDA in found["detail"]
    assert "override" in found["mend"]
    assert state_of(client) == before


def test_a_file_that_is_held_under_its_own_symbol_is_refused_under_another(client: TestClient) -> None:
    put(client, KENYA, text_of(KENYA))
    for other in (UGANDA, "crpd-c-uga-co-1", LAOS):
        problem(put(client, other, text_of(KENYA)), 409, "symbol_differs")
    assert symbols_held(client) == [LAOS, KENYA]


def test_override_gives_the_symbol_of_the_path(client: TestClient) -> None:
    response = put(client, UGANDA, text_of(KENYA), override=True)
    assert (response.status_code, response.json()["document"]["symbol"]) == (201, UGANDA)
    assert "given_symbol_mismatch" in [warning["code"] for warning in response.json()["warnings"]]
    assert put(client, UGANDA, text_of(KENYA), override=True).json()["status"] == "unchanged"
    # its own symbol is another still
    problem(put(client, UGANDA, text_of(KENYA)), 409, "symbol_differs")


def test_a_file_that_names_no_symbol_takes_that_of_the_path(client: TestClient) -> None:
    content = text_of(KENYA, printed=False)
    response = put(client, KENYA.lower(), content)
    assert (response.status_code, response.json()["document"]["symbol"]) == (201, KENYA)
    assert put(client, KENYA, content).json()["status"] == "unchanged"
    # the slug of what is held names it too
    changed = put(client, SLUG, text_of(KENYA, "Ferries carry lifeboats.", printed=False))
    assert (changed.json()["status"], changed.json()["document"]["symbol"]) == ("updated", KENYA)


@pytest.mark.parametrize("override", [False, True])
@pytest.mark.parametrize("path", ["crpd-c-uga-co-1", "nothing", "é"])
def test_a_path_that_is_no_symbol_gives_none(client: TestClient, path: str, override: bool) -> None:
    response = put(client, path, text_of(UGANDA, printed=False), override=override)
    assert path in problem(response, 422, "symbol_unknown")["detail"]
    assert symbols_held(client) == [LAOS]


def test_a_file_may_be_put_under_its_slug_before_it_is_held(client: TestClient) -> None:
    assert put(client, SLUG, text_of(KENYA)).status_code == 201
    problem(put(client, "crpd-c-uga-co-1", text_of(KENYA, "Else.")), 409, "symbol_differs")


def test_a_joint_document_may_be_put_under_each_of_its_symbols(client: TestClient) -> None:
    one, other = "CEDAW/C/GC/31/Rev.1", "CRC/C/GC/18/Rev.1"
    content = text_of(f"{one} - {other}", "Harmful practices are prohibited.")
    for position, path in enumerate((other, one, "crc-c-gc-18-rev-1")):
        response = put(client, path, content)
        assert response.status_code == (200 if position else 201), response.text
        assert response.json()["document"]["symbol"] == one
    problem(put(client, "CRC/C/GC/19", content), 409, "symbol_differs")


def test_a_symbol_in_the_name_counts_where_the_text_prints_none(client: TestClient) -> None:
    content = text_of(KENYA, printed=False)
    found = put(client, UGANDA, content, name="Kenya_2015_CRPD_C_KEN_CO_1.txt")
    problem(found, 409, "symbol_differs")
    assert put(client, KENYA, content, name="Kenya_2015_CRPD_C_KEN_CO_1.txt").status_code == 201


def test_the_path_of_a_place_takes_no_file(client: TestClient) -> None:
    path = f"{path_of(KENYA)}/paragraphs/1"
    for response in (
        client.put(path, content=text_of(KENYA), params={"override": True}),
        client.delete(path),
    ):
        assert problem(response, 405, "method_not_allowed")["mend"] == "It takes GET, HEAD."
        assert response.headers["allow"] == "GET, HEAD"
    problem(client.put("/v1/documents/", content=text_of(KENYA)), 404, "no_such_route")
    assert symbols_held(client) == [LAOS]


# -- files that are refused


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "source_empty"),
        (b" \n\x00\n", 422, "source_empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), 422, "source_not_text"),
        (b"\x7fELF" + bytes(range(256)) * 40, 422, "source_not_text"),
        (b"%PDF-1.7\n" + b"%\xe2\xe3\xcf\xd3\n", 422, "source_damaged"),
        (PDF[: len(PDF) // 3], 422, "source_damaged"),
        (pdf([]), 422, "source_scanned"),
        (DOCX[:-40], 422, "source_damaged"),
        (b"PK\x05\x06" + bytes(18), 422, "source_not_text"),
        (rewritten(DOCX, {"word/media/a.bmp": bytes(17 * 2**20)}), 413, "source_too_large"),
        (b"{\\rtf1 text}", 422, "source_old_format"),
        (f"{KENYA}\n\nNothing is numbered.\n".encode(), 422, "no_paragraphs"),
    ],
    ids=[
        "nothing", "blank", "picture", "program", "no pages", "cut off", "scan", "cut zip", "empty zip",
        "bomb", "rtf", "letter",
    ],
)  # fmt: skip
def test_a_file_that_is_no_document_is_refused_and_changes_nothing(
    client: TestClient, content: bytes, status: int, code: str
) -> None:
    put(client, KENYA, text_of(KENYA))
    before = state_of(client)
    problem(put(client, KENYA, content), status, code)
    assert state_of(client) == before


def test_a_file_that_breaks_its_reader_harms_nothing_else(home: Path) -> None:
    def hostile() -> Workers:
        return Workers(Limits(seconds=3, memory=1024, pages=20), 1, "tests.corpus.hostile:parse")

    with own_client(home, hostile) as client:
        for word, code in (
            ("spin", "source_over_limit"),
            ("killed", "source_over_limit"),
            ("abort", "source_damaged"),
            ("raise", "source_damaged"),
            ("forge", "source_damaged"),
        ):
            problem(put(client, KENYA, f"{word}\n\n1. One.\n".encode()), 422, code)
            assert symbols_held(client) == [LAOS]
        assert put(client, KENYA, text_of(KENYA)).status_code == 201


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"state": ["Kenya", "\x1b[31m"]}, "state.1"),
        ({"state": ["Kenya"] * 51}, "state"),
        ({"date": "yesterday"}, "date"),
        ({"date": "0"}, "date"),
        ({"date": "2015-02-30"}, "date"),
        ({"override": "perhaps"}, "override"),
    ],
)
def test_parameters_that_do_not_fit_are_named(
    client: TestClient, parameters: dict[str, Any], field: str
) -> None:
    found = problem(put(client, KENYA, text_of(KENYA), **parameters), 422, "request_invalid")
    assert [one["field"] for one in found["fields"]] == [field]
    assert symbols_held(client) == [LAOS]


# -- how much, and how many at once


def test_a_file_at_the_limit_is_taken_and_one_beyond_is_not(home: Path) -> None:
    with own_client(home, max_upload=1) as client:
        text = text_of(KENYA)
        full = text + b" " * (2**20 - len(text))
        assert put(client, KENYA, full).status_code == 201
        before = state_of(client)
        found = problem(put(client, KENYA, full + b" "), 413, "source_too_large")
        assert "1 MiB" in found["detail"]
        assert "PILCROW_MAX_UPLOAD" in found["mend"]
        # without a length, it is counted as it comes
        pieces = (full[start : start + 10_000] for start in range(0, len(full), 10_000))
        assert put(client, KENYA, pieces).json()["status"] == "unchanged"
        sent = []

        def endless() -> Iterator[bytes]:
            for number in range(10_000):
                sent.append(number)
                yield b" " * 10_000

        problem(put(client, KENYA, endless()), 413, "source_too_large")
        assert state_of(client) == before


def test_a_larger_body_is_taken_for_files_only(client: TestClient) -> None:
    text = text_of(KENYA)
    large = text + b" " * 300_000
    assert put(client, KENYA, large).status_code == 201
    problem(client.post(path_of(KENYA), content=large), 413, "body_too_large")
    problem(client.put("/v1/ask", content=large), 413, "body_too_large")


def test_nothing_of_a_file_stays_behind(client: TestClient, home: Path) -> None:
    before = {path for path in home.rglob("*") if "index" not in path.parts}
    put(client, KENYA, text_of(KENYA))
    problem(put(client, KENYA, b""), 422, "source_empty")
    new = {path.name for path in home.rglob("*") if "index" not in path.parts} - {p.name for p in before}
    assert new <= {"vectors.db", "vectors.db-wal", "vectors.db-shm", "writer.lock"}


def test_while_another_changes_the_collection_a_file_is_told_to_wait(client: TestClient, home: Path) -> None:
    assert symbols_held(client) == [LAOS]
    with FileLock(home / "writer.lock"):
        response = put(client, KENYA, text_of(KENYA))
        problem(response, 503, "writer_busy")
        assert response.headers["retry-after"] == "10"
        problem(client.delete(path_of(LAOS)), 503, "writer_busy")
    assert put(client, KENYA, text_of(KENYA)).status_code == 201


# -- conditions


def test_a_file_is_taken_only_on_the_condition_it_names(client: TestClient) -> None:
    first, second = text_of(KENYA), text_of(KENYA, "Ferries carry lifeboats.")
    problem(put(client, KENYA, first, {"If-Match": "*"}), 412, "precondition_failed")
    problem(put(client, KENYA, first, {"If-Match": '"0"'}), 412, "precondition_failed")
    problem(put(client, KENYA, b"", {"If-Match": '"0"'}), 422, "source_empty")
    assert put(client, KENYA, first, {"If-None-Match": "*"}).status_code == 201
    problem(put(client, KENYA, second, {"If-None-Match": "*"}), 412, "precondition_failed")
    tag = client.get(path_of(KENYA)).headers["etag"]
    problem(put(client, KENYA, second, {"If-Match": f"W/{tag}"}), 412, "precondition_failed")
    problem(put(client, KENYA, second, {"If-None-Match": tag}), 412, "precondition_failed")
    assert put(client, KENYA, second, {"If-Match": f'"0", {tag}'}).json()["status"] == "updated"
    problem(put(client, KENYA, first, {"If-Match": tag}), 412, "precondition_failed")
    assert put(client, KENYA, first, {"If-Match": "*"}).status_code == 200


def test_a_condition_holds_for_what_is_held_when_it_is_changed(home: Path) -> None:
    meanwhile = text_of(KENYA, "Ferries carry lifeboats.")

    class Overtaken(Assistant):
        """Has taken another client's file in after the first look at what is held."""

        def put(self, name: str, upload: Upload, **options: Any) -> PutOutcome:
            super().put(name, Upload(io.BytesIO(meanwhile), "meanwhile"))
            return super().put(name, upload, **options)

    own = Overtaken(opened(home, TinyEncoder()))
    own.warm_up()
    with serving(own) as quicker:
        problem(put(quicker, KENYA, text_of(KENYA), {"If-None-Match": "*"}), 412, "precondition_failed")
        (paragraph,) = quicker.get(path_of(KENYA)).json()["paragraphs"]
        assert paragraph["text"] == "Ferries carry lifeboats."
