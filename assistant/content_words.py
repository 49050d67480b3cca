"""The words of a question that say what it is about, and not how it is asked."""

from __future__ import annotations

import re

from index.words import terms

_MISSPELT = re.compile(r"rec+om+[ea]nd")  # as people type it in haste

# What says how something is asked and nothing of what: roles, speakers and the words around them.
_FRAME_TERMS = frozenset(
    terms(
        "come comes cover covers covered deal deals touch speak refer include discuss "
        "told tell been still exactly allow "
        "aspect main key principal major overall biggest greatest most important "
        "recommend recommendation recommended suggest suggestion advice advise urge concern "
        "concerned concerns worry worried alarm regret criticism criticise welcome praise commend "
        "appreciate positive request ask call committee state party paragraph paragraphs mention "
        "express raise note find want document observations question talk know explain show list "
        "compare meant mean interested thing part section article specific specifically people say "
        "exactly actually really please okay thanks expert problem issue improve propose action "
        "measures answer reason source fix fixed solve solution instead proposal view opinion position "
        "think thought reaction respond enough factor matter wrong cause causes example detail help"
    )
)


def content_terms(text: str) -> list[str]:
    """The terms of a text that say what it is about, not how it is asked."""
    return [term for term in terms(text) if term not in _FRAME_TERMS and not _MISSPELT.match(term)]
