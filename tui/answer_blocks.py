"""An answer's Markdown as blocks of text: what is bold, what leads to a place, how deep it stands.

Only what answers are made of has a form of its own (paragraphs, lists, strong, emphasis, code and links);
whatever else CommonMark knows is shown as its words. HTML is none: it would take words of a quotation away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@dataclass(frozen=True)
class Piece:
    """A stretch of text of one look; `href` is where it leads."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str | None = None

    @property
    def shown(self) -> str:
        """Its text as it is shown: in brackets where it leads somewhere."""
        return f"[{self.text}]" if self.href else self.text


@dataclass(frozen=True)
class Block:
    """A paragraph, or what stands beside one bullet; `depth` counts the lists it is in."""

    pieces: tuple[Piece, ...]
    depth: int = 0
    bullet: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def shown(self) -> str:
        """All its words as they are shown."""
        return "".join(piece.shown for piece in self.pieces)

    @property
    def hrefs(self) -> tuple[str, ...]:
        """Where it leads, in order."""
        return tuple(dict.fromkeys(piece.href for piece in self.pieces if piece.href))


_SEAM = re.compile(r"\n(?=- \S)|\n\n(?=\S)")
"""Where a bullet with words or a paragraph begins at the left edge: what is before is complete, unless ..."""

_ACROSS = re.compile(r"^ {0,3}(?:`{3}|~{3}|\[[^\]]+\]:)", re.MULTILINE)
"""... a fence or a definition of a link is in the text, which reach beyond a seam."""


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The blocks of a text in Markdown; of one that grows, what was there already is not parsed again."""
    parts = [markdown] if _ACROSS.search(markdown) else _SEAM.split(markdown)
    return tuple(chain.from_iterable(map(_blocks_of_part, parts)))


@lru_cache(maxsize=4096)
def _blocks_of_part(markdown: str) -> tuple[Block, ...]:
    return tuple(_blocks(_parser().parse(markdown)))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # imported here, because the window is there sooner without it
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    depth, bullet = 0, False
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
            case "list_item_open":
                bullet = True
            case "list_item_close":
                bullet = False  # one without words has no block, and its bullet is none of the next
            case "inline":
                yield Block(tuple(_pieces(token.children or [])), depth, bullet)
                bullet = False
            case "fence" | "code_block" | "html_block":
                yield Block((Piece(token.content.rstrip("\n")),), depth, bullet)
                bullet = False
            case _:
                pass


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    look = Piece("")
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                look = replace(look, strong=token.nesting > 0)
            case "em_open" | "em_close":
                look = replace(look, emphasis=token.nesting > 0)
            case "link_open":
                look = replace(look, href=str(token.attrs.get("href", "")))
            case "link_close":
                look = replace(look, href=None)
            case "softbreak":
                yield replace(look, text=" ")
            case "hardbreak":
                yield replace(look, text="\n")
            case _:
                yield replace(look, text=token.content)
