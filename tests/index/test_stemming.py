"""The stemmer against families of words as a reader of Indonesian groups them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stemming import EXCEPTIONS, ROOTS, bare_forms, is_known, stem, stems

FAMILIES = {
    "terima": "menerima diterima penerimaan penerima",
    "lindung": "melindungi dilindungi perlindungan pelindungan",
    "libat": "terlibat keterlibatan melibatkan",
    "cepat": "mempercepat percepatan secepatnya",
    "tingkat": "meningkatkan peningkatan ditingkatkan",
    "asuh": "mengasuh diasuh pengasuhan",
    "daya": "memberdayakan pemberdayaan berdaya",
    "selenggara": "menyelenggarakan diselenggarakan penyelenggaraan penyelenggara",
    "cegah": "mencegah pencegahan dicegah",
    "tanggulang": "menanggulangi penanggulangan",
    "rencana": "merencanakan perencanaan berencana",
    "kerja": "bekerja pekerja mempekerjakan pekerjaan",
    "ajar": "belajar pelajar pembelajaran mengajar pelajaran",
    "awas": "mengawasi pengawasan pengawas",
    "pukul": "memukul dipukul pemukulan",
    "tulis": "menulis penulis tertulis",
    "sosialisasi": "mensosialisasikan disosialisasikan",
    "penduduk": "kependudukan penduduknya",
    "menteri": "kementerian",
    "adil": "keadilan peradilan berkeadilan",
    "daftar": "mendaftar pendaftaran terdaftar",
}


@pytest.mark.parametrize("root", FAMILIES)
def test_a_family_of_words_has_one_root(root: str) -> None:
    assert {word: stem(word) for word in FAMILIES[root].split()} == dict.fromkeys(FAMILIES[root].split(), root)


WHOLE = (
    "kepala perempuan sungai menteri suami sekolah disabilitas bupati pemerintah pengadilan masalah ilmu buku keluarga"
)


@pytest.mark.parametrize("word", WHOLE.split())
def test_a_root_that_looks_affixed_stays_whole(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("one", "other"), [("pelaku", "melakukan"), ("pemerintahan", "perintah"), ("saksi", "sanksi"), ("kepala", "pala")]
)
def test_words_that_only_look_related_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_clitic_comes_off_a_word_that_nobody_knows() -> None:
    assert stem("einsteinnya") == "einstein"


def test_an_unknown_word_stays_as_it_is() -> None:
    assert stem("amsterdam") == "amsterdam"


@pytest.mark.parametrize(
    ("word", "roots"),
    [
        ("pertanggungjawaban", ("tanggung", "jawab")),
        ("menandatangani", ("tanda", "tangan")),
        ("ditindaklanjuti", ("tindak", "lanjut")),
        ("pengarusutamaan", ("arus", "utama")),
        ("antardaerah", ("antar", "daerah")),
        ("nonformal", ("non", "formal")),
        ("kewarganegaraan", ("warga", "negara")),
    ],
)
def test_a_compound_written_together_has_the_roots_of_its_parts(word: str, roots: tuple[str, ...]) -> None:
    assert stems(word) == roots


def test_old_spellings_have_the_root_of_the_new() -> None:
    assert (stem("ijin"), stem("beresiko"), stem("isterinya")) == ("izin", "risiko", "istri")


def test_the_roots_are_plain_letters() -> None:
    assert {root for root in ROOTS if not (root.isascii() and root.isalpha() and root.islower())} == set()


def test_no_exception_leads_to_another() -> None:
    chained = {form for form, roots in EXCEPTIONS.items() if any(root in EXCEPTIONS for root in roots)}
    assert chained == set()


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30))
def test_a_stem_is_never_empty(word: str) -> None:
    assert all(stems(word))
    assert stem(word)


@given(st.sampled_from(sorted(ROOTS)))
def test_a_root_is_its_own_stem_or_an_exception(root: str) -> None:
    assert stem(root) == root or root in EXCEPTIONS


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_a_word_is_among_its_bare_forms_at_no_cost(word: str) -> None:
    assert bare_forms(word)[word] == 0


def test_an_affixed_word_is_known_by_its_root() -> None:
    assert is_known("perlindungannya")
    assert not is_known("xqzwv")
