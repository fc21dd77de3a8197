"""What is out of force comes after what holds, as far as whoever asks may know it."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Protocol

from index.dense import Ranking, best_first
from index.retrieval import Candidates
from kb.access import Viewer
from kb.addresses import holds
from kb.documents import Document, DocumentId
from kb.legal import InForce, Standing
from kb.passages import PassageId
from kb.questions import Query

OUT_OF_FORCE = 0.15
"""What a passage of a repealed regulation, or of a provision that has another text now, loses.

docs/decisions/043-law-in-force-first.md.
"""

N_LOOKED_AT = 60
"""Of how many first passages the standing is looked up."""

_ASKS_OLD = re.compile(
    r"(?<!\w)(?:(?:uu|undang-undang|perda|perbup|perwal\w*|aturan|peraturan|peraturan daerah|ketentuan|versi|pasal)"
    r"(?: yang)? (?:lama|dulu|dahulu|terdahulu|sebelumnya|semula)|(?:zaman|jaman) dulu|"
    r"sebelum (?:di(?:ubah|ganti|cabut|revisi)\w*|perubahan|amandemen|ada (?:uu|undang-undang|perda|perbup|perwal\w*))|"
    r"before (?:it|they) (?:was|were) (?:amended|repealed|replaced)|"
    r"(?:the )?(?:old|former|previous|repealed) (?:law|act|regulation|rule)s?)(?!\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Known(Protocol):
    """What one viewer may know of the standing of regulations on a day."""

    def of(self, document: Document, address: str) -> Standing | None:
        """The standing of the provision at an address of a document; None for what is no regulation."""


KnownOn = Callable[[Viewer, datetime.date], Known]


def in_force_first(
    ranking: Ranking,
    candidates: Candidates,
    query: Query,
    visible: Mapping[DocumentId, Document],
    named: frozenset[DocumentId],
    known_on: KnownOn,
) -> Ranking:
    """The ranking with what is out of force `OUT_OF_FORCE` lower.

    Nothing of a document that the question names, by its year or in `named`, that the asker limited the search to, or
    where the old text is asked for.
    """
    if _ASKS_OLD.search(query.text):
        return ranking
    # Limited to what is in force, the documents are not the asker's own choice.
    chosen = named | (query.filters.documents if query.filters.in_force_on is None else frozenset())
    years = {int(year) for year in _YEAR.findall(query.text)}
    known = known_on(query.viewer, query.filters.in_force_on or datetime.date.today())
    scores = ranking.scores.copy()
    for place, passage_id in enumerate(ranking.ids[:N_LOOKED_AT].tolist()):
        traits = candidates.of(PassageId(passage_id))
        document = visible.get(traits.document_id)
        if document is None or document.id in chosen or document.metadata.year in years:
            continue
        standing = known.of(document, traits.address)
        if standing is not None and _is_replaced(standing, traits.address):
            scores[place] -= OUT_OF_FORCE
    return best_first(ranking.ids, scores)


def _is_replaced(standing: Standing, address: str) -> bool:
    """Whether the provision at `address` is repealed, or another text stands in its place.

    An amendment gives a Pasal anew as a whole, whichever ayat it changes; of the definitions of Pasal 1 only those that
    it changes.
    """
    if standing.in_force is InForce.REPEALED:
        return True
    return standing.in_force is InForce.AMENDED and any(
        holds(act.provision, address) or not _is_one_of_a_list(act.provision) for act in standing.acts
    )


def _is_one_of_a_list(provision: str) -> bool:
    return provision.rpartition("/")[2].startswith("angka-")
