"""The parts of a Word file for which python-docx has no words: notes, fields, tracked changes, boxes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.text.paragraph import Paragraph

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)
_SIZE = 'cx="5400000" cy="1200000"'


def footnote(id_: int, runs: Iterable[Any]) -> Any:
    """A footnote of these runs, behind its mark."""
    element = parse_xml(
        f'<w:footnote {_NAMESPACES} w:id="{id_}"><w:p><w:pPr><w:pStyle w:val="footnotetext"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="footnotereference"/></w:rPr><w:footnoteRef/></w:r>'
        '<w:r><w:t xml:space="preserve"> </w:t></w:r></w:p></w:footnote>'
    )
    paragraph = element.find(qn("w:p"))
    assert paragraph is not None
    paragraph.extend(runs)
    return element


def add_footnotes(document: Document, notes: Iterable[Any]) -> None:
    """Give a document its footnotes."""
    root = parse_xml(f"<w:footnotes {_NAMESPACES}>{_SEPARATORS}</w:footnotes>")
    root.extend(notes)
    blob = serialize_part_xml(root)
    part = Part(PackURI("/word/footnotes.xml"), f"{_WORD}.footnotes+xml", blob, document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES)


def note_call(id_: int) -> Any:
    """The run that calls a footnote."""
    return parse_xml(
        f'<w:r {_NAMESPACES}><w:rPr><w:rStyle w:val="footnotereference"/></w:rPr>'
        f'<w:footnoteReference w:id="{id_}"/></w:r>'
    )


def add_field(paragraph: Paragraph, code: str, result: str) -> None:
    """Add a field with its code and what it last gave."""
    for kind in ("begin", "code", "separate", "result", "end"):
        run = paragraph.add_run(result if kind == "result" else None)
        if kind == "code":
            element = OxmlElement("w:instrText")
            element.text = f" {code} "
            run._r.append(element)
        elif kind != "result":
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)


def tracked(kind: str, id_: int, author: str, date: datetime) -> Any:
    """The mark around inserted (`ins`) or deleted (`del`) runs."""
    element = OxmlElement(f"w:{kind}")
    element.set(qn("w:id"), str(id_))
    element.set(qn("w:author"), author)
    element.set(qn("w:date"), date.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return element


def box(text: str) -> Any:
    """A text box, in the form of today and in that for older programs, as Word writes both."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:txbxContent>"
    return parse_xml(
        f'<mc:AlternateContent {_NAMESPACES}><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        f'<wp:extent {_SIZE}/><wp:docPr id="1" name="Text box 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr '
        f'txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {_SIZE}/></a:xfrm><a:prstGeom prst="rect">'
        f"<a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape "
        f'style="width:425pt;height:94pt"><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>'
        "</mc:AlternateContent>"
    )
