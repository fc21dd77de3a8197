import itertools
import json
import sys

import numpy as np
import pytest

from index.adapter import SHIPPED
from index.bundled import BundledEmbedder
from index.embed import load_embedder
from kb.errors import ModelError, ModelMissingError
from kb.settings import Settings

pytest.importorskip("sentence_transformers", reason="needs the extra [models]")

from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, StaticEmbedding, Transformer
from tokenizers import Tokenizer, pre_tokenizers
from tokenizers.models import WordLevel
from transformers import BertConfig, BertModel

from index.sentence_transformer import SentenceTransformerEmbedder, export_sentence_transformer

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "hak", "anak", "query", "passage", ":", "tanya"]

SENTENCES = [
    "Setiap anak berhak atas perlindungan dari kekerasan dan diskriminasi.",
    "Apa yang dilakukan Kota Semarang sampai mendapat predikat KLA utama?",
    "Pasal 7 ayat (2) huruf b Peraturan Daerah Kota Semarang Nomor 2 Tahun 2021",
    "Penyelenggaraan Kabupaten/Kota Layak Anak dilaksanakan Pemerintah Daerah, DPRD, dunia usaha, dan media massa.",
    "Anggaran sebesar Rp1.250.000.000,00 (satu miliar dua ratus lima puluh juta rupiah) dibebankan pada APBD.",
    "Cukup jelas.",
    "UPTD PPA menerima pengaduan, menjangkau korban, mengelola kasus, dan mendampingi korban.",
    "SOP pendampingan psikologis korban: petugas mencatat identitas, lalu merujuk ke psikolog klinis.",
    "bocah dipukul bapaknya lapor kemana ya?? 😢",
    "Forum Anak dilibatkan dalam Musrenbang sejak tingkat desa/kelurahan.",
    "Tindak lanjut rapat gugus tugas: Bappeda menyusun RAD KLA paling lambat 31 Maret 2025.",
    "DENGAN RAHMAT TUHAN YANG MAHA ESA",
    "Menimbang: a. bahwa anak adalah amanah dan karunia Tuhan Yang Maha Esa;",
    "The committee heard the children themselves before the regulation was drafted.",
    "Women's empowerment and child protection are the office's two duties.",
    "What did other regions do to reduce child marriage?",
    "Article 19 of the Convention on the Rights of the Child",
    "verifikasi\u00a0data — “kutipan” … ½ m² №5",
]
TEXTS = [*SENTENCES, *(f"{a} {b}" for a, b in itertools.pairwise(SENTENCES)), " ".join(SENTENCES), ""]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "acuan-e5"
    export_sentence_transformer(folder)
    return SentenceTransformerEmbedder(str(folder))


@pytest.fixture(scope="module")
def bundled():
    return BundledEmbedder(precision="f32")


def tiny_model(folder, **prompts):
    """A model of 16 dimensions and 12 tokens with random weights, saved in `folder`."""
    folder.mkdir()
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "[PAD]", "model_max_length": 12}
    (folder / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=len(WORDS), max_position_embeddings=12, **sizes)).save_pretrained(folder)
    modules = [Transformer(str(folder)), Pooling(16, "mean")]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder), create_model_card=False)
    return str(folder)


def test_exported_weights_give_the_vectors_of_the_bundled_model(exported, bundled):
    ours, theirs = bundled.embed_passages(TEXTS), exported.embed_passages(TEXTS)
    assert (ours * theirs).sum(axis=1).min() >= 0.9998


def test_the_exported_model_as_served_gives_the_vectors_of_the_adapted_one(tmp_path):
    export_sentence_transformer(tmp_path, SHIPPED)
    adapted = BundledEmbedder(precision="f32", adapter=SHIPPED)
    theirs = SentenceTransformerEmbedder(str(tmp_path)).embed_passages(SENTENCES)
    assert (adapted.embed_passages(SENTENCES) * theirs).sum(axis=1).min() >= 0.9998


def test_exported_weights_give_the_query_vectors_of_the_bundled_model(exported, bundled):
    queries = [*SENTENCES[:4], " ".join(SENTENCES * 3)]
    assert min(bundled.embed_query(text) @ exported.embed_query(text) for text in queries) >= 0.9998


def test_the_exported_tokenizer_counts_as_the_bundled_one(exported, bundled):
    strange = ["anak\0ibu", "anak\ud800ibu", "\ufdfa" * 3, " \t anak \n", "a\u200bb", "\u2581"]
    assert exported.count_tokens([*TEXTS, *strange]) == bundled.count_tokens([*TEXTS, *strange])


def test_an_exported_folder_declares_its_prefixes(exported):
    assert (exported.stamp.query_prefix, exported.stamp.passage_prefix) == ("query: ", "passage: ")
    assert (exported.stamp.model, exported.dim, exported.max_tokens) == ("acuan-e5", 384, 512)


