"""Whether the documents answer a question, or only come near it.

A paragraph answers where the evidence for it outweighs `THRESHOLD`. What counts, and for how much, was
fitted to labelled questions by `make bench-refusal`; `docs/answers.md` has both error rates.

* **cosine**: how near its best place is to the topic.
* **vouched**: that cosine, raised by nearer paragraphs under the same heading in other documents
  (`assistant/vouching.py`).
* **coverage**: the share of the topic's words that it has, counted by their rarity
  (`assistant/coverage.py`).
* **passages**: how many were searched. The more there are, the nearer the nearest is by chance.

Two rules stand above the evidence, since they are about facts: a rare proper name that the paragraph
and the names of its document lack rules it out, and so does being about another State than the question
names. What a committee said of Kenya answers no question about Norway.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.coverage import TopicWord, Words, WordStatistics, coverage, in_none, topic_words
from assistant.question import Question
from assistant.retrieval import Hit
from assistant.vouching import Witness, heading_stems, vouched
from corpus.holdings import Holdings
from corpus.model import DocumentHeader
from corpus.places import states_in
from index.passages import context_line
from index.vocabulary import Vocabulary
from index.words import terms

COSINE, VOUCHED, COVERAGE = 3.1, 11.6, 4.2
"""What each feature, from 0 to 1, counts for: the coefficients of a logistic regression with an intercept
for each collection, fitted by `make bench-refusal`."""

A_TENFOLD = 0.3
"""What ten times as many passages ask for besides: about the slope of the thresholds that three
collections of 92 to 7,705 passages would choose by themselves."""

THRESHOLD = 7.0
"""What the evidence must outweigh: about a tenth of the unanswerable questions on which it was chosen are
answered."""

_DENSE_SHARE = 0.6  # of cosine in the relevance by which paragraphs join; the rest is coverage
_RARE_NAME = 0.1  # a name in fewer of the passages than this names something and is no common term
_SPEAKER = "UN United Nations"  # whose committees all these documents are of
_ISE = re.compile(r"is(?=(?:e[sd]?|ing|ations?)$)")  # "recognise", where the UN prints "recognize"
_NAMED_WORDS = 3  # of a question's words that no paragraph has, those a refusal names


@dataclass(frozen=True)
class Support:
    """How far a paragraph answers: `missing` names of the question are not in it."""

    cosine: float
    vouched: float
    coverage: float
    passages: int
    missing: tuple[str, ...] = ()

    @property
    def evidence(self) -> float:
        """What speaks for it, less what the size of the collection asks for."""
        weighed = COSINE * self.cosine + VOUCHED * self.vouched + COVERAGE * self.coverage
        return weighed - A_TENFOLD * math.log10(max(self.passages, 1))

    @property
    def answers(self) -> bool:
        """Whether it is enough."""
        return self.evidence >= THRESHOLD and not self.missing

    @property
    def relevance(self) -> float:
        """How much it has of the answer beside other paragraphs, from 0 to 1."""
        return _DENSE_SHARE * max(self.cosine, 0.0) + (1 - _DENSE_SHARE) * self.coverage


class Judge:
    """Judges the paragraphs that were found for a question, all of them together."""

    def __init__(
        self,
        question: Question,
        states: Sequence[str],
        hits: Sequence[Hit],
        witnesses: Sequence[Witness],
        statistics: WordStatistics,
        vocabulary: Vocabulary,
    ) -> None:
        """`states` are those of which a paragraph must name one; `witnesses` may be none."""
        self._question, self._states = question, states
        self._witnesses, self._statistics, self._vocabulary = witnesses, statistics, vocabulary
        self.topic: tuple[TopicWord, ...] = topic_words(question.topic, statistics, vocabulary)
        self._words = {hit.key: Words.of(text_of(hit)) for hit in hits}
        self._found = frozenset[str]().union(*(words.stems for words in self._words.values()))

    def support(self, hit: Hit, cosine: float) -> Support:
        """How far one of the paragraphs answers, from the cosine of its best place to the topic."""
        words = self._words[hit.key]
        return Support(
            cosine,
            vouched(cosine, heading_stems(hit.paragraph), self.topic, self._found, self._witnesses),
            coverage(self.topic, words),
            len(self._statistics),
            self._missing(words.stems | names_of(hit.header)),
        )

    def why_not(self) -> str:
        """Which words of the question no paragraph that was found has, as a sentence; empty for none."""
        absent = [
            word
            for word in in_none(self.topic, list(self._words.values()))
            if not set(terms(_ISE.sub("iz", word))) <= self._found
        ]
        unheard = [word for word in absent if not self._is_heard(word)]
        if unheard:
            return f"Nothing that was searched mentions {_listed(unheard)}."
        if absent:
            return f"None of the nearest paragraphs mentions {_listed(absent)}."
        return ""

    def _is_heard(self, word: str) -> bool:
        """Whether any passage has a word, in either of the two usual spellings of it."""
        stems = (*terms(word), *terms(_ISE.sub("iz", word)))
        return any(map(self._statistics.passages_with, stems))

    def _missing(self, named: set[str] | frozenset[str]) -> tuple[str, ...]:
        missing = tuple(
            name
            for name in self._question.names
            if _is_rare(name, self._statistics) and not _is_held(name, named, self._vocabulary)
        )
        if self._states and not any(set(terms(state)) <= named for state in self._states):
            missing += tuple(self._states)
        return missing


def states_named(question: Question, holdings: Holdings) -> tuple[str, ...]:
    """The States a question names that a held document is on."""
    return tuple(state for state in states_in(question.text) if holdings.on_state(state))


def has_any(own: str, hits: Sequence[Hit], vocabulary: Vocabulary) -> bool:
    """Whether any of the paragraphs has one of the words that a follow-up adds to what was asked before.

    Without them it would only repeat what was said before.
    """
    wanted = set(terms(own)) | {term for variant in vocabulary.variants(own) for term in terms(variant)}
    return not wanted or any(
        wanted & set(terms(f"{' '.join(hit.paragraph.section)}\n{hit.paragraph.full_text}")) for hit in hits
    )


def names_of(header: DocumentHeader) -> set[str]:
    """The words that name a document: symbol, title, States, committee, treaty, and whose it is."""
    parts = (header.symbol, header.title, context_line(header, ()), header.instrument or "", _SPEAKER)
    return set(terms(" ".join(parts)))


def unknown_names(
    question: Question, words: WordStatistics, headers: Sequence[DocumentHeader], vocabulary: Vocabulary
) -> list[str]:
    """The proper names of a question that no searched document mentions, in its name or its text.

    A name is known by another that means the same: "SDGs" by the Sustainable Development Goals.
    """
    unknown = {name: [t for t in terms(name) if not words.passages_with(t)] for name in question.names}
    if not any(unknown.values()):
        return []
    known = {term for header in headers for term in names_of(header)}
    return [
        name
        for name, missing in unknown.items()
        if not known.issuperset(missing)
        and not any(all(map(words.passages_with, terms(v))) for v in vocabulary.variants(name))
    ]


def _is_held(name: str, named: set[str] | frozenset[str], vocabulary: Vocabulary) -> bool:
    return any(set(terms(word)) <= named for word in (name, *vocabulary.variants(name)))


def _is_rare(name: str, words: WordStatistics) -> bool:
    return all(words.passages_with(term) < _RARE_NAME * len(words) for term in terms(name))


def text_of(hit: Hit) -> str:
    """The words of a paragraph with those of its document and headings, which say what it is about."""
    return f"{context_line(hit.header, hit.paragraph.section)}\n{hit.paragraph.full_text}"


def _listed(words: Sequence[str]) -> str:
    return " or ".join(f"“{word}”" for word in words[:_NAMED_WORDS])
