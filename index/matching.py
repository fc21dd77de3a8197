"""How much of a question each candidate holds: in its text, under its headings, and in the title of its document."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.dense import Scores
from index.retrieval import Candidates
from index.titles import title_stems
from kb.documents import Document, DocumentId

WINDOW = 24
"""Words of a passage that are looked at together: about a sentence, or an ayat."""


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Shares of the question's word weight (idf), candidate by candidate, in [0, 1].

    A document's title says once what all of its passages are about: a word of the question that stands in it is held by
    each of them, and by none more for saying it again. covered: in title, headings and text. window: in title, headings
    and any `WINDOW` neighbouring words of the text.
    """

    covered: Scores
    window: Scores


def matches(candidates: Candidates, documents: Mapping[DocumentId, Document]) -> Matches:
    """What each candidate holds of the question. A document that is not among `documents` has no title."""
    weights = candidates.weights
    titles = {
        key: weights.find(title_stems(documents[key])) if key in documents else []
        for key in {traits.document_id for traits in candidates.traits}
    }
    covered, window = np.zeros((2, len(candidates.ids)))
    for i, traits in enumerate(candidates.traits):
        above = [*titles[traits.document_id], *weights.held(traits.heading_words).found]
        text = weights.held(traits.words).found
        covered[i] = weights.coverage([*above, *text])
        # What is held above already makes no window better.
        known = {found.term for found in above}
        more = [found for found in text if found.term not in known]
        window[i] = weights.coverage([*above, *weights.densest(more, WINDOW)])
    return Matches(covered, window)
