"""A regulation is cut where it cuts itself, and references to its Pasal open nothing."""

import itertools

import papers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import addresses, at, words_of

from ingest.structure import outline
from kb.documents import Kind
from kb.pages import Heading, Span
from kb.sections import Section, SectionKind


def sections(*texts: str) -> tuple[Section, ...]:
    return outline(papers.reading(*texts), Kind.PERDA)


def body(*lines: str) -> list[str]:
    """The addresses in a regulation with these lines after its opening."""
    found = addresses(sections("\n".join(("PERATURAN DAERAH", "MEMUTUSKAN:", *lines))))
    return [address for address in found if address not in ("pembukaan", "menetapkan")]


def test_a_regulation_is_cut_from_its_title_to_its_attachment():
    assert addresses(sections(papers.REGULATION)) == [
        "pembukaan",
        "menimbang",
        "menimbang/huruf-a",
        "menimbang/huruf-b",
        "mengingat",
        "mengingat/angka-1",
        "mengingat/angka-2",
        "menetapkan",
        "bab-i",
        "pasal-1",
        "pasal-1/angka-1",
        "pasal-1/angka-2",
        "bab-ii",
        "bab-ii/bagian-kesatu",
        "pasal-2",
        "pasal-2/ayat-1",
        "pasal-2/ayat-2",
        "pasal-2/ayat-2/huruf-a",
        "pasal-2/ayat-2/huruf-b",
        "pasal-2/ayat-2/huruf-b/angka-1",
        "pasal-2/ayat-2/huruf-b/angka-2",
        "pasal-3",
        "bab-iii",
        "pasal-4",
        "penutup",
        "penjelasan",
        "penjelasan/umum",
        "penjelasan/pasal-demi-pasal",
        "penjelasan/pasal-1",
        "penjelasan/pasal-2",
        "penjelasan/pasal-2/ayat-1",
        "penjelasan/pasal-2/ayat-2",
        "penjelasan/pasal-2/ayat-2/huruf-a",
        "lampiran",
    ]


def test_labels_are_official():
    found = sections(papers.REGULATION)
    wanted = ("bab-ii", "pasal-2", "pasal-2/ayat-2", "pasal-2/ayat-2/huruf-b", "pasal-1/angka-2", "penjelasan/pasal-2")
    assert [at(found, address).label for address in wanted] == [
        "BAB II",
        "Pasal 2",
        "ayat (2)",
        "huruf b",
        "angka 2",
        "Penjelasan Pasal 2",
    ]


def test_headings_stand_under_their_labels():
    found = sections(papers.REGULATION)
    assert [at(found, address).heading for address in ("bab-i", "bab-ii/bagian-kesatu")] == [
        "KETENTUAN UMUM",
        "Pembangunan dan Pemeliharaan",
    ]


def test_a_section_spans_its_heading_and_its_children():
    source = papers.reading(papers.REGULATION)
    pasal = at(outline(source, Kind.PERDA), "pasal-3")
    assert words_of(pasal, source) == "Pasal 3\nTaman dibuka setiap hari."


def test_a_section_over_two_pages_leaves_the_furniture_between_them_out():
    source = papers.reading(
        "PERATURAN DAERAH\nMEMUTUSKAN:\nPasal 1\nSatu dan\nwww.peraturan.go.id",
        "2014, No.297 2\ndua.\nPasal 2\nTiga.\nwww.peraturan.go.id",
    )
    pasal = at(outline(source, Kind.PERDA), "pasal-1")
    assert (pasal.spans, words_of(pasal, source)) == ((Span(1, 29, 45), Span(2, 15, 19)), "Pasal 1\nSatu dan\ndua.")


@pytest.mark.parametrize(
    "lines",
    [
        ("sebagaimana dimaksud dalam", "Pasal 2 ayat (2) berlaku juga."),
        ("sebagaimana dimaksud dalam", "Pasal 2", "dan seterusnya."),
        ("sebagaimana dimaksud dalam Pasal 9 dan", "Pasal 2."),
        ("Ketentuan menurut", "Pasal 2 Undang-Undang Dasar tetap berlaku."),
        ("berdasarkan ketentuan", "BAB II tentang taman."),
        ("diatur dalam", "Bagian Kedua bab ini."),
    ],
)
def test_a_reference_that_a_line_break_brings_to_the_front_is_no_heading(lines: tuple[str, ...]):
    assert body("Pasal 1", "Taman", *lines) == ["pasal-1"]


