"""The passages that share the question's words: the protocol and SQLite's FTS5."""

from collections.abc import Collection, Sequence
from typing import Protocol

import numpy as np

from index.dense import EMPTY, Ranking
from index.thesaurus import Term
from kb.store import Passages
from kb.types import Content, DocumentId

TEXT_WEIGHT, HEADING_WEIGHT = 1.0, 1.0
SYNONYMS = 0.2


class LexicalIndex(Protocol):
    """Passages by the words they hold."""

    def search(
        self,
        terms: Sequence[Term],
        k: int,
        documents: Sequence[DocumentId] | None = None,
        contents: Collection[Content] = (),
    ) -> Ranking:
        """The `k` best passages that hold any of `terms`, best first; fewer where fewer do.

        documents: to choose from, None for all. contents: where documents are named, only their passages that hold
        any of these.
        """


class Fts5Index:
    """FTS5 in the store itself, written in the same transaction as the passages: nothing to keep in step."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def search(
        self,
        terms: Sequence[Term],
        k: int,
        documents: Sequence[DocumentId] | None = None,
        contents: Collection[Content] = (),
    ) -> Ranking:
        """See `LexicalIndex`. Score: BM25 of the question's own words plus `SYNONYMS` times that of all synonyms.

        FTS5 weighs no single word; `scoring` weighs each one exactly among what is found here.
        """
        own = sorted({term.stem for term in terms if term.weight == 1.0})
        others = sorted({term.stem for term in terms} - set(own))
        total: dict[int, float] = {}
        for stems, weight in ((own, 1.0), (others, SYNONYMS)):
            if not stems:
                continue
            expression = " OR ".join(f'"{stem}"' for stem in stems)
            ids, scores = self._passages.match(expression, k, (TEXT_WEIGHT, HEADING_WEIGHT), documents, contents)
            for passage_id, score in zip(ids.tolist(), scores.tolist(), strict=True):
                total[passage_id] = total.get(passage_id, 0.0) + weight * score
        if not total:
            return EMPTY
        ids = np.fromiter(total.keys(), np.int64, len(total))
        scores = np.fromiter(total.values(), np.float64, len(total))
        best = np.lexsort((ids, -scores))[:k]
        return Ranking(ids[best], scores[best])
