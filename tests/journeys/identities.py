"""Files in which people are named, and a look everywhere for their names."""

import sqlite3
from pathlib import Path

from docx import Document as Docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

PLANTED = (
    "Lamria Nainggolan",
    "Tenri Ampa",
    "Sukmawati",
    "Wirawan",
    "Situru",
    "6408015205110003",
    "0812-5567-8890",
    "LP/B/112/IV/2024",
    "0123-01-004567-50-9",
    "Yuliana Lejau",
    "Kueng",
)
"""What must be found nowhere; the shortest telling part of each."""

LINES = (
    "LAPORAN PENDAMPINGAN KASUS",
    "Korban bernama Lamria Nainggolan (13 tahun) dirujuk ke puskesmas oleh pendamping.",
    "Anak korban an. Andi Tenri Ampa dititipkan di rumah aman bersama pamannya Daeng Situru.",
    "Saksi Ni Luh Putu Sukmawati dan saksi I Gede Wirawan memberi keterangan kepada petugas.",
    "NIK korban 6408015205110003, HP ibu korban 0812-5567-8890.",
    "Laporan polisi LP/B/112/IV/2024/SPKT diterima; bantuan ke rekening 0123-01-004567-50-9.",
    "Petugas menyampaikan bahwa Lamria sudah kembali bersekolah dan Tenri Ampa mendapat konseling.",
    "Rapat dipimpin oleh Kepala Dinas Rita Winarni dan dihadiri Camat Sangatta Utara.",
)
SHOWN = ("Rita Winarni", "Camat Sangatta Utara", "puskesmas")
"""What must stay: officials and places."""

FILE_NAME = "laporan korban an. Yuliana Lejau.md"


def write_files(folder: Path) -> tuple[Path, ...]:
    """A PDF, a DOCX, a Markdown file and one that is refused, each about the same people."""
    folder.mkdir(exist_ok=True)
    pdf, docx, markdown = folder / "pendampingan.pdf", folder / "kasus.docx", folder / FILE_NAME
    canvas = Canvas(str(pdf), pagesize=A4)
    canvas.setTitle("Laporan korban bernama Lamria Nainggolan")
    for page in (LINES, ("Lampiran", *LINES[1:4])):
        for i, line in enumerate(page):
            canvas.setFont("Helvetica", 11)
            canvas.drawString(60, 780 - 24 * i, line)
        if page is LINES:
            canvas.bookmarkPage("satu")
            canvas.addOutlineEntry("Korban bernama Lamria Nainggolan", "satu")
        canvas.showPage()
    canvas.save()
    written = Docx()
    written.add_heading("Laporan kasus korban an. Yuliana Lejau", 1)
    for line in LINES[1:]:
        written.add_paragraph(line)
    table = written.add_table(rows=2, cols=2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ("No", "Nama Korban", "1", "Ding Kueng"), strict=True
    ):
        cell.text = words
    written.save(str(docx))
    markdown.write_text("# Kasus korban an. Yuliana Lejau\n\n" + "\n\n".join(LINES[1:]), "utf-8")
    (folder / "korban an. Yuliana Lejau.pdf").write_bytes(b"%PDF-1.4 rusak")
    return pdf, docx, markdown


def leaks(text: str) -> list[str]:
    """What of the planted is in `text`, in any case and with any line break."""
    flat = " ".join(text.split()).casefold()
    return [words for words in PLANTED if words.casefold() in flat]


def leaks_in_store(file: Path) -> list[tuple[str, str]]:
    """The table and column of every planted string that stands outside where it is kept apart."""
    found = []
    with sqlite3.connect(file) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            if table in ("hidden", "rulings") or table.startswith("passage_words"):
                continue
            rows = connection.execute(f'SELECT * FROM "{table}"')
            columns = [one[0] for one in rows.description]
            for row in rows:
                found += [
                    (table, column)
                    for column, value in zip(columns, row, strict=True)
                    if isinstance(value, str) and column != "source" and leaks(value)
                ]
        words = " ".join(row[0] for row in connection.execute("SELECT term FROM vocabulary"))
    connection.close()
    for name in ("lamria", "nainggolan", "tenri", "ampa", "sukmawati", "wirawan", "situru", "yuliana", "kueng"):
        if name in words.split():
            found.append(("vocabulary", name))
    return found
