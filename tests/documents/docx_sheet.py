"""A naskah written as DOCX with python-docx: heading styles, hanging ayat, real tables, page numbers in the header."""

import datetime
import io
import zipfile

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from naskah import MARK, NOTICE, Block, Naskah, Role

CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEVELS = {Role.BAB: 1, Role.BAGIAN: 2, Role.PASAL: 3, Role.HEADING: 1, Role.SUBHEADING: 2}
ZIP_DATE = (2025, 1, 2, 8, 0, 0)


def docx_bytes(naskah: Naskah) -> bytes:
    """The naskah as a DOCX; the same bytes every time."""
    document = docx.Document()
    _prepare(document, naskah.facts)
    _centred(document, MARK, bold=True, colour=RGBColor(0xA6, 0x1A, 0x1A))
    _centred(document, NOTICE, size=8, colour=RGBColor(0xA6, 0x1A, 0x1A))
    for i, line in enumerate(naskah.facts.get("letterhead", "").split(" | ")):
        if line:
            _centred(document, line, bold=i == 1, size=13 if i < 2 else 9)
    for block in naskah.blocks:
        _add(document, block)
    target = io.BytesIO()
    document.save(target)
    return _fixed_dates(target.getvalue())


def _prepare(document: Document, facts: dict[str, str]) -> None:
    moment = datetime.datetime.fromisoformat(facts["date"])
    about = document.core_properties
    about.title, about.author, about.subject = facts["title"], facts["author"], MARK
    about.created = about.modified = moment
    about.last_modified_by, about.comments, about.revision = facts["author"], "", 1
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.5), Cm(33.0)
    section.left_margin, section.right_margin = Cm(3.0), Cm(2.5)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name, style.font.size = "Bookman Old Style", Pt(12)
        style.font.color.rgb = RGBColor(0, 0, 0)
        # Word takes the theme's font over the named one unless both are set.
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:asciiTheme"), "")
        del style.element.rPr.rFonts.attrib[qn("w:asciiTheme")]
    head = section.header.paragraphs[0]
    head.alignment = CENTRE
    head.add_run(f"{MARK} · - ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    head._p.append(field)
    head.add_run(" -")


def _centred(
    document: Document, text: str, *, bold: bool = False, size: float = 12, colour: RGBColor | None = None
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def _add(document: Document, block: Block) -> None:
    match block.role:
        case Role.BAB | Role.BAGIAN | Role.PASAL | Role.HEADING | Role.SUBHEADING:
            paragraph = document.add_paragraph(style=f"Heading {LEVELS[block.role]}")
            if block.role not in (Role.HEADING, Role.SUBHEADING):
                paragraph.alignment = CENTRE
            if block.label:
                paragraph.add_run(block.label).add_break(WD_BREAK.LINE)
            run = paragraph.add_run(block.text)
            run.bold = block.role in (Role.HEADING, Role.BAB)
        case Role.TITLE | Role.CENTRED:
            _centred(document, block.text, bold=block.role is Role.TITLE)
        case Role.ITEM:
            paragraph = document.add_paragraph(f"{block.label}\t{block.text}")
            _hang(paragraph, 1.0 * (block.depth + 1), 1.0)
        case Role.PREAMBLE:
            for i, (label, text) in enumerate(block.rows):
                caption = f"{block.label}\t: " if i == 0 else "\t  "
                _hang(document.add_paragraph(f"{caption}{label} {text}".rstrip()), 3.2, 3.2)
        case Role.TABLE:
            table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
            for i, row in enumerate(block.rows):
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.paragraphs[0].add_run(text).bold = i == 0
            document.add_paragraph()
        case Role.SIGNATURE | Role.ATTACHED:
            paragraph = document.add_paragraph(block.text)
            paragraph.paragraph_format.left_indent = Cm(8.5)
            paragraph.paragraph_format.space_after = Pt(2)
        case Role.BREAK:
            document.add_page_break()
        case Role.PARAGRAPH | Role.EXPLAINED:
            document.add_paragraph(block.text).alignment = JUSTIFY


def _hang(paragraph: Paragraph, left: float, by: float) -> None:
    paragraph.alignment = JUSTIFY
    paragraph.paragraph_format.left_indent = Cm(left)
    paragraph.paragraph_format.first_line_indent = Cm(-by)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(left))


def _fixed_dates(data: bytes) -> bytes:
    """The same archive with every member stamped alike: python-docx stamps them with the hour of saving."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
