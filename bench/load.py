"""A store of as many passages as asked for, cut from the full texts of real regulations."""

import hashlib
import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from api.library import Library
from index.arrays import unit
from ingest.pipeline import Incoming, draft
from kb.access import EVERYONE
from kb.pages import Page, Reading, Verdict
from kb.settings import Settings
from kb.vectors import Embed, Embedded, Vectors

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "peraturan-texts" / "docs.jsonl.xz"
N_LONGEST = 400_000
"""Characters; the few longer texts are tables of tariffs."""

JITTER = 0.3
"""Length of the noise added to a unit vector that is used again: a cosine of 0.96 to the first, as of a near copy."""


@dataclass(slots=True)
class Reused:
    """An embedder that embeds the first `n_real` passages and then gives their vectors again, each time a little moved.

    A flat index does the same work for any vector; which passages come out near is no measure of quality.
    """

    real: Embed
    n_real: int
    kept: Vectors
    tokens: tuple[bytes, ...] = ()

    def __call__(self, texts: Sequence[str]) -> Embedded:
        """What is kept of the texts, real ones first."""
        n_left = max(0, min(len(texts), self.n_real - len(self.kept)))
        made = self.real(texts[:n_left])
        self.kept = np.concatenate([self.kept, made.vectors])
        self.tokens += made.tokens
        again = self._again(texts[n_left:])
        return Embedded(np.concatenate([made.vectors, again.vectors]), made.tokens + again.tokens)

    def _again(self, texts: Sequence[str]) -> Embedded:
        if not texts:
            return Embedded(np.empty((0, self.kept.shape[1]), np.float32))
        seed = int.from_bytes(hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).digest()[:8])
        drawn = np.random.default_rng(seed)
        rows = drawn.integers(len(self.kept), size=len(texts))
        noise = drawn.standard_normal((len(texts), self.kept.shape[1]), np.float32)
        return Embedded(
            unit(self.kept[rows] + JITTER * unit(noise)),
            tuple(self.tokens[i] for i in rows.tolist()) if self.tokens else (),
        )


class Loader:
    """Fills the store of the bench, as `bench.worker` calls it."""

    def __init__(self, home: str, n_real: str) -> None:
        """Make a store in `home`; the first `n_real` passages are embedded, the others given vectors again."""
        self._library = Library.open(Settings(home=Path(home)))
        embedder = self._library.embedder
        embed = Reused(embedder.embed_with_tokens, int(n_real), np.empty((0, embedder.dim), np.float32))
        self._tools = replace(self._library.tools, embed=embed)
        self._texts = texts()
        self._n_passages = 0

    def fill(self, n_passages: int) -> int:
        """Put regulations in until the store holds `n_passages` or a few more; return how many it holds."""
        while self._n_passages < n_passages:
            name, text = next(self._texts)
            content = text.encode("utf-8", "replace")
            incoming = Incoming(name, name, EVERYONE, hashlib.sha256(content).hexdigest(), len(content))
            reading = Reading("text/plain", (Page(1, text, Verdict.TEXT),), has_pages=False)
            made = draft(incoming, reading, self._tools)
            self._library.store.documents.put(made)
            self._n_passages += len(made.passages)
        return self._n_passages


def texts() -> Iterator[tuple[str, str]]:
    """The name and the text of each regulation."""
    with lzma.open(TEXTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if len(row["text"]) <= N_LONGEST:
                yield row["id"], row["text"]
