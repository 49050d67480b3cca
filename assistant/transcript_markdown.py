"""A conversation as Markdown, to be read or filed: its links lead to where the UN publishes the documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache

from assistant.answer import Answer, AppliedFilter, Citation, Conversation, RefusalReason, Turn
from assistant.citations.references import References
from assistant.links import with_links_elsewhere
from assistant.markdown import escaped
from assistant.searched import named_filters, searched_sentence
from corpus.catalog import Snapshot
from corpus.pinpoint import Style

_REFUSALS: dict[RefusalReason | None, str] = {
    "not_answered": "the documents do not answer it",
    "not_held": "the document is not held",
    "no_such_paragraph": "there is no such paragraph",
    "nothing_matches_filters": "nothing that is held meets the filters",
    "unclear": "the question is unclear",
    None: "no reason is given",
}
_CHECKS = {
    "exists": "there is no such place in the source",
    "verbatim": "the quotation is not verbatim",
    "supported": "the place does not support the statement",
}
# What a terminal or an editor would act on instead of showing it; documents may hold anything.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SLUG = re.compile(r"/documents/([^#?/]+)")

_LinkTo = Callable[[str], str | None]


def conversation_markdown(
    conversation: Conversation, style: Style, references: References, snapshot: Snapshot
) -> str:
    """Title, dates and restriction; for each turn question, answer, what was searched, and sources in full.

    Sources are named by symbol and paragraph and have no numbers, which would collide where parts of
    several conversations are pasted into one text.
    """

    link_to = _links_of(snapshot)
    parts = [f"# {_line(conversation.title)}", _facts(conversation)]
    if restriction := named_filters(_given_throughout(conversation.turns)):
        parts.append(f"Restricted to: {escaped(', '.join(restriction))}")
    for turn in conversation.turns:
        parts += _turn(turn, style, references, link_to)
    return _joined(parts)


def answer_markdown(answer: Answer, style: Style, references: References, snapshot: Snapshot) -> str:
    """An answer by itself, to be pasted: its text, and its sources in full."""
    return _joined(_answer(answer, style, references, _links_of(snapshot)))


def _joined(parts: Iterable[str]) -> str:
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", "\n\n".join(parts)) + "\n"


def _links_of(snapshot: Snapshot) -> _LinkTo:
    """Where the UN publishes the document that a link of ours leads to."""

    @cache
    def link_to(href: str) -> str | None:
        slug = _SLUG.match(href)
        held = snapshot.find(slug[1], current_only=False) if slug else []
        return held[0].url if held else None

    return link_to


def _given_throughout(turns: Sequence[Turn]) -> list[AppliedFilter]:
    """The filters that were given with every question."""
    given = [[one for one in turn.answer.filters if one.origin == "given"] for turn in turns]
    return [one for one in given[0] if all(one in others for others in given)] if given else []


def _facts(conversation: Conversation) -> str:
    count = conversation.turn_count
    turns = "1 turn" if count == 1 else f"{count:,} turns"
    known = [conversation.id] if conversation.id else []  # one that is kept nowhere has no id
    return " · ".join([*known, turns, f"{_time(conversation.created)} – {_time(conversation.updated)}"])


def _turn(turn: Turn, style: Style, references: References, link_to: _LinkTo) -> Iterator[str]:
    answer = turn.answer
    yield f"## {turn.number}. {_line(answer.question)}"
    if answer.searched_for not in ("", answer.question):
        yield f"Searched for: {_line(answer.searched_for)}"
    yield " · ".join([_time(turn.answered), *_searched(answer)])
    yield from _answer(answer, style, references, link_to)


def _answer(answer: Answer, style: Style, references: References, link_to: _LinkTo) -> Iterator[str]:
    if answer.refused:
        yield f"**Not answered:** {_REFUSALS[answer.refusal_reason]}."
    yield _text(answer, link_to)
    if answer.citations:
        yield "Sources:"
        yield "\n".join(_sources(answer.citations, style, references))


def _text(answer: Answer, link_to: _LinkTo) -> str:
    """The answer's text, with links that lead somewhere without Pilcrow too."""
    published = {citation.href: citation.url for citation in answer.citations}
    return with_links_elsewhere(answer.text, lambda href: published.get(href) or link_to(href))


def _searched(answer: Answer) -> Iterator[str]:
    """What was searched; a refusal says so itself, and what is told of the collection is not searched."""
    if answer.passages and not answer.refused:
        yield escaped(searched_sentence(answer.coverage, answer.filters, answer.also_searched))


def _sources(citations: Sequence[Citation], style: Style, references: References) -> Iterator[str]:
    """Each edition that is cited with where it came from, and below it each place once, in full."""
    editions: dict[tuple[str, str], dict[str, list[Citation]]] = {}
    for citation in citations:
        places = editions.setdefault((citation.symbol, citation.sha256), {})
        places.setdefault(citation.eid, []).append(citation)
    for (symbol, sha256), places in editions.items():
        any_of_it = next(iter(places.values()))[0]
        facts = [f"{escaped(symbol)} ({escaped(any_of_it.edition)})", f"<{any_of_it.url}>"]
        facts.append(f"SHA-256 of the source {sha256}")
        if not references.holds(any_of_it):
            facts.append("held no more, so there are no full references")
        yield f"- {' · '.join(facts)}"
        for same in places.values():
            reference = references.in_markdown(same[0], style) or escaped(same[0].label)
            yield f"    - {' · '.join([reference, *_failed(same)])}"


def _failed(citations: Sequence[Citation]) -> Iterator[str]:
    """What a reader must know of citations that broke their promise."""
    for check, told in _CHECKS.items():
        if any(getattr(citation.checks, check) is False for citation in citations):
            yield f"**check failed: {told}**"


def _line(text: str) -> str:
    """A text that stays in its line."""
    return escaped(" ".join(text.split()))


def _time(moment: datetime) -> str:
    """On the clock of whoever files it, which is named."""
    return moment.astimezone().isoformat(" ", "minutes")
