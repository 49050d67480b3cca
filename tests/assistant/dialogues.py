"""Conversations without documents: what each question is taken to mean, and under which filters."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Checks, Citation, Coverage, Filters, Passage, Scores, Statement
from assistant.answering import narrowed
from assistant.conversation import stand_alone
from assistant.phrasing import StandAlone
from assistant.question import read_question
from corpus.holdings import Holdings
from corpus.model import Role
from tests.corpus.headers import HELD

SYMBOL = "CRPD/C/KEN/CO/2"


def turn(
    question: str,
    earlier: Sequence[Answer] = (),
    *,
    cites: Sequence[str] = (),
    symbol: str = SYMBOL,
    section: str = "",
    says: str = "",
    filters: Filters | None = None,
    holdings: Holdings = HELD,
) -> Answer:
    """A turn as it is kept, citing some places of a document."""
    alone = stand_alone(question, earlier, holdings, filters)
    _, scope = narrowed(read_question(alone.text), holdings, filters or Filters(), alone.carried)
    return Answer(
        question=question,
        searched_for=alone.shown,
        conversation_id=None,
        filters=scope.applied,
        refused=not cites,
        refusal_reason=None if cites else "not_answered",
        text="",
        statements=(Statement(text=says, role=Role.CONCERN, verb=None, citations=(0,)),) if says else (),
        citations=tuple(_citation(symbol, place) for place in cites),
        passages=tuple(_passage(symbol, place, section) for place in cites),
        coverage=Coverage(documents=9, paragraphs=90, matching_documents=9),
        timings_ms={},
    )


def after(*questions: str, asked: str) -> StandAlone:
    """What a question means after others."""
    earlier: list[Answer] = []
    for question in questions:
        earlier.append(turn(question, earlier))
    return stand_alone(asked, earlier, HELD)


def _citation(symbol: str, place: str) -> Citation:
    eid = "para_" + place.replace(" ", "").replace("(", "__subpara_").replace(")", "")
    return Citation(
        symbol=symbol,
        title="",
        edition="issued",
        language="en",
        sha256="0" * 64,
        pinpoint=place,
        eid=eid,
        label=f"{symbol}, para. {place}",
        quote="",
        start=0,
        end=0,
        checks=Checks(exists=True, verbatim=True, supported=True),
        href="",
        url="",
    )


def _passage(symbol: str, place: str, section: str) -> Passage:
    return Passage(
        symbol=symbol,
        title="",
        states=(),
        pinpoint=place,
        eid="",
        section=(section,) if section else (),
        text="",
        roles=(),
        also=(),
        relation="hit",
        score=1.0,
        scores=Scores(dense=1.0, lexical=0.0),
    )
