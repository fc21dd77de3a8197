"""What the reader of pairs learns from, and its training."""

import json
import random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file

from index.cross_encoder import CrossEncoderReader
from index.training.groups import (
    N_NEGATIVES,
    Group,
    Unanswerable,
    answerable,
    of_units,
    read_groups,
    unanswerable,
    write_groups,
)
from index.training.pairs import Pair
from index.training.reader import ReaderRecipe, train_reader
from tests.index.test_reranking import tiny

PAIRS = [Pair(f"soal {i}", f"isi {i} di bagian {i}", "idk-mrc", "wiki", (f"g{i // 2}",)) for i in range(12)]


@given(st.integers(0, 100))
def test_a_group_holds_its_own_passage_and_no_other_that_shares_a_guard(seed):
    rng = np.random.default_rng(seed)
    vectors = rng.standard_normal((len(PAIRS), 4)).astype(np.float32)
    of_passage = {pair.passage: pair for pair in PAIRS}
    for pair, group in zip(PAIRS, answerable(PAIRS, vectors, random.Random(seed)), strict=True):
        assert group.texts[0] == pair.passage
        assert group.answers == (True, *[False] * N_NEGATIVES)
        assert all(of_passage[text].guards != pair.guards for text in group.texts[1:])


def test_the_sentence_with_the_answer_stands_against_the_others_of_its_passage():
    passage = "Gugus tugas dibentuk oleh wali kota itu. Rapatnya paling sedikit tiga kali dalam setahun."
    group = of_units("siapa membentuk?", passage, ["wali kota"], "idk-mrc", random.Random(1))
    assert group == Group(
        "siapa membentuk?",
        ("Gugus tugas dibentuk oleh wali kota itu.", "Rapatnya paling sedikit tiga kali dalam setahun."),
        (True, False),
        "idk-mrc",
    )


def test_a_passage_of_one_sentence_has_nothing_to_stand_against():
    assert of_units("siapa?", "Gugus tugas dibentuk oleh wali kota itu.", ["wali"], "x", random.Random(1)) is None


def test_an_unanswerable_question_has_no_answer_among_its_texts():
    [group] = unanswerable([Unanswerable("kapan?", "isi", "x")], {"isi": ["lain"]}, random.Random(1))
    assert group == Group("kapan?", ("isi", "lain"), (False, False), "x")


def test_groups_come_back_as_they_were_written(tmp_path):
    groups = [Group("a", ("b", "c"), (True, False), "x"), Group("d", ("e",), (False,), "y")]
    assert write_groups(tmp_path / "groups.jsonl", groups) == 2
    assert read_groups(tmp_path / "groups.jsonl") == groups


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    home = tmp_path_factory.mktemp("reader")
    plain = tiny(home / "plain")
    groups = [
        Group("siapa membentuk gugus", ("Gugus Tugas dibentuk", "Retribusi parkir"), (True, False), "x"),
        Group("kota layak anak", ("dibayar tunai dengan",), (False,), "x"),
    ] * 4
    recipe = ReaderRecipe(
        steps=2,
        layers=1,
        frozen_layers=0,
        batch_size=2,
        warmup_steps=1,
        max_tokens=32,
        threads=1,
        bf16=False,
        save_steps=1,
    )
    return plain, train_reader(plain, groups, home / "out", recipe)


def test_training_changes_the_layers_and_never_the_embeddings(trained):
    plain, folder = trained
    before, after = load_file(plain / "model.safetensors"), load_file(folder / "model.safetensors")
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert any(".layer.0." in name for name in changed)
    assert not any(".embeddings." in name for name in changed)


def test_what_training_makes_is_served_as_a_reranker(trained):
    _, folder = trained
    assert CrossEncoderReader(str(folder)).read("siapa", ["a", "b"]).shape == (2,)
    assert json.loads((folder / "config.json").read_text())["num_hidden_layers"] == 1