def test_a_reference_to_an_ayat_at_the_front_of_a_line_is_no_ayat():
    assert body("Pasal 1", "(1) Taman dibuka.", "(2) Taman pada ayat", "(1), ayat (2), dan ayat", "(3) dijaga.") == [
        "pasal-1",
        "pasal-1/ayat-1",
        "pasal-1/ayat-2",
    ]


def test_a_pasal_may_have_one_ayat_only():
    assert body("Pasal 1", "(1) Taman dibuka.", "Pasal 2", "Selesai.") == ["pasal-1", "pasal-1/ayat-1", "pasal-2"]


def test_inserted_pasal_and_ayat_carry_their_letters():
    assert body(
        "Pasal 1", "(1) Satu.", "(1a) Dua.", "(2) Tiga.", "Pasal 1A", "Empat.", "Pasal 1B", "Lima.", "Pasal 2", "Enam."
    ) == [
        "pasal-1",
        "pasal-1/ayat-1",
        "pasal-1/ayat-1a",
        "pasal-1/ayat-2",
        "pasal-1a",
        "pasal-1b",
        "pasal-2",
    ]


def test_a_misread_number_is_believed_where_it_comes_next():
    lines = [line for i in range(1, 10) for line in (f"Pasal {i}", "Isi.")]
    misread = ["Pasa1 1O", "Isi.", "PasaI 11", "Isi.", "Pasal l2", "Isi.", "Pasal 1 3", "Isi."]
    assert body(*lines, *misread) == [f"pasal-{i}" for i in range(1, 14)]


def test_a_misread_number_out_of_order_is_not_guessed():
    assert body("Pasal 1", "Isi.", "Pasal lO", "Isi.") == ["pasal-1"]


def test_a_misread_bracket_does_not_hide_an_ayat():
    assert body("Pasal 1", "(1) Satu.", "(21 Dua.", "(3) Tiga.") == [
        "pasal-1",
        "pasal-1/ayat-1",
        "pasal-1/ayat-2",
        "pasal-1/ayat-3",
    ]


def test_a_misread_l_goes_on_with_the_letters():
    letters = [f"{chr(97 + i)}. asas;" for i in range(11)]
    assert body("Pasal 1", "Asas:", *letters, "1. nondiskriminasi.")[-1] == "pasal-1/huruf-l"


def test_a_heading_at_the_end_of_a_line_is_found():
    assert body("Pasal 1", "Setiap orang dilarang merusak taman. Pasal 2", "Setiap orang menjaga taman.") == [
        "pasal-1",
        "pasal-2",
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Pasal 1 Taman dijaga. Pasal 2 Taman dibuka.", ["pasal-1", "pasal-2"]),
        ("Pasal 1 (1) Satu. (2) Dua; dan", ["pasal-1", "pasal-1/ayat-1", "pasal-1/ayat-2"]),
        (
            "Pasal 1 Syarat: a. satu, b. dua; c. tiga.",
            ["pasal-1", "pasal-1/huruf-a", "pasal-1/huruf-b", "pasal-1/huruf-c"],
        ),
        ("BAB I UMUM Pasal 1. Taman dijaga. - 3 - Pasal 2. Taman dibuka.", ["bab-i", "pasal-1", "pasal-2"]),
        ("Pasal 1 Isi ayat (1) dan Pasal 2 ayat (2) berlaku.", ["pasal-1"]),
        ("Pasal 1 Isi sebagaimana dimaksud dalam Pasal 2 Taman.", ["pasal-1"]),
        ("Pasal 1 Isi huruf a. Daerah membangun.", ["pasal-1"]),
    ],
)
def test_what_a_file_has_run_together_is_cut_only_where_the_next_number_stands(line: str, found: list[str]):
    assert body(line) == found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("(1) Satu.", "(2t Dua."), ["ayat-1", "ayat-2"]),
        (("(1) Satu.", "{2) Dua."), ["ayat-1", "ayat-2"]),
        (("Syarat:", "a. satu;", "b, dua."), ["huruf-a", "huruf-b"]),
        (("Syarat:", "1) satu;", "2l dua."), ["angka-1", "angka-2"]),
        (("1.a. Daerah;", "b. Kota.", "2. Taman."), ["angka-1", "angka-1/huruf-a", "angka-1/huruf-b", "angka-2"]),
        (("Syarat:", "satu;", "dua.", "a.", "b."), []),
    ],
)
def test_a_misspelled_item_is_believed_where_it_comes_next(lines: tuple[str, ...], found: list[str]):
    assert body("Pasal 1", *lines) == ["pasal-1", *(f"pasal-1/{address}" for address in found)]


