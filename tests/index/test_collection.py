import shutil
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.catalog import find_document
from corpus.errors import (
    DocumentNotHeld,
    HomeUnusable,
)
from index.collection import Collection
from tests.index.homes import (
    BUILTIN,
    BUILTIN_PASSAGES,
    check,
    generation,
    held,
    ingested,
    opened,
    passages_found,
    statuses,
    texts_of,
)
from tests.index.small_documents import KENYA, source_of, symbol_of
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
