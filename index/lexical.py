"""The lexical half of the embedded engine: BM25 over stemmed words, by tantivy."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from corpus.errors import EngineDamaged
from index.engine import RAREST_WORDS, PassageFilter, Query
from index.folders import link_all
from index.passages import Passage
from index.words import analyzer, composed, exact_analyzer, terms

FOLDER = "lexical"
_ANALYZER = "english"
_EXACT_ANALYZER = "exact"
VARIANT_WEIGHT = 0.5
"""What a word counts that stands for one of the query's and is not in it."""

_WRITER_BYTES = 64_000_000
_LEVELS = 32  # of a nested query at most, since tantivy descends it by recursion
_MANY = 50_000  # passages from which on reading those of a frequent word takes longer than to avoid it
_COUNTED = 10_000  # terms whose passages are counted once for all questions


def weighted_words(query: Query) -> dict[str, float]:
    """The words of a query with their weights: those that only its variants have count for less."""
    words = dict.fromkeys(terms(query.text), 1.0)
    for variant in query.variants:
        for word in terms(variant):
            words.setdefault(word, VARIANT_WEIGHT)
    return words


@cache
def schema() -> tantivy.Schema:
    """The fields of the index: `text` has stems, and `exact` words as printed, for phrases."""
    return (
        tantivy.SchemaBuilder()
        # signed integers: an unsigned field kills the writer thread of tantivy-py with an unclear error
        .add_integer_field("passage", stored=False, indexed=True, fast=True)
        .add_integer_field("document", stored=False, indexed=True)
        .add_text_field("role", stored=False, tokenizer_name="raw", index_option="basic")
        .add_text_field("text", stored=False, tokenizer_name=_ANALYZER, index_option="freq")
        .add_text_field("exact", stored=False, tokenizer_name=_EXACT_ANALYZER, index_option="position")
        .build()
    )


