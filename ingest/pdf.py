"""From a PDF to pages whose characters are PDFium's own, so that a quote's rectangles can be asked for.

PDFium alone reads the file: text, outline, page labels, information and
passwords. A second parser would disagree with it about damaged files, and every
way in which one of them fails would refuse a law that the other can read.
"""

import datetime
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import addressof, create_string_buffer
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.limits import Limits
from ingest.pdf_tables import joined, tables_of
from ingest.pdf_text import page_text, rectangles, verdict
from ingest.reading_order import MOST_CLIMBED, climbed
from ingest.stated import meaningful_title, one_line
from kb.errors import DamagedFileError, EncryptedFileError, KbError, Text
from kb.pages import Heading, Page, Reading, Span, Verdict
from kb.scans import Reason
from kb.tables import Table

MEDIA_TYPE = "application/pdf"

PDFIUM = threading.RLock()
"""PDFium is not thread-safe: whoever touches it holds this lock."""

MAX_HEADINGS = 10_000
MAX_OUTLINE_DEPTH = 64


def read(file: Path, limits: Limits) -> Reading:
    """Return the pages of a PDF with their text, and what the file says of itself.

    `page.text[i]` is character `i` of PDFium's text page. A page that cannot be
    loaded keeps its number, with the verdict NONE. A scanner's layer whose lines
    run up the page again has the reason DISORDERED_LAYER.

    Raises EncryptedFileError, DamagedFileError or FileTooLargeError.
    """
    with opened(file) as document:
        limits.check_pages(file.name, len(document))
        pages = []
        tables: list[Table] = []
        n_characters = 0
        for index in range(len(document)):
            page, found = _read_page(document, index, file.name, limits)
            tables += found
            n_characters += len(page.text)
            limits.check_characters(file.name, n_characters)
            pages.append(page)
        return Reading(
            media_type=MEDIA_TYPE,
            pages=tuple(pages),
            has_pages=True,
            headings=tuple(_headings(document, pages)),
            title=meaningful_title(document.get_metadata_value("Title")),
            created=parse_date(document.get_metadata_value("CreationDate")),
            tables=joined(tables),
        )


@contextmanager
def opened(file: Path) -> Iterator[pdfium.PdfDocument]:
    """The PDF opened with an empty password, under the lock, closed afterwards.

    Raises EncryptedFileError or DamagedFileError.
    """
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(file)
        except pdfium.PdfiumError as cause:
            raise _refusal(file.name, cause.err_code) from cause
        try:
            yield document
        finally:
            document.close()


def _refusal(where: str, code: int) -> KbError:
    if code == pdfium_c.FPDF_ERR_PASSWORD:
        return EncryptedFileError(
            where,
            Text("PDF ini meminta kata sandi", "this PDF asks for a password"),
            Text("simpan salinan tanpa kata sandi, lalu unggah lagi", "save a copy without a password and add that"),
        )
    if code == pdfium_c.FPDF_ERR_SECURITY:
        return EncryptedFileError(
            where,
            Text("PDF ini dikunci dengan cara yang tidak didukung", "this PDF is locked in a way we cannot open"),
            Text("cetak ulang menjadi PDF biasa, lalu unggah lagi", "print it to an ordinary PDF and add that"),
        )
    return DamagedFileError(
        where,
        Text("PDF ini terpotong atau rusak", "this PDF is cut off or broken"),
        Text("ambil lagi berkas aslinya", "get the original file again"),
    )


def _read_page(document: pdfium.PdfDocument, index: int, where: str, limits: Limits) -> tuple[Page, list[Table]]:
    """A page with its text, and the ruled tables on it."""
    label = _string(lambda buffer, n: pdfium_c.FPDF_GetPageLabel(document, index, buffer, n))
    try:
        page = document.get_page(index)
    except pdfium.PdfiumError:
        return Page(index + 1, "", Verdict.NONE, label=label), []
    try:
        width, height = page.get_size()
        try:
            textpage = page.get_textpage()
        except pdfium.PdfiumError:
            return Page(index + 1, "", Verdict.NONE, width, height, label), []
        limits.check_characters(where, pdfium_c.FPDFText_CountChars(textpage))
        text = page_text(page, textpage)
        found = verdict(page, textpage, text)
        tables = tables_of(page, textpage, index + 1, text) if found is Verdict.TEXT else []
        # A turned page has its text turned back: what is above in the file is beside on the display.
        is_upright = found is Verdict.OCR and page.get_rotation() == 0
        is_disordered = is_upright and climbed(rectangles(textpage, 0, len(text)), height) > MOST_CLIMBED
        reason = Reason.DISORDERED_LAYER if is_disordered else None
        return Page(index + 1, text, found, width, height, label, reason=reason), tables
    finally:
        page.close()


def _headings(document: pdfium.PdfDocument, pages: list[Page]) -> Iterator[Heading]:
    """The outline in its order, depth first, cut at `MAX_HEADINGS` entries and `MAX_OUTLINE_DEPTH` levels.

    A file can link its entries in a circle or nest them ten thousand deep: the
    walk keeps its own stack and takes no entry twice.
    """
    seen: set[int] = set()
    waiting = [(pdfium_c.FPDFBookmark_GetFirstChild(document, None), 1)]
    while waiting and len(seen) < MAX_HEADINGS:
        entry, level = waiting.pop()
        if not entry or _address(entry) in seen:
            continue
        seen.add(_address(entry))
        waiting.append((pdfium_c.FPDFBookmark_GetNextSibling(document, entry), level))
        if level < MAX_OUTLINE_DEPTH:
            waiting.append((pdfium_c.FPDFBookmark_GetFirstChild(document, entry), level + 1))
        title = _title_of(entry)
        destination = pdfium_c.FPDFBookmark_GetDest(document, entry)
        index = pdfium_c.FPDFDest_GetDestPageIndex(document, destination) if destination else -1
        if title and 0 <= index < len(pages):
            yield Heading(level, title, _find(title, pages[index]))


def _address(entry: "pdfium_c.FPDF_BOOKMARK") -> int:
    return addressof(entry.contents)


def _title_of(entry: "pdfium_c.FPDF_BOOKMARK") -> str:
    title = _string(lambda buffer, n: pdfium_c.FPDFBookmark_GetTitle(entry, buffer, n))
    return one_line(title)


def _find(title: str, page: Page) -> Span:
    """Where the title's words stand on the page, at the start of a line if anywhere; else an empty span."""
    words = r"\s+".join(map(re.escape, title.split()))
    found = re.search(rf"^[ \t]*({words})", page.text, re.IGNORECASE | re.MULTILINE) or re.search(
        f"({words})", page.text, re.IGNORECASE
    )
    return Span(page.number, *found.span(1)) if found else Span(page.number, 0, 0)


def _string(fill: Callable[[object, int], int]) -> str:
    """The UTF-16 string that a PDFium call writes into a buffer of the size it names."""
    n_bytes = fill(None, 0)
    buffer = create_string_buffer(n_bytes)
    fill(buffer, n_bytes)
    return buffer.raw[:n_bytes].decode("utf-16-le", "replace").rstrip("\0")


def parse_date(stated: str) -> datetime.date | None:
    """The day of a PDF date ("D:20210209145017+08'00'"), as the author's clock showed it, or None.

    Source: ISO 32000-1, 7.9.4.
    """
    found = re.match(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?", stated.strip())
    if not found:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
