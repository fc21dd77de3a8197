"""Passages are the document's own divisions: exact, whole, apart, and no longer than the embedder reads."""

import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import papers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.structure import measure
from ingest.passages import split
from ingest.structure import outline
from kb.documents import Kind
from kb.naming import embedded_text
from kb.pages import Reading, Span
from kb.passages import Passage
from kb.sections import Section, SectionKind

MAX_TOKENS = 400


def cut(*texts: str, kind: Kind = Kind.PERDA) -> tuple[Reading, tuple[Section, ...], tuple[Passage, ...]]:
    source = papers.reading(*texts)
    sections = outline(source, kind)
    return source, sections, split(sections, source.pages, papers.count_words, MAX_TOKENS)


def passages(*lines: str) -> list[tuple[str, str]]:
    """(address, text) of the passages of a regulation with these lines after its opening."""
    _, sections, found = cut("\n".join(("PERATURAN DAERAH", "MEMUTUSKAN:", *lines)))
    return [(sections[passage.section].address, passage.text) for passage in found[2:]]


def words(n: int, word: str = "anak") -> str:
    return " ".join([word] * n) + "."


def test_a_short_pasal_is_one_passage_with_the_headings_before_it():
    assert passages(
        "BAB I", "TAMAN", "Bagian Kesatu", "Umum", "Pasal 1", "(1) Satu.", "(2) Dua.", "Pasal 2", "Tiga."
    ) == [
        ("pasal-1", "BAB I\nTAMAN\nBagian Kesatu\nUmum\nPasal 1\n(1) Satu.\n(2) Dua."),
        ("pasal-2", "Pasal 2\nTiga."),
    ]


def test_the_heading_path_names_what_the_passage_stands_under():
    _, _, found = cut(papers.REGULATION)
    assert [p.heading_path for p in found if "Pasal 2\n(1)" in p.text or "Ayunan" in p.text] == [
        ("BAB II PENYELENGGARAAN", "Bagian Kesatu Pembangunan dan Pemeliharaan", "Pasal 2"),
        ("Penjelasan Pasal 2",),
    ]


def test_a_long_pasal_is_divided_at_its_ayat():
    ayat = [f"({i}) {words(50)}" for i in range(1, 5)]
    assert passages("Pasal 1", *ayat) == [
        ("pasal-1", "\n".join(("Pasal 1", *ayat[:2]))),
        ("pasal-1", "\n".join(ayat[2:])),
    ]


def test_a_long_ayat_is_divided_at_its_letters_under_the_words_that_lead_into_them():
    letters = [f"{letter}. {words(50)}" for letter in "abcd"]
    _, sections, found = cut(
        "\n".join(("PERATURAN", "MEMUTUSKAN:", "Pasal 1", "(1) Taman.", "(2) Pemerintah wajib:", *letters))
    )
    assert [(sections[p.section].address, p.heading_path, p.text.split()[0]) for p in found[2:]] == [
        ("pasal-1", ("Pasal 1",), "Pasal"),
        ("pasal-1/ayat-2", ("Pasal 1", "(2) Pemerintah wajib:"), "c."),
    ]


def test_the_words_before_a_list_stand_in_the_path_of_its_later_items():
    letters = [f"{letter}. {words(50)}" for letter in "abcd"]
    _, _, found = cut("\n".join(("PERATURAN", "MEMUTUSKAN:", "Pasal 1", "Petugas berkewajiban:", *letters)))
    assert [p.heading_path for p in found[2:]] == [("Pasal 1",), ("Pasal 1 Petugas berkewajiban:",)]


def test_a_point_of_an_amendment_goes_with_the_pasal_it_amends():
    _, sections, found = cut(papers.AMENDMENT)
    [passage] = [p for p in found if "Taman dijaga" in p.text]
    assert (sections[passage.section].address, passage.heading_path, passage.text.split()[:3]) == (
        "pasal-i/angka-2/pasal-3a",
        ("Pasal I angka 2", "Pasal 3A"),
        ["2.", "Di", "antara"],
    )


def test_a_passage_may_cross_a_page_and_leaves_its_furniture_out():
    source, _, found = cut(
        "PERATURAN\nMEMUTUSKAN:\nPasal 1\nTaman dibuka\nwww.peraturan.go.id",
        "2014, No.297 2\nsetiap hari.\nPasal 2\nSelesai.",
    )
    [passage] = [p for p in found if "dibuka" in p.text]
    assert (passage.text, [span.page for span in passage.spans]) == ("Pasal 1\nTaman dibuka\nsetiap hari.", [1, 2])
    assert passage.text == "\n".join(source.pages[s.page - 1].text[s.start : s.end] for s in passage.spans)


def test_a_page_that_waits_for_ocr_gives_no_passage():
    _, _, found = cut("", "Pasal 1\nTaman.")
    assert {span.page for passage in found for span in passage.spans} == {2}


def test_a_heading_without_words_goes_with_the_section_below_it():
    _, sections, found = cut("BAB I\nPENDAHULUAN\nA. Tujuan\nTaman aman.", kind=Kind.LAPORAN_KINERJA)
    assert [(sections[p.section].label, p.text) for p in found] == [
        ("A. Tujuan", "BAB I\nPENDAHULUAN\nA. Tujuan\nTaman aman.")
    ]


