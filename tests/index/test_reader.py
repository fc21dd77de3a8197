"""The reader of pairs: how likely a text answers a question."""

import json

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer as WordTokenizer
from tokenizers import pre_tokenizers, processors
from tokenizers.models import WordLevel
from transformers import BertConfig, BertForSequenceClassification

from index.adapter import write_adapter
from index.bundled import BundledEmbedder
from index.cross_encoder import CrossEncoderReader
from index.embed import ToyEmbedder
from index.reader import SHIPPED, BundledReader, load_reader
from index.sentence_transformer import export_sentence_transformer
from index.training.packing import merge_reader
from index.weights import find_weights
from kb.errors import ModelMissingError
from kb.settings import Settings

QUESTION = "siapa yg bentuk gugus tugas kota layak anak?"
ANSWERS = "Gugus Tugas Kota Layak Anak dibentuk oleh Wali Kota dengan Keputusan Wali Kota."
BESIDE = "Gugus Tugas Kota Layak Anak mengadakan rapat paling sedikit satu kali dalam tiga bulan."
ELSEWHERE = "Retribusi parkir di tepi jalan umum dibayar tunai dengan karcis."
TEXTS = [ANSWERS, BESIDE, ELSEWHERE, "Pasal 1 " + "Dalam Peraturan Daerah ini yang dimaksud dengan: " * 60, "a"]


@pytest.fixture(scope="module")
def tokenizer():
    return BundledEmbedder(precision="f32").tokenizer


@pytest.fixture(scope="module")
def reader(tokenizer):
    return BundledReader(tokenizer, precision="f32")


def test_a_text_that_answers_is_likelier_than_one_about_something_else(reader):
    answers, _, elsewhere = reader.read(QUESTION, TEXTS[:3])
    assert answers > elsewhere


def test_the_odds_of_a_text_do_not_depend_on_who_is_read_beside_it(reader):
    together = reader.read(QUESTION, TEXTS)
    alone = np.concatenate([reader.read(QUESTION, [text]) for text in TEXTS])
    assert together == pytest.approx(alone, abs=1e-3)


def test_nothing_to_read_has_no_odds(reader):
    assert reader.read(QUESTION, []).shape == (0,)


def test_the_graph_gives_the_odds_of_the_cross_encoder_with_the_same_weights(reader, tmp_path):
    export_sentence_transformer(tmp_path / "plain")
    merge_reader(tmp_path / "plain", SHIPPED, tmp_path / "reader")
    theirs = CrossEncoderReader(str(tmp_path / "reader"))
    assert reader.read(QUESTION, TEXTS) == pytest.approx(theirs.read(QUESTION, TEXTS), abs=0.01)


def test_the_shipped_reader_is_at_most_eight_megabytes():
    assert SHIPPED.stat().st_size <= 8_000_000


def test_a_reader_for_other_weights_is_refused(tokenizer, tmp_path):
    write_adapter(tmp_path / "reader.npz", "abc", {"l0.q.b": np.zeros(384, np.float32)}, {}, rank=1)
    with pytest.raises(ModelMissingError, match="abc"):
        BundledReader(tokenizer, file=tmp_path / "reader.npz")


def tiny(folder, n_outputs=1):
    """A cross-encoder of 16 dimensions with random weights, saved in `folder`."""
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *QUESTION.split(), *ANSWERS.split()]
    tokenizer = WordTokenizer(WordLevel({word: i for i, word in enumerate(dict.fromkeys(words))}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "[PAD]", "model_max_length": 64}
    (folder / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    torch.manual_seed(1)
    BertForSequenceClassification(
        BertConfig(vocab_size=64, max_position_embeddings=64, num_labels=n_outputs, **sizes)
    ).save_pretrained(folder)
    return folder


def test_any_cross_encoder_of_a_folder_reads_pairs(tmp_path):
    reader = load_reader(Settings(home=tmp_path, reranker=str(tiny(tmp_path / "kecil"))), BundledEmbedder())
    assert isinstance(reader, CrossEncoderReader)
    odds = reader.read(QUESTION, TEXTS[:3])
    assert odds.shape == (3,)
    assert len(set(odds.tolist())) > 1
    assert reader.stamp == "reader kecil"


def test_a_cross_encoder_with_several_outputs_is_refused(tmp_path):
    with pytest.raises(ModelMissingError, match="KB_RERANKER"):
        CrossEncoderReader(str(tiny(tmp_path / "kecil", n_outputs=3)))


def test_a_folder_that_is_no_cross_encoder_is_refused(tmp_path):
    with pytest.raises(ModelMissingError, match="KB_RERANKER"):
        CrossEncoderReader(str(tmp_path))


@pytest.mark.parametrize("given", [Settings(home=find_weights().parent, care="cepat")])
def test_where_speed_was_chosen_nothing_is_read(given):
    assert load_reader(given, BundledEmbedder()) is None


def test_beside_the_toy_of_the_tests_nothing_is_read(tmp_path):
    assert load_reader(Settings(home=tmp_path), ToyEmbedder()) is None
