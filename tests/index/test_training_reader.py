"""What the reader of pairs learns from, its training, and the small file that ships."""

import random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file
from transformers import PreTrainedTokenizerFast

from index.adapter import read_adapter
from index.bundled_reader import READER
from index.training.pairs import WORDS, Pair
from index.training.reader import HEAD, Collator, Reader, ReaderRecipe, export_reader, train_reader
from index.training.readings import (
    FEWEST_WORDS_LEFT,
    Reading,
    answered,
    of_pairs,
    read_readings,
    unanswered,
    window,
    without_another,
    without_answer,
    write_readings,
)
from index.weights import Weights, find_weights
from tests.index.test_reranking import tiny

PAIRS = [Pair(f"soal {i}", f"isi {i} di bagian {i}", "idk-mrc", "wiki", (f"g{i // 2}",)) for i in range(12)]
LONG = " ".join(f"kata{i}" for i in range(400))


@given(st.integers(0, 399), st.integers(0, 2**32))
def test_a_window_holds_what_it_is_cut_around(word, seed):
    start = LONG.index(f"kata{word} ") if word < 399 else LONG.index("kata399")
    text = window(LONG, random.Random(seed), (start, start + len(f"kata{word}")))
    assert f"kata{word}" in text.split()
    assert len(text.split()) == WORDS
    assert text in LONG


def test_a_passage_little_longer_than_a_window_stays_whole():
    text = " ".join(LONG.split()[: WORDS + 10])
    assert window(text, random.Random(1)) == text


@given(st.integers(0, 2**32))
def test_every_place_of_the_answer_is_marked(seed):
    passage = f"{LONG} Wali Kota membentuk gugus tugas, dan Wali Kota memimpinnya."
    reading = answered("siapa?", passage, "Wali Kota", "x", random.Random(seed))
    assert reading is not None
    assert reading.spans
    assert all(reading.text[start:end] == "Wali Kota" for start, end in reading.spans)
    assert len(reading.spans) == reading.text.count("Wali Kota")


def test_an_answer_that_the_passage_does_not_hold_makes_no_reading():
    assert answered("siapa?", "Gugus tugas dibentuk.", "Bupati", "x", random.Random(1)) is None


def test_an_unanswerable_question_has_no_answer_in_its_text():
    assert unanswered("kapan?", "isi", "x", random.Random(1)) == Reading("kapan?", "isi", (), False, "x")


def read_with(pairs, seed):
    """The readings of pairs between passages that stand anywhere."""
    rng = np.random.default_rng(seed)
    asked, passages = (rng.standard_normal((len(pairs), 4)).astype(np.float32) for _ in range(2))
    return list(of_pairs(pairs, [pair.query for pair in pairs], asked, passages, random.Random(seed)))


@given(st.integers(0, 100))
def test_a_query_is_read_with_its_own_passage_and_with_some_that_share_no_guard(seed):
    of_passage = {pair.passage: pair for pair in PAIRS}
    of_query = {pair.query: pair for pair in PAIRS}
    readings = read_with(PAIRS, seed)
    assert [(r.question, r.text) for r in readings if r.answers] == [(pair.query, pair.passage) for pair in PAIRS]
    others = [reading for reading in readings if not reading.answers]
    assert others
    assert all(of_passage[other.text].guards != of_query[other.question].guards for other in others)


def test_what_may_answer_as_well_is_no_reading_without_an_answer():
    collection = [Pair(f"soal {i}", f"isi {i}", "idk-mrc", "idk-mrc", (f"g{i}",)) for i in range(2)]
    alike = np.array([[1, 0], [1, 0]], np.float32)
    readings = of_pairs(collection, ["soal 0", "soal 1"], alike, alike, random.Random(1))
    assert [reading.answers for reading in readings] == [True, True]


def test_an_answer_that_is_marked_in_the_pair_is_marked_in_its_reading():
    marked = Pair("siapa?", "Wali Kota memimpin.", "written", "uu", ("g",), (0, 9))
    assert read_with([marked], 1) == [Reading("siapa?", "Wali Kota memimpin.", ((0, 9),), True, "written")]


SAID = "Wali Kota memimpin gugus tugas."


def among_others(places: int, said: str = SAID) -> Reading:
    """A question of who leads, with a text of nine other sentences that has the answer in one."""
    others = [f"Bidang {i} bekerja di ruang {i} gedung dinas itu." for i in range(9)]
    text = " ".join((*others[:places], said, *others[places:]))
    start = text.index("Wali Kota")
    return Reading("siapa yang memimpin?", text, ((start, start + 9),), True, "x")


@given(st.integers(0, 9))
def test_without_the_sentence_that_answers_a_text_is_silent(places):
    silent = without_answer(among_others(places))
    assert silent is not None
    assert not silent.answers
    assert "Wali Kota" not in silent.text
    assert silent.text.count("Bidang") == 9


