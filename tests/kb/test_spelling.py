"""What the office ruled to be hidden is masked however its words are joined."""

import pytest

from kb.identity import MASK, ruled

PHRASES = frozenset({"siti aminah"})


@pytest.mark.parametrize(
    "between",
    [" ", "  ", "\n", "\u00a0", "_", "-", "+", ".", "_-_", "%20", "\u2013", "\u2011", "\u00ad", "\u200b"],
)
def test_a_ruled_name_is_masked_whatever_joins_its_words(between: str) -> None:
    line = f"laporan_Siti{between}AMINAH.pdf"
    shown = ruled(line, PHRASES)
    assert len(shown) == len(line)
    letters = "".join(between.split())
    assert "".join(shown.split()) == f"laporan_{MASK * (10 + len(letters))}.pdf"


def test_a_ruled_name_is_masked_right_after_an_encoded_blank() -> None:
    assert ruled("laporan%20Siti%20Aminah.pdf", PHRASES) == f"laporan%20{MASK * 13}.pdf"


def test_two_sentences_make_no_name() -> None:
    text = "Petugas menemui Siti. Aminah adalah kader; Siti, Aminah dan Sitiaminah hadir."
    assert ruled(text, PHRASES) == text


def test_a_word_that_two_ruled_names_share_leaves_neither_readable() -> None:
    assert ruled("Siti Aminah Putri", PHRASES | {"aminah putri"}) == f"{MASK * 4} {MASK * 6} {MASK * 5}"
