"""What becomes of files that a collection takes in: editions, refusals, languages, publication in parts."""

import re
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Never

import pytest

from corpus import ingest as ingest_module
from corpus.catalog import Counts
from corpus.errors import (
    NoParagraphs,
    SourceDamaged,
    SourceMissing,
    SourceOverLimit,
    SymbolDiffers,
    SymbolInvalid,
    SymbolUnknown,
)
from corpus.model import Document, DocumentHeader, Metadata
from corpus.parse import SourceFile, load_source
from corpus.worker import Limits
from corpus.workers import Workers
from index import batch as batch_module
from index.collection import Collection
from tests.index.homes import (
    BUILTIN,
    check,
    documents_found,
    generation,
    held,
    ingested,
    opened,
    statuses,
    texts_of,
)
from tests.index.small_documents import KENYA, UGANDA, loads, source_of
from tests.index.tiny_encoder import TinyEncoder

# -- taking files in


def test_an_ingest_says_what_became_of_each_file(collection: Collection) -> None:
    kenya, uganda = source_of("KEN", "Training of judges."), source_of("UGA", "Adoption.", "Custody.")
    assert statuses(ingested(collection, kenya, uganda)) == [("KEN.txt", "added"), ("UGA.txt", "added")]
    (later, unchanged) = ingested(collection, uganda, source_of("KEN", "Training of police officers."))
    assert statuses([later, unchanged]) == [("UGA.txt", "unchanged"), ("KEN.txt", "updated")]
    assert (later.symbol, later.paragraphs) == (UGANDA, 2)
    assert (unchanged.symbol, unchanged.paragraphs) == (KENYA, 1)
    assert check(collection) == [KENYA, BUILTIN, UGANDA]


def test_a_new_edition_takes_the_place_of_the_earlier(collection: Collection) -> None:
    ingested(collection, source_of("KEN", "Training of judges."))
    ingested(collection, source_of("KEN", "Training of police officers."))
    assert texts_of(collection, KENYA) == ["Training of police officers."]
    with collection.view() as view:
        current, earlier = view.snapshot.find(KENYA, current_only=False)
        assert (current.current, earlier.current) == (True, False)
        assert [p.text for p in view.snapshot.paragraphs(earlier.id)] == ["Training of judges."]
        assert earlier.id not in documents_found(view)
    check(collection)


def test_a_refused_file_leaves_everything_else(collection: Collection, tmp_path: Path) -> None:
    ingested(collection, source_of("KEN", "Training of judges."))
    given = Metadata(symbol=KENYA)
    missing = tmp_path / "missing.txt"
    refused = [
        lambda: load_source(missing),
        lambda: SourceFile("unnumbered.txt", b"No numbers here.", given),
        lambda: SourceFile("nameless.txt", b"1. One.", Metadata()),
        lambda: SourceFile("misnamed.txt", b"1. One.", Metadata(symbol="Kenya")),
    ]
    outcomes = list(collection.ingest([*refused, *loads(source_of("UGA", "Adoption."))]))
    assert [type(outcome.error) for outcome in outcomes] == [
        SourceMissing,
        NoParagraphs,
        SymbolUnknown,
        SymbolInvalid,
        type(None),
    ]
    assert statuses(outcomes)[1:] == [
        ("unnumbered.txt", "refused"),
        ("nameless.txt", "refused"),
        ("misnamed.txt", "refused"),
        ("UGA.txt", "added"),
    ]
    assert texts_of(collection, KENYA) == ["Training of judges."]
    assert check(collection) == [KENYA, BUILTIN, UGANDA]


def test_a_file_that_breaks_its_reader_does_not_stop_the_others(home: Path, tiny: TinyEncoder) -> None:
    hang, crash = (SourceFile(f"{word}.txt", word.encode(), Metadata()) for word in ("spin", "leave"))
    workers = partial(Workers, Limits(seconds=4), 2, "tests.corpus.hostile:parse")
    with closing(opened(home, tiny, parser=workers)) as collection:
        outcomes = ingested(
            collection,
            source_of("KEN", "One."),
            hang,
            source_of("UGA", "Two."),
            crash,
            source_of("TZA", "Three."),
        )
        assert [outcome.status for outcome in outcomes] == ["added", "refused", "added", "refused", "added"]
        assert [type(outcome.error) for outcome in outcomes[1::2]] == [SourceOverLimit, SourceDamaged]
        assert len(check(collection)) == 4


