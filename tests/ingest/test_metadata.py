"""A document's own words say what it is; the file and its name are asked for the rest."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import papers
import pytest

from ingest.metadata import parse_title, read_metadata
from kb.documents import Kind, Metadata
from kb.naming import embedded_text, official_name, short_name
from kb.pages import Verdict
from kb.passages import Passage


def read(*texts: str, name: str = "berkas.pdf") -> Metadata:
    return read_metadata(papers.reading(*texts), name)


def test_a_regulation_says_what_it_is():
    assert read(papers.REGULATION) == Metadata(
        Kind.PERDA,
        "Taman Bermain Anak",
        "12",
        2023,
        "Kota Banjarsari",
        "Pemerintah Kota Banjarsari",
        datetime.date(2023, 5, 7),
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "UNDANG-UNDANG REPUBLIK INDONESIA NOMOR 35 TAHUN 2014 TENTANG PERUBAHAN ATAS UNDANG-UNDANG"
            " NOMOR 23 TAHUN 2002 TENTANG PERLINDUNGAN ANAK",
            Metadata(
                Kind.UU,
                "Perubahan atas Undang-Undang Nomor 23 Tahun 2002 tentang Perlindungan Anak",
                "35",
                2014,
                "",
                "Presiden Republik Indonesia",
            ),
        ),
        (
            "Peraturan Bupati Kabupaten Banjarsari Nomor 07 tahun 2020 tentang Tunjangan Hari Raya",
            Metadata(Kind.PERBUP, "Tunjangan Hari Raya", "7", 2020, "Kabupaten Banjarsari", "Bupati Banjarsari"),
        ),
        (
            "PERATURAN MENTERI DALAM NEGERI REPUBLIK INDONESIA NOMOR 2 TAHUN 2014 TENTANG DOKUMENTASI",
            Metadata(Kind.PERMEN, "Dokumentasi", "2", 2014, "", "Menteri Dalam Negeri"),
        ),
        (
            "Keputusan Bupati Banjarsari Nomor 03 Tahun 2021 tentang Gugus Tugas",
            Metadata(Kind.SK, "Gugus Tugas", "3", 2021, "Kabupaten Banjarsari", "Bupati Banjarsari"),
        ),
        (
            "PERATURAN GUBERNUR DAERAH ISTIMEWA YOGYAKARTA NOMOR 9 TAHUN 2022 TENTANG RENCANA AKSI TAHAP II",
            Metadata(
                Kind.PERGUB,
                "Rencana Aksi Tahap II",
                "9",
                2022,
                "Daerah Istimewa Yogyakarta",
                "Gubernur Daerah Istimewa Yogyakarta",
            ),
        ),
        (
            "Perda Kota Banjarsari No. 4/2019",
            Metadata(Kind.PERDA, "", "4/2019", None, "Kota Banjarsari", "Pemerintah Kota Banjarsari"),
        ),
        ("Catatan tentang taman", Metadata(title="Catatan tentang taman")),
    ],
)
def test_a_title_says_what_a_regulation_is(title: str, expected: Metadata):
    assert parse_title(title) == expected


def test_the_considerations_spell_a_title_that_a_scan_misread():
    text = papers.REGULATION.replace("TAMAN BERMAIN ANAK\nDENGAN", "TAMAN BERMA1N AN^K\nDENGAN")
    assert read(text).title == "Taman Bermain Anak"


def test_minutes_say_what_they_are():
    found = read(papers.MINUTES)
    assert (found.kind, found.title, found.year, found.date) == (
        Kind.NOTULEN,
        "Notulen Rapat Gugus Tugas Kabupaten Layak Anak",
        2024,
        datetime.date(2024, 12, 5),
    )


def test_a_report_belongs_to_the_office_that_wrote_it():
    found = read(
        "PEMERINTAH KABUPATEN BANJARSARI\nDINAS PERLINDUNGAN ANAK\nLAPORAN STUDI TIRU\nKE KOTA TANJUNG MAS\n"
        "TAHUN 2024\nDasar\nSurat."
    )
    assert (found.kind, found.title, found.region, found.issuer, found.year) == (
        Kind.STUDI_TIRU,
        "Laporan Studi Tiru ke Kota Tanjung Mas Tahun 2024",
        "Kabupaten Banjarsari",
        "Dinas Perlindungan Anak",
        2024,
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("STANDAR OPERASIONAL PROSEDUR\nPENDAMPINGAN KORBAN", Kind.SOP),
        ("LAPORAN KINERJA INSTANSI PEMERINTAH (LKjIP)\nTAHUN 2024", Kind.LAPORAN_KINERJA),
        ("LAPORAN KUNJUNGAN KERJA\nKE KOTA TANJUNG MAS", Kind.STUDI_TIRU),
        ("RESUME RAPAT KOORDINASI\nPENANGANAN KASUS", Kind.NOTULEN),
        ("SURAT EDARAN\nNOMOR 5 TAHUN 2024\nTENTANG\nTAMAN", Kind.SE),
        ("KEPUTUSAN BUPATI BANJARSARI\nNOMOR 188.45/3/2024\nTENTANG\nGUGUS TUGAS", Kind.SK),
        ("BULETIN TAMAN\nEDISI 3", Kind.LAINNYA),
    ],
)
def test_a_document_says_its_kind(text: str, kind: Kind):
    assert read(text).kind is kind


def test_a_draft_is_not_taken_for_the_regulation_it_would_be():
    text = "RANCANGAN PERATURAN DAERAH KABUPATEN BANJARSARI\nNOMOR … TAHUN 2025\nTENTANG\nTAMAN BERMAIN\nDENGAN RAHMAT"
    found = read(text)
    assert (found.kind, found.number, official_name(found)) == (
        Kind.RAPERDA,
        "",
        "Rancangan Peraturan Daerah Kabupaten Banjarsari tentang Taman Bermain",
    )


def test_the_name_in_the_national_network_gives_the_number_that_a_scan_misread():
    text = "PERATURAN WALI KOTA KENDARI\nNOMOR 7 TAHUN 2024\nTENTANG\nTAMAN BERMAIN\nDENGAN RAHMAT"
    scanned = papers.reading(text)
    scanned = replace(scanned, pages=tuple(replace(page, verdict=Verdict.OCR) for page in scanned.pages))
    assert read_metadata(scanned, "perwali-kendari_2024pw7416005_SCAN.pdf").number == "5"
    assert read_metadata(papers.reading(text), "perwali-kendari_2024pw7416005.pdf").number == "7"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SALINAN PERATURAN PEMERINTAH REPUBLIK INDONESIA NOMOR 5 TAHUN 2O2O TENTANG TAMAN DENGAN RAHMAT", ("5", 2020)),
        ("PERATURAN PEMERINTAH REPUBLIK INDONESIA NOMOR 44TAHUN 2020 TENTANG TAMAN", ("44", 2020)),
        (
            "PERATURAN PEMERINTAH NOMOR 8 TAHUN 2016 TENTANG TAMAN Presiden Republik Indonesia, Menimbang : a.",
            ("8", 2016),
        ),
    ],
)
def test_a_title_run_together_with_what_is_around_it_is_read(text: str, said: tuple[str, int]):
    found = read(f"{text}\nMenimbang : bahwa anak bermain;")
    assert (found.kind, found.number, found.year, found.title) == (Kind.PP, *said, "Taman")


def test_the_name_says_what_a_scan_does_not():
    found = read("", name="arsip/perbup-banjarsari-23-2017_alokasi-dana-desa_SCAN.pdf")
    assert (found.kind, found.number, found.year, found.region, found.title) == (
        Kind.PERBUP,
        "23",
        2017,
        "Kabupaten Banjarsari",
        "Alokasi Dana Desa",
    )


def test_what_nothing_says_stays_empty():
    assert read("Anak bermain di taman.", name="a.txt") == Metadata(title="A")


@pytest.mark.parametrize(
    ("metadata", "official", "short"),
    [
        (
            Metadata(Kind.UU, "Perlindungan Anak", "35", 2014),
            "Undang-Undang Nomor 35 Tahun 2014 tentang Perlindungan Anak",
            "UU 35/2014",
        ),
        (
            Metadata(Kind.PERDA, "Perparkiran", "3", 2018, "Kota Surabaya"),
            "Peraturan Daerah Kota Surabaya Nomor 3 Tahun 2018 tentang Perparkiran",
            "Perda Kota Surabaya 3/2018",
        ),
        (
            Metadata(Kind.PERWAL, "Organisasi", "101", 2021, "Kota Semarang"),
            "Peraturan Wali Kota Semarang Nomor 101 Tahun 2021 tentang Organisasi",
            "Perwal Semarang 101/2021",
        ),
        (
            Metadata(Kind.PERMEN, "Dokumentasi", "2", 2014, "", "Menteri Dalam Negeri"),
            "Peraturan Menteri Dalam Negeri Nomor 2 Tahun 2014 tentang Dokumentasi",
            "Permen 2/2014",
        ),
        (
            Metadata(Kind.SK, "Gugus Tugas", "3", 2021, "Kabupaten Toba", "Bupati Toba"),
            "Keputusan Bupati Toba Nomor 3 Tahun 2021 tentang Gugus Tugas",
            "SK Bupati Toba 3/2021",
        ),
        (Metadata(Kind.PERGUB, "Struktur", "", 2021, "Provinsi Bali"), "Struktur", "Struktur"),
        (Metadata(Kind.NOTULEN, "Notulen Rapat", "7", 2024), "Notulen Rapat", "Notulen Rapat"),
        (Metadata(), "", ""),
    ],
)
def test_a_document_is_called_by_its_name(metadata: Metadata, official: str, short: str):
    assert (official_name(metadata), short_name(metadata)) == (official, short)


def test_a_long_title_is_cut_at_a_word_where_it_is_embedded():
    text = embedded_text("Judul " * 40, Passage(1, "Isi.", ("BAB I", "Pasal 1"), ()))
    assert text == "\n".join((" ".join(["Judul"] * 26), "BAB I", "Pasal 1", "Isi."))


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("PEMERINTAH KABUPATEN KUTAI TIMUR GUGUS TUGAS KABUPATEN LAYAK ANAK\nNOTULEN RAPAT", "Kabupaten Kutai Timur"),
        ("PEMERINTAH KOTA BONTANG UPTD PERLINDUNGAN PEREMPUAN\nSTANDAR OPERASIONAL PROSEDUR", "Kota Bontang"),
        ("LAPORAN STUDI TIRU\nDINAS SOSIAL PROVINSI KALIMANTAN TIMUR RANCANGAN AKHIR", "Provinsi Kalimantan Timur"),
        ("LAPORAN TAHUNAN\nDINAS SOSIAL KOTA SEMARANG JAWA TENGAH", "Kota Semarang"),
        ("EVALUASI KABUPATEN LAYAK ANAK\nKOTA LAYAK ANAK DAN KABUPATEN/KOTA LAYAK ANAK", ""),
        ("PROFIL\nDINAS SOSIAL KOTA BANJARSARI BARU", "Kota Banjarsari Baru"),
    ],
)
def test_a_region_ends_with_its_name(text: str, region: str):
    assert read(text).region == region


LETTER = "SURAT EDARAN\nNomor: 463/12/DP3A/2024\nTENTANG\n"


@pytest.mark.parametrize(
    ("below", "title"),
    [
        ("PENCEGAHAN PERKAWINAN ANAK\nDalam rangka mencegah", "Pencegahan Perkawinan Anak"),
        ("JAM MALAM ANAK\nA. LATAR BELAKANG\n1. UMUM", "Jam Malam Anak"),
        ("JAM MALAM ANAK\nYTH.:\nPARA CAMAT", "Jam Malam Anak"),
        ("Pencegahan Perkawinan Anak\ndi Satuan Pendidikan\nDalam rangka mencegah perkawinan anak,", None),
    ],
)
def test_the_title_of_a_letter_ends_before_its_body(below: str, title: str | None):
    found = read(f"BUPATI KUTAI TIMUR\n{LETTER}{below}")
    assert found == Metadata(
        Kind.SE,
        title or "Pencegahan Perkawinan Anak di Satuan Pendidikan",
        "463/12/DP3A/2024",
        2024,
        "Kabupaten Kutai Timur",
        "Bupati Kutai Timur",
    )


def test_a_title_that_the_next_pages_say_again_is_read_once():
    metadata = read(
        "STATISTIK GENDER TEMATIK: iiii MENGAKHIRI KEKERASAN DI INDONESIA\nSTAT IST IK GENDER TEMAT IK: \n"
        "MENGAKHIRI KEKERASAN DI INDONESIA\nSTATISTIK GENDER TEMATIK - MENGAKHIRI KEKERASAN DI INDONESIA"
    )
    assert metadata.title == "Statistik Gender Tematik: Mengakhiri Kekerasan di Indonesia"


def test_the_year_of_a_procedure_is_not_that_of_a_law_it_cites():
    cited = "DASAR HUKUM: UU NOMOR 35 TAHUN 2014\n1. Undang-Undang Nomor 23 Tahun 2004 tentang PKDRT"
    assert read(f"STANDAR OPERASIONAL PROSEDUR PENANGANAN KORBAN SESUAI UU NOMOR 12 TAHUN 2022\n{cited}").year is None


def test_a_procedure_is_dated_by_the_day_it_was_made():
    found = read("STANDAR OPERASIONAL PROSEDUR PENANGANAN KORBAN\nTanggal Pembuatan : 3 Mei 2022\nTanggal Revisi : -")
    assert (found.date, found.year) == (datetime.date(2022, 5, 3), 2022)


def test_a_report_is_dated_by_the_line_of_its_maker():
    line = "Pemerintah Kota Bontang, Dinas Pemberdayaan Perempuan dan Perlindungan Anak, 7 Oktober 2022"
    assert read(f"LAPORAN KUNJUNGAN KERJA\n{line}").date == datetime.date(2022, 10, 7)


def test_a_title_in_small_letters_is_better_than_the_name_of_the_file():
    assert read("Notulen Rapat Koordinasi KLA\nHari, tanggal: Selasa, 4 Februari 2025").title == (
        "Notulen Rapat Koordinasi KLA"
    )


@pytest.mark.parametrize("name", ["gugus-tugas_pindaian.pdf", "gugus-tugas_SCAN.pdf", "gugus tugas scan 2.pdf"])
def test_a_title_from_a_file_name_leaves_out_that_it_is_a_scan(name: str):
    assert read("", name=name).title == "Gugus tugas"


@pytest.mark.data
def test_the_titles_of_a_regency_are_read(data_folder: Path):
    kinds = {"PERDA": Kind.PERDA, "PERBUP": Kind.PERBUP, "KEPBUP": Kind.SK}
    lines = (data_folder / "jdih-titles" / "produk_hukum.jsonl").read_text().splitlines()
    right = 0
    for entry in map(json.loads, lines):
        found = parse_title(entry["judul"])
        says = (found.kind, found.number, found.region[:14], found.title != "", found.year is not None)
        right += says == (kinds[entry["kategori"]], entry["nomor"].lstrip("0"), "Kabupaten Toba", True, True)
    assert right >= 0.98 * len(lines)
