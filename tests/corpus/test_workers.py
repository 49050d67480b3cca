from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus import workers as workers_module
from corpus.errors import (
    NoParagraphs,
    PilcrowError,
    SourceDamaged,
    SourceEmpty,
    SourceOverLimit,
    SourceRefused,
    SymbolInvalid,
)
from corpus.model import Metadata
from corpus.parse import SourceFile, builtin_sources, parse_document, read_source
from corpus.worker import (
    DOCUMENT,
    DOCUMENTS,
    READING,
    READINGS,
    READY,
    FrameTooLong,
    Limits,
    receive,
    send,
    serve,
)
from corpus.worker_answers import document_in, reading_in
from corpus.workers import InProcess, Workers, cores

KENYA = Metadata(symbol="CRC/C/KEN/CO/1", states=("Kenya",), adopted=date(2015, 6, 5))
posix = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals and limits")


def source(text: str, given: Metadata = KENYA) -> SourceFile:
    return SourceFile(f"{text.split()[0]}.txt", f"{text}\n\n1. One.\n".encode(), given)


@pytest.fixture(scope="module")
def two() -> Iterator[Workers]:
    """Two processes that do as files say, and a few seconds for each of them, on a busy machine too."""
    with Workers(Limits(seconds=4, memory=1024, pages=20), 2, "tests.corpus.hostile:parse") as started:
        yield started


def refusal(workers: Workers, text: str) -> SourceRefused:
    with pytest.raises(SourceRefused) as refused:
        workers.submit(source(text)).result(timeout=60)
    return refused.value


# -- what a file does to the process that reads it


def test_a_document_comes_out_of_a_process_as_it_is_made_here(two: Workers) -> None:
    (builtin,) = builtin_sources()
    assert two.submit(builtin).result() == parse_document(builtin)
    kenya = source("Concluding observations")
    assert two.submit(kenya).result() == parse_document(kenya)


@pytest.mark.parametrize("text", ["sleep", "spin"])
def test_a_file_that_hangs_its_reader_is_refused_in_time(two: Workers, text: str) -> None:
    began = time.monotonic()
    error = refusal(two, text)
    assert isinstance(error, SourceOverLimit)
    assert error.message == f"{text}.txt takes more than 4 seconds to read."
    assert time.monotonic() - began < 20


@posix
@pytest.mark.parametrize("text", ["fill", "killed"])
def test_a_file_that_takes_too_much_memory_is_refused(two: Workers, text: str) -> None:
    error = refusal(two, text)
    assert isinstance(error, SourceOverLimit)
    assert "1,024 MiB of memory" in error.message


@posix
@pytest.mark.parametrize(("text", "how"), [("abort", "SIGABRT"), ("leave", "exit status 3")])
def test_a_file_that_breaks_its_reader_is_refused(two: Workers, text: str, how: str) -> None:
    error = refusal(two, text)
    assert isinstance(error, SourceDamaged)
    assert how in error.message


@pytest.mark.parametrize(
    ("text", "said"),
    [("raise", "RuntimeError"), ("recurse", "RecursionError"), ("forge", "no sense"), ("repeat", "no sense")],
)
def test_a_file_that_confuses_its_reader_is_refused(two: Workers, text: str, said: str) -> None:
    error = refusal(two, text)
    assert isinstance(error, SourceDamaged)
    assert said in error.message


def test_a_file_of_more_pages_than_are_read_is_refused() -> None:
    (builtin,) = builtin_sources()
    assert parse_document(builtin, 20) == parse_document(builtin)
    with pytest.raises(SourceOverLimit, match="more than the 5 pages"):
        parse_document(builtin, 5)


def test_a_refusal_comes_back_as_what_it_is(two: Workers) -> None:
    error = refusal(two, "nothing")
    assert isinstance(error, NoParagraphs)
    assert (error.message, error.mend) == ("There is nothing in it.", "Look elsewhere.")
    with pytest.raises(SymbolInvalid):
        two.submit(source("Concluding", Metadata(symbol="Kenya"))).result()


