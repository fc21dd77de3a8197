"""The provision around a span and its label."""

from index.outline import label, label_of
from kb.pages import Span
from kb.sections import Outline, Section, SectionKind

SECTIONS = Outline(
    (
        Section(SectionKind.ROOT, "", "", "", None, (Span(1, 0, 100), Span(2, 0, 100))),
        Section(SectionKind.BAB, "BAB II", "HAK ANAK", "bab-2", 0, (Span(1, 0, 100), Span(2, 0, 50))),
        Section(SectionKind.PASAL, "Pasal 7", "", "pasal-7", 1, (Span(1, 20, 100), Span(2, 0, 50))),
        Section(SectionKind.AYAT, "ayat (2)", "", "pasal-7/ayat-2", 2, (Span(1, 60, 100), Span(2, 0, 50))),
        Section(SectionKind.HURUF, "huruf b", "", "pasal-7/ayat-2/huruf-b", 3, (Span(2, 10, 50),)),
    )
)


def test_a_quote_is_placed_in_the_deepest_provision_that_holds_it_whole() -> None:
    assert SECTIONS.at(Span(2, 12, 20)) == 4
    assert SECTIONS.at(Span(2, 5, 20)) == 3
    assert SECTIONS.at(Span(1, 25, 30)) == 2
    assert SECTIONS.at(Span(2, 60, 70)) == 0


def test_a_provision_is_cited_from_its_pasal_down() -> None:
    assert label(SECTIONS, 4) == "Pasal 7 ayat (2) huruf b"
    assert label(SECTIONS, 2) == "Pasal 7"


def test_a_quote_of_several_places_is_cited_by_what_they_share() -> None:
    sections = Outline(
        (
            *SECTIONS[:3],
            Section(SectionKind.AYAT, "ayat (1)", "", "pasal-7/ayat-1", 2, (Span(1, 25, 60),)),
            Section(SectionKind.AYAT, "ayat (2)", "", "pasal-7/ayat-2", 2, (Span(1, 60, 100), Span(2, 0, 50))),
            Section(SectionKind.PASAL, "Pasal 8", "", "pasal-8", 1, (Span(2, 50, 90),)),
        )
    )
    assert label_of(sections, [Span(1, 60, 100), Span(2, 0, 50)]) == "Pasal 7 ayat (2)"
    assert label_of(sections, [Span(1, 25, 60), Span(1, 60, 100)]) == "Pasal 7 ayat (1) dan ayat (2)"
    assert label_of(sections, [Span(1, 20, 100), Span(2, 0, 50)]) == "Pasal 7"
    assert label_of(sections, [Span(2, 0, 50), Span(2, 50, 90)]) == "Pasal 7 ayat (2) dan Pasal 8"
    assert label_of(Outline(), [Span(1, 0, 5)]) == ""


def test_a_section_above_the_pasal_is_cited_by_its_own_label() -> None:
    assert label(SECTIONS, 1) == "BAB II"
    assert label(SECTIONS, 0) == ""


def test_an_item_of_the_recitals_is_cited_with_them() -> None:
    sections = Outline(
        (
            SECTIONS[0],
            Section(SectionKind.CONSIDERING, "Menimbang", "", "menimbang", 0, (Span(1, 0, 50),)),
            Section(SectionKind.HURUF, "huruf c", "", "menimbang/huruf-c", 1, (Span(1, 20, 50),)),
        )
    )
    assert label(sections, 2) == "Menimbang huruf c"


def test_a_point_of_an_amendment_names_its_pasal_once() -> None:
    sections = Outline(
        (
            SECTIONS[0],
            Section(SectionKind.PASAL, "Pasal I", "", "pasal-i", 0, (Span(1, 0, 100),)),
            Section(SectionKind.AMENDMENT, "Pasal I angka 26", "", "pasal-i/angka-26", 1, (Span(1, 0, 100),)),
            Section(SectionKind.PASAL, "Pasal 95B", "", "pasal-i/angka-26/pasal-95b", 2, (Span(1, 0, 100),)),
        )
    )
    assert label(sections, 3) == "Pasal I angka 26 Pasal 95B"
