"""A PDF page's characters are PDFium's, and what the file says of itself is kept where it says something."""

import datetime
import re
from pathlib import Path

import hostile
import pypdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from ingest import pdf, stated
from ingest.limits import Limits
from kb.errors import DamagedFileError, EncryptedFileError, FileTooLargeError
from kb.pages import Heading, Reading, Span, Verdict

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "pdf"
real_data = pytest.mark.skipif(not REAL.is_dir(), reason="needs ../shared/data")

HELVETICA = b"BT /F 20 Tf 20 40 Td (%b) Tj ET"


def read(tmp_path: Path, content: bytes, limits: Limits | None = None) -> Reading:
    file = tmp_path / "berkas.pdf"
    file.write_bytes(content)
    return pdf.read(file, limits or Limits())


def texts(reading: Reading) -> list[str]:
    return [page.text for page in reading.pages]


def test_lines_end_in_one_character_for_each_of_pdfium(tmp_path: Path) -> None:
    assert texts(read(tmp_path, hostile.printed_pdf([["Pasal 1", "Anak adalah"]]))) == ["Pasal 1 \nAnak adalah"]


def test_a_word_broken_by_a_hyphen_keeps_it(tmp_path: Path) -> None:
    [text] = texts(read(tmp_path, hostile.printed_pdf([["perlin-", "dungan anak"]])))
    assert text == "perlin-dungan anak"


@pytest.mark.parametrize(
    ("spelled", "shown"),
    [
        (("0041", "d83ddc67", "0042"), "A👧\u2060B"),
        (("0041", "d800", "0042"), "A\ufffdB"),
        (("0041", "0000", "0042"), "A B"),
        (("0041", "fffe", "0042"), "A-B"),
        (("0041", "f0b7", "0042"), "A•B"),
        (("0627", "0644", "0646"), "\u0627\u0644\u0646"),
    ],
)
def test_a_strange_letter_is_as_many_characters_as_pdfium_counts(
    tmp_path: Path, spelled: tuple[str, ...], shown: str
) -> None:
    file = tmp_path / "berkas.pdf"
    file.write_bytes(hostile.pdf_spelling(*spelled))
    [page] = pdf.read(file, Limits()).pages
    with pdfium.PdfDocument(file) as document:
        assert len(page.text) == pdfium_c.FPDFText_CountChars(document[0].get_textpage())
    assert sorted(page.text) == sorted(shown)


def test_the_size_is_that_of_the_displayed_page(tmp_path: Path) -> None:
    content = hostile.drawn_pdf(HELVETICA % b"Isi", b"/Rotate 90/CropBox[10 10 190 60]")
    assert [(page.width, page.height) for page in read(tmp_path, content).pages] == [(50.0, 180.0)]


def test_text_outside_the_displayed_page_is_blank(tmp_path: Path) -> None:
    content = hostile.drawn_pdf(
        b"BT /F 10 Tf 10 40 Td (halaman ini) Tj 100 0 Td (halaman sebelah) Tj ET", b"/CropBox[0 0 100 100]"
    )
    [page] = read(tmp_path, content).pages
    assert page.text.split() == ["halaman", "ini"]
    assert len(page.text) == len("halaman ini") + len(" halaman sebelah")


@pytest.mark.parametrize(
    ("placing", "words"),
    [
        (b"/X Do", ["dalam", "bingkai", "luar", "bingkai"]),
        (b"q 0 0 90 100 re W n /X Do Q", ["dalam", "bingkai"]),
        (b"q 0.5 0 0 0.5 0 0 cm 0 0 90 100 re W n /X Do Q", ["dalam", "bingkai"]),
        (b"q 0 0 90 100 re W n 1 0 0 1 -95 0 cm /X Do Q", ["luar", "bingkai"]),
        (b"q 0 0 90 100 re W n Q /X Do", ["dalam", "bingkai", "luar", "bingkai"]),
    ],
)
def test_text_behind_the_frame_of_a_picture_is_blank(tmp_path: Path, placing: bytes, words: list[str]) -> None:
    form = hostile.stream(
        b"BT /F 10 Tf 10 40 Td (dalam bingkai) Tj 95 0 Td (luar bingkai) Tj ET",
        b"/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Resources<</Font<</F 5 0 R>>>>",
    )
    [page] = read(tmp_path, hostile.drawn_pdf(placing, b"", b"", form, resources=b"/XObject<</X 6 0 R>>")).pages
    assert page.text.split() == words


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (HELVETICA % b"Pasal 1", Verdict.TEXT),
        (b"3 Tr " + HELVETICA % b"Pasal 1", Verdict.OCR),
        (HELVETICA % b"...", Verdict.NONE),
        (b"", Verdict.NONE),
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI " + HELVETICA % b"hal 1", Verdict.NONE),
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI " + HELVETICA % b"Gambar 1 Struktur", Verdict.TEXT),
    ],
)
def test_the_verdict_says_what_the_text_is_worth(tmp_path: Path, content: bytes, verdict: Verdict) -> None:
    assert [page.verdict for page in read(tmp_path, hostile.drawn_pdf(content)).pages] == [verdict]


def test_the_outline_becomes_headings_where_their_words_stand(tmp_path: Path) -> None:
    entries = [
        b"<</Title(BAB I)/Parent 6 0 R/Dest[3 0 R/Fit]/Next 8 0 R/First 9 0 R/Last 9 0 R/Count 1>>",
        b"<</Title(Lampiran)/Parent 6 0 R/Dest[3 0 R/Fit]>>",
        b"<</Title(ketentuan  umum)/Parent 7 0 R/Dest[3 0 R/Fit]>>",
    ]
    assert read(tmp_path, hostile.outline_pdf(entries)).headings == (
        Heading(1, "BAB I", Span(1, 0, 5)),
        Heading(2, "ketentuan umum", Span(1, 6, 20)),
        Heading(1, "Lampiran", Span(1, 0, 0)),
    )


