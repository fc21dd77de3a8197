"""The probability that an answer answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.library import Library
from index.confidence import OF_READER, OF_TOKENS, OF_VECTORS, SIGNALS, confidence, signals
from index.dense import EMPTY
from tests.shelf import asked

KNOWN_MODEL = "multilingual-e5-small-q4"
MODELS = (KNOWN_MODEL, "a model of the office")

shares = st.floats(0.0, 1.0)
found_signals = st.fixed_dictionaries(dict.fromkeys(SIGNALS, shares))


@given(found=found_signals, model=st.sampled_from(MODELS))
def test_confidence_is_a_probability(found: dict[str, float], model: str) -> None:
    assert 0.0 <= confidence(found, model) <= 1.0


@given(found=found_signals, more=shares, name=st.sampled_from(SIGNALS), model=st.sampled_from(MODELS))
def test_confidence_never_falls_when_a_signal_rises(
    found: dict[str, float], more: float, name: str, model: str
) -> None:
    risen = {**found, name: max(found[name], more)}
    assert confidence(risen, model) >= confidence(found, model)


@pytest.mark.parametrize("model", MODELS)
def test_an_answer_that_covers_the_question_is_surer_than_one_that_does_not(model: str) -> None:
    same = dict.fromkeys(SIGNALS, 0.5)
    assert confidence({**same, "covered": 1.0}, model) > confidence({**same, "covered": 0.0}, model)


@given(found=found_signals, cosine=shares, spread=shares)
def test_the_cosines_of_an_unknown_model_say_nothing(found: dict[str, float], cosine: float, spread: float) -> None:
    other = {**found, "cosine": cosine, "spread": spread}
    assert {name for name in SIGNALS if other[name] != found[name]} <= OF_VECTORS
    assert confidence(other, MODELS[1]) == confidence(found, MODELS[1])


def test_every_signal_of_a_question_is_a_share(shelf: Library) -> None:
    found = shelf.signals(asked("berapa kali gugus tugas bersidang"))
    assert found is not None
    assert set(found) == set(SIGNALS) - OF_READER - OF_TOKENS
    assert all(0.0 <= value <= 1.0 + 1e-6 for value in found.values())


def test_a_question_without_candidates_has_no_signals(shelf: Library) -> None:
    candidates = shelf.retriever.candidates("anak", documents=())
    assert np.array_equal(candidates.ids, EMPTY.ids)
    with pytest.raises(ValueError, match="at least one candidate"):
        signals(candidates, EMPTY, 0.0, {}, {}, shelf.search(asked("anak"))[0])
    assert shelf.signals(asked("anak", regions=frozenset({"Kota Entah"}))) is None
