"""The provision around a span and its label."""

from index.outline import label, section_at
from kb.types import Section, SectionKind, Span

SECTIONS = (
    Section(SectionKind.ROOT, "", "", "", None, (Span(1, 0, 100), Span(2, 0, 100))),
    Section(SectionKind.BAB, "BAB II", "HAK ANAK", "bab-2", 0, (Span(1, 0, 100), Span(2, 0, 50))),
    Section(SectionKind.PASAL, "Pasal 7", "", "pasal-7", 1, (Span(1, 20, 100), Span(2, 0, 50))),
    Section(SectionKind.AYAT, "ayat (2)", "", "pasal-7/ayat-2", 2, (Span(1, 60, 100), Span(2, 0, 50))),
    Section(SectionKind.HURUF, "huruf b", "", "pasal-7/ayat-2/huruf-b", 3, (Span(2, 10, 50),)),
)


def test_a_quote_is_placed_in_the_deepest_provision_that_holds_it_whole() -> None:
    assert section_at(SECTIONS, Span(2, 12, 20)) == 4
    assert section_at(SECTIONS, Span(2, 5, 20)) == 3
    assert section_at(SECTIONS, Span(1, 25, 30)) == 2
    assert section_at(SECTIONS, Span(2, 60, 70)) == 0


def test_a_provision_is_cited_from_its_pasal_down() -> None:
    assert label(SECTIONS, 4) == "Pasal 7 ayat (2) huruf b"
    assert label(SECTIONS, 2) == "Pasal 7"


def test_a_section_above_the_pasal_is_cited_by_its_own_label() -> None:
    assert label(SECTIONS, 1) == "BAB II"
    assert label(SECTIONS, 0) == ""
