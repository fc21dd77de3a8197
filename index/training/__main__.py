"""`python -m index.training`: train on mined pairs, then pack what changed into the small file that ships."""

import argparse
import dataclasses
from pathlib import Path

from index.adapter import SHIPPED
from index.sentence_transformer import export_sentence_transformer
from index.training.groups import read_groups
from index.training.packing import pack
from index.training.pairs import read_pairs
from index.training.reader import ReaderRecipe, train_reader
from index.training.trainer import Recipe, train


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    learn = commands.add_parser("train", help="train the bundled weights; an earlier run in OUT is gone on with")
    learn.add_argument("pairs", type=Path, help="what bench.mine_pairs wrote")
    learn.add_argument("out", type=Path, help="folder of the checkpoints")
    for field in dataclasses.fields(Recipe):
        if field.name == "bf16":
            learn.add_argument("--f32", dest="bf16", action="store_false", help="train without bfloat16")
        else:
            kind = float if field.name == "minutes" else type(field.default)
            learn.add_argument(f"--{field.name.replace('_', '-')}", type=kind, default=field.default)
    packing = commands.add_parser("pack", help="write the adapter of one trained folder, or of the mean of several")
    packing.add_argument("trained", type=Path, nargs="+")
    packing.add_argument("--out", type=Path, default=SHIPPED)
    packing.add_argument("--share", type=float, default=1.0, help="how much of the change is kept, chosen on dev")
    packing.add_argument("--rank", type=int, default=88)
    reading = commands.add_parser("read", help="train a reader of pairs, a CrossEncoder for KB_RERANKER")
    reading.add_argument("groups", type=Path, help="what bench.mine_groups wrote")
    reading.add_argument("out", type=Path, help="folder of the checkpoints")
    reading.add_argument("--steps", type=int, default=ReaderRecipe().steps)
    reading.add_argument("--threads", type=int, default=ReaderRecipe().threads)
    arguments = vars(parser.parse_args())
    command = arguments.pop("command")
    if command == "read":
        groups, out = read_groups(arguments.pop("groups")), arguments.pop("out")
        print(train_reader(_plain_beside(out), groups, out, ReaderRecipe(**arguments)))
    elif command == "pack":
        trained = arguments["trained"]
        plain = _plain_beside(trained[0].parent)
        pack(trained, plain, arguments["out"], share=arguments["share"], rank=arguments["rank"])
        print(arguments["out"], arguments["out"].stat().st_size, "bytes")
    else:
        pairs, out = read_pairs(arguments.pop("pairs")), arguments.pop("out")
        print(train(_plain_beside(out), pairs, out, Recipe(**arguments)))


def _plain_beside(out: Path) -> Path:
    """The bundled weights as a sentence-transformers folder beside the checkpoints, exported once."""
    plain = out.parent / "plain"
    if not (plain / "modules.json").exists():
        export_sentence_transformer(plain)
    return plain


if __name__ == "__main__":
    main()
