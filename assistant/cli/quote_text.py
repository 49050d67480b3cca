"""A quotation beside what is printed, as text for a terminal.

What the quotation leaves out stands in [-brackets with a minus-] and what it puts in stands in {+braces with
a plus+}, as differences of words are shown elsewhere, so that they are told apart without colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.cli.printing import wrapped
from assistant.one_line import one_line

if TYPE_CHECKING:
    from assistant.citations.quotation import Difference, QuotedPlace, QuoteMatch

_LONGEST_OMISSION = 200
"""Characters of what an ellipsis leaves out that are shown."""

_LEFT_OUT, _PUT_IN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


def match_text(match: QuoteMatch, *, in_colour: bool = False) -> str:
    """The places with their words, and how the quotation differs from the first; empty without any."""
    if not match.places:
        return ""
    shown = _difference(match, in_colour=in_colour)
    first, *others = match.places
    blocks = [_place(first, shown or first.quote)]
    blocks += [_place(other, other.quote) for other in others]
    if match.more:
        blocks.append(f"and in {match.more} more {'place' if match.more == 1 else 'places'}")
    return "\n\n".join(blocks)


def _place(place: QuotedPlace, words: str) -> str:
    earlier = "" if place.current else f" (an earlier edition: {place.edition})"
    lines = [f"{one_line(place.label)}{earlier}"]
    if place.section and not place.heading:
        lines.append(one_line(" › ".join(place.section)))
    return "\n".join([*map(wrapped, lines), "", *(wrapped(line) for line in words.splitlines())])


def _difference(match: QuoteMatch, *, in_colour: bool) -> str:
    """The words of the first place with what is left out and put in; empty where only the form differs."""
    if match.verdict == "stitched" and len(match.places) > 1:
        return ""
    if all(each.kind == "equal" or each.form_only for each in match.diff):
        return ""
    return "".join(_shown(each, in_colour=in_colour) for each in match.diff)


def _shown(difference: Difference, *, in_colour: bool) -> str:
    if difference.kind == "equal" or difference.form_only:
        gap = difference.quoted if difference.quoted.isspace() else ""
        return _safe_lines(difference.printed or gap)
    return "".join(_marked(difference, in_colour=in_colour))


def _marked(difference: Difference, *, in_colour: bool) -> Iterator[str]:
    printed, quoted = difference.printed, difference.quoted
    start = printed[: len(printed) - len(printed.lstrip())] or quoted[: len(quoted) - len(quoted.lstrip())]
    yield " " if start else ""
    if printed.strip():
        words = f"[-{one_line(_shortened(' '.join(printed.split())))}-]"
        yield f"{_LEFT_OUT}{words}{_PLAIN}" if in_colour else words
    if printed.strip() and quoted.strip():
        yield " "
    if quoted.strip():
        words = f"{{+{one_line(' '.join(quoted.split()))}+}}"
        yield f"{_PUT_IN}{words}{_PLAIN}" if in_colour else words
    yield " " if (printed or quoted)[-1:].isspace() else ""


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_OMISSION:
        return text
    half = _LONGEST_OMISSION // 2
    return f"{text[:half].rsplit(' ', 1)[0]} … {text[-half:].split(' ', 1)[-1]}"


def _safe_lines(text: str) -> str:
    return "\n".join(map(one_line, text.split("\n")))
