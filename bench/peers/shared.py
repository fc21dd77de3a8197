"""Vectors lent to a peer: what sentence-transformers would make of the passages, read from a file in place of made.

Runs in the peer's own environment. All ways have the same weights, so the vectors are the same but for rounding; to
make them four times over takes hours at 48,000 passages. Questions are embedded by each peer itself.
"""

import hashlib
import json
import os
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

PREFIX = "passage: "


def lend() -> None:
    """Let every SentenceTransformer give the vectors of the folder that PEER_VECTORS names; nothing where none is."""
    folder = os.environ.get("PEER_VECTORS")
    if not folder:
        return
    keys = json.loads((Path(folder) / "texts.json").read_text("utf-8"))
    rows = {key: row for row, key in enumerate(keys)}
    vectors = np.load(Path(folder) / "vectors.npy", mmap_mode="r")
    own = SentenceTransformer.encode

    def encode(self, inputs, *given, **options):
        texts = [inputs] if isinstance(inputs, str) else list(inputs)
        places = [rows.get(key_of(text)) for text in texts]
        if isinstance(inputs, str) or not texts or any(place is None for place in places):
            return own(self, inputs, *given, **options)
        found = np.array(vectors[places], np.float32)
        if options.get("convert_to_tensor"):
            import torch

            return torch.from_numpy(found)
        return found

    SentenceTransformer.encode = encode


def key_of(text: str) -> str:
    """What a text is found by, with or without the prefix of a passage; LangChain makes spaces of line breaks."""
    return hashlib.sha256(" ".join(text.removeprefix(PREFIX).split()).encode()).hexdigest()
