"""What `python -m index.training` asks for, and what it takes where it is told nothing."""

import sys
from pathlib import Path

import pytest

from index.training import __main__ as training
from index.training.noise import Noise
from index.training.pairs import Pair


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command whose weights are exported already, and returns what training and packing were told."""
    told = []
    monkeypatch.setattr(
        training, "train", lambda start, pairs, out, recipe, embedder: told.append((start, out, embedder))
    )
    monkeypatch.setattr(training, "pack", lambda *given, **named: told.append((*given, named)))
    monkeypatch.setattr(training, "read_pairs", lambda file: [])
    monkeypatch.setattr(training, "export_sentence_transformer", lambda *given: None)

    def with_arguments(*arguments):
        monkeypatch.setattr(sys, "argv", ["training", *map(str, arguments)])
        training.main()
        return told

    return with_arguments


def test_training_begins_with_the_adapted_weights_unless_told_otherwise(run, tmp_path):
    out = tmp_path / "run"
    assert run("train", "pairs.jsonl", out) == [(tmp_path / "adapted", out, None)]
    assert run("train", "pairs.jsonl", out, "--start", "first/final")[1:] == [(Path("first/final"), out, None)]


def test_hard_negatives_are_found_by_the_shipped_model(run, tmp_path):
    [(_start, _out, embedder)] = run("train", "pairs.jsonl", tmp_path / "run", "--hard")
    assert embedder.stamp.model == "multilingual-e5-small-q4"


def test_packing_without_what_training_began_with_is_refused(run, tmp_path, capsys):
    with pytest.raises(SystemExit):
        run("pack", tmp_path / "run" / "final")
    assert "required: --start" in capsys.readouterr().err


def test_packing_adds_to_what_training_began_with(run, tmp_path):
    final, start, file = tmp_path / "run" / "final", tmp_path / "adapted", tmp_path / "adapter.npz"
    file.touch()
    assert run("pack", final, "--start", start, "--out", file, "--share", 0.7) == [
        ([final], tmp_path / "plain", start, file, {"share": 0.7, "rank": 88})
    ]


def test_kinds_of_pairs_and_of_noise_are_left_out(tmp_path, monkeypatch):
    told = []
    pairs = [Pair("q", "p", source, "uu", ()) for source in ("peran", "judul", "written")]
    monkeypatch.setattr(training, "read_pairs", lambda file: pairs)
    monkeypatch.setattr(training, "export_sentence_transformer", lambda *given: None)
    monkeypatch.setattr(training, "train", lambda start, pairs, out, recipe, embedder: told.append((pairs, recipe)))
    for options in ((), ("--without", "judul", "peran", "--noise", "slips"), ("--noise",)):
        monkeypatch.setattr(sys, "argv", ["training", "train", "pairs.jsonl", str(tmp_path / "run"), *options])
        training.main()
    assert [([pair.source for pair in learned], recipe.noise) for learned, recipe in told] == [
        (["peran", "judul", "written"], tuple(Noise)),
        (["written"], [Noise.SLIPS]),
        (["peran", "judul", "written"], []),
    ]
