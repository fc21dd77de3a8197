"""Real footnotes in a Word file, which python-docx cannot write: the part `word/footnotes.xml` and its references.

Source: ECMA-376 Part 1, 17.11 (footnotes and endnotes); ids -1 and 0 are the two separators that Word expects.
"""

import re

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

TEXT_STYLE, REFERENCE_STYLE = "footnote text", "footnote reference"

_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def writable(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold (control characters, half surrogate pairs)."""
    return _NOT_XML.sub("", text)


class Footnotes:
    """The footnotes of one Word document; each is added where its reference stands, and `write` puts them in."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._texts: list[str] = []
        styles = document.styles
        text = styles.add_style(TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH)
        text.base_style = styles["Normal"]
        text.font.size = Pt(9)
        text.paragraph_format.space_after = Pt(0)
        text.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        reference = styles.add_style(REFERENCE_STYLE, WD_STYLE_TYPE.CHARACTER)
        reference.font.superscript = True

    def add(self, paragraph: Paragraph, text: str) -> int:
        """Put a reference at the end of `paragraph` to a footnote of `text`; its number, from 1."""
        self._texts.append(writable(text))
        number = len(self._texts)
        run = paragraph.add_run(style=REFERENCE_STYLE)
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(number))
        run._r.append(mark)
        return number

    def write(self) -> None:
        """Put the part with all footnotes into the document, once, before it is saved."""
        root = etree.fromstring(f"<w:footnotes {nsdecls('w', 'r')}/>")
        for kind, number in (("separator", -1), ("continuationSeparator", 0)):
            root.append(
                etree.fromstring(
                    f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}"><w:p><w:pPr>'
                    f'<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
                    f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
                )
            )
        text_id, reference_id = (self._document.styles[name].style_id for name in (TEXT_STYLE, REFERENCE_STYLE))
        for number, text in enumerate(self._texts, 1):
            note = etree.SubElement(root, qn("w:footnote"), {qn("w:id"): str(number)})
            paragraph = etree.SubElement(note, qn("w:p"))
            properties = etree.SubElement(paragraph, qn("w:pPr"))
            etree.SubElement(properties, qn("w:pStyle"), {qn("w:val"): text_id})
            run = etree.SubElement(paragraph, qn("w:r"))
            styled = etree.SubElement(run, qn("w:rPr"))
            etree.SubElement(styled, qn("w:rStyle"), {qn("w:val"): reference_id})
            etree.SubElement(run, qn("w:footnoteRef"))
            run = etree.SubElement(paragraph, qn("w:r"))
            said = etree.SubElement(run, qn("w:t"))
            said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            said.text = f" {text}"
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = self._document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._declare_separators()

    def _declare_separators(self) -> None:
        """Name the two separators in the settings; without it some readers draw no line above the footnotes."""
        settings = self._document.settings.element
        declared = OxmlElement("w:footnotePr")
        for number in ("-1", "0"):
            one = OxmlElement("w:footnote")
            one.set(qn("w:id"), number)
            declared.append(one)
        # The schema wants it in its order: before w:compat, which the default template has.
        compat = settings.find(qn("w:compat"))
        if compat is None:
            settings.append(declared)
        else:
            compat.addprevious(declared)
