"""The quotable units of a passage."""

from hypothesis import given
from hypothesis import strategies as st

from index.evidence import Unit, spans_of, units
from kb.pages import Span
from kb.sections import Outline, Section, SectionKind

TEXT = "(1) Anak berhak bermain.\n(2) Pemerintah wajib menyediakan taman. Taman itu aman."
ROOT = Section(SectionKind.ROOT, "", "", "", None, (Span(1, 0, len(TEXT)),))
PASAL = Section(SectionKind.PASAL, "Pasal 1", "", "pasal-1", 0, (Span(1, 0, len(TEXT)),))
AYAT = tuple(
    Section(SectionKind.AYAT, f"ayat ({n})", "", f"pasal-1/ayat-{n}", 1, (Span(1, start, end),))
    for n, start, end in ((1, 0, 24), (2, 25, len(TEXT)))
)


def quoted(found: list[Unit], text: str = TEXT) -> list[str]:
    return [text[unit.start : unit.end] for unit in found]


def test_a_short_ayat_is_quoted_whole() -> None:
    spans = (Span(1, 0, len(TEXT)),)
    assert quoted(units(TEXT, spans, Outline((ROOT, PASAL, *AYAT)))) == TEXT.split("\n")


def test_a_passage_without_ayat_is_quoted_by_its_sentences() -> None:
    text = "Forum Anak dibentuk. Anggotanya dipilih anak."
    root = Section(SectionKind.ROOT, "", "", "", None, (Span(1, 0, len(text)),))
    assert quoted(units(text, (Span(1, 0, len(text)),), Outline((root,))), text) == [
        "Forum Anak dibentuk.",
        "Anggotanya dipilih anak.",
    ]


def test_a_unit_over_a_page_break_stands_on_both_pages() -> None:
    spans = (Span(4, 100, 105), Span(5, 20, 30))
    assert spans_of(Unit(2, 10), spans) == (Span(4, 102, 105), Span(5, 20, 24))


@given(st.lists(st.text("abc .\n", min_size=1, max_size=30), min_size=1, max_size=4), st.data())
def test_a_units_spans_quote_the_unit(pieces: list[str], data: st.DataObject) -> None:
    spans = tuple(Span(page, 7, 7 + len(piece)) for page, piece in enumerate(pieces, 1))
    text = "\n".join(pieces)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = "\n".join(
        pieces[span.page - 1][span.start - 7 : span.end - 7] for span in spans_of(Unit(start, end), spans)
    )
    assert quote.strip("\n") == text[start:end].strip("\n")


def test_a_table_without_full_stops_is_quoted_by_groups_of_lines() -> None:
    rows = [f"{number} Indikator kinerja utama dinas pemberdayaan perempuan {number}00 persen" for number in range(30)]
    text = "\n".join(rows)
    root = Section(SectionKind.ROOT, "", "", "", None, (Span(1, 0, len(text)),))
    found = quoted(units(text, (Span(1, 0, len(text)),), Outline((root,))), text)
    assert "\n".join(found) == text
    assert all(len(piece.split()) <= 60 for piece in found)
