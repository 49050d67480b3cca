"""Words that may cite what is not known: a book, a law, a report by its name, an interview.

`ibid.` must not reach over them. In a note all that names something and is no sentence may be a source;
in running text only what has the form of a citation is one, since most of its names are none.
"""

from __future__ import annotations

import re

from corpus.sentences import sentence_spans

REFERENCE = "\ufffc"
"""Stands for a reference that was taken out of a text."""

# What tells a citation in words that are no reference, and the verbs by which such words are prose.
_CITES = re.compile(r"[0-9]|\bv\.?\s[A-Z]")
_PROSE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|will|would|can|could|may|might|must|should|shall)\b"
    # finite verbs that are no participles, or have their subject right before them
    r"|\s(?:entered|came|took|gave|went|saw|said|says|wrote|told|met|spoke|became|began|rose|fell|grew|led|stood|remains?"
    r"|come|show|remain|include|estimates?|deals?|concerns|contains|shows|means|makes|takes|comes|includes|covers|applies|lives|lived|died|agreed|voted)\s"
    r"|\s[a-z]{2,14}(?:s|ed)\sthat\s"
    r"|\b(?:It|They|He|She|We|This|None|Both|All|Parliament|[Tt]he\s(?:\w{1,20}\s)?(?:Government|Committee|State(?:\sparty)?|law|number"
    r"|ministry|delegation|report|Convention|Protocol))\s(?:(?:also|then|later|only)\s)?[a-z]{2,14}(?:ed|s)\s(?!(?:by|in|on|of|under|to)\b)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?:1[89]|20)[0-9]{2}"
