"""What is left out, what is kept of an earlier run, and what the table says."""

import random
from dataclasses import replace

import pytest

from bench import ablation
from bench.ablation import Run, Workshop, check, made_of, runs, table
from index.training.noise import Noise
from index.training.pairs import Pair, write_pairs
from index.training.trainer import Recipe

PAIRS = [Pair(f"q{i}", f"p{i}", source, "uu", ()) for i, source in enumerate(("peran", "judul", "written") * 3)]


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """A workshop whose training only tells what it was given, with what was told."""
    told = []

    def train(start, pairs, out, recipe, embedder):
        told.append((out.name, {pair.source for pair in pairs}, recipe.noise, embedder is not None))
        (out / "final").mkdir(parents=True)
        return out / "final"

    monkeypatch.setattr(ablation, "train", train)
    monkeypatch.setattr(ablation, "pack", lambda trained, plain, start, file, share, rank: file.write_text("packed"))
    return Workshop(tmp_path, tmp_path / "plain", tmp_path / "plain", Recipe(steps=2), 0.7), told


def test_each_kind_of_pair_that_is_there_and_each_kind_of_noise_is_left_out_once():
    assert [run.name for run in runs({"peran", "judul"})] == [
        "nothing",
        "judul",
        "peran",
        *(f"noise-{kind}" for kind in ("lower", "everyday", "keywords", "dropped", "slips")),
        "noise-all",
        "nothing-hard-negatives",
    ]


def test_a_run_learns_from_what_is_left(workshop):
    made, told = workshop
    for run in runs({"peran", "judul", "written"}):
        made.adapter(run, PAIRS)
    everything, all_noise = {"peran", "judul", "written"}, tuple(Noise)
    assert told[:2] == [("nothing", everything, all_noise, False), ("written", {"peran", "judul"}, all_noise, False)]
    assert told[4:6] == [
        ("noise-lower", everything, all_noise[1:], False),
        ("noise-everyday", everything, (all_noise[0], *all_noise[2:]), False),
    ]
    assert told[-2:] == [("noise-all", everything, (), False), ("nothing-hard-negatives", everything, all_noise, True)]


def test_a_finished_run_is_not_trained_again_and_leaves_its_adapter_alone(workshop):
    made, told = workshop
    files = [made.adapter(Run("nothing"), PAIRS) for _ in range(2)]
    assert files == [made.folder / "nothing.npz"] * 2
    assert [file.name for file in made.folder.iterdir()] == ["nothing.npz"]
    assert len(told) == 1


@pytest.mark.parametrize("other", ["pairs", "start", "recipe", "share"])
def test_a_folder_with_runs_of_something_else_is_refused(tmp_path, other):
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    write_pairs(first, PAIRS)
    write_pairs(second, PAIRS[1:])
    given = {"pairs": first, "start": None, "recipe": Recipe(steps=2), "share": 0.7}
    check(tmp_path / "runs", made_of(**given))
    check(tmp_path / "runs", made_of(**{**given, "recipe": replace(given["recipe"], threads=9)}))
    changed = {"pairs": second, "start": tmp_path, "recipe": Recipe(steps=3), "share": 0.5}[other]
    with pytest.raises(ValueError, match=f"found other {other}; name another folder"):
        check(tmp_path / "runs", made_of(**{**given, other: changed}))


def test_the_table_shows_each_run_beside_the_one_with_everything():
    rng = random.Random(1)
    whole = {f"q{i}": rng.random() for i in range(40)}
    worse = {key: value - 0.25 for key, value in whole.items()}
    lines = table({"nothing": 1200, "judul": 900}, {"nothing": {"set": whole}, "judul": {"set": worse}}).splitlines()
    mean = sum(whole.values()) / 40
    assert lines == [
        "| left out | pairs | set |",
        "| --- | --- | --- |",
        f"| nothing | 1,200 | {mean:.3f} |",
        f"| judul | 900 | {mean - 0.25:.3f}, -0.250 [-0.250, -0.250] |",
    ]
