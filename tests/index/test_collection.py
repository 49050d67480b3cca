import re
import shutil
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Never

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import ingest as ingest_module
from corpus.catalog import Counts, find_document
from corpus.errors import (
    DocumentNotHeld,
    HomeUnusable,
    NoParagraphs,
    SourceDamaged,
    SourceMissing,
    SourceOverLimit,
    SymbolInvalid,
    SymbolUnknown,
)
from corpus.model import Metadata
from corpus.parse import SourceFile, load_source
from corpus.worker import Limits
from corpus.workers import Workers
from index import batch as batch_module
from index.collection import Collection
from tests.index.homes import (
    BUILTIN,
    BUILTIN_PASSAGES,
    check,
    documents_found,
    generation,
    held,
    ingested,
    opened,
    passages_found,
    statuses,
    texts_of,
)
from tests.index.small_documents import KENYA, UGANDA, loads, source_of, symbol_of
from tests.index.tiny_encoder import TinyEncoder
from tests.processes import Processes
from tests.threads import together

# -- a new home


def test_a_new_home_is_offered_the_built_in_document(new_home: Path) -> None:
    with closing(opened(new_home)) as collection:
        collection.seed()
        assert held(collection) == [(BUILTIN, True)]
        assert not collection.encoder_is_loaded


def test_the_first_search_builds_the_index(new_home: Path, tiny: TinyEncoder) -> None:
    seen: list[tuple[str, int, int]] = []
    with closing(opened(new_home, tiny)) as collection:
        with collection.view(lambda *done: seen.append(done)) as view:
            assert len(passages_found(view)) == len(tiny.encoded) == BUILTIN_PASSAGES
        assert seen[-1] == ("encoding", BUILTIN_PASSAGES, BUILTIN_PASSAGES)
        check(collection)
    assert len(tiny.encoded) == BUILTIN_PASSAGES


def test_a_removed_built_in_document_stays_removed(new_home: Path) -> None:
    with closing(opened(new_home)) as collection:
        assert [header.symbol for header in collection.remove(BUILTIN)] == [BUILTIN]
        assert held(collection) == []
    with closing(opened(new_home)) as collection:
        assert check(collection) == []
        with collection.view() as view:
            assert view.searcher is None


def test_threads_that_open_a_new_home_at_once_seed_it_once(new_home: Path, tiny: TinyEncoder) -> None:
    def search() -> None:
        with closing(opened(new_home, tiny)) as collection:
            assert check(collection) == [BUILTIN]

    together(search, search, search)
    with closing(opened(new_home)) as collection:
        assert held(collection) == [(BUILTIN, True)]
    assert len(tiny.encoded) == BUILTIN_PASSAGES


def test_processes_that_open_a_new_home_at_once_seed_it_once(
    new_home: Path, tmp_path: Path, processes: Processes
) -> None:
    go = tmp_path / "go"
    started = [processes.start("tests.index.homes:seed_when_told", str(new_home), str(go)) for _ in range(4)]
    assert all(process.wait_for("ready") for process in started)
    go.touch()
    assert [process.wait() for process in started] == [0] * 4
    with closing(opened(new_home)) as collection:
        assert held(collection) == [(BUILTIN, True)]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for home in (tmp_path / "file", tmp_path / "file" / "home", Path("/proc/pilcrow/home")):
        with pytest.raises(HomeUnusable, match=r"cannot be created: .* PILCROW_HOME"):
            opened(home)


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
    workers = partial(Workers, Limits(seconds=0.75), 2, "tests.corpus.hostile:parse")
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


# -- taking documents out


@pytest.mark.parametrize(
    "name", [BUILTIN, BUILTIN.lower(), "crc-c-opsc-lao-co-1", f" {BUILTIN} ", "CRC-C-OPSC-LAO-CO-1"]
)
def test_a_document_is_removed_by_any_of_its_names(home: Path, name: str) -> None:
    with closing(opened(home)) as collection:
        assert [header.symbol for header in collection.remove(name)] == [BUILTIN]
        assert check(collection) == []


@pytest.mark.parametrize("name", ["CRC/C/KEN/CO/9", "no such document", ""])
def test_what_is_not_held_cannot_be_removed(collection: Collection, name: str) -> None:
    before = generation(collection)
    with pytest.raises(DocumentNotHeld):
        collection.remove(name)
    assert (check(collection), generation(collection)) == ([BUILTIN], before)


