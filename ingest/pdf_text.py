"""The text of one PDF page, character for character as PDFium counts them, and what it is worth."""

from array import array
from ctypes import c_double
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.pdf_frames import address, framed_text
from ingest.rectangle import Rectangle
from kb.pages import Verdict

MIN_CHARACTERS = 10
"""Letters and digits below which a page that also shows pictures counts as a picture of text."""

N_SAMPLED = 40
"""Characters of a page whose drawing is looked at, to tell OCR layers and unreadable fonts from print."""

# What PDFium gives where the page shows something else: line ends are "\r\n" and a hyphen that breaks a
# word is U+0002 or U+FFFE. Each is replaced by one character, so that positions stay PDFium's.
_SHOWN = {code: " " for code in range(32) if code not in (0x09, 0x0A)} | {
    0x02: "-",
    0xAD: "-",
    0xFFFE: "-",
    0xFFFF: "\ufffd",
    # Bullets of the symbol fonts, which have no place in Unicode.
    **dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076), "•"),
}


def page_text(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> str:
    """Return the text of a page: character `i` is PDFium's character `i`.

    What is not on the displayed page is blank. Books cut from spreads carry the
    facing page beside it, and charts whole documents behind their frame: none of
    that may be cited as standing on this page.
    """
    n_characters = pdfium_c.FPDFText_CountChars(textpage)
    get = pdfium_c.FPDFText_GetUnicode
    text = _decoded(array("I", [get(textpage, i) for i in range(n_characters)])).translate(_SHOWN)
    displayed = Rectangle(*page.get_bbox())
    shown_of = framed_text(page)
    if not shown_of and not any(found.is_beside(displayed) for found in rectangles(textpage, 0, n_characters)):
        return text
    return "".join(
        character if character.isspace() or _is_on(displayed, textpage, i, shown_of) else " "
        for i, character in enumerate(text)
    )


def _is_on(displayed: Rectangle, textpage: pdfium.PdfTextPage, index: int, shown_of: dict[int, Rectangle]) -> bool:
    box = _character_box(textpage, index)
    if box.is_beside(displayed):
        return False
    drawn = pdfium_c.FPDFText_GetTextObject(textpage, index) if shown_of else None
    shown = shown_of.get(address(drawn)) if drawn else None
    return shown is None or not box.is_beside(shown)


def rectangles(textpage: pdfium.PdfTextPage, start: int, count: int) -> list[Rectangle]:
    """Return the rectangles that cover characters `start` to `start + count`, in reading order."""
    found = pdfium_c.FPDFText_CountRects(textpage, start, count)
    left, top, right, bottom = c_double(), c_double(), c_double(), c_double()
    covering = []
    for index in range(found):
        pdfium_c.FPDFText_GetRect(textpage, index, left, top, right, bottom)
        covering.append(Rectangle(left.value, bottom.value, right.value, top.value))
    return covering


def verdict(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, text: str) -> Verdict:
    """Return what the text of a page is worth.

    NONE: no letter or digit, or hardly any beside pictures, or a font that does
    not say which letters it draws. An empty page is NONE too, for what is drawn
    on it may be writing. OCR: the text is drawn invisibly, over a picture of itself.
    """
    readable = [i for i, character in enumerate(text) if character.isalnum()]
    if not readable or (len(readable) < MIN_CHARACTERS and _shows_pictures(page)):
        return Verdict.NONE
    sample = readable[:: -(-len(readable) // N_SAMPLED)]
    n_unmapped = sum(pdfium_c.FPDFText_HasUnicodeMapError(textpage, i) == 1 for i in sample)
    if 2 * n_unmapped > len(sample):
        return Verdict.NONE
    n_invisible = sum(_is_invisible(textpage, i) for i in sample)
    return Verdict.OCR if 2 * n_invisible > len(sample) else Verdict.TEXT


def _decoded(codes: "array[int]") -> str:
    """One character a code. A lone surrogate and a number beyond Unicode are U+FFFD.

    PDFium counts an emoji as its two surrogates: it is the character and a word joiner, which shows as nothing.
    """
    text = codes.tobytes().decode("utf-32-le", "replace")
    if "\ufffd" not in text:
        return text
    for i, (high, low) in enumerate(pairwise(codes)):
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            codes[i], codes[i + 1] = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), 0x2060
    return codes.tobytes().decode("utf-32-le", "replace")


def _character_box(textpage: pdfium.PdfTextPage, index: int) -> Rectangle:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium_c.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return Rectangle(left.value, bottom.value, right.value, top.value)


def _shows_pictures(page: pdfium.PdfPage) -> bool:
    pictures = (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM)
    objects = (pdfium_c.FPDFPage_GetObject(page, i) for i in range(pdfium_c.FPDFPage_CountObjects(page)))
    return any(pdfium_c.FPDFPageObj_GetType(shown) in pictures for shown in objects)


def _is_invisible(textpage: pdfium.PdfTextPage, index: int) -> bool:
    drawn = pdfium_c.FPDFText_GetTextObject(textpage, index)
    return bool(drawn) and pdfium_c.FPDFTextObj_GetTextRenderMode(drawn) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
