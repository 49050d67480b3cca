"""The assistant: the one door through which command line, API and terminal chat come."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from assistant.answer import (
    Answer,
    AskRequest,
    Conversation,
    ConversationPage,
    ConversationSummary,
    Coverage,
    Filters,
    SearchRequest,
    SearchResult,
)
from assistant.answer_cache import CACHED_ANSWERS, AnswerCache
from assistant.answering import Answerer, narrowed
from assistant.asking import Asker
from assistant.citations.references import References
from assistant.citing import Citing
from assistant.complete_list import SHOWN
from assistant.conditions import bound
from assistant.document_list import DocumentPage, page_of
from assistant.draft import coverage_of
from assistant.encoding import EncoderLoader
from assistant.engines import engine_of
from assistant.extractive import Composer, compose
from assistant.facets import Facets, facets_of
from assistant.file_loading import FileLoad
from assistant.info import Info, info_of
from assistant.places import Place, places_named, places_typed
from assistant.putting import Check, PutOutcome, Putting, Upload
from assistant.question import clean, read_question
from assistant.readers import Readers
from assistant.readiness import reasons_unready, warm_up
from assistant.restriction import binding_filters
from assistant.retrieval import find
from assistant.scope import scope_of
from assistant.settings import Settings
from assistant.store import STORE_NAME, ConversationStore
from assistant.streaming import Emit, Telling
from assistant.table import Table, is_part_of_list, table_of_answer, table_of_search
from assistant.transcript import Transcript, transcript_of
from assistant.transcript_markdown import answer_markdown
from assistant.turn_taking import take_turn
from corpus.catalog import find_document
from corpus.errors import DocumentNotHeld
from corpus.ingest import Outcome as Outcome  # named here, as those below, for front ends
from corpus.ingest import named_paths
from corpus.layout import Reader
from corpus.model import Document as Document
from corpus.model import DocumentHeader as DocumentHeader
from corpus.model import Metadata as Metadata
from corpus.parse import SourceFile as SourceFile
from corpus.pinpoint import Style
from corpus.readers import read
from index.collection import Collection, Progress, View
from index.engine import EngineRecord


class Assistant(Citing):
    """Answers questions about a collection, and keeps it and what was asked."""

    def __init__(
        self,
        collection: Collection,
        *,
        max_question: int = 2000,
        composer: Composer = compose,
        cached_answers: int = CACHED_ANSWERS,
        on_close: Callable[[], None] = lambda: None,
        stop_reading: Callable[[], None] = lambda: None,
        read_lines: Reader = read,
    ) -> None:
        super().__init__(collection, read_lines)
        self.answer_cache = AnswerCache(cached_answers)
        self._store = ConversationStore(collection.home / STORE_NAME, read_only=collection.read_only)
        self._max_question = max_question
        self._on_close = on_close
        self._stop_reading = stop_reading
        self._answerer = Answerer(composer, lambda: collection.encoder)
        self._asker = Asker(collection, self._answerer, self.answer_cache, max_question)

    @classmethod
    def open(cls, settings: Settings, *, encode_apart: bool = False) -> Assistant:
        """An assistant over the data folder of the settings; the model is loaded when first used.

        `encode_apart` loads it in a process of its own, so that many can ask at once.
        """
        home = settings.home.expanduser()
        encoder, readers = EncoderLoader(settings, apart=encode_apart), Readers(settings)
        collection = Collection(
            home,
            engine_of(settings, home),
            encoder,
            read_only=_is_read_only(home),
            languages=frozenset(settings.languages),
            parser=readers,
        )
        return cls(
            collection,
            max_question=settings.max_question,
            cached_answers=settings.cached_answers,
            on_close=encoder.close,
            stop_reading=readers.stop,
            read_lines=readers.read,
        )

    def close(self) -> None:
        """Close catalog and conversations, and end what was started for them."""
        self._store.close()
        self.collection.close()
        self._on_close()

    def stop_reading(self) -> None:
        """Leave the files that are being read, without waiting; nothing of them is kept."""
        self._stop_reading()

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be kept or taken in."""
        return self.collection.read_only

    def warm_up(self, progress: Progress | None = None) -> None:
        """Load the model and open the index, so that the first question need not wait."""
        warm_up(self.collection, progress)

    def unready(self) -> list[str]:
        """Why a question would wait or fail, a sentence each; none where it would do neither.

        It looks without loading, building or changing anything.
        """
        return list(reasons_unready(self.collection))

    def info(self) -> Info:
        """What is answered from."""
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            return info_of(snapshot)

    # -- questions

    def ask(
        self,
        request: AskRequest,
        progress: Progress | None = None,
        *,
        earlier: Sequence[Answer] = (),
        quoted: int | None = SHOWN,
        owner: str | None = None,
    ) -> Answer:
        """Answer a question with verified citations, or refuse with a reason.

        It is a turn of the conversation with the given id, or opens one, unless it is not to be stored:
        what it leaves unsaid is taken from the turns before it. `earlier` are answers, oldest first, that
        came before those turns. Of a complete list so many paragraphs are `quoted`, None quotes all. Only
        the conversations of its `owner` are there for it: the name of an API key, or None without one.
        Raises `QuestionEmpty` and `QuestionTooLong`, and for conversations what `take_turn` does.
        """
        return take_turn(
            self._store,
            request,
            lambda turns: self._asker.answer(request, [*earlier, *turns], progress, quoted, Telling()),
            owner=owner,
        )

    def stream(
        self,
        request: AskRequest,
        emit: Emit,
        progress: Progress | None = None,
        *,
        earlier: Sequence[Answer] = (),
        owner: str | None = None,
    ) -> Answer:
        """Answer as `ask` does, and tell meanwhile: what was found, the text piece by piece, the citations.

        What `emit` raises stops the work, and then nothing is kept.
        """

        def told(turns: Sequence[Answer]) -> Answer:
            telling = Telling(emit)
            answer = self._asker.answer(request, [*earlier, *turns], progress, SHOWN, telling)
            telling.answered(answer)
            return answer

        return take_turn(self._store, request, told, owner=owner)

    def search(self, request: SearchRequest, progress: Progress | None = None) -> SearchResult:
        """The best paragraphs for a query, with scores and without an answer."""
        question = read_question(clean(request.query, self._max_question))

        def found(view: View) -> SearchResult:
            narrow, scope = narrowed(question, view.holdings, request.filters)
            if view.searcher is None or not scope.headers:
                return SearchResult(query=narrow.typed, filters=scope.applied, passages=())
            query = self._answerer.finder.query(view.searcher, narrow)
            hits = find(view.snapshot, view.searcher, query, scope, request.k, narrow.role)
            return SearchResult(
                query=narrow.typed,
                also_searched=query.variants,
                filters=bound(scope, query.condition).applied,
                passages=tuple(hit.as_passage() for hit in hits),
            )

        return self.collection.in_view(found, progress)

    def table(self, told: Answer | SearchResult, progress: Progress | None = None) -> Table:
        """An answer or the paragraphs found as rows; of a complete list all rows, not only those shown."""
        if isinstance(told, Answer) and is_part_of_list(told):
            again = AskRequest(question=told.searched_for, filters=binding_filters(told), store=False)
            told = self.ask(again, progress, quoted=None)
        with self.collection.catalog.snapshot() as snapshot:
            if isinstance(told, Answer):
                return table_of_answer(told, snapshot)
            return table_of_search(told, snapshot)

    # -- conversations, each of which is there for its owner only

    def conversations(
        self, limit: int = 20, cursor: int | None = None, *, owner: str | None = None
    ) -> ConversationPage:
        """The conversations that are held, the latest first; `cursor` is what the page before says."""
        return self._store.page(limit, cursor, owner=owner)

    def search_conversations(
        self, text: str, limit: int = 20, cursor: int | None = None, *, owner: str | None = None
    ) -> ConversationPage:
        """The conversations in which every word of a text was said, the best first."""
        return self._store.search(text, limit, cursor, owner=owner)

    def conversation(self, conversation_id: str, *, owner: str | None = None) -> Conversation:
        """A whole conversation; raises `ConversationNotHeld`."""
        return self._store.conversation(conversation_id, owner=owner)

    def latest_conversation(self, *, owner: str | None = None) -> str | None:
        """The id of the conversation that was continued last."""
        return self._store.latest(owner=owner)

    def rename_conversation(
        self, conversation_id: str, title: str, *, owner: str | None = None
    ) -> ConversationSummary:
        """Give a conversation another title; raises `ConversationNotHeld`, `UsageError` for an empty one."""
        return self._store.rename(conversation_id, title, owner=owner)

    def delete_conversation(self, conversation_id: str, *, owner: str | None = None) -> ConversationSummary:
        """Forget a conversation; raises `ConversationNotHeld`."""
        return self._store.delete(conversation_id, owner=owner)

    def transcript(self, conversation: Conversation, style: Style = "un") -> Transcript:
        """A conversation to be filed, whether it is kept or not, with full references to all it cites."""
        with self.collection.catalog.snapshot() as snapshot:
            return transcript_of(conversation, style, snapshot)

    def answer_markdown(self, answer: Answer, style: Style = "un") -> str:
        """An answer by itself, to be pasted: its text, and its sources in full."""
        with self.collection.catalog.snapshot() as snapshot:
            return answer_markdown(answer, style, References(snapshot), snapshot)

    # -- documents

    def documents(self, *, all_editions: bool = False) -> list[DocumentHeader]:
        """What is held."""
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            return snapshot.headers(current_only=not all_editions)

    def document_page(
        self, filters: Filters, words: str | None = None, limit: int = 20, cursor: str | None = None
    ) -> DocumentPage:
        """The current documents that meet filters and have words in title or symbol, a page of them.

        `cursor` is what the page before says; raises `ValueError` for one that no page says.
        """
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            return page_of(self.collection.holdings(snapshot), filters, words, limit, cursor)

    def facets(self) -> Facets:
        """The States, committees, instruments and years that a restriction can name, with their documents."""
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            return facets_of(self.collection.holdings(snapshot))

    def coverage(self, filters: Filters) -> Coverage:
        """How much of what is held a question under these filters is put to."""
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            holdings = self.collection.holdings(snapshot)
            return coverage_of(holdings, scope_of(holdings, filters))

    def document(self, name: str) -> Document:
        """A whole document by symbol or slug; raises `DocumentNotHeld`."""
        return self.document_with_header(name)[1]

    def document_with_header(self, name: str) -> tuple[DocumentHeader, Document]:
        """A whole document with its header, both of one edition; raises `DocumentNotHeld`."""
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            header = find_document(snapshot, name)[0]
            return header, snapshot.document(header.id)

    def header(self, name: str) -> DocumentHeader:
        """A document without its text by symbol or slug; raises `DocumentNotHeld`."""
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            return find_document(snapshot, name)[0]

    def header_or_none(self, name: str) -> DocumentHeader | None:
        """A document without its text, or None where none is held under this symbol or slug."""
        try:
            return self.header(name)
        except DocumentNotHeld:
            return None

    def show(self, name: str, place: str) -> list[Place]:
        """The places of a document that a pinpoint or machine id names; raises what `places_named` does."""
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            return places_named(snapshot, name, place)

    def find_places(self, typed: str, within: str | None = None) -> tuple[DocumentHeader, list[Place]]:
        """The document and places that a person types, `within` a document where no symbol is typed.

        Raises what `show` does.
        """
        self.collection.seed()
        with self.collection.catalog.snapshot() as snapshot:
            return places_typed(snapshot, typed, within)

    def ingest(
        self, paths: Sequence[Path], given: Metadata, progress: Progress | None = None
    ) -> Generator[Outcome, None, None]:
        """Read and index files and folders, yielding what became of each, in order.

        Raises `WriterBusy`, and `HomeUnusable` where the disk is full; close the iterator to stop.
        """
        loads = [FileLoad(name, path, given) for name, path in named_paths(paths)]
        return self.collection.ingest(loads, progress)

    def put(
        self,
        name: str,
        upload: Upload,
        *,
        override: bool = False,
        check: Check | None = None,
        progress: Progress | None = None,
    ) -> PutOutcome:
        """Take in the file of the document with this symbol, or with the slug of a held one.

        A file that names no symbol takes that one, and so does any with `override`. Raises `SymbolDiffers`
        for the file of another document, `SymbolUnknown`, what else a `SourceRefused` can be, `WriterBusy`,
        and what `check` does; then nothing is changed.
        """
        return Putting(self.collection, name, override=override, check=check).put(upload, progress)

    def remove(
        self, name: str, *, all_editions: bool = False, check: Check | None = None
    ) -> list[DocumentHeader]:
        """Remove a document; raises `DocumentNotHeld`, `WriterBusy` and what `check` does."""
        return self.collection.remove(name, all_editions=all_editions, accept=check)

    def rebuild(self, progress: Progress | None = None) -> EngineRecord:
        """Build the index anew with the model that is set."""
        return self.collection.rebuild(progress)


def _is_read_only(home: Path) -> bool:
    return home.is_dir() and not os.access(home, os.W_OK)
