"""The slices of a question set."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.evaluation.questions import Question
from api.evaluation.slices import asked_for, is_colloquial, shared, slices

WORDS = ("anak", "denda", "rapat", "pasar", "gugus")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Berapa lama usulan dijawab?", "berapa"),
        ("brp denda merokok", "berapa"),
        ("Siapa ketua dan kapan dipilih?", "siapa"),
        ("Apakah lurah boleh?", "apakah"),
        ("Apa tugas gugus tugas?", "apa"),
        ("gimana cara lapor", "bagaimana"),
        ("denda administratif perda kla", "lain"),
    ],
)
def test_a_question_asks_for_what_its_first_question_word_says(text: str, asks: str) -> None:
    assert asked_for(text) == asks


@pytest.mark.parametrize(
    ("style", "text", "plain", "is_spoken"),
    [
        ("", "gmn cara lapor", "bagaimana cara lapor", True),
        ("", "cara lapor KDRT", "cara lapor KDRT (kekerasan dalam rumah tangga)", False),
        ("", "Cara lapor?", "cara lapor", False),
        ("lisan", "cara lapor", "cara lapor", True),
        ("lengkap", "gmn cara lapor", "bagaimana cara lapor", False),
        ("inggris", "how to report", "how to report", False),
    ],
)
def test_colloquial_is_what_the_search_had_to_put_right(style: str, text: str, plain: str, is_spoken: bool) -> None:
    assert is_colloquial(Question("q", text, style=style), plain) is is_spoken


def test_shared_words_are_counted_by_their_stems() -> None:
    assert shared("Siapa melindungi anak?", "Perlindungan bagi korban") == 0.5


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=4), min_size=2, max_size=30))
def test_quarters_part_the_questions_by_words_shared(texts: list[list[str]]) -> None:
    questions = [Question(str(i), " ".join(text)) for i, text in enumerate(texts)]
    golds = dict.fromkeys((q.id for q in questions), "anak dan denda")
    found = slices(questions, {q.id: q.text for q in questions}, golds)
    quarters = [ids for name, ids in found.items() if name.startswith("words shared")]
    assert sorted(key for ids in quarters for key in ids) == sorted(golds)
    shares = [[shared(questions[int(key)].text, golds[key]) for key in ids] for ids in quarters]
    assert all(max(left) <= min(right) for left, right in itertools.pairwise(shares))
    assert max(map(len, quarters)) - min(map(len, quarters)) <= 1 or len(questions) < 4


def test_a_slice_that_is_the_whole_set_is_left_out() -> None:
    questions = [Question(str(i), "apa?", kind="perda") for i in range(3)]
    assert slices(questions, {q.id: q.text for q in questions}, {q.id: "" for q in questions}) == {}