def test_a_deep_outline_is_cut_not_followed_to_the_end(tmp_path: Path) -> None:
    headings = read(tmp_path, hostile.deep_outline_pdf(10_000)).headings
    assert [heading.level for heading in headings] == list(range(1, pdf.MAX_OUTLINE_DEPTH + 1))


def test_a_circular_outline_names_each_entry_once(tmp_path: Path) -> None:
    assert [heading.title for heading in read(tmp_path, hostile.circular_outline_pdf()).headings] == ["Satu", "Dua"]


def test_page_labels_are_kept(tmp_path: Path) -> None:
    content = hostile.drawn_pdf(b"", catalog=b"/PageLabels<</Nums[0<</S/r/St 4>>]>>")
    assert [page.label for page in read(tmp_path, content).pages] == ["iv"]


def test_a_pdf_with_an_empty_password_is_read(tmp_path: Path) -> None:
    assert texts(read(tmp_path, hostile.printed_pdf([["Isi"]], password=""))) == ["Isi"]


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncryptedFileError):
        read(tmp_path, hostile.printed_pdf([["Isi"]], password="rahasia"))


def test_a_pdf_of_garbage_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError):
        read(tmp_path, b"%PDF-1.4\n" + b"sampah " * 100)


def test_a_cut_off_pdf_is_refused_or_read_page_by_page(tmp_path: Path) -> None:
    whole = hostile.printed_pdf([[f"Halaman {n}"] for n in range(1, 6)])
    for length in range(200, len(whole), 200):
        try:
            reading = read(tmp_path, whole[:length])
        except DamagedFileError:
            continue
        assert [page.number for page in reading.pages] == list(range(1, len(reading.pages) + 1))
        assert all((page.text == "") == (page.verdict is Verdict.NONE) for page in reading.pages)


def test_more_characters_than_the_limit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTooLargeError):
        read(tmp_path, hostile.many_pages_pdf(10), Limits(max_characters=100))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Profil DP3APPKB Kota Bukittinggi", "Profil DP3APPKB Kota Bukittinggi"),
        ("SOP  Penanganan\nKeberatan\0", "SOP Penanganan Keberatan"),
        ("Microsoft Word - PERDA NO 1 TH 2009.rtf", ""),
        ("LN237-2016(5946)uu17-2016.doc", ""),
        ("PowerPoint Presentation", ""),
        ("localhost:8080/inc/buka.php?czoyNDoi", ""),
        ("Copyright (C) 2002 BPHN", ""),
        ("58uu068", ""),
        ("untitled", ""),
        ("", ""),
    ],
)
def test_a_title_is_kept_only_if_a_person_gave_it(said: str, kept: str) -> None:
    assert stated.meaningful_title(said) == kept


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("D:20210209145017+08'00'", datetime.date(2021, 2, 9)),
        ("D:2019", datetime.date(2019, 1, 1)),
        ("20241231", datetime.date(2024, 12, 31)),
        ("D:20211332", None),
        ("D:00000000", None),
        ("kemarin", None),
        ("", None),
    ],
)
def test_a_date_is_read_or_unknown(said: str, day: datetime.date | None) -> None:
    assert pdf.parse_date(said) == day


def test_title_and_date_come_from_the_file(tmp_path: Path) -> None:
    reading = read(tmp_path, hostile.printed_pdf([["Isi"]], title="Laporan Studi Tiru Semarang"))
    assert (reading.title, reading.created) == ("Laporan Studi Tiru Semarang", datetime.date(2000, 1, 1))


def entries_by_pypdf(file: pypdf.PdfReader, outline: list, level: int = 1) -> list[tuple[int, str, int]]:
    found = []
    for entry in outline:
        if isinstance(entry, list):
            found += entries_by_pypdf(file, entry, level + 1)
        else:
            found.append((level, " ".join(entry.title.split()), file.get_destination_page_number(entry) + 1))
    return found


@pytest.mark.data
@real_data
@pytest.mark.parametrize(
    "name", ["daerah/perda-surabaya-4-2025_pemakaman.pdf", "daerah/perwali-surabaya-68-2021_SOTK.pdf"]
)
def test_a_real_outline_and_date_agree_with_pypdf(name: str) -> None:
    ours, theirs = pdf.read(REAL / name, Limits()), pypdf.PdfReader(REAL / name)
    assert [(h.level, h.title, h.span.page) for h in ours.headings] == entries_by_pypdf(theirs, theirs.outline)
    assert ours.created == theirs.metadata.creation_date.date()


@pytest.mark.data
@real_data
def test_real_pages_map_to_pdfium_character_by_character() -> None:
    for name in ("undang-undang/uu35-2014.pdf", "daerah/perda-surabaya-3-2018_perparkiran.pdf"):
        reading = pdf.read(REAL / name, Limits())
        with pdfium.PdfDocument(REAL / name) as document:
            for page in reading.pages:
                textpage = document[page.number - 1].get_textpage()
                assert len(page.text) == pdfium_c.FPDFText_CountChars(textpage)
                for i, character in enumerate(page.text):
                    if character.isalnum():
                        assert pdfium_c.FPDFText_GetUnicode(textpage, i) == ord(character)


@pytest.mark.data
@real_data
def test_a_real_spread_keeps_each_half_on_its_own_page() -> None:
    [book] = (REAL / "dp3a").glob("statistik-gender*")
    quote = "dikategorikansebagaikekerasanekonomiadalahperempuantidak"
    pages = pdf.read(book, Limits()).pages
    assert [page.number for page in pages if quote in re.sub(r"\W", "", page.text.lower())] == [55]
