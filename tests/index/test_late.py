"""Late interaction: packed token vectors, and how well they meet a question's tokens."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.adapter import SHIPPED as ADAPTER
from index.bundled import BundledEmbedder
from index.embed import ToyEmbedder
from index.late import TokenCode, met
from kb.errors import ModelMissingError
from kb.vectors import Vectors

CODE = TokenCode()
QUESTION = "Berapa lama gugus tugas harus menyusun rencana aksi?"
ANSWERS = "Gugus tugas menyusun rencana aksi daerah paling lama enam bulan sejak ditetapkan."
BESIDE = "Gugus tugas beranggotakan unsur perangkat daerah, dunia usaha dan media massa."


def tokens(n: int, seed: int = 1) -> Vectors:
    """Token vectors spread as those of the bundled model are."""
    with np.load(Path(ADAPTER).with_name("tokens.npz")) as spread:
        noise = np.random.default_rng(seed).normal(size=(n, CODE.dim))
        return np.asarray(spread["mean"] + spread["deviation"] * noise, np.float32)


@pytest.fixture(scope="module")
def embedder() -> BundledEmbedder:
    return BundledEmbedder(precision="f32", adapter=ADAPTER)


@given(n=st.integers(0, 9))
def test_every_token_is_kept(n: int) -> None:
    assert CODE.n_tokens(CODE.pack(tokens(n))) == n


def test_a_packed_token_is_still_nearest_to_itself() -> None:
    rows = tokens(40)
    [near] = CODE.near(rows, [CODE.pack(rows)])
    assert near.argmax(axis=1).tolist() == list(range(40))
    assert near.diagonal().min() > 0.9


@given(parts=st.lists(st.integers(0, 5), max_size=5))
def test_how_near_a_passage_is_does_not_depend_on_the_others(parts: list[int]) -> None:
    packed = [CODE.pack(tokens(n, seed)) for seed, n in enumerate(parts)]
    question = tokens(3, 99)
    for near, blob in zip(CODE.near(question, packed), packed, strict=True):
        assert near == pytest.approx(CODE.near(question, [blob])[0], abs=1e-5)


def test_a_token_is_met_by_its_nearest_and_a_passage_without_tokens_meets_none() -> None:
    near = [np.array([[0.2, 0.9], [0.5, 0.1]], np.float32), np.empty((2, 0), np.float32)]
    assert met(near).tolist() == pytest.approx(np.array([[0.9, 0.5], [0.0, 0.0]], np.float32))


def test_the_vectors_beside_the_tokens_are_those_without_them(embedder: BundledEmbedder) -> None:
    found = embedder.embed_with_tokens([ANSWERS, BESIDE])
    assert found.vectors == pytest.approx(embedder.embed_passages([ANSWERS, BESIDE]), abs=1e-6)
    # The special tokens and the prefix, "passage" and ":", are not kept.
    assert [CODE.n_tokens(blob) + 4 for blob in found.tokens] == embedder.count_tokens([ANSWERS, BESIDE])
    vector, rows = embedder.query_with_tokens(QUESTION)
    assert vector == pytest.approx(embedder.embed_query(QUESTION), abs=1e-6)
    assert rows.shape[1] == CODE.dim


def test_the_passage_that_answers_meets_the_question_better(embedder: BundledEmbedder) -> None:
    _, question = embedder.query_with_tokens(QUESTION)
    answers, beside = met(CODE.near(question, list(embedder.embed_with_tokens([ANSWERS, BESIDE]).tokens))).mean(axis=1)
    assert answers > beside + 0.05


def test_a_question_of_several_windows_keeps_the_tokens_of_all(embedder: BundledEmbedder) -> None:
    _, tokens_of_all = embedder.query_with_tokens("perlindungan anak " * 400)
    assert len(tokens_of_all) >= 800 > embedder.max_tokens


def test_models_without_a_code_keep_no_tokens() -> None:
    for embedder in (ToyEmbedder(), BundledEmbedder(precision="f32")):
        assert embedder.token_code is None
        assert embedder.embed_with_tokens([ANSWERS]).tokens == ()
        assert len(embedder.query_with_tokens(QUESTION)[1]) == 0
        assert not embedder.stamp.tokens


def test_a_broken_file_of_the_code_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "tokens.npz"
    broken.write_bytes(b"PK\x03\x04 half")
    with pytest.raises(ModelMissingError, match=r"tokens\.npz"):
        TokenCode(broken)
