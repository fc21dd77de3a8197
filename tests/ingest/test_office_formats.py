"""Slides, sheets, OpenDocument, rich text, mail and archives become pages whose rows and members are known."""

from pathlib import Path

import pytest

from bench import samples
from ingest import formats, old_office
from ingest.limits import Limits
from kb.errors import EncryptedFileError, FileTooLargeError, NotFoundError, UnknownFormatError
from kb.pages import Reading, Verdict
from kb.settings import Settings
from kb.tables import Cell, Row, Table, cited

HEADER = "No | Kegiatan | Target | Anggaran"


def header(reading: Reading, table: Table) -> str:
    row = table.header
    return reading.pages[row.page - 1].text[row.start : row.end] if row else ""


def read(folder: Path, name: str, content: bytes | None = None) -> Reading:
    file = folder / name
    file.write_bytes(samples.SAMPLES[name]() if content is None else content)
    return formats.read(file, Limits())


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_row_and_cell_is_the_text_of_its_page(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, name)
    texts = {page.number: page.text for page in reading.pages}
    for table in reading.tables:
        for row in table.rows:
            line = texts[row.page][row.start : row.end]
            assert "\n" not in line
            assert line.strip() == line
            assert all(texts[row.page][cell.start : cell.end] in line for cell in row.cells)


@pytest.mark.parametrize("name", ["paparan.pptx", "anggaran.xlsx", "anggaran.csv", "laporan.odt", "laporan.docx"])
def test_a_table_has_its_header_and_its_rows(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, name)
    [table] = [table for table in reading.tables if header(reading, table) == HEADER]
    row = table.rows[-1]
    assert reading.pages[row.page - 1].text[row.start : row.end] == "3 | Pendampingan korban | 120 kasus | 96000000"


def test_a_slide_is_a_page_with_its_notes_under_a_heading(tmp_path: Path) -> None:
    reading = read(tmp_path, "paparan.pptx")
    assert [page.text.splitlines()[0] for page in reading.pages] == ["Forum Anak", "Anggaran"]
    assert reading.pages[0].text.splitlines()[-1] == samples.SENTENCES[3]
    assert [heading.title for heading in reading.headings] == ["Forum Anak", "Catatan pembicara", "Anggaran"]


def test_a_sheet_is_a_page_with_its_name(tmp_path: Path) -> None:
    reading = read(tmp_path, "anggaran.xlsx")
    assert [(page.number, page.label) for page in reading.pages] == [(1, "Anggaran"), (2, "Jadwal")]


def test_a_cell_is_cited_by_sheet_and_cell(tmp_path: Path) -> None:
    reading = read(tmp_path, "anggaran.xlsx")
    at = reading.pages[0].text.index("18 forum")
    [table] = [table for table in reading.tables if table.name == "Anggaran"]
    rows = tuple(row for row in table.rows if row.start <= at < row.end)
    found = Table(table.name, table.header, rows, table.is_sheet)
    assert cited(found, at, at + 8).id == "lembar Anggaran, sel C4"
    assert cited(found, at - 5, at + 20).en == "sheet Anggaran, cell B4:D4"


def test_rows_of_a_document_are_cited_by_number() -> None:
    rows = (Row(1, 0, 9, 2, (Cell(0, 3, "1"),)), Row(1, 10, 19, 3))
    assert cited(Table("Tabel 1", None, rows), 0, 15) == ("Tabel 1, baris 2–3", "table 1, row 2–3")


def test_figures_dates_and_shares_read_as_they_are_shown(tmp_path: Path) -> None:
    import datetime

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append([0.1 + 0.2, datetime.date(2026, 7, 6), True, 0.85, 1500000.0])
    sheet["D1"].number_format = "0%"
    book.save(tmp_path / "angka.xlsx")
    [page] = formats.read(tmp_path / "angka.xlsx", Limits()).pages
    assert page.text == "0.3 | 2026-07-06 | TRUE | 85% | 1500000"


def test_an_open_document_keeps_numbers_and_notes(tmp_path: Path) -> None:
    [page] = read(tmp_path, "laporan.odt").pages
    assert page.text.splitlines()[:5] == [
        "Laporan Forum Anak",
        f"{samples.SENTENCES[0]}[1]",
        "[1] Dasar: Pasal 9.",
        f"a. {samples.SENTENCES[1]}",
        f"b. {samples.SENTENCES[2]}",
    ]


