"""What is asked of the answer before: more of it, all of it, the place or the document it is from."""

from __future__ import annotations

import re

_MORE = re.compile(
    r"^(?:(?:can|could|would)\s+you\s+)?(?:please\s+)?(?:"
    r"(?:tell|show|give)\s+me\s+(?:some\s+)?(?:more|the\s+(?:rest|others?|remaining(?:\s+\w+)?))"
    r"|show\s+(?:more|the\s+rest)|more|go\s+on"
    r"|continue|carry\s+on|keep\s+going|the\s+rest|next(?:\s+(?:page|ones))?"
    r"|(?:and\s+)?(?:what|anything|something|is\s+there\s+anything|was\s+there\s+anything"
    r"|anything)\s+(?:else|more|further)"
    r"|more\s+(?:details?|information|please|of\s+(?:that|this|them|these))"
    r"|elaborate|say\s+more|what\s+else\s+(?:did|does|do|has|have|is|was)\s+(?:it|they|the\s+committee"
    r"|there)(?:\s+\w+)?)"
    r"(?:\s+(?:please|details?|on\s+(?:this|that|it)|about\s+(?:this|that|it)))*$",
    re.IGNORECASE,
)

_ALL = re.compile(
    r"^(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:(?:list|show|give|name)\s+(?:me\s+)?(?:(?:them|these"
    r"|those)\s+(?=all))?)?(?:(?P<count>how\s+many|how\s+often)"
    r"(?:\s+(?:of\s+(?:them|these|those)|paragraphs?|times|places?|recommendations?|concerns?))?"
    r"(?:\s+(?:are\s+there|is\s+that|in\s+all|in\s+total|altogether))*"
    r"|(?P<all>everywhere(?:\s+(?:it|this|that)\s+(?:is|occurs|appears))?(?:\s+mentioned)?"
    r"|all(?:\s+of)?(?:\s+(?:them|these|those|it))?|every(?:\s+(?:one|single\s+one))?|each\s+of\s+them"
    r"|(?:all|every)\s+(?:the\s+)?(?:paragraphs?|places?|mentions?|recommendations?|concerns?)"
    r"|(?:a|the)\s+(?:complete|full|whole)\s+list))(?:\s+(?:please|in\s+full|on\s+(?:this|that|it)))*$",
    re.IGNORECASE,
)

_ITEM = re.compile(
    r"^(?:(?:show|read|give)(?:\s+me)?\s+|what\s+(?:does|about)\s+|the\s+)*(?:(?:item|point|letter"
    r"|sub-?para(?:graph)?)\s+\(?(?P<named>[a-z]{1,4})\)?"
    r"|(?P<bare>(?:\([a-z]{1,4}\)\s*){1,3}|[a-h](?=$))|(?:the\s+)?(?P<nth>first|second|third|fourth|fifth"
    r"|sixth|last)\s+"
    r"(?:item|point|one|letter|bullet|sub-?para(?:graph)?))(?:\s+(?:say|says|please|of\s+(?:it|that"
    r"|this)))*$",
    re.IGNORECASE,
)

_NEIGHBOUR = re.compile(
    r"^(?:(?:show|read|give)(?:\s+me)?\s+|what\s+(?:does|about|is)\s+|the\s+|go\s+to\s+|say\s+)*(?:"
    r"(?P<next>what\s+comes\s+(?:after|next)(?:\s+(?:it|that|this))?|comes\s+(?:after|next)(?:\s+(?:it"
    r"|that|this))?|(?:next|following)(?:\s+(?:one|para(?:graph)?))?|(?:one|para(?:graph)?)\s+(?:after"
    r"|below)(?:\s+(?:it|that|this))?)"
    r"|(?P<before>(?:previous|preceding)(?:\s+(?:one|para(?:graph)?))?|(?:one|para(?:graph)?)\s+(?:before"
    r"|above)(?:\s+(?:it|that|this))?))"
    r"(?:\s+(?:say|says|please))*$",
    re.IGNORECASE,
)