def test_a_text_that_says_its_answer_twice_is_not_made_silent():
    reading = among_others(3)
    again = Reading(reading.question, f"{reading.text} Kata wali kota begitu.", reading.spans, True, "x")
    assert without_answer(again) is None


def test_what_is_hardly_more_than_its_answer_is_not_made_silent():
    assert (
        without_answer(Reading("siapa?", f"{SAID} {'kata ' * (FEWEST_WORDS_LEFT - 1)}", ((0, 9),), True, "x")) is None
    )


def test_an_answer_that_is_only_somewhere_in_its_text_is_not_cut():
    assert without_answer(Reading("siapa?", LONG, (), True, "x")) is None


@given(st.integers(0, 9), st.integers(0, 2**32))
def test_a_text_that_loses_another_sentence_still_answers(places, seed):
    shorter = without_another(among_others(places), random.Random(seed))
    assert [shorter.text[start:end] for start, end in shorter.spans] == ["Wali Kota"]
    assert SAID in shorter.text
    assert shorter.text.count("Bidang") == 8


def test_readings_come_back_as_they_were_written(tmp_path):
    readings = [Reading("a", "b c", ((2, 3),), True, "x"), Reading("d", "e", (), False, "y")]
    assert write_readings(tmp_path / "readings.jsonl", readings) == 2
    assert read_readings(tmp_path / "readings.jsonl") == readings


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return tiny(tmp_path_factory.mktemp("reader") / "plain")


def marked(plain, reading):
    """The words that may begin and end the answer, as the collator marks them; "" for none."""
    tokenizer = PreTrainedTokenizerFast.from_pretrained(plain, local_files_only=True)
    row = {
        "question": reading.question,
        "text": reading.text,
        "spans": [list(span) for span in reading.spans],
        "answers": reading.answers,
    }
    batch = Collator(tokenizer, 32)([row])
    tokens = tokenizer.convert_ids_to_tokens(batch["input_ids"][0])
    return [[tokens[i] for i in batch[name][0].nonzero().flatten()] for name in ("first", "last")]


def test_the_first_and_the_last_word_of_an_answer_are_the_right_ones(plain):
    text = "Gugus Tugas dibentuk oleh Wali Kota"
    reading = Reading("siapa membentuk gugus", text, ((26, 35),), True, "x")
    assert text[26:35] == "Wali Kota"
    assert marked(plain, reading) == [["Wali"], ["Kota"]]


def test_an_answer_somewhere_in_the_text_may_begin_and_end_anywhere_in_it(plain):
    reading = Reading("siapa membentuk gugus", "Retribusi parkir", (), True, "x")
    assert marked(plain, reading) == [["Retribusi", "parkir"]] * 2


def test_without_an_answer_the_first_token_is_the_right_one(plain):
    assert marked(plain, Reading("siapa", "Retribusi parkir", (), False, "x")) == [["[CLS]"]] * 2


@pytest.fixture(scope="module")
def trained(plain, tmp_path_factory):
    readings = [
        Reading("siapa membentuk gugus", "Gugus Tugas dibentuk", ((0, 5),), True, "x"),
        Reading("kota layak anak", "dibayar tunai dengan", (), False, "x"),
    ] * 4
    recipe = ReaderRecipe(
        steps=2, frozen_layers=0, batch_size=2, warmup_steps=1, max_tokens=32, threads=1, bf16=False, save_steps=1
    )
    return train_reader(plain, readings, tmp_path_factory.mktemp("out"), recipe)


def test_training_changes_the_layers_and_never_the_embeddings(plain, trained):
    before, after = load_file(plain / "model.safetensors"), load_file(trained / "model.safetensors")
    changed = {name for name in after if not torch.equal(before[f"bert.{name}"], after[name])}
    assert any(".layer.0." in name or name.startswith("encoder.layer.0.") for name in changed)
    assert not any(name.startswith("embeddings.") for name in changed)


def test_a_reader_begins_with_the_head_of_its_folder(trained):
    head, begun = torch.load(trained / HEAD, weights_only=True), Reader(trained, 0).head.state_dict()
    torch.testing.assert_close(begun, head, rtol=0, atol=0)


EXPORT = "index.training.reader.export_sentence_transformer"


@pytest.fixture
def exported(tmp_path, monkeypatch):
    """The shipped reader as a folder, with a tiny model of the same width in place of half a gigabyte."""
    weights = Weights(find_weights())
    monkeypatch.setattr(EXPORT, lambda folder, adapter: tiny(folder, dim=weights.shape.hidden))
    return export_reader(tmp_path / "reader", READER)


def test_an_exported_reader_begins_with_the_shipped_head(exported):
    shipped, head = read_adapter(READER, Weights(find_weights()).hash), Reader(exported, 0).head
    assert head.weight.flatten().tolist() == shipped["head.w"].tolist()
    assert head.bias.tolist() == shipped["head.b"].tolist()


def test_a_reader_is_exported_once(exported, monkeypatch):
    monkeypatch.setattr(EXPORT, lambda folder, adapter: pytest.fail("exported again"))
    assert export_reader(exported, READER) == exported
