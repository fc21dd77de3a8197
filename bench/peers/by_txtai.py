"""txtai's hybrid search: its BM25 and FAISS with its own weights."""

import torch
from shared import lend
from txtai import Embeddings
from wire import THREADS, drive


class Txtai:
    """Words and vectors, half and half, as txtai does by itself."""

    def __init__(self, model: str, work: str) -> None:
        torch.set_num_threads(THREADS)
        self._embeddings = Embeddings(
            path=model,
            method="sentence-transformers",
            hybrid=True,
            gpu=False,
            # E5's prefixes come from the model's own prompts: given here too, they would stand twice.
            instructions={"query": "", "data": ""},
        )

    def index(self, ids: list[str], texts: list[str]) -> None:
        """See `Way`."""
        self._embeddings.index((key, text, None) for key, text in zip(ids, texts, strict=True))

    def search(self, text: str, k: int) -> list[str]:
        """See `Way`."""
        return [str(key) for key, _ in self._embeddings.search(text, k)]


if __name__ == "__main__":
    lend()
    drive(Txtai)
