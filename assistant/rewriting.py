"""How one question is rewritten from what was spoken of before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import AppliedFilter
from assistant.collection_question import read_collection_question
from assistant.commands import adds, asks_for_both, is_command, left_out, with_edition, year_of_command
from assistant.content_words import content_terms
from assistant.contents import asks_for_contents
from assistant.exhaustive import read_exhaustive
from assistant.focus import Focus, Reading
from assistant.follow_ups import (
    FollowUp,
    begins_narrower,
    compared_with,
    has_question_form,
    means_first_topic,
    narrows,
    read_follow_up,
    returns_to,
    without_courtesy,
    without_only,
)
from assistant.inference import Inferred, inferred_filters
from assistant.phrasing import (
    filters_named,
    question_about,
    request_for_all,
    subject_of,
)
from assistant.places_asked import document_spoken_of, place_asked
from assistant.pronouns import means_person, refers_back, with_person, with_subject
from assistant.question import Question, read_question, topic_of, without_filters
from assistant.requests import asks_for_all, asks_for_more, asks_for_that_document, year_alone
from corpus.holdings import Holdings

_YEAR = re.compile(r"\b(?:19[5-9]|20[0-4])\d\b")

_DEFINITE = re.compile(r"(?:the|its|their|his|her)\s", re.IGNORECASE)

_SHORT = 6  # words of a subject that can take a pronoun's place in a question
_LONG = 25  # words from which a question says by itself what it is about


def rewritten(text: str, focus: Focus, holdings: Holdings) -> Reading:
    """What a question most likely means after what was spoken of."""
    text = without_courtesy(text) or text
    if not focus.topic and not focus.filters and not focus.places:
        return _by_itself(text, holdings)
    if (back := returns_to(text)) and not has_question_form(back[0]):
        return _returning(*back, focus, holdings)
    if listed := _listing(text, focus):
        return listed
    follow = read_follow_up(text)
    rest = with_edition(follow.rest, focus, holdings)
    if beside := _of_the_answer(rest, follow, focus, holdings):
        return beside
    if year := year_alone(compared_with(rest) or rest) or year_of_command(rest):
        compares = "compared with " if compared_with(rest) is not None else ""
        rest = f"{compares}the {year} observations"
    if not any(map(str.isalnum, rest)):  # it only let go of filters, or said "and?"
        carried = () if follow.everywhere else focus.filters
        return Reading(focus.core or text, focus.topic, focus.subject, carried=carried)
    question = read_question(rest)
    if question.is_look_up:
        places = f"para. {bare}" if (bare := rest.strip(" ?.!,;:"))[:1].isdigit() else rest
        return Reading(places, "", "", "", document_spoken_of(question, focus, holdings), beside=True)
    return _of_documents(rest, follow, question, focus, holdings)


def _listing(text: str, focus: Focus) -> Reading | None:
    """All there is of what was spoken of, or the last two States together."""
    if asked := asks_for_all(text):
        core = focus.core
        if not read_exhaustive(core):  # else the list that was told is what is asked for
            core = request_for_all(focus.subject or focus.topic, focus.role, count=asked == "count")
        return Reading(core, focus.topic, focus.subject, carried=focus.filters)
    if asks_for_both(text) and len(focus.states) > 1:
        both = filters_named(("state", value) for value in focus.states[-2:])
        return Reading(focus.core, focus.topic, focus.subject, both)
    return None


def _of_the_answer(rest: str, follow: FollowUp, focus: Focus, holdings: Holdings) -> Reading | None:
    """What is asked of the last answer, its places and documents, or of the collection."""
    if place := place_asked(rest, focus):
        return place
    if asks_for_more(rest) and focus.core:
        return Reading(focus.core, focus.topic, focus.subject, "", focus.filters, goes_on=True)
    if asks_for_that_document(rest) and focus.places:
        symbols = dict.fromkeys(symbol for symbol, _ in focus.places)
        return Reading(f"documents {' and '.join(symbols)}", "", "", beside=True, of_the_answer=True)
    if asks_for_contents(rest) and not (focus.topic and (follow.leads or follow.about)):
        carried = document_spoken_of(read_question(rest), focus, holdings)
        return Reading(rest, "", "", carried=carried, beside=True)
    return _by_itself(follow.rest, holdings) if read_collection_question(follow.rest) else None


def _of_documents(
    rest: str, follow: FollowUp, question: Question, focus: Focus, holdings: Holdings
) -> Reading:
    """A question with the documents it names, or lets go of, told apart from what it asks."""
    scope = inferred_filters(question.text, holdings)
    if dropped := left_out(question.text, scope):
        kept = [inferred for inferred in scope if inferred not in dropped]
        rest = without_filters(question, dropped)
        question = read_question(rest) if any(map(str.isalnum, rest)) else question
        follow = replace(follow, everywhere=follow.everywhere or not kept)
        scope = inferred_filters(question.text, holdings) if kept else []
    carried = _carried(focus, scope, question, follow)
    beside = adds(rest) and is_command(without_filters(question, scope), "")
    if scope and focus.topic and (beside or compared_with(rest) is not None):
        return _comparison(scope, question, focus, carried)
    listed = read_exhaustive(without_filters(question, scope))
    says_all = question.read.condition or question.section or question.section_number
    if says_all or (listed and listed.topics) or len(rest.split()) > _LONG:
        return replace(_by_itself(rest, holdings), carried=carried)
    return _leaning(rest, follow, question, scope, focus, carried, holdings)


def _returning(topic: str, question: str, focus: Focus, holdings: Holdings) -> Reading:
    """A question on a topic that it names before it asks."""
    topic = _topic_meant(topic, focus)
    turned = replace(focus, topic=topic, subject=topic, core=question_about(topic, None))
    reading = rewritten(question, turned, holdings)
    if set(content_terms(topic)) <= set(content_terms(reading.core)):
        return reading
    return replace(
        reading, core=f"{reading.core.rstrip(' ?.!')} ({topic})?", topic=f"{reading.topic} {topic}"
    )


def _topic_meant(topic: str, focus: Focus) -> str:
    """The topic of an earlier question that is meant by a word of it, or by its place."""
    if means_first_topic(topic) and focus.topics:
        return focus.topics[0]
    words = set(content_terms(topic))
    return next((t for t in reversed(focus.topics) if words and words <= set(content_terms(t))), topic)


def _by_itself(text: str, holdings: Holdings) -> Reading:
    """A question that says all it means."""
    question = read_question(text)
    if read_collection_question(text):
        return Reading(text, "", "", beside=True)
    if listed := read_exhaustive(without_filters(question, inferred_filters(question.text, holdings))):
        topic = " and ".join(listed.topics)
        return Reading(text, topic, topic)
    topic = topic_of(without_filters(question, inferred_filters(question.text, holdings)))
    if not content_terms(topic):
        topic = ""
    return Reading(text, topic, subject_of(topic))


@dataclass(frozen=True)
class _Asked:
    """A question taken apart: what it says of documents is in `before`, and the rest is its `topic`."""

    rest: str
    bare: str
    topic: str
    before: str
    follow: FollowUp
    question: Question
    scope: Sequence[Inferred]
    carried: tuple[AppliedFilter, ...]

    @property
    def is_framed(self) -> bool:
        """Whether it asks a committee for its topic: "what did it say about adoption?"."""
        return self.topic != self.bare and bool(content_terms(self.topic))


def _leaning(
    rest: str,
    follow: FollowUp,
    question: Question,
    scope: Sequence[Inferred],
    focus: Focus,
    carried: tuple[AppliedFilter, ...],
    holdings: Holdings,
) -> Reading:
    """A question that may take its topic, or the way it is asked, from the one before."""
    bare = without_filters(question, scope).strip(" ?.!,;:")
    named = [(i.kind, i.value) for i in scope] + [("symbol", str(symbol)) for symbol in question.symbols]
    asked = _Asked(rest, bare, topic_of(bare), filters_named(named), follow, question, scope, carried)
    turned = follow.instead_of and _swapped(focus, follow.instead_of, follow.rest.strip(" ?.!,;:"))
    if turned:
        return Reading(turned, topic_of(turned), subject_of(topic_of(turned)), carried=carried)
    if is_command(asked.topic, asked.before):
        return _without_topic(asked, focus) or replace(_by_itself(rest, holdings), carried=carried)
    if means_person(asked.topic) and (person := focus.person):
        return _of_person(asked, person)
    if focus.topic and (refers_back(asked.topic) or means_person(asked.topic)):
        return _referring(rest, asked.topic, focus, carried)
    if focus.topic and not asked.is_framed and narrows(bare) and not follow.corrects:
        return _narrowing(asked, focus)
    if asked.is_framed or has_question_form(bare) or len(bare.split()) > _LONG // 2:
        return _asking(asked, focus, holdings)
    goes_on = follow.about or follow.leads or follow.corrects
    role = question.role or (focus.role if goes_on else None)
    core = question_about(asked.topic, role) if role or goes_on else asked.topic
    part = _DEFINITE.match(asked.topic) or (follow.leads and not follow.about)
    subject = subject_of(asked.topic)
    return Reading(core, asked.topic, subject, asked.before, carried, may_lean=bool(part))


def _without_topic(asked: _Asked, focus: Focus) -> Reading | None:
    """The question before it, where only the documents or the way it is asked are new."""
    question, scope = asked.question, asked.scope
    if focus.looked_up and scope:
        return Reading(focus.looked_up, "", "", asked.before, beside=True)
    listed = asks_for_all(asked.bare)
    if listed and focus.topic:
        role = question.role or focus.role
        core = request_for_all(focus.subject or focus.topic, role, count=listed == "count")
        return Reading(core, focus.topic, focus.subject, asked.before, asked.carried)
    years = [inferred.value for inferred in scope if inferred.kind == "year"]
    if len(years) == 1 and _YEAR.search(focus.core):
        core = _YEAR.sub(years[0], focus.core)  # the year of which something was asked, not an edition
        return Reading(core, topic_of(core), focus.subject, carried=focus.filters)
    if focus.core and question.role in (None, focus.role) and not _asks_anew(asked.bare):
        return Reading(focus.core, focus.topic, focus.subject, asked.before, asked.carried)
    if not focus.topic:
        return None
    core = question_about(focus.topic, question.role)
    return Reading(core, focus.topic, focus.subject, asked.before, asked.carried)


def _of_person(asked: _Asked, person: str) -> Reading:
    """A question about somebody that the last answer named."""
    if has_question_form(asked.rest):
        text = with_person(asked.rest, person)
        return Reading(text, topic_of(text), subject_of(topic_of(text)), carried=asked.carried)
    topic = with_person(asked.topic, person)
    core = question_about(topic, asked.question.role)
    return Reading(core, topic_of(topic), subject_of(topic_of(topic)), asked.before, asked.carried)


def _narrowing(asked: _Asked, focus: Focus) -> Reading:
    """The topic before it, narrowed: "in rural areas?", "boys too?"."""
    narrower = without_only(asked.bare)
    topic = f"{focus.topic}{' ' if begins_narrower(narrower) else ', '}{narrower}"
    core = question_about(topic, asked.question.role or focus.role)
    return Reading(core, topic, focus.subject, asked.before, asked.carried, asked.bare)


def _asking(asked: _Asked, focus: Focus, holdings: Holdings) -> Reading:
    """A question with a topic of its own; one of a single word takes that before it along."""
    single = len(set(content_terms(asked.topic))) == 1
    if focus.topic and single and not asked.is_framed and not asked.follow.about:
        core = f"{asked.rest.rstrip(' ?.!')} ({focus.subject or focus.topic})?"
        topic = f"{asked.topic} {focus.topic}"
        return Reading(
            core, topic, focus.subject, carried=asked.carried, leans_on=focus.topic, adds=asked.topic
        )
    alone = replace(_by_itself(asked.rest, holdings), carried=asked.carried)
    return replace(alone, may_lean=not asked.is_framed)


def _referring(rest: str, topic: str, focus: Focus, carried: tuple[AppliedFilter, ...]) -> Reading:
    """A question with a pronoun: its subject takes the pronoun's place, or stands behind."""
    subject = focus.subject or focus.topic
    said = with_subject(rest, subject) if len(subject.split()) <= _SHORT else None
    text = said or f"{rest.rstrip(' ?.!')} ({subject})?"
    about = topic_of(text.strip(" ?"))
    return Reading(text, about, focus.subject, "", carried, leans_on=focus.topic, adds=topic)


