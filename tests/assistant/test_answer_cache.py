"""An answer that is kept is the one that would be made again, and of no other question or documents."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer, AskRequest, Filters
from assistant.answer_cache import AnswerCache, AnswerKey
from assistant.draft import Clock
from assistant.gold import read_gold
from assistant.phrasing import StandAlone
from assistant.service import Assistant
from assistant.streaming import Event, Phase
from corpus.errors import EngineMismatch
from corpus.model import Metadata
from tests.homes import assistant_like

GOLD = Path(__file__).parents[1] / "gold"
QUESTION = "what did the Committee say about extradition?"


@pytest.fixture
def own(assistant: Assistant, home: Path) -> Iterator[Assistant]:
    opened = assistant_like(assistant, home)
    yield opened
    opened.close()


def ask(assistant: Assistant, question: str, *earlier: Answer, k: int = 8, **filters: str) -> Answer:
    given = Filters.model_validate({kind: (value,) for kind, value in filters.items()})
    return assistant.ask(AskRequest(question=question, filters=given, k=k, store=False), earlier=earlier)


def said(answer: Answer) -> Answer:
    return answer.model_copy(update={"timings_ms": {}})


def looked_up(assistant: Assistant) -> tuple[int, int]:
    return assistant.answer_cache.hits, assistant.answer_cache.misses


def test_the_same_question_gets_the_same_answer_with_its_own_times(own: Assistant) -> None:
    first, again = ask(own, QUESTION), ask(own, QUESTION)
    assert said(first) == said(again)
    assert looked_up(own) == (1, 1)
    assert "encode" in first.timings_ms
    assert set(again.timings_ms) == {"total"}


def test_a_kept_answer_has_the_question_as_it_is_put_now(own: Assistant) -> None:
    refused = ask(own, "what about bananas?")
    follow_up = ask(own, "and on bananas?", ask(own, QUESTION))
    assert refused.refused
    assert follow_up.question == "and on bananas?"
    assert ask(own, "what about bananas?").question == "what about bananas?"


def test_a_refusal_is_kept_too(own: Assistant) -> None:
    assert ask(own, "what about deep sea mining?").refused
    assert ask(own, "what about deep sea mining?").refused
    assert looked_up(own) == (1, 1)


def test_a_kept_answer_is_a_turn_of_its_own_in_each_conversation(own: Assistant) -> None:
    first = own.ask(AskRequest(question=QUESTION))
    second = own.ask(AskRequest(question=QUESTION))
    assert first.conversation_id != second.conversation_id
    assert ask(own, QUESTION).conversation_id is None
    assert own.answer_cache.hits == 2


@pytest.mark.parametrize("other", [{"k": 1}, {"roles": "concern"}, {"states": "Kenya"}], ids=str)
def test_what_is_asked_otherwise_is_answered_anew(own: Assistant, other: dict[str, str]) -> None:
    plain = ask(own, QUESTION)
    ask(own, QUESTION, **other)  # type: ignore[arg-type]
    assert looked_up(own) == (0, 2)
    assert said(ask(own, QUESTION)) == said(plain)


def test_what_came_before_counts_only_where_it_says_something_else(own: Assistant) -> None:
    before = ask(own, "what did the Committee say about adoption?")
    alone = ask(own, "and what did it recommend?")
    after = ask(own, "and what did it recommend?", before)
    assert after.searched_for != alone.searched_for
    assert said(ask(own, "and what did it recommend?", before)) == said(after)


def test_another_generation_is_answered_anew(own: Assistant, tmp_path: Path) -> None:
    text = "1. The Committee is concerned about the extradition of badgers.\n\n2. The Committee thanks all."
    question = "what about the extradition of badgers?"
    before = ask(own, question)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    list(own.ingest([tmp_path / "a.txt"], Metadata(symbol="CRC/C/XYZ/CO/9")))
    held = ask(own, question)
    assert "badgers" in held.text
    assert held.coverage.documents == before.coverage.documents + 1
    own.remove("CRC/C/XYZ/CO/9")
    assert said(ask(own, question)) == said(before)
    assert own.answer_cache.hits == 0


def test_an_error_is_not_kept() -> None:
    cache = AnswerCache(4)
    key = AnswerKey.of(AskRequest(question="?"), StandAlone("x"), None, 1, None)

    def fails() -> Answer:
        raise EngineMismatch("no", "do")

    for _ in range(2):
        with pytest.raises(EngineMismatch):
            cache.answer(key, "?", Clock(), fails)
    assert cache.hits == 0


def test_with_none_kept_every_answer_is_made(assistant: Assistant, home: Path) -> None:
    without = assistant_like(assistant, home, cached_answers=0)
    assert said(ask(without, QUESTION)) == said(ask(without, QUESTION))
    assert looked_up(without) == (0, 2)
    without.close()


def test_labelled_questions_are_answered_alike_with_and_without_it(
    assistant: Assistant, own: Assistant, tmp_path: Path
) -> None:
    without = assistant_like(assistant, tmp_path / "without", cached_answers=0)
    asked = [(q.alone or q.turns[-1], k) for q in read_gold(GOLD / "laos_opsc.jsonl")[::6] for k in (3, 8)]
    expected = {each: said(ask(without, each[0], k=each[1])) for each in asked}
    without.close()
    again = asked * 2
    random.Random(1).shuffle(again)
    for question, k in again:
        assert said(ask(own, question, k=k)) == expected[question, k]
    assert own.answer_cache.hits > 0


def test_a_kept_answer_is_told_as_one_that_is_made(own: Assistant) -> None:
    asked = AskRequest(question=QUESTION, store=False)
    made, kept = list[Event](), list[Event]()
    own.stream(asked, made.append)
    own.stream(asked, kept.append)
    assert own.answer_cache.hits == 1
    assert kept == [event for event in made if not isinstance(event, Phase)]
