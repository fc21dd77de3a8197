import pytest

from kb.citing import footnote, pages_said
from kb.documents import Kind, Metadata

PERDA = Metadata(Kind.PERDA, "Kota Layak Anak", "3", 2019, "Kota Semarang")
PERMEN = Metadata(Kind.PERMEN, "Tata Naskah Dinas", "1", 2023, "", "Menteri Dalam Negeri")
MINUTES = Metadata(Kind.NOTULEN, "Notulen rapat gugus tugas", year=2024)
REPORT = Metadata(Kind.STUDI_TIRU, "Laporan studi tiru ke Surakarta", year=2024)


@pytest.mark.parametrize(
    ("label", "metadata", "pages", "status", "said"),
    [
        (
            "Pasal 7 ayat (2) huruf b",
            PERDA,
            [(12, "12")],
            "",
            "Pasal 7 ayat (2) huruf b Perda Kota Semarang Nomor 3 Tahun 2019, hlm. 12.",
        ),
        (
            "Pasal 7",
            PERDA,
            [(12, "10")],
            "dicabut",
            "Pasal 7 Perda Kota Semarang Nomor 3 Tahun 2019, hlm. 12 (tercetak 10) (dicabut).",
        ),
        (
            "Pasal 4",
            PERMEN,
            [(3, ""), (4, "")],
            "",
            "Pasal 4 Peraturan Menteri Dalam Negeri Nomor 1 Tahun 2023, hlm. 3–4.",
        ),
        ("C. Temuan", REPORT, [(5, "")], "", "Laporan studi tiru ke Surakarta, bagian “C. Temuan”, hlm. 5."),
        (
            "Penjelasan Kepala Dinas",
            MINUTES,
            [(2, "")],
            "",
            "Notulen rapat gugus tugas, bagian “Penjelasan Kepala Dinas”, hlm. 2.",
        ),
        (
            "Lampiran Daftar Hadir",
            REPORT,
            [(9, "")],
            "",
            "Laporan studi tiru ke Surakarta, bagian “Lampiran Daftar Hadir”, hlm. 9.",
        ),
        (
            "Penjelasan Pasal 7",
            PERDA,
            [(20, "")],
            "",
            "Penjelasan Pasal 7 Perda Kota Semarang Nomor 3 Tahun 2019, hlm. 20.",
        ),
        ("Pasal 7", Metadata(), [(2, "")], "", "Pasal 7 rapat.pdf, hlm. 2."),
        ("Penjelasan singkat", Metadata(), [(2, "")], "", "rapat.pdf, bagian “Penjelasan singkat”, hlm. 2."),
        ("", Metadata(), [(2, "")], "", "rapat.pdf, hlm. 2."),
    ],
)
def test_a_footnote_is_worded_as_official_papers_do(
    label: str, metadata: Metadata, pages: list[tuple[int, str]], status: str, said: str
) -> None:
    assert footnote(label, metadata, "rapat.pdf", pages, True, status) == said


def test_a_format_without_pages_is_cited_without() -> None:
    assert footnote("Pasal 7", PERDA, "x", [(1, "")], False) == "Pasal 7 Perda Kota Semarang Nomor 3 Tahun 2019."


@pytest.mark.parametrize(
    ("pages", "said"), [([5], "5"), ([5, 6, 7], "5–7"), ([7, 3], "3 dan 7"), ([1, 2, 5, 9], "1–2, 5 dan 9")]
)
def test_pages_are_said_once_and_in_order(pages: list[int], said: str) -> None:
    assert pages_said([(page, "") for page in pages]) == said


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([(15, "12")], "15 (tercetak 12)"),
        ([(15, "15"), (16, "16")], "15–16"),
        ([(15, "12"), (16, "13")], "15–16 (tercetak 12–13)"),
        ([(4, "iv"), (9, "3"), (9, "3")], "4 dan 9 (tercetak iv dan 3)"),
        ([(1, ""), (2, "i")], "1–2 (tercetak 1–i)"),
    ],
)
def test_the_printed_numbers_are_said_where_they_are_others(pages: list[tuple[int, str]], said: str) -> None:
    assert pages_said(pages) == said