def _swapped(focus: Focus, instead_of: str, new: str) -> str | None:
    """The last question with one of its words in the place of another: "boys, not girls"."""
    pattern = re.compile(rf"\b{re.escape(instead_of)}\b", re.IGNORECASE)
    for text in (focus.core, question_about(focus.topic, focus.role) if focus.topic else ""):
        if text and pattern.search(text):
            return pattern.sub(lambda _: new, text)
    return None


def _comparison(
    scope: Sequence[Inferred], question: Question, focus: Focus, carried: tuple[AppliedFilter, ...]
) -> Reading:
    """A question that sets another State or year beside the one spoken of."""
    kinds = {i.kind for i in scope}
    before = [(a.kind, a.value) for a in focus.filters if a.kind in kinds]
    kept = [a for a in focus.filters if a.kind not in kinds and kinds == {"year"}]
    topic = compared_with(without_filters(question, scope)) or ""
    core = focus.core or question_about(focus.topic, focus.role)
    if content_terms(topic):
        core = question_about(topic_of(topic), question.role or focus.role)
    both = filters_named([*before, *((i.kind, i.value) for i in scope)])
    return Reading(core, focus.topic, focus.subject, both, tuple(kept) or carried)


def _carried(
    focus: Focus, scope: Sequence[Inferred], question: Question, follow: FollowUp
) -> tuple[AppliedFilter, ...]:
    """The filters that go on holding: a new State lets go of the State, the year and the document."""
    if follow.everywhere or question.symbols:
        return ()
    new = {i.kind for i in scope}
    if new & {"state", "committee", "instrument"}:
        new |= {"symbol", "year"}
    if "year" in new:
        new |= {"symbol"}
    return tuple(a for a in focus.filters if a.kind not in new)


def _asks_anew(bare: str) -> bool:
    """Whether it asks in a way of its own, such as "what did it say?", without a topic of its own."""
    return topic_of(bare) != bare