def test_removing_the_current_edition_keeps_the_earlier(collection: Collection) -> None:
    ingested(collection, source_of("KEN", "Training of judges."))
    ingested(collection, source_of("KEN", "Training of police officers."))
    assert [header.current for header in collection.remove(KENYA)] == [True]
    assert held(collection) == [(KENYA, False), (BUILTIN, True)]
    assert check(collection) == [BUILTIN]
    with pytest.raises(DocumentNotHeld):
        collection.remove(KENYA)
    assert [header.current for header in collection.remove(KENYA, all_editions=True)] == [False]
    assert held(collection) == [(BUILTIN, True)]


def test_all_editions_are_removed_together(collection: Collection) -> None:
    for text in ("Training of judges.", "Adoption.", "Custody."):
        ingested(collection, source_of("KEN", text))
    assert [header.current for header in collection.remove(KENYA, all_editions=True)] == [True, False, False]
    assert held(collection) == [(BUILTIN, True)]
    assert check(collection) == [BUILTIN]


def test_a_removed_document_comes_back_under_another_id(collection: Collection, tiny: TinyEncoder) -> None:
    kenya = source_of("KEN", "Training of judges.")
    ingested(collection, kenya)
    (before,) = collection.remove(KENYA)
    assert statuses(ingested(collection, kenya)) == [("KEN.txt", "added")]
    with collection.catalog.snapshot() as snapshot:
        (after,) = snapshot.find(KENYA)
    assert after.id > before.id
    assert len(tiny.encoded) == 1
    check(collection)


def test_documents_are_found_by_symbol_and_slug(collection: Collection) -> None:
    ingested(collection, source_of("KEN", "Training of judges."))
    with collection.catalog.snapshot() as snapshot:
        for name in (KENYA, "crc/c/ken/co/1", "crc-c-ken-co-1", "CRC%2FC%2FKEN%2FCO%2F1", f"\t{KENYA}\n"):
            assert [header.symbol for header in find_document(snapshot, name)] == [KENYA]
        with pytest.raises(DocumentNotHeld, match="No document CRC/C/KEN/CO/2 is held"):
            find_document(snapshot, "CRC/C/KEN/CO/2")


# -- all together

_STATES = ("KEN", "UGA", "TZA")
_editions = st.tuples(st.sampled_from(_STATES), st.integers(1, 3))
_actions = st.one_of(
    st.tuples(st.just("ingest"), st.lists(_editions, max_size=3)),
    st.tuples(st.just("remove"), st.sampled_from(_STATES)),
    st.tuples(st.just("remove all"), st.sampled_from(_STATES)),
    st.tuples(st.sampled_from(["rebuild", "reopen", "lose the index"]), st.none()),
)  # fmt: skip


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(_actions, min_size=2, max_size=6))
def test_any_sequence_of_changes_keeps_catalog_and_index_together(
    tmp_path: Path, built_home: Path, actions: list[tuple[str, object]]
) -> None:
    home, tiny = tmp_path / "home", TinyEncoder()
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(built_home, home)
    collection = opened(home, tiny)
    expected: dict[str, int] = {}
    earlier: set[tuple[str, int]] = set()
    for action, argument in actions:
        match action, argument:
            case "ingest", list(editions):
                ingested(collection, *(source_of(s, *["A paragraph."] * size) for s, size in editions))
                for state, size in editions:
                    if state not in expected or (state, size) not in earlier:
                        earlier.update((s, n) for s, n in expected.items() if s == state)
                        expected[state] = size
            case (("remove" | "remove all"), str(state)):
                try:
                    collection.remove(symbol_of(state), all_editions=action == "remove all")
                except DocumentNotHeld:
                    assert state not in expected
                expected.pop(state, None)
                if action == "remove all":
                    earlier = {edition for edition in earlier if edition[0] != state}
            case "rebuild", _:
                collection.rebuild()
            case "reopen", _:
                collection.close()
                collection = opened(home, tiny)
            case "lose the index", _:
                shutil.rmtree(home / "index", ignore_errors=True)
        assert check(collection) == sorted([BUILTIN, *map(symbol_of, expected)])
        for state, size in expected.items():
            assert len(texts_of(collection, symbol_of(state))) == size
    collection.close()