class LexicalIndex:
    """A tantivy index in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Open an index; raises `EngineDamaged`."""
        try:
            self._index = _opened(folder)
            self._index.register_tokenizer(_ANALYZER, analyzer())
            self._index.register_tokenizer(_EXACT_ANALYZER, exact_analyzer())
            self._look()
        except Exception as error:  # tantivy raises ValueError or its own kinds on damaged files
            raise EngineDamaged(
                f"The terms in {folder} cannot be read.", "Run pilcrow engine rebuild."
            ) from error

    @classmethod
    def create(cls, folder: Path, base: Path | None) -> LexicalIndex:
        """A new index in an empty folder, with the files of another hard-linked into it.

        The files of an index never change once written, so both go on independently.
        """
        folder.mkdir(parents=True)
        if base is None:
            tantivy.Index(schema(), path=str(folder))
        else:
            link_all(base, folder)
        return cls(folder)

    def change(self, remove: Collection[int], add: Iterable[Passage]) -> None:
        """Take out the passages of some documents and put in others, in one commit.

        Raises `OSError` where the disk is full.
        """
        # one thread: the same passages in the same order make the same segments
        writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for document_id in remove:
            writer.delete_documents_by_term("document", document_id)
        for passage in add:
            document = tantivy.Document()
            document.add_integer("passage", int(passage.key))
            document.add_integer("document", passage.key.document)
            for role in passage.roles:
                document.add_text("role", role.value)
            document.add_text("text", passage.indexed_text)
            for stretch in passage.stretches:
                document.add_text("exact", composed(stretch))
            writer.add_document(document)
        try:
            writer.commit()
            writer.wait_merging_threads()
        except Exception as error:  # tantivy raises ValueError or its own kinds where it cannot write
            raise OSError(f"the terms are not written ({str(error)[:100]})") from error
        self._index.reload()
        self._look()

    def _look(self) -> None:
        """Search what is committed from now on."""
        self._searcher = self._index.searcher()
        # counting a frequent term among a million passages takes milliseconds, and each question asks
        self._counted = lru_cache(maxsize=_COUNTED)(partial(_count_of_term, self._searcher))
        self._most = lru_cache(maxsize=_COUNTED)(partial(_most, self._searcher))

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self,
        words: Mapping[str, float],
        where: PassageFilter,
        limit: int,
        condition: tantivy.Query | None = None,
    ) -> list[int]:
        """The numbers of the passages with the highest BM25 that meet filter and condition, best first."""
        if not words or not limit or not len(self):
            return []
        best = self._by_rarer(words, where, limit, condition) if len(self) >= _MANY else None
        if best is None:
            found = self._scored(_filtered(_any_of(words), where, condition), limit)
            best = [number for number, _ in found]
        return best

    def _by_rarer(
        self,
        words: Mapping[str, float],
        where: PassageFilter,
        limit: int,
        condition: tantivy.Query | None,
    ) -> list[int] | None:
        """The best, looked for among the best by the rarer words; None where others may be better.

        A word that half of a million passages have takes most of the time and adds little to a score:
        what is not among the best by the others can gain no more than the most it adds to any passage.
        """
        rarer = {word: weight for word, weight in words.items() if 2 * self.passages_with(word) < len(self)}
        if not rarer or len(rarer) == len(words):
            return None
        found = self._scored(_filtered(_any_of(rarer), where, condition), 2 * limit)
        numbers = [number for number, _ in found]
        scored = sorted(zip(self.scores(words, numbers), numbers, strict=True), reverse=True)[:limit]
        others = found[-1][1] if len(found) == 2 * limit else 0.0
        others += sum(weight * self._most(word) for word, weight in words.items() if word not in rarer)
        return [number for _, number in scored] if len(scored) == limit and scored[-1][0] >= others else None

    def sharing_words(self, text: str, limit: int) -> list[int]:
        """The numbers of the passages with the highest BM25 for the rarest words of a text, best first."""
        held = {word: count for word in set(terms(text)) if (count := self._frequency(word))}
        rarest = sorted(held, key=lambda word: (held[word], word))[:RAREST_WORDS]
        return self.search(dict.fromkeys(rarest, 1.0), PassageFilter(), limit)

    def _frequency(self, term: str) -> int:
        """About how many passages have a term: deleted ones are counted too, but nothing is searched."""
        return int(self._searcher.doc_freq("text", term))

    def having(
        self, words: Sequence[Collection[str]], condition: tantivy.Query | None = None
    ) -> tantivy.Query:
        """The condition of having one term at least of each word, and of meeting another condition."""
        parts = [tantivy.Query.term_set_query(schema(), "text", sorted(alike)) for alike in words]
        parts += [] if condition is None else [condition]
        return _all_of(*map(_unscored, parts)) if parts else tantivy.Query.all_query()

    def count(self, condition: tantivy.Query, where: PassageFilter) -> int:
        """How many passages meet a filter and a condition."""
        return _count(self._searcher, _all_of(*_conditions(where, condition)))

    def meeting(self, condition: tantivy.Query, where: PassageFilter, limit: int) -> list[int]:
        """The numbers of passages that meet a filter and a condition, `limit` at most, in no order."""
        if not limit:
            return []
        return [number for number, _ in self._scored(_all_of(*_conditions(where, condition)), limit)]

    def those_meeting(self, condition: tantivy.Query, numbers: Sequence[int]) -> list[int]:
        """Those of these passages that meet a condition, in the order given."""
        if not numbers:
            return []
        query = _all_of(_unscored(_among(numbers)), _unscored(condition))
        met = {number for number, _ in self._scored(query, len(numbers))}
        return [number for number in numbers if number in met]

    def words_beginning(self, letters: str, limit: int) -> list[str]:
        """The words as printed that begin so, the most frequent first."""
        return [str(word) for word, _ in self._searcher.terms_with_prefix("exact", letters, limit=limit)]

    def scores(self, words: Mapping[str, float], numbers: Sequence[int]) -> list[float]:
        """The BM25 of each of these passages for weighted words; 0 without one of them."""
        if not words or not numbers:
            return [0.0] * len(numbers)
        # a level a word, so that the passages are looked up once and long lists of those with a word are
        # skipped through, which takes a third of the time that reading them does
        query, step = _unscored(_among(numbers)), 1 + len(words) // _LEVELS
        for start in range(0, len(words), step):
            some = dict(list(words.items())[start : start + step])
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Should, _any_of(some))]
            )
        found = dict(self._scored(query, len(numbers)))
        return [found.get(number, 0.0) for number in numbers]

    def ceiling(self, text: str) -> float:
        """The BM25 of a passage of average length that has every word of a text once.

        With one occurrence in a passage of average length the BM25 of a word is its inverse
        document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)) for n of N passages.
        """
        held = len(self)
        return sum(
            math.log(1 + (held - found + 0.5) / (found + 0.5))
            for word in set(terms(text))
            for found in [self.passages_with(word)]
        )

    def passages_with(self, term: str) -> int:
        """How many passages have an indexed term."""
        return self._counted(term)

    def _scored(self, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit=limit, count=False).hits
        numbers = self._searcher.fast_field_values("passage", [address for _, address in hits])
        return [
            (int(number), float(score))
            for number, (score, _) in zip(numbers, hits, strict=True)
            if number is not None
        ]


