"""A quotation and what is printed side by side, word for word, with what explains each difference."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from assistant.citations.printed_text import Printed
from assistant.citations.quotation_text import Part
from assistant.citations.tokens import key_of

Why = Literal["equal", "form", "closing", "case", "label", "mark", "altered"]
"""What explains a difference.

`form`: spaces, quotation marks, dashes. `closing`: the stop or comma that some put inside the marks.
`case`: of a first letter. `label`: the number of a place that is left out. `mark`: a mark of the quotation
itself. `altered`: nothing does.
"""

LONGEST_REPLACED = 15
"""Printed words that brackets may stand for: a State's full name with what belongs to it."""

_ASIDE = frozenset({"insertion", "remark"})
_CLOSING = frozenset(",.;:")
_CLOSED_BY = frozenset(",.")
_CALLS = frozenset("*†‡§")


@dataclass(frozen=True, slots=True)
class Step:
    """Some parts of a quotation beside some printed tokens; equal ones are one and one."""

    parts: Sequence[Part]
    tokens: Sequence[Printed]
    why: Why


def side_by_side(
    parts: Sequence[Part],
    tokens: Sequence[Printed],
    runs: Sequence[tuple[int, int]],
    calls: Collection[str] = (),
) -> list[Step]:
    """All parts of a quotation beside all tokens from its first run to its last.

    `runs` say which tokens each stretch between ellipses with words in it stands for, and `calls` are the
    marks of the document's notes, which a copy may have taken with it.
    """
    steps: list[Step] = []
    ellipsis: int | None = None  # the step of the last one
    ahead = iter(runs)
    printed_to: int | None = None
    for segment in _between_ellipses(parts):
        if segment[0].kind == "ellipsis":
            ellipsis = len(steps)
            steps.append(Step(segment, (), "mark"))
        elif not any(part.is_word for part in segment):
            steps.append(Step(segment, (), "mark"))
        else:
            start, stop = next(ahead)
            if printed_to is not None and ellipsis is not None:
                steps[ellipsis] = Step(steps[ellipsis].parts, tokens[printed_to:start], "mark")
            steps += _segment(segment, tokens[start:stop], calls)
            printed_to = stop
    return steps