def test_rich_text_is_its_text(tmp_path: Path) -> None:
    assert read(tmp_path, "surat.rtf").pages[0].text == "\n".join(samples.SENTENCES)


def test_a_mail_is_a_page_and_its_attachments_are_members(tmp_path: Path) -> None:
    reading = read(tmp_path, "undangan.eml")
    assert reading.pages[0].text.splitlines()[3:5] == ["Subject: Undangan rapat forum anak", samples.SENTENCES[0]]
    assert reading.members == ("anggaran.csv", "lampiran.pdf")
    assert formats.unpack(tmp_path / "undangan.eml", 1, Limits()) == samples.pdf()


def test_a_mailbox_is_its_mails(tmp_path: Path) -> None:
    reading = read(tmp_path, "kotak.mbox")
    assert reading.members == ("0001 Undangan rapat forum anak.eml", "0002 Risalah rapat forum anak.eml")
    assert formats.unpack(tmp_path / "kotak.mbox", 1, Limits()).startswith(b"From: Sekretariat")


def test_an_archive_is_its_files(tmp_path: Path) -> None:
    reading = read(tmp_path, "arsip.zip")
    assert (reading.members, [page.verdict for page in reading.pages]) == (
        ("surat/undangan.eml", "laporan.docx", "lagi.zip"),
        [Verdict.BLANK],
    )
    assert formats.unpack(tmp_path / "arsip.zip", 1, Limits())[:2] == b"PK"


def test_a_member_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    read(tmp_path, "arsip.zip")
    with pytest.raises(NotFoundError):
        formats.unpack(tmp_path / "arsip.zip", 3, Limits())


def test_what_operating_systems_leave_in_archives_is_no_member(tmp_path: Path) -> None:
    content = samples.zipped({"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "b/Thumbs.db": b"x", "a.txt": b"isi"})
    assert read(tmp_path, "mac.zip", content).members == ("a.txt",)


def test_an_archive_that_unpacks_too_far_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(FileTooLargeError):
        read(tmp_path, "bom.zip", samples.zipped({f"{i}.txt": bytes(2**20) for i in range(401)}))


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTooLargeError):
        read(tmp_path, "banyak.zip", samples.zipped({f"{i}.txt": b"x" for i in range(1_001)}))


def test_a_locked_member_is_refused(tmp_path: Path) -> None:
    locked = bytearray(samples.zipped({"rahasia.txt": b"isi"}))
    # The flag "encrypted", in the local header and in the directory at the end.
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert read(tmp_path, "kunci.zip", bytes(locked)).members == ("rahasia.txt",)
    with pytest.raises(EncryptedFileError):
        formats.unpack(tmp_path / "kunci.zip", 0, Limits())


def test_old_office_files_are_refused_with_what_to_do_where_libreoffice_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnknownFormatError) as refusal:
        read(tmp_path, "lama.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    assert "DOCX" in refusal.value.say()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", ["lama.doc", "lama.xls", "lama.ppt", "lama.odp"])
def test_old_office_files_read_as_the_new_ones(tmp_path: Path, name: str) -> None:
    content = samples.converted(name)
    if content is None:
        pytest.skip("LibreOffice, or its part for this format, is not installed here")
    assert HEADER in "\n".join(page.text for page in read(tmp_path, name, content).pages)


def test_a_part_of_libreoffice_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "program"
    program.mkdir()
    for name in ("soffice", "soffice.bin", "libswlo.so"):
        (program / name).touch()
    monkeypatch.setattr(old_office.shutil, "which", lambda name: str(program / "soffice"))
    assert [old_office.can_open(one) for one in (old_office.DOC, old_office.XLS, old_office.ODP)] == [
        True,
        False,
        False,
    ]
    file = tmp_path / "paparan.odp"
    file.touch()
    with pytest.raises(UnknownFormatError, match="LibreOffice Impress"):
        old_office.reader(old_office.ODP, {})(file, Limits.of(Settings(home=tmp_path)))
