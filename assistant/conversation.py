"""What a question means after those before it, rewritten to stand alone by rules, always the same way.

"And for Kenya?" keeps what was asked and changes the State; "what about adoption?" keeps the State and
the way it was asked and changes the topic; "and what did it recommend?" changes only the way. What is
carried over is said in the text that is searched, so that asking this text alone gives the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, AppliedFilter, Filters
from assistant.focus import Focus, Reading, after_answer, after_question
from assistant.follow_ups import spelt_out
from assistant.inference import carried_filters
from assistant.phrasing import StandAlone, filters_named
from assistant.question import read_question
from assistant.restriction import given_filters, given_kinds
from assistant.rewriting import rewritten
from assistant.scope import scope_of
from assistant.small_talk import is_small_talk
from corpus.holdings import Holdings

_REMEMBERED = 20
"""Turns that a question may lean on; what was spoken of before is left behind."""

_OWN_SHARE = 0.5
"""How much of its own words, by their rarity, an answer must have to a question that leaned on an earlier
topic only because it got none by itself; chosen on the follow-ups of `tests/gold` that are for choosing."""


def stand_alone(
    text: str, earlier: Sequence[Answer], holdings: Holdings, given: Filters | None = None
) -> StandAlone:
    """The question rewritten from the turns before it; the same for the same turns.

    It does not look into the documents: `holdings` tell which names are of documents that are held. What
    the filters `given` with it overrule is not carried over to it, nor said to be searched.
    """
    focus = Focus()
    for answer in earlier[-_REMEMBERED:]:
        if not is_small_talk(answer.question):
            readings = _readings(answer.question, focus, holdings)
            had = given_filters(answer)
            searched = [r for r in readings if _alone(r, focus, holdings, had).shown == answer.searched_for]
            focus = after_answer(focus, (searched or readings)[0], answer, holdings)
    alone: StandAlone | None = None
    for reading in reversed(_readings(text, focus, holdings)):
        alone = replace(_alone(reading, focus, holdings, given or Filters()), otherwise=alone)
    assert alone is not None
    return alone


def stand_alone_text(questions: Sequence[str], holdings: Holdings) -> str:
    """The last of several questions rewritten from those before it, by their words alone."""
    focus = Focus()
    for text in questions[:-1]:
        if not is_small_talk(text):
            focus = after_question(focus, _readings(text, focus, holdings)[0], holdings)
    return _readings(questions[-1], focus, holdings)[0].core


def _alone(reading: Reading, focus: Focus, holdings: Holdings, given: Filters) -> StandAlone:
    return StandAlone(
        reading.core,
        reading.before,
        _beside(given, reading.carried, holdings),
        own=reading.own,
        own_share=reading.own_share,
        leans_on=reading.leans_on,
        adds=reading.adds,
        seen=focus.seen if reading.goes_on else frozenset(),
        goes_on=reading.goes_on,
    )


def _beside(
    given: Filters, carried: tuple[AppliedFilter, ...], holdings: Holdings
) -> tuple[AppliedFilter, ...]:
    """What is carried over beside given filters; of their kinds, what narrows them and was not given."""
    kinds = given_kinds(given)
    if not kinds:
        return carried
    left = {header.id for header in scope_of(holdings, given).headers}
    read = carried_filters(carried, holdings)
    return tuple(
        applied
        for applied, documents in zip(carried, (each.documents for each in read), strict=True)
        if not kinds & {applied.kind, "symbol"}
        or (documents & left and not (applied.origin == "given" and applied.kind in kinds))
    )


def _readings(text: str, focus: Focus, holdings: Holdings) -> list[Reading]:
    """What a question may mean, the likeliest first; the others are asked where it gets no answer so.

    A question that says all it means may be about a part of what was spoken of, or about other
    documents where it names something; after a question that got no answer, one may go on with what
    was spoken of before that.
    """
    text = spelt_out(text)
    reading = _named_in_full(rewritten(text, focus, holdings))
    readings = [reading]
    if reading.may_lean and focus.topic:
        core = f"{reading.core.rstrip(' ?.!')} ({focus.subject or focus.topic})?"
        readings.append(
            replace(reading, core=core, own=reading.topic, own_share=_OWN_SHARE, leans_on=focus.topic)
        )
    if focus.answered is not None:
        before = _named_in_full(rewritten(text, focus.answered, holdings))
        if before.core != reading.core:
            readings.append(before)
    if reading.carried and not reading.leans_on and read_question(reading.core).names:
        readings.append(replace(reading, carried=()))
    return readings


def _named_in_full(reading: Reading) -> Reading:
    """A reading that names in its text what nothing is held on, since that is no filter to carry."""
    unheld = [(a.kind, a.value) for a in reading.carried if a.dropped]
    if not unheld:
        return reading
    before = ", ".join(filter(None, [filters_named(unheld), reading.before]))
    return replace(reading, before=before, carried=tuple(a for a in reading.carried if not a.dropped))
