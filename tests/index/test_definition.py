"""Questions for a definition and the clauses that define."""

import pytest

from index.definition import defined_term, defines


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("definisi anak menurut UU Perlindungan Anak", "anak"),
        ("Apa yang dimaksud dengan Forum Anak?", "Forum Anak"),
        ("apa itu PATBM", "PATBM"),
        ("pengertian kekerasan seksual dalam UU TPKS", "kekerasan seksual"),
        ("siapa yang membentuk forum anak", None),
    ],
)
def test_what_is_to_be_defined_is_read_from_the_question(question: str, term: str | None) -> None:
    assert defined_term(question) == term


def test_a_clause_that_begins_with_the_term_defines_it() -> None:
    assert defines("1. Anak adalah seseorang yang belum berusia 18 tahun.", "anak")
    assert defines(
        "dimaksud dengan:\n3. Kota Layak Anak yang selanjutnya disingkat KLA adalah kota", "Kota Layak\nAnak"
    )
    assert not defines("2. Perlindungan Anak adalah segala kegiatan", "anak")
    assert not defines("Setiap anak berhak atas nama.", "anak")
