"""A naskah drawn as PDF with reportlab: title block, centred headings, hanging ayat, tables, heads and page numbers."""

import io
import re
from collections.abc import Callable
from xml.sax.saxutils import escape

import numpy as np
import pypdfium2
from naskah import MARK, NOTICE, Block, Naskah, Role
from PIL import Image
from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

PAPERS = {"a4": A4, "f4": (215 * mm, 330 * mm)}
CONTENTS = re.compile(r"(.+) \.{3,} (\d+)")
GREY, RED = Color(0.45, 0.45, 0.45), Color(0.65, 0.1, 0.1)
STEP = 25.0
"""Points by which one level of numbering is set in."""


class _Template(BaseDocTemplate):
    """Keeps the first words of every page, for the catch-words of the page before."""

    def __init__(self, target: io.BytesIO, **settings: object) -> None:
        super().__init__(target, **settings)
        self.first_words: dict[int, str] = {}

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        if isinstance(flowable, Paragraph) and self.page not in self.first_words:
            label = getattr(flowable, "bulletText", None) or ""
            words = flowable.getPlainText().split()[: 1 if label else 2]
            self.first_words[self.page] = " ".join([label, *words]).strip()


def pdf_bytes(naskah: Naskah) -> bytes:
    """The naskah as a PDF; the same bytes every time."""
    data, first_words = _build(naskah, {})
    if "catchwords" in naskah.facts:
        data, _ = _build(naskah, first_words)
    return data


def scanned_bytes(naskah: Naskah, dpi: int = 150) -> bytes:
    """The naskah as a PDF of grey page pictures, slightly askew and noisy, without a letter of text."""
    chance = np.random.default_rng(20_230_410)
    target = io.BytesIO()
    pages = pypdfium2.PdfDocument(pdf_bytes(naskah))
    canvas = Canvas(target, pagesize=_paper(naskah), invariant=1)
    canvas.setTitle(naskah.facts["title"])
    canvas.setSubject(MARK)
    for number in range(len(pages)):
        picture = pages[number].render(scale=dpi / 72, grayscale=True).to_pil()
        picture = picture.rotate((-0.5, 0.35, -0.2)[number % 3], resample=Image.Resampling.BICUBIC, fillcolor=250)
        grain = np.asarray(picture, dtype=np.float32) * 0.93 + chance.normal(6.0, 3.5, picture.size[::-1])
        jpeg = io.BytesIO()
        Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8)).save(jpeg, "JPEG", quality=42)
        canvas.drawImage(ImageReader(jpeg), 0, 0, *_paper(naskah))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _paper(naskah: Naskah) -> tuple[float, float]:
    return PAPERS[naskah.facts.get("paper", "a4")]


def _build(naskah: Naskah, next_words: dict[int, str]) -> tuple[bytes, dict[int, str]]:
    facts, target = naskah.facts, io.BytesIO()
    width, height = _paper(naskah)
    left, right, top, bottom = 30 * mm, 25 * mm, 27 * mm, 25 * mm
    template = _Template(
        target, pagesize=(width, height), invariant=1, title=facts["title"], author=facts["author"], subject=MARK
    )
    body = width - left - right

    def head(canvas: Canvas, _document: object) -> None:
        _draw_head(canvas, facts, width, height)

    def foot(canvas: Canvas, _document: object) -> None:
        _draw_foot(canvas, width, next_words)

    full = Frame(left, bottom, body, height - top - bottom, 0, 0, 0, 0, id="full")
    templates = [PageTemplate("whole", [full], onPage=head, onPageEnd=foot)]
    flowables = _opening(naskah, body)
    if facts.get("columns") == "2":
        # The letterhead keeps the whole width; the columns begin under it.
        gap, opening = 16.0, 41 * mm
        column = (body - gap) / 2
        tops = Frame(left, height - top - opening, body, opening, 0, 0, 0, 0, id="head")
        lower = [
            Frame(left + i * (column + gap), bottom, column, height - top - bottom - opening - 6, 0, 0, 0, 0)
            for i in (0, 1)
        ]
        later = [Frame(left + i * (column + gap), bottom, column, height - top - bottom, 0, 0, 0, 0) for i in (0, 1)]
        templates = [
            PageTemplate("first", [tops, *lower], onPage=head, onPageEnd=foot),
            PageTemplate("later", later, onPage=head, onPageEnd=foot),
        ]
        flowables = [NextPageTemplate("later"), *flowables]
        body = column
    template.addPageTemplates(templates)
    styles = _styles(float(facts.get("size", "12")), float(facts.get("leading", "1.35")))
    for block in naskah.blocks:
        if block.role is Role.TABLE and "tables" in facts:
            # Parts the table from its heading, which would else take it whole to the next page.
            flowables.append(Spacer(1, 0))
        flowables += _flowables(block, styles, body)
    template.build(flowables)
    return target.getvalue(), template.first_words