# Dates as prose has them: 4 September 2024, September 4, 2024, in May 2012, since 2012.
_DATE = re.compile(
    rf"\b[0-9]{{1,2}}\s{_MONTH}(?:\s{_YEAR})?\b|\b{_MONTH}\s(?:[0-9]{{1,2}}(?:,\s|\b))?(?:{_YEAR}\b)?"
    rf"|\b(?:in|of|since|until|by|from|before|after|and|to|between|during|In|Since|By|From|Until)\s(?:early\s|late\s)?{_YEAR}\b"
)
_IN_FULL = re.compile(
    r"\bpp?\.\s?[0-9]|\bpages?\s[0-9]|\bv\.?\s[A-Z]|§|\bat\s[0-9]|\([^()]{0,80}[0-9]{4}\)\s[0-9]"
    # a name with the number of a page at the end, or with its year in brackets
    r"|[A-Z][\w’'-]{1,30}[,.]?\s[0-9]{1,4}[.;]?\s*$|[A-Z][\w’'-]{1,30}[”’\"]?\s\([^()]{0,40}[0-9]{4}\)"
)
_WORK = re.compile(
    rf"\b(?:report|study|survey|book|article|paper|briefing)\s(?:of|from)\s(?:{_MONTH}\s)?{_YEAR}\b"
)
_OWN_PLACE = re.compile(r"\b(?:paras?\.?|paragraphs?)\s[0-9][0-9\s,and–-]{0,30}(?:above|below)\b")
_REMARK = re.compile(
    r"\W*(?:emphasis|italics|footnotes?|notes?|citations?|internal|ellips[ie]s)\W+(?:\w+\W+){0,4}"
    r"(?:added|omitted|original|ours|mine)\W*",
    re.IGNORECASE,
)
_NAMES = re.compile(r"[\[(]here(?:in)?after\b[^\])]{0,80}[\])]", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”]{0,2000}”|\"[^\"]{0,2000}\"")
# Words with a capital that name nothing: they begin a sentence or note, or tell how a text is cited.
_NAMELESS = frozenset(
    """a accessed accord adopted after again all also although an and annex another any art article
    arts as at available because before both but by cf chair chapter chapters cited citing committee
    compare consider contra contrast doc docs each emphasis english especially even first for french
    from government here hereinafter however ibid ibidem id idem in indeed infra inter issued it its
    last later likewise more moreover most mr mrs ms nations no nor nos not note notes of on one
    only or original other our para paragraph paragraphs paras part parts quotation quoted quoting
    rather retrieved second section sections see several similarly since so some spanish state
    states still such supra text that the their then there therefore these they third this those
    thus to translation two un under united unlike until visited we when where which while who with
    within yet""".split()
)
_WORD = re.compile(r"(?<![\w-])[^\W\d_]\w{0,40}(?!\w)")
_ROMAN = re.compile(r"[IVXL]{1,6}")
# What a reference is said to be about: ibid., para. 27, on the Penal Code.
_ABOUT = re.compile(
    rf"{REFERENCE}[\s,(]{{0,3}}(?:on|about|regarding|concerning|in\s(?:relation|respect|regard)|with\s(?:reference|regard|respect)"
    r"|as\sregards|as\sto|where|which|whose|in\swhich|of|for|when|adopted|noting|recommending|urging|welcoming|regretting|recalling)\b[^;]*"
)
# The author, title or short name of a reference before it, and the short name it is given behind it.
_OF_REFERENCE = re.compile(rf"^[^{REFERENCE}]{{0,300}},\s?\(?{REFERENCE}")
_SHORT_NAME = re.compile(rf"{REFERENCE}\s?\[[^\[\]0-9]{{1,80}}\]")
_BRACKET = re.compile(r"\(([^()]{0,300})\)")
_IN_BRACKETS = re.compile(
    rf"\b{_YEAR}[a-z]?\b|\b(?:pp?|ss?|ch|chap)\.\s?[0-9]|\b(?:pages?|sections?|chapters?|paras?\.?|paragraphs?)\s[0-9]|¶\s?[0-9]"
    r"|,\s(?:arts?\.|articles?)\s[0-9]|[A-Z][\w’'-]{1,30},?\s[0-9]{1,4}\s*$|^(?:[Ss]ee|[Cc]f\.?|e\.g\.)\s|[A-Z][\w’'-]{1,30},\s[“\"]"
)
_IN_PARTS = re.compile(r"[,;:“\"]")
_TIME = re.compile(rf"\b(?:in|since|until|by|before|after|during|between|and|to|In|Since)\s{_YEAR}\b")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]{1,30}"
_COURTS = r"(?:Court|Tribunal|Chamber|Commission|House\sof\sLords|Privy\sCouncil|Panel|judges)"
_HELD = (
    r"(?:held|ruled|found|stated|decided|said|observed|concluded|reasoned|affirmed|considered|noted|reiterated"
    r"|wrote)"
)
_KINDS = (
    r"(?:[Rr]eport|[Ss]tudy|[Ss]urvey|book|article|paper|briefing|judgment|thesis|dissertation|memorandum"
    r"|handbook)"
)
_AUTHOR = rf"(?!(?:Committee|State|Government|Ministry)\b){_NAME}"
_NOT_PRINTED = re.compile(
    r"\b(?:on\sfile\swith|[Ii]nterview(?:s|ed)?\s(?:with|of|by)|[Pp]ersonal\scommunication|[Ww]orking\s[Pp]aper"
    r"|[Pp]ress\s[Rr]elease|[Uu]npublished|Ph\.?D\b|[Tt]hesis|[Dd]issertation|[Ee]-?mail\s(?:from|by|to))"
)
_IN_TEXT = (
    re.compile(rf"{_NAME}[”’\"]?\s\({_YEAR}[a-z]?(?:[,:;]\s?[^()]{{1,60}})?\)"),  # UNICEF (2014)
    re.compile(rf"\b[Ii]n\s(?:the\s(?:case\sof\s)?)?{_NAME}(?:\s{_NAME}){{0,5}},?\s(?:the|this)\s(?:{_NAME}\s){{0,4}}{_COURTS}\b"),
    re.compile(rf"\b{_COURTS}(?:\s(?:of|on|for|in)\s(?:{_NAME}|the)(?:\s{_NAME}){{0,3}})?,?\s(?:also\s|has\s|then\s|had\s)?{_HELD}\b"),
    re.compile(rf"\b{_YEAR}\s(?:[\w-]{{1,20}}\s){{0,2}}{_KINDS}\b|\b{_KINDS},?\s(?:(?:of|from|in|dated)\s)?(?:{_MONTH}\s)?\(?{_YEAR}\b"),
    re.compile(r"\b(?:Constitution|Statute|Proclamation|Bill|Charter)(?:\sof\s(?:the\s)?[A-Z][a-z]{1,20})?,?\s\(?(?:of\s)?[0-9]"),
    re.compile(rf"{_NAME}\s(?:case|judge?ment|ruling|decision|opinion)\b|\[[0-9]{{1,3}}(?:[,–-]\s?[0-9]{{1,3}}){{0,9}}\]"),
    re.compile(rf"\b{_KINDS}\s(?:by|from)\s(?:the\s)?{_AUTHOR}|{_AUTHOR}[’']s?\s(?:[\w-]{{1,20}}\s){{0,2}}(?:study|survey|book|article|paper)\b"),
    re.compile(r"\b(?:Act|Law|Code|Decree|Constitution|Convention|Covenant|Charter|Statute),?\s(?:arts?\.|articles?|ss?\.|sections?)\s[0-9]"),
    re.compile(rf"\b[Aa]ccording\sto\s(?:the\s)?{_AUTHOR}|{_AUTHOR},\s“[^“”]{{1,200}}”,?\s\(?{_YEAR}\b"),
    _NOT_PRINTED,
)  # fmt: skip
_THROUGH = re.compile(
    r"\b(?:[Cc]ited|[Qq]uoted|[Rr]eferred\sto|[Rr]eproduced|[Rr]eprinted|[Dd]iscussed|[Mm]entioned)\s(?:in|by|at)\W{0,3}$"
)
_BEGINS = re.compile(r"[(;]\s?|[a-z)\]”]\.\s(?=[A-Z])")
_BEFORE = 200  # characters before a document in which the source stands that is cited in it


