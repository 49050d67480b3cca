"""What every page must be, and how tests read one."""

from __future__ import annotations

from collections import Counter

from httpx2 import Response
from selectolax.lexbor import LexborHTMLParser, LexborNode

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def page(response: Response, status: int = 200) -> LexborHTMLParser:
    """The page of a response, which must be sound whatever it shows."""
    assert response.status_code == status, response.text[:500]
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    return sound(response.text)


def sound(text: str) -> LexborHTMLParser:
    """A page with what assistive technology needs, and nothing inline that a strict policy would block."""
    parsed = LexborHTMLParser(text)
    ids = Counter(attribute(node, "id") for node in parsed.css("[id]"))
    assert [name for name, count in ids.items() if count > 1] == []
    links = [attribute(node, "href") for node in parsed.css("a[href]")]
    assert [href for href in links if href.startswith("#") and href[1:] not in ids] == []
    for node in parsed.css("[aria-labelledby]"):
        assert attribute(node, "aria-labelledby") in ids
    labelled = {attribute(node, "for") for node in parsed.css("label[for]")}
    fields = parsed.css("input:not([type=hidden]), select, textarea")
    assert {attribute(node, "id") for node in fields} <= labelled
    levels = [int((node.tag or "")[1]) for node in parsed.css("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    previous = 1
    for level in sorted_out(levels):
        assert level <= previous + 1
        previous = level
    assert one(parsed, "html").attributes["lang"] == "en"
    assert one(parsed, "title").text().strip()
    assert len(parsed.css("main")) == 1
    assert parsed.css("style, [style]") == []
    assert [node for node in parsed.css("script") if "src" not in node.attributes or node.text()] == []
    assert not [name for node in parsed.css("*") for name in node.attributes if name.startswith("on")]
    sources = [attribute(node, "src") for node in parsed.css("[src]")]
    sources += [attribute(node, "href") for node in parsed.css("link[rel=stylesheet], link[rel=icon]")]
    assert all(source.startswith("/static/") for source in sources)
    return parsed


def sorted_out(levels: list[int]) -> list[int]:
    """The levels of headings from the first of the text on: the table of contents may stand before it."""
    return levels[levels.index(1) :]


def one(parsed: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The only element that a selector has."""
    (found,) = parsed.css(selector)
    return found


def by_id(parsed: LexborHTMLParser, name: str) -> LexborNode:
    """The only element with an id."""
    return one(parsed, f'[id="{name}"]')


def attribute(node: LexborNode, name: str) -> str:
    """The value of an attribute that must be there."""
    value = node.attributes[name]
    assert value is not None
    return value


def words(node: LexborNode) -> str:
    """The text of an element on one line."""
    return " ".join(node.text().split())


def children(node: LexborNode, name: str) -> list[LexborNode]:
    """The elements directly below one that are of this tag or, after a dot, of this class."""
    return [
        child
        for child in node.iter()
        if name == child.tag or name[1:] in (child.attributes.get("class") or "").split()
    ]


def child(node: LexborNode, *names: str) -> LexborNode:
    """The only element directly below one of this name, and the only one below that of the next."""
    for name in names:
        (node,) = children(node, name)
    return node