def test_a_file_that_cannot_be_loaded_keeps_its_name(collection: Collection) -> None:
    class Load:
        name = "missing.txt"

        def __call__(self) -> Never:
            raise SourceMissing("There is no file.")

    (outcome,) = collection.ingest([Load()])
    assert (outcome.name, outcome.status) == ("missing.txt", "refused")


def test_the_later_of_two_files_of_one_document_is_current(collection: Collection) -> None:
    first, second = source_of("KEN", "Training of judges."), source_of("KEN", "Training of police officers.")
    outcomes = ingested(collection, first, source_of("UGA", "Adoption."), second)
    assert statuses(outcomes) == [("KEN.txt", "added"), ("UGA.txt", "added"), ("KEN.txt", "updated")]
    assert outcomes[-1].note == "replaces the edition from KEN.txt, given before it"
    assert texts_of(collection, KENYA) == ["Training of police officers."]
    assert held(collection) == [(KENYA, True), (KENYA, False), (BUILTIN, True), (UGANDA, True)]
    check(collection)


def test_the_same_file_twice_is_one_document(collection: Collection) -> None:
    kenya = source_of("KEN", "Training of judges.")
    outcomes = ingested(collection, kenya, replace(kenya, name="copy.txt"))
    assert statuses(outcomes) == [("KEN.txt", "added"), ("copy.txt", "unchanged")]
    assert [outcome.note for outcome in outcomes] == ["", "the same as KEN.txt"]
    assert {(outcome.symbol, outcome.paragraphs) for outcome in outcomes} == {(KENYA, 1)}
    assert held(collection) == [(KENYA, True), (BUILTIN, True)]


def test_one_text_under_two_symbols_is_two_documents(collection: Collection) -> None:
    kenya = source_of("KEN", "Training of judges.")
    uganda = replace(kenya, name="UGA.txt", given=replace(kenya.given, symbol=UGANDA))
    ingested(collection, kenya, uganda)
    outcomes = ingested(collection, uganda, kenya)
    assert [(outcome.status, outcome.symbol) for outcome in outcomes] == [
        ("unchanged", UGANDA),
        ("unchanged", KENYA),
    ]


def test_an_earlier_edition_does_not_take_the_place_of_the_current_one(collection: Collection) -> None:
    first, second = source_of("KEN", "Training of judges."), source_of("KEN", "Training of police officers.")
    ingested(collection, first)
    (outcome,) = ingested(collection, second)
    assert re.fullmatch(r"replaces the edition from KEN.txt of \d{4}-\d\d-\d\d", outcome.note)
    before = generation(collection)
    for sources in ([first], [first, second], [second, first]):
        assert {outcome.status for outcome in ingested(collection, *sources)} == {"unchanged"}
    (outcome,) = ingested(collection, first)
    assert outcome.note == "an earlier edition; the current one is from KEN.txt"
    assert texts_of(collection, KENYA) == ["Training of police officers."]
    assert generation(collection) == before


def test_an_earlier_edition_is_reinstated_where_that_is_asked(collection: Collection) -> None:
    first, second = source_of("KEN", "Training of judges."), source_of("KEN", "Training of police officers.")
    ingested(collection, first)
    ingested(collection, second)
    for source, text in ((first, "Training of judges."), (second, "Training of police officers.")):
        (outcome,) = collection.ingest(loads(source), reinstate=True)
        assert outcome.status == "updated"
        assert outcome.note.startswith("replaces the edition from KEN.txt")
        assert texts_of(collection, KENYA) == [text]
        assert held(collection) == [(KENYA, True), (KENYA, False), (BUILTIN, True)]
        before = generation(collection)
        assert [o.status for o in collection.ingest(loads(source), reinstate=True)] == ["unchanged"]
        assert generation(collection) == before
        check(collection)


def test_what_is_not_accepted_is_refused_before_it_is_published(collection: Collection) -> None:
    before, shown = generation(collection), []

    def accept(document: Document) -> None:
        shown.append(document.symbol)
        assert generation(collection) == before
        if document.symbol == KENYA:
            raise SymbolDiffers("It is of Kenya.")

    sources = loads(source_of("KEN", "Training."), source_of("UGA", "Adoption."))
    kenya, uganda = collection.ingest(sources, accept=accept)
    assert (kenya.status, uganda.status) == ("refused", "added")
    assert isinstance(kenya.error, SymbolDiffers)
    assert shown == [KENYA, UGANDA]
    assert check(collection) == [BUILTIN, UGANDA]