def may_cite(text: str) -> bool:
    """Whether words in which no reference was found may be a citation of something else."""
    for pattern in (_QUOTED, _NAMES, _OWN_PLACE):
        text = pattern.sub("", text)
    if _REMARK.fullmatch(text):
        return False
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if _WORK.search(sentence):
            return True
        if _CITES.search(sentence) and (
            not _PROSE.search(sentence) or _IN_FULL.search(_DATE.sub("", sentence))
        ):
            return True
    return False


def may_cite_in_note(text: str) -> bool:
    """Whether what a note has besides its references may cite something else.

    That is all that names something, unless it is a sentence, or says what a reference is about.
    """
    if may_cite(text.replace(REFERENCE, " ")) or any(pattern.search(text) for pattern in _IN_TEXT):
        return True
    for pattern in (_QUOTED, _NAMES, _OWN_PLACE):
        text = pattern.sub(" ", text)
    text = _SHORT_NAME.sub(REFERENCE, _ABOUT.sub(REFERENCE, text))
    return _cites_in_brackets(text) or any(
        _is_source(piece) for start, end in sentence_spans(text) for piece in text[start:end].split(";")
    )


def _is_source(piece: str) -> bool:
    """Whether a stretch of a note names something, and is neither a sentence nor of a reference."""
    piece = _OF_REFERENCE.sub(REFERENCE, piece)
    return _names_something(piece) and not _PROSE.search(piece) and not _REMARK.fullmatch(piece)


def may_cite_in_text(text: str) -> bool:
    """Whether running text between two references has what is written as a citation of something else."""
    if any(pattern.search(text) for pattern in _IN_TEXT):
        return True
    opened, closed = text.find("("), text.find(")")
    # the first and the last bracket may be open at the references
    is_open = closed >= 0 and (opened < 0 or closed < opened)
    return _cites_in_brackets(f"({text})" if is_open else f"{text})")


def is_cited_through(text: str) -> bool:
    """Whether words right before a document name what is cited in it: `Smith, cited in` …"""
    text = text[-_BEFORE:]
    if not _THROUGH.search(text):
        return False
    begins = [match.end() for match in _BEGINS.finditer(text)]
    return _names_something(text[begins[-1] :] if begins else text)


def _names_something(text: str) -> bool:
    words = (match[0] for match in _WORD.finditer(_DATE.sub("", text)))
    return any(
        word[0].isupper() and word.lower() not in _NAMELESS and not _ROMAN.fullmatch(word) for word in words
    )


def _cites_in_brackets(text: str) -> bool:
    for bracket in _BRACKET.finditer(text):
        words = bracket[1]
        if not _IN_PARTS.search(words):
            words = _TIME.sub("", words)
        if _IN_BRACKETS.search(words) and _names_something(words):
            return True
    return False
