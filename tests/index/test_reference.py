"""What a question names."""

import pytest

from index.reference import Reference, read_reference
from kb.documents import Kind


@pytest.mark.parametrize(
    ("question", "reference"),
    [
        ("UU 35/2014 pasal 76C", Reference(Kind.UU, "35", 2014, "76C")),
        ("apa isi ps 7 ay 2 perda no. 3 th 2019?", Reference(Kind.PERDA, "3", 2019, "7", "2")),
        ("Undang-Undang Nomor 23 Tahun 2002 Pasal 9 ayat (1a)", Reference(Kind.UU, "23", 2002, "9", "1a")),
        ("peraturan wali kota nomor 101 tahun 2021", Reference(Kind.PERWAL, "101", 2021)),
        ("perda tentang parkir", Reference(Kind.PERDA)),
        ("siapa yang membentuk forum anak pada tahun 2020?", Reference()),
        ("kasus 12/2020 anak", Reference(None, "12", 2020)),
        ("psl. 76 c uu 35/2014", Reference(Kind.UU, "35", 2014, "76C")),
        ("pasal 7 uu 35/2014 ayat 2", Reference(Kind.UU, "35", 2014, "7", "2")),
        ("ayat (3) Pasal 3 PP 30/2007", Reference(Kind.PP, "30", 2007, "3", "3")),
        ("Pasal 7 dan Pasal 8 ayat (2) UU 4/1976", Reference(Kind.UU, "4", 1976, "7")),
        ("Pasal I UU 4/1976", Reference(Kind.UU, "4", 1976, "I")),
        ("Pasal 1365 KUH Perdata", Reference(pasal="1365")),
        (
            "Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2016",
            Reference(Kind.PERPPU, "1", 2016),
        ),
        ("permendagri 80 tahun 2015", Reference(Kind.PERMEN, "80", 2015)),
        ("Keppres No. 36 Tahun 1990", Reference(Kind.PERPRES, "36", 1990)),
    ],
)
def test_a_reference_is_read_as_offices_type_it(question: str, reference: Reference) -> None:
    assert read_reference(question) == reference


def test_a_pasal_has_the_address_of_its_section() -> None:
    assert read_reference("UU 35/2014 pasal 76C").address() == "pasal-76c"
    assert read_reference("pasal 7 ayat (2)").address() == "pasal-7/ayat-2"
    assert read_reference("perda parkir").address() is None
