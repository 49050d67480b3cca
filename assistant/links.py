"""The links in an answer's Markdown: made absolute for readers elsewhere, and found for each citation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.markdown import escaped

_LINK = re.compile(r"(?<!\\)\[(?P<label>(?:\\.|[^\[\]\\])+)\]\((?P<href>[^)\s]+)\)")


@dataclass(frozen=True)
class CitationLink:
    """Where a text links to what a citation quotes; `end` is one past the last code point of the link."""

    start: int
    end: int
    href: str
    citation: Citation


def with_absolute_links(markdown: str, base: str) -> str:
    """An answer's Markdown whose links to Pilcrow's own pages begin with a base URL.

    Brackets that are printed in a quotation are escaped in it, and so are no link.
    """

    def absolute(link: re.Match[str]) -> str:
        href = link["href"]
        return f"[{link['label']}]({base if href.startswith('/') else ''}{href})"

    return _LINK.sub(absolute, markdown)


def with_links_elsewhere(markdown: str, elsewhere: Callable[[str], str | None]) -> str:
    """An answer's Markdown whose links to Pilcrow's own pages lead elsewhere; `elsewhere` says where.

    Of a link that leads nowhere else the label stays, in its brackets.
    """

    def led(link: re.Match[str]) -> str:
        href = link["href"]
        if not href.startswith("/"):
            return link[0]
        target = elsewhere(href)
        return f"[{link['label']}]" + (f"({target})" if target else "")

    return _LINK.sub(led, markdown)


def citation_links(markdown: str, citations: Sequence[Citation], base: str = "") -> list[CitationLink]:
    """The link of each citation, in the order of the text, whose links begin with a base URL.

    A place may be linked to more than once: the link of a citation is the one right after its quote, or
    else the first to its place. A citation whose place the text does not link to has none.
    """
    free: dict[str, list[re.Match[str]]] = {}
    for link in _LINK.finditer(markdown):
        free.setdefault(link["href"], []).append(link)
    found = []
    for citation in citations:
        links = free.get(base + citation.href)
        if links:
            quoted = f"“{escaped(citation.quote)}” "
            link = next((one for one in links if markdown.endswith(quoted, 0, one.start())), links[0])
            links.remove(link)
            found.append(CitationLink(link.start(), link.end(), link["href"], citation))
    return sorted(found, key=lambda link: link.start)
