"""The shipped adapter: what is added to the bundled weights, as products of two thin matrices each.

File: numpy's `.npz`, float16. For a matrix "l7.fi.w" of the weights file `l7.fi.w.left` (n_out, r) and
`l7.fi.w.right` (r, n_in); for a bias or norm "l7.fi.b" the difference itself, `l7.fi.b.whole`. `base`: the short hash
of the weights file it fits.
"""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import read_arrays
from index.embed import short_hash
from index.weights import Weights
from kb.errors import ModelMissingError, Text

SHIPPED = Path(__file__).with_name("adapter.npz")
"""The adapter that the bundled model is served with."""

_UNTHREADED = 1 << 18

Deltas = Mapping[str, NDArray[np.float32]]
"""What is added to each tensor of the weights, in the tensor's own order, as one row."""


class AdaptedWeights(Weights):
    """The weights file with adapters added to each tensor as it is asked for.

    Each adapter is made for the weights with those before it. A tensor that the file lacks is what the adapters say.
    Raises ModelMissingError where a file is broken, or an adapter was made for other weights.
    """

    def __init__(self, file: Path, *adapters: Path) -> None:
        super().__init__(file)
        self._hash = short_hash(file)
        self._adapters: list[Adapter] = []
        for adapter in adapters:
            self._adapters.append(read_adapter(adapter, self._hash))
            self._hash += f"+{short_hash(adapter)}"

    @property
    def hash(self) -> str:
        """What names these weights in a stamp: the file's hash and those of the adapters."""
        return self._hash

    def tensor(self, name: str) -> NDArray[np.float32]:
        """The adapted tensor as one row of float32."""
        added = [adapter[name] for adapter in self._adapters if name in adapter.names]
        if name in self.names:
            added.append(super().tensor(name))
        return sum(added[1:], added[0])


class Adapter(Mapping[str, NDArray[np.float32]]):
    """What an adapter file adds to each tensor of the weights; a product is made when it is asked for.

    Only then does it cost time, and the graph is built beside the tokenizer.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.float16]]) -> None:
        self._arrays = arrays
        self.names = frozenset(key.rpartition(".")[0] for key in arrays)

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        """What is added to the tensor `name`, as one row."""
        whole = self._arrays.get(f"{name}.whole")
        if whole is not None:
            return whole.astype(np.float32)
        left, right = (self._arrays[f"{name}.{side}"].astype(np.float32) for side in ("left", "right"))
        return _product(left, right).reshape(-1)

    def __iter__(self) -> Iterator[str]:
        """The names of the tensors that it changes, sorted."""
        return iter(sorted(self.names))

    def __len__(self) -> int:
        """How many tensors it changes."""
        return len(self.names)


def read_adapter(file: Path, base: str) -> Adapter:
    """What `file` adds to the weights whose short hash is `base`.

    Raises ModelMissingError where the file is broken or made for other weights.
    """
    try:
        arrays = read_arrays(file)
        made_for = str(arrays.pop("base"))
    except (ValueError, KeyError) as cause:
        raise _unusable(file, Text("bukan berkas adapter yang utuh", "not a complete adapter file")) from cause
    if made_for != base:
        raise _unusable(
            file,
            Text(f"dibuat untuk bobot {made_for}, bukan {base}", f"made for the weights {made_for}, not {base}"),
        )
    return Adapter({name: np.asarray(array, np.float16) for name, array in arrays.items()})


def write_adapter(file: Path, base: str, deltas: Deltas, widths: Mapping[str, int], rank: int) -> None:
    """Write `deltas` for the weights `base`, each matrix cut to its `rank` strongest directions.

    widths: the inputs of each tensor that is a matrix; all others are kept whole.
    """
    arrays: dict[str, NDArray[np.float16]] = {}
    for name, delta in deltas.items():
        if name in widths:
            left, right = low_rank(delta.reshape(-1, widths[name]), rank)
            arrays[f"{name}.left"], arrays[f"{name}.right"] = left.astype(np.float16), right.astype(np.float16)
        else:
            arrays[f"{name}.whole"] = delta.astype(np.float16)
    np.savez(file, allow_pickle=False, base=np.array(base), **arrays)


def _product(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """`left @ right`, block by block.

    OpenBLAS starts its threads above 2^18 multiplications, and while other cores are busy they wait for each other:
    all products of the shipped adapter then cost 0.2 to 0.5 s instead of 0.03.
    """
    side = max(1, math.isqrt(_UNTHREADED // left.shape[1]))
    product = np.empty((left.shape[0], right.shape[1]), dtype=np.float32)
    for i in range(0, left.shape[0], side):
        for j in range(0, right.shape[1], side):
            np.matmul(left[i : i + side], right[:, j : j + side], out=product[i : i + side, j : j + side])
    return product


def low_rank(matrix: NDArray[np.float32], rank: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The two factors, (n_out, r) and (r, n_in), whose product is the nearest matrix of this rank (Eckart-Young)."""
    u, s, vt = np.linalg.svd(matrix, full_matrices=False)
    root = np.sqrt(s[:rank])
    return u[:, :rank] * root, root[:, None] * vt[:rank]


def _unusable(file: Path, what: Text) -> ModelMissingError:
    return ModelMissingError(
        str(file),
        what,
        Text(
            "pasang ulang acuan, atau isi KB_MODEL=bundled-plain untuk memakai bobot tanpa adapter",
            "install acuan again, or set KB_MODEL=bundled-plain to use the weights without it",
        ),
    )
