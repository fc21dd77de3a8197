import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.likeness import LEAST, N_SKETCH, closest, resemblance, sketch_of

WORDS = [f"kata{i}" for i in range(3_000)]


def text(seed: int, n: int = 4_000) -> list[str]:
    return random.Random(seed).choices(WORDS, k=n)


def test_the_same_words_are_the_same_sketch_however_they_are_laid_out() -> None:
    words = text(1)
    pages = [" ".join(words[:1_000]).upper(), "\n".join(words[1_000:]) + "."]
    assert np.array_equal(sketch_of([" ".join(words)]), sketch_of(pages))


@pytest.mark.parametrize("share", [0.0, 0.02, 0.05, 0.1, 0.3])
def test_resemblance_is_that_of_the_shingles(share: float) -> None:
    words, chance = text(2), random.Random(3)
    other = [f"salah{i}" if chance.random() < share else word for i, word in enumerate(words)]
    sets = [{tuple(each[i : i + 3]) for i in range(len(each) - 2)} for each in (words, other)]
    true = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    assert resemblance(sketch_of([" ".join(words)]), sketch_of([" ".join(other)])) == pytest.approx(true, abs=0.1)


def test_different_texts_do_not_resemble_each_other() -> None:
    assert resemblance(sketch_of([" ".join(text(4))]), sketch_of([" ".join(text(5))])) == 0.0


def test_too_few_words_resemble_nothing() -> None:
    assert resemblance(sketch_of(["dua kata"]), sketch_of(["dua kata"])) == 0.0
    assert resemblance(sketch_of([]), sketch_of(["tiga kata saja di sini"])) == 0.0


@given(st.lists(st.text(max_size=40), max_size=5), st.lists(st.text(max_size=40), max_size=5))
def test_resemblance_is_symmetric_and_a_share(one: list[str], other: list[str]) -> None:
    first, second = sketch_of(one), sketch_of(other)
    assert len(first) <= N_SKETCH
    assert 0.0 <= resemblance(first, second) == resemblance(second, first) <= 1.0
    assert resemblance(first, first) == (1.0 if len(first) else 0.0)


def test_the_closest_are_those_that_resemble_enough() -> None:
    words = text(6)
    others = [sketch_of([" ".join(words[: int(len(words) * share)])]) for share in (1.0, 0.8, 0.6, 0.2)]
    others += [sketch_of([" ".join(text(7))]), sketch_of([])]
    sketch = sketch_of([" ".join(words)])
    assert closest(sketch, others) == {
        place: found for place, other in enumerate(others) if (found := resemblance(sketch, other)) >= LEAST
    }
