"""What an engine is: where passages live and are searched.

An engine keeps one index a generation. `build` writes the next one beside the current one and
publishes nothing; the catalog's commit does. `open` gives a searcher over one generation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Protocol

from corpus.errors import EngineMismatch
from corpus.model import Role
from index.conditions import TermCondition
from index.embedding import EncoderIdentity, Vectors
from index.passages import Passage

SCHEMA_VERSION = 2
"""Raised when an engine's files, or the text of passages, change their meaning."""

RAREST_WORDS = 12
"""By how many words at least passages are found that share the words of a text."""

Additions = Iterable[tuple[Sequence[Passage], Vectors]]
"""Passages with their vectors, batch by batch, so that no build has all of them in memory."""


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """What a passage must be to be found; None is no condition, an empty set finds nothing."""

    documents: frozenset[int] | None = None
    roles: frozenset[Role] | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: a text, the other words that mean the same, and the unit vector of both.

    The words rank; the condition binds, so that no passage is found that does not meet it.
    """

    text: str
    variants: tuple[str, ...]
    vector: Vectors
    condition: TermCondition | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage by its number with its raw scores: cosine to the query, and BM25."""

    passage: int
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a search found; `ceiling` is the BM25 of a passage that has every word of the text once.

    The ceiling puts BM25 on a scale that means the same for every query: the share of the query's
    weight that a passage has.
    """

    scored: list[Scored]
    ceiling: float


@dataclass(frozen=True, slots=True)
class EngineRecord:
    """What the catalog keeps of the engine that built a generation."""

    kind: str
    schema: int
    encoder: EncoderIdentity
    passages: int

    def to_json(self) -> dict[str, Any]:
        """The record as the catalog stores it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> EngineRecord:
        """The record as the catalog stored it."""
        return cls(**{**data, "encoder": EncoderIdentity(**data["encoder"])})

    def require(self, encoder: EncoderIdentity, *, for_passages: bool = False) -> None:
        """Raise `EngineMismatch` unless the vectors of this encoder mean the same.

        The precision counts only for passages: queries are encoded in fp32 whatever it is.
        """
        built = self.encoder
        if self.schema != SCHEMA_VERSION:
            reason = "by another version of Pilcrow"
        elif built.model != encoder.model:
            reason = f"with the model {built.model}, and the model set is {encoder.model}"
        elif built.fingerprint != encoder.fingerprint or built.dimension != encoder.dimension:
            reason = f"with other files of the model {built.model}"
        elif for_passages and built.precision != encoder.precision:
            reason = f"in {built.precision}, and the precision set is {encoder.precision}"
        else:
            return
        raise EngineMismatch(
            f"The index was built {reason}.",
            "Rebuild it with pilcrow engine rebuild, or set the model back.",
        )


class Remark(NamedTuple):
    """Something that is there beside an index: what it is, and a sentence of it."""

    subject: str
    text: str


class Searcher(Protocol):
    """One generation, open for searching; safe to use from several threads."""

    @property
    def record(self) -> EngineRecord:
        """What built it."""
        ...

    def search(self, query: Query, where: PassageFilter, limit: int) -> Candidates:
        """The best passages by either score, both scores computed for each, in no promised order.

        All meet the filter and the query's condition; at least the `limit` best of these by each
        score are among them.
        """
        ...

    def rescore(self, query: Query, passages: Sequence[int]) -> list[Scored]:
        """Both scores of these passages, in order; they must be held."""
        ...

    def all_having(
        self,
        words: Sequence[Collection[str]],
        where: PassageFilter,
        condition: TermCondition | None = None,
    ) -> list[int]:
        """The numbers of all passages that have one term at least of each word, ascending.

        A word is given as its indexed terms, alternatives of each other (`index.words.terms` makes
        them); without words all passages are listed that meet the filter and the condition.
        """
        ...

    def passages_with(self, term: str) -> int:
        """How many passages have an indexed term (`index.words.terms` makes them)."""
        ...

    def with_phrase(self, text: str, limit: int) -> list[int]:
        """Passages in which the words of a text stand in this order, `limit` at most, in no order.

        Words are compared as `index.words.words_as_printed` makes them; a text without words is nowhere.
        """
        ...

    def sharing_words(self, text: str, limit: int) -> list[int]:
        """The passages with the highest BM25 for the rarest words of a text, the best first.

        At least the `RAREST_WORDS` rarest of its words count.
        """
        ...

    def words_beginning(self, letters: str, limit: int) -> list[str]:
        """The most frequent words that begin so, as `index.words.words_as_printed` makes them."""
        ...

    def __len__(self) -> int:
        """How many passages there are."""
        ...


class Engine(Protocol):
    """Builds and opens generations; one writer at a time, held by the caller."""

    kind: str
    """What its records are told apart by."""

    def build(
        self,
        generation: int,
        *,
        base: int | None,
        add: Additions,
        remove: Collection[int],
        encoder: EncoderIdentity,
    ) -> EngineRecord:
        """Write a generation: that of `base` (None for an empty one), less some documents, plus passages.

        `add` is read once; what it raises ends the build.
        """
        ...

    def open(self, generation: int) -> Searcher:
        """Open a generation; raises `EngineDamaged` where something of it is missing or altered."""
        ...

    def sweep(self, keep: int) -> None:
        """Give up every generation but one; who has another open goes on with it."""
        ...

    def check(self, generation: int) -> None:
        """Raise what a search of a generation would fail with at once, as far as a glance tells."""
        ...

    def whereabouts(self) -> str:
        """Where passages are searched and by which version; raises `EngineUnreachable`, `EngineRefused`."""
        ...

    def remarks(self, generation: int) -> list[Remark]:
        """What is there beside the passages of a generation, and no error; raises what `open` does."""
        ...

    def clear(self) -> None:
        """Delete all that is there, also what somebody has open."""
        ...

    def close(self) -> None:
        """End what is open to other programs; the engine can be used again."""
        ...