def test_what_may_not_be_removed_stays(collection: Collection) -> None:
    ingested(collection, source_of("KEN", "Training of judges."))
    before, shown = generation(collection), []

    def accept(header: DocumentHeader) -> None:
        shown.append(header.symbol)
        raise SymbolDiffers("Not this one.")

    with pytest.raises(SymbolDiffers):
        collection.remove(KENYA, accept=accept)
    assert (shown, generation(collection)) == ([KENYA], before)
    collection.remove(KENYA, accept=lambda header: shown.append(header.symbol))
    assert check(collection) == [BUILTIN]


def test_two_editions_in_one_folder_stay_as_they_were_first_read(collection: Collection) -> None:
    a = replace(source_of("KEN", "Training of judges."), name="a.txt")
    b = replace(source_of("KEN", "Training of police officers."), name="b.txt")
    assert statuses(ingested(collection, a, b)) == [("a.txt", "added"), ("b.txt", "updated")]
    for _ in range(2):
        assert statuses(ingested(collection, a, b)) == [("a.txt", "unchanged"), ("b.txt", "unchanged")]
    assert texts_of(collection, KENYA) == ["Training of police officers."]
    assert held(collection) == [(KENYA, True), (KENYA, False), (BUILTIN, True)]
    check(collection)


def test_an_earlier_edition_comes_back_once_the_current_one_is_removed(collection: Collection) -> None:
    first, second = source_of("KEN", "Training of judges."), source_of("KEN", "Training of police officers.")
    ingested(collection, first)
    ingested(collection, second)
    collection.remove(KENYA)
    assert statuses(ingested(collection, first)) == [("KEN.txt", "added")]
    assert texts_of(collection, KENYA) == ["Training of judges."]
    assert held(collection) == [(KENYA, True), (BUILTIN, True)]
    check(collection)


