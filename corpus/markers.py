"""How units of UN documents begin and end on the page: the patterns of their markers."""

from __future__ import annotations

import re

from corpus.source_text import joined

OPENING = r"[A-ZÀ-ÖØ-Þ\"“«‘'(\[]"
PARAGRAPH = re.compile(
    rf"(?P<marker>(?P<number>\d{{1,4}})(?P<suffix>\s?(?:bis|ter|quater)|[A-Z])?\s?\.)"
    rf"(?:\s*(?={OPENING})|\s*$)"
)
ITEM = re.compile(r"(?P<marker>\((?P<label>[a-z]{1,6})\))\s*(?=\S)")
# What an item begins with may stand after markers of items below it, as in "(a) (i) Laws".
ITEM_OPENING = re.compile(rf"(?:\([a-z]{{1,6}}\)\s*)*+{OPENING}")
# The full stop after the number of a heading may be lost with the space: "AGeneral principles".
HEADING = re.compile(
    r"(?P<marker>(?P<number>[IVXLC]{1,7}|[A-Z])"
    rf"(?:\s?\.(?=\s*{OPENING})|(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{{2}})))\s*"
)
FOOTNOTE = re.compile(r"(?P<marker>\*{1,4}|[†‡])\s*(?=[A-Z\"“(\[])")
TITLE = re.compile(
    r"(?:concluding\s+observations|general\s+(?:comment|recommendation)|list\s+of\s+issues"
    r"|views\s+adopted|decision\s+adopted|report\s+of|follow-up|resolution)",
    re.IGNORECASE,
)
ENDED = re.compile(r"[.;:!?…][\"”’»)\]]*\s*(?:[*†‡\d]{0,3})$|(?:;|,)\s+(?:and|or)$|[)\]”]$")
LEADS_ON = re.compile(
    r"(?:\b(?:articles?|arts?\.|paragraphs?|paras?\.|rules?|sections?|nos?\.|and|or|of|to|the|in"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|[,(–-])$",
    re.IGNORECASE,
)
# A letter may follow these in running text; a list may follow any other word: "the State party to".
REFERS_ON = re.compile(
    r"\b(?:articles?|arts?\.|(?:sub)?paragraphs?|paras?\.|rules?|sections?)$", re.IGNORECASE
)
ABBREVIATED = re.compile(r"\b(?:No|[Nn]os|[Aa]rts?|[Pp]aras?)\.$")
ANNEX = re.compile(r"(?:annex|appendix)\b", re.IGNORECASE)
MAX_HEADING = 300  # characters; the longest heading seen in concluding observations has about 220
MAX_GAP = 5  # numbers that may be missing before one is no longer taken for a paragraph's


def reads_as_heading(text: str) -> bool:
    """Whether a text is no longer than headings are and does not end as sentences do."""
    bare = joined(text).rstrip("*†‡ ")
    return 0 < len(bare) <= MAX_HEADING and not bare.endswith((".", ";", ":", ","))
