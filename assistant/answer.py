"""Requests and answers as data: the JSON that the command line and the API share.

Offsets count Unicode code points of the document's text as its reader found it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

from corpus.model import Role as Role  # named here for front ends, which know the assistant only

Origin = Literal["given", "inferred", "carried"]
FilterKind = Literal["state", "committee", "instrument", "symbol", "year", "role", "words"]
RefusalReason = Literal["not_answered", "not_held", "no_such_paragraph", "nothing_matches_filters", "unclear"]
Relation = Literal["hit", "paired", "neighbour"]


def _is_number(value: object) -> object:
    if isinstance(value, bool | str):
        raise ValueError("Input should be a number")
    return value


WHOLE = BeforeValidator(_is_number)
"""Marks a whole number as JSON Schema has it: 8 and 8.0, and neither true nor "8"."""

MOST_VALUES = 250
"""How many values a filter may have: there are fewer States."""

LONGEST_VALUE = 200
"""The longest value of a filter in characters: names and symbols are shorter."""

_Values = Field(max_length=MOST_VALUES)
_Names = Annotated[tuple[Annotated[str, Field(max_length=LONGEST_VALUE)], ...], _Values]
_Year = Annotated[int, Field(ge=1, le=9999), WHOLE]

# in the description only: who sends less is told so in words of its own, `question_empty`
AskedText = Annotated[str, Field(json_schema_extra={"minLength": 1, "pattern": r"[\p{L}\p{N}]"})]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Filters(_Request):
    """What documents and paragraphs must be; several values of one kind are alternatives."""

    states: _Names = ()
    committees: _Names = ()
    instruments: _Names = ()
    symbols: _Names = ()
    years: Annotated[tuple[_Year, ...], _Values] = Field((), description="Years of adoption.")
    roles: Annotated[tuple[Role, ...], _Values] = ()


class AskRequest(_Request):
    """A question."""

    question: AskedText
    conversation_id: str | None = Field(
        None,
        max_length=100,
        description="The conversation it goes on with; none opens one, unless it is not stored.",
    )
    filters: Filters = Filters()
    k: Annotated[int, Field(ge=1, le=100), WHOLE] = 8
    store: StrictBool = Field(True, description="Whether question and answer are kept in the conversation.")


class SearchRequest(_Request):
    """A query for paragraphs."""

    query: AskedText
    filters: Filters = Filters()
    k: Annotated[int, Field(ge=1, le=1000), WHOLE] = 10


class AppliedFilter(_Frozen):
    """A filter that was applied, where it comes from, and whether it was dropped again."""

    kind: FilterKind
    value: str
    origin: Origin
    dropped: bool = False


class Checks(_Frozen):
    """Whether a citation keeps its promise; None is a check that was not made."""

    exists: bool | None
    verbatim: bool | None
    supported: bool | None


class Quoted(_Frozen):
    """Words as printed, with where they stand."""

    quote: str
    start: int
    end: int


class Citation(_Frozen):
    """One place of one document with a contiguous run of its own words."""

    symbol: str
    title: str
    edition: str
    language: str
    sha256: str
    pinpoint: str
    eid: str
    label: str
    quote: str
    start: int
    end: int
    lead_in: Quoted | None = Field(None, description="The words of the paragraph that govern an item.")
    checks: Checks
    href: str = Field(description="Pilcrow's own page.")
    url: str = Field(description="Where the UN publishes the document.")


class Statement(_Frozen):
    """One sentence of an answer with what it does and what it rests on."""

    text: str
    role: Role
    verb: str | None
    citations: tuple[int, ...] = Field(description="Positions in the answer's citations.")


class Scores(_Frozen):
    """The raw scores of a paragraph's best passage: cosine and BM25."""

    dense: float
    lexical: float


class Passage(_Frozen):
    """A paragraph that was found, at its best place."""

    symbol: str
    title: str
    states: tuple[str, ...]
    pinpoint: str
    eid: str
    section: tuple[str, ...]
    text: str
    roles: tuple[Role, ...]
    also: tuple[str, ...] = Field(description="Other places of the same paragraph that were found.")
    relation: Relation
    score: float
    scores: Scores


class Coverage(_Frozen):
    """What was searched: all that is held, and how many documents the filters left."""

    documents: int
    paragraphs: int
    matching_documents: int
    not_searched: int = Field(0, description="Documents in a language that the model does not serve.")


class SearchResult(_Frozen):
    """The paragraphs found for a query, best first."""

    query: str
    also_searched: tuple[str, ...] = Field((), description="Words that mean the same as the query's.")
    filters: tuple[AppliedFilter, ...]
    passages: tuple[Passage, ...]


class Answer(_Frozen):
    """An answer with its citations, or a refusal with its reason and the nearest paragraphs."""

    question: str
    searched_for: str
    also_searched: tuple[str, ...] = Field((), description="Words that mean the same as the query's.")
    conversation_id: str | None = Field(description="Where it is kept; null where it is not.")
    filters: tuple[AppliedFilter, ...]
    refused: bool
    refusal_reason: RefusalReason | None
    text: str = Field(description="Markdown.")
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    total: int | None = None
    more: bool = False
    not_covered: str | None = None
    coverage: Coverage
    mode: Literal["extractive"] = "extractive"
    timings_ms: dict[str, float]


class Turn(_Frozen):
    """A question of a conversation with what it was answered."""

    number: int = Field(description="Its place in the conversation, from 1.")
    answered: datetime
    answer: Answer


class ConversationSummary(_Frozen):
    """A conversation without its turns."""

    id: str
    title: str = Field(description="The first question, or what it was renamed to.")
    created: datetime
    updated: datetime = Field(description="When its last question was answered.")
    turn_count: int


class Conversation(ConversationSummary):
    """A whole conversation."""

    turns: tuple[Turn, ...]


class ListedConversation(ConversationSummary):
    """A conversation in a list, with where a search found what it looked for."""

    matches: tuple[int, ...] = Field(
        (),
        description="The numbers of the turns that say most of the words of a search; none where only the "
        "title has them, or where nothing was searched.",
    )


class ConversationPage(_Frozen):
    """Some of the conversations, the latest first or, of a search, the best first."""

    conversations: tuple[ListedConversation, ...]
    next: int | None = Field(description="The `cursor` of the next page; null where there is none.")
