"""What a question means after those before it, rewritten to stand alone by rules, always the same way.

"And for Kenya?" keeps what was asked and changes the State; "what about adoption?" keeps the State and
the way it was asked and changes the topic; "and what did it recommend?" changes only the way. What is
carried over is said in the text that is searched, so that asking this text alone gives the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, AppliedFilter, FilterKind
from assistant.follow_ups import (
    FollowUp,
    asks_for_all,
    asks_for_more,
    asks_for_that_paragraph,
    begins_narrower,
    compared_with,
    content_terms,
    has_question_form,
    item_asked,
    means_person,
    narrows,
    read_follow_up,
    refers_back,
    step_asked,
    with_person,
    with_subject,
    without_courtesy,
    year_alone,
)
from assistant.inference import Inferred, inferred_filters
from assistant.people import people_in
from assistant.question import Question, read_question, topic_of, without_filters
from assistant.small_talk import is_small_talk
from corpus.holdings import Holdings
from corpus.model import Role
from corpus.pinpoint import Pinpoint

_REMEMBERED = 20
"""Turns that a question may lean on; what was spoken of before is left behind."""

_LONG = 25  # words from which a question says by itself what it is about
_ASKED: dict[Role | None, str] = {
    None: "What did the Committee say about {}?",
    Role.RECOMMENDATION: "What did the Committee recommend on {}?",
    Role.CONCERN: "What concerns did the Committee express about {}?",
    Role.POSITIVE: "What did the Committee welcome about {}?",
}
_LISTED: dict[Role | None, str] = {
    None: "every paragraph that mentions {}",
    Role.RECOMMENDATION: "all recommendations on {}",
    Role.CONCERN: "all concerns about {}",
    Role.POSITIVE: "all positive aspects about {}",
}
_COUNTED: dict[Role | None, str] = {
    None: "How many paragraphs mention {}?",
    Role.RECOMMENDATION: "How many recommendations on {}?",
    Role.CONCERN: "How many concerns about {}?",
    Role.POSITIVE: "How many positive aspects about {}?",
}
_ASKING = re.compile(
    r"^(?:(?:who|what|which|when|where|why|how(?:\s+(?:many|much|often|long))?)\s+)?(?:(?:is|are|was|were|does|do|did|has"
    r"|have|had|can|could|should|must|will|would|may|might)\s+)?(?:there\s+)?(?:(?:a|an|any|the)\s+)?",
    re.IGNORECASE,
)
_SAYS_ABOUT = re.compile(r"^(?:[\w’'-]+\s+){1,3}says?\s+(?:about|on)\s+", re.IGNORECASE)
_PUNCTUATION = re.compile(r"\s+(?=[?.!,;:])")
_ARTICLES = re.compile(r"\s*\((?:arts?|articles?)\b.*$", re.IGNORECASE)
_CARRIED_KINDS: tuple[FilterKind, ...] = ("symbol", "state", "committee", "instrument", "year")


@dataclass(frozen=True)
class StandAlone:
    """A question as it could have been asked by itself.

    Its `text` is searched with the `carried` filters of earlier turns. Where it leans on an
    earlier topic, `own` are the words it has of itself, which an answer must be about too. `seen` are the
    places shown before, symbol and machine id, where more of the same is asked for.
    """

    core: str
    before: str = ""
    """The States, years and documents it names itself, where they are not in the core."""
    carried: tuple[AppliedFilter, ...] = ()
    own: str = ""
    seen: frozenset[tuple[str, str]] = frozenset()

    @property
    def text(self) -> str:
        """What is read and searched."""
        return f"{self.before}: {self.core}" if self.before else self.core

    @property
    def shown(self) -> str:
        """The text with the carried filters before it, as it could be asked alone."""
        before = ", ".join(filter(None, [_named((a.kind, a.value) for a in self.carried), self.before]))
        return f"{before}: {self.core}" if before else self.core


@dataclass(frozen=True)
class _Focus:
    """What is spoken of after some turns."""

    topic: str = ""
    subject: str = ""
    """What pronouns stand for; of "how are they used?" it stays what "they" stood for."""
    core: str = ""
    """The last question without the names of the documents it was put to."""
    role: Role | None = None
    filters: tuple[AppliedFilter, ...] = ()
    places: tuple[tuple[str, Pinpoint], ...] = ()
    seen: frozenset[tuple[str, str]] = frozenset()
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Reading:
    """A question rewritten, and what it makes the next one lean on."""

    core: str
    topic: str
    subject: str
    before: str = ""
    carried: tuple[AppliedFilter, ...] = ()
    own: str = ""
    goes_on: bool = False
    """Whether it asks for more of the same."""


def stand_alone(text: str, earlier: Sequence[Answer], holdings: Holdings) -> StandAlone:
    """The question rewritten from the turns before it; the same for the same turns.

    It does not look into the documents: `holdings` tell which names are of documents that are held.
    """
    focus = _Focus()
    for answer in earlier[-_REMEMBERED:]:
        focus = _after(focus, answer, holdings)
    reading = _read(text, focus, holdings)
    seen = focus.seen if reading.goes_on else frozenset()
    return StandAlone(reading.core, reading.before, reading.carried, reading.own, seen)


def stand_alone_text(questions: Sequence[str], holdings: Holdings) -> str:
    """The last of several questions rewritten from those before it, by their words alone."""
    focus = _Focus()
    for text in questions[:-1]:
        if not is_small_talk(text):
            focus = _spoken_of(focus, _read(text, focus, holdings), holdings)
    return _read(questions[-1], focus, holdings).core


# -- what is spoken of


def _after(focus: _Focus, answer: Answer, holdings: Holdings) -> _Focus:
    """What is spoken of after one more turn."""
    if is_small_talk(answer.question):
        return focus
    reading = _read(answer.question, focus, holdings)
    after = _spoken_of(focus, reading, holdings)
    question = read_question(reading.core)
    if question.is_look_up and answer.passages:
        heading = answer.passages[0].section[-1:]
        topic = _in_a_sentence(_ARTICLES.sub("", heading[0]).strip()) if heading else ""
        after = replace(after, topic=topic, subject=topic, core="", role=None)
    cited = tuple((c.symbol, Pinpoint.parse(c.pinpoint)) for c in answer.citations)
    seen = frozenset((c.symbol, c.eid) for c in answer.citations)
    return replace(
        after,
        filters=tuple(
            a.model_copy(update={"origin": "carried"})
            for a in answer.filters
            if a.kind in _CARRIED_KINDS and _goes_on(a, holdings)
        ),
        places=cited or focus.places,
        seen=focus.seen | seen if reading.goes_on else seen,
        people=tuple(people_in(s.text for s in answer.statements)) or focus.people,
    )


def _goes_on(applied: AppliedFilter, holdings: Holdings) -> bool:
    """Whether a filter is still spoken of: where nothing is held on a State, it is not forgotten either."""
    return not applied.dropped or (applied.kind == "state" and not holdings.on_state(applied.value))


def _spoken_of(focus: _Focus, reading: _Reading, holdings: Holdings) -> _Focus:
    question = read_question(reading.core)
    core = _PUNCTUATION.sub("", without_filters(question, inferred_filters(question.text, holdings)))
    return _Focus(
        topic=reading.topic or focus.topic,
        subject=reading.subject or focus.subject,
        core=core if reading.topic else focus.core,
        role=question.role,
        filters=reading.carried,
        places=focus.places,
        people=focus.people,
    )


# -- reading


def _read(text: str, focus: _Focus, holdings: Holdings) -> _Reading:
    """One question after what was spoken of.

    What nothing is held on is no filter that could be carried, and is named in the text.
    """
    reading = _rewritten(text, focus, holdings)
    unheld = [(a.kind, a.value) for a in reading.carried if a.dropped]
    if not unheld:
        return reading
    before = ", ".join(filter(None, [_named(unheld), reading.before]))
    return replace(reading, before=before, carried=tuple(a for a in reading.carried if not a.dropped))


def _rewritten(text: str, focus: _Focus, holdings: Holdings) -> _Reading:
    if not focus.topic and not focus.filters and not focus.places:
        return _by_itself(without_courtesy(text) or text, holdings)
    follow = read_follow_up(text)
    rest = follow.rest
    place = _place_asked(rest, focus)
    if place is not None:
        return place
    if asks_for_more(rest) and focus.core:
        return _Reading(focus.core, focus.topic, focus.subject, "", focus.filters, goes_on=True)
    if year := year_alone(compared_with(rest) or rest):
        compares = "compared with " if compared_with(rest) is not None else ""
        rest = f"{compares}the {year} observations"
    question = read_question(rest) if any(map(str.isalnum, rest)) else None
    if question is None:  # nothing is left: it only let go of filters, or said "and?"
        carried = () if follow.everywhere else focus.filters
        return _Reading(focus.core or text, focus.topic, focus.subject, carried=carried)
    if question.is_look_up:
        places = f"para. {bare}" if (bare := rest.strip(" ?.!,;:"))[:1].isdigit() else rest
        return _Reading(places, "", "", "", _document_spoken_of(question, focus, holdings))
    scope = inferred_filters(question.text, holdings)
    carried = _carried(focus, scope, question, follow)
    if compared_with(rest) is not None and scope and focus.topic:
        return _comparison(scope, question, focus, carried)
    if question.read.condition is not None or len(rest.split()) > _LONG:
        return replace(_by_itself(rest, holdings), carried=carried)
    return _leaning(rest, follow, question, scope, focus, carried, holdings)


def _by_itself(text: str, holdings: Holdings) -> _Reading:
    """A question that says all it means."""
    question = read_question(text)
    topic = topic_of(without_filters(question, inferred_filters(question.text, holdings)))
    if not content_terms(topic):
        topic = ""
    return _Reading(text, topic, _subject(topic))


def _leaning(
    rest: str,
    follow: FollowUp,
    question: Question,
    scope: Sequence[Inferred],
    focus: _Focus,
    carried: tuple[AppliedFilter, ...],
    holdings: Holdings,
) -> _Reading:
    """A question that may take its topic, or the way it is asked, from the one before."""
    bare = without_filters(question, scope).strip(" ?.!,;:")
    before = _named((i.kind, i.value) for i in scope)
    topic = topic_of(bare)
    own = [term for term in content_terms(topic) if term not in content_terms(before)]
    listed = asks_for_all(bare)
    if listed and not own and focus.topic:
        asked = (_COUNTED if listed == "count" else _LISTED)[question.role or focus.role]
        return _Reading(asked.format(focus.topic), focus.topic, focus.subject, before, carried)
    if not own:
        if not focus.topic:
            return replace(_by_itself(rest, holdings), carried=carried)
        # only the documents, or the way it is asked, are new
        keeps = question.role in (None, focus.role) and focus.core and not _asks_anew(bare)
        core = focus.core if keeps else _asked(focus.topic, question.role)
        return _Reading(core, focus.topic, focus.subject, before, carried)
    if follow.instead_of and (swapped := _swapped(focus, follow.instead_of, bare)):
        return _Reading(swapped, topic_of(swapped), _subject(topic_of(swapped)), before, carried)
    if means_person(topic) and (people := focus.people):
        named = with_person(rest if has_question_form(rest) else topic, people[0])
        text = named if has_question_form(rest) else _asked(named, question.role)
        before = "" if has_question_form(rest) else before
        return _Reading(text, topic_of(named), _subject(topic_of(named)), before, carried)
    if focus.topic and (refers_back(topic) or means_person(topic)):
        return _referring(rest, topic, focus, carried)
    framed = topic != bare and content_terms(topic) != []
    if focus.topic and not framed and narrows(bare) and not follow.corrects:
        narrowed = f"{focus.topic}{' ' if begins_narrower(bare) else ', '}{bare}"
        asked = _asked(narrowed, question.role or focus.role)
        return _Reading(asked, narrowed, focus.subject, before, carried, bare)
    if framed or has_question_form(bare) or len(bare.split()) > _LONG // 2:
        if focus.topic and not framed and not follow.about and len(set(own)) == 1:
            text = f"{rest.rstrip(' ?.!')} ({focus.subject or focus.topic})?"
            return _Reading(text, f"{topic} {focus.topic}", focus.subject, "", carried, topic)
        return replace(_by_itself(rest, holdings), carried=carried)
    role = question.role or focus.role if follow.about or follow.leads or follow.corrects else question.role
    asked = _asked(topic, role) if role or follow.about or follow.leads or follow.corrects else topic
    return _Reading(asked, topic, _subject(topic), before, carried)


def _referring(rest: str, topic: str, focus: _Focus, carried: tuple[AppliedFilter, ...]) -> _Reading:
    """A question with a pronoun: its subject takes the pronoun's place, or stands behind."""
    subject = focus.subject or focus.topic
    short = len(subject.split()) <= 6
    said = with_subject(rest, subject) if short else None
    text = said or f"{rest.rstrip(' ?.!')} ({subject})?"
    return _Reading(text, topic_of(text.strip(" ?")), focus.subject, "", carried, topic)


