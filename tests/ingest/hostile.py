"""Builders of files as strangers send them: small PDFs written by hand, and files made to break a reader."""

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas


def printed_pdf(pages: Sequence[Sequence[str]], *, password: str | None = None, title: str = "") -> bytes:
    """A PDF with these lines on its pages, A4 upright; locked where a password is given."""
    written = io.BytesIO()
    canvas = Canvas(
        written,
        pagesize=(595, 842),
        invariant=1,
        encrypt=None if password is None else StandardEncryption(password, ownerPassword="pemilik"),
    )
    if title:
        canvas.setTitle(title)
    for lines in pages:
        for row, line in enumerate(lines):
            canvas.drawString(72, 770 - 20 * row, line)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    written = io.BytesIO()
    written.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(written.tell())
        written.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = written.tell()
    written.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    written.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    written.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return written.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(content), content)


def drawn_pdf(
    content: bytes, page: bytes = b"", font: bytes = b"", *more: bytes, catalog: bytes = b"", resources: bytes = b""
) -> bytes:
    """A PDF of one page of 200 by 100 points that draws `content`; `more` objects are numbered from 6."""
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%b>>" % catalog,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%b>>%b>>"
            % (resources, page),
            stream(content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica%b>>" % font,
            *more,
        ]
    )


def pdf_spelling(*spelled: str) -> bytes:
    """A PDF whose font says that its letters A, B, C mean these strings (UTF-16 in hexadecimal)."""
    pairs = "".join(f"<{ord('A') + i:02x}> <{meant}>\n" for i, meant in enumerate(spelled))
    mapping = f"1 begincodespacerange <00> <ff> endcodespacerange {len(spelled)} beginbfchar {pairs} endbfchar"
    letters = bytes(ord("A") + i for i in range(len(spelled)))
    content = b"BT /F 20 Tf 20 40 Td (%b) Tj ET" % letters
    return drawn_pdf(content, b"", b"/ToUnicode 6 0 R", stream(mapping.encode()))


def many_pages_pdf(n_pages: int) -> bytes:
    """A PDF of `n_pages` pages that share one content."""
    kids = b" ".join(b"%d 0 R" % (5 + i) for i in range(n_pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, n_pages),
            stream(b"BT /F 20 Tf 20 40 Td (Halaman yang sama) Tj ET"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *[page] * n_pages,
        ]
    )


def outline_pdf(entries: Sequence[bytes]) -> bytes:
    """A PDF with an outline; its entries are objects from 7, the first of them the outline's first."""
    outlines = b"<</Type/Outlines/First 7 0 R/Last 7 0 R/Count %d>>" % len(entries)
    return drawn_pdf(
        b"BT /F 12 Tf 20 40 Td (BAB I Ketentuan Umum) Tj ET", b"", b"", outlines, *entries, catalog=b"/Outlines 6 0 R"
    )


def deep_outline_pdf(depth: int) -> bytes:
    """A PDF whose outline has one entry a level, `depth` levels."""
    return outline_pdf(
        [
            b"<</Title(Tingkat %d)/Parent %d 0 R/Dest[3 0 R/Fit]%b>>"
            % (i + 1, 6 + i, b"/First %d 0 R/Last %d 0 R/Count 1" % (8 + i, 8 + i) if i + 1 < depth else b"")
            for i in range(depth)
        ]
    )


def circular_outline_pdf() -> bytes:
    """A PDF whose two outline entries name each other as the next, and the first itself as its child."""
    return outline_pdf(
        [
            b"<</Title(Satu)/Parent 6 0 R/Next 8 0 R/First 7 0 R/Last 7 0 R/Count 1/Dest[3 0 R/Fit]>>",
            b"<</Title(Dua)/Parent 6 0 R/Next 7 0 R/Dest[3 0 R/Fit]>>",
        ]
    )


def endless_pdf(depth: int = 9) -> bytes:
    """A PDF of two kilobytes whose page draws a form ten times that draws a form ten times, and so on."""
    forms = [
        stream(
            b"/X Do " * 10 if i + 1 < depth else b"BT /F 9 Tf (x) Tj ET",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>%b>>"
            % (b"/XObject<</X %d 0 R>>" % (7 + i) if i + 1 < depth else b""),
        )
        for i in range(depth)
    ]
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
            stream(b"/X Do"),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *forms,
        ]
    )


def word(*paragraphs: str) -> bytes:
    """A Word document with these paragraphs."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: Document) -> bytes:
    """The bytes of a Word document."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def zip_bomb_word(n_bytes: int) -> bytes:
    """A Word document with a part that unpacks to `n_bytes` of nothing."""
    written = io.BytesIO(word("Isi biasa"))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/gambar.png", bytes(n_bytes))
    return written.getvalue()


def word_with_part(name: str, content: bytes) -> bytes:
    """A Word document in which one part is replaced."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word("Isi biasa"))) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return written.getvalue()


def other_zip() -> bytes:
    """A ZIP archive that is no Word document."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return written.getvalue()
