"""How stand-alone questions are worded: a topic, the way it is asked, the documents it is put to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.answer import AppliedFilter, FilterKind
from corpus.model import Role

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
    r"^(?:(?:who|what|which|when|where|why|how(?:\s+(?:many|much|often|long))?)\s+)?(?:(?:is|are|was|were"
    r"|does|do|did|has"
    r"|have|had|can|could|should|must|will|would|may|might)\s+)?(?:there\s+)?(?:(?:a|an|any|the)\s+)?",
    re.IGNORECASE,
)
_SAYS_ABOUT = re.compile(
    r"^(?:(?:[\w’'-]+\s+){1,3}says?\s+(?:about|on)|(?:wrong|the\s+matter|happening|going\s+on"
    r"|known)\s+(?:with|about|in))\s+",
    re.IGNORECASE,
)
_ARTICLES = re.compile(r"\s*\((?:arts?|articles?)\b.*$", re.IGNORECASE)


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
    own_share: float = 0.0
    """How much of its own words, by their rarity, a paragraph must have; of some one is enough."""
    leans_on: str = ""
    """The earlier topic that it asks something of: paragraphs that answer this may answer it too."""
    adds: str = ""
    """What it asks of that topic, in words of which one must be known in the documents."""
    seen: frozenset[tuple[str, str]] = frozenset()
    goes_on: bool = False
    """Whether more of the same is asked for, and no new question."""
    otherwise: StandAlone | None = None
    """What else it may mean, for when it gets no answer so."""

    def beside(self, given: Collection[FilterKind]) -> StandAlone:
        """What it is where filters of these kinds are given: those given before are not carried then."""
        carried = tuple(a for a in self.carried if a.origin != "given" or a.kind not in given)
        return replace(self, carried=carried)

    def meanings(self) -> Iterator[StandAlone]:
        """What it may mean, the likeliest first."""
        meant: StandAlone | None = self
        while meant is not None:
            yield meant
            meant = meant.otherwise

    @property
    def text(self) -> str:
        """What is read and searched."""
        return f"{self.before}: {self.core}" if self.before else self.core

    @property
    def shown(self) -> str:
        """The text with the carried filters before it, as it could be asked alone."""
        before = ", ".join(
            filter(None, [filters_named((a.kind, a.value) for a in self.carried), self.before])
        )
        return f"{before}: {self.core}" if before else self.core


def question_about(topic: str, role: Role | None) -> str:
    """The question that asks what a committee said on a topic, in a role."""
    return _ASKED.get(role, _ASKED[None]).format(subject_of(topic) or topic.strip(" ?.!,;:"))


def request_for_all(topic: str, role: Role | None, *, count: bool) -> str:
    """The request for all there is on a topic, or for how much there is."""
    table = _COUNTED if count else _LISTED
    return table.get(role, table[None]).format(topic)


def filters_named(filters: Iterable[tuple[str, str]]) -> str:
    """Filters as they stand before a question: `Kenya and Mexico, the 2015 observations`."""
    found = list(dict.fromkeys(filters))
    states = " and ".join(value for kind, value in found if kind == "state")
    years = " and ".join(f"the {value} observations" for kind, value in found if kind == "year")
    others = [value for kind, value in found if kind not in ("state", "year")]
    return ", ".join(filter(None, [states, years, *others]))


def subject_of(topic: str) -> str:
    """What a topic is about, without the words that ask."""
    return _SAYS_ABOUT.sub("", _ASKING.sub("", topic, count=1)).strip(" ?.!,;:")


def heading_in_a_sentence(heading: str) -> str:
    """A heading without its articles as it stands inside a sentence."""
    heading = _ARTICLES.sub("", heading).strip()
    return heading if heading[1:2].isupper() else heading[:1].lower() + heading[1:]
