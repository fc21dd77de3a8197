"""From a quote on a PDF page to its rectangles, and from a page of a PDF or picture file to its picture."""

import io
from collections.abc import Sequence
from ctypes import c_float, c_int, c_uint
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from ingest import pdf_text, pictures
from ingest.boxes import Box, merged_by_line
from ingest.limits import MAX_DPI
from ingest.pdf import opened
from ingest.rectangle import Rectangle
from kb.errors import DamagedFileError, NotFoundError, Text
from kb.pages import Span

__all__ = ["Box", "rectangles", "render"]

MAX_PIXELS = 40_000_000
"""Of one picture: an A2 page at 300 dpi; a larger page is drawn smaller."""

_LEAST_DPI = 72
_MAX_LOOKED_AT = 500
"""Objects of a page among which its scan is looked for; a drawing of more is none."""

# PDFium maps a point of the page to whole pixels of a picture, rotation and crop box included.
# A picture of a million pixels a side gives percent to four decimals.
_FINE = 1_000_000


def rectangles(file: Path, spans: Sequence[Span]) -> tuple[tuple[Box, ...], ...]:
    """Return for each span the boxes that cover its characters, a box a line, in reading order.

    Raises NotFoundError for a page or characters that the file does not have,
    and what `ingest.pdf.opened` raises.
    """
    with opened(file) as document:
        # Loaded once a page: a table asks for every word of it.
        pages: dict[int, tuple[pdfium.PdfPage, pdfium.PdfTextPage]] = {}
        found = []
        for span in spans:
            if span.page not in pages:
                page = _page(document, file.name, span.page)
                pages = {span.page: (page, page.get_textpage())}
            found.append(_boxes(*pages[span.page], file.name, span))
        return tuple(found)


def render(file: Path, page_number: int, dpi: int) -> bytes:
    """Return the page as displayed, as PNG.

    page_number: from 1. dpi: 1 to `MAX_DPI`; a page of more than `MAX_PIXELS` is drawn smaller.

    Raises NotFoundError for a page that the file does not have, and what `ingest.pdf.opened` raises.
    """
    if not 1 <= dpi <= MAX_DPI:
        raise ValueError(f"dpi must be 1 to {MAX_DPI}, not {dpi}")
    picture = _drawn(file, page_number, dpi, MAX_PIXELS) if _is_pdf(file) else _photograph(file, page_number, dpi)
    written = io.BytesIO()
    # Level 1 writes a page three times as fast as the default and 15 % larger.
    picture.save(written, "PNG", compress_level=1)
    return written.getvalue()


def picture_for_ocr(file: Path, page_number: int, most_dpi: int, max_pixels: int) -> tuple[Image.Image, int]:
    """Return the page as a grey picture of the scan's own resolution, `most_dpi` at most, and that resolution.

    A page that is drawn, not scanned, has `most_dpi`.

    Raises NotFoundError for a page that the file does not have, DamagedFileError, FileTooLargeError.
    """
    if _is_pdf(file):
        with opened(file) as document:
            page = _page(document, file.name, page_number)
            dpi = round(min(max(_scanned_dpi(page) or most_dpi, _LEAST_DPI), most_dpi))
        picture = _drawn(file, page_number, dpi, max_pixels)
        return picture.convert("L"), dpi
    picture, stated = pictures.page_picture(file, page_number)
    scale = min(most_dpi / stated, 1.0, (max_pixels / max(picture.width * picture.height, 1)) ** 0.5)
    return _scaled(picture.convert("L"), scale), round(stated * scale)


def _is_pdf(file: Path) -> bool:
    with file.open("rb") as stream:
        return b"%PDF-" in stream.read(1024)


def _drawn(file: Path, page_number: int, dpi: int, max_pixels: int) -> Image.Image:
    with opened(file) as document:
        page = _page(document, file.name, page_number)
        width, height = page.get_size()
        scale = min(dpi / 72, (max_pixels / max(width * height, 1)) ** 0.5)
        picture: Image.Image = page.render(scale=scale).to_pil()
        return picture


def _photograph(file: Path, page_number: int, dpi: int) -> Image.Image:
    picture, stated = pictures.page_picture(file, page_number)
    return _scaled(picture, min(dpi / stated, 1.0))


def _scaled(picture: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)


def _scanned_dpi(page: pdfium.PdfPage) -> float:
    """The resolution of the largest picture on the page; 0 where there is none, or it covers less than half."""
    width, height = page.get_size()
    found = 0.0
    most = 0.5 * width * height
    for i in range(min(pdfium_c.FPDFPage_CountObjects(page), _MAX_LOOKED_AT)):
        drawn = pdfium_c.FPDFPage_GetObject(page, i)
        if pdfium_c.FPDFPageObj_GetType(drawn) != pdfium_c.FPDF_PAGEOBJ_IMAGE:
            continue
        left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
        columns, rows = c_uint(), c_uint()
        pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
        pdfium_c.FPDFImageObj_GetImagePixelSize(drawn, columns, rows)
        area = (right.value - left.value) * (top.value - bottom.value)
        if area >= most:
            most = area
            # By area, so that a scan laid sideways counts the same.
            found = 72 * (columns.value * rows.value / area) ** 0.5
    return found


def _page(document: pdfium.PdfDocument, where: str, number: int) -> pdfium.PdfPage:
    if not 1 <= number <= len(document):
        raise NotFoundError(
            where,
            Text(f"tidak ada halaman {number}", f"there is no page {number}"),
            Text(f"pilih halaman 1 sampai {len(document)}", f"choose a page from 1 to {len(document)}"),
        )
    try:
        return document.get_page(number - 1)
    except pdfium.PdfiumError as cause:
        raise DamagedFileError(
            where,
            Text(f"halaman {number} rusak", f"page {number} is broken"),
            Text("ambil lagi berkas aslinya", "get the original file again"),
        ) from cause


def _boxes(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, where: str, span: Span) -> tuple[Box, ...]:
    n_characters = pdfium_c.FPDFText_CountChars(textpage)
    if not 0 <= span.start <= span.end <= n_characters:
        raise NotFoundError(
            where,
            Text(
                f"halaman {span.page} tidak memuat karakter {span.start} sampai {span.end}",
                f"page {span.page} has no characters {span.start} to {span.end}",
            ),
            Text("masukkan ulang dokumennya", "take the document in again"),
        )
    if not len(span):
        return ()
    boxes = [_box(page, span.page, found) for found in pdf_text.rectangles(textpage, span.start, len(span))]
    width, height = page.get_size()
    return merged_by_line((box for box in boxes if box.width > 0 and box.height > 0), width / height)


def _box(page: pdfium.PdfPage, number: int, found: Rectangle) -> Box:
    corners = [_displayed(page, found.left, found.top), _displayed(page, found.right, found.bottom)]
    (x0, x1), (y0, y1) = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return Box(number, x0, y0, x1 - x0, y1 - y0)


def _displayed(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A point of the page in percent of the displayed page, kept inside it."""
    column, row = c_int(), c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, column, row)
    return tuple(min(max(at.value * 100 / _FINE, 0.0), 100.0) for at in (column, row))  # type: ignore[return-value]