def test_what_a_library_prints_is_not_taken_for_an_answer(
    two: Workers, capfd: pytest.CaptureFixture[str]
) -> None:
    assert two.submit(source("print")).result().symbol == "CRC/C/KEN/CO/1"
    assert capfd.readouterr() == ("", "")


def test_the_lines_of_a_file_come_out_of_a_process_as_they_are_read_here(two: Workers) -> None:
    assert two.read(source("Fine")).result() == read_source(source("Fine"))
    with pytest.raises(SourceEmpty, match=r"a\.txt is empty"):
        two.read(SourceFile("a.txt", b"")).result()


def test_a_file_that_fails_leaves_the_others(two: Workers) -> None:
    texts = ["Fine", "raise", "Good", "spin", "leave", "nothing", "Whole"]
    futures = [two.submit(source(text)) for text in texts]
    done = [future.exception(timeout=60) for future in futures]
    assert [text for text, error in zip(texts, done, strict=True) if error is None] == [
        "Fine", "Good", "Whole"
    ]  # fmt: skip


# -- the processes themselves


def test_processes_are_started_when_needed_and_kept(tmp_path: Path) -> None:
    with Workers(count=4) as workers:
        assert not workers._idle
        for _ in range(3):
            workers.submit(source("Fine")).result()
        assert len(workers._idle) == 1


def test_a_process_that_ended_while_idle_is_replaced() -> None:
    with Workers(count=1) as workers:
        workers.submit(source("Fine")).result()
        (process,) = workers._idle
        process.kill()
        process.wait()
        assert workers.submit(source("Fine")).result().symbol == "CRC/C/KEN/CO/1"


def test_leaving_ends_the_processes_and_what_is_under_way() -> None:
    with Workers(Limits(), 1, "tests.corpus.hostile:parse") as workers:
        futures = [workers.submit(source("spin")) for _ in range(3)]
        while not workers._busy:
            time.sleep(0.01)
        (process,) = workers._busy
    assert not process.alive
    assert all(future.done() for future in futures)
    with pytest.raises(RuntimeError):
        workers.submit(source("Fine"))


def test_what_is_under_way_is_stopped_from_another_thread() -> None:
    with Workers(Limits(), 1, "tests.corpus.hostile:parse") as workers:
        futures = [workers.submit(source("spin")) for _ in range(3)]
        while not workers._busy:
            time.sleep(0.01)
        workers.stop()
        assert isinstance(futures[0].exception(timeout=60), PilcrowError)
        assert all(future.done() for future in futures)


def test_a_process_that_does_not_start_is_no_fault_of_the_file() -> None:
    with Workers(Limits(), 1, "tests.corpus.hostile:nothing_of_this_name") as workers:
        future = workers.submit(source("Fine"))
        with pytest.raises(PilcrowError, match="does not start") as error:
            future.result()
    assert not isinstance(error.value, SourceRefused)


def test_a_folder_named_like_a_package_is_not_taken_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "__init__.py").write_text("raise SystemExit('wrong package')")
    monkeypatch.chdir(tmp_path)
    with Workers(count=1) as workers:
        assert workers.submit(source("Fine")).result().symbol == "CRC/C/KEN/CO/1"


