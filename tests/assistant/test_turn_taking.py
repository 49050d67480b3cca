"""What a question of a conversation sees of the earlier ones, and whether it is kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from assistant import conversation
from assistant.answer import Answer, AskRequest
from assistant.service import Assistant
from assistant.settings import load_settings
from assistant.store import RECENT, ConversationStore
from assistant.turn_taking import take_turn
from corpus.errors import ConversationNotHeld, ConversationsDamaged, HomeUnusable, QuestionEmpty
from tests.answers import answer_to

NOWHERE = "0123456789abcdef"


def take(
    store: ConversationStore,
    question: str,
    conversation_id: str | None = None,
    *,
    keep: bool = True,
    owner: str | None = None,
) -> Answer:
    """A turn whose answer says what was asked before."""

    def answer(earlier: Sequence[Answer]) -> Answer:
        return answer_to(question, ", ".join(one.question for one in earlier) or "nothing")

    request = AskRequest(question=question, conversation_id=conversation_id, store=keep)
    return take_turn(store, request, answer, owner=owner)


def test_a_question_without_an_id_opens_a_conversation(store: ConversationStore) -> None:
    first = take(store, "a")
    second = take(store, "b", first.conversation_id)
    third = take(store, "c", first.conversation_id)
    other = take(store, "d")
    assert (first.text, second.text, third.text, other.text) == ("nothing", "a", "a, b", "nothing")
    assert first.conversation_id == second.conversation_id == third.conversation_id
    assert other.conversation_id not in (None, first.conversation_id)
    assert store.count() == 2


def test_what_is_not_stored_sees_the_turns_before_it_and_is_none(store: ConversationStore) -> None:
    first = take(store, "a")
    unkept = take(store, "b", first.conversation_id, keep=False)
    assert (unkept.text, unkept.conversation_id) == ("a", None)
    assert take(store, "c", first.conversation_id).text == "a"


def test_what_is_not_stored_makes_no_store(store: ConversationStore, path: Path) -> None:
    assert take(store, "a", keep=False).conversation_id is None
    assert not path.exists()


@pytest.mark.parametrize("keep", [True, False])
def test_an_unknown_conversation_is_never_a_new_one(store: ConversationStore, keep: bool) -> None:
    take(store, "a")
    for unknown in (NOWHERE, "nowhere"):
        with pytest.raises(ConversationNotHeld):
            take(store, "b", unknown, keep=keep)
    assert store.count() == 1


@pytest.mark.parametrize("keep", [True, False])
def test_what_somebody_else_asked_is_neither_read_nor_continued(store: ConversationStore, keep: bool) -> None:
    owners = (None, "desk", "library")
    opened = {owner: take(store, f"of {owner}", owner=owner).conversation_id for owner in owners}
    for owner in owners:
        assert take(store, "b", opened[owner], keep=keep, owner=owner).text == f"of {owner}"
        for other in set(owners) - {owner}:
            with pytest.raises(ConversationNotHeld):
                take(store, "b", opened[owner], keep=keep, owner=other)


def test_a_question_that_fails_is_no_turn(store: ConversationStore) -> None:
    first = take(store, "a")

    def fail(_: Sequence[Answer]) -> Answer:
        raise QuestionEmpty("Nothing is asked.")

    for known in (None, first.conversation_id):
        with pytest.raises(QuestionEmpty):
            take_turn(store, AskRequest(question="", conversation_id=known), fail)
    assert store.count() == 1
    assert take(store, "b", first.conversation_id).text == "a"


def test_a_conversation_that_is_deleted_meanwhile_is_not_made_again(store: ConversationStore) -> None:
    first = take(store, "a")

    def answer(_: Sequence[Answer]) -> Answer:
        store.delete(str(first.conversation_id))
        return answer_to("b", "nothing")

    with pytest.raises(ConversationNotHeld):
        take_turn(store, AskRequest(question="b", conversation_id=first.conversation_id), answer)
    assert store.count() == 0


def test_where_nothing_can_be_written_a_question_is_answered_and_not_kept(
    store: ConversationStore, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    held = take(store, "a").conversation_id
    store.close()
    reader = ConversationStore(path, read_only=True)
    with caplog.at_level(logging.WARNING):
        assert (take(reader, "b", held).text, take(reader, "b", held).conversation_id) == ("a", None)
        assert take(reader, "c").conversation_id is None
    assert caplog.messages == []  # that a folder is read-only is known
    reader.close()


def test_where_the_disk_is_full_a_question_is_answered_and_the_loss_is_said(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    held = take(store, "a").conversation_id

    def full(*_: object, **__: object) -> None:
        raise HomeUnusable("The disk is full.", "Make room there.")

    monkeypatch.setattr(store, "append", full)
    monkeypatch.setattr(store, "begin", full)
    with caplog.at_level(logging.WARNING):
        assert (take(store, "b", held).text, take(store, "c").conversation_id) == ("a", None)
    assert caplog.messages == ["The answer is not kept: The disk is full. Make room there."] * 2


def test_damage_stops_only_what_would_be_kept_or_read(store: ConversationStore, path: Path) -> None:
    path.write_bytes(b"Not a database. " * 100)
    assert take(store, "a", keep=False).text == "nothing"
    for known, keep in ((None, True), (NOWHERE, True), (NOWHERE, False)):
        with pytest.raises(ConversationsDamaged, match="Move it away"):
            take(store, "a", known, keep=keep)


def test_as_many_turns_are_loaded_as_a_follow_up_can_lean_on() -> None:
    assert RECENT == conversation._REMEMBERED


# -- through the assistant


def test_the_assistant_keeps_conversations_beside_its_catalog(home: Path) -> None:
    own = Assistant.open(load_settings(home=home))
    first = own.ask(AskRequest(question="para 33"))
    assert own.latest_conversation() == first.conversation_id
    second = own.ask(AskRequest(question="para 34", conversation_id=first.conversation_id))
    assert second.conversation_id == first.conversation_id is not None
    held = own.conversation(first.conversation_id)
    assert [turn.answer for turn in held.turns] == [first, second]
    assert (home / "conversations.sqlite").exists()
    own.rename_conversation(held.id, "Extradition")
    own.close()

    again = Assistant.open(load_settings(home=home))
    (listed,) = again.conversations().conversations
    assert (listed.id, listed.title, listed.turn_count) == (held.id, "Extradition", 2)
    (found,) = again.search_conversations("extradition").conversations
    assert found == listed.model_copy(update={"matches": (1, 2)})
    assert again.delete_conversation(held.id).id == listed.id
    assert again.conversations().conversations == ()
    with pytest.raises(ConversationNotHeld):
        again.ask(AskRequest(question="para 34", conversation_id=held.id))
    again.close()


def test_a_conversation_of_500_turns_goes_on(home: Path) -> None:
    own = Assistant.open(load_settings(home=home))
    first = own.ask(AskRequest(question="para 33"))
    with closing(ConversationStore(home / "conversations.sqlite")) as store:
        for _ in range(499):
            store.append(str(first.conversation_id), first)
    last = own.ask(AskRequest(question="and the next one?", conversation_id=first.conversation_id))
    assert [citation.pinpoint for citation in last.citations] == ["34"]
    assert own.conversation(str(first.conversation_id)).turn_count == 501
    own.close()


def test_asking_waits_for_no_ingest(home: Path) -> None:
    own = Assistant.open(load_settings(home=home))
    first = own.ask(AskRequest(question="para 33"))
    with own.collection._writing(), own.collection.catalog._database.writing():
        second = own.ask(AskRequest(question="para 34", conversation_id=first.conversation_id))
    assert second.conversation_id == first.conversation_id
    own.close()
