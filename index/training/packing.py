"""From a trained sentence-transformers folder to the small file that ships, and back to a folder for comparison."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file

from index.adapter import Deltas, write_adapter
from index.embed import short_hash
from index.sentence_transformer import stored_name
from index.training.reader import HEAD
from index.weights import Weights, find_weights

_TENSORS = "model.safetensors"


def deltas_of(trained: Sequence[Path], start: Path, share: float) -> Deltas:
    """What training changed, by the names of the weights file: the mean over `trained` folders, times `share`.

    start: what training began with. share: how much of the change is kept; 0.5 is the average of both.
    """
    before = load_file(start / _TENSORS)
    sums: dict[str, torch.Tensor] = {}
    for folder in trained:
        after = load_file(folder / _TENSORS)
        # Mean pooling leaves the pooler out, and a reader is saved without it.
        for name in sorted(name for name in before if not name.startswith("pooler.")):
            change = after[name] - before[name]
            if bool(change.any()):
                sums[name] = sums.get(name, torch.zeros_like(change)) + change * (share / len(trained))
    return {stored_name(name): tensor.numpy().reshape(-1) for name, tensor in sums.items()}


def added(first: Deltas, second: Deltas) -> dict[str, NDArray[np.float32]]:
    """What both add, tensor by tensor."""
    total = dict(first)
    for name, change in second.items():
        total[name] = total[name] + change if name in total else change
    return total


def widths_of(weights: Weights, names: Sequence[str]) -> dict[str, int]:
    """The inputs of each of the tensors that is a matrix of a layer."""
    inputs = {"fo.w": weights.shape.feed_forward}
    inputs |= {f"{part}.w": weights.shape.hidden for part in ("q", "k", "v", "ao", "fi")}
    return {name: inputs[name.partition(".")[2]] for name in names if name.partition(".")[2] in inputs}


def pack(trained: Sequence[Path], plain: Path, start: Path, file: Path, *, share: float, rank: int) -> None:
    """Write the adapter of the trained folders for the installed weights.

    plain: those weights as a folder. start: what training began with, which is kept whole; it may be `plain`.
    """
    weights_file = find_weights()
    deltas = added(deltas_of([start], plain, 1.0), deltas_of(trained, start, share))
    write_adapter(file, short_hash(weights_file), deltas, widths_of(Weights(weights_file), list(deltas)), rank)


def pack_reader(trained: Path, plain: Path, file: Path, *, rank: int) -> None:
    """Write what a trained reader adds to the installed weights, and its head."""
    weights = Weights(find_weights())
    deltas = dict(deltas_of([trained], plain, 1.0))
    head = torch.load(trained / HEAD, weights_only=True)
    deltas |= {"head.w": head["weight"].numpy().reshape(-1), "head.b": head["bias"].numpy()}
    write_adapter(file, weights.hash, deltas, widths_of(weights, list(deltas)), rank)


def merge(plain: Path, deltas: Deltas, folder: Path) -> None:
    """The sentence-transformers folder `plain` with `deltas` added to its weights, as `folder`.

    Raises ValueError for a delta that no tensor of the model takes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in plain.rglob("*"):
        if file.is_file() and file.name != _TENSORS:
            target = folder / file.relative_to(plain)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    tensors = load_file(plain / _TENSORS)
    left = dict(deltas)
    for name, tensor in tensors.items():
        delta = left.pop(stored_name(name), None)
        if delta is not None:
            tensors[name] = tensor + torch.from_numpy(np.array(delta)).reshape(tensor.shape)
    if left:
        raise ValueError(f"expected deltas of the model's tensors, not {sorted(left)}")
    save_file(tensors, folder / _TENSORS, metadata={"format": "pt"})
