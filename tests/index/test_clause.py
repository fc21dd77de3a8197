import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clause import MOST_WORDS, parts
from kb.errors import QueryRefusedError
from kb.precedent import MAX_CLAUSE_CHARACTERS


def test_a_short_clause_is_one_part() -> None:
    assert parts("(1) Bupati membentuk\ngugus tugas.") == ("(1) Bupati membentuk gugus tugas.",)


def test_a_long_clause_is_cut_at_its_ayat() -> None:
    long = " ".join(["kata"] * 70)
    assert parts(f"Pasal 5\n(1) {long}\n(2) {long}") == (f"Pasal 5 (1) {long}", f"(2) {long}")


@given(
    st.lists(
        st.sampled_from(["anak", "bupati", "wajib.", "\n(1)", "\n\n", "Pasal 7\n", "dan"]), min_size=1, max_size=600
    )
)
def test_the_parts_hold_every_word_in_order_and_none_is_long(words: list[str]) -> None:
    text = f"anak {' '.join(words)}"
    found = parts(text)
    assert " ".join(found).split() == text.split()
    assert max(len(part.split()) for part in found) <= MOST_WORDS + 10


@pytest.mark.parametrize("text", ["", " \n ", "a" * (MAX_CLAUSE_CHARACTERS + 1), "anak \udc80"])
def test_a_clause_that_cannot_be_looked_up_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError):
        parts(text)
