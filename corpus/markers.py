"""How units of UN documents begin and end on the page: the patterns of their markers."""

from __future__ import annotations

import re

from corpus.source_text import joined

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# A capital or what may stand before one; Arabic and Chinese have no capitals.
OPENING = r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯЁ\u0600-\u06ff\u4e00-\u9fff\"“«‘'(\[]"
PARAGRAPH = re.compile(
    r"(?P<marker>(?P<number>\d{1,4})(?:(?P<suffix>\s?(?:bis|ter|quater)|[A-Z])?\s?\."
    r"|\.(?P<decimal>\d{1,3})(?:\.|(?=\s)))"
    # Arabic prints "1-", which extractors may turn round
    r"|-?(?P<arabic>\d{1,3})\s?-?(?=\s*[\u0600-\u06ff]))"
    rf"(?:\s*(?={OPENING})|\s*$|(?(decimal)\s+(?=\S)|(?!)))"
)
_NO_MORE = r"(?P<suffix>(?!))?(?P<decimal>(?!))?(?P<arabic>(?!))?"
# Numbers as other documents print them throughout, where none has a full stop: "1 The", "(1) The".
OTHER_PARAGRAPHS = (
    re.compile(rf"(?P<marker>(?P<number>\d{{1,4}}){_NO_MORE})\s+(?={OPENING})"),
    re.compile(rf"(?P<marker>\((?P<number>\d{{1,4}})\){_NO_MORE})\s*(?={OPENING})"),
)
# French and Spanish print "a)". A glyph that its font does not explain may stand before: "€(c)".
ITEM = re.compile(
    r"(?P<marker>(?:[^\w\s()\[\]\"'“‘«.,;:–—-])?\(?(?P<label>[a-z]{1,6})\)|(?P<dotted>[a-z]{1,4})\.(?=\s))"
    r"\s*(?=\S|$)"
)
# What an item begins with may stand after markers of items below it, as in "(a) (i) Laws".
ITEM_OPENING = re.compile(rf"(?:\(?[a-z]{{1,6}}\)\s*)*+{OPENING}")
# The full stop after the number of a heading may be lost with the space: "AGeneral principles".
HEADING = re.compile(
    r"(?P<marker>(?P<number>[IVXLC]{1,7}|[A-Z])"
    rf"(?:\s?\.(?=\s*{OPENING})|(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{{2}})))\s*"
)
# Extracted texts may leave the number of a heading alone on its line.
HEADING_ALONE = re.compile(r"(?P<marker>(?P<number>[IVXLC]{1,7}|[A-Z])\s?\.)")
FOOTNOTE = re.compile(r"(?P<marker>\*{1,4}|[†‡])(?:\s*(?=[A-Z\"“(\[])|$)")
TITLE_ABROAD = re.compile(
    r"(?:observations\s+finales|observaciones\s+finales|заключительные\s+замечания|结论性意见"
    r"|observation\s+générale|observación\s+general|замечание\s+общего|résolution|resolución)",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"(?:concluding\s+observations|general\s+(?:comment|recommendation)|list\s+of\s+issues"
    r"|views\s+adopted|decision\s+adopted|(?:[a-z]+\s+){0,2}report\s+of|follow-up|resolution)"
    rf"|{TITLE_ABROAD.pattern}",
    re.IGNORECASE,
)
LEADS_ON = re.compile(
    r"(?:\b(?:articles?|arts?\.|paragraphs?|paras?\.|rules?|sections?|nos?\.|and|or|of|to|the|in"
    rf"|{MONTHS})"
    r"|[,(–-])$",
    re.IGNORECASE,
)
# A letter may follow these in running text; a list may follow any other word: "the State party to".
REFERS_ON = re.compile(
    r"\b(?:articles?|arts?\.|(?:sub)?paragraphs?|paras?\.|rules?|sections?)$", re.IGNORECASE
)
ABBREVIATED = re.compile(r"\b(?:No|[Nn]os|[Aa]rts?|[Pp]aras?)\.$")
ENDED = re.compile(r"[.;:!?…][\"”’»)\]]*\s*(?:[*†‡\d]{0,3})$|(?:;|,)\s+(?:and|or|et|ou|y|e|o|u)$|[)\]”]$")
ANNEX = re.compile(r"(?:annex|appendix)\b", re.IGNORECASE)
ANNEX_ALONE = re.compile(
    r"(?:ANNEX|Annex|Annexe|APPENDIX|Appendix)(?:es)?(?:\s+[IVX]{1,5}|\s+\d{1,2}|\s+[A-Z])?\W*"
)
NOTES = re.compile(r"(?:Notes|NOTES|Endnotes|Footnotes)")
SUMMARY = re.compile(r"Summary|SUMMARY|Abstract|Executive [Ss]ummary")
# How a resolution begins: the name of the organ, the subject of all its verbs, alone on a line.
ORGAN = re.compile(
    r"[“\"«]?(?:The )?(?:General Assembly|Security Council|Human Rights Council|Economic and Social Council"
    r"|Trusteeship Council|Conference\b.*|Committee\b.*|Commission\b.*|Council|Assembly|Sub-Commission\b.*),"
)
PREAMBLE = re.compile(
    r"(?:(?:Also|Further|Deeply|Gravely) )?(?:[A-Z]?[a-z]+(?:ing|ed)|Aware|Mindful|Conscious|Cognizant)\b"
)
RESOLUTION = re.compile(r"\d{1,4}/\d{1,4}\.\s+[A-Z].*")  # the title of one among others: "2012/2. Prisons"
# How a resolution ends, below its last paragraph.
CLOSING = re.compile(
    r"The meeting rose at .{1,20}|The (?:discussion|public part of the meeting) .{0,60}ended at .{1,20}|"
    r"\d{1,4}(?:st|nd|rd|th)\s+(?:\(\w+\)\s+)?(?:plenary\s+)?meeting\b.{0,30}"
    r"|\[?(?:Resolution )?[Aa]dopted (?:without a vote|by (?:a )?(?:recorded|roll-call) vote"
    r"|by consensus)\b.*"
)
# What a unit ends with; the paragraphs of a preamble end with a comma.
ENDED_OR_COMMA = re.compile(rf"{ENDED.pattern}|,[\"”’»)\]]*\s*\d{{0,3}}$")
SENTENCE_END = re.compile(r"[.;:,!?…][\"”’»)\]]*$")
_NO_HEADING = re.compile(r"[.;:,][\"”’»]*$")
MAX_HEADING = 300  # characters; the longest heading seen in concluding observations has about 220
MAX_GAP = 5  # numbers that may be missing before one is no longer taken for a paragraph's


