"""How the tokens of the bundled model are spread: `python -m bench.token_spread` writes `index/tokens.npz`.

From 1,200 pieces of ../shared/data/peraturan-texts and 400 passages of the corpus of IDK-MRC, as passages are embedded.
"""

import argparse
import json
import lzma
import random
from pathlib import Path

import numpy as np

from index.adapter import SHIPPED as ADAPTER
from index.adapter import AdaptedWeights
from index.arrays import unit
from index.bundled import N_PREFIX, PASSAGE_PREFIX, direction
from index.encoder import Encoder
from index.late import SHIPPED
from index.tokenizer import Tokenizer
from index.weights import find_weights

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SEED = 5
N_WORDS = 120
N_OF_REGULATIONS, N_OF_CORPUS = 1_200, 400


def pieces() -> list[str]:
    """Texts of some 120 words."""
    chosen = random.Random(SEED)
    found = []
    with lzma.open(DATA / "peraturan-texts" / "docs.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            words = json.loads(line)["text"].split()
            at = chosen.randrange(max(1, len(words) - N_WORDS))
            found.append(" ".join(words[at : at + N_WORDS]))
    with (DATA / "idk-mrc" / "corpus.jsonl").open(encoding="utf-8") as lines:
        general = [json.loads(line)["text"] for line in lines]
    return chosen.sample(found, N_OF_REGULATIONS) + chosen.sample(general, N_OF_CORPUS)


def main() -> None:
    """Write the mean and the deviation of each dimension."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    weights = AdaptedWeights(find_weights(), ADAPTER)
    shape = weights.shape
    tokenizer = Tokenizer(weights.vocabulary())
    encoder = Encoder(weights, shape.n_layers, direction, precision="f32", threads=2, with_tokens=True)
    ids = [row[: shape.n_positions] for row in tokenizer.encode([PASSAGE_PREFIX + text for text in pieces()])]
    _, tokens = encoder.run_with_tokens(ids, shape.hidden)
    rows = unit(np.concatenate([each[N_PREFIX:-1] for each in tokens]))
    mean, deviation = rows.mean(axis=0, dtype=np.float64), rows.std(axis=0, dtype=np.float64)
    np.savez(SHIPPED, mean=mean.astype(np.float32), deviation=deviation.astype(np.float32))
    print(f"{len(rows)} tokens; deviation of a dimension {deviation.min():.4f} to {deviation.max():.4f}")


if __name__ == "__main__":
    main()
