"""What the store of conversations keeps, finds and forgets."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import AskRequest, ConversationPage
from assistant.service import Assistant
from assistant.store import LONGEST_TITLE, RECENT, ConversationStore, title_of
from corpus.errors import ConversationNotHeld, HomeUnusable, UsageError
from tests.answers import answer_to

NOWHERE = "0123456789abcdef"


def begin(store: ConversationStore, *questions: str, text: str = "Nothing.", owner: str | None = None) -> str:
    """A conversation of these questions, all with the same answer."""
    first, *others = questions
    conversation_id = store.begin(answer_to(first, text), owner=owner).conversation_id
    assert conversation_id is not None
    for question in others:
        store.append(conversation_id, answer_to(question, text), owner=owner)
    return conversation_id


def titles(page: ConversationPage) -> list[str]:
    return [summary.title for summary in page.conversations]


# -- turns


def test_turns_come_back_in_their_order(store: ConversationStore, path: Path) -> None:
    conversation_id = begin(store, "extradition?", "and adoption?", "thanks")
    other = begin(store, "something else")
    again = ConversationStore(path)
    held = again.conversation(conversation_id)
    again.close()
    assert [(turn.number, turn.answer.question) for turn in held.turns] == [
        (1, "extradition?"),
        (2, "and adoption?"),
        (3, "thanks"),
    ]
    assert (held.id, held.title, held.turn_count) == (conversation_id, "extradition?", 3)
    assert held.created <= held.turns[0].answered <= held.turns[2].answered == held.updated
    assert other != conversation_id


def test_an_answer_is_kept_with_all_it_says(store: ConversationStore, assistant: Assistant) -> None:
    answer = assistant.ask(AskRequest(question="what about extradition to Laos?", store=False))
    assert answer.citations
    kept = store.begin(answer)
    assert kept == answer.model_copy(update={"conversation_id": kept.conversation_id})
    assert store.recent(str(kept.conversation_id)) == (kept,)
    assert all(len(citation.sha256) == 64 for citation in kept.citations)


def test_only_the_last_turns_are_loaded_to_go_on(store: ConversationStore) -> None:
    conversation_id = begin(store, *(f"question {number}" for number in range(1, RECENT + 6)))
    recent = [answer.question for answer in store.recent(conversation_id)]
    assert recent == [f"question {number}" for number in range(6, RECENT + 6)]
    assert [answer.question for answer in store.recent(conversation_id, 2)] == recent[-2:]


def test_ids_are_short_and_not_to_be_guessed(store: ConversationStore) -> None:
    ids = {begin(store, "again?") for _ in range(20)}
    assert len(ids) == 20
    assert all(len(one) == 16 and int(one, 16) >= 0 for one in ids)


@pytest.mark.parametrize(
    "unknown", [NOWHERE, "", "nowhere", "../catalog", "0123456789ABCDEF", "0123456789abcdef\n", "é" * 1000]
)
def test_an_unknown_conversation_is_an_error_everywhere(store: ConversationStore, unknown: str) -> None:
    begin(store, "another one")

    def hold() -> None:
        with store.turn(unknown):
            pass

    for use in (
        lambda: store.recent(unknown),
        lambda: store.conversation(unknown),
        lambda: store.append(unknown, answer_to("q", "a")),
        lambda: store.rename(unknown, "Title"),
        lambda: store.delete(unknown),
        hold,
    ):
        with pytest.raises(ConversationNotHeld) as caught:
            use()
        assert len(caught.value.message) < 120
    assert store.count() == 1
    assert not list(store.path.parent.glob("**/*.lock"))


# -- titles


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("extradition?", "extradition?"),
        ("  what  about\n adoption? ", "what about adoption?"),
        ("word " * 100, "word " * 15 + "…"),
        ("é" * 200, "é" * (LONGEST_TITLE - 1) + "…"),
    ],
)
def test_a_title_is_the_question_cut_at_a_word(question: str, title: str) -> None:
    assert title_of(question) == title


@given(st.text(min_size=1))
def test_no_title_is_too_long(question: str) -> None:
    assert len(title_of(question)) <= LONGEST_TITLE


def test_a_conversation_can_be_renamed(store: ConversationStore) -> None:
    conversation_id, other = begin(store, "extradition?"), begin(store, "adoption?")
    renamed = store.rename(conversation_id, " Notes on\x1b Côte d'Ivoire ")
    assert renamed.title == "Notes on Côte d'Ivoire"
    assert titles(store.page(10)) == ["adoption?", "Notes on Côte d'Ivoire"]
    assert titles(store.search("cote notes", 10)) == ["Notes on Côte d'Ivoire"]
    assert titles(store.search("extradition", 10)) == ["Notes on Côte d'Ivoire"]
    store.rename(conversation_id, "Something else")
    assert titles(store.search("ivoire", 10)) == []
    for nothing in ("", " \n", "?!", "\ud800"):
        with pytest.raises(UsageError):
            store.rename(other, nothing)


# -- lists


def test_the_latest_conversation_comes_first_whatever_the_clock_says(path: Path) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)

    def backwards() -> datetime:
        nonlocal now
        now -= timedelta(hours=1)
        return now

    store = ConversationStore(path, clock=backwards)
    assert store.latest() is None
    first = begin(store, "first")
    second = begin(store, "second")
    assert (titles(store.page(10)), store.latest()) == (["second", "first"], second)
    store.append(first, answer_to("and?", "That."))
    assert (titles(store.page(10)), store.latest()) == (["first", "second"], first)
    (summary, _) = store.page(10).conversations
    assert (summary.turn_count, summary.updated) == (2, now)
    assert summary.updated < summary.created
    store.close()


def test_the_conversations_are_listed_page_by_page(store: ConversationStore) -> None:
    for number in range(7):
        begin(store, f"question {number}")
    first = store.page(3)
    begin(store, "one that is new")
    second = store.page(3, first.next)
    third = store.page(3, second.next)
    listed = [title for page in (first, second, third) for title in titles(page)]
    assert listed == [f"question {number}" for number in range(6, -1, -1)]
    assert third.next is None


def test_what_is_found_is_listed_page_by_page(store: ConversationStore) -> None:
    for number in range(5):
        begin(store, f"adoption {number}")
    begin(store, "extradition")
    first = store.search("adoption", 2)
    second = store.search("adoption", 2, first.next)
    third = store.search("adoption", 2, second.next)
    assert {title for page in (first, second, third) for title in titles(page)} == {
        f"adoption {number}" for number in range(5)
    }
    assert third.next is None


# -- searching


def test_a_word_of_a_question_counts_more_than_one_of_an_answer(store: ConversationStore) -> None:
    begin(store, "what is said of children?", text="The Committee recommends adoption, adoption, adoption.")
    begin(store, "is there anything on adoption?")
    begin(store, "what is said of schools?")
    assert titles(store.search("Adoption", 10)) == [
        "is there anything on adoption?",
        "what is said of children?",
    ]


def test_every_word_must_be_in_some_turn_of_a_conversation(store: ConversationStore) -> None:
    begin(store, "extradition?", "and to Kenya?")
    begin(store, "Kenya?")
    begin(store, "extradition and trafficking?")
    assert titles(store.search("kenya extradition", 10)) == ["extradition?"]
    assert titles(store.search("extradition traffick", 10)) == ["extradition and trafficking?"]
    assert titles(store.search("raffick", 10)) == []


def test_a_search_says_which_turns_say_most_of_its_words(store: ConversationStore) -> None:
    known = begin(store, "extradition?", "and on adoption?", "and extradition again?", "para 1")
    assert store.search("extradition", 10).conversations[0].matches == (1, 3)
    assert store.search("extra adopt", 10).conversations[0].matches == (1, 2, 3)
    assert store.search("extradition again", 10).conversations[0].matches == (3,)
    store.append(known, answer_to("and then?", "Nothing on adoption and extradition."))
    assert store.search("ADOPTION extradition", 10).conversations[0].matches == (5,)
    store.rename(known, "Notes on treaties")
    assert store.search("treaties notes", 10).conversations[0].matches == ()
    assert store.search("notes adoption", 10).conversations[0].matches == (2, 5)
    assert store.page(10).conversations[0].matches == ()


def test_each_conversation_that_is_found_has_its_own_turns(store: ConversationStore) -> None:
    for owner in (None, "desk"):
        begin(store, "adoption?", owner=owner)
        begin(store, "schools?", "adoption?", "children?", owner=owner)
        found = store.search("adoption", 10, owner=owner).conversations
        assert {one.title: one.matches for one in found} == {"adoption?": (1,), "schools?": (2,)}


@pytest.mark.parametrize(
    "text", ["", "  ", '"', "*", "(", "NEAR(a b)", 'a" OR "b', "title:", "-", "^a", "\x00", "_", "a AND", "'"]
)
def test_signs_in_a_search_mean_nothing(store: ConversationStore, text: str) -> None:
    begin(store, "extradition")
    assert titles(store.search(text, 10)) == []
    assert titles(store.search(f"extradition {'_*:-' if text else ''}", 10)) == ["extradition"]


def test_any_text_can_be_searched_and_finds_itself(store: ConversationStore) -> None:
    @settings(deadline=None, max_examples=60)
    @given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    def search(text: str) -> None:
        store.search(text, 5)

    search()
    begin(store, "l'école à Õsaka 東京 и Київ №5 مدرسة")
    for word in ("école", "ECOLE", "osaka", "東京", "київ", "5", "مدرسة"):
        assert len(store.search(word, 5).conversations) == 1, word
    assert store.search("word " * 10_000 + "ab " * 500, 5).conversations == ()


# -- deleting


def test_what_is_deleted_is_found_no_more(store: ConversationStore) -> None:
    kept, deleted = begin(store, "adoption?"), begin(store, "adoption!", "and?")
    with store.turn(deleted):
        assert store.delete(deleted).title == "adoption!"
        with pytest.raises(ConversationNotHeld):
            store.append(deleted, answer_to("more?", "No."))
    assert titles(store.search("adoption", 10)) == titles(store.page(10)) == ["adoption?"]
    with pytest.raises(ConversationNotHeld):
        store.conversation(deleted)
    assert (store.count(), store.latest()) == (1, kept)
    assert not list(store.path.parent.glob("**/*.lock"))


# -- owners


OWNERS = (None, "desk", "library")


def test_an_owner_finds_what_is_its_own_and_nothing_else(store: ConversationStore) -> None:
    own = {owner: begin(store, f"adoption {owner}", "and?", owner=owner) for owner in OWNERS}
    for owner in OWNERS:
        assert titles(store.page(10, owner=owner)) == [f"adoption {owner}"]
        assert titles(store.search("adoption", 10, owner=owner)) == [f"adoption {owner}"]
        assert store.latest(owner=owner) == own[owner]
        assert store.conversation(own[owner], owner=owner).turn_count == 2
        assert len(store.recent(own[owner], owner=owner)) == 2
    assert store.latest(owner="DESK") is store.latest(owner="") is None
    assert titles(store.search("desk", 10, owner="library")) == []
    assert store.count() == 3


@pytest.mark.parametrize(
    ("owner", "other"), [(one, other) for one in OWNERS for other in (*OWNERS, "") if one != other]
)
def test_what_belongs_to_somebody_else_is_as_if_it_were_not_there(
    store: ConversationStore, owner: str | None, other: str | None
) -> None:
    held = begin(store, "extradition?", owner=owner)

    def hold(conversation_id: str) -> None:
        with store.turn(conversation_id, owner=other):
            pass

    uses: list[Callable[[str], object]] = [
        lambda known: store.recent(known, owner=other),
        lambda known: store.conversation(known, owner=other),
        lambda known: store.append(known, answer_to("q", "a"), owner=other),
        lambda known: store.rename(known, "Title", owner=other),
        lambda known: store.delete(known, owner=other),
        hold,
    ]
    for use in uses:
        said = []
        for known in (held, NOWHERE):
            with pytest.raises(ConversationNotHeld) as caught:
                use(known)
            said.append(str(caught.value).replace(known, "…"))
        assert said[0] == said[1]
    assert store.conversation(held, owner=owner).title == "extradition?"
    assert store.conversation(held, owner=owner).turn_count == 1


def test_an_owners_pages_leave_out_what_came_in_between(store: ConversationStore) -> None:
    for number in range(5):
        begin(store, f"adoption {number}", owner="desk")
        begin(store, "adoption of library", owner="library")
    pages: list[Callable[[int | None], ConversationPage]] = [
        lambda cursor: store.page(2, cursor, owner="desk"),
        lambda cursor: store.search("adoption", 2, cursor, owner="desk"),
    ]
    for page_from in pages:
        found: list[str] = []
        cursor: int | None = None
        for _ in range(3):
            page = page_from(cursor)
            found += titles(page)
            cursor = page.next
        assert cursor is None
        assert sorted(found) == [f"adoption {number}" for number in range(5)]


# -- folders


def test_reading_makes_no_file(store: ConversationStore, path: Path) -> None:
    assert store.page(10).conversations == store.search("a", 10).conversations == ()
    assert (store.latest(), store.count()) == (None, 0)
    with pytest.raises(ConversationNotHeld):
        store.recent(NOWHERE)
    assert list(path.parent.iterdir()) == []
    begin(store, "extradition?")
    assert store.count() == 1


@pytest.mark.parametrize("held", [True, False])
def test_conversations_are_read_where_nothing_can_be_written(
    store: ConversationStore, path: Path, held: bool
) -> None:
    conversation_id = begin(store, "extradition?") if held else NOWHERE
    store.close()
    before = {entry.name: entry.read_bytes() for entry in path.parent.iterdir()}
    reader = ConversationStore(path, read_only=True)
    assert titles(reader.page(10)) == (["extradition?"] if held else [])
    if held:
        with reader.turn(conversation_id):
            assert len(reader.recent(conversation_id)) == 1
        for write in (
            lambda: reader.begin(answer_to("q", "a")),
            lambda: reader.append(conversation_id, answer_to("q", "a")),
            lambda: reader.rename(conversation_id, "Title"),
            lambda: reader.delete(conversation_id),
        ):
            with pytest.raises(HomeUnusable):
                write()
    reader.close()
    assert {entry.name: entry.read_bytes() for entry in path.parent.iterdir()} == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX")
def test_a_turn_waits_for_nobody_where_no_lock_can_be_made(store: ConversationStore, path: Path) -> None:
    conversation_id = begin(store, "extradition?")
    path.with_name("conversation-locks").write_text("in the way", encoding="utf-8")
    with store.turn(conversation_id):
        assert store.append(conversation_id, answer_to("and?", "That.")).conversation_id == conversation_id


def test_an_answer_of_another_version_is_read(store: ConversationStore, path: Path) -> None:
    conversation_id = begin(store, "extradition?")
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE turns SET answer = json_set(json_remove(answer, '$.also_searched'), '$.new', 1)"
        )
    connection.close()
    (answer,) = ConversationStore(path, read_only=True).recent(conversation_id)
    assert answer == answer_to("extradition?", "Nothing.", conversation_id=conversation_id)