def test_a_number_torn_apart_by_a_scan_is_put_together():
    headings = [line for i in range(1, 10) for line in (f"Pasal {i}", "Isi.")]
    assert body(*headings, "Pasal 10", "Isi.", "Pasal 1 1 Isi.", "Pasal l 2 Isi.")[-3:] == [
        "pasal-10",
        "pasal-11",
        "pasal-12",
    ]


def test_a_pasal_that_the_foot_of_the_page_names_already_begins_on_the_next_page():
    found = sections("PERATURAN DAERAH\nMEMUTUSKAN:\nPasal 1\nSatu.\nPasal 2", "BAB II\nJUDUL\nPasal 2\nDua.")
    assert [(s.address, s.spans[0].page) for s in found if s.kind in (SectionKind.PASAL, SectionKind.BAB)] == [
        ("pasal-1", 1),
        ("bab-ii", 2),
        ("pasal-2", 2),
    ]


def test_an_item_that_the_foot_of_the_page_begins_already_begins_on_the_next_page():
    texts = ("PERATURAN DAERAH\nMEMUTUSKAN:\nPasal 1\n(1) Satu.\n(2) Selain itu", "(21 Selain itu taman dijaga.")
    found = at(sections(*texts), "pasal-1/ayat-2")
    assert found.spans == (Span(2, 0, len(texts[1])),)


def test_a_law_on_laws_does_not_end_where_it_says_why_laws_are_published():
    assert body(
        "Pasal 1", "Agar setiap orang mengetahuinya, peraturan harus dimuat dalam lembaran.", "Pasal 2", "Isi."
    ) == [
        "pasal-1",
        "pasal-2",
    ]


def test_a_pasal_in_arabic_numerals_may_amend():
    lines = (
        "Pasal 2",
        "Beberapa ketentuan dalam Peraturan Daerah Nomor 12 Tahun 2023 diubah sebagai berikut:",
        "1. Ketentuan Pasal 7 diubah sehingga berbunyi sebagai berikut:",
        "Pasal 7",
        "(1) Taman dijaga.",
        "2. Pasal 9 dihapus.",
        "Pasal 3",
        "Peraturan ini berlaku.",
    )
    assert body("Pasal 1", "Umum.", *lines) == [
        "pasal-1",
        "pasal-2",
        "pasal-2/angka-1",
        "pasal-2/angka-1/pasal-7",
        "pasal-2/angka-1/pasal-7/ayat-1",
        "pasal-2/angka-2",
        "pasal-3",
    ]


def test_an_amendment_whose_pasal_i_a_scan_has_lost_still_has_its_points():
    lines = (
        "Beberapa ketentuan dalam Peraturan Daerah Nomor 12 Tahun 2023 diubah sebagai berikut:",
        "1. Ketentuan Pasal 7 diubah sehingga berbunyi sebagai berikut:",
        "Pasal 7",
        "Taman dijaga.",
    )
    assert body(*lines) == ["pasal-i", "pasal-i/angka-1", "pasal-i/angka-1/pasal-7"]


