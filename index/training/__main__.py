"""`python -m index.training`: train on mined pairs, then pack the result into the small file that ships."""

import argparse
import dataclasses
from pathlib import Path

from index.sentence_transformer import export_sentence_transformer
from index.training.pairs import read_pairs
from index.training.trainer import Recipe, train


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("pairs", type=Path, help="what bench.mine_pairs wrote")
    parser.add_argument("out", type=Path, help="folder of the checkpoints; an earlier run in it is gone on with")
    for field in dataclasses.fields(Recipe):
        if field.name == "bf16":
            parser.add_argument("--f32", dest="bf16", action="store_false", help="train without bfloat16")
        else:
            kind = float if field.name == "minutes" else type(field.default)
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind, default=field.default)
    arguments = vars(parser.parse_args())
    pairs, out = read_pairs(arguments.pop("pairs")), arguments.pop("out")
    plain = out.parent / "plain"
    if not (plain / "modules.json").exists():
        export_sentence_transformer(plain)
    print(train(plain, pairs, out, Recipe(**arguments)))


if __name__ == "__main__":
    main()