@posix
def test_a_process_outlives_neither_its_starter_nor_the_time_of_its_file(tmp_path: Path) -> None:
    code = (
        "from corpus.workers import Workers\n"
        "from tests.corpus.test_workers import source\n"
        "import time\n"
        "workers = Workers(None, 1, 'tests.corpus.hostile:parse')\n"
        "workers.submit(source('Fine')).result()\n"
        "print(workers._idle[0]._process.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    starter = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert starter.stdout
    pid = int(starter.stdout.readline())
    starter.kill()
    starter.wait()
    starter.stdout.close()
    deadline = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists() and "State:\tZ" not in Path(f"/proc/{pid}/status").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_process_loads_nothing_of_search_or_of_the_model() -> None:
    code = "import corpus.worker, sys; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"torch", "faiss", "tantivy", "sqlalchemy", "sentence_transformers"} & set(loaded.split())


def test_as_many_files_are_read_at_once_as_there_are_cores() -> None:
    assert cores() >= 1
    with Workers() as workers:
        assert workers.ahead == 2 * cores()


# -- what is said between them


def test_frames_are_read_as_they_were_written() -> None:
    stream = io.BytesIO()
    send(stream, b"one")
    send(stream, b"t", b"w", b"o")
    stream.seek(0)
    assert [receive(stream), receive(stream), receive(stream)] == [b"one", b"two", None]


def test_a_frame_that_is_cut_off_or_too_long_is_none() -> None:
    stream = io.BytesIO()
    send(stream, b"something")
    whole = stream.getvalue()
    assert receive(io.BytesIO(whole[:-1])) is None
    assert receive(io.BytesIO(whole[:3])) is None
    with pytest.raises(FrameTooLong):
        receive(io.BytesIO(whole), 8)


def test_a_process_answers_until_the_files_end() -> None:
    jobs, answers = io.BytesIO(), io.BytesIO()
    for text in ("Fine", "nothing", "raise"):
        one = source(text)
        send(jobs, json.dumps({"name": one.name, "given": {"symbol": "CRC/C/KEN/CO/1"}}).encode())
        send(jobs, one.data)
    jobs.seek(0)
    from tests.corpus.hostile import parse

    serve(jobs, answers, parse, Limits())
    answers.seek(0)
    kinds = [(receive(answers) or b"")[:1] for _ in range(3)]
    assert kinds == [b"D", b"R", b"F"]
    assert receive(answers) is None


def test_out_of_memory_a_process_gives_way_to_another() -> None:
    def full(_source: SourceFile, _pages: int) -> None:
        raise MemoryError

    jobs, answers = io.BytesIO(), io.BytesIO()
    for _ in range(2):
        send(jobs, json.dumps({"name": "a.txt", "given": {}}).encode())
        send(jobs, b"1. One.")
    jobs.seek(0)
    serve(jobs, answers, full, Limits())  # type: ignore[arg-type]
    answers.seek(0)
    assert [receive(answers), receive(answers)] == [b"M", None]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        READY,
        DOCUMENT,
        DOCUMENT + b"{}",
        DOCUMENT + b"[" * 100_000,
        b"R{}",
        b'R{"code": "store", "message": "", "mend": ""}',
        b'R{"code": [], "message": "", "mend": ""}',
        b"F",
        b"\x80\x04.",
    ],
)
def test_an_answer_that_makes_no_sense_refuses_the_file(answer: bytes) -> None:
    with pytest.raises(SourceDamaged):
        document_in(answer, source("Fine"), Limits())
    with pytest.raises(SourceDamaged):
        reading_in(answer, source("Fine"), Limits())


def test_a_document_of_another_file_is_not_taken() -> None:
    document = parse_document(source("Fine"))
    with pytest.raises(SourceDamaged, match="makes no sense"):
        document_in(DOCUMENT + DOCUMENTS.dump_json(document), source("Other"), Limits())


def test_lines_that_are_not_all_of_a_text_are_not_taken() -> None:
    reading = read_source(source("Fine"))
    answer = READING + READINGS.dump_json(replace(reading, lines=reading.lines[1:]))
    with pytest.raises(SourceDamaged, match="makes no sense"):
        reading_in(answer, source("Fine"), Limits())


def test_an_answer_that_is_far_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "MAX_ANSWER_BYTES", 100)
    with Workers(count=1) as workers, pytest.raises(SourceOverLimit, match="makes a document of more"):
        workers.submit(source("Fine")).result()


def test_in_this_process_a_file_is_parsed_at_once() -> None:
    with InProcess() as here:
        assert here.submit(source("Fine")).result() == parse_document(source("Fine"))
        with pytest.raises(NoParagraphs):
            here.submit(SourceFile("a.txt", b"No numbers.", KENYA)).result()
