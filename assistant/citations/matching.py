"""Where in one text a quotation stands: as it is, with marked changes, or altered."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence
from itertools import pairwise

from assistant.citations.comparing import Comparison
from assistant.citations.fitting import Columns, fit
from assistant.citations.held_texts import HeldText
from assistant.citations.printed_text import Printed, PrintedText
from assistant.citations.quotation import QuoteVerdict
from assistant.citations.quotation_text import Part, QuotationText
from assistant.citations.tokens import key_of

MOST_PLACES = 200
"""Places of the same words that are compared in one text."""

_FEWEST_ALIKE = 4  # words that must be printed there for marks to explain the others
_LIKELY = 4  # paragraphs that a run is fitted to
_MOST_ALIKE = 40  # and more that are as likely as the best one
_LEAST_SHARE = 4  # one that has less than a quarter of what the best one has is none of them
_WORDS_A_PARAGRAPH = 20  # at least, of a run that goes over several
_FEWEST_AFAR = 4  # words that a run must have which an ellipsis takes from another paragraph
_RANKS: tuple[QuoteVerdict, ...] = ("exact", "exact_normalised", "altered_ok", "altered")


def verdict_of(comparison: Comparison) -> QuoteVerdict:
    """What its differences make of a quotation, wherever it stands."""
    if "altered" in comparison.whys:
        return "altered"
    if comparison.whys & {"mark", "label", "case"}:
        return "altered_ok" if _says_enough(comparison) else "altered"
    return "exact_normalised" if comparison.whys & {"form", "closing"} else "exact"


def _says_enough(comparison: Comparison) -> bool:
    """Whether marks may explain what differs: single words with marks between them stand in any text."""
    in_runs = 2 * comparison.words_in_runs >= comparison.quotation.words
    return comparison.matched_words >= _FEWEST_ALIKE and in_runs


def rank_of(comparison: Comparison) -> tuple[int, float, bool, int]:
    """The better comparisons first: by verdict, likeness, body before headings and notes, then as printed."""
    kinds = {comparison.printed.stretches[index].kind for index in comparison.stretches}
    order = _RANKS.index(verdict_of(comparison))
    return order, -comparison.likeness, kinds != {"body"}, comparison.start


def standing_in(quotation: QuotationText, held: HeldText) -> list[Comparison]:
    """The places where all of its words stand in order, the best first; nothing is fitted."""
    segments = quotation.segments
    if len(segments) != 1 or any(part.kind in ("insertion", "changed") for part in segments[0]):
        return []
    key = key_of("".join(part.form for part in segments[0]))
    found: dict[int, Comparison] = {}
    for at in held.printed.occurrences(key, MOST_PLACES):
        start, end = held.printed.span(at, at + len(key))
        first, last = held.printed.index_at(start), held.printed.index_at(end - 1)
        tokens = held.printed.tokens_between(first, last)
        run = _run(tokens, start, end, segments[0])
        if run is not None:
            found.setdefault(
                tokens[run[0]].start, Comparison(quotation, held.printed, tokens, [run], held.calls)
            )
    return sorted(found.values(), key=rank_of)


def _run(tokens: Sequence[Printed], start: int, end: int, said: Sequence[Part]) -> tuple[int, int] | None:
    """The tokens of a stretch, with the signs around it that are quoted too."""
    inside = [i for i, token in enumerate(tokens) if token.end > start and token.start < end]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    signs = [part.form for part in said[: next(i for i, part in enumerate(said) if part.is_word)]]
    while signs and first and tokens[first - 1].form == signs[-1]:
        first, signs = first - 1, signs[:-1]
    words = [i for i, part in enumerate(said) if part.is_word]
    for sign in said[words[-1] + 1 :]:
        if last == len(tokens) or tokens[last].form != sign.form:
            break
        last += 1
    return first, last


def fitted_to(
    quotation: QuotationText, held: HeldText, stretches: Collection[int] | None = None
) -> Comparison | None:
    """The place that a quotation fits best, be it in some stretches only; None where nothing can be there."""
    likely = _likely_stretches(quotation, held.printed) if stretches is None else sorted(stretches)
    columns = Columns([token for index in likely for token in held.printed.tokens_of(index)])
    found = fit(quotation.segments, columns)
    if found is None or any(start == end for start, end in found.runs):
        return None
    comparison = Comparison(quotation, held.printed, columns.tokens, found.runs, held.calls)
    if _is_gathered(quotation, held.printed, columns.tokens, found.runs):
        return None
    return comparison


def _likely_stretches(quotation: QuotationText, printed: PrintedText) -> list[int]:
    """The stretches of the paragraphs that have most of the words of a run in threes.

    Those beside them belong to them where they have some too. To compare all of a long document word by
    word would take many times as long.
    """
    likely: set[int] = set()
    if not printed.groups:
        return []
    for segment in quotation.segments:
        words = [key_of(part.form) for part in segment if part.is_word]
        threes = {"".join(three) for three in zip(words, words[1:], words[2:], strict=False)} or set(words)
        counts = [sum(three in key for three in threes) for _, _, key in printed.groups]
        most, least = _LIKELY + len(words) // _WORDS_A_PARAGRAPH, max(counts, default=0) // _LEAST_SHARE
        best = heapq.nlargest(most, range(len(counts)), key=counts.__getitem__)
        best += [at for at, count in enumerate(counts) if count == counts[best[0]]][:_MOST_ALIKE]
        beside = (near for at in best if counts[at] > least for near in range(max(at - 1, 0), at + 2))
        likely.update(near for near in beside if near < len(counts) and counts[near])
    groups = [printed.groups[at] for at in sorted(likely)]
    return [index for first, last, _ in groups for index in range(first, last + 1)]


def _is_gathered(
    quotation: QuotationText, printed: PrintedText, tokens: Sequence[Printed], runs: Sequence[tuple[int, int]]
) -> bool:
    """Whether an ellipsis leads to a few words of another paragraph, which stand in any text."""
    paragraphs = [printed.stretches[printed.index_at(tokens[start].start)].paragraph for start, _ in runs]
    words = [sum(part.is_word for part in segment) for segment in quotation.segments]
    return any(
        one is not other and min(few) < _FEWEST_AFAR
        for (one, other), few in zip(pairwise(paragraphs), pairwise(words), strict=True)
    )
