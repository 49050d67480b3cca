"""What a conversation is about, from which the next question takes what it leaves unsaid."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Answer, AppliedFilter, FilterKind
from assistant.inference import inferred_filters
from assistant.people import people_in
from assistant.phrasing import heading_in_a_sentence
from assistant.question import read_question, without_documents
from assistant.restriction import narrowest
from corpus.holdings import Holdings
from corpus.model import Role
from corpus.pinpoint import Pinpoint

_CARRIED_KINDS: tuple[FilterKind, ...] = ("symbol", "state", "committee", "instrument", "year")


@dataclass(frozen=True)
class Focus:
    """What is spoken of after some turns."""

    topic: str = ""
    subject: str = ""
    """What pronouns stand for; of "how are they used?" it stays what "they" stood for."""
    core: str = ""
    """The last question without the names of the documents it was put to."""
    role: Role | None = None
    filters: tuple[AppliedFilter, ...] = ()
    """The filters that go on holding, as they were given or else carried."""
    places: tuple[tuple[str, Pinpoint], ...] = ()
    heading: str = ""
    """The heading that the last answer is from."""
    looked_up: str = ""
    """The places that the last question asked for, where it did."""
    seen: frozenset[tuple[str, str]] = frozenset()
    states: tuple[str, ...] = ()
    """The States that were spoken of, the last one last."""
    topics: tuple[str, ...] = ()
    """The topics that were, the first one first."""
    answered: Focus | None = None
    """What was spoken of when a question last got an answer, where the last one got none."""
    said: tuple[str, ...] = ()
    """What the last answer that said anything said."""

    @property
    def person(self) -> str | None:
        """The person it speaks of."""
        return next(people_in(self.said), None)


@dataclass(frozen=True)
class Reading:
    """A question rewritten, and what it makes the next one lean on."""

    core: str
    topic: str
    subject: str
    before: str = ""
    carried: tuple[AppliedFilter, ...] = ()
    own: str = ""
    own_share: float = 0.0
    leans_on: str = ""
    """The topic that it has from before."""
    adds: str = ""
    """What it says of that topic."""
    may_lean: bool = False
    """Whether it may be about a part of what was spoken of."""
    goes_on: bool = False
    """Whether it asks for more of the same."""
    beside: bool = False
    """Whether it asks something beside the topic, which goes on being spoken of."""
    of_the_answer: bool = False
    """Whether it asks what the answer before is from, so that the documents spoken of stay the same."""


def after_answer(focus: Focus, reading: Reading, answer: Answer, holdings: Holdings) -> Focus:
    """What is spoken of after a question, read so, got its answer."""
    after = after_question(focus, reading, holdings)
    question = read_question(reading.core)
    heading = answer.passages[0].section[-1:] if answer.citations and answer.passages else ()
    if heading:
        after = replace(after, heading=heading_in_a_sentence(heading[0]))
    if question.is_look_up:
        shown = {(c.symbol, str(Pinpoint.parse(c.pinpoint).paragraph)) for c in answer.citations}
        again = shown <= {(symbol, str(place.paragraph)) for symbol, place in focus.places}
        if not again:
            places = ", ".join(map(str, question.pinpoints))
            after = replace(after, looked_up=f"para{'s' * (len(question.pinpoints) > 1)}. {places}")
        if answer.citations and not again:
            topic = after.heading if heading else ""
            after = replace(after, topic=topic, subject=topic, core="", role=None)
    cited = tuple((c.symbol, Pinpoint.parse(c.pinpoint)) for c in answer.citations)
    seen = frozenset((c.symbol, c.eid) for c in answer.citations)
    after = replace(after, answered=None if answer.citations else focus.answered or focus)
    filters = narrowest(answer.filters)
    states = [a.value for a in filters if a.kind == "state"]
    if reading.of_the_answer:
        return replace(focus, answered=None)
    return replace(
        after,
        states=(*(state for state in focus.states if state not in states), *states),
        topics=(*focus.topics, after.topic) if after.topic not in focus.topics else focus.topics,
        filters=tuple(
            a if a.origin == "given" else a.model_copy(update={"origin": "carried"})
            for a in [*filters, *(a for a in answer.filters if a.dropped)]
            if a.kind in _CARRIED_KINDS and _goes_on(a, holdings)
        ),
        places=cited or focus.places,
        seen=focus.seen | seen if reading.goes_on else seen,
        said=tuple(statement.text for statement in answer.statements) or focus.said,
    )


def _goes_on(applied: AppliedFilter, holdings: Holdings) -> bool:
    """Whether a filter is still spoken of: where nothing is held on a State, it is not forgotten either."""
    return not applied.dropped or (applied.kind == "state" and not holdings.on_state(applied.value))


def after_question(focus: Focus, reading: Reading, holdings: Holdings) -> Focus:
    """What is spoken of after a question, read so, whatever its answer."""
    question = read_question(reading.core)
    core = without_documents(question, inferred_filters(question.text, holdings))
    return Focus(
        topic=focus.topic if reading.beside else reading.topic,
        subject=focus.subject if reading.beside else reading.subject,
        core=focus.core if reading.beside else core,
        role=question.role,
        filters=reading.carried,
        places=focus.places,
        heading=focus.heading,
        states=focus.states,
        topics=focus.topics,
        said=focus.said,
    )
