"""Printed text inside Markdown: what it says must not become what it looks like."""

from __future__ import annotations

import re

# Only what Markdown would act on inside a line is escaped, so that most quotations stand as printed.
_ACTIVE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # a backslash before punctuation
    r"|`"
    r"|\*"
    r"|(?<!\w)_|_(?!\w)"  # an underscore inside a word marks nothing
    r"|[\[\]](?=.*\]\(|\()"  # part of a link
    r"|!(?=\[)"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w{1,40};)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])+)\]\([^)\s]+\)")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*{1,2}(?=\S)(.+?)(?<=[^\s\\])\*{1,2}(?![\w*])")


def escaped(text: str) -> str:
    """Text that Markdown renders as it is printed."""
    return _ACTIVE.sub(lambda match: f"\\{match[0]}", text)


def plain(markdown: str) -> str:
    """One line of an answer's Markdown without its marks: links become their label in brackets."""
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\1", _LINK.sub(r"[\1]", markdown)))