def test_a_passage_over_the_limit_is_refused_with_its_count(tmp_path):
    embedder = SentenceTransformerEmbedder(tiny_model(tmp_path / "kecil"))
    with pytest.raises(ValueError, match="at most 12 tokens, but passage 0 has 13"):
        embedder.embed_passages(["anak " * 13])


def test_a_query_over_the_limit_is_the_mean_of_its_windows(tmp_path):
    embedder = SentenceTransformerEmbedder(tiny_model(tmp_path / "kecil"))
    halves = embedder.embed_passages(["hak " * 8, "xyz " * 8])
    mean = halves.mean(axis=0)
    assert embedder.embed_query("hak " * 8 + "xyz " * 8) == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)


def test_prompts_of_the_model_are_its_prefixes(tmp_path):
    embedder = SentenceTransformerEmbedder(tiny_model(tmp_path / "kecil", query="tanya: ", document="passage: "))
    assert (embedder.stamp.query_prefix, embedder.stamp.passage_prefix) == ("tanya: ", "passage: ")
    assert embedder.embed_query("anak") @ embedder.embed_passages(["anak"])[0] < 0.9999
    assert embedder.count_tokens(["anak"]) == [3]


def test_a_model_called_e5_without_prompts_gets_e5s_prefixes(tmp_path):
    embedder = SentenceTransformerEmbedder(tiny_model(tmp_path / "my-E5_small"))
    assert (embedder.stamp.query_prefix, embedder.stamp.passage_prefix) == ("query: ", "passage: ")


def test_another_model_without_prompts_gets_no_prefix(tmp_path):
    embedder = SentenceTransformerEmbedder(tiny_model(tmp_path / "base56"))
    assert embedder.embed_query("anak") == pytest.approx(embedder.embed_passages(["anak"])[0], abs=1e-6)


def test_the_stamp_is_the_same_at_each_load_and_another_for_other_weights(tmp_path):
    first, second = (tiny_model(tmp_path / name) for name in ("satu", "dua"))
    hashes = [SentenceTransformerEmbedder(folder).stamp.weights for folder in (first, first, second)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_no_texts_have_no_vectors(tmp_path):
    embedder = SentenceTransformerEmbedder(tiny_model(tmp_path / "kecil"))
    assert (embedder.embed_passages([]).shape, embedder.count_tokens([])) == ((0, 16), [])


def test_settings_load_a_folder(tmp_path):
    embedder = load_embedder(Settings(home=tmp_path, model=tiny_model(tmp_path / "kecil"), threads=1))
    assert embedder.stamp.model == "kecil"


def test_an_empty_folder_is_a_missing_model(tmp_path):
    with pytest.raises(ModelMissingError, match="KB_MODEL"):
        SentenceTransformerEmbedder(str(tmp_path))


@pytest.mark.parametrize("file", ["config.json", "model.safetensors", "tokenizer.json", "modules.json"])
@pytest.mark.parametrize("content", ["", "{", '{"a": 1}'])
def test_a_damaged_folder_is_a_missing_model(tmp_path, file, content):
    folder = tiny_model(tmp_path / "rusak")
    (tmp_path / "rusak" / file).write_text(content, "utf-8")
    with pytest.raises(ModelMissingError, match="KB_MODEL"):
        SentenceTransformerEmbedder(folder)


def test_a_folder_without_weights_is_a_missing_model(tmp_path):
    folder = tiny_model(tmp_path / "rusak")
    (tmp_path / "rusak" / "model.safetensors").unlink()
    with pytest.raises(ModelMissingError, match="KB_MODEL"):
        SentenceTransformerEmbedder(folder)


@pytest.mark.parametrize("name", ["/tidak/ada", "./tidak-ada", "tidak/ada/di/sini", "~/tidak-ada", "", "https://x/y"])
def test_a_name_that_cannot_be_on_a_hub_is_missing_without_asking(monkeypatch, name):
    monkeypatch.setattr("index.sentence_transformer.SentenceTransformer", lambda *_a, **_k: pytest.fail("was asked"))
    with pytest.raises(ModelMissingError, match="KB_MODEL"):
        SentenceTransformerEmbedder(name)


def test_a_hub_out_of_reach_is_a_missing_model(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelMissingError, match="acuan/tidak-ada"):
        SentenceTransformerEmbedder("acuan/tidak-ada")


def test_a_model_that_cannot_count_tokens_is_refused(tmp_path):
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=4)], device="cpu").save(
        str(tmp_path / "statis"), create_model_card=False
    )
    with pytest.raises(ModelError, match="menghitung token"):
        SentenceTransformerEmbedder(str(tmp_path / "statis"))


def test_without_the_extra_the_library_is_missing(monkeypatch, tmp_path):
    monkeypatch.delitem(sys.modules, "index.sentence_transformer")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelMissingError, match=r"pip install 'acuan\[models\]'"):
        load_embedder(Settings(home=tmp_path, model="intfloat/e5-small"))