def _draw_head(canvas: Canvas, facts: dict[str, str], width: float, height: float) -> None:
    number = canvas.getPageNumber()
    canvas.saveState()
    canvas.setFont("Times-Roman", 11)
    if "running" in facts:
        if number > 1:
            canvas.setFont("Times-Italic", 9)
            canvas.drawString(30 * mm, height - 17 * mm, facts["running"])
            canvas.drawRightString(width - 25 * mm, height - 17 * mm, str(number))
            canvas.line(30 * mm, height - 18.5 * mm, width - 25 * mm, height - 18.5 * mm)
    elif number > 1:
        canvas.drawCentredString(width / 2, height - 17 * mm, f"- {number} -")
    canvas.restoreState()


def _draw_foot(canvas: Canvas, width: float, next_words: dict[int, str]) -> None:
    # Drawn last, so that a reader meets the foot where it stands.
    number = canvas.getPageNumber()
    canvas.saveState()
    if words := next_words.get(number + 1):
        canvas.setFont("Times-Roman", 11)
        canvas.drawRightString(width - 25 * mm, 18 * mm, f"{words} …")
    canvas.setFont("Helvetica", 7.5)
    canvas.setFillColor(GREY)
    canvas.drawCentredString(width / 2, 11 * mm, MARK)
    canvas.restoreState()


def _styles(size: float, leading: float) -> Callable[..., ParagraphStyle]:
    def style(**changes: object) -> ParagraphStyle:
        # A new name each time: reportlab compares styles by name when it joins paragraphs.
        settings: dict[str, object] = {
            "fontName": "Times-Roman",
            "fontSize": size,
            "leading": size * leading,
            "alignment": TA_JUSTIFY,
            "spaceAfter": size * 0.4,
            "textColor": black,
        }
        return ParagraphStyle("x", **(settings | changes))

    return style


def _opening(naskah: Naskah, body: float) -> list[Flowable]:
    mark = ParagraphStyle("mark", fontName="Helvetica-Bold", fontSize=9, leading=11, alignment=TA_CENTER, textColor=RED)
    notice = ParagraphStyle("notice", fontName="Helvetica", fontSize=7, leading=9, alignment=TA_CENTER, textColor=RED)
    box = Table([[[Paragraph(MARK, mark), Paragraph(NOTICE, notice)]]], colWidths=[body * 0.86], hAlign="CENTER")
    box.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 0.8, RED), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]))
    flowables: list[Flowable] = [box, Spacer(1, 10)]
    if "cover" in naskah.facts:
        flowables.append(Spacer(1, 150))
    if head := naskah.facts.get("letterhead"):
        first, *others = head.split(" | ")
        line = ParagraphStyle("kop", fontName="Times-Roman", fontSize=13, leading=16, alignment=TA_CENTER)
        bold = ParagraphStyle("kop2", fontName="Times-Bold", fontSize=12.5, leading=16, alignment=TA_CENTER)
        small = ParagraphStyle("kop3", fontName="Times-Roman", fontSize=9.5, leading=12, alignment=TA_CENTER)
        flowables += [Paragraph(escape(first), line)]
        flowables += [Paragraph(escape(text), bold if i == 0 else small) for i, text in enumerate(others)]
        flowables += [
            Spacer(1, 4),
            HRFlowable("100%", 2.2, color=black, spaceAfter=1.5),
            HRFlowable("100%", 0.6, color=black),
            Spacer(1, 10),
        ]
    return flowables


