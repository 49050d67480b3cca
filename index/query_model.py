"""A sentence-transformers model made quick for short texts, whose vectors depend on no other text.

A query has some twenty tokens, for which reading the weights takes most of the time. oneDNN multiplies
few rows twice as fast by weights that are stored in its own order. It also gives a row the same result
whatever rows stand beside it, so that a text has the same vector, to the bit, alone and in any batch: all
that is left to see to is that a text is always padded alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

STEP = 8
"""Texts are padded to the next multiple of so many tokens.

A smaller step pads less, a larger one lets more texts through together; queries of people took least time
with this one, alone and in batches.
"""

TOKENS_A_PASS = 512
"""Padded tokens that go through the model at once; more of them are multiplied no faster."""

_PADDED = {"text": {"padding": True, "pad_to_multiple_of": STEP}}
_Features = dict[str, Any]


class QueryModel:
    """Encodes queries with a model on the processor; where it is not a usual one, as the library does."""

    def __init__(self, model: SentenceTransformer) -> None:
        pack(model)
        self._model = model
        self._prompt = model.prompts.get(model.default_prompt_name) if model.default_prompt_name else None
        self._is_usual = model.truncate_dim is None and self._pads()

    def encode(self, texts: Sequence[str]) -> Tensor:
        """One row a text, in order, not normalised."""
        if not self._is_usual:
            options = {"convert_to_tensor": True, "normalize_embeddings": False, "show_progress_bar": False}
            return self._model.encode(list(texts), **options)
        with torch.inference_mode():
            features = [self._features(text) for text in texts]
            rows: list[Tensor | None] = [None] * len(texts)
            for some in passes([_shape(each) for each in features]):
                out = self._model(_together([features[i] for i in some]))
                for i, row in zip(some, out["sentence_embedding"], strict=True):
                    rows[i] = row
            return torch.stack([row for row in rows if row is not None])

    def _features(self, text: str) -> _Features:
        return dict(self._model.preprocess([text], prompt=self._prompt, processing_kwargs=_PADDED))

    def _pads(self) -> bool:
        """Whether its first module tells tokens from padding, and pads as it is told."""
        try:
            mask = self._features("¶").get("attention_mask")
        except (AttributeError, TypeError, ValueError):
            return False
        return isinstance(mask, Tensor) and mask.shape == (1, STEP)


def passes(shapes: Sequence[tuple[int, bool]]) -> Iterator[list[int]]:
    """Which texts go through a model together, by their indices: those of one shape, some at a time."""
    alike: dict[tuple[int, bool], list[int]] = {}
    for index, shape in enumerate(shapes):
        alike.setdefault(shape, []).append(index)
    for (tokens, _), indices in alike.items():
        step = max(1, TOKENS_A_PASS // tokens)
        for start in range(0, len(indices), step):
            yield indices[start : start + step]


def pack(model: nn.Module) -> None:
    """Store the weights of linear layers in the order in which oneDNN reads them, where there is oneDNN."""
    if not (torch.backends.mkldnn.is_available() and hasattr(torch.ops.mkldnn, "_linear_pointwise")):
        return
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if type(child) is nn.Linear and child.weight.dtype == torch.float32:
                setattr(module, name, _PackedLinear(child))


class _PackedLinear(nn.Module):  # type: ignore[misc]  # torch is not followed
    """A linear layer whose weights are in oneDNN's order."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.in_features, self.out_features = linear.in_features, linear.out_features
        with torch.inference_mode():
            self.bias = linear.bias
            self._packed = torch.ops.mkldnn._reorder_linear_weight(linear.weight.detach(), None)

    def forward(self, rows: Tensor) -> Tensor:
        """The same as of the layer it was made of, to rounding."""
        made: Tensor = torch.ops.mkldnn._linear_pointwise(rows, self._packed, self.bias, "none", [], "")
        return made


def _shape(features: _Features) -> tuple[int, bool]:
    """How many tokens there are with the padding, and whether there is none, which is computed otherwise."""
    mask = features["attention_mask"]
    return mask.shape[1], bool(mask.all())


def _together(features: Sequence[_Features]) -> _Features:
    """The features of texts of one shape as those of one batch."""
    first = features[0]
    return {
        name: torch.cat([each[name] for each in features]) if isinstance(value, Tensor) else value
        for name, value in first.items()
    }
