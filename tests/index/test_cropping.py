"""What of a long passage is read."""

from hypothesis import given
from hypothesis import strategies as st

from index.cropping import N_WORDS, densest_part
from index.scoring import Collection, Weights
from index.terms import Term

WEIGHTS = Weights(
    (Term("kucing", 1.0, "kucing"), Term("anjing", 1.0, "anjing")), Collection(100, {"kucing": 3, "anjing": 9}, 40.0)
)


@given(st.lists(st.sampled_from(["kucing", "anjing", "rumah", "meja;", "dan"]), max_size=300))
def test_it_is_whole_words_and_no_more_than_are_read(found: list[str]) -> None:
    text = " \n".join(found)
    start, end = densest_part(text, WEIGHTS)
    part = text[start:end]
    assert len(part.split()) == N_WORDS or part == text
    assert part.split() == found[(n := len(text[:start].split())) : n + len(part.split())]


def test_it_holds_what_the_question_asks_for_with_words_on_both_sides() -> None:
    text = " ".join(["lain"] * 150 + ["kucing", "dan", "anjing"] + ["lain"] * 150)
    start, end = densest_part(text, WEIGHTS)
    before, after = text[start:end].split("kucing dan anjing")
    assert abs(len(before.split()) - len(after.split())) <= 1


def test_a_passage_without_a_word_of_the_question_is_read_from_its_beginning() -> None:
    text = " ".join(f"kata{n}" for n in range(200))
    assert densest_part(text, WEIGHTS)[0] == 0
