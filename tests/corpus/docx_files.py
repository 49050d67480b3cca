"""Small Word files made of their XML, so that a test shows exactly what is in one."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from corpus.layout import Line, Reading
from corpus.readers.docx import read_docx

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BREAK = "<w:lastRenderedPageBreak/>"
"""What Word leaves in a run where a page began when it last laid the text out."""

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_ROOTS = {
    "styles": "styles", "numbering": "numbering", "settings": "settings", "footnotes": "footnotes",
    "endnotes": "endnotes", "header": "hdr", "footer": "ftr",
}  # fmt: skip


def p(*content: str, style: str = "", num: tuple[int, int] | None = None, properties: str = "") -> str:
    """A paragraph; `num` is the id of its list and its level."""
    numbering = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{numbering}{properties}</w:pPr>{''.join(content)}</w:p>"


def r(text: str = "", properties: str = "", inside: str = "") -> str:
    """A run of text."""
    text = f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""
    return f"<w:r><w:rPr>{properties}</w:rPr>{text}{inside}</w:r>"


def style(style_id: str, name: str, inside: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    """A style; `inside` are its properties."""
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{based}{inside}</w:style>'
    )


def cell(*content: str, properties: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = (2000, 3000)) -> str:
    """A table with columns of these widths, in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def field(code: str, result: str, end: bool = True) -> str:
    """A field with its code and its result."""
    close = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if end else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}{close}'
    )


def note(id_: int, *content: str, kind: str = "footnote") -> str:
    """A note that begins with its mark."""
    ref = f"<w:r><w:{kind}Ref/></w:r>"
    return f'<w:{kind} w:id="{id_}"><w:p>{ref}{"".join(content)}</w:p></w:{kind}>'


def call(id_: int, kind: str = "footnote", custom: str = "") -> str:
    """A call of a note; `custom` is what prints its mark if it is typed."""
    follows = ' w:customMarkFollows="1"' if custom else ""
    return r(inside=f'<w:{kind}Reference w:id="{id_}"{follows}/>{custom}')


def level(index: int, number_format: str, text: str, more: str = "", start: int | None = 1) -> str:
    """A level of a list."""
    start_at = "" if start is None else f'<w:start w:val="{start}"/>'
    return (
        f'<w:lvl w:ilvl="{index}">{start_at}<w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{escape(text)}"/>{more}</w:lvl>'
    )


def lists(*levels: str, nums: Mapping[int, str] | None = None) -> str:
    """The definition of one list with the id 1, and of others of its kind with what they override."""
    others = {1: ""} | dict(nums or {})
    return f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>' + "".join(
        f'<w:num w:numId="{num}"><w:abstractNumId w:val="7"/>{overrides}</w:num>'
        for num, overrides in others.items()
    )


def docx(body: str, main: str = "word/document.xml", **parts: str) -> bytes:
    """A Word file of a body and other parts, each named by its kind and perhaps a number: `header1`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(main, parts))
        archive.writestr("_rels/.rels", _relationships({"rId1": ("officeDocument", main)}))
        archive.writestr(main, f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        kinds = {name: name.rstrip("0123456789") for name in parts}
        rels = {name: (kind, f"{name}.xml") for name, kind in kinds.items()}
        archive.writestr("word/_rels/document.xml.rels", _relationships(rels))
        for name, content in parts.items():
            root = _ROOTS[kinds[name]]
            archive.writestr(f"word/{name}.xml", f"<w:{root} {NAMESPACES}>{content}</w:{root}>")
    return buffer.getvalue()


def document_xml(body: str) -> str:
    """The XML of the main part of a Word file with this body."""
    with zipfile.ZipFile(io.BytesIO(docx(body))) as archive:
        return archive.read("word/document.xml").decode()


def rewritten(data: bytes, parts: dict[str, bytes | None], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The file with some parts replaced, added or (None) left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w", method) as after:
        contents: dict[str, bytes | None] = {name: before.read(name) for name in before.namelist()}
        for name, content in (contents | parts).items():
            if content is not None:
                after.writestr(name, content)
    return buffer.getvalue()


def read_body(body: str, **parts: str) -> Reading:
    """The reading of a Word file with this body."""
    return read_docx(docx(body, **parts), "a.docx")


def lines_of(body: str, **parts: str) -> tuple[Line, ...]:
    """The lines of a Word file with this body."""
    return read_body(body, **parts).lines


def texts(body: str, **parts: str) -> list[str]:
    """What its lines print."""
    return [line.text for line in read_body(body, **parts).lines]


def _content_types(main: str, parts: Iterable[str]) -> str:
    kinds = {f"word/{name}.xml": name.rstrip("0123456789") for name in parts} | {main: "document.main"}
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/{path}" ContentType="{word}.{kind}+xml"/>' for path, kind in kinds.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{rels}"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{default}{types}</Types>'


def _relationships(entries: Mapping[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in entries.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
