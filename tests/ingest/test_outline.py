"""Reports and minutes are cut at their headings: the declared ones, else those their text shows."""

import papers
import pytest
from papers import addresses

from ingest.structure import outline
from kb.documents import Kind
from kb.pages import Heading, Span


def shown(*texts: str) -> list[str]:
    return [section.label for section in outline(papers.reading(*texts), Kind.LAPORAN_KINERJA)[1:]]


def test_minutes_are_cut_at_the_headings_that_minutes_have():
    found = outline(papers.reading(papers.MINUTES), Kind.NOTULEN)
    assert [section.label for section in found[1:]] == [
        "Agenda",
        "Pembahasan",
        "Keputusan",
        "Tindak Lanjut",
    ]


def test_declared_headings_come_before_shown_ones():
    text = "Ringkasan\nAnak bermain.\nRincian\nPagar rusak.\nAgenda\nTaman."
    headings = [
        Heading(1, "Ringkasan", Span(1, 0, 9)),
        Heading(2, "Rincian", Span(1, 24, 31)),
        Heading(1, "Agenda", Span(1, 45, 51)),
    ]
    source = papers.reading(text, headings=headings, has_pages=False)
    assert addresses(outline(source, Kind.STUDI_TIRU)) == ["ringkasan", "ringkasan/rincian", "agenda"]


def test_the_title_of_the_whole_is_no_heading_of_its_parts():
    text = "Laporan Taman\nRingkasan\nAnak bermain.\nRincian\nPagar rusak."
    headings = [Heading(1, "Laporan Taman", Span(1, 0, 13)), Heading(2, "Ringkasan", Span(1, 14, 23))]
    source = papers.reading(text, headings=headings, has_pages=False)
    assert addresses(outline(source, Kind.STUDI_TIRU)) == ["ringkasan"]


def test_a_declared_heading_without_words_begins_at_its_place():
    source = papers.reading(
        "Satu.\nDua.\nTiga.",
        headings=[Heading(1, "Awal", Span(1, 0, 0)), Heading(1, "Akhir", Span(1, 6, 6))],
        has_pages=False,
    )
    found = outline(source, Kind.SOP)
    assert [(s.label, s.spans) for s in found[1:]] == [("Awal", (Span(1, 0, 5),)), ("Akhir", (Span(1, 6, 16),))]


def test_the_few_bookmarks_of_a_long_pdf_are_no_outline():
    pages = ["BAB I\nPENDAHULUAN\nA. Latar Belakang\nAnak.", "B. Tujuan\nTaman.", "Isi.", "Isi.", "Isi.", "Isi."]
    headings = [Heading(1, "scan001.pdf", Span(1, 0, 0)), Heading(1, "scan002.pdf", Span(4, 0, 0))]
    found = outline(papers.reading(*pages, headings=headings), Kind.LAPORAN_KINERJA)
    assert [section.label for section in found[1:]] == ["BAB I PENDAHULUAN", "A. Latar Belakang", "B. Tujuan"]


def test_numbered_headings_nest_by_their_style():
    first = "BAB I\nPENDAHULUAN\n1.1 Latar Belakang\nAnak.\nA. Tugas Dinas\nTaman.\n1.2 Tujuan\nPagar."
    last = "BAB II\nPENUTUP\nSelesai."
    assert addresses(outline(papers.reading(f"{first}\n{last}"), Kind.LAPORAN_KINERJA)) == [
        "bab-i-pendahuluan",
        "bab-i-pendahuluan/1-1-latar-belakang",
        "bab-i-pendahuluan/1-1-latar-belakang/a-tugas-dinas",
        "bab-i-pendahuluan/1-2-tujuan",
        "bab-ii-penutup",
    ]


def test_a_number_without_a_blank_behind_it_numbers_a_heading():
    headings = ["C.3.Seksi Data dan Informasi", "D.1.Seksi Partisipasi Anak", "2.1.Capaian"]
    assert shown("\n".join(f"{heading}\nIsi." for heading in headings)) == headings
    assert shown("Agenda\nRapat dimulai pukul\n08.30.WITA\nIsi.") == ["Agenda"]


def test_a_table_of_contents_is_no_outline():
    contents = "1.1 Latar Belakang\n1.2 Tujuan\n1.3 Sasaran\n2.1 Capaian\n2.2 Kendala\n2.3 Saran"
    assert shown(f"Sistematika laporan ini:\n{contents}", "1.1 Latar Belakang\nAnak bermain.") == ["1.1 Latar Belakang"]


def test_a_line_of_dots_to_a_page_number_is_no_heading():
    assert shown("BAB I PENDAHULUAN ........ 3\nA. Latar Belakang ..... 4\nIsi.") == []


def test_a_row_of_figures_is_no_heading():
    assert shown("Agenda\nIsi.\nA. Anggaran 169.995.000 30.765.000 30.765.000\nIsi.") == ["Agenda"]


@pytest.mark.parametrize("line", ["sasaran.", "Tindak lanjut yang disepakati adalah sebagai berikut,", "hasil"])
def test_a_sentence_that_begins_as_a_heading_is_none(line: str):
    assert shown(f"Agenda\nIsi laporan menurut\n{line}\nIsi.") == ["Agenda"]


def test_a_document_without_headings_is_its_root():
    assert len(outline(papers.reading("Satu kalimat saja tentang anak."), Kind.LAINNYA)) == 1


def test_a_document_without_text_is_an_empty_root():
    [root] = outline(papers.reading("", ""), Kind.LAINNYA)
    assert root.spans == ()


def test_a_draft_regulation_is_cut_into_pasal():
    text = papers.REGULATION.replace("PERATURAN DAERAH KOTA", "RANCANGAN PERATURAN DAERAH KOTA", 1)
    assert "pasal-3" in addresses(outline(papers.reading(text), Kind.LAINNYA))


def test_a_decision_is_cut_at_what_it_decides():
    text = "KEPUTUSAN BUPATI\nMenimbang : bahwa\nMEMUTUSKAN:\nMenetapkan :\nKESATU : Membentuk tim.\nKEDUA : Bekerja."
    found = outline(papers.reading(text), Kind.SK)
    assert [section.label for section in found[1:]] == ["Menimbang", "Menetapkan", "Diktum KESATU", "Diktum KEDUA"]