def _swapped(focus: _Focus, instead_of: str, new: str) -> str | None:
    """The last question with one of its words in the place of another: "boys, not girls"."""
    pattern = re.compile(rf"\b{re.escape(instead_of)}\b", re.IGNORECASE)
    for text in (focus.core, _asked(focus.topic, focus.role) if focus.topic else ""):
        if text and pattern.search(text):
            return pattern.sub(lambda _: new, text)
    return None


def _comparison(
    scope: Sequence[Inferred], question: Question, focus: _Focus, carried: tuple[AppliedFilter, ...]
) -> _Reading:
    """A question that sets another State or year beside the one spoken of."""
    kinds = {i.kind for i in scope}
    before = [(a.kind, a.value) for a in focus.filters if a.kind in kinds]
    kept = [a for a in focus.filters if a.kind not in kinds and kinds == {"year"}]
    topic = compared_with(without_filters(question, scope)) or ""
    core = focus.core or _asked(focus.topic, focus.role)
    if content_terms(topic):
        core = _asked(topic_of(topic), question.role or focus.role)
    both = _named([*before, *((i.kind, i.value) for i in scope)])
    return _Reading(core, focus.topic, focus.subject, both, tuple(kept) or carried)


def _place_asked(rest: str, focus: _Focus) -> _Reading | None:
    """A question for a place by where it stands to those just cited."""
    if not focus.places:
        return None
    symbol = focus.places[0][0]
    cited = list(dict.fromkeys(place.paragraph for at, place in focus.places if at == symbol))
    document = (AppliedFilter(kind="symbol", value=symbol, origin="carried"),)
    if item := item_asked(rest):
        return _Reading(f"para. {cited[-1]} {item}", "", "", "", document)
    if asks_for_that_paragraph(rest):
        places = f"paras. {', '.join(map(str, cited))}" if len(cited) > 1 else f"para. {cited[0]}"
        return _Reading(places, "", "", "", document)
    numbers = [int(place.label) for place in cited if place.label.isdigit()]
    if (step := step_asked(rest)) and numbers:
        number = (max(numbers) if step > 0 else min(numbers)) + step
        return _Reading(f"para. {number}", "", "", "", document)
    return None