_THAT_PARAGRAPH = re.compile(
    r"^(?:(?:show|read|give|quote|print)(?:\s+me)?\s+|what\s+does\s+|can\s+i\s+(?:see|read)\s+)*(?:"
    r"(?:quote|cite|copy|print)(?:\s+me)?(?:\s+(?:them|it|that|those|this|these|the\s+para(?:graph)?s?))?"
    r"|(?:and\s+)?(?:its|their|the)\s+exact\s+(?:words|wording|text)"
    r"|exact\s+words|verbatim|word\s+for\s+word|(?:the\s+)?(?:full|whole|entire|complete)\s+(?:text"
    r"|wording)\s+of\s+(?:that|this|the|it)(?:\s+para(?:graph)?)?|"
    r"(?:this|that|these|those|the)\s+(?:(?:whole|full|entire|complete)\s+)?(?:para(?:graph)?s?|text|wording)"
    r"|(?:in\s+|under\s+)?(?:which|what)\s+para(?:graph)?s?(?:\s+(?:is|was|are|were)\s+(?:that|this|it"
    r"|these|those))?"
    r"|where(?:\s+exactly)?\s+(?:does\s+it|do\s+they|did\s+it)\s+say\s+(?:that|so|this|it)"
    r"|where(?:\s+exactly)?\s+is\s+(?:that|this|it)(?:\s+(?:said|written|from))?|(?:the\s+"
    r"|your\s+)?(?:sources?|citations?|references?)"
    r"|it\s+in\s+full|in\s+full|(?:the\s+)?(?:whole|full|entire)\s+(?:thing|para(?:graph)?s?|text))"
    r"(?:\s+(?:say|says|please|in\s+full|of\s+(?:it|that)))*$",
    re.IGNORECASE,
)

_THAT_DOCUMENT = re.compile(
    r"^(?:and\s+)?(?:when\s+(?:did\s+(?:it|they|the\s+committee)\s+say\s+(?:that|this|so|it)|was\s+(?:that"
    r"|this|it)(?:\s+(?:adopted|said|published|issued|written))?)"
    r"|(?:from\s+|of\s+)?(?:which|what)\s+(?:year|date|document|report|session)(?:\s+(?:is|was)\s+(?:that"
    r"|this|it)(?:\s+from)?)?"
    r"|how\s+(?:long|old|recent)\s+is\s+(?:that|this|the|it)(?:\s+(?:document|report))?)$",
    re.IGNORECASE,
)

_THAT_SECTION = re.compile(
    r"^(?:(?:and|show|read|give|me|can|i|see|have)\s+)*(?:the\s+)?(?:(?:whole|full|entire|complete)\s+"
    r"|rest\s+of\s+(?:the|that)\s+)section$",
    re.IGNORECASE,
)

_YEAR = re.compile(
    r"^(?:(?:in|from|for|of)\s+)?(?:the\s+)?(?P<year>(?:19[5-9]|20[0-4])\d)(?:\s+(?:ones?|observations"
    r"|reviews?|documents?|editions?|reports?|cos?))?$",
    re.IGNORECASE,
)

_NTH = ("first", "second", "third", "fourth", "fifth", "sixth")


def asks_for_more(text: str) -> bool:
    """Whether it asks to go on: "tell me more", "what else?"."""
    return bool(_MORE.match(bare(text)))


def asks_for_all(text: str) -> str | None:
    """`all` or `count` where it asks for all there is, or how many: "list them all", "how many?"."""
    found = _ALL.match(bare(text))
    return None if not found else "count" if found["count"] else "all"


def item_asked(text: str) -> str | None:
    """The item of the paragraph spoken of that it asks for: "and (b)?" gives "(b)", "the last one" "last"."""
    found = _ITEM.match(bare(text))
    if not found:
        return None
    if found["nth"]:
        nth = found["nth"].lower()
        return nth if nth == "last" else f"({'abcdef'[_NTH.index(nth)]})"
    labels = re.findall(r"[a-z]+", (found["named"] or found["bare"]).lower())
    return "".join(f"({label})" for label in labels)


def step_asked(text: str) -> int:
    """1 where it asks for the next paragraph, −1 for the one before, else 0."""
    found = _NEIGHBOUR.match(bare(text))
    return 0 if not found else 1 if found["next"] else -1


def asks_for_that_document(text: str) -> bool:
    """Whether it asks what document an answer is from, or when that was adopted."""
    return bool(_THAT_DOCUMENT.match(bare(text)))


def asks_for_that_section(text: str) -> bool:
    """Whether it asks for all of the section an answer is from: "the whole section, please"."""
    return bool(_THAT_SECTION.match(bare(text)))


def asks_for_that_paragraph(text: str) -> bool:
    """Whether it asks for the paragraphs just cited: "show me that paragraph"."""
    return bool(_THAT_PARAGRAPH.match(bare(text)))


def year_alone(text: str) -> str | None:
    """The year, where it says nothing else: "the 2015 one"."""
    found = _YEAR.match(bare(text))
    return found["year"] if found else None


def bare(text: str) -> str:
    """A text without the marks around it."""
    return text.strip(" ?.!,;:")