def test_rows_of_a_table_stay_whole_under_its_title():
    rows = [f"Kelurahan {i} {1000 + i} {2000 + i} naik dari tahun sebelumnya" for i in range(60)]
    _, _, found = cut("\n".join(("Agenda", "Tabel 2.1 Kasus menurut kelurahan", *rows)), kind=Kind.LAPORAN_KINERJA)
    assert [line for p in found for line in p.text.split("\n")] == [
        "Agenda",
        "Tabel 2.1 Kasus menurut kelurahan",
        *rows,
    ]
    assert {p.heading_path for p in found[1:]} == {("Agenda", "Tabel 2.1 Kasus menurut kelurahan")}


def test_words_without_division_are_cut_where_sentences_end():
    sentences = [f"Setiap {words(28)[:-1]} {i} bermain." for i in range(20)]
    _, _, found = cut("Agenda\n" + " ".join(sentences), kind=Kind.NOTULEN)
    assert len(found) > 3
    assert all(passage.text.endswith(".") for passage in found)


def test_tokens_are_asked_for_in_batches():
    calls: list[int] = []

    def count(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return papers.count_words(texts)

    source = papers.reading(
        "\n".join(("PERATURAN", "MEMUTUSKAN:", *(f"Pasal {i}\n{words(60)}" for i in range(1, 200))))
    )
    split(outline(source, Kind.PERDA), source.pages, count, MAX_TOKENS)
    assert len(calls) <= 4


def test_a_limit_too_small_for_a_title_is_refused():
    with pytest.raises(ValueError, match="at least 324"):
        split((), (), papers.count_words, 100)


def test_a_document_without_sections_has_no_passages():
    assert split((), (), papers.count_words, MAX_TOKENS) == ()


def test_five_megabytes_on_one_line_are_cut_in_seconds():
    source = papers.reading("anak bermain di taman " * 230_000)
    start = time.perf_counter()
    found = split(outline(source, Kind.LAINNYA), source.pages, lambda texts: [len(text) // 4 for text in texts], 512)
    assert (len(found) > 4_000, time.perf_counter() - start < 30) == (True, True)


TEXTS = st.sampled_from(
    [
        "Pasal 1",
        "Pasal 2",
        "Pasal 3",
        "BAB I",
        "TAMAN",
        "Bagian Kesatu",
        "PENJELASAN",
        "II. PASAL DEMI PASAL",
        "Cukup jelas.",
        "(1) Satu.",
        "(2) Dua:",
        f"a. {words(40)}",
        f"b. {words(90)}",
        f"(3) {words(130)}",
        words(300),
        "Tabel 1 Anak",
        "x" * 3000,
        "Menimbang : a. bahwa",
        "Mengingat : 1. Pasal 2",
        "MEMUTUSKAN:",
        "Agar setiap orang tahu",
        "Agenda",
        "A. Tujuan",
        "1 2 3",
    ]
)
KINDS = st.sampled_from([Kind.PERDA, Kind.NOTULEN])


@given(st.lists(st.lists(TEXTS, max_size=12).map("\n".join), min_size=1, max_size=3), KINDS)
def test_passages_partition_their_sections(texts: list[str], kind: Kind):
    source, sections, found = cut(*texts, kind=kind)
    covered = [span for passage in found for span in passage.spans]
    assert covered == sorted(covered)
    assert all(a.page != b.page or a.end <= b.start for a, b in pairwise(covered))
    page_texts = {page.number: page.text for page in source.pages}
    in_sections = "".join("".join(page_texts[s.page][s.start : s.end].split()) for s in sections[0].spans)
    assert "".join("".join(page_texts[s.page][s.start : s.end].split()) for s in covered) == in_sections


@given(st.lists(st.lists(TEXTS, max_size=12).map("\n".join), min_size=1, max_size=3), KINDS)
def test_a_passage_is_exact_fits_and_stays_in_its_pasal(texts: list[str], kind: Kind):
    source, sections, found = cut(*texts, kind=kind)
    page_texts = {page.number: page.text for page in source.pages}
    for passage in found:
        assert passage.text == "\n".join(page_texts[s.page][s.start : s.end] for s in passage.spans)
        assert passage.text == passage.text.strip() != ""
        [tokens] = papers.count_words([embedded_text("Peraturan " * 16, passage)])
        assert tokens <= MAX_TOKENS
        crossed = [
            section
            for section in sections
            if section.kind is SectionKind.PASAL and any(overlap(a, b) for a in section.spans for b in passage.spans)
        ]
        # A Pasal that amends holds those that it gives anew; beside one another there is one only.
        assert all(inner.address.startswith(f"{outer.address}/") for outer, inner in pairwise(crossed))


@pytest.mark.data
def test_what_people_ask_for_lies_whole_in_one_passage_of_its_pasal(data_folder: Path):
    counts = measure(data_folder)
    assert counts["whole"] >= 0.97 * counts["quotes"] > 0
    assert counts["right"] >= 0.97 * counts["quotes of a Pasal"] > 0


def overlap(a: Span, b: Span) -> bool:
    return a.page == b.page and a.start < b.end and b.start < a.end
