"""Greetings, thanks and questions about Pilcrow itself: answered without a search."""

from __future__ import annotations

import re
from enum import Enum

_GREETING = re.compile(
    r"(?:hi|hello|hey|good\s+(?:morning|afternoon|evening|day)|greetings|hiya|hallo|salut"
    r"|bonjour)(?:\s+(?:there|pilcrow|all|again|everyone))?",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:(?:(?:many|very\s+many)\s+)?thanks?(?:\s+(?:you|a\s+lot|so\s+much|very\s+much|again|for\s+(?:that"
    r"|this|your\s+help|the\s+help|all)))*"
    r"|thank\s+you(?:\s+(?:so\s+much|very\s+much|again|for\s+(?:that|this|your\s+help|the\s+help)))*|thx"
    r"|cheers|much\s+appreciated"
    r"|(?:that(?:[’']s|\s+is|\s+was)|this\s+is|very|really)?\s*(?:great|perfect|helpful|useful|good"
    r"|excellent|brilliant|wonderful|clear|interesting|nice|cool|awesome|fine|all|enough)"
    r"(?:\s+(?:work|job|to\s+know|for\s+now|i\s+need(?:ed)?))?|(?:ok|okay|got\s+it|i\s+see|understood"
    r"|alright|sure|right|yes|yep|yeah|no|nope|hm+|ah|oh|aha)"
    r"|no\s+(?:more\s+)?(?:questions|that[’']s\s+all))",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"(?:good\s*bye|bye(?:\s*bye)?|see\s+you(?:\s+(?:later|soon|tomorrow))?|good\s+night|farewell"
    r"|have\s+a\s+(?:nice|good)\s+(?:day|evening|weekend))",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"(?:how\s+are\s+you(?:\s+(?:doing|today))*|how[’']?s\s+it\s+going|what[’']?s\s+up)", re.IGNORECASE
)
_ABOUT_ITSELF = re.compile(
    r"(?:who|what)\s+are\s+you|what(?:\s+is|[’']s)\s+(?:your\s+name|pilcrow|this)|who\s+(?:made|built"
    r"|wrote)\s+(?:you|this)"
    r"|what\s+can\s+(?:you|i|pilcrow)\s+(?:do|ask)(?:\s+(?:here|for\s+me|you|about))*|how\s+(?:do|does"
    r"|can)\s+(?:you|this|i|it|pilcrow)\s+(?:work|use\s+(?:this|you|it)|help(?:\s+me)?)"
    r"|help(?:\s+me)?|(?:can|could)\s+you\s+help(?:\s+me)?|what\s+(?:do|should)\s+i\s+(?:do|ask)"
    r"|are\s+you\s+(?:an?\s+)?(?:ai|bot|human|robot|chatgpt|llm)"
    r"|what\s+do\s+you\s+(?:do|know)",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"(?:but\s+)?(?:are\s+you\s+(?:really\s+)?(?:sure|certain)(?:\s+(?:about|of)\s+(?:that|this|it))?|really"
    r"|is\s+(?:that|this|it)\s+(?:really\s+)?(?:true|right|correct|so)"
    r"|(?:that|this|it)(?:[’']s|\s+is)\s+(?:wrong|not\s+(?:right|true|correct)|incorrect|false)"
    r"|that\s+can[’']?t\s+be\s+right"
    r"|i\s+(?:don[’']t|do\s+not|can[’']t|cannot)\s+believe\s+(?:you|that|it|this)"
    r"|how\s+do\s+you\s+know(?:\s+(?:that|this))?"
    r"|can\s+i\s+trust\s+(?:you|this|that|it)|what\s+do\s+you\s+mean(?:\s+by\s+(?:that|this))?)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,.!?;:–—-]+|\band\b", re.IGNORECASE)


class SmallTalk(Enum):
    """What is said beside questions, with what Pilcrow says to it."""

    GREETING = "Hello. What would you like to know from the documents?"
    THANKS = "You are welcome. Ask on, or say “more” for what else was found."
    FAREWELL = "Goodbye."
    DOUBT = (
        "Whatever stands in quotation marks was compared with the document: these words are printed in the "
        "paragraph that is cited. Say “show me that paragraph” to read all of it, or ask in other words "
        "where the answer is beside the point."
    )
    ABOUT = (
        "I am Pilcrow. I answer questions about the documents that are held, in their own words, and "
        "cite the paragraph of every statement; where they do not answer, I say so.\n\n"
        "- Ask about a topic: “What did the Committee recommend on education?”, then: “and for Kenya?”\n"
        "- Look a place up: “para. 22 (c)”, “what does the section on adoption say?”\n"
        "- Ask for all there is: “every paragraph that mentions trafficking”\n"
        "- Compare: “compare Kenya and Mexico on education”\n"
        "- Ask what is held: “which documents do you have?”"
    )


_KINDS = (
    (_ABOUT_ITSELF, SmallTalk.ABOUT),
    (_GREETING, SmallTalk.GREETING),
    (_HOW, SmallTalk.GREETING),
    (_FAREWELL, SmallTalk.FAREWELL),
    (_DOUBT, SmallTalk.DOUBT),
    (_THANKS, SmallTalk.THANKS),
)


def small_talk(text: str) -> SmallTalk | None:
    """What kind of small talk a text is, None where it asks or says anything besides."""
    rest = text.strip(" .!?,;:–—-")
    kind = None
    while rest:
        found = _said_first(rest)
        if found is None:
            return None
        said, end = found
        # what is asked about Pilcrow counts for more than the greeting before it
        kind = said if kind is not SmallTalk.ABOUT else kind
        rest = rest[end:]
        while between := _BETWEEN.match(rest):
            rest = rest[between.end() :]
    return kind


def _said_first(text: str) -> tuple[SmallTalk, int] | None:
    for pattern, said in _KINDS:
        match = pattern.match(text)
        if match and (match.end() == len(text) or _BETWEEN.match(text, match.end())):
            return said, match.end()
    return None


def is_small_talk(text: str) -> bool:
    """Whether a text asks for nothing that documents could answer."""
    return small_talk(text) is not None
