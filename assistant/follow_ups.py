"""The words by which a question leans on those before it, as patterns over what people type.

`assistant/conversation.py` says what becomes of each. Nothing here is about any one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.words import terms

_COURTESY = re.compile(
    r"^(?:(?:ok|okay|thanks|thx|please|pls|hm+|fine)\s+(?=\w)|(?:never\s*mind|forget\s+it|fine|no\s+worries|back\s+to\s+(?:business|work|the\s+(?:topic|point|subject)))\b[\s,.!;:–—-]*|(?:thank\s+you(?:\s+(?:very|so)\s+much)?|thanks(?:\s+a\s+lot)?|thx|ok|okay|great|good|perfect|cool|nice"
    r"|excellent|interesting|understood|i\s+see|got\s+it|right|alright|sure|hi|hello|hey|please|yes|yeah|yep"
    r"|well|hm+|oh|ah)\b(?=\s*(?:[,.!;:–—-]|$|and\b|but\b|so\b|what\b|how\b|now\b))[\s,.!;:–—-]*)+",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^(?:(?:no|nope|wait|sorry|oops|actually|my\s+(?:apologies|bad|mistake)|not\s+that)\b[\s,.!;:–—-]*)*"
    r"(?:(?:i\s+)?(?:really\s+|actually\s+)?(?:me(?:a|e)?nt?|ment|was\s+asking|am\s+asking|[’']m\s+asking|am\s+talking"
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
    r"^(?:(?:and|but|so|ok|now)\b[\s,]*)*(?:(?:let[’']?s\s+)?(?:go(?:ing)?|com(?:e|ing)|get(?:ting)?)\s+back\s+to|back\s+to"
    r"|return(?:ing)?\s+to|again\s+on|as\s+(?:for|to)|regarding|concerning|on|about)\s+(?P<to>[^:,;?–—]+?)\s*(?:[:,;]|\s[–—-])\s*"
    r"(?P<question>.+)$",
    re.IGNORECASE,
)
_FIRST_TOPIC = re.compile(
    r"(?:the|my)\s+(?:first|original|initial)\s+(?:thing|topic|question|subject|point|one)(?:\s+i\s+(?:asked|said|wanted))?(?:\s+about)?\W*$",
    re.I,
)
_BACK = re.compile(
    r"^(?:(?:and|but|so|ok|now)\b[\s,]*)*(?:(?:let[’']?s\s+)?(?:go(?:ing)?|com(?:e|ing)|get(?:ting)?)\s+back\s+to|back\s+to"
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
    r"^(?:(?:and|but|so|then|also|now|ok)\b[\s,]*)*(?:(?:what|how)\s+(?:about|of)|as\s+(?:for|to|regards?|concerns)|with\s+regard\s+to|regarding|concerning"
    r"|(?:a\s+)?(?:different|new|another|other|next)\s+(?:topic|question|subject|thing)(?=\s*[:,–-]|\s+is\b)(?:\s+is)?|leaving\s+(?:that|this|it)\s+aside[\s,]*(?:(?:what|how)\s+about)?"
    r"|enough\s+(?:of|about)\s+(?:that|this|it)[\s.,:;]*(?:(?:what|how)\s+about)?|(?:let[’']?s|can\s+we)\s+discuss"
    r"|(?:and\s+)?(?:on|about)\b(?!\s+(?:what|which|whom))"
    r"|(?:the\s+)?same(?:\s+(?:question|thing|again))?\s*(?:,\s*)?(?:but\s+)?(?:for|about|on|with|in)"
    r"|(?:(?:moving|turning|going|switching|coming|jumping)\s+(?:on\s+|over\s+|now\s+)?(?:to|on\s+to)|on\s+to|next(?:\s+(?:topic|question|up|thing))?(?=\s*[:,]?\s*\w)(?!\s+(?:para|one|steps?\b)))"
    r"|(?:let[’']?s|can\s+we|could\s+we)\s+(?:talk|move|look|go|turn|switch)(?:\s+\w+)?\s+(?:about|to|at|on)"
    r"|(?:i[’']d\s+like|i\s+would\s+like|i\s+want)\s+to\s+know\s+(?:more\s+)?about|tell\s+me\s+(?:more\s+)?about"
    r"|anything(?:\s+(?:else|more))?\s+(?:on|about)|(?:is|was)\s+there\s+anything\s+(?:on|about))\b[\s,:]*",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:and|but|so|then|also|or|plus|now)\b[\s,]*(?:also\s+)?", re.IGNORECASE)
_EVERYWHERE = re.compile(
    r"[\s,]*\b(?:(?:in|for|across|of|from|to|on|at|over)\s+)?(?:all|any|every|each|other|the\s+other|more|different)\s+(?:the\s+)?(?:of\s+the\s+)?"
    r"(?:other\s+)?(?:countr(?:y|ies)|states?(?:\s+part(?:y|ies))?|documents?|places?|nations?|years?|committees?|editions?)\b"
    r"|[\s,]*\b(?:regardless\s+of|irrespective\s+of|whatever)\s+(?:the\s+)?(?:country|state|document|year)\b"
    r"|[\s,]*\b(?:everywhere|elsewhere|anywhere(?:\s+else)?|in\s+general|generally|overall|worldwide|globally)\b"
    r"|[\s,]*\bforget\s+(?:about\s+)?(?:the\s+)?[\w’'-]+\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:can|could|would)\s+you\s+)?(?:please\s+)?(?:"
    r"(?:tell|show|give)\s+me\s+(?:some\s+)?(?:more|the\s+(?:rest|others?|remaining(?:\s+\w+)?))|show\s+(?:more|the\s+rest)|more|go\s+on"
    r"|continue|carry\s+on|keep\s+going|the\s+rest|next(?:\s+(?:page|ones))?"
    r"|(?:and\s+)?(?:what|anything|something|is\s+there\s+anything|was\s+there\s+anything|anything)\s+(?:else|more|further)"
    r"|more\s+(?:details?|information|please|of\s+(?:that|this|them|these))"
    r"|elaborate|say\s+more|what\s+else\s+(?:did|does|do|has|have|is|was)\s+(?:it|they|the\s+committee|there)(?:\s+\w+)?)"
    r"(?:\s+(?:please|details?|on\s+(?:this|that|it)|about\s+(?:this|that|it)))*$",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"^(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:(?:list|show|give|name)\s+(?:me\s+)?(?:(?:them|these|those)\s+(?=all))?)?(?:(?P<count>how\s+many|how\s+often)"
    r"(?:\s+(?:of\s+(?:them|these|those)|paragraphs?|times|places?|recommendations?|concerns?))?"
    r"(?:\s+(?:are\s+there|is\s+that|in\s+all|in\s+total|altogether))*"
    r"|(?P<all>everywhere(?:\s+(?:it|this|that)\s+(?:is|occurs|appears))?(?:\s+mentioned)?|all(?:\s+of)?(?:\s+(?:them|these|those|it))?|every(?:\s+(?:one|single\s+one))?|each\s+of\s+them"
    r"|(?:all|every)\s+(?:the\s+)?(?:paragraphs?|places?|mentions?|recommendations?|concerns?)"
    r"|(?:a|the)\s+(?:complete|full|whole)\s+list))(?:\s+(?:please|in\s+full|on\s+(?:this|that|it)))*$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"^(?:(?:and|but|so)\b[\s,]*)?(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:compare[ds]?\s*(?:(?:that|this|it|them)\s+)?(?:with|to|and|against)"
    r"|how\s+(?:does|do|did)\s+(?:that|this|it|these|they)\s+(?:compare|differ)\s*(?:with|to|from)?"
    r"|(?:what|how)\s+about\s+compared\s+(?:with|to)|compared\s+(?:with|to)|versus|vs\.?)\b[\s,]*",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^(?:(?:show|read|give)(?:\s+me)?\s+|what\s+(?:does|about)\s+|the\s+)*(?:(?:item|point|letter|sub-?para(?:graph)?)\s+\(?(?P<named>[a-z]{1,4})\)?"
    r"|(?P<bare>(?:\([a-z]{1,4}\)\s*){1,3}|[a-h](?=$))|(?:the\s+)?(?P<nth>first|second|third|fourth|fifth|sixth|last)\s+"
    r"(?:item|point|one|letter|bullet|sub-?para(?:graph)?))(?:\s+(?:say|says|please|of\s+(?:it|that|this)))*$",
    re.IGNORECASE,
)
_NEIGHBOUR = re.compile(
    r"^(?:(?:show|read|give)(?:\s+me)?\s+|what\s+(?:does|about|is)\s+|the\s+|go\s+to\s+|say\s+)*(?:"
    r"(?P<next>(?:next|following)(?:\s+(?:one|para(?:graph)?))?|(?:one|para(?:graph)?)\s+(?:after|below)(?:\s+(?:it|that|this))?)"
    r"|(?P<before>(?:previous|preceding)(?:\s+(?:one|para(?:graph)?))?|(?:one|para(?:graph)?)\s+(?:before|above)(?:\s+(?:it|that|this))?))"
    r"(?:\s+(?:say|says|please))*$",
    re.IGNORECASE,
)
_THAT_PARAGRAPH = re.compile(
    r"^(?:(?:show|read|give|quote|print)(?:\s+me)?\s+|what\s+does\s+|can\s+i\s+(?:see|read)\s+)*(?:"
    r"(?:the\s+)?(?:full|whole|entire|complete)\s+(?:text|wording)\s+of\s+(?:that|this|the|it)(?:\s+para(?:graph)?)?|"
    r"(?:this|that|these|those|the)\s+(?:(?:whole|full|entire|complete)\s+)?(?:para(?:graph)?s?|text|wording)"
    r"|(?:in\s+|under\s+)?(?:which|what)\s+para(?:graph)?s?(?:\s+(?:is|was|are|were)\s+(?:that|this|it|these|those))?"
    r"|where(?:\s+exactly)?\s+(?:does\s+it|do\s+they|did\s+it)\s+say\s+(?:that|so|this|it)"
    r"|where(?:\s+exactly)?\s+is\s+(?:that|this|it)(?:\s+(?:said|written|from))?|(?:the\s+|your\s+)?(?:sources?|citations?|references?)"
    r"|it\s+in\s+full|in\s+full|(?:the\s+)?(?:whole|full|entire)\s+(?:thing|para(?:graph)?s?|text))"
    r"(?:\s+(?:say|says|please|in\s+full|of\s+(?:it|that)))*$",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"^(?:(?:in|from|for|of)\s+)?(?:the\s+)?(?P<year>(?:19[5-9]|20[0-4])\d)(?:\s+(?:ones?|observations|reviews?|documents?|editions?|reports?|cos?))?$",
    re.IGNORECASE,
)
_NARROWS = re.compile(
    r"^(?:(?:only|just|especially|specifically|particularly|in\s+particular|including)\s+)*"
    r"(?:for|in|by|among|amongst|within|under|at|during|of|with|without|against|from|to|before|after|outside|inside|between)\b"
    r"|^(?:only|just|especially|specifically|particularly|in\s+particular)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"^(?:(?:only|just|especially|specifically|particularly|in\s+particular|including|mainly)\b[\s,:]*)+",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"^(?:the\s+)?(?:boys?|girls?|women|men|children|child\s+victims|victims|adolescents|teenagers|young\s+people|youth|adults"
    r"|older\s+persons|parents|families|foreigners|migrants|refugees|minorities|indigenous\s+(?:people|children)|perpetrators"
    r"|offenders|tourists|teachers|judges|police(?:\s+officers)?|prosecutors)(?:\s+(?:too|as\s+well|also))?$",
    re.IGNORECASE,
)
_QUESTION_FORM = re.compile(
    r"^(?:who(?:se|m)?|what|which|when|where|why|how|is|are|was|were|does|do|did|has|have|had|can|could|should|must|will"
    r"|would|may|might|by\s+(?:whom|when)|to\s+whom|since\s+when|until\s+when|in\s+which|under\s+which)\b",
    re.IGNORECASE,
)
_ENDS_AS_QUESTION = re.compile(
    r"\b(?:for|to|by|in|of|from|with|since|until|on)\s+(?:what|whom|which|when)\W*$|\b(?:how|why|when|where)\W*$",
    re.IGNORECASE,
)
# "The plan", "the former": a thing spoken of, which its name alone does not tell.
_SPOKEN_OF = re.compile(
    r"\b(?:the\s+)?ones\b|\bthe\s+(?:practices?|acts?|laws?|plans?|provisions?|programmes?|measures?|institutions?|policy|policies|groups?"
    r"|cases?|decrees?|bills?|reforms?|projects?|systems?|schemes?|body|bodies|agreements?|treaty|conventions?|former|latter|two|places?)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 3  # content words of a question in which such a name is likely to mean what was spoken of
_AFTER_PRONOUN = (
    r"(?=\s*(?:[?.!,;:]|$)|\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|should|must|will|would|may|apply"
    r"|applies|in|on|for|to|of|by|at|with|from|and|or|but|as|too|also|still|again|now|only|really|so|about|there|here"
    r"|be|been|being|mean|means|happen|happens|happened|work|works|say|says|cover|covers|include|includes|ever|already|not|then|used"
    r"|get|gets|need|needs|receive|receives)\b)"
)
_PERSON = re.compile(r"\b(?P<possessive>his|her(?=\s+\w))\b|\b(?P<plain>he|she|him|hers?)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    rf"\b(?:(?P<possessive>its|their)\b|(?P<plain>it\b|they\b|them\b"
    rf"|(?:this|that|these|those|the\s+same(?:\s+thing)?){_AFTER_PRONOUN}))",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"\b(?:this|these|those|such|said|the\s+same|that(?!\s+(?:the|a|an|it|they|he|she|we|you|there|all|every|no|any|children|people|persons)\b))"
    r"(?=\s+[a-z])",
    re.IGNORECASE,
)
_COMMITTEE_IT = re.compile(
    r"\b(?:did|does|do|has|have|had|was|is|were|are)\s+(?P<it>it|they)\s+(?:also\s+|really\s+|ever\s+|not\s+)*"
    r"(?:say|said|recommend(?:ed)?|suggest(?:ed)?|advise[d]?|urge[d]?|note[d]?|ask(?:ed)?|call(?:ed)?\s+(?:for|on|upon)|welcome[d]?"
    r"|regret(?:ted)?|want(?:ed)?|express(?:ed)?|mention(?:ed)?|request(?:ed)?|find|found|concerned|worried|alarmed|praise[d]?"
    r"|commend(?:ed)?|appreciate[d]?|criticise[d]?|criticize[d]?|raise[d]?|propose[d]?|encourage[d]?|observe[d]?|think|thought|tell|told)\b",
    re.IGNORECASE,
)
_MISSPELT = re.compile(r"rec+om+[ea]nd")  # as people type it in haste
_NTH = ("first", "second", "third", "fourth", "fifth", "sixth")
_FEW = 6  # words of a topic that is named before a question
# What says how something is asked and nothing of what: roles, speakers and the words around them.
_FRAME_TERMS = frozenset(
    terms(
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


def returns_to(text: str) -> tuple[str, str] | None:
    """The topic it goes back to and what it asks of it: "back to adoption: who monitors it?"."""
    found = _RETURN.match(text)
    return (found["to"], found["question"]) if found and len(found["to"].split()) <= _FEW else None


def content_terms(text: str) -> list[str]:
    """The terms of a text that say what it is about, not how it is asked."""
    return [term for term in terms(text) if term not in _FRAME_TERMS and not _MISSPELT.match(term)]


def asks_for_more(text: str) -> bool:
    """Whether it asks to go on: "tell me more", "what else?"."""
    return bool(_MORE.match(_bare(text)))


def asks_for_all(text: str) -> str | None:
    """`all` or `count` where it asks for all there is, or how many: "list them all", "how many?"."""
    found = _ALL.match(_bare(text))
    return None if not found else "count" if found["count"] else "all"


def compared_with(text: str) -> str | None:
    """What it compares with: "how does that compare to Mexico?" gives "Mexico?"."""
    found = _COMPARE.match(text)
    return text[found.end() :] if found else None


def item_asked(text: str) -> str | None:
    """The item of the paragraph spoken of that it asks for: "and (b)?" gives "(b)", "the last one" "last"."""
    found = _ITEM.match(_bare(text))
    if not found:
        return None
    if found["nth"]:
        nth = found["nth"].lower()
        return nth if nth == "last" else f"({'abcdef'[_NTH.index(nth)]})"
    return (
        f"({(found['named'] or found['bare']).lower().strip('() ')})"
        if "(" not in (found["bare"] or "")
        else found["bare"].lower().replace(" ", "")
    )


def step_asked(text: str) -> int:
    """1 where it asks for the next paragraph, −1 for the one before, else 0."""
    found = _NEIGHBOUR.match(_bare(text))
    return 0 if not found else 1 if found["next"] else -1


def asks_for_that_paragraph(text: str) -> bool:
    """Whether it asks for the paragraphs just cited: "show me that paragraph"."""
    return bool(_THAT_PARAGRAPH.match(_bare(text)))


def year_alone(text: str) -> str | None:
    """The year, where it says nothing else: "the 2015 one"."""
    found = _YEAR.match(_bare(text))
    return found["year"] if found else None


def without_only(text: str) -> str:
    """A text without the "only" or "specifically" it begins with."""
    return _ONLY.sub("", text)


def narrows(text: str) -> bool:
    """Whether it narrows what was asked: "in rural areas?", "boys too?"."""
    return bool(_NARROWS.match(text) or _PEOPLE.match(_bare(text)))


def begins_narrower(text: str) -> bool:
    """Whether it goes on from what it narrows: "in rural areas"."""
    return bool(_NARROWS.match(text))


def has_question_form(text: str) -> bool:
    """Whether it is put as a question and is no mere name of a thing."""
    return bool(_QUESTION_FORM.match(text) or _ENDS_AS_QUESTION.search(text))


def means_person(text: str) -> bool:
    """Whether it speaks of a person by a pronoun."""
    return bool(_PERSON.search(text))


def with_person(text: str, name: str) -> str:
    """The text with the person's name for the pronouns."""
    return _PERSON.sub(lambda match: possessive(name) if match["possessive"] else name, text)


def possessive(name: str) -> str:
    """A name as the one that something belongs to."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def refers_back(text: str) -> bool:
    """Whether it speaks of something by a pronoun: the committee that speaks apart."""
    named = _SPOKEN_OF.search(text) and len(content_terms(text)) <= _FEW_WORDS
    return bool(named or _DETERMINER.search(text)) or any(_pronouns(text))


def with_subject(text: str, subject: str) -> str | None:
    """The text with the subject for the pronouns that stand alone; None where there is none such."""
    spans = list(_pronouns(text))
    if not spans:
        return None
    for match in reversed(spans):
        said = possessive(subject) if match["possessive"] else subject
        text = text[: match.start()] + said + text[match.end() :]
    return text


def _pronouns(text: str) -> Iterator[re.Match[str]]:
    speaks = {match.start("it") for match in _COMMITTEE_IT.finditer(text)}
    return (match for match in _PRONOUN.finditer(text) if match.start() not in speaks)


def _bare(text: str) -> str:
    return text.strip(" ?.!,;:")
