"""Indonesian sentences."""

from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_a_full_stop_ends_a_sentence() -> None:
    assert cut("Anak dilindungi. Negara hadir.") == ["Anak dilindungi.", "Negara hadir."]


def test_abbreviations_numbers_and_initials_end_nothing() -> None:
    for text in (
        "Kantor di Jl. Pemuda No. 12, Kab. Kutai Timur.",
        "Rp. 1.500.000 diterima a.n. Bendahara dkk. pada hari itu.",
        "Ditandatangani oleh A. Rahman, S.E. selaku ketua.",
    ):
        assert cut(text) == [text]


def test_a_list_number_stays_with_its_item() -> None:
    assert cut("1. Membentuk forum anak.\n2. Menyusun rencana.") == ["1. Membentuk forum anak.", "2. Menyusun rencana."]


def test_an_item_that_ends_its_line_with_a_semicolon_is_a_sentence() -> None:
    assert cut("a. makan; dan minum;\nb. tidur.") == ["a. makan; dan minum;", "b. tidur."]


def test_a_colon_ends_what_leads_in_a_list() -> None:
    assert cut("Tugas dinas:\na. menyusun rencana;\nb. melatih kader.") == [
        "Tugas dinas:",
        "a. menyusun rencana;",
        "b. melatih kader.",
    ]
    assert cut("Tempat: balai kota.\nWaktu:\nsiang hari.") == ["Tempat: balai kota.", "Waktu:\nsiang hari."]


@given(st.text())
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    kept = set()
    for start, end in sentences(text):
        assert text[start:end] == text[start:end].strip()
        assert not kept & set(range(start, end))
        kept.update(range(start, end))
    assert all(character.isspace() for i, character in enumerate(text) if i not in kept)
