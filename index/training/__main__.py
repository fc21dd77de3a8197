"""`python -m index.training`: train on mined pairs, then pack what changed into the small file that ships."""

import argparse
import dataclasses
from pathlib import Path

from index.adapter import SHIPPED
from index.bundled import BundledEmbedder
from index.bundled_reader import READER
from index.sentence_transformer import export_sentence_transformer
from index.training.batches import SHARES
from index.training.noise import Noise
from index.training.packing import pack, pack_reader
from index.training.pairs import read_pairs
from index.training.reader import ReaderRecipe, export_reader, train_reader
from index.training.readings import read_readings
from index.training.trainer import Recipe, train


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    learn = commands.add_parser("train", help="train the bundled weights; an earlier run in OUT is gone on with")
    learn.add_argument("pairs", type=Path, help="what bench.mine_pairs wrote")
    learn.add_argument("out", type=Path, help="folder of the checkpoints")
    learn.add_argument(
        "--start",
        type=Path,
        help="the folder to begin with, if not `adapted` beside OUT: the weights with their adapter",
    )
    learn.add_argument("--without", nargs="+", choices=tuple(SHARES), default=[], help="kinds of pairs to leave out")
    learn.add_argument("--hard", action="store_true", help="with a hard negative for each pair")
    _add_recipe(learn, Recipe())
    packing = commands.add_parser("pack", help="write the adapter of one trained folder, or of the mean of several")
    packing.add_argument("trained", type=Path, nargs="+")
    packing.add_argument("--out", type=Path, default=SHIPPED)
    packing.add_argument("--share", type=float, default=1.0, help="how much of the change is kept, chosen on dev")
    packing.add_argument(
        "--start",
        type=Path,
        required=True,
        help="the folder that the first run began with, kept whole: `adapted` beside the runs unless `train` was told "
        "another, `plain` for the weights alone",
    )
    packing.add_argument("--rank", type=int, default=88)
    reading = commands.add_parser("read", help="train the reader of pairs; an earlier run in OUT is gone on with")
    reading.add_argument("readings", type=Path, help="what bench.mine_readings wrote")
    reading.add_argument("out", type=Path, help="folder of the checkpoints")
    reading.add_argument("--afresh", action="store_true", help="begin with the embedder, not with the shipped reader")
    _add_recipe(reading, ReaderRecipe())
    packing_reader = commands.add_parser("pack-reader", help="write the shipped file of a trained reader")
    packing_reader.add_argument("trained", type=Path)
    packing_reader.add_argument("--out", type=Path, default=READER)
    packing_reader.add_argument("--rank", type=int, default=60)
    arguments = vars(parser.parse_args())
    command = arguments.pop("command")
    if command == "read":
        readings, out = read_readings(arguments.pop("readings")), arguments.pop("out")
        is_afresh = arguments.pop("afresh")
        start = (
            _exported(out.parent / "adapted", SHIPPED) if is_afresh else export_reader(out.parent / "reader", READER)
        )
        print(train_reader(start, readings, out, ReaderRecipe(**arguments)))
    elif command == "pack-reader":
        trained = arguments["trained"]
        pack_reader(trained, _exported(trained.parent.parent / "plain"), arguments["out"], rank=arguments["rank"])
        print(arguments["out"], arguments["out"].stat().st_size, "bytes")
    elif command == "pack":
        trained = arguments["trained"]
        plain = _exported(trained[0].parent.parent / "plain")
        start, share, rank = arguments["start"], arguments["share"], arguments["rank"]
        pack(trained, plain, start, arguments["out"], share=share, rank=rank)
        print(arguments["out"], arguments["out"].stat().st_size, "bytes")
    else:
        without, out = arguments.pop("without"), arguments.pop("out")
        pairs = [pair for pair in read_pairs(arguments.pop("pairs")) if pair.source not in without]
        start = arguments.pop("start") or _exported(out.parent / "adapted", SHIPPED)
        embedder = BundledEmbedder(threads=arguments["threads"], adapter=SHIPPED) if arguments.pop("hard") else None
        print(train(start, pairs, out, Recipe(**arguments), embedder))


def _add_recipe(parser: argparse.ArgumentParser, defaults: Recipe | ReaderRecipe) -> None:
    """An option for each setting of a recipe."""
    for field in dataclasses.fields(defaults):
        if field.name == "noise":
            parser.add_argument(
                "--noise",
                nargs="*",
                type=Noise,
                choices=tuple(Noise),
                default=field.default,
                help="kinds of noise to make; none where none is named",
            )
        elif field.name == "bf16":
            parser.add_argument("--f32", dest="bf16", action="store_false", help="train without bfloat16")
        else:
            kind = float if field.name == "minutes" else type(field.default)
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind, default=field.default)


def _exported(folder: Path, adapter: Path | None = None) -> Path:
    """The bundled weights as a sentence-transformers folder, exported once."""
    if not (folder / "modules.json").exists():
        export_sentence_transformer(folder, adapter)
    return folder


if __name__ == "__main__":
    main()
