import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.links import page_link, pages_of, read_spans, write_spans
from api.views import (
    Piece,
    citation_text,
    cited_as,
    excerpt,
    flowing,
    is_draft,
    is_named_by_file,
    named,
    pieces,
    places_of,
)
from kb.answers import Citation, Hit
from kb.documents import Document, DocumentId, Kind, Metadata, VersionId
from kb.naming import short_name
from kb.pages import Span
from kb.passages import PassageId

texts = st.text(st.sampled_from("ab \n(1).Pasal"), max_size=900)
marks = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=8)


@given(texts, marks)
def test_pieces_joined_are_the_text(text: str, marked: list[tuple[int, int]]):
    assert "".join(piece.text for piece in pieces(text, marked)) == text


@given(texts, marks)
def test_a_character_is_marked_when_a_mark_covers_it(text: str, marked: list[tuple[int, int]]):
    shown = [piece.is_marked for piece in pieces(text, marked) for _ in piece.text]
    assert shown == [any(start <= at < end for start, end in marked) for at in range(len(text))]


@given(texts, marks)
def test_an_excerpt_is_a_stretch_of_the_text(text: str, marked: list[tuple[int, int]]):
    inside = [(start, end) for start, end in marked if start < end <= len(text)]
    shown = "".join(piece.text for piece in excerpt(text, inside, 100)).removeprefix("… ").removesuffix(" …")
    assert shown in text
    assert len(shown) <= 100 or shown == text


def test_an_excerpt_stands_where_most_marks_are():
    text = "satu " * 100 + "forum anak dan forum anak " + "dua " * 100
    marked = [(0, 4), (500, 505), (515, 520)]
    assert [piece.text for piece in excerpt(text, marked, 100) if piece.is_marked] == ["forum", "forum"]


@given(texts)
def test_flowing_text_changes_only_line_breaks(text: str):
    flown = flowing(text)
    assert len(flown) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, flown, strict=True))


def test_flowing_text_keeps_the_items_of_a_list():
    assert flowing("Pasal 7\n(1) Forum Anak\ndibentuk:\na. di desa;\nb. di kota.") == (
        "Pasal 7\n(1) Forum Anak dibentuk:\na. di desa;\nb. di kota."
    )


def test_flowing_text_keeps_the_rows_of_a_table():
    table = "Indikator Target Realisasi\nPenanganan pengaduan 100% 98%\nJumlah pelatihan bagi\npendamping 3"
    assert flowing(table, begins_midline=False) == (
        "Indikator Target Realisasi\nPenanganan pengaduan 100% 98%\nJumlah pelatihan bagi pendamping 3"
    )
    assert flowing("No. | Uraian\n1 | Menunjuk petugas\n2 | Melengkapi data") == (
        "No. | Uraian\n1 | Menunjuk petugas\n2 | Melengkapi data"
    )


def test_flowing_text_breaks_after_a_line_that_ends_before_the_margin():
    text = "Waktu dan Tempat\nSenin sampai dengan Rabu, di kantor dinas yang membidangi\nPerlindungan Anak.\n\nPeserta"
    assert flowing(text, begins_midline=False) == (
        "Waktu dan Tempat\nSenin sampai dengan Rabu, di kantor dinas yang membidangi Perlindungan Anak.\n\nPeserta"
    )
    assert flowing("yang\nKota Semarang berikan kepada Forum Anak").startswith("yang Kota")


def test_overlapping_marks_are_one():
    assert pieces("abcdef", [(0, 3), (2, 4)]) == (Piece("abcd", True), Piece("ef", False))


@given(st.lists(st.tuples(st.integers(0, 10**8), st.integers(1, 10**8)), min_size=1, max_size=20))
def test_spans_survive_the_address(pairs: list[tuple[int, int]]):
    spans = tuple(Span(3, start, start + length) for start, length in pairs)
    assert read_spans(3, write_spans(spans)) == spans


def test_a_link_marks_only_what_stands_on_its_page():
    spans = [Span(1, 5, 9), Span(2, 0, 4)]
    assert page_link(DocumentId(7), VersionId(8), 2, spans) == "/dokumen/7/halaman/2?versi=8&spans=0-4#sorot"
    assert pages_of(spans) == (1, 2)


def test_a_provision_is_cited_before_its_regulation_without_a_comma():
    assert cited_as("Pasal 7 ayat (2)", "Perda X") == "Pasal 7 ayat (2) Perda X"
    assert cited_as("Hasil", "Laporan Y") == "Hasil, Laporan Y"
    assert cited_as("", "Laporan Y") == "Laporan Y"


DAY = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)


def document(name: str, metadata: Metadata, n_unread: int = 0, corrected: frozenset[str] = frozenset()) -> Document:
    ids = (DocumentId(1), VersionId(1))
    return Document(*ids, name, name, metadata, corrected, "", "", "", 1, 2, n_unread, 0, 1, True, DAY, 1)


def test_a_title_is_the_file_s_when_nothing_could_be_read_or_nothing_was_a_title():
    perda = Metadata(Kind.PERDA, "Kota Layak Anak", "2", 2021)
    assert not is_named_by_file(document("perda.pdf", perda))
    assert is_named_by_file(document("perda.pdf", perda, n_unread=2))
    assert is_named_by_file(document("foto-rapat.pdf", Metadata(title="Foto rapat")))
    assert not is_named_by_file(document("foto-rapat.pdf", Metadata(title="Foto rapat"), 2, frozenset({"title"})))


def test_a_draft_is_no_regulation():
    draft = Metadata(title="Rancangan Peraturan Daerah Kota Semarang tentang Kota Layak Anak")
    assert is_draft(document("raperda.docx", draft))
    assert not is_draft(document("perda.pdf", replace(draft, kind=Kind.PERDA)))


@pytest.mark.parametrize(
    ("metadata", "place", "expected"),
    [
        (Metadata(Kind.UU, "Desa", "6", 2014), "Pasal 9", "UU 6/2014 Pasal 9"),
        (Metadata(Kind.SOP, "SOP Konseling"), "Prosedur", "SOP Konseling › Prosedur"),
        (Metadata(Kind.SOP, "SOP Konseling"), "", "SOP Konseling"),
    ],
)
def test_a_heading_is_told_from_the_title_of_its_report(metadata: Metadata, place: str, expected: str):
    label = f"{short_name(metadata)} {place}".strip()
    hit = Hit(PassageId(1), document("a.pdf", metadata), "", label, (), "", (), (), 1.0, None, None)
    assert named(hit) == expected


def test_a_statement_of_two_provisions_is_copied_with_both():
    citation = Citation(DocumentId(1), VersionId(1), "", "Pasal 20 ayat (2)", "", Span(9, 0, 4), "dua", "", True)
    citations = [citation, citation, replace(citation, label="Pasal 20 ayat (3)"), replace(citation, label="")]
    assert places_of(citations) == "Pasal 20 ayat (2) dan Pasal 20 ayat (3)"


def test_a_copied_quote_says_where_it_stands():
    assert citation_text("dua\nkata", "Pasal 7 Perda X", "hlm. 3") == "“dua kata” (Pasal 7 Perda X, hlm. 3)"