def test_the_points_of_an_amending_law_hold_the_amended_pasal():
    found = outline(papers.reading(papers.AMENDMENT), Kind.PERDA)
    assert [(s.kind, s.label, s.address) for s in found if s.kind in (SectionKind.AMENDMENT, SectionKind.PASAL)] == [
        (SectionKind.PASAL, "Pasal I", "pasal-i"),
        (SectionKind.AMENDMENT, "Pasal I angka 1", "pasal-i/angka-1"),
        (SectionKind.PASAL, "Pasal 1", "pasal-i/angka-1/pasal-1"),
        (SectionKind.AMENDMENT, "Pasal I angka 2", "pasal-i/angka-2"),
        (SectionKind.PASAL, "Pasal 3A", "pasal-i/angka-2/pasal-3a"),
        (SectionKind.AMENDMENT, "Pasal I angka 3", "pasal-i/angka-3"),
        (SectionKind.PASAL, "Pasal II", "pasal-ii"),
    ]


def test_the_definitions_of_an_amended_pasal_are_not_points_of_the_amendment():
    found = addresses(outline(papers.reading(papers.AMENDMENT), Kind.PERDA))
    assert [a for a in found if a.startswith("pasal-i/angka-1/pasal-1/")] == [
        "pasal-i/angka-1/pasal-1/angka-1",
        "pasal-i/angka-1/pasal-1/angka-2",
    ]


def test_a_repeated_address_is_told_apart():
    lines = ("Pasal 1", "Syarat:", "a. satu;", "b. dua.", "Larangan:", "a. tiga;", "b. empat.")
    assert body(*lines) == [
        "pasal-1",
        "pasal-1/huruf-a",
        "pasal-1/huruf-b",
        "pasal-1/huruf-a~2",
        "pasal-1/huruf-b~2",
    ]


def test_an_attachment_may_hold_a_regulation_of_its_own():
    lines = ("Pasal 1", "Peraturan ini berlaku.", "Ditetapkan di Banjarsari", "LAMPIRAN I", "PEDOMAN TAMAN")
    assert body(*lines, "Pasal 1", "Pagar rendah.", "Pasal 2", "Pintu lebar.") == [
        "pasal-1",
        "penutup",
        "lampiran-i",
        "lampiran-i/pasal-1",
        "lampiran-i/pasal-2",
    ]


def test_pages_read_from_the_foot_up_name_no_pasal():
    lines = ("Pasal 1", "Satu.", "Pasal 3", "Tiga.", "Pasal 2", "Dua.", "Pasal 5", "Lima.", "Pasal 4", "Empat.")
    assert body(*lines) == []


def test_a_text_that_a_law_adopts_is_an_annex_with_numbers_of_its_own():
    law = ("Pasal 1", "Perjanjian disahkan.", "Pasal 2", "Undang-Undang ini berlaku.", "Ditetapkan di Banjarsari")
    treaty = ("PERJANJIAN", "Pasal 1", "Para Pihak bekerja sama.", "Pasal 2", "Perjanjian ini berlaku.")
    explained = ("PENJELASAN", "II. PASAL DEMI PASAL", "Pasal 1", "Cukup jelas.", "Pasal 2", "Cukup jelas.")
    annexed = ["lampiran/pasal-1", "lampiran/pasal-2"]
    assert body(*law, *treaty)[-2:] == annexed
    assert body(*law, *explained, *treaty)[-2:] == annexed


def test_points_that_say_below_what_is_changed_are_points():
    lines = ("Pasal I", "Mengubah beberapa ketentuan, sebagai berikut:", "1. Pada Pasal 2:", "kata taman diubah.")
    assert body(*lines) == ["pasal-i", "pasal-i/angka-1"]


def test_a_misread_pasal_1_is_no_amendment():
    assert body("Pasal I", "Dalam Peraturan ini Taman adalah lahan.", "Pasal 2", "Isi.") == ["pasal-1", "pasal-2"]


def test_a_heading_that_the_file_declares_below_the_closing_words_is_no_part_of_them():
    lines = (
        "PERATURAN DAERAH",
        "MEMUTUSKAN:",
        "Pasal 1",
        "Isi.",
        "Ditetapkan di Banjarsari",
        "Catatan penyusun",
        "Usul.",
    )
    text = "\n".join(lines)
    start = text.index("Catatan")
    heading = Heading(1, "Catatan penyusun", Span(1, start, start + 16))
    found = outline(papers.reading(text, headings=(heading,), has_pages=False), Kind.PERDA)
    assert [(s.address, s.label) for s in found[-2:]] == [
        ("penutup", "Penutup"),
        ("catatan-penyusun", "Catatan penyusun"),
    ]


