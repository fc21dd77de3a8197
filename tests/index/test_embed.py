import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embed import Embedder, Stamp, ToyEmbedder, check_lengths, load_embedder, windows
from kb.errors import ModelMissingError
from kb.settings import Settings

ANY_TEXT = st.text(st.characters() | st.sampled_from("\0 \ud800\udfff\ufdfa\u2581"), max_size=200)


@pytest.fixture(scope="module", params=["toy", "bundled"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return load_embedder(Settings(home=Path("unused"), model=request.param))


@settings(max_examples=50)
@given(text=ANY_TEXT)
def test_any_query_has_a_finite_unit_vector(embedder, text):
    vector = embedder.embed_query(text)
    assert (vector.shape, vector.dtype) == ((embedder.dim,), np.float32)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@settings(max_examples=30)
@given(texts=st.lists(ANY_TEXT.map(lambda text: text[:40]), max_size=4))
def test_any_passages_have_finite_unit_vectors(embedder, texts):
    vectors = embedder.embed_passages(texts)
    assert (vectors.shape, vectors.dtype) == ((len(texts), embedder.dim), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)


def test_a_query_and_a_passage_of_the_same_words_differ(embedder):
    text = "hak anak atas perlindungan"
    [passage] = embedder.embed_passages([text])
    assert 0.5 < passage @ embedder.embed_query(text) < 0.999


def test_a_query_is_nearest_to_the_passage_of_its_words(embedder):
    passages = embedder.embed_passages(["resep nasi goreng", "perlindungan hak anak", "jadwal kereta api"])
    assert np.argmax(passages @ embedder.embed_query("hak anak")) == 1


def test_vectors_come_in_the_order_of_their_texts(embedder):
    texts = ["anak " * n for n in (90, 3, 200, 1, 30)]
    assert embedder.embed_passages(texts) == pytest.approx(
        np.concatenate([embedder.embed_passages([text]) for text in texts]), abs=1e-3
    )


def test_a_passage_at_the_limit_is_embedded(embedder):
    text = _passage_of(embedder, embedder.max_tokens)
    assert embedder.embed_passages([text]).shape == (1, embedder.dim)


def test_a_passage_over_the_limit_is_refused_with_its_count(embedder):
    text = _passage_of(embedder, embedder.max_tokens + 1)
    with pytest.raises(ValueError, match=f"at most {embedder.max_tokens} tokens, but passage 1 has 513"):
        embedder.embed_passages(["pendek", text])


def test_the_end_of_a_query_over_the_limit_still_counts(embedder):
    start = "rapat anggaran daerah " * 300
    vectors = [embedder.embed_query(start + end) for end in ("resep nasi goreng " * 60, "perlindungan anak " * 60)]
    assert vectors[0] @ vectors[1] < 0.999


def test_the_stamp_names_the_dimension_of_the_vectors(embedder):
    assert embedder.stamp.dim == embedder.dim == len(embedder.embed_query("anak"))


def test_no_texts_have_no_vectors(embedder):
    assert embedder.embed_passages([]).shape == (0, embedder.dim)


def test_a_toy_token_is_a_word():
    assert ToyEmbedder().count_tokens(["Pasal 7 ayat (2)", "", "  anak  "]) == [4, 0, 1]


def test_the_toy_ignores_the_order_of_words():
    first, second = ToyEmbedder().embed_passages(["hak anak", "anak hak"])
    assert first.tolist() == second.tolist()


def test_a_stamp_prints_as_one_line_with_every_part():
    stamp = Stamp("e5", "1571fc98", 384, "query: ", "passage: ")
    assert str(stamp) == "e5 weights=1571fc98 dim=384 query='query: ' passage='passage: '"


def test_a_count_over_the_limit_names_the_passage():
    with pytest.raises(ValueError, match="at most 5 tokens, but passage 2 has 6"):
        check_lengths([5, 1, 6], 5)


@given(text=st.text(), limit=st.integers(1, 40))
def test_windows_fit_and_lose_only_white_space(text, limit):
    pieces = windows(text, lambda piece: len(piece) <= limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)


def test_windows_cut_at_the_space_nearest_the_middle():
    assert windows("satu dua tiga empat", lambda piece: len(piece) <= 10) == ["satu dua", "tiga empat"]


def test_a_model_that_is_nowhere_is_missing(tmp_path):
    with pytest.raises(ModelMissingError, match="KB_MODEL"):
        load_embedder(Settings(home=tmp_path, model=str(tmp_path / "tidak-ada")))


def _passage_of(embedder, n_tokens):
    """A passage that costs exactly `n_tokens`."""
    one, two = embedder.count_tokens(["a", "a a"])
    text = " ".join("a" * ((n_tokens - one) // (two - one) + 1))
    assert embedder.count_tokens([text]) == [n_tokens]
    return text
