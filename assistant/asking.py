"""A question is understood after the turns before it, and then told, looked up or searched for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from assistant.answer import Answer, AskRequest
from assistant.answer_cache import AnswerCache, AnswerKey
from assistant.answering import Answerer, narrowed
from assistant.collection_question import read_collection_question
from assistant.contents import asked_of_one_document, asks_for_contents, contents_of
from assistant.conversation import stand_alone
from assistant.draft import Clock, Draft, coverage_of
from assistant.held import asked_of_the_collection, what_is_held
from assistant.phrasing import StandAlone
from assistant.question import Question, clean, read_question
from assistant.small_talk import small_talk
from assistant.streaming import Telling
from corpus.holdings import Holdings
from index.collection import Collection, Progress, View


class Asker:
    """Answers the questions that are put to a collection."""

    def __init__(
        self, collection: Collection, answerer: Answerer, cache: AnswerCache, max_question: int
    ) -> None:
        self._collection = collection
        self._answerer = answerer
        self._cache = cache
        self._max_question = max_question

    def answer(
        self,
        request: AskRequest,
        earlier: Sequence[Answer],
        progress: Progress | None,
        quoted: int | None,
        telling: Telling,
    ) -> Answer:
        """The answer to a request after `earlier` ones; of a complete list so many paragraphs are `quoted`.

        Raises `QuestionEmpty` and `QuestionTooLong`.
        """
        clock = Clock(telling.phase)
        text = clean(request.question, self._max_question)
        drafted = partial(self._draft, request=request, asked=text, clock=clock, telling=telling)
        self._collection.seed()
        with self._collection.catalog.snapshot() as snapshot:
            holdings = self._collection.holdings(snapshot)
            talk = small_talk(text)
            alone = StandAlone("") if talk else stand_alone(text, earlier, holdings, request.filters)
            question = read_question(alone.text or text)
            if talk:
                return drafted(question, alone, holdings).told(talk.value)
            if about := read_collection_question(asked_of_the_collection(question, holdings)):
                return what_is_held(about, text, alone, holdings, request.filters, clock)
            if asks_for_contents(asked_of_one_document(alone.core, holdings)):
                return contents_of(drafted(question, alone, holdings), snapshot)
            if question.is_look_up:
                return self._answerer.look_up(drafted(question, alone, holdings), snapshot, holdings)

        def answered(view: View) -> Answer:
            encoder = view.searcher.record.encoder if view.searcher else None
            key = AnswerKey.of(request, alone, quoted, view.snapshot.generation, encoder)
            return self._cache.answer(
                key, text, clock, lambda: self._topic(alone, view, drafted, request.k, quoted)
            )

        return self._collection.in_view(answered, progress)

    def _topic(
        self,
        alone: StandAlone,
        view: View,
        drafted: Callable[[Question, StandAlone, Holdings], Draft],
        k: int,
        quoted: int | None,
    ) -> Answer:
        """The answer to the likeliest meaning that has one, or else the refusal of the likeliest."""
        refused: Answer | None = None
        for meant in alone.meanings():
            draft = drafted(read_question(meant.text), meant, view.holdings)
            answer = self._answerer.topic(draft, view, k, most=quoted)
            if not answer.refused:
                return answer
            refused = refused or answer
            if answer.refusal_reason != "not_answered":
                break
        assert refused is not None
        return refused

    @staticmethod
    def _draft(
        question: Question,
        alone: StandAlone,
        holdings: Holdings,
        *,
        request: AskRequest,
        asked: str,
        clock: Clock,
        telling: Telling,
    ) -> Draft:
        question, scope = narrowed(question, holdings, request.filters, alone.carried)
        return Draft(question, scope, coverage_of(holdings, scope), clock, asked, alone, telling=telling)
