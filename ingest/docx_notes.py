"""What stands at the edges of a Word page: footnotes and endnotes, headers and footers."""

from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

_FOOTNOTE, _ENDNOTE = qn("w:footnoteReference"), qn("w:endnoteReference")
_PARTS = {_FOOTNOTE: RELATIONSHIP_TYPE.FOOTNOTES, _ENDNOTE: RELATIONSHIP_TYPE.ENDNOTES}
_ID = qn("w:id")
_COUNTS = ("PAGE", "NUMPAGES", "SECTIONPAGES")

REFERENCES = frozenset(_PARTS)
"""The elements that point at a note."""


class Notes:
    """The footnotes and endnotes of a document."""

    def __init__(self, document: Document) -> None:
        """Find them. Raises etree.XMLSyntaxError for notes that are no XML."""
        self._notes: dict[tuple[str, str], etree._Element] = {}
        for reference, kind in _PARTS.items():
            parts = (one.target_part for one in document.part.rels.values() if one.reltype == kind)
            part = next(parts, None)
            if part is None:
                continue
            # An entity of the file's own making could stand for another file.
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            for note in root:
                if isinstance(note.tag, str) and note.get(_ID) is not None:
                    self._notes[reference, note.get(_ID)] = note

    def below(self, block: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        """The notes that `block` points at, in order, each with its mark."""
        for reference in block.iter(*REFERENCES):
            note = self._notes.get((reference.tag, reference.get(_ID, "")))
            if note is not None:
                yield mark_of(reference), note


def mark_of(reference: etree._Element) -> str:
    """What stands for a note in the text: its number in the file, which endnotes count apart ("e1")."""
    number = str(reference.get(_ID, ""))
    return f"e{number}" if reference.tag == _ENDNOTE else number


def heads_and_feet(document: Document) -> Iterator[etree._Element]:
    """The headers and footers that the sections have of their own, in order."""
    for section in document.sections:
        named = [section.header, section.footer]
        if section.different_first_page_header_footer:
            named += [section.first_page_header, section.first_page_footer]
        if document.settings.odd_and_even_pages_header_footer:
            named += [section.even_page_header, section.even_page_footer]
        for one in named:
            if not one.is_linked_to_previous:
                yield one._element


def is_page_count(block: etree._Element) -> bool:
    """Whether a paragraph shows a field that counts pages."""
    fields = [field.text or "" for field in block.iter(qn("w:instrText"))]
    fields += [field.get(qn("w:instr"), "") for field in block.iter(qn("w:fldSimple"))]
    return any(word in _COUNTS for field in fields for word in field.upper().split())
