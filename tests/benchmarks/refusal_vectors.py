"""Features that need more vectors than a query's: of sentences, and of single words where they stand.

They are what an answer could be decided by if time did not matter: to encode the sentences of eight
paragraphs takes ten to twenty times as long as the query.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.coverage import TopicWord, Words, coverage
from assistant.retrieval import Hit
from index.engine import Query
from index.model_files import find_model
from index.passages import heading_of

_Matrix = NDArray[np.float32]
_WORDPIECES = 256  # what the model reads


@dataclass
class Vectors:
    """The model itself, with what it was asked before."""

    model: Any
    _sentences: dict[str, _Matrix] = field(default_factory=dict)
    _tokens: dict[str, tuple[_Matrix, list[tuple[int, int]]]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Vectors:
        """The default model."""
        from sentence_transformers import SentenceTransformer

        return cls(SentenceTransformer(str(find_model().folder), device="cpu", local_files_only=True))

    def features(
        self, words: Sequence[TopicWord], topic: str, query: Query, hits: Sequence[Hit]
    ) -> list[dict[str, float]]:
        """The cosine of each hit's best sentence, and coverage that counts words alike in meaning."""
        return [
            {
                "cosine of the best sentence": self._best_sentence(query, hit),
                "soft coverage by token vectors": self._soft_coverage(words, topic, hit),
            }
            for hit in hits
        ]

    def _best_sentence(self, query: Query, hit: Hit) -> float:
        sentences = [s.text for place in hit.places for s in place.sentences] or [hit.place.full_text]
        missing = [s for s in sentences if s not in self._sentences]
        if missing:
            encoded = self.model.encode(missing, normalize_embeddings=True, show_progress_bar=False)
            self._sentences.update(zip(missing, encoded, strict=True))
        return max(float(query.vector @ self._sentences[s]) for s in sentences)

    def _soft_coverage(self, words: Sequence[TopicWord], topic: str, hit: Hit) -> float:
        """A word counts 1 where it stands, else the cosine of the nearest token where it would stand."""
        if not words:
            return 0.0
        asked, spans = self._tokens_of(topic)
        text = f"{heading_of(hit.paragraph.section)}\n{hit.place.full_text}"
        nearest = (asked @ self._tokens_of(text)[0].T).max(axis=1)
        printed = Words.of(text)
        total = met = 0.0
        for word in words:
            at = re.search(rf"(?<!\w){re.escape(word.typed)}(?!\w)", topic)
            own = [i for i, (s, e) in enumerate(spans) if at and at.start() <= s < e <= at.end()]
            soft = float(nearest[own].mean()) if own else 0.0
            met += word.weight * max(soft, coverage([word], printed))
            total += word.weight
        return met / total

    def _tokens_of(self, text: str) -> tuple[_Matrix, list[tuple[int, int]]]:
        """Unit vectors of the tokens of a text in their context, and where each stands."""
        import torch

        if text not in self._tokens:
            read = self.model.tokenizer(
                [text],
                truncation=True,
                max_length=_WORDPIECES,
                return_tensors="pt",
                return_offsets_mapping=True,
            )
            offsets = [tuple(map(int, pair)) for pair in read.pop("offset_mapping")[0]]
            with torch.inference_mode():
                hidden = self.model[0].auto_model(**read).last_hidden_state[0]
            unit = torch.nn.functional.normalize(hidden, dim=-1).numpy()
            self._tokens[text] = (unit[1:-1], [(start, end) for start, end in offsets[1:-1]])
        return self._tokens[text]