@pytest.mark.parametrize("begin", ["II. PASAL DEMI PASAL", "PENDJELASAN ATAS PERATURAN DAERAH"])
def test_a_penjelasan_is_found_below_the_closing_words(begin: str):
    law = (
        "Pasal 1",
        "Isi.",
        "Agar supaja setiap orang dapat mengetahuinya, memerintahkan pengundangan.",
        "SEKRETARIS NEGARA",
    )
    assert body(*law, begin, "PASAL DEMI PASAL", "Pasal 1", "Cukup jelas.")[-1] == "penjelasan/pasal-1"


def test_a_regulation_without_pasal_is_outlined_by_its_headings():
    found = sections("Surat\nLatar Belakang\nAnak bermain.\nTindak Lanjut\nTaman dibangun.")
    assert addresses(found) == ["latar-belakang", "tindak-lanjut"]


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("Pasal 2 dan Pasal 4", "Penjelasan Pasal 2 dan 4"),
        ("Pasal 2, 4", "Penjelasan Pasal 2 dan 4"),
        ("Pasal 2 s/d 4", "Penjelasan Pasal 2 s.d. 4"),
        ("Pasal 2 sampai dengan Pasal 4", "Penjelasan Pasal 2 s.d. 4"),
    ],
)
def test_pasal_explained_together_are_one_section_that_names_both(heading: str, label: str):
    law = ("PERATURAN DAERAH", "MEMUTUSKAN:", *(f"Pasal {n}\nIsi {n}." for n in range(1, 6)))
    explained = ("PENJELASAN", "II. PASAL DEMI PASAL", "Pasal 1", "Cukup jelas.", heading, "Cukup jelas.", "Pasal 5")
    found = sections("\n".join((*law, *explained)))
    assert [section.label for section in found if section.address.startswith("penjelasan/pasal-")][1:] == [
        "Penjelasan Pasal 1",
        label,
        "Penjelasan Pasal 5",
    ]


WORDS = st.sampled_from(
    [
        "Pasal 1",
        "Pasal 2",
        "Pasal 2A",
        "Pasal I",
        "Pasal II",
        "BAB I",
        "BAB II",
        "JUDUL",
        "Bagian Kesatu",
        "Paragraf 1",
        "(1) Satu.",
        "(2) Dua:",
        "a. satu;",
        "b. dua.",
        "1. satu;",
        "2. Ketentuan Pasal 2 diubah:",
        "1) satu;",
        "isi dan",
        "Isi.",
        "Menimbang : a. bahwa",
        "Mengingat : 1. Pasal 2",
        "MEMUTUSKAN:",
        "Agar setiap orang tahu",
        "PENJELASAN",
        "I. UMUM",
        "II. PASAL DEMI PASAL",
        "Ayat (1)",
        "Huruf a",
        "Cukup jelas.",
        "LAMPIRAN",
        "Pasal 9 (1) Isi. Pasal 10",
        "diubah sebagai berikut:",
    ]
)


@given(st.lists(st.lists(WORDS, max_size=12).map("\n".join), min_size=1, max_size=4))
def test_sections_are_nested_ordered_and_apart(texts: list[str]):
    found = sections(*texts)
    assert found[0].kind is SectionKind.ROOT
    assert len({section.address for section in found}) == len(found)
    children: dict[int, list[Section]] = {}
    for i, section in enumerate(found):
        assert list(section.spans) == sorted(section.spans)
        assert section.parent is None if i == 0 else section.parent is not None and section.parent < i
        if section.parent is not None:
            children.setdefault(section.parent, []).append(section)
            assert all(any(inside(span, outer) for outer in found[section.parent].spans) for span in section.spans)
    for siblings in children.values():
        spans = [span for section in siblings for span in section.spans]
        assert spans == sorted(spans)
        assert all(a.page != b.page or a.end <= b.start for a, b in itertools.pairwise(spans))


def inside(inner: Span, outer: Span) -> bool:
    return inner.page == outer.page and outer.start <= inner.start and inner.end <= outer.end
