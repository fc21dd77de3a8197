"""Cleaning leaves out what stands on a page for the page's sake, and nothing else."""

import time

import papers
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import body_lines
from kb.pages import Page, Verdict


def kept(*texts: str) -> list[str]:
    return [line.text for line in body_lines(papers.reading(*texts).pages)]


def test_a_line_is_the_text_under_its_span():
    pages = papers.reading("  Pasal 1 \r\n\tIsi pasal. \n\n", "Pasal 2\u2028Isi.").pages
    found = [(line.text, pages[line.span.page - 1].text[line.span.start : line.span.end]) for line in body_lines(pages)]
    assert found == [(text, text) for text in ("Pasal 1", "Isi pasal.", "Pasal 2", "Isi.")]


def test_page_numbers_are_left_out():
    assert kept("Satu.\n1", "- 2 -\nDua.", "Tiga.\n3 / 4", "Empat.\nHalaman 4 dari 4") == [
        "Satu.",
        "Dua.",
        "Tiga.",
        "Empat.",
    ]


def test_page_numbers_may_begin_anywhere():
    assert kept("Satu.\n17", "Dua.\n18", "Tiga.\n19") == ["Satu.", "Dua.", "Tiga."]


def test_a_number_that_is_no_page_number_stays():
    assert kept("Jumlah kasus\n124", "Jumlah anak\n96") == ["Jumlah kasus", "124", "Jumlah anak", "96"]


def test_the_heads_of_the_state_gazette_are_left_out():
    assert kept(
        "Pasal 1\nwww.peraturan.go.id",
        "2014, No.297 2\nIsi satu.\nwww.peraturan.go.id",
        "PRESIDEN\nREPUBLIK INDONESIA\n- 3 -\nIsi dua.\nSK No 230263 A",
        "FRESIDEN\nREPUBLTK INDONESIA\n-4-\nIsi tiga.",
        "No. 6792 -5-\nIsi empat.",
    ) == ["Pasal 1", "Isi satu.", "Isi dua.", "Isi tiga.", "Isi empat."]


def test_the_president_who_enacts_stays():
    assert kept("PERKAWINAN\nPRESIDEN REPUBLIK INDONESIA,\nMenimbang", "Isi.") == [
        "PERKAWINAN",
        "PRESIDEN REPUBLIK INDONESIA,",
        "Menimbang",
        "Isi.",
    ]


def test_catch_words_are_left_out():
    assert kept(
        "Isi satu.\n(2) Setiap ...",
        "(2) Setiap anak bermain.\nPasal 5 . . .",
        "Pasal 5\nIsi lima.\na. anggaran",
        "a. anggaran belanja; dan\nb. lainnya.",
    ) == ["Isi satu.", "(2) Setiap anak bermain.", "Pasal 5", "Isi lima.", "a. anggaran belanja; dan", "b. lainnya."]


def test_a_blank_to_be_filled_in_stays():
    assert kept("Diundangkan di .........", "pada tanggal ...........") == [
        "Diundangkan di .........",
        "pada tanggal ...........",
    ]


def test_a_running_head_is_kept_once_where_the_document_begins():
    bodies = ["Anak bermain.", "Pagar rusak.", "Ayunan baru.", "Pasir putih.", "Pintu lebar."]
    pages = [f"Laporan Kinerja Dinas {i}\n{text}" for i, text in enumerate(bodies, start=1)]
    assert kept(*pages) == ["Laporan Kinerja Dinas 1", *bodies]


def test_cukup_jelas_at_the_foot_of_every_page_stays():
    pages = [f"Pasal {i}\nCukup jelas." for i in range(1, 6)]
    assert kept(*pages) == [line for page in pages for line in page.split("\n")]


def test_a_page_without_text_gives_no_lines():
    page = Page(1, "coret moret", Verdict.NONE)
    assert body_lines([page]) == ()


def test_five_megabytes_on_one_line_are_cleaned_at_once():
    start = time.perf_counter()
    [line] = body_lines(papers.reading("x " * 2_500_000).pages)
    assert (len(line.text), time.perf_counter() - start < 2) == (4_999_999, True)


LINES = st.sampled_from(
    [
        "1",
        "- 2 -",
        "3 / 9",
        "PRESIDEN",
        "REPUBLIK INDONESIA",
        "www.peraturan.go.id",
        "Kop Dinas",
        "Pasal 1 ...",
        "Pasal 1",
        "(2) Setiap ...",
        "(2) Setiap anak.",
        "a. anggaran",
        "Isi pasal.",
        "Cukup jelas.",
        "",
        "   ",
        "\ufffe",
    ]
)


@given(st.lists(st.lists(LINES, max_size=6).map("\n".join), max_size=6))
def test_cleaning_twice_changes_nothing(texts: list[str]):
    once = body_lines([Page(i, text, Verdict.TEXT) for i, text in enumerate(texts, start=1)])
    by_page = ["\n".join(line.text for line in once if line.span.page == i) for i in range(1, len(texts) + 1)]
    twice = body_lines([Page(i, text, Verdict.TEXT) for i, text in enumerate(by_page, start=1)])
    assert [(line.span.page, line.text) for line in twice] == [(line.span.page, line.text) for line in once]


@given(st.lists(st.text(), max_size=5))
def test_every_line_is_where_its_span_says(texts: list[str]):
    pages = [Page(i, text, Verdict.TEXT) for i, text in enumerate(texts, start=1)]
    lines = body_lines(pages)
    assert [pages[line.span.page - 1].text[line.span.start : line.span.end] for line in lines] == [
        line.text for line in lines
    ]
    assert [line.span for line in lines] == sorted(line.span for line in lines)
