"""The report of a check as one page of HTML, to be kept, sent, printed and read without a network."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from assistant.checking.draft import Draft
from assistant.checking.report import CheckReport
from assistant.checking.report_view import view_of
from assistant.checking.wording import MEANINGS
from assistant.html_text import printable

SIGNS = {"error": "✗", "warning": "!", "note": "i", "right": "✓", "open": "–"}
"""What stands beside the word for a severity or standing, so that none is told by colour alone."""


def html_report(report: CheckReport, draft: Draft) -> str:
    """The page of a check: findings, the draft with all that was checked in it, and tables.

    It has no script and loads nothing, and says so to browsers; `draft` is the text that was checked.
    """
    style = _style()
    return (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            view=view_of(report, draft),
            signs=SIGNS,
            meanings=MEANINGS,
            style=Markup(style),
            style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("assistant.checking"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    source = files("assistant.checking") / "templates" / "report.css"
    return f"\n{source.read_text(encoding='utf-8')}"
