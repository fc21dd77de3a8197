"""Which text of a PDF page is cut away by the frame it is placed in.

A chart is often placed as a picture of a whole document of which a frame shows
one corner. To PDFium the rest of that document is still text of the page.
"""

from ctypes import addressof, c_float

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.rectangle import Matrix, Rectangle

MAX_NESTING = 8
"""Frames in frames that are looked into; text deeper down counts as shown."""

_SPARE = 1.0
"""Points past the edge of a frame that still count as inside: some programs draw them too tight."""

# Wider than any page; infinity would not survive being turned.
_EVERYWHERE = Rectangle(-1e9, -1e9, 1e9, 1e9)


def framed_text(page: pdfium.PdfPage) -> dict[int, Rectangle]:
    """Return, for each text object inside a form, what the frames around it show of the page.

    Keys are the addresses of the objects; most pages have no forms. A frame that
    is no upright rectangle counts as the smallest that holds it.
    """
    shown_of: dict[int, Rectangle] = {}
    top = [pdfium_c.FPDFPage_GetObject(page, i) for i in range(pdfium_c.FPDFPage_CountObjects(page))]
    waiting = [(form, Matrix(), _EVERYWHERE, 1) for form in top if _is(form, pdfium_c.FPDF_PAGEOBJ_FORM)]
    while waiting:
        form, matrix, shown, depth = waiting.pop()
        shown = shown.shared_with(_frame(form).placed(matrix))
        matrix = _matrix(form).then(matrix)
        for i in range(pdfium_c.FPDFFormObj_CountObjects(form)):
            drawn = pdfium_c.FPDFFormObj_GetObject(form, i)
            if _is(drawn, pdfium_c.FPDF_PAGEOBJ_TEXT):
                shown_of[address(drawn)] = shown.shared_with(_frame(drawn).placed(matrix))
            elif depth < MAX_NESTING and _is(drawn, pdfium_c.FPDF_PAGEOBJ_FORM):
                waiting.append((drawn, matrix, shown, depth + 1))
    return shown_of


def address(drawn: "pdfium_c.FPDF_PAGEOBJECT") -> int:
    """What tells an object of a page from the others."""
    return addressof(drawn.contents)


def _is(drawn: "pdfium_c.FPDF_PAGEOBJECT", kind: int) -> bool:
    return bool(pdfium_c.FPDFPageObj_GetType(drawn) == kind)


def _frame(drawn: "pdfium_c.FPDF_PAGEOBJECT") -> Rectangle:
    """What all clip paths of an object leave of it, each taken as a rectangle."""
    shown = _EVERYWHERE
    clip = pdfium_c.FPDFPageObj_GetClipPath(drawn)
    if not clip:
        return shown
    x, y = c_float(), c_float()
    for path in range(pdfium_c.FPDFClipPath_CountPaths(clip)):
        xs, ys = [], []
        for segment in range(pdfium_c.FPDFClipPath_CountPathSegments(clip, path)):
            pdfium_c.FPDFPathSegment_GetPoint(pdfium_c.FPDFClipPath_GetPathSegment(clip, path, segment), x, y)
            xs.append(x.value)
            ys.append(y.value)
        if xs:
            shown = shown.shared_with(Rectangle(min(xs), min(ys), max(xs), max(ys)).grown(_SPARE))
    return shown


def _matrix(form: "pdfium_c.FPDF_PAGEOBJECT") -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(form, matrix)
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
