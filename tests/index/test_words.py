"""The content words of a text: what counts as one, and where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import STOP_WORDS, Word, analyse, fold, words


def test_words_know_their_places_in_the_original_text() -> None:
    assert words("Hak korban, dan pelaku.") == [Word("hak", 0, 3), Word("korban", 4, 10), Word("pelaku", 16, 22)]


@pytest.mark.parametrize("text", ["anak-anak", "Anak-anaknya", "anak2", "anak2nya", "ANAK-ANAK", "anak‑anak"])
def test_a_reduplication_is_one_word_over_both_halves(text: str) -> None:
    assert words(text) == [Word("anak", 0, len(text))]


def test_a_compound_with_a_hyphen_is_two_words() -> None:
    assert words("sosial-ekonomi") == [Word("sosial", 0, 6), Word("ekonomi", 7, 14)]


def test_a_word_broken_at_the_end_of_a_line_is_one() -> None:
    assert words("per-\nlindungan anak") == [Word("lindung", 0, 14), Word("anak", 15, 19)]


def test_a_compound_written_together_is_a_word_for_each_part_over_the_same_place() -> None:
    assert words("tanggungjawab") == [Word("tanggung", 0, 13), Word("jawab", 0, 13)]


@pytest.mark.parametrize(
    ("text", "analysed"),
    [
        ("Pasal 76C UU 35/2014", "pasal 76c uu 35 2014"),
        ("Rp1.500.000", "rp 1500000"),
        ("Nomor 07 Tahun 2020", "nomor 7 tahun 2020"),
        ("BAB IV", "bab 4"),
        ("bab iv", "bab 4"),
        ("klaster I", "klaster 1"),
        ("pasal7", "pasal 7"),
        ("P2TP2A dan DP3A", "p2tp2a dp3a"),
        ("HIV/AIDS", "hiv aids"),
        ("S.E. Bupati", "se bupati"),
        ("Jum'at", "jumat"),
        ("konﬂik café", "konflik cafe"),
        ("perlin\u00addungan", "lindung"),
        ("", ""),
        ("yang dan di", ""),
        ("محمد 中", ""),
    ],
)
def test_analyse_gives_the_stems_of(text: str, analysed: str) -> None:
    assert analyse(text) == analysed


def test_accents_typed_as_separate_characters_are_folded() -> None:
    assert analyse("cafe\u0301") == "cafe"


def test_fold_keeps_letters_and_digits_only() -> None:
    assert fold("Ｓãø-½") == "sao12"


def test_words_that_change_the_meaning_are_no_stop_words() -> None:
    assert STOP_WORDS.isdisjoint({"tidak", "tanpa", "wajib", "boleh", "dilarang", "harus", "bukan"})


TEXT = st.text(max_size=200) | st.text("aAnk-2'./ \n\u00ad0XIV", max_size=60)


@given(TEXT)
def test_stems_are_only_small_letters_and_digits(text: str) -> None:
    assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789 " for c in analyse(text))


@given(TEXT)
def test_analyse_is_the_stems_of_words(text: str) -> None:
    assert analyse(text) == " ".join(word.stem for word in words(text))


@given(TEXT)
def test_places_are_in_order_and_inside_the_text(text: str) -> None:
    found = words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert found == sorted(found, key=lambda word: word.start)
