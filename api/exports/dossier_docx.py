"""A dossier as a Word file: a telaahan staf or nota dinas draft with real footnotes and the quoted pages behind it."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from api.exports.appendix import QuotedPage
from api.exports.draft import APPENDIX, EMPTY, TITLES, Block, caption, head, parts, written
from api.exports.footnotes import Footnotes, writable
from kb.dossier import SIGNATURE, CheckedDossier, Field, Form

QUOTE_STYLE = "Kutipan"
"""The paragraph style of every quote, by which a script finds them again."""
MISSING_STYLE = "Kutipan tidak disertakan"
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
_IMAGE_WIDTH, _IMAGE_HEIGHT = Cm(15.5), Cm(21.0)


def dossier_docx(checked: CheckedDossier, pages: Sequence[QuotedPage]) -> bytes:
    """The paper as a .docx file. Every word is the office's, the form's, or a quote that was checked."""
    document = _blank()
    notes = Footnotes(document)
    _letterhead(document, written(checked, Field.OFFICE))
    _centred(document, TITLES[checked.dossier.form], bold=True, size=14)
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)
    _head(document, head(checked))
    for part in parts(checked):
        if part.heading:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_before = Pt(8)
            paragraph.add_run(part.heading).bold = True
        for block in part.blocks:
            _block(document, block, notes)
    _signature(document, checked)
    _copies(document, checked)
    if pages:
        _appendix(document, pages)
    notes.write()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = writable(checked.dossier.title), "", ""
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _blank() -> WordDocument:
    """An A4 sheet set in 12 points, as official papers are."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3.0), Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(12)
    normal.paragraph_format.space_after = Pt(6)
    quote = document.styles.add_style(QUOTE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    quote.base_style = normal
    quote.font.size = Pt(11)
    quote.paragraph_format.left_indent, quote.paragraph_format.right_indent = Cm(1.0), Cm(0.5)
    missing = document.styles.add_style(MISSING_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    missing.base_style = quote
    missing.font.italic = True
    return document


def _letterhead(document: WordDocument, office: str) -> None:
    lines = office.splitlines()
    for line in lines:
        _centred(document, line, bold=True, size=14)
        document.paragraphs[-1].paragraph_format.space_after = Pt(0)
    if lines:
        _rule_below(document.paragraphs[-1])
        document.paragraphs[-1].paragraph_format.space_after = Pt(14)


def _centred(document: WordDocument, text: str, *, bold: bool, size: int) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(writable(text))
    run.bold, run.font.size = bold, Pt(size)


def _head(document: WordDocument, lines: Sequence[tuple[str, str]]) -> None:
    """The head as a table without lines: name, colon, what was written."""
    table = document.add_table(rows=0, cols=3)
    table.autofit = False
    widths = (Cm(3.0), Cm(0.6), Cm(11.9))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for name, text in lines:
        cells = table.add_row().cells
        for cell, content, width in zip(cells, (name, ":", text), widths, strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            _lines(cell.paragraphs[0], content)
    _rule_below(document.add_paragraph())


def _block(document: WordDocument, block: Block, notes: Footnotes) -> None:
    if block.quote is not None:
        paragraph = document.add_paragraph(style=QUOTE_STYLE)
        _lines(paragraph, f"“{block.quote.text}”")
        notes.add(paragraph, block.quote.footnote)
    elif block.missing:
        document.add_paragraph(writable(block.missing), style=MISSING_STYLE)
    else:
        for text in block.own.split("\n\n"):
            paragraph = document.add_paragraph()
            if text != EMPTY:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if "\n" not in text else WD_ALIGN_PARAGRAPH.LEFT
            _lines(paragraph, text)


def _signature(document: WordDocument, checked: CheckedDossier) -> None:
    """Position, room to sign, name, rank and staff number, on the right and never torn over two pages."""
    position, signer, rank, number = (written(checked, field) for field in SIGNATURE)
    staff = f"NIP {number}" if number else ""
    lines = (position or EMPTY, "", "", "", signer or EMPTY, *filter(None, (rank, staff)))
    for place, line in enumerate(lines):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(8.5)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.space_before = Pt(18 if place == 0 else 0)
        paragraph.paragraph_format.keep_with_next = place < len(lines) - 1
        _lines(paragraph, line)


def _copies(document: WordDocument, checked: CheckedDossier) -> None:
    """Tembusan stands below the signature of a telaahan staf; a nota dinas has it in its head."""
    copies = written(checked, Field.COPY)
    if copies and checked.dossier.form is Form.STAFF_STUDY:
        document.add_paragraph().add_run("Tembusan:").underline = True
        _lines(document.add_paragraph(), copies)


def _appendix(document: WordDocument, pages: Sequence[QuotedPage]) -> None:
    for place, quoted in enumerate(pages):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.page_break_before = True
        if place == 0:
            paragraph.add_run(APPENDIX).bold = True
            paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run(
            writable(caption(quoted.numbers, quoted.name, quoted.page.number, quoted.page.label, quoted.has_pages))
        )
        run.font.size = Pt(9)
        if quoted.image:
            document.add_paragraph().add_run().add_picture(io.BytesIO(quoted.image), width=_IMAGE_WIDTH)
            shape = document.inline_shapes[-1]
            if shape.height > _IMAGE_HEIGHT:
                shape.width, shape.height = round(shape.width * _IMAGE_HEIGHT / shape.height), _IMAGE_HEIGHT
            continue
        body = document.add_paragraph()
        for piece in quoted.text:
            for text_run in _lines(body, piece.text):
                text_run.font.size = Pt(9)
                text_run.bold = text_run.underline = piece.is_quoted or None


def _lines(paragraph: Paragraph, text: str) -> list[Run]:
    """Add `text` to a paragraph, its line breaks as breaks; the runs that hold it."""
    runs = []
    for place, line in enumerate(writable(text).split("\n")):
        run = paragraph.add_run()
        if place:
            run.add_break(WD_BREAK.LINE)
        run.add_text(line)
        runs.append(run)
    return runs


def _rule_below(paragraph: Paragraph) -> None:
    """Draw a line under a paragraph, from margin to margin."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("w:val", "single"), ("w:sz", "12"), ("w:space", "1"), ("w:color", "000000")):
        bottom.set(qn(name), value)
    borders.append(bottom)
    # Word refuses a file whose properties are not in the order of the schema: a border comes before all of these.
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)
