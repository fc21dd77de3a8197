"""The bundled reader of pairs: as trained, whatever else is read beside, and within its limits."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import BertModel, PreTrainedTokenizerFast

from index.adapter import SHIPPED, read_adapter
from index.bundled import BundledEmbedder
from index.bundled_reader import MAX_TOKENS, READER, BundledReader
from index.sentence_transformer import export_sentence_transformer
from index.training.packing import merge
from index.weights import Weights, find_weights
from kb.errors import ModelMissingError

MOST_BYTES = 8_000_000
QUESTION = "siapa yang membentuk gugus tugas kota layak anak?"
ANSWERS = "Gugus Tugas Kota Layak Anak dibentuk oleh Wali Kota dengan Keputusan Wali Kota."
TEXTS = [ANSWERS, "Retribusi parkir di tepi jalan umum dibayar tunai dengan karcis.", "Pasal 3\nCukup jelas. " * 30]


@pytest.fixture(scope="module")
def tokenizer():
    return BundledEmbedder(adapter=SHIPPED).tokenizer


@pytest.fixture(scope="module")
def reader(tokenizer):
    return BundledReader(tokenizer, precision="f32")


def test_a_text_that_answers_has_better_odds_than_others(reader):
    first, *others = (read.odds for read in reader.read(QUESTION, TEXTS))
    assert first > max(others)


def test_the_answer_is_likeliest_where_it_stands(reader):
    [read] = reader.read(QUESTION, [f"Retribusi dibayar tunai dengan karcis. {ANSWERS} Karcis disimpan."])
    start = len("Retribusi dibayar tunai dengan karcis. ")
    assert read.chance_within(start, start + len(ANSWERS)) > 0.9


@given(st.text(alphabet="aB1 \n(.—“é½ﷺ", max_size=60))
def test_every_token_read_has_its_place_in_the_text(tokenizer, text):
    places = tokenizer.places(text)
    assert len(places) == len(tokenizer.encode([text])[0]) - 2
    assert places == sorted(places)
    assert all(0 <= place < max(len(text), 1) for place in places)


def test_the_file_is_small_enough_for_the_repository():
    assert READER.stat().st_size <= MOST_BYTES


def test_it_reads_as_the_trained_model_does(reader, tmp_path):
    export_sentence_transformer(tmp_path / "plain")
    deltas = dict(read_adapter(READER, Weights(find_weights()).hash))
    head, bias = deltas.pop("head.w").reshape(2, -1), deltas.pop("head.b")
    merge(tmp_path / "plain", deltas, tmp_path / "merged")
    bert = BertModel.from_pretrained(tmp_path / "merged", add_pooling_layer=False, local_files_only=True).eval()
    tokenizer = PreTrainedTokenizerFast.from_pretrained(tmp_path / "plain", local_files_only=True)
    for text, found in zip(TEXTS, reader.read(QUESTION, TEXTS), strict=True):
        batch = tokenizer(QUESTION, text, return_tensors="pt")
        with torch.no_grad():
            states = bert(**batch).last_hidden_state[0].numpy()
        scores = states @ head.T + bias
        of_text = scores[[kind == 1 for kind in batch.sequence_ids(0)]]
        assert found.odds == pytest.approx((np.logaddexp.reduce(of_text, axis=0) - scores[0]).mean(), abs=0.02)


@given(st.permutations(TEXTS), st.integers(1, 3))
def test_the_odds_of_a_text_do_not_depend_on_what_is_read_beside_it(reader, texts, n):
    alone = [reader.read(QUESTION, [text])[0].odds for text in texts[:n]]
    assert [read.odds for read in reader.read(QUESTION, texts[:n])] == pytest.approx(alone, abs=1e-3)


@pytest.mark.parametrize("question", ["apa?", "kata " * 500])
@pytest.mark.parametrize("text", ["", "isi " * 2 * MAX_TOKENS])
def test_what_is_too_long_or_empty_is_read_as_far_as_it_goes(reader, question, text):
    [read] = reader.read(question, [text])
    assert not np.isnan(read.odds)
    assert len(read.places) == len(read.chances)
    assert not text or read.chances.sum() == pytest.approx(1.0)


def test_nothing_to_read_has_no_odds(reader):
    assert reader.read(QUESTION, []) == []


def test_a_broken_file_is_one_clear_error(tokenizer, tmp_path):
    (tmp_path / "reader.npz").write_bytes(b"no archive at all")
    with pytest.raises(ModelMissingError):
        BundledReader(tokenizer, file=tmp_path / "reader.npz")
