"""From a trained sentence-transformers folder to the small file that ships, and back to a folder for comparison."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from sentence_transformers.cross_encoder import CrossEncoder

from index.adapter import Deltas, read_adapter, write_adapter
from index.embed import short_hash
from index.reader import MAX_TOKENS, N_LAYERS
from index.sentence_transformer import stored_name
from index.weights import Weights, find_weights

_TENSORS = "model.safetensors"
_OF_READER = {
    "bert.pooler.dense.weight": "reader.pool.w",
    "bert.pooler.dense.bias": "reader.pool.b",
    "classifier.weight": "reader.out.w",
    "classifier.bias": "reader.out.b",
}


def deltas_of(trained: Sequence[Path], plain: Path, share: float) -> Deltas:
    """What training changed, by the names of the weights file: the mean over `trained` folders, times `share`.

    share: how much of the change is kept; 0.5 is the average of the trained and the plain weights.
    """
    before = load_file(plain / _TENSORS)
    sums: dict[str, torch.Tensor] = {}
    for folder in trained:
        after = load_file(folder / _TENSORS)
        for name, tensor in before.items():
            change = after[name] - tensor
            if bool(change.any()):
                sums[name] = sums.get(name, torch.zeros_like(tensor)) + change * (share / len(trained))
    return {stored_name(name): tensor.numpy().reshape(-1) for name, tensor in sums.items()}


def widths_of(weights: Weights, names: Sequence[str]) -> dict[str, int]:
    """The inputs of each of the tensors that is a matrix of a layer."""
    inputs = {"fo.w": weights.shape.feed_forward}
    inputs |= {f"{part}.w": weights.shape.hidden for part in ("q", "k", "v", "ao", "fi")}
    return {name: inputs[name.partition(".")[2]] for name in names if name.partition(".")[2] in inputs}


def pack(trained: Sequence[Path], plain: Path, file: Path, *, share: float, rank: int) -> None:
    """Write the adapter of the trained folders for the installed weights."""
    weights_file = find_weights()
    deltas = deltas_of(trained, plain, share)
    write_adapter(file, short_hash(weights_file), deltas, widths_of(Weights(weights_file), list(deltas)), rank)


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


def pack_reader(trained: Path, plain: Path, file: Path, *, rank: int) -> None:
    """Write what a trained reader adds to the installed weights, and its own tensors whole.

    trained: a folder that `train_reader` made from `plain`.
    """
    before, after = load_file(plain / _TENSORS), load_file(trained / _TENSORS)
    deltas: dict[str, NDArray[np.float32]] = {}
    for name, tensor in after.items():
        if name in _OF_READER:
            deltas[_OF_READER[name]] = tensor.numpy().reshape(-1)
            continue
        change = tensor - before[name.removeprefix("bert.")]
        if bool(change.any()):
            deltas[stored_name(name.removeprefix("bert."))] = change.numpy().reshape(-1)
    weights_file = find_weights()
    write_adapter(file, short_hash(weights_file), deltas, widths_of(Weights(weights_file), list(deltas)), rank)


def merge_reader(plain: Path, file: Path, folder: Path) -> None:
    """The reader of `file` as a sentence-transformers CrossEncoder, as `folder`.

    plain: the bundled model as a sentence-transformers folder.
    """
    added = read_adapter(file, short_hash(find_weights()))
    model = CrossEncoder(
        str(plain),
        num_labels=1,
        max_length=MAX_TOKENS,
        local_files_only=True,
        device="cpu",
        config_kwargs={"num_hidden_layers": N_LAYERS},
    )
    own = {name: added[ours] for name, ours in _OF_READER.items()}
    with torch.no_grad():
        for name, parameter in model[0].model.named_parameters():
            stored = stored_name(name.removeprefix("bert."))
            if name in own:
                parameter.copy_(torch.from_numpy(own[name]).reshape(parameter.shape))
            elif stored in added:
                parameter.add_(torch.from_numpy(added[stored]).reshape(parameter.shape))
    model.save_pretrained(str(folder))
