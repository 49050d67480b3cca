"""What a sentence of a draft says that a committee did: ordered, recommended, welcomed, was concerned.

Only what is said of a committee beyond doubt is read: verbs of the State, of the author and of anybody
else are passed over. The verbs are data, in `ascribed_acts.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.model import Role
from corpus.places import find_states

CITED = "§"
"""What stands in a sentence for each sign of a reference: a document that is cited may be who speaks."""

_BEFORE_VERB = 320  # characters before a verb in which its subject is looked for
_AFTER_VERB = 80  # and behind it, in which a passive says by whom
_ASIDE = re.compile(r",[^,;]{1,160},$|\s?\([^()]{0,120}\)$|,$")
_NAME = r"[A-Z][\w’'-]{0,30}"
_NAME_GOES_ON = rf"(?: (?:on|against) (?:the )?{_NAME}(?: (?:of|and|the|with|against|{_NAME})){{0,10}})?"
_JOINED = re.compile(r"(?:,|;|\band|\bbut|\bor|\byet|\bwhile)$")
_CLAUSE = re.compile(
    r"\b(?:that|which|who|whom|whose|where|because|after|when|whether|if|how|why|since|as)\b"
)
_BE = re.compile(r"\b(?:was|were|has been|had been|have been)$")
_ANY_BE = re.compile(r"\b(?:is|are|was|were|been|being|be)$")
_IT = re.compile(r"(?:^|[\s,;(])[Ii]t$")


@dataclass(frozen=True)
class Ascription:
    """An act that a sentence ascribes to a committee; positions are in the sentence."""

    start: int
    end: int
    verb: str
    role: Role
    force: int | None = None
    never: bool = False
    """Whether the word stands for no act of a committee, unless it is printed."""


class AscribedActs:
    """A table of verbs that reads what sentences ascribe to committees."""

    def __init__(self, table: dict[str, Any]) -> None:
        adverbs = rf"(?: ?,? ?(?:{table['adverbs']})){{0,3}},? "
        self._verbs = [
            (re.compile(rf"\b(?:{entry['verbs'].replace(' ~', adverbs)})\b"), entry) for entry in table["act"]
        ]
        self._nouns = [
            (re.compile(rf"(?<=[’']s )(?:\w{{1,20}} ){{0,2}}(?P<noun>{entry['nouns']})\b"), entry)
            for entry in table["noun"]
        ]
        speaker = rf"\b(?:{table['speakers']}){_NAME_GOES_ON}"
        self._adverbs_behind = re.compile(rf"(?:,? ?\b(?:{table['adverbs']}),?){{1,4}}$")
        self._speaker = re.compile(speaker)
        self._speaker_behind = re.compile(rf"(?:{speaker}|{CITED},?)$")
        self._others = re.compile(rf"\b(?:{table['other_committees']})(?: \w{{1,20}})? $")
        self._addressee_behind = re.compile(rf"\b(?:{table['addressees']})$")
        self._body = re.compile(rf"\b(?:{table['bodies']})\b|{speaker}")
        self._law = re.compile(rf"\b(?:{table['sources_of_law']})")
        self._must = re.compile(rf" (?P<verb>{table['must']})\b")
        self._says = re.compile(rf"(?:{table['saying']})\b|^,? ?that\b")
        self._according = re.compile(
            rf"\b(?:[Aa]ccording to|[Ii]n the (?:view|opinion) of) (?:the {speaker}|{CITED}+),"
        )

    def read(self, sentence: str, before: str = "") -> list[Ascription]:
        """What a sentence ascribes to a committee, in its order; `before` is the sentence before it."""
        found = [*self._by_verbs(sentence, before), *self._by_nouns(sentence), *self._by_must(sentence)]
        found.sort(key=lambda each: (each.start, -each.end))
        return [each for at, each in enumerate(found) if at == 0 or each.start >= found[at - 1].end]

    def _by_verbs(self, sentence: str, before: str) -> Iterator[Ascription]:
        for pattern, entry in self._verbs:
            for match in pattern.finditer(sentence):
                ahead = sentence[max(0, match.start() - _BEFORE_VERB) : match.start()].rstrip()
                behind = sentence[match.end() : match.end() + _AFTER_VERB]
                if self._is_active(ahead, before) or (
                    entry.get("passive") and self._is_passive(ahead, behind)
                ):
                    yield _ascription(match.start(), match.end(), match[0], entry)

    def _by_nouns(self, sentence: str) -> Iterator[Ascription]:
        for pattern, entry in self._nouns:
            for match in pattern.finditer(sentence):
                owner = sentence[max(0, match.start() - _BEFORE_VERB) : match.start() - 3]
                if self._is_speaker(owner):
                    yield _ascription(match.start("noun"), match.end("noun"), match["noun"], entry)

    def _by_must(self, sentence: str) -> Iterator[Ascription]:
        """Duties of a State that the sentence says a committee laid on it."""
        for match in self._must.finditer(sentence):
            clause = sentence[max(0, match.start() - _BEFORE_VERB) : match.start()]
            if not self._is_addressee(self._without_adverbs(clause)) or self._law.search(clause):
                continue
            if self._according.search(clause) or self._is_said_by_committee(clause):
                start, end = match.span("verb")
                yield Ascription(start, end, match["verb"], Role.RECOMMENDATION, never=True)

    def _is_said_by_committee(self, clause: str) -> bool:
        """Whether a clause is what a committee says: “the Committee made clear that the State party”."""
        speakers = [
            found.end() for found in self._speaker.finditer(clause) if self._is_speaker(clause[: found.end()])
        ]
        return bool(speakers) and self._says.search(clause, speakers[-1]) is not None

    # -- who does it

    def _is_active(self, ahead: str, before: str) -> bool:
        """Whether a committee is the subject of the verb that follows."""
        subject = self._without_adverbs(ahead)
        if self._is_speaker(subject):
            return True
        if _IT.search(subject):
            return self._it_is_committee(subject[:-2], before)
        if joint := _JOINED.search(subject):
            return self._goes_on(subject[: joint.start()], before)
        aside = _ASIDE.search(subject)
        return aside is not None and self._is_speaker(self._without_adverbs(subject[: aside.start()]))

    def _goes_on(self, ahead: str, before: str) -> bool:
        """Whether a committee is the subject of a clause that a second verb goes on with."""
        speakers = list(self._speaker.finditer(ahead))
        if speakers and self._is_speaker(ahead[: speakers[-1].end()]):
            rest = ahead[speakers[-1].end() :]
            return not _CLAUSE.search(rest) and "." not in rest
        opening = re.match(r"It\b", ahead)
        return opening is not None and not _CLAUSE.search(ahead) and self._it_is_committee("", before)

    def _is_passive(self, ahead: str, behind: str) -> bool:
        """Whether a State is told to have been asked by a committee, or by whom it cites."""
        subject = self._without_adverbs(ahead)
        if by := re.match(r"(?: \w{1,20}){0,4} by (?:the )?", behind):
            return _ANY_BE.search(subject) is not None and self._speaker.match(behind, by.end()) is not None
        be = _BE.search(subject)
        if be is None or not re.match(r" (?:to|for|over|on|about)\b", behind) or self._law.search(ahead):
            return False
        return self._is_addressee(self._without_adverbs(subject[: be.start()].rstrip()))

    def _is_speaker(self, text: str) -> bool:
        """Whether a text ends with the name of a committee, and not of one of a State."""
        tail = text[-_BEFORE_VERB:]
        match = self._speaker_behind.search(tail)
        return match is not None and not self._others.search(tail[: match.start()])

    def _is_addressee(self, text: str) -> bool:
        tail = text[-60:]
        if self._addressee_behind.search(tail):
            return True
        return any(end == len(tail) for _, _, end in find_states(tail))

    def _it_is_committee(self, ahead: str, before: str) -> bool:
        """Whether `it` stands for a committee: the body named first in its sentence, or in the one before."""
        named = self._body.search(ahead) or self._body.search(before)
        return named is not None and self._speaker.fullmatch(named[0]) is not None

    def _without_adverbs(self, text: str) -> str:
        return self._adverbs_behind.sub("", text.rstrip()).rstrip()


def _ascription(start: int, end: int, verb: str, entry: dict[str, Any]) -> Ascription:
    return Ascription(start, end, verb, Role(entry["role"]), entry.get("force"), entry.get("never", False))


@cache
def ascribed_acts() -> AscribedActs:
    """The table that ships with Pilcrow."""
    text = files("assistant.checking").joinpath("ascribed_acts.toml").read_text(encoding="utf-8")
    return AscribedActs(tomllib.loads(text))