def test_a_file_that_another_parser_reads_anew_is_no_other_edition(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = source_of("KEN", "Training of judges."), source_of("KEN", "Training of police officers.")
    ingested(collection, first)
    ingested(collection, second)
    monkeypatch.setattr(ingest_module, "PARSER_VERSION", 10_000)
    outcomes = ingested(collection, first, second)
    assert [outcome.status for outcome in outcomes] == ["unchanged", "updated"]
    assert outcomes[1].note == "read anew"
    assert held(collection) == [(KENYA, True), (KENYA, False), (BUILTIN, True)]
    assert texts_of(collection, KENYA) == ["Training of police officers."]
    check(collection)


def test_of_a_file_given_twice_with_other_metadata_the_later_counts(collection: Collection) -> None:
    one, other = source_of("KEN", "One.", year=2015), source_of("KEN", "One.", year=2016)
    ingested(collection, one)
    outcomes = ingested(collection, other, one)
    assert [outcome.status for outcome in outcomes] == ["updated", "updated"]
    with collection.catalog.snapshot() as snapshot:
        assert [header.year for header in snapshot.find(KENYA, current_only=False)] == [2015]
    check(collection)


# -- languages


def french(state: str, *paragraphs: str) -> SourceFile:
    source = source_of(state, *paragraphs)
    return replace(source, name=f"{state}.fr.txt", given=replace(source.given, language="fr"))


def test_a_document_in_a_language_not_served_is_held_and_not_searched(collection: Collection) -> None:
    english = source_of("KEN", "Training of judges.")
    outcomes = ingested(collection, english, french("KEN", "Formation des juges."))
    assert [(o.status, o.language, o.searched) for o in outcomes] == [
        ("added", "en", True),
        ("added", "fr", False),
    ]
    assert "does not serve its language (fr)" in outcomes[1].note
    with collection.view() as view:
        headers = view.snapshot.find(KENYA)
        assert [(header.language, header.searched) for header in headers] == [("en", True), ("fr", False)]
        assert view.snapshot.paragraphs(headers[1].id)[0].text == "Formation des juges."
        assert headers[1].id not in documents_found(view)
        assert view.snapshot.counts() == Counts(3, 45, 2)
    check(collection)


def test_a_document_that_is_not_searched_needs_no_model(home: Path, new_home: Path) -> None:
    for folder in (home, new_home):
        with closing(opened(folder)) as collection:
            (added,) = ingested(collection, french("KEN", "Formation des juges."))
            (again,) = ingested(collection, french("KEN", "Formation des juges."))
            assert (added.status, again.status) == ("added", "unchanged")
            assert "does not serve" in again.note
            ingested(collection, french("KEN", "Formation."))
            assert len(collection.remove(KENYA, all_editions=True)) == 2


def test_where_nothing_is_searched_there_is_nothing_to_search_in(home: Path) -> None:
    with closing(opened(home)) as collection:
        collection.remove(BUILTIN)
        ingested(collection, french("KEN", "Formation des juges."))
        with collection.view() as view:
            assert view.searcher is None


def test_a_rebuild_searches_the_languages_that_are_set(home: Path, tiny: TinyEncoder) -> None:
    with closing(opened(home, tiny)) as collection:
        ingested(collection, french("KEN", "Formation des juges."))
    with closing(opened(home, tiny, languages={"en", "fr"})) as collection:
        (held_so_far,) = ingested(collection, french("KEN", "Formation des juges."))
        assert held_so_far.note == "not searched until pilcrow engine rebuild is run"
        collection.rebuild()
        with collection.view() as view:
            assert {header.searched for header in view.snapshot.headers()} == {True}
        check(collection)
    with closing(opened(home, tiny)) as collection:
        collection.rebuild()
        assert check(collection) == [KENYA, BUILTIN]
        with collection.catalog.snapshot() as snapshot:
            assert snapshot.counts().searched == 1


def test_other_metadata_makes_another_edition(collection: Collection) -> None:
    ingested(collection, source_of("KEN", "Training of judges.", year=2015))
    assert statuses(ingested(collection, source_of("KEN", "Training of judges.", year=2016))) == [
        ("KEN.txt", "updated")
    ]
    with collection.catalog.snapshot() as snapshot:
        assert [header.year for header in snapshot.find(KENYA)] == [2016]


def test_an_ingest_of_unchanged_files_needs_no_model(home: Path, tiny: TinyEncoder) -> None:
    kenya = source_of("KEN", "Training of judges.")
    with closing(opened(home, tiny)) as collection:
        ingested(collection, kenya)
        before = generation(collection)
    with closing(opened(home)) as collection:
        assert statuses(ingested(collection, kenya)) == [("KEN.txt", "unchanged")]
        assert generation(collection) == before


def test_only_changed_passages_are_encoded(collection: Collection, tiny: TinyEncoder) -> None:
    ingested(collection, source_of("KEN", "Training of judges.", "Adoption.", "Custody."))
    assert len(tiny.encoded) == 3
    ingested(collection, source_of("KEN", "Training of judges.", "Extradition.", "Custody."))
    assert [text.splitlines()[-1] for text in tiny.encoded[3:]] == ["Extradition."]
    check(collection)


def test_a_large_ingest_is_published_in_parts(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_module, "STEP_PASSAGES", (3, 3))
    states = ("KEN", "UGA", "TZA", "RWA", "BDI")
    before = generation(collection)
    outcomes = collection.ingest(loads(*(source_of(state, "One.", "Two.") for state in states)))
    assert next(outcomes).symbol == KENYA
    with closing(opened(collection.home)) as reader:
        assert check(reader) == [KENYA, BUILTIN, UGANDA]
    assert [outcome.status for outcome in outcomes] == ["added"] * 4
    assert generation(collection) == before + 3
    assert len(check(collection)) == 6


def test_an_ingest_that_is_given_up_keeps_what_is_published(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_module, "STEP_PASSAGES", (1, 1))
    outcomes = collection.ingest(loads(source_of("KEN", "One."), source_of("UGA", "Two.")))
    next(outcomes)
    outcomes.close()
    assert check(collection) == [KENYA, BUILTIN]
    ingested(collection, source_of("UGA", "Two."))
    assert check(collection) == [KENYA, BUILTIN, UGANDA]


def test_an_ingest_that_fails_changes_nothing(home: Path) -> None:
    class Broken(TinyEncoder):
        def encode_passages(self, *_arguments: object) -> Never:
            raise RuntimeError("out of memory")

    with closing(opened(home, Broken())) as collection:
        before = generation(collection)
        with pytest.raises(RuntimeError, match="out of memory"):
            ingested(collection, source_of("KEN", "One."))
        assert generation(collection) == before
    with closing(opened(home, TinyEncoder())) as collection:
        assert check(collection) == [BUILTIN]
        ingested(collection, source_of("KEN", "One."))
        assert check(collection) == [KENYA, BUILTIN]