def _document_spoken_of(question: Question, focus: _Focus, holdings: Holdings) -> tuple[AppliedFilter, ...]:
    """Where a number is asked for without its document: the one that was cited last, if it was one."""
    if question.symbols or question.names or inferred_filters(question.text, holdings):
        return ()
    if any(a.kind == "symbol" for a in focus.filters):
        return tuple(a for a in focus.filters if a.kind == "symbol")
    cited = dict.fromkeys(symbol for symbol, _ in focus.places)
    if len(cited) == 1:
        return (AppliedFilter(kind="symbol", value=next(iter(cited)), origin="carried"),)
    return focus.filters


def _carried(
    focus: _Focus, scope: Sequence[Inferred], question: Question, follow: FollowUp
) -> tuple[AppliedFilter, ...]:
    """The filters that go on holding: a new State lets go of the State, the year and the document."""
    if follow.everywhere or question.symbols:
        return ()
    new = {i.kind for i in scope}
    if new & {"state", "committee", "instrument"}:
        new |= {"symbol", "year"}
    if "state" in new:
        new |= {"state"}
    if "year" in new:
        new |= {"symbol"}
    return tuple(a for a in focus.filters if a.kind not in new)


# -- saying


def _asked(topic: str, role: Role | None) -> str:
    topic = _subject(topic) or topic
    return _ASKED.get(role, _ASKED[None]).format(topic.strip(" ?.!,;:"))


def _asks_anew(bare: str) -> bool:
    """Whether it asks in a way of its own, such as "what did it say?", without a topic of its own."""
    return topic_of(bare) != bare or has_question_form(bare)


def _named(filters: Iterable[tuple[str, str]]) -> str:
    """Filters as they stand before a question: `Kenya and Mexico, the 2015 observations`."""
    found = list(dict.fromkeys(filters))
    states = " and ".join(value for kind, value in found if kind == "state")
    years = " and ".join(f"the {value} observations" for kind, value in found if kind == "year")
    others = [value for kind, value in found if kind not in ("state", "year")]
    return ", ".join(filter(None, [states, years, *others]))


def _subject(topic: str) -> str:
    """What a topic is about, without the words that ask."""
    return _SAYS_ABOUT.sub("", _ASKING.sub("", topic, count=1)).strip(" ?.!,;:")


def _in_a_sentence(heading: str) -> str:
    """A heading as it stands inside a sentence."""
    return heading if heading[1:2].isupper() else heading[:1].lower() + heading[1:]
