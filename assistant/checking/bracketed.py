"""Numbers that stand before their document in one sentence: "In paragraph 34 it urged a law (CRC/C/…)".

Such a number belongs to the document in brackets only where the sentence speaks of what that document
says, and cites nothing else. Numbers of reports, judgments and laws are those of other texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.organs import find_committees
from corpus.sentences import sentence_spans

if TYPE_CHECKING:
    from assistant.checking.pins import Cited

_FAR = 400  # characters from a number to the document behind it
_BEFORE = 300  # of the sentence before a number that are read
_OPENS = re.compile(
    r"\((?:(?:[Ss]ee|[Cc]f\.?|[Ii]n|UN|U\.N\.|[Dd]oc(?:\.|ument)?|also)[,:]?\s){0,4}"
    r"(?:[^();]{0,160}\b[Oo]bservations\b[^();]{0,120},\s(?:(?:UN|U\.N\.)\s)?(?:[Dd]oc\.?\s)?)?$"
)
_CLOSES = re.compile(
    r"[^();0-9]{0,30}(?:\([^()]{0,40}\)|,?\s[^();]{0,30}\b(?:19|20)[0-9]{2})?[^();0-9]{0,30}\)"
)
# It acts there: what it was or is tells of anything.
_BODY = (
    r"(?:Committees?|[Ii]t(?!\s(?:was|is|has|had|may|can|will|would|seems)\b)|[Oo]bservations|[Cc]omments"
    r"|[Rr]ecommendations?|treaty\sbody)\b"
)
# What a number may belong to besides: the text of somebody else, or the draft itself.
_ANOTHER = re.compile(
    r"\b(?:[Cc]ourts?|[Tt]ribunal|[Jj]udge?s?|[Jj]udge?ment|[Rr]uling|[Dd]ecision|[Cc]ommunication|[Rr]apporteur|[Gg]overnment"
    r"|State\spart(?:y|ies)|delegation|ministr\w{1,3}|Ministr\w{1,3}|[Rr]eports?|[Rr]epl(?:y|ies)|[Ss]ubmissions?|[Aa]ct|[Ll]aw|[Cc]ode"
    r"|[Bb]ill|Constitution|[Rr]esolution|[Pp]lan|[Pp]olicy|[Ss]trategy|[Ll]ist\sof|Convention|Protocol|Covenant|[Aa]rt(?:icle)?s?"
    r"|[Ww]e|[Oo]ur|I|[Aa]bove|[Bb]elow|[Aa]nnex)\b"
)
_SPEAKS = re.compile(rf"\b{_BODY}")
_LEADS_IN = re.compile(
    r"(?:[Ii]n|[Aa]t|[Uu]nder|[Ss]ee|[Aa]s|set|out|stated|noted|also|then|[Ff]inally|[Ll]ater|,|\s)*+"
)
_SUBJECT = re.compile(
    rf",?\s(?:of\s(?:its|the|these|those|the\sCommittee[’']s)\s(?:(?:19|20)[0-9]{{2}}\s)?(?:concluding\s)?"
    rf"(?:observations|comments)\b[^.;()]{{0,80}}?,?\s)?(?:the\s)?(?:UN\s)?(?:[A-Z]{{2,6}}\s)?{_BODY}"
)
_OWN_SUBJECT = re.compile(
    r"\s(?:deals?|concerns?|addresses|address|recommends?|urges?|calls?|says?|states?|notes?|requires?|asks?|(?:is|are)\son)\s"
)
_OF = re.compile(r"\s(?:of|in)\s")
_OF_OBSERVATIONS = re.compile(
    r"\sof\s(?:its|the|these|those|the\sCommittee[’']s)\s(?:(?:19|20)[0-9]{2}\s)?(?:concluding\s)?(?:observations|comments)\b"
)
_CITES = re.compile(
    r"\b(?:cit(?:es|ed|ing)|quot(?:es|ed|ing)|refer\w{0,4}\sto|recall\w{0,3}|echo\w{0,3}|endors\w{0,3}|like|unlike|whereas|while)\b"
)


def before_brackets(text: str, cited: Sequence[Cited], alone: Sequence[Cited]) -> set[int]:
    """Give numbers to the documents in brackets behind them, and tell where those begin that were given."""
    if not alone or not cited:
        return set()
    starts = [each.start for each in cited]
    sentences = [start for start, _ in sentence_spans(text)] or [0]
    places = sorted(each.start for each in alone)
    taken: set[int] = set()
    for each in alone:
        at = bisect_right(starts, each.start)
        sentence = sentences[max(0, bisect_right(sentences, each.start) - 1)]
        following = cited[at] if at < len(cited) else None
        is_only = bisect_left(places, sentence) == bisect_left(places, each.start) and (
            following is None or bisect_left(places, following.start) - bisect_left(places, each.end) == 0
        )
        is_first = at == 0 or cited[at - 1].end <= sentence
        if following and is_only and is_first and _owns(text, sentences, sentence, each, following):
            following.pins += each.pins
            following.apart = True
            taken.add(each.start)
    return taken


def _owns(text: str, sentences: Sequence[int], sentence: int, pin: Cited, following: Cited) -> bool:
    """Whether a number belongs to the document that is named in brackets behind it."""
    anchor = following.anchor
    if (
        anchor is None
        or anchor.kind not in ("symbol", "again")
        or following.pins
        or anchor.start - pin.end > _FAR
    ):
        return False
    if sentences[max(0, bisect_right(sentences, anchor.start) - 1)] != sentence:
        return False
    opening = _OPENS.search(text, pin.end, anchor.start)
    if opening is None or not _CLOSES.match(text, anchor.end):
        return False
    before = text[max(sentence, pin.start - _BEFORE) : pin.start]
    between = text[pin.end : opening.start()]
    return not _CITES.search(between) and _is_of_the_body(before, between)


def _is_of_the_body(before: str, between: str) -> bool:
    """Whether it is a committee's observations whose paragraph is spoken of."""
    if _ANOTHER.search(before) or (_OF.match(between) and not _OF_OBSERVATIONS.match(between)):
        return False
    if not between.strip():
        return True
    if _LEADS_IN.fullmatch(before):
        names = next(find_committees(between), None)
        return bool(
            _SUBJECT.match(between)
            or (names and names[1] < 10)
            or (not before.strip() and _OWN_SUBJECT.match(between))
        )
    return _SPEAKS.search(before) is not None
