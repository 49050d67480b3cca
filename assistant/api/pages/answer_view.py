"""An answer laid out for its page: its Markdown as HTML, and the checks of its citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup

from assistant.answer import Answer, Citation
from assistant.html_text import printable
from assistant.searched import searched_sentence

_REFUSED = {
    "not_answered": "The documents do not answer this",
    "not_held": "Not held",
    "no_such_paragraph": "There is no such paragraph",
    "nothing_matches_filters": "Nothing matches the filters",
    "unclear": "It is not clear what is meant",
}
_CHECKS = (
    ("exists", "the place exists", "the place does not exist"),
    ("verbatim", "the words are there", "the words are not there"),
    ("supported", "it supports what is said", "it does not support what is said"),
)
# Answers are lists, emphasis and links to Pilcrow's own pages; whatever else looks like Markdown is text.
_NOT_MARKUP = [
    "html_block", "html_inline", "image", "autolink", "reference", "code", "fence", "hr", "heading",
    "lheading", "blockquote",
]  # fmt: skip


@dataclass(frozen=True)
class CheckView:
    """A citation with what its checks found, in words."""

    label: str
    href: str
    passed: Sequence[str]
    failed: Sequence[str]
    not_made: bool


@dataclass(frozen=True)
class AnswerView:
    """What the page of an answer shows."""

    heading: str
    refused: bool
    text: Markup
    searched: str
    """What was searched; empty where the text says it."""
    checks: Sequence[CheckView]

    @property
    def failures(self) -> int:
        """How many citations failed a check."""
        return sum(bool(check.failed) for check in self.checks)


def view_of(answer: Answer) -> AnswerView:
    """Lay an answer out."""
    return AnswerView(
        heading=_REFUSED[answer.refusal_reason] if answer.refusal_reason else "Answer",
        refused=answer.refused,
        text=_html(answer.text),
        searched=""
        if answer.refused or not (answer.citations or answer.passages)
        else searched_sentence(answer.coverage, answer.filters, answer.also_searched),
        checks=[_check(citation) for citation in answer.citations],
    )


def _check(citation: Citation) -> CheckView:
    results = [(getattr(citation.checks, name), good, bad) for name, good, bad in _CHECKS]
    return CheckView(
        label=citation.label,
        href=citation.href,
        passed=[good for result, good, _ in results if result],
        failed=[bad for result, _, bad in results if result is False],
        not_made=any(result is None for result, _, _ in results),
    )


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's own name
        """Whether a link is one: only those within Pilcrow are."""
        return url.startswith("/documents/")


def _html(markdown: str) -> Markup:
    """The Markdown of an answer as HTML."""
    parser = _Markdown("commonmark", {"html": False}).disable(_NOT_MARKUP)
    return Markup(parser.render(str(printable(markdown))))
