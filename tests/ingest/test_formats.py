"""A file is what its content is, whatever it is called."""

from pathlib import Path

import hostile
import pytest

from bench import samples
from ingest import archive, docx, formats, html, mail, markdown, odt, old_office, pdf, rtf, sheets, slides, text
from kb.errors import DamagedFileError, EmptyFileError, UnknownFormatError

PAGE = "<!DOCTYPE html><html><head><title>x</title></head><body><p>Isi</p></body></html>"

OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAMPLED = {
    "paparan.pptx": slides.MEDIA_TYPE,
    "anggaran.xlsx": sheets.XLSX,
    "anggaran.csv": sheets.CSV,
    "laporan.odt": odt.MEDIA_TYPE,
    "surat.rtf": rtf.MEDIA_TYPE,
    "undangan.eml": mail.EML,
    "kotak.mbox": mail.MBOX,
    "surat.jpg": "image/jpeg",
    "surat.png": "image/png",
    "surat.tiff": "image/tiff",
    "arsip.zip": archive.MEDIA_TYPE,
}

CONTENT = {
    "pdf": (hostile.printed_pdf([["Isi"]]), pdf.MEDIA_TYPE),
    "pdf after a mail header": (b"\r\n" * 300 + hostile.printed_pdf([["Isi"]]), pdf.MEDIA_TYPE),
    "word": (hostile.word("Isi"), docx.MEDIA_TYPE),
    "page": (PAGE.encode(), html.MEDIA_TYPE),
    "page with a mark and a comment": (("\ufeff<!-- simpanan -->\n" + PAGE).encode(), html.MEDIA_TYPE),
    "page in UTF-16": (PAGE.encode("utf-16"), html.MEDIA_TYPE),
    "page with an XML declaration": (('<?xml version="1.0"?>' + PAGE).encode(), html.MEDIA_TYPE),
    "piece of a page": (b"<h1>Judul</h1>\n<p>Isi</p>", html.MEDIA_TYPE),
    "headings and a list": (b"# Judul\n\nIsi\n\n- satu\n- dua\n", markdown.MEDIA_TYPE),
    "heading and a table": (b"Judul\n=====\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", markdown.MEDIA_TYPE),
    "dashes in a letter": (b"Hadir:\n- Kepala Dinas\n- Sekretaris\n", text.MEDIA_TYPE),
    "plain words": (b"Rapat dibuka pukul 09.00.\n", text.MEDIA_TYPE),
    "words in UTF-16": ("Rapat dibuka".encode("utf-16"), text.MEDIA_TYPE),
    **{name: (samples.SAMPLES[name](), media_type) for name, media_type in SAMPLED.items()},
    "old Word": (OFFICE + "WordDocument".encode("utf-16-le"), old_office.DOC),
    "old Excel": (OFFICE + "Workbook".encode("utf-16-le"), old_office.XLS),
    "old PowerPoint": (OFFICE + "PowerPoint Document".encode("utf-16-le"), old_office.PPT),
    "OpenDocument sheets": (samples.zipped({"mimetype": old_office.ODS.encode()}), old_office.ODS),
    "OpenDocument slides": (samples.zipped({"mimetype": old_office.ODP.encode()}), old_office.ODP),
    "a list with commas": (b"Kepala Dinas, Semarang\nSekretaris, Semarang\nBendahara, Semarang\n", text.MEDIA_TYPE),
    "a memo": (b"From: Kepala Dinas\nTo: semua bidang\n\nRapat besok.\n", text.MEDIA_TYPE),
    "regulation": (b"Pasal 1\n(1) Anak adalah ...\n\na. satu;\nb. dua.\n", text.MEDIA_TYPE),
}


@pytest.mark.parametrize("name", ["laporan.pdf", "laporan.docx", "laporan.html", "laporan.txt", "laporan"])
@pytest.mark.parametrize("case", CONTENT)
def test_the_name_does_not_decide_the_format(tmp_path: Path, case: str, name: str) -> None:
    content, expected = CONTENT[case]
    file = tmp_path / name
    file.write_bytes(content)
    assert formats.media_type(file) == expected


@pytest.mark.parametrize(("name", "expected"), [("catatan.md", markdown.MEDIA_TYPE), ("catatan.txt", text.MEDIA_TYPE)])
def test_the_name_decides_between_markdown_and_text_when_the_content_does_not(
    tmp_path: Path, name: str, expected: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"# Judul\n\nIsi.\n")
    assert formats.media_type(file) == expected


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFileError),
        (b"GIF89a" + bytes(range(256)) * 4, UnknownFormatError),
        (bytes(1000), UnknownFormatError),
        (b"<?xml version='1.0'?><data/>", UnknownFormatError),
        (b"PK\x03\x04" + bytes(500), DamagedFileError),
    ],
)
def test_content_that_is_not_read_is_refused(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    file = tmp_path / "laporan.pdf"
    file.write_bytes(content)
    with pytest.raises(error):
        formats.media_type(file)


def test_every_format_in_the_table_is_told_by_content() -> None:
    assert {media_type for _, media_type in CONTENT.values()} == set(formats.READERS)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", ["[", "<!---->", "**", "<p>", "<!--", "# ", "](", "- ", "=", "\n", "<?xml "])
def test_telling_the_format_of_repeated_marks_is_quick(tmp_path: Path, piece: str) -> None:
    file = tmp_path / "catatan.txt"
    file.write_bytes(("x" + piece * 30_000).encode())
    formats.media_type(file)
    file.write_bytes((piece * 30_000).encode())
    try:
        formats.media_type(file)
    except UnknownFormatError:
        assert piece == "<?xml "
