"""What each kind of pair and of noise is worth: `python -m bench.ablation PAIRS.jsonl FOLDER --steps N`.

A short run with everything, one for each kind of pair and of noise that is left out, one without any noise and one with
everything and hard negatives, from the plain weights or from `--start`; all by the same seed, so that what remains is
asked the same. Each is packed and measured by its vectors alone (`--store` for the office's sets), and shown with its
paired difference to the run with everything and the 95 % interval of that. What is finished in FOLDER is not trained
again, and what was cut off is gone on with.
"""

import argparse
import hashlib
import json
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.adapter import SETS, Pool, measure, pools
from index.adapter import SHIPPED
from index.bundled import BundledEmbedder
from index.measures import difference, mean
from index.sentence_transformer import export_sentence_transformer
from index.training.batches import SHARES
from index.training.noise import Noise
from index.training.packing import pack
from index.training.pairs import Pair, read_pairs
from index.training.trainer import Recipe, train

RANK = 88
WHOLE = "nothing"
"""The run that the others are compared with."""

Values = Mapping[str, Mapping[str, float]]
"""Of a run: by the name of a set of questions, nDCG@10 of each question."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of training. name: of what is left out. without: a kind of pair. noise: the kinds that are made."""

    name: str
    without: str = ""
    noise: tuple[Noise, ...] = tuple(Noise)
    is_hard: bool = False

    def left(self, pairs: Sequence[Pair]) -> list[Pair]:
        """The pairs that it learns from."""
        return [pair for pair in pairs if pair.source != self.without]


def runs(sources: Collection[str]) -> list[Run]:
    """The run with everything first, then one for each thing left out and the one with hard negatives."""
    noises = [(f"noise-{kind}", tuple(other for other in Noise if other is not kind)) for kind in Noise]
    return [
        Run(WHOLE),
        *(Run(source, without=source) for source in SHARES if source in sources),
        *(Run(name, noise=kept) for name, kept in noises),
        Run("noise-all", noise=()),
        Run(f"{WHOLE}-hard-negatives", is_hard=True),
    ]


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where the runs are made. plain: the weights as a folder. start: what each run begins with.

    share: how much of what a run changed is kept.
    """

    folder: Path
    plain: Path
    start: Path
    recipe: Recipe
    share: float

    def adapter(self, run: Run, pairs: Sequence[Pair]) -> Path:
        """The file of a run's adapter, trained where it is not there yet; its checkpoints take 2 GB and are dropped."""
        file, work = self.folder / f"{run.name}.npz", self.folder / run.name
        if not file.exists():
            recipe = replace(self.recipe, noise=run.noise)
            embedder = BundledEmbedder(threads=recipe.threads, adapter=SHIPPED) if run.is_hard else None
            trained = train(self.start, run.left(pairs), work, recipe, embedder)
            packed = work / file.name
            pack([trained], self.plain, self.start, packed, share=self.share, rank=RANK)
            packed.replace(file)
            shutil.rmtree(work)
        return file


def made_of(pairs: Path, start: Path | None, recipe: Recipe, share: float) -> dict[str, str | float]:
    """What the runs of a folder have in common."""
    digest = hashlib.sha256(pairs.read_bytes()).hexdigest()
    return {"pairs": digest, "start": str(start), "recipe": repr(replace(recipe, threads=1)), "share": share}


def check(folder: Path, made: Mapping[str, str | float]) -> None:
    """Keep what the folder is made of. Raises ValueError where it was made of something else."""
    file = folder / "made_of.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(made), "utf-8")
    elif (kept := json.loads(file.read_text("utf-8"))) != made:
        other = ", ".join(key for key in made if kept.get(key) != made[key])
        raise ValueError(f"{file}: expected runs of the same, found other {other}; name another folder")


def table(n_pairs: Mapping[str, int], found: Mapping[str, Values]) -> str:
    """The markdown table. n_pairs, found: by the name of the run, the one with everything among them."""
    whole = found[WHOLE]
    lines = [f"| left out | pairs | {' | '.join(whole)} |", "| --- " * (len(whole) + 2) + "|"]
    for name, values in found.items():
        cells = [_cell(values[pool], whole[pool], name == WHOLE) for pool in whole]
        lines.append(f"| {name} | {n_pairs[name]:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(values: Mapping[str, float], whole: Mapping[str, float], is_whole: bool) -> str:
    if is_whole:
        return f"{mean(values).value:.3f}"
    change = difference(values, whole)
    return f"{change.first:.3f}, {change.mean.value:+.3f} [{change.mean.low:+.3f}, {change.mean.high:+.3f}]"


def measured(adapter: Path, asked: Sequence[Pool], kept: Path, threads: int) -> Values:
    """nDCG@10 of every question of each set, by vectors alone."""
    embedder = BundledEmbedder(threads=threads, adapter=adapter)
    found = {}
    for pool in asked:
        values = measure(pool, embedder, kept)
        found[pool.name] = next(values[name] for name in ("page nDCG@10", "nDCG@10") if name in values)
    return found


def main() -> None:
    """Train what is missing, measure, and print the table."""
    usual = Recipe()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path, help="what bench.mine_pairs wrote")
    parser.add_argument("folder", type=Path, help="folder of the runs; an earlier one is gone on with")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--batch-size", type=int, default=usual.batch_size)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--threads", type=int, default=usual.threads)
    parser.add_argument("--start", type=Path, help="the folder to begin with, if not the plain weights")
    parser.add_argument("--share", type=float, default=0.7, help="how much of what a run changed is kept")
    parser.add_argument("--only", nargs="+", help="of the runs these alone, beside the one with everything")
    parser.add_argument("--store", type=Path, help="a data folder (KB_HOME) that holds all PDFs, for the office's sets")
    parser.add_argument("--pool", type=int, default=2_000, help="so many passages of IDK-MRC and peraturan-qa")
    given = parser.parse_args()
    pairs = read_pairs(given.pairs)
    chosen = runs({pair.source for pair in pairs})
    if given.only is not None:
        names = {run.name for run in chosen}
        if not names.issuperset(given.only):
            parser.error(f"--only takes {', '.join(sorted(names))}")
        chosen = [run for run in chosen if run.name in (WHOLE, *given.only)]
    recipe = replace(
        usual, steps=given.steps, batch_size=given.batch_size, seed=given.seed, threads=given.threads, save_steps=50
    )
    check(given.folder, made_of(given.pairs, given.start, recipe, given.share))
    plain, kept = given.folder / "plain", given.folder / "vectors"
    if not (plain / "modules.json").exists():
        export_sentence_transformer(plain)
    kept.mkdir(exist_ok=True)
    workshop = Workshop(given.folder, plain, given.start or plain, recipe, given.share)
    adapters = {run.name: workshop.adapter(run, pairs) for run in chosen}
    asked = pools(SETS, given.store, given.pool)
    found = {name: measured(file, asked, kept, given.threads) for name, file in adapters.items()}
    print(table({run.name: len(run.left(pairs)) for run in chosen}, found))


if __name__ == "__main__":
    main()