def _flowables(block: Block, style: Callable[..., ParagraphStyle], body: float) -> list[Flowable]:
    text = escape(block.text)
    centred = {"alignment": TA_CENTER, "keepWithNext": 1}
    match block.role:
        case Role.TITLE:
            return [Paragraph(text, style(fontName="Times-Bold", spaceAfter=3, **centred))]
        case Role.CENTRED:
            return [Paragraph(text, style(spaceAfter=4, **centred))]
        case Role.BAB:
            both = style(spaceAfter=0, spaceBefore=9, **centred), style(spaceAfter=7, **centred)
            return [Paragraph(escape(block.label), both[0]), Paragraph(text, both[1])]
        case Role.BAGIAN:
            both = style(spaceAfter=0, spaceBefore=5, **centred), style(spaceAfter=6, **centred)
            return [Paragraph(escape(block.label), both[0]), Paragraph(text, both[1])]
        case Role.PASAL:
            return [Paragraph(text, style(spaceBefore=5, **centred))]
        case Role.HEADING:
            bold = style(fontName="Times-Bold", alignment=0, spaceBefore=9, keepWithNext=1)
            return [Paragraph(text, bold)]
        case Role.SUBHEADING:
            return [Paragraph(text, style(fontName="Times-BoldItalic", alignment=0, spaceBefore=5, keepWithNext=1))]
        case Role.ITEM:
            hanging = style(leftIndent=(block.depth + 1) * STEP, bulletIndent=block.depth * STEP)
            hanging.bulletFontName, hanging.bulletFontSize = hanging.fontName, hanging.fontSize
            return [Paragraph(text, hanging, bulletText=block.label)]
        case Role.PREAMBLE:
            return [_preamble(block, style(spaceAfter=0), body), Spacer(1, 6)]
        case Role.TABLE:
            return [_table(block, style, body)]
        case Role.SIGNATURE:
            signed = text.startswith(("ttd", "(belum"))
            after, before = (14, 20) if signed else (2, 0)
            right = style(leftIndent=body * 0.5, alignment=TA_CENTER, spaceBefore=before, spaceAfter=after)
            right.keepWithNext = 0 if signed else 1
            return [Paragraph(text, right)]
        case Role.ATTACHED:
            return [Paragraph(text, style(leftIndent=body * 0.5, alignment=0, spaceAfter=1, keepWithNext=1))]
        case Role.EXPLAINED:
            return [
                Paragraph(
                    text, style(leftIndent=block.depth * STEP, keepWithNext=0 if block.label else 1, spaceAfter=2)
                )
            ]
        case Role.BREAK:
            return [PageBreak()]
        case Role.PARAGRAPH:
            if entry := CONTENTS.fullmatch(block.text):
                return [Paragraph(_dotted(entry[1], entry[2], style(), body), style(alignment=0))]
            return [Paragraph(text, style())]


def _dotted(title: str, number: str, style: ParagraphStyle, body: float) -> str:
    # A line of the table of contents: as many dots as the line has room for.
    dot, words = (stringWidth(piece, style.fontName, style.fontSize) for piece in (".", f"{title}  {number}"))
    return f"{title} {'.' * int((body - words) / dot - 1)} {number}"


def _preamble(block: Block, style: ParagraphStyle, body: float) -> Table:
    rows = []
    for i, (label, text) in enumerate(block.rows):
        caption = [block.label, ":"] if i == 0 else ["", ""]
        rows.append([*(Paragraph(escape(cell), style) for cell in (*caption, label, text))])
    numbered = any(label for label, _ in block.rows)
    widths = [78, 12, 24 if numbered else 1, body - 90 - (24 if numbered else 1)]
    table = Table(rows, colWidths=widths)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


def _table(block: Block, style: Callable[..., ParagraphStyle], body: float) -> Table:
    cell = style(fontSize=9.5, leading=11.5, alignment=0, spaceAfter=0)
    head = style(fontSize=9.5, leading=11.5, alignment=TA_CENTER, spaceAfter=0, fontName="Times-Bold")
    rows = [[Paragraph(escape(text), head if i == 0 else cell) for text in row] for i, row in enumerate(block.rows)]
    total = sum(block.widths)
    table = Table(
        rows, colWidths=[body * share / total for share in block.widths], repeatRows=1, spaceBefore=3, spaceAfter=9
    )
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, black),
                ("BACKGROUND", (0, 0), (-1, 0), Color(0.9, 0.9, 0.9)),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table
