"""One small file of each format that is read, made anew: for the table of formats, the tests and the fuzzing."""

import io
import mailbox
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path

from docx import Document
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

SENTENCES = (
    "Forum anak bersidang dua kali setahun di balai desa.",
    "Setiap anak berhak bermain dan belajar dengan aman.",
    "Dinas menyediakan pendampingan bagi korban kekerasan.",
    "Laporan disampaikan kepada bupati setiap bulan Desember.",
)
ROWS = (
    ("No", "Kegiatan", "Target", "Anggaran"),
    ("1", "Pelatihan konvensi hak anak", "40 orang", "25000000"),
    ("2", "Forum anak kecamatan", "18 forum", "54000000"),
    ("3", "Pendampingan korban", "120 kasus", "96000000"),
)


def pdf() -> bytes:
    """A PDF with a ruled table below two sentences."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(595, 842), invariant=1)
    for row, sentence in enumerate(SENTENCES[:2]):
        canvas.drawString(72, 770 - 20 * row, sentence)
    ruled(canvas, (72, 110, 300, 400, 520), ROWS)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def ruled(canvas: Canvas, edges: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
    """Draw a table with a line around each cell on the canvas, its rows 24 points high from 700 points down.

    edges: the xs of its upright lines.
    """
    for i in range(len(rows) + 1):
        canvas.line(edges[0], 700 - 24 * i, edges[-1], 700 - 24 * i)
    for edge in edges:
        canvas.line(edge, 700, edge, 700 - 24 * len(rows))
    for i, row in enumerate(rows):
        for edge, cell in zip(edges, row, strict=False):
            canvas.drawString(edge + 4, 684 - 24 * i, cell)


def scanned_pdf() -> bytes:
    """A PDF whose page is a picture of text."""
    written = io.BytesIO()
    picture().save(written, "PDF", resolution=200)
    return written.getvalue()


def docx() -> bytes:
    """A Word document with a heading, a table and a footer."""
    document = Document()
    document.add_heading("Laporan Forum Anak", 1)
    document.add_paragraph(SENTENCES[0])
    table = document.add_table(0, len(ROWS[0]))
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.sections[0].footer.paragraphs[0].text = "Dinas P3A Kabupaten Contoh"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def pptx() -> bytes:
    """Two slides, the first with notes, the second with a table."""
    import pptx as library
    from pptx.util import Inches

    presentation = library.Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[1])
    first.shapes.title.text = "Forum Anak"
    first.placeholders[1].text = SENTENCES[0]
    first.notes_slide.notes_text_frame.text = SENTENCES[3]
    second = presentation.slides.add_slide(presentation.slide_layouts[5])
    second.shapes.title.text = "Anggaran"
    place = (Inches(1), Inches(2), Inches(8), Inches(3))
    table = second.shapes.add_table(len(ROWS), len(ROWS[0]), *place).table
    for i, row in enumerate(ROWS):
        for k, text in enumerate(row):
            table.cell(i, k).text = text
    written = io.BytesIO()
    presentation.save(written)
    return written.getvalue()


def xlsx() -> bytes:
    """A workbook of two sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Anggaran"
    book.active.append(["Rencana kegiatan tahun 2026"])
    for row in ROWS:
        book.active.append([int(text) if text.isdecimal() else text for text in row])
    second = book.create_sheet("Jadwal")
    second.append(["Bulan", "Kegiatan"])
    second.append(["Juli", SENTENCES[0]])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def csv() -> bytes:
    """Values with semicolons between them, as Indonesian Excel writes them."""
    return "".join(";".join(row) + "\r\n" for row in ROWS).encode()


def odt() -> bytes:
    """An OpenDocument text with a heading, a numbered list, a note and a table."""
    note = "<text:note><text:note-body><text:p>Dasar: Pasal 9.</text:p></text:note-body></text:note>"
    paragraph = f"<text:p>{SENTENCES[0]}{note}</text:p>"
    items = "".join(f"<text:list-item><text:p>{sentence}</text:p></text:list-item>" for sentence in SENTENCES[1:3])
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"))
    )
    content = (
        f"<?xml version='1.0'?><office:document-content {spaces}><office:automatic-styles><text:list-style "
        'style:name="L1"><text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix="."/>'
        "</text:list-style></office:automatic-styles><office:body><office:text>"
        f'<text:h text:outline-level="1">Laporan Forum Anak</text:h>{paragraph}'
        f'<text:list text:style-name="L1">{items}</text:list><table:table>{rows}</table:table>'
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def rtf() -> bytes:
    """A rich text file."""
    paragraphs = "\\par ".join(SENTENCES)
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs24 " + paragraphs + "\\par}").encode()


