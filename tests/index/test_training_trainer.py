import random
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer, pre_tokenizers
from tokenizers.models import WordLevel
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from index.embed import ToyEmbedder
from index.training import trainer
from index.training.pairs import Pair
from index.training.trainer import Recipe, computes_in_bf16, train

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *(f"kata{i}" for i in range(40))]
RECIPE = Recipe(steps=4, batch_size=4, frozen_layers=1, bf16=False, threads=1, save_steps=2, warmup_steps=1)
PAIRS = [
    Pair(f"kata{i} kata{i + 1} kata{i + 2}", f"kata{i + 2} kata{i + 3}", source, f"law{i % 5}", (f"g{i}",))
    for i in range(36)
    for source in ("penjelasan", "idk-mrc", "peran", "judul")
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", model_max_length=32
    ).save_pretrained(folder)
    torch.manual_seed(1)
    BertModel(
        BertConfig(
            vocab_size=len(WORDS),
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=32,
        )
    ).save_pretrained(folder)
    SentenceTransformer(modules=[Transformer(str(folder)), Pooling(16, "mean"), Normalize()], device="cpu").save(
        str(folder), create_model_card=False
    )
    return folder


@pytest.fixture(scope="module")
def trained(tiny, tmp_path_factory):
    return train(tiny, PAIRS, tmp_path_factory.mktemp("run") / "out", RECIPE)


def test_only_the_layers_that_are_not_frozen_are_trained(tiny, trained):
    before, after = load_file(tiny / "model.safetensors"), load_file(trained / "model.safetensors")
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert changed
    assert all("layer.1." in name for name in changed)


def test_the_same_seed_trains_the_same_model(tiny, trained, tmp_path):
    again = train(tiny, PAIRS, tmp_path / "out", RECIPE)
    first, second = load_file(trained / "model.safetensors"), load_file(again / "model.safetensors")
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_a_run_that_was_cut_off_goes_on_and_ends_the_same(tiny, trained, tmp_path):
    out = tmp_path / "out"
    train(tiny, PAIRS, out, RECIPE)
    (out / "checkpoint-4" / "trainer_state.json").unlink()
    resumed = train(tiny, PAIRS, out, RECIPE)
    first, second = load_file(trained / "model.safetensors"), load_file(resumed / "model.safetensors")
    assert all(torch.allclose(first[name], second[name], atol=1e-6) for name in first)


def test_training_stops_when_its_time_is_over(tiny, tmp_path):
    out = tmp_path / "out"
    train(tiny, PAIRS, out, Recipe(steps=8, batch_size=4, frozen_layers=1, bf16=False, threads=1, minutes=0.0))
    assert [folder.name for folder in out.glob("checkpoint-*")] == ["checkpoint-1"]


class BeganError(Exception):
    """Training would begin now."""


def queries_of(tiny, folder, monkeypatch, pairs, recipe=RECIPE):
    """What a run would ask, by passage and source."""
    told = {}

    def begin(**given):
        told.update(given)
        raise BeganError

    monkeypatch.setattr(trainer, "_Trainer", begin)
    with pytest.raises(BeganError):
        train(tiny, pairs, folder, recipe)
    return {(row["positive"], row["anchor"]) for row in told["train_dataset"]}


def test_a_pair_is_asked_the_same_whichever_others_are_learned_from(tiny, tmp_path, monkeypatch):
    mined = [pair for pair in PAIRS if pair.source == "peran"]
    many = replace(RECIPE, steps=20)
    whole = queries_of(tiny, tmp_path / "a", monkeypatch, [*mined, *(p for p in PAIRS if p.source == "judul")], many)
    alone = queries_of(tiny, tmp_path / "b", monkeypatch, mined, many)
    assert alone <= whole


def test_without_noise_the_queries_are_those_of_the_pairs(tiny, tmp_path, monkeypatch):
    found = queries_of(tiny, tmp_path, monkeypatch, PAIRS, replace(RECIPE, noise=()))
    assert found <= {(pair.passage, pair.query) for pair in PAIRS}


def test_a_pair_brings_a_passage_that_does_not_answer_it(tiny, tmp_path, monkeypatch):
    told = {}

    def begin(**given):
        told.update(given)
        raise BeganError

    monkeypatch.setattr(trainer, "_Trainer", begin)
    with pytest.raises(BeganError):
        train(tiny, PAIRS, tmp_path / "out", RECIPE, ToyEmbedder())
    guards = {pair.passage: pair.guards for pair in PAIRS}
    rows = told["train_dataset"]
    assert all(guards[row["positive"]] != guards[row["negative"]] for row in rows)
    assert told["args"].prompts == {"anchor": "query: ", "positive": "passage: ", "negative": "passage: "}


def test_a_run_that_was_cut_off_keeps_its_negatives(tiny, tmp_path):
    out = tmp_path / "out"
    first = load_file(train(tiny, PAIRS, out, RECIPE, ToyEmbedder()) / "model.safetensors")
    (out / "checkpoint-4" / "trainer_state.json").unlink()

    class Forgetful(ToyEmbedder):
        def embed_query(self, text):
            raise AssertionError("the negatives were looked for again")

    again = load_file(train(tiny, PAIRS, out, RECIPE, Forgetful()) / "model.safetensors")
    assert all(torch.allclose(first[name], again[name], atol=1e-6) for name in first)


@pytest.mark.parametrize("others", [PAIRS[:-4], [replace(PAIRS[0], passage="kata1"), *PAIRS[1:]]])
def test_negatives_of_other_pairs_are_refused(tmp_path, others):
    file = tmp_path / "negatives.json"
    queries = [pair.query for pair in PAIRS]
    kept = trainer._negatives(file, ToyEmbedder(), PAIRS, queries, random.Random(1))
    assert trainer._negatives(file, ToyEmbedder(), PAIRS, queries, random.Random(2)) == kept
    with pytest.raises(ValueError, match=r"negatives\.json"):
        trainer._negatives(file, ToyEmbedder(), others, queries[: len(others)], random.Random(1))


def test_negatives_that_do_not_say_of_which_pairs_are_refused(tmp_path):
    file = tmp_path / "negatives.json"
    file.write_text("[1, 0]", "utf-8")
    with pytest.raises(ValueError, match="expected the negatives of these 2 pairs"):
        trainer._negatives(file, ToyEmbedder(), PAIRS[:2], ["a", "b"], random.Random(1))


def test_bfloat16_is_left_to_processors_that_compute_in_it(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    for knows in (True, False):
        monkeypatch.setattr(trainer, "knows_bf16", lambda _core, knows=knows: knows)
        assert computes_in_bf16() is knows
