"""Everyday verbs: their standard form, and the words that are none."""

from pathlib import Path

import pytest

import index
from index.colloquial import KNOWN_WORDS, NAMES, active, standard
from index.stemming import is_known, read_words

FILE = Path(index.__file__).parent / "known_words.txt"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("nulis", "menulis"),
        ("milih", "memilih"),
        ("nyimpang", "menyimpang"),
        ("ngirim", "mengirim"),
        ("ngatur", "mengatur"),
        ("ngitung", "menghitung"),
        ("nyegah", "mencegah"),
        ("nggugat", "menggugat"),
        ("ndaftar", "mendaftar"),
        ("ngebina", "membina"),
        ("ngecek", "mengecek"),
        ("netapkan", "menetapkan"),
        ("ngawasi", "mengawasi"),
    ],
)
def test_a_nasal_prefix_without_me_is_that_of_the_active_verb(said: str, written: str) -> None:
    assert standard(said) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("disahin", "disahkan"),
        ("diperbaikin", "diperbaiki"),
        ("dipukulin", "dipukuli"),
        ("dibayarin", "dibayar"),
        ("bocorin", "bocorkan"),
        ("ngeluarin", "mengeluarkan"),
        ("ngobatin", "mengobati"),
        ("ngurusin", "mengurus"),
        ("nyelesain", "menyelesaikan"),
        ("ngabisin", "menghabiskan"),
    ],
)
def test_the_suffix_in_is_what_the_root_takes_in_writing(said: str, written: str) -> None:
    assert standard(said) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("malem", "malam"),
        ("ketangkep", "ketangkap"),
        ("minjem", "meminjam"),
        ("dipake", "dipakai"),
        ("taun", "tahun"),
        ("ilang", "hilang"),
    ],
)
def test_vowels_and_a_silent_h_are_those_of_writing(said: str, written: str) -> None:
    assert standard(said) == written


def test_a_clitic_stays() -> None:
    assert standard("ngurusnya") == "mengurusnya"


def test_of_two_roots_the_one_that_is_a_verb_is_meant() -> None:
    assert (standard("ngubah"), standard("ngetik"), standard("nyuci")) == ("mengubah", "mengetik", "mencuci")


@pytest.mark.parametrize(
    "word",
    [
        "menulis",
        "nyata",
        "main",
        "disiplin",
        # Ends or begins as an everyday verb, and is none
        "formalin",
        "hadirin",
        "ngarai",
        "kapel",
        # A region
        "ngawi",
        # People
        "asep",
        "nanda",
        "maman",
        "mamannya",
        # No known root is left
        "nyxang",
        "blablain",
        "di",
        "",
    ],
)
def test_a_word_is_left_alone_that_is_no_everyday_verb(word: str) -> None:
    assert standard(word) is None


@pytest.mark.parametrize(
    ("root", "verb"),
    [
        ("pukul", "memukul"),
        ("proses", "memproses"),
        ("tulis", "menulis"),
        ("kirim", "mengirim"),
        ("kritik", "mengkritik"),
        ("simpan", "menyimpan"),
        ("bina", "membina"),
        ("cari", "mencari"),
        ("urus", "mengurus"),
        ("lihat", "melihat"),
        ("bom", "mengebom"),
    ],
)
def test_the_active_verb_has_the_nasal_of_its_root(root: str, verb: str) -> None:
    assert active(root) == verb


def test_a_verb_that_begins_as_a_name_is_a_verb() -> None:
    assert standard("nandain") == "menandai"


def test_the_given_names_are_no_known_words_and_stand_in_order() -> None:
    assert sorted(name for name in NAMES if is_known(name) or name in KNOWN_WORDS) == []
    lines = FILE.with_name("given_names.txt").read_text(encoding="utf-8").splitlines()
    assert [name for line in lines if not line.startswith("#") for name in line.split()] == sorted(NAMES)


def test_the_known_words_are_no_roots_and_stand_in_order() -> None:
    assert sorted(word for word in KNOWN_WORDS if is_known(word)) == []
    lines = [line.split() for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    listed = [word for line in lines for word in line]
    assert listed == sorted(read_words(FILE.name))
