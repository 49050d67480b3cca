"""Opens the zip file that a DOCX is, after checks that keep harmful or broken ones away from the parsers."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import docx
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml

from corpus.errors import SourceDamaged, SourceEncrypted, SourceNotText, SourceTooLarge

if TYPE_CHECKING:
    from docx.document import Document

MAX_INFLATED = 256 * 1024 * 1024
"""Bytes that all parts together may have once unpacked; pictures are most of it in real files."""
MAX_XML = 64 * 1024 * 1024
"""Bytes that the parts with text may have once unpacked, as many as a plain text may have."""
MAX_PARTS = 5000
MAX_RATIO = 250
"""How much smaller than their contents files of some size may be; XML is rarely packed beyond 1 : 50."""
_SMALL = 16 * 1024 * 1024  # whatever its ratio, a file that unpacks to this does no harm
_MAX_DIRECTORY = 2 * 1024 * 1024  # bytes of the list of parts, which is read in one go
_CUT_OFF = "Get the file again, or open it in Word and save it anew."
# What the libraries raise on damaged files; of these NotImplementedError on unknown kinds of packing.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, IndexError,
    NotImplementedError, OverflowError, AttributeError,
)  # fmt: skip

# The parts that hold text or say how it looks, by the last word of their relationship.
_PARTS = {
    "styles": (RT.STYLES, CT.WML_STYLES),
    "numbering": (RT.NUMBERING, CT.WML_NUMBERING),
    "settings": (RT.SETTINGS, CT.WML_SETTINGS),
    "footnotes": (RT.FOOTNOTES, CT.WML_FOOTNOTES),
    "endnotes": (RT.ENDNOTES, CT.WML_ENDNOTES),
    "header": (RT.HEADER, CT.WML_HEADER),
    "footer": (RT.FOOTER, CT.WML_FOOTER),
}
# Files saved as "Strict Open XML" have other names for the same things (ISO/IEC 29500-1 and -4).
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([\w.-]+)""")
_PLAIN_ENCODINGS = re.compile(rb"(?i)utf-?8|us-ascii|iso-8859-\d+|windows-125\d")
# Other kinds of zip file, by a part that only they have.
_OTHERS = (
    ("xl/workbook.xml", "an Excel workbook", "Save the text in it as a Word document or as PDF."),
    ("xl/workbook.bin", "an Excel workbook", "Save the text in it as a Word document or as PDF."),
    ("ppt/presentation.xml", "a PowerPoint presentation", "Save it as PDF."),
    ("content.xml", "an OpenDocument file", "Save it as DOCX or as PDF."),
    ("META-INF/container.xml", "an e-book", "Save it as PDF or as plain text."),
    ("index.xml", "a Pages document", "Save it as DOCX or as PDF."),
    ("Index/Document.iwa", "a Pages document", "Save it as DOCX or as PDF."),
)


@dataclass(frozen=True, slots=True)
class _Relationship:
    id: str
    kind: str
    target: str


def open_docx(data: bytes, name: str) -> Document:
    """Open a DOCX of which nothing but text and styles is unpacked; raises a `SourceRefused`."""
    try:
        return _Package(data, name).open()
    except SyntaxError:  # what lxml says of XML that is not well-formed
        raise SourceDamaged(f"{name} is damaged: its XML cannot be read.", _CUT_OFF) from None
    except _BROKEN:
        raise SourceDamaged(f"{name} is a damaged or incomplete Word file.", _CUT_OFF) from None
    except RuntimeError:  # what zipfile says of a part under a password
        raise SourceEncrypted(f"{name} opens with a password only.", "Save it without one.") from None