def eml() -> bytes:
    """A mail with two attachments."""
    message = EmailMessage()
    message["From"] = "Sekretariat <sekretariat@contoh.go.id>"
    message["To"] = "Kepala Bidang <bidang@contoh.go.id>"
    message["Subject"] = "Undangan rapat forum anak"
    message["Date"] = "Mon, 06 Jul 2026 09:00:00 +0800"
    message.set_content("\n".join(SENTENCES))
    message.add_attachment(csv(), maintype="text", subtype="csv", filename="anggaran.csv")
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="lampiran.pdf")
    return bytes(message)


def mbox() -> bytes:
    """A mailbox with two mails."""
    with tempfile.TemporaryDirectory() as folder:
        box = mailbox.mbox(Path(folder, "kotak"))
        box.add(eml())
        box.add(eml().replace(b"Undangan rapat", b"Risalah rapat"))
        box.close()
        return Path(folder, "kotak").read_bytes()


def picture(dpi: int = 200) -> Image.Image:
    """A photographed letter: the sentences in black on white."""
    return drawn(SENTENCES, dpi)


def drawn(lines: Sequence[str], dpi: int = 200) -> Image.Image:
    """Lines in black on a white sheet of 6 by 3 inches, 0.4 inch from its edge and from each other."""
    sheet = Image.new("L", (round(6 * dpi), round(3 * dpi)), 255)
    pen = ImageDraw.Draw(sheet)
    letters = ImageFont.load_default(size=round(12 * dpi / 72))
    for row, line in enumerate(lines):
        pen.text((0.4 * dpi, (0.4 + 0.4 * row) * dpi), line, fill=0, font=letters)
    return sheet


def saved_picture(form: str) -> bytes:
    """The letter as a picture file."""
    written = io.BytesIO()
    picture().save(written, form, dpi=(200, 200))
    return written.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 7, 6, 9, 0, 0)), content)
    return written.getvalue()


def archive() -> bytes:
    """An archive with a folder and an archive inside."""
    inner = zipped({"dalam.csv": csv()})
    return zipped({"surat/undangan.eml": eml(), "laporan.docx": docx(), "lagi.zip": inner})


def html() -> bytes:
    """A web page."""
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return f"<!DOCTYPE html><html><head><title>Laporan forum anak</title></head><body>{body}</body></html>".encode()


def markdown() -> bytes:
    """A Markdown file."""
    return ("# Laporan forum anak\n\n" + "\n\n".join(SENTENCES) + "\n\n- satu\n- dua\n").encode()


def text() -> bytes:
    """A plain text file."""
    return ("\n".join(SENTENCES) + "\n").encode()


SAMPLES: dict[str, Callable[[], bytes]] = {
    "cetak.pdf": pdf,
    "pindaian.pdf": scanned_pdf,
    "laporan.docx": docx,
    "paparan.pptx": pptx,
    "anggaran.xlsx": xlsx,
    "anggaran.csv": csv,
    "laporan.odt": odt,
    "surat.rtf": rtf,
    "undangan.eml": eml,
    "kotak.mbox": mbox,
    "surat.jpg": lambda: saved_picture("JPEG"),
    "surat.png": lambda: saved_picture("PNG"),
    "surat.tiff": lambda: saved_picture("TIFF"),
    "arsip.zip": archive,
    "halaman.html": html,
    "catatan.md": markdown,
    "catatan.txt": text,
}
"""A builder for each format, by the name of its file."""

OLD = {
    "lama.doc": ("laporan.docx", docx),
    "lama.xls": ("anggaran.xlsx", xlsx),
    "lama.ods": ("anggaran.xlsx", xlsx),
    "lama.ppt": ("paparan.pptx", pptx),
    "lama.odp": ("paparan.pptx", pptx),
}
"""Old office files, which only LibreOffice makes: what each is made of."""


def converted(name: str) -> bytes | None:
    """The old office file `name` of `OLD`, None where LibreOffice is not installed or does not know the format."""
    program = shutil.which("soffice")
    if program is None:
        return None
    source, build = OLD[name]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, source).write_bytes(build())
        ending = name.rsplit(".", 1)[-1]
        command = [program, f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to", ending]
        subprocess.run([*command, "--outdir", folder, f"{folder}/{source}"], capture_output=True, timeout=120)
        made = Path(folder, f"{source.rsplit('.', 1)[0]}.{ending}")
        return made.read_bytes() if made.exists() else None
