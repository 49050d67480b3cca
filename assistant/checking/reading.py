"""Files of any format that Pilcrow reads become drafts to check.

What a file is shows in its content. Only text and Markdown are told apart by the name, and by the content
where the name does not say.
"""

from __future__ import annotations

import hashlib
import re

from assistant.checking.draft import Draft, DraftFormat
from corpus.errors import SourceTooLarge
from corpus.layout import Reader
from corpus.parse import MAX_SOURCE_BYTES
from corpus.readers import read
from corpus.readers.signatures import is_html, is_pdf, is_zip, refuse_unreadable, refuse_xml
from corpus.readers.text import text_of

_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mdown|mkdn?|mdx|[qr]md)\Z", re.IGNORECASE)
_TEXT_NAME = re.compile(r"\.(?:te?xt|asc|rst|tex)\Z", re.IGNORECASE)
_SHOWS_MARKDOWN = re.compile(
    r"^(?:\#{1,6}[ \t]+\S|\[\^[^\]\s]{1,50}\]:|(?:```|~~~)\w{0,20}$|\|?[ \t]*:?-{3,}:?[ \t]*\|)"
    r"|(?<![*\w])\*\*[^\s*][^*\n]{0,200}\*\*|\]\((?:https?:|mailto:|\#|/)[^\s)]{1,500}\)|\S\[\^[^\]\s]{1,50}\]",
    re.MULTILINE,
)
_SAMPLE = 200_000  # characters in which a text shows that it is Markdown


def read_draft(data: bytes, name: str, read: Reader = read) -> Draft:
    """The draft that a file is; raises a `SourceRefused` for what cannot be read.

    `read` finds the lines of files that are no text, in another process where they are not trusted.
    """
    if len(data) > MAX_SOURCE_BYTES:
        raise SourceTooLarge(
            f"{name} has more than the {MAX_SOURCE_BYTES // 2**20} MiB that are read.", "Split it."
        )
    sha256 = hashlib.sha256(data).hexdigest()
    if (format_ := _layout(data, name)) is not None:
        from assistant.checking.laid_out_draft import laid_out_draft

        return laid_out_draft(read(data, name), name, format_, sha256)
    text = text_of(data, name)
    return draft_of_text(text, name, markdown=_is_markdown(text, name), sha256=sha256)


def draft_of_text(text: str, name: str = "draft", *, markdown: bool = True, sha256: str = "") -> Draft:
    """The draft that a text is; offsets count its own characters."""
    sha256 = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if markdown:
        from assistant.checking.markdown_draft import markdown_draft

        return markdown_draft(text, name, sha256)
    from assistant.checking.text_draft import text_draft

    return text_draft(text, name, sha256)


def _layout(data: bytes, name: str) -> DraftFormat | None:
    """The format of a file with a layout, None for a text; raises a `SourceRefused` for all others."""
    if is_pdf(data):
        return "pdf"
    if is_zip(data):
        return "docx"
    refuse_unreadable(data, name)
    if _MARKDOWN_NAME.search(name):
        return None  # tags in it do not make a web page of it
    if is_html(data):
        return "html"
    refuse_xml(data, name)
    return None


def _is_markdown(text: str, name: str) -> bool:
    if _MARKDOWN_NAME.search(name):
        return True
    return not _TEXT_NAME.search(name) and _SHOWS_MARKDOWN.search(text[:_SAMPLE]) is not None
