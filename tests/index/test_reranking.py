"""The order of the first hits by a reader of pairs: any CrossEncoder, here a tiny one with random weights."""

import json

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer as WordTokenizer
from tokenizers import pre_tokenizers, processors
from tokenizers.models import WordLevel
from transformers import BertConfig, BertForSequenceClassification

from api.library import Library
from index.cross_encoder import CrossEncoderReader
from index.dense import Ranking
from index.embed import ToyEmbedder
from index.reading import NOWHERE, Read
from index.reranking import Reranker, chance, load_reranker
from index.search import Searcher
from kb.access import LOCAL_ADMIN
from kb.errors import ModelMissingError
from kb.questions import Query
from kb.settings import Settings
from tests.shelf import asked

QUESTION = "siapa membentuk gugus tugas kota layak anak"
TEXTS = [
    "Gugus Tugas Kota Layak Anak dibentuk oleh Wali Kota dengan Keputusan Wali Kota.",
    "Retribusi parkir di tepi jalan umum dibayar tunai dengan karcis.",
    "Forum Anak beranggotakan paling sedikit 15 (lima belas) anak.",
]


def said(odds):
    """What a reader says that tells odds and no places."""
    return Read(odds, NOWHERE, np.empty(0))


class Likes:
    """A reader that likes one text, and remembers what it read."""

    stamp = "likes"

    def __init__(self, liked):
        self.liked = liked
        self.was_read = []

    def load(self):
        pass

    def read(self, question, texts):
        self.was_read += texts
        return [said(8.0 if text == self.liked else -8.0) for text in texts]


THREE = Ranking(np.array([1, 2, 3]), np.array([0.9, 0.8, 0.7]))


def test_a_text_that_surely_answers_comes_first():
    reranker = Reranker(Likes("c"), n_read=3, n_first=3, enough=0.0, weight=0.4, reads_provisions=True)
    reranked, read = reranker.rerank("?", THREE, ["a", "b", "c"])
    assert reranked.ids.tolist() == [3, 1, 2]
    assert reranked.scores == pytest.approx([0.7 + 0.4, 0.9, 0.8], abs=1e-3)
    assert [each.odds for each in read] == [-8.0, -8.0, 8.0]


@pytest.mark.parametrize(("liked", "read"), [("a", ["a"]), ("b", ["a", "b", "c"])])
def test_once_the_first_text_surely_answers_no_other_is_read(liked, read):
    reader = Likes(liked)
    reranker = Reranker(reader, n_read=3, n_first=1, enough=2.0, weight=0.4, reads_provisions=True)
    reranked, found = reranker.rerank("?", THREE, ["a", "b", "c"])
    assert reader.was_read == read
    assert len(found) == len(read)
    assert reranked.ids[0] == {"a": 1, "b": 2}[liked]


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=5))
def test_a_text_that_was_not_read_never_passes_one_that_was(odds):
    class Says:
        stamp = "says"

        def load(self):
            pass

        def read(self, question, texts):
            return [said(each) for each in odds]

    n = len(odds)
    ranking = Ranking(np.arange(n + 3), np.linspace(1.0, 0.0, n + 3))
    reranked, _ = Reranker(Says(), n, n, np.inf, 0.4, True).rerank("?", ranking, ["x"] * n)
    assert set(reranked.ids[:n].tolist()) == set(range(n))
    assert reranked.ids[n:].tolist() == [n, n + 1, n + 2]


@given(st.floats(allow_nan=False))
def test_log_odds_become_a_probability(odds):
    [value] = chance(np.array([odds]))
    assert 0.0 <= value <= 1.0


@pytest.mark.parametrize("reads_provisions", [True, False])
def test_a_reader_of_prose_reads_nothing_where_a_provision_ranks_first(shelf, reads_provisions):
    reader = Likes("")
    reranker = Reranker(reader, n_read=2, n_first=2, enough=2.0, weight=0.3, reads_provisions=reads_provisions)
    [first, *_] = Searcher(shelf.store, shelf.retriever, reranker).search(asked("berapa kali gugus tugas bersidang"))
    assert "pasal-" in first.section_address
    assert len(reader.was_read) == (2 if reads_provisions else 0)


def test_of_the_passages_after_the_first_the_part_is_read_that_speaks_of_the_question(tmp_path):
    for n in "ab":
        others = " ".join(f"kata{n}{i}" for i in range(90))
        (tmp_path / f"{n}.txt").write_text(f"Laporan {n}\n\n{others} forum anak bersidang di balai {n}.\n")
    reader = Likes("")
    reranker = Reranker(reader, n_read=2, n_first=1, enough=2.0, weight=0.3, reads_provisions=True)
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        for n in "ab":
            library.ingestion.ingest(tmp_path / f"{n}.txt")
        Searcher(library.store, library.retriever, reranker).search(asked("di mana forum anak bersidang"))
    first, second = reader.was_read
    assert "forum anak bersidang" in first
    assert "forum anak bersidang" in second
    assert len(second.split()) < len(first.split())


def tiny(folder, n_outputs=1, dim=16):
    """A cross-encoder of `dim` dimensions with random weights, saved in `folder`."""
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *QUESTION.split(), *" ".join(TEXTS).split()]
    tokenizer = WordTokenizer(WordLevel({word: i for i, word in enumerate(dict.fromkeys(words))}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "[PAD]", "model_max_length": 64}
    (folder / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")
    sizes = {"hidden_size": dim, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    torch.manual_seed(1)
    BertForSequenceClassification(
        BertConfig(vocab_size=64, max_position_embeddings=64, num_labels=n_outputs, **sizes)
    ).save_pretrained(folder)
    return folder


def test_any_cross_encoder_of_a_folder_reads_pairs(tmp_path):
    reranker = load_reranker(Settings(home=tmp_path, reranker=str(tiny(tmp_path / "kecil"))), ToyEmbedder())
    assert reranker is not None
    reader = reranker.reader
    assert isinstance(reader, CrossEncoderReader)
    read = reader.read(QUESTION, TEXTS)
    assert len({each.odds for each in read}) == 3
    assert [each.chance_within(0, 100) for each in read] == [0.0] * 3
    assert reader.stamp == "reader kecil"


def test_a_cross_encoder_with_several_outputs_is_refused(tmp_path):
    with pytest.raises(ModelMissingError, match="KB_RERANKER"):
        CrossEncoderReader(str(tiny(tmp_path / "kecil", n_outputs=3)))


def test_a_folder_that_is_no_cross_encoder_is_refused(tmp_path):
    with pytest.raises(ModelMissingError, match="KB_RERANKER"):
        CrossEncoderReader(str(tmp_path))


@pytest.mark.parametrize("settings", [{"model": "toy"}, {"reranker": "cepat"}])
def test_without_a_reader_the_channels_order_the_hits(tmp_path, settings):
    assert load_reranker(Settings(home=tmp_path, **settings), ToyEmbedder()) is None


def test_a_library_serves_with_the_cross_encoder_that_the_settings_name(tmp_path):
    home = tmp_path / "kb"
    file = tmp_path / "perda.txt"
    file.write_text("\n\n".join(f"Pasal {n}\n{text}" for n, text in enumerate(TEXTS, 1)))
    with Library.open(Settings(home=home, model="toy")) as library:
        library.ingestion.ingest(file)
        plain = library.search(Query(QUESTION, LOCAL_ADMIN))
    with Library.open(Settings(home=home, model="toy", reranker=str(tiny(tmp_path / "kecil")))) as library:
        hits = library.search(Query(QUESTION, LOCAL_ADMIN))
    assert {hit.passage_id for hit in hits} == {hit.passage_id for hit in plain}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