def number_of(match: re.Match[str]) -> tuple[int, int]:
    """The number of a paragraph's marker and the decimal below it, 0 where it has none."""
    return int(match["number"] or match["arabic"]), int(match["decimal"] or 0)


def item_label_of(match: re.Match[str]) -> str:
    """The label of an item's marker: `a` of `(a)`, of `a)` and of `a.`."""
    return match["label"] or match["dotted"]


def shown(number: tuple[int, int]) -> str:
    """A paragraph number as it is printed."""
    return f"{number[0]}.{number[1]}" if number[1] else str(number[0])


def label_of(match: re.Match[str]) -> str:
    """The label of a paragraph's marker: `12`, `12 bis`, `12A`, `121.4`."""
    if match["decimal"]:
        return f"{match['number']}.{match['decimal']}"
    number, suffix = match["number"] or match["arabic"], (match["suffix"] or "").strip()
    return f"{number} {suffix}" if len(suffix) > 1 else f"{number}{suffix}"


def reads_as_text(text: str) -> bool:
    """Whether a text is a sentence or more, rather than a heading, a name or a row of a table."""
    bare = joined(text)
    return SENTENCE_END.search(bare) is not None or len(bare) > MAX_HEADING


def reads_as_heading(text: str) -> bool:
    """Whether a text is no longer than headings are and does not end as sentences do."""
    bare = joined(text).rstrip("*†‡ ")
    return 0 < len(bare) <= MAX_HEADING and not _NO_HEADING.search(bare)