def _between_ellipses(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """Ellipses, each by itself, and what stands between them."""
    start = 0
    for index, part in enumerate(parts):
        if part.kind == "ellipsis":
            if index > start:
                yield parts[start:index]
            yield parts[index : index + 1]
            start = index + 1
    if start < len(parts):
        yield parts[start:]


def _segment(parts: Sequence[Part], tokens: Sequence[Printed], calls: Collection[str]) -> Iterator[Step]:
    """A run of a quotation beside the tokens it stands for, with the numbers of places that it leaves out."""
    kept = _without_labels(parts, tokens)
    done = 0
    opening = {kept.index(i) for i in kept if i and tokens[i - 1].is_label and i - 1 not in kept}
    for first, last, start, stop, why in _explained(parts, [tokens[i] for i in kept], calls, opening):
        if start == stop:
            yield Step(parts[first:last], (), why)
            continue
        begin, end = kept[start], kept[stop - 1] + 1
        if begin > done:
            yield Step((), tokens[done:begin], "label")
        yield Step(parts[first:last], tokens[begin:end], why)
        done = end
    if done < len(tokens):
        yield Step((), tokens[done:], "label")


def _without_labels(parts: Sequence[Part], tokens: Sequence[Printed]) -> list[int]:
    """The indexes of the tokens but for the numbers and letters of places that are not quoted too."""
    said = _in_a_row(part.form for part in parts)
    kept: list[int] = []
    index = 0
    while index < len(tokens):
        end = index + 1
        if tokens[index].is_label:
            while end < len(tokens) and tokens[end].is_label:
                end += 1
            if _in_a_row(token.form for token in tokens[index:end]) not in said:
                index = end
                continue
        kept += range(index, end)
        index = end
    return kept


def _in_a_row(forms: Iterable[str]) -> str:
    return "".join(f"\0{form.lower()}\0" for form in forms)


_Block = tuple[int, int, int, int]
"""From which part to which, and from which token to which."""


def _explained(
    parts: Sequence[Part], tokens: Sequence[Printed], calls: Collection[str], opening: Collection[int]
) -> Iterator[tuple[int, int, int, int, Why]]:
    """What each part stands beside and why; tokens that are `opening` follow a number that is left out."""
    opens = next((index for index, part in enumerate(parts) if part.is_word), None)
    for equal, (first, last, start, stop) in _blocks(parts, tokens):
        if equal:
            is_first = start in opening or first == opens
            yield first, last, start, stop, _why_alike(parts[first], tokens[start], is_first=is_first)
            continue
        block = (first, last, start, stop)
        if first == last and stop in opening and all(t.form in _CLOSING for t in tokens[start:stop]):
            yield *block, "label"  # the colon or semicolon before it goes with it
        else:
            yield *block, _why(parts, tokens, block, calls)


def _blocks(parts: Sequence[Part], tokens: Sequence[Printed]) -> Iterator[tuple[bool, _Block]]:
    """Words that are the same, one by one, and stretches that are not, in turn.

    Insertions and remarks are no words of the text: they go with what is left out where they stand.
    """
    words = [index for index, part in enumerate(parts) if part.kind not in _ASIDE]
    at = 0
    for equal, (first, last, start, stop) in _runs_of_words([parts[i] for i in words], tokens):
        if equal:
            for offset, index in enumerate(words[first:last]):
                if index > at:
                    yield False, (at, index, start + offset, start + offset)
                yield True, (index, index + 1, start + offset, start + offset + 1)
                at = index + 1
        else:
            end = words[last - 1] + 1 if last > first else at
            while end < len(parts) and parts[end].kind in _ASIDE:
                end += 1
            yield False, (at, end, start, stop)
            at = end
    if at < len(parts):
        yield False, (at, len(parts), len(tokens), len(tokens))


def _runs_of_words(words: Sequence[Part], tokens: Sequence[Printed]) -> Iterator[tuple[bool, _Block]]:
    forms = [token.form for token in tokens]
    printed = [form.lower() for form in forms]
    known = set(printed)
    said = [_comparable(part, forms, known) for part in words]
    changed: _Block | None = None
    for code in Levenshtein.opcodes(said, printed):
        block = (code.src_start, code.src_end, code.dest_start, code.dest_end)
        if code.tag == "equal":
            if changed:
                yield False, changed
            changed = None
            yield True, block
        else:
            begin = changed or block
            changed = (begin[0], block[1], begin[2], block[3])
    if changed:
        yield False, changed


def _comparable(part: Part, forms: Sequence[str], known: Collection[str]) -> str:
    """A word as it is compared; one with brackets in it as the printed word that it stands for."""
    if part.kind == "changed":
        plain = part.form.replace("[", "").replace("]", "").lower()
        if plain in known:
            return plain
        return next((form.lower() for form in forms if part.stands_for(form)), part.form)
    return part.form.lower()


def _why_alike(part: Part, token: Printed, *, is_first: bool) -> Why:
    if part.kind == "changed":
        return "mark"
    if part.form == token.form:
        return "equal"
    # in running text the case of a first letter follows the sentence, and few mark it
    return "case" if is_first and part.form[1:] == token.form[1:] else "altered"


def _why(parts: Sequence[Part], tokens: Sequence[Printed], block: _Block, calls: Collection[str]) -> Why:
    first, last, start, stop = block
    said = [part for part in parts[first:last] if part.kind != "remark"]
    printed = tokens[start:stop]
    if not said:
        return "altered" if printed else "mark"
    if all(part.kind == "insertion" for part in said):
        return "mark" if sum(token.is_word for token in printed) <= LONGEST_REPLACED else "altered"
    if _is_closing(parts, last, said, printed):
        return "closing" if len(said) == last - first else "mark"
    if not printed and _are_calls(parts[first - 1] if first else None, said, calls):
        return "mark"
    return "form" if _differ_in_spaces(said, printed) else "altered"


def _is_closing(parts: Sequence[Part], last: int, said: Sequence[Part], printed: Sequence[Printed]) -> bool:
    """Whether it is the stop or comma at the end of a run, which may belong to the sentence around it."""
    at_end = all(part.kind == "remark" for part in parts[last:])
    return (
        at_end
        and len(said) == 1
        and said[0].form in _CLOSED_BY
        and all(token.form in _CLOSING for token in printed)
    )


def _are_calls(before: Part | None, said: Sequence[Part], calls: Collection[str]) -> bool:
    """Whether these are marks of notes, printed against the word or sign before them."""
    if before is None or len(said) != 1 or said[0].start != before.end:
        return False
    form = said[0].form
    return form in calls and (form in _CALLS or not before.form.isdigit())


def _differ_in_spaces(said: Sequence[Part], printed: Sequence[Printed]) -> bool:
    """Whether both have the same letters, signs and numbers, though parted otherwise."""
    one, other = ([each.form for each in side] for side in (said, printed))
    return (
        key_of("".join(one)) == key_of("".join(other)) != ""
        and "".join(one) == "".join(other)
        and [form for form in one if form.isdigit()] == [form for form in other if form.isdigit()]
    )