class _Package:
    """The parts of one file; sizes are checked before a part is unpacked and hold afterwards."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._check_directory(data)
        self._archive = zipfile.ZipFile(BytesIO(data))
        infos = self._archive.infolist()
        self._check_sizes(infos, len(data))
        # no two names of parts differ by their case only (ISO/IEC 29500-2, 6.2.2)
        self._infos = {info.filename.replace("\\", "/").lower(): info for info in infos}
        self._budget = MAX_XML

    def open(self) -> Document:
        """The document, opened by python-docx from a copy of the parts that are read."""
        main = self._main_part()
        copy = BytesIO()
        with zipfile.ZipFile(copy, "w") as archive:
            overrides = [("/word/document.xml", CT.WML_DOCUMENT_MAIN)]
            relationships = []
            archive.writestr("word/document.xml", self._xml(main))
            for number, (relationship, path) in enumerate(self._text_parts(main)):
                kind, content_type = _PARTS[relationship.kind]
                target = f"part{number}.xml"
                archive.writestr(f"word/{target}", self._xml(path))
                overrides.append((f"/word/{target}", content_type))
                relationships.append((relationship.id, kind, target))
            archive.writestr("[Content_Types].xml", _content_types(overrides))
            archive.writestr("_rels/.rels", _rels([("rId1", RT.OFFICE_DOCUMENT, "word/document.xml")]))
            archive.writestr("word/_rels/document.xml.rels", _rels(relationships))
        copy.seek(0)
        document = docx.Document(copy)
        if not document.element.tag.endswith("}document") or document.element.body is None:
            raise SourceDamaged(f"{self._name} is a Word file without a text part.", _CUT_OFF)
        return document

    def _check_directory(self, data: bytes) -> None:
        """Refuse a list of parts that is too long to be read (its length is told at the end of a zip)."""
        end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
        if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > _MAX_DIRECTORY:
            self._refuse_size("it has more parts than any document")

    def _check_sizes(self, infos: list[zipfile.ZipInfo], packed: int) -> None:
        inflated = sum(info.file_size for info in infos)
        if len(infos) > MAX_PARTS:
            self._refuse_size(f"it has more than {MAX_PARTS} parts")
        if inflated > MAX_INFLATED:
            self._refuse_size(f"unpacked it has more than {MAX_INFLATED // 2**20} MiB")
        if inflated > _SMALL and inflated > MAX_RATIO * packed:
            self._refuse_size("it unpacks to far more than it can hold")

    def _refuse_size(self, why: str) -> None:
        raise SourceTooLarge(f"{self._name} is not opened: {why}.", "Save the text alone as a new file.")

    def _main_part(self) -> str:
        """The path of the part with the text, which the package names."""
        if "_rels/.rels" in self._infos:
            for relationship in self._relationships("_rels/.rels"):
                if relationship.kind == "officeDocument":
                    path = _resolved("", relationship.target)
                    if path in self._infos and b"wordprocessingml" in self._infos_head(path):
                        return path
        if "word/document.xml" in self._infos:
            return "word/document.xml"
        kind, mend = "a zip archive", "Unpack it and give the documents in it."
        for part, other, otherwise in _OTHERS:
            if part.lower() in self._infos:
                kind, mend = other, otherwise
                break
        else:
            if "[content_types].xml" in self._infos and any(path.startswith("word/") for path in self._infos):
                raise SourceDamaged(f"{self._name} is a Word file without a text part.", _CUT_OFF)
        raise SourceNotText(f"{self._name} is {kind} and no Word file.", mend)

    def _infos_head(self, path: str) -> bytes:
        """The beginning of a part, in which its root element names its kind."""
        with self._archive.open(self._infos[path]) as part:
            return part.read(8192).replace(b"\x00", b"")

    def _text_parts(self, main: str) -> list[tuple[_Relationship, str]]:
        folder, file = posixpath.split(main)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels not in self._infos:
            return []
        found = [(r, _resolved(folder, r.target)) for r in self._relationships(rels)]
        return [(r, path) for r, path in found if r.kind in _PARTS and path in self._infos]

    def _relationships(self, path: str) -> list[_Relationship]:
        return [
            _Relationship(rel.get("Id", ""), rel.get("Type", "").rpartition("/")[2], rel.get("Target", ""))
            for rel in parse_xml(self._xml(path))
            if isinstance(rel.tag, str) and rel.get("TargetMode") != "External"
        ]

    def _xml(self, path: str) -> bytes:
        """A part unpacked, as UTF-8 in the usual namespaces; refused where it declares entities."""
        info = self._infos[path]
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Word files have no others, and the library unpacks those without bounds
            raise zipfile.BadZipFile(f"{path} is compressed in another way")
        with self._archive.open(info) as part:
            xml = part.read(self._budget + 1)
        self._budget -= len(xml)
        if self._budget < 0:
            self._refuse_size(f"its text has more than {MAX_XML // 2**20} MiB")
        return self._safe(xml)

    def _safe(self, xml: bytes) -> bytes:
        if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
            xml = re.sub(r"^\s*<\?xml.*?\?>", "", xml.decode("utf-16")).encode()
        declared = _ENCODING.match(xml.removeprefix(b"\xef\xbb\xbf"))
        plain = declared is None or _PLAIN_ENCODINGS.fullmatch(declared[1])
        # entities could make a small file grow without end; no writer of DOCX declares any
        if not plain or b"\x00" in xml or b"<!DOCTYPE" in xml:
            raise SourceDamaged(f"{self._name} holds XML that no Word file has.", _CUT_OFF)
        if b"purl.oclc.org" in xml:
            for strict, usual in _STRICT.items():
                xml = xml.replace(strict, usual)
        return xml


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()


def _content_types(overrides: list[tuple[str, str]]) -> str:
    types = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{CT.OPC_RELATIONSHIPS}"/>{types}</Types>'
    )


def _rels(relationships: list[tuple[str, str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id={quoteattr(id_)} Type="{kind}" Target="{target}"/>'
        for id_, kind, target in relationships
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'
