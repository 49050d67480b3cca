"""The words by which a question leans on those before it, as patterns over what people type.

`assistant/conversation.py` says what becomes of each. Nothing here is about any one document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.requests import bare

_COURTESY = re.compile(
    r"^(?:(?:ok|okay|thanks|thx|please|pls|hm+|fine)\s+(?=\w)|(?:never\s*mind|(?:forget|drop)\s+(?:it"
    r"|that)|fine|no\s+worries|back\s+to\s+(?:business|work|the\s+(?:topic|point|subject)))\b[\s,.!;:–—-]*"
    r"|(?:thank\s+you(?:\s+(?:very|so)\s+much)?|thanks(?:\s+a\s+lot)?|thx|ok|okay|great|good|perfect|cool"
    r"|nice"
    r"|excellent|interesting|understood|i\s+see|got\s+it|right|alright|sure|hi|hello|hey|please|yes|yeah|yep"
    r"|well|hm+|oh|ah)\b(?=\s*(?:[,.!;:–—-]|$|and\b|but\b|so\b|what\b|how\b|now\b))[\s,.!;:–—-]*)+",
    re.IGNORECASE,
)

_CORRECTION = re.compile(
    r"^(?:(?:no|nope|wait|sorry|oops|actually|my\s+(?:apologies|bad|mistake)|not\s+that)\b[\s,.!;:–—-]*)*"
    r"(?:(?:i\s+)?(?:really\s+|actually\s+)?(?:me(?:a|e)?nt?|ment|was\s+asking|am\s+asking|[’']m\s+asking"
    r"|am\s+talking"
    r"|[’']m\s+talking|was\s+talking|am\s+interested|was\s+thinking)\b(?:\s+to\s+(?:ask|say))?"
    r"(?:\s+(?:about|of|for|in|how))?|(?:i\s+)?rather\b|instead\b)[\s,:]*",
    re.IGNORECASE,
)

_COURTESY_AFTER = re.compile(
    r"[\s,.!;:–—-]+(?:please|pls|plz|thanks|thank\s+you|thx)[\s.!]*$"
    r"|(?<=\w)[\s,]+(?:then|now|instead)(?=\s*[?.!]*\s*$)",
    re.IGNORECASE,
)

_RETURN = re.compile(
    r"^(?:(?:and|but|so|ok|now)\b[\s,]*)*(?:(?:let[’']?s\s+)?(?:go(?:ing)?|com(?:e|ing)"
    r"|get(?:ting)?)\s+back\s+to|back\s+to"
    r"|return(?:ing)?\s+to|again\s+on|as\s+(?:for|to)|regarding|concerning|on"
    r"|about)\s+(?P<to>[^:,;?–—]+?)\s*(?:[:,;]|\s[–—-])\s*"
    r"(?P<question>.+)$",
    re.IGNORECASE,
)

_FIRST_TOPIC = re.compile(
    r"(?:the|my)\s+(?:first|original|initial)\s+(?:thing|topic|question|subject|point"
    r"|one)(?:\s+i\s+(?:asked|said|wanted))?(?:\s+about)?\W*$",
    re.I,
)

_SPELT_OUT = {
    "abt": "about", "hw": "how", "wat": "what", "wht": "what", "teh": "the", "w/": "with", "w/o": "without",
    "pls": "please", "plz": "please", "thx": "thanks", "u": "you", "r": "are", "ur": "your", "bc": "because",
    "cos": "because", "govt": "government", "smth": "something", "btw": "by the way", "ppl": "people",
}  # fmt: skip
_IN_SHORT = re.compile(
    rf"(?<![\w/.])(?:{'|'.join(sorted(map(re.escape, _SPELT_OUT), key=len, reverse=True))})(?![\w/.])",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^(?:(?:and|but|so|ok|now)\b[\s,]*)*(?:(?:let[’']?s\s+)?(?:go(?:ing)?|com(?:e|ing)"
    r"|get(?:ting)?)\s+back\s+to|back\s+to"
    r"|return(?:ing)?\s+to)\s+",
    re.IGNORECASE,
)

_DENIAL = re.compile(
    r"^(?:(?:no|nope|wait|oops|actually|sorry|wrong(?:\s+(?:one|country|state|topic|year|paragraph))?)\b\s*"
    r"(?:[,.!;:–—-]+\s*|(?=not\b|sorry\b|\d{4}\b)))+(?:actually\s*,?\s*)?",
    re.IGNORECASE,
)

_NOT_BUT = re.compile(
    r"^not\s+(?P<not>[^,;]+?)\s*(?:,\s*(?:but\s+)?|;\s*|\s+but\s+)(?P<but>.+)$", re.IGNORECASE
)

_BUT_NOT = re.compile(
    r"^(?P<but>.+?)\s*,?\s+(?:and\s+not|not|instead\s+of|rather\s+than)\s+(?P<not>[^,;]+)$", re.IGNORECASE
)

_ABOUT = re.compile(
    r"^(?:(?:and|but|so|then|also|now|ok)\b[\s,]*)*(?:(?:what|how)\s+(?:about|of)|as\s+(?:for|to|regards?"
    r"|concerns)|with\s+regard\s+to|regarding|concerning"
    r"|(?:a\s+)?(?:different|new|another|other|next)\s+(?:topic|question|subject|thing)(?=\s*[:,–-]"
    r"|\s+is\b)(?:\s+is)?|leaving\s+(?:that|this|it)\s+aside[\s,]*(?:(?:what|how)\s+about)?"
    r"|enough\s+(?:of|about)\s+(?:that|this|it)[\s.,:;]*(?:(?:what|how)\s+about)?|(?:let[’']?s"
    r"|can\s+we)\s+discuss"
    r"|(?:and\s+)?(?:on|about)\b(?!\s+(?:what|which|whom))"
    r"|(?:the\s+)?same(?:\s+(?:question|thing|again))?\s*(?:,\s*)?(?:but\s+)?(?:for|about|on|with|in)"
    r"|(?:(?:moving|turning|going|switching|coming|jumping)\s+(?:on\s+|over\s+|now\s+)?(?:to|on\s+to)"
    r"|on\s+to|next(?:\s+(?:topic|question|up|thing))?(?=\s*[:,]?\s*\w)(?!\s+(?:para|one|steps?\b)))"
    r"|(?:let[’']?s|can\s+we|could\s+we)\s+(?:talk|move|look|go|turn|switch)(?:\s+\w+)?\s+(?:about|to|at|on)"
    r"|(?:i[’']d\s+like|i\s+would\s+like|i\s+want)\s+to\s+know\s+(?:more\s+)?about"
    r"|tell\s+me\s+(?:more\s+)?about"
    r"|anything(?:\s+(?:else|more))?\s+(?:on|about)|(?:is|was)\s+there\s+anything\s+(?:on|about))\b[\s,:]*",
    re.IGNORECASE,
)

_AND = re.compile(r"^(?:and|but|so|then|also|or|plus|now)\b[\s,]*(?:also\s+)?", re.IGNORECASE)

_EVERYWHERE = re.compile(
    r"[\s,]*\b(?:(?:in|for|across|of|from|to|on|at|over)\s+)?(?:all|any|every|each|other|the\s+other|more"
    r"|different)\s+(?:the\s+)?(?:of\s+the\s+)?"
    r"(?:other\s+)?(?:countr(?:y|ies)|states?(?:\s+part(?:y|ies))?|documents?|places?|nations?|years?"
    r"|committees?|editions?)\b"
    r"|[\s,]*\b(?:regardless\s+of|irrespective\s+of|whatever)\s+(?:the\s+)?(?:country|state|document|year)\b"
    r"|[\s,]*\b(?:everywhere|elsewhere|anywhere(?:\s+else)?|in\s+general|generally|overall|worldwide"
    r"|globally)\b"
    r"|[\s,]*\bforget\s+(?:about\s+)?(?:the\s+)?[\w’'-]+\b",
    re.IGNORECASE,
)

_COMPARE = re.compile(
    r"^(?:(?:and|but|so)\b[\s,]*)?(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:compare[ds]?\s*(?:(?:that"
    r"|this|it|them)\s+)?(?:with|to|and|against)"
    r"|how\s+(?:does|do|did)\s+(?:that|this|it|these|they)\s+(?:compare|differ)\s*(?:with|to|from)?"
    r"|(?:what|how)\s+about\s+compared\s+(?:with|to)|compared\s+(?:with|to)|versus|vs\.?)\b[\s,]*",
    re.IGNORECASE,
)

_NARROWS = re.compile(
    r"^(?:(?:only|just|especially|specifically|particularly|in\s+particular|including)\s+)*"
    r"(?:for|in|by|among|amongst|within|under|at|during|of|with|without|against|from|to|before|after"
    r"|outside|inside|between)\b"
    r"|^(?:only|just|especially|specifically|particularly|in\s+particular)\b",
    re.IGNORECASE,
)

_ONLY = re.compile(
    r"^(?:(?:only|just|especially|specifically|particularly|in\s+particular|including|mainly)\b[\s,:]*)+",
    re.IGNORECASE,
)

_PEOPLE = re.compile(
    r"^(?:the\s+)?(?:boys?|girls?|women|men|children|child\s+victims|victims|adolescents|teenagers"
    r"|young\s+people|youth|adults"
    r"|older\s+persons|parents|families|foreigners|migrants|refugees|minorities|indigenous\s+(?:people"
    r"|children)|perpetrators"
    r"|offenders|tourists|teachers|judges|police(?:\s+officers)?|prosecutors)(?:\s+(?:too|as\s+well|also))?$",
    re.IGNORECASE,
)

_QUESTION_FORM = re.compile(
    r"^(?:who(?:se|m)?|what|which|when|where|why|how|is|are|was|were|does|do|did|has|have|had|can|could"
    r"|should|must|will"
    r"|would|may|might|by\s+(?:whom|when)|to\s+whom|since\s+when|until\s+when|in\s+which|under\s+which)\b",
    re.IGNORECASE,
)

_ENDS_AS_QUESTION = re.compile(
    r"\b(?:for|to|by|in|of|from|with|since|until|on)\s+(?:what|whom|which|when)\W*$|\b(?:how|why|when"
    r"|where)\W*$",
    re.IGNORECASE,
)

_FEW = 6  # words of a topic that is named before a question


@dataclass(frozen=True)
class FollowUp:
    """A question without the words that tie it to others, and what these words were."""

    rest: str
    corrects: bool = False
    about: bool = False
    """Whether it turns to something: "what about …"."""
    leads: bool = False
    """Whether it goes on: "and …"."""
    everywhere: bool = False
    """Whether it lets go of the documents spoken of: "in all countries"."""
    instead_of: str | None = None
    """What it puts itself in the place of: "boys, not girls"."""


def read_follow_up(text: str) -> FollowUp:
    """Take courtesy, corrections, beginnings and releases off a question."""
    rest = without_courtesy(text) or text
    rest, corrects, instead_of = _corrected(rest)
    shorter = _EVERYWHERE.sub(" ", rest)
    everywhere = shorter != rest
    rest = " ".join(shorter.split())
    about = _BACK.match(rest) or _ABOUT.match(rest)
    leads = None if about else _AND.match(rest)
    if found := about or leads:
        rest = rest[found.end() :]
    return FollowUp(rest.strip(" ,;:"), corrects, bool(about), bool(leads), everywhere, instead_of)


def _corrected(text: str) -> tuple[str, bool, str | None]:
    found = _CORRECTION.match(text) or _DENIAL.match(text)
    rest = text[found.end() :] if found and found.end() < len(text) else text
    corrects = rest != text
    bare = rest.rstrip(" ?.!")
    turned = _NOT_BUT.match(bare) or (_BUT_NOT.match(bare) if corrects else None)
    if turned:
        return _CORRECTION.sub("", turned["but"]), True, turned["not"].strip()
    return rest, corrects, None


def without_courtesy(text: str) -> str:
    """A text without the thanks and greetings it opens and ends with."""
    return _COURTESY_AFTER.sub("", _COURTESY.sub("", text, count=1))


def means_first_topic(text: str) -> bool:
    """Whether a topic is named by its place in the conversation: "the first thing I asked"."""
    return bool(_FIRST_TOPIC.match(text))


def spelt_out(text: str) -> str:
    """A text with what people leave letters out of in haste: "hw abt Brazil", "compare w/ Kenya"."""
    return _IN_SHORT.sub(lambda match: _SPELT_OUT[match[0].lower()], text)


def returns_to(text: str) -> tuple[str, str] | None:
    """The topic it goes back to and what it asks of it: "back to adoption: who monitors it?"."""
    found = _RETURN.match(text)
    return (found["to"], found["question"]) if found and len(found["to"].split()) <= _FEW else None


def compared_with(text: str) -> str | None:
    """What it compares with: "how does that compare to Mexico?" gives "Mexico?"."""
    found = _COMPARE.match(text)
    return text[found.end() :] if found else None


def without_only(text: str) -> str:
    """A text without the "only" or "specifically" it begins with."""
    return _ONLY.sub("", text)


def narrows(text: str) -> bool:
    """Whether it narrows what was asked: "in rural areas?", "boys too?"."""
    return bool(_NARROWS.match(text) or _PEOPLE.match(bare(text)))


def begins_narrower(text: str) -> bool:
    """Whether it goes on from what it narrows: "in rural areas"."""
    return bool(_NARROWS.match(text))


def has_question_form(text: str) -> bool:
    """Whether it is put as a question and is no mere name of a thing."""
    return bool(_QUESTION_FORM.match(text) or _ENDS_AS_QUESTION.search(text))
