"""The title of a document among the notices above its first heading."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import markers
from corpus.block import Block
from corpus.lookout import text_of
from corpus.organs import committees

_ORGANS = frozenset(
    "united nations|general assembly|security council|human rights council|economic and social council"
    "|trusteeship council|secretariat|international human rights instruments".split("|")
)
_STANDS_OUT = 1.1  # how much taller the letters of a title are than those of the text


def title_blocks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of the title: by their words, else by the size of their letters, else the last notice."""
    above = [block for block in blocks if block.kind in ("masthead", "title")]
    first_text = next((b for b in blocks if b.kind in ("paragraph", "heading")), None)
    if first_text is not None:
        above = [block for block in above if _start(block) < _start(first_text)]
    large = _large(above, blocks)
    worded = [block for block in above if markers.TITLE.match(text_of(list(block.lines)))]
    if large and not worded:
        return large
    if large and worded[0] in large:
        # names of organs are known in English only, and stand above the title in every language
        abroad = markers.TITLE_ABROAD.match(text_of(list(worded[0].lines)))
        return large[large.index(worded[0]) :] if abroad else large
    return worded[:1] or above[-1:]


def _large(above: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """Bold notices in letters larger than the text, the names of organs and treaties aside."""
    sizes = [line.size for block in blocks if block.kind == "paragraph" for line in block.lines if line.size]
    if not sizes:
        return []
    body = sorted(sizes)[len(sizes) // 2]
    return [
        block
        for block in above
        if all(line.bold and (line.size or 0) > _STANDS_OUT * body for line in block.lines)
        and not _names_organ(text_of(list(block.lines)))
    ]


def _names_organ(text: str) -> bool:
    bare = text.casefold().strip(" *")
    names = {name.casefold() for body in committees() for name in (body.name, body.instrument)}
    # a long name runs over two notices
    return any(bare in name or bare.startswith(name) for name in (*names, *_ORGANS))


def _start(block: Block) -> int:
    return next(block.lines).start
