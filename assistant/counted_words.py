"""The words that a complete list counts, and which texts have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.conditions import asked_in, met_by
from index.conditions import TermCondition
from index.vocabulary import Vocabulary
from index.word_forms import WordForms, counted_words
from index.words import words_as_printed

_KEPT_TEXTS = 2_000  # whose words are kept, since a sentence is looked at by itself and with those around it


class CountedWords:
    """The words of alternative topics, each in any of its forms, and a condition that binds besides.

    Without topics nothing but the condition counts.
    """

    def __init__(
        self, topics: Sequence[str], forms: WordForms, condition: TermCondition | None = None
    ) -> None:
        self.topics = tuple(topics)
        self.condition = condition
        self._forms = forms
        self._alternatives = [counted_words(topic) for topic in topics] or [[]]
        self._words = list(dict.fromkeys(word for words in self._alternatives for word in words))
        self._meant: dict[str, list[str]] = {}
        self.occurrences = lru_cache(maxsize=_KEPT_TEXTS)(self._occurrences)

    @property
    def count_everything(self) -> bool:
        """Whether any text will do."""
        return not self._words and self.condition is None

    @property
    def several(self) -> bool:
        """Whether a topic has more than one word."""
        return any(len(words) > 1 for words in self._alternatives)

    def searched(self) -> Iterator[list[frozenset[str]]]:
        """The indexed terms of each word of each alternative, as engines list passages by them."""
        for words in self._alternatives:
            yield [self._forms.stems(word) for word in words]

    def are_in(self, texts: Sequence[str]) -> bool:
        """Whether some texts together have all words of an alternative, and meet the condition."""
        found = {word for text in texts for _, word in self.occurrences(text)}
        if not any(found.issuperset(words) for words in self._alternatives):
            return False
        return self.condition is None or met_by(self.condition, texts)

    def touch(self, text: str) -> bool:
        """Whether a text has any of the words."""
        return bool(self.occurrences(text)) or (self.condition is not None and asked_in(self.condition, text))

    def _occurrences(self, text: str) -> list[tuple[str, str]]:
        """Each printed form of one of the words in a text, with the word."""
        if not self._words:
            return []
        return [(printed, word) for printed in words_as_printed(text) for word in self._meant_by(printed)]

    def _meant_by(self, printed: str) -> list[str]:
        if printed not in self._meant:
            self._meant[printed] = [w for w in self._words if self._forms.is_form(printed, w)]
        return self._meant[printed]


def in_other_words(topics: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The topics with a word, or all of it, in the words that committees have for the same."""
    found: dict[str, None] = {}
    for topic in topics:
        found.update(dict.fromkeys(vocabulary.meanings(topic)))
        words = topic.split()
        for place, word in enumerate(words):
            for meaning in vocabulary.meanings(word) if len(words) > 1 else ():
                found[" ".join([*words[:place], meaning, *words[place + 1 :]])] = None
    return tuple(found)