def _count(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    found = searcher.search(query, limit=1, count=True)
    # the stubs leave the count out of a search's result
    return int(found.count)  # type: ignore[attr-defined]


def _count_of_term(searcher: tantivy.Searcher, term: str) -> int:
    # the index's own frequency of a term counts deleted passages too, and so grows above their number
    return _count(searcher, tantivy.Query.term_query(schema(), "text", term, index_option="freq"))


def _most(searcher: tantivy.Searcher, term: str) -> float:
    """The highest score that a term alone gives a passage."""
    hits = searcher.search(
        tantivy.Query.term_query(schema(), "text", term, index_option="freq"), limit=1, count=False
    ).hits
    return float(hits[0][0]) if hits else 0.0


def _any_of(words: Mapping[str, float]) -> tantivy.Query:
    return tantivy.Query.boolean_query(
        [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(schema(), "text", word, index_option="freq"), weight
                ),
            )
            for word, weight in words.items()
        ]
    )


def _among(numbers: Sequence[int]) -> tantivy.Query:
    among = (tantivy.Query.term_query(schema(), "passage", number) for number in set(numbers))
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in among])


def _conditions(where: PassageFilter, condition: tantivy.Query | None) -> list[tantivy.Query]:
    """What a passage must be and have, as queries that add nothing to its score."""
    conditions = [] if condition is None else [condition]
    if where.documents is not None:
        conditions.append(tantivy.Query.term_set_query(schema(), "document", sorted(where.documents)))
    if where.roles is not None:
        names = sorted(role.value for role in where.roles)
        conditions.append(tantivy.Query.term_set_query(schema(), "role", names))
    return list(map(_unscored, conditions))


def _filtered(words: tantivy.Query, where: PassageFilter, condition: tantivy.Query | None) -> tantivy.Query:
    """Words under a filter and a condition; bare ones are searched by skipping what is not among the best."""
    conditions = _conditions(where, condition)
    return _all_of(words, *conditions) if conditions else words


def _all_of(*queries: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])


def _unscored(query: tantivy.Query) -> tantivy.Query:
    """A condition that must hold and adds nothing to the score."""
    return tantivy.Query.const_score_query(query, 0.0)


def _opened(folder: Path) -> tantivy.Index:
    try:
        return tantivy.Index.open(str(folder))
    except ValueError:
        # even to read, tantivy makes a lock file; where it cannot, links or copies are read elsewhere
        with TemporaryDirectory(prefix="pilcrow-", ignore_cleanup_errors=True) as elsewhere:
            link_all(folder, Path(elsewhere))
            return tantivy.Index.open(elsewhere)
