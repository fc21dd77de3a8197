"""From a clause to the provisions closest to it: passages pooled by their Pasal, each with its nearest ayat."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz

from index.clause import parts
from index.difference import difference, same_share
from index.fusion import convex
from index.outline import ancestors, label
from index.retrieval import Candidates, Retriever
from index.search import passes
from index.words import analyse
from kb.access import Viewer
from kb.documents import REGULATIONS, Document, DocumentId
from kb.errors import NotFoundError, Text
from kb.pages import Span
from kb.passages import PassageId, StoredPassage
from kb.precedent import ClauseQuery, Matrix, Precedent, PrecedentGroup, Provision
from kb.questions import Filters
from kb.sections import Section, SectionKind
from kb.store import Store

DENSE_WEIGHT = 0.6
"""The share of the vectors beside the words; docs/decisions/012-ranking.md."""

SHORT = -0.3
"""A provision of a few words ("Pasal 2 Cukup jelas.", "dihapus") is no precedent."""
_FEWEST_WORDS = 5

WHOLE = 0.5
"""How much nearness to all parts of a long clause counts beside that to one; see docs/decisions/022-precedents.md."""

DELEGATING = -0.15
DEFINING = -0.1
"""A provision that only hands its matter on ("Ketentuan lebih lanjut mengenai …") and one that defines words repeat the
words of what is looked for and settle nothing; where the clause itself is of that sort, they count in full.
"""

LEAST_OVERLAP = 0.5
"""A cell of a matrix stays empty below this share of the topic's words: the nearest of a region may be far."""

_NOT_PROVISIONS = frozenset(
    {
        SectionKind.OPENING,
        SectionKind.CONSIDERING,
        SectionKind.RECALLING,
        SectionKind.DECIDING,
        SectionKind.CLOSING,
        SectionKind.EXPLANATION,
    }
)
_EXPLAINING = re.compile(r"(^|/)penjelasan(/|$)")
_DELEGATES = re.compile(
    r"\s*(?:Pasal\s+\w+\s*)?(?:\(\d+\)\s*)?Ketentuan\s+(?:lebih\s+lanjut|mengenai)\b", re.IGNORECASE
)
_DEFINES = re.compile(r"\b(?:adalah|dimaksud dengan|definisi|pengertian|arti)\b", re.IGNORECASE)
_OF_AMENDMENT = re.compile(r"Pasal [IVXL]+")


@dataclass(frozen=True, slots=True)
class _Found:
    """A Pasal that a part of the clause brought in. passage: the best of its passages."""

    document: Document
    place: int
    passage: StoredPassage
    part: int
    score: float
    overlap: float


class PrecedentFinder:
    """Precedents of a store for whoever asks."""

    def __init__(self, store: Store, retriever: Retriever) -> None:
        self._store, self._retriever = store, retriever

    def find(self, query: ClauseQuery) -> tuple[PrecedentGroup, ...]:
        """The regulations whose provisions are nearest, best first, each with its nearest provisions.

        Only provisions that the query's viewer may see. Raises QueryRefusedError, ModelMismatchError.
        """
        clauses = parts(query.text)
        n_words = sum(len(text.split()) for text in clauses)
        best: dict[tuple[DocumentId, int | PassageId], _Found] = {}
        total: dict[tuple[DocumentId, int | PassageId], float] = defaultdict(float)
        for part, text in enumerate(clauses):
            for key, found in self._look(text, part, query).items():
                total[key] += found.score * len(text.split()) / n_words
                if key not in best or best[key].score < found.score:
                    best[key] = found
        # A Pasal near to the whole of a long clause comes before one that is near to a part of it.
        best = {
            key: replace(found, score=(1.0 - WHOLE) * found.score + WHOLE * total[key]) for key, found in best.items()
        }
        groups: dict[DocumentId, list[_Found]] = {}
        for found in sorted(best.values(), key=lambda each: (-each.score, each.passage.id)):
            groups.setdefault(found.document.id, []).append(found)
        return tuple(
            PrecedentGroup(
                members[0].document,
                tuple(self._precedent(found, clauses[found.part]) for found in members[: query.n_each]),
            )
            for members in list(groups.values())[: query.n_documents]
        )

    def matrix(self, viewer: Viewer, topics: Sequence[str], regions: Sequence[str], filters: Filters) -> Matrix:
        """The nearest provision of each region on each topic, None where none holds enough of the topic's words.

        filters: their regions are those of the columns. Raises QueryRefusedError, ModelMismatchError.
        """
        rows = []
        for topic in topics:
            row = []
            for region in regions:
                limits = Filters(
                    filters.kinds, frozenset({region}), filters.documents, filters.year_from, filters.year_to
                )
                groups = self.find(ClauseQuery(topic, viewer, limits, n_documents=1, n_each=1))
                nearest = groups[0].precedents[0] if groups else None
                row.append(nearest if nearest is not None and nearest.overlap >= LEAST_OVERLAP else None)
            rows.append(tuple(row))
        return Matrix(tuple(topics), tuple(regions), tuple(rows))

    def provision(self, viewer: Viewer, document_id: DocumentId, address: str) -> Provision:
        """The provision at an address of a document's current version, with its text. Raises NotFoundError."""
        document = self._store.documents.read(viewer, document_id)
        sections = self._store.versions.sections(document.version_id)
        for place, section in enumerate(sections):
            if section.address == address and section.spans:
                return self._provision(document, sections, place, section.spans)
        raise NotFoundError(
            f"dokumen {document_id}",
            Text(f"tidak ada ketentuan {address!r} di dalamnya", f"it has no provision {address!r}"),
            Text("pilih dari daftar isinya", "choose one of its outline"),
        )

    def _look(self, text: str, part: int, query: ClauseQuery) -> dict[tuple[DocumentId, int | PassageId], _Found]:
        """The best passage of each Pasal that both channels find for one part of the clause."""
        visible = self._store.documents.visible(query.viewer)
        wanted = [
            key
            for key, document in visible.items()
            if document.metadata.kind in REGULATIONS and key not in query.without and passes(document, query.filters)
        ]
        if not wanted:
            return {}
        n_documents = self._store.documents.count()
        candidates = self._retriever.candidates(text, wanted, tuple(visible) if len(visible) < n_documents else None)
        scores = convex(candidates.lexical, candidates.dense, DENSE_WEIGHT)
        passages = self._store.passages.read([PassageId(i) for i in candidates.ids.tolist()])
        found: dict[tuple[DocumentId, int | PassageId], _Found] = {}
        for row, passage_id in enumerate(candidates.ids.tolist()):
            passage = passages.get(PassageId(passage_id))
            document = None if passage is None else visible.get(passage.document_id)
            # Gone or replaced since it was found: its spans are not of the version cited.
            if passage is None or document is None or passage.version_id != document.version_id:
                continue
            sections = self._store.versions.sections(document.version_id)
            place = _provision_at(sections, passage.section)
            if place is None:
                continue
            score = float(scores[row]) + _prior(text, passage.text, sections[place].address, passage.words)
            # Outside of every Pasal (a scan whose headings could not be read) a passage stands for itself.
            key = (document.id, place if sections[place].kind is SectionKind.PASAL else passage.id)
            if key not in found or found[key].score < score:
                found[key] = _Found(document, place, passage, part, score, _overlap(candidates, row))
        return found

    def _precedent(self, found: _Found, clause: str) -> Precedent:
        sections = self._store.versions.sections(found.document.version_id)
        if sections[found.place].kind is SectionKind.PASAL:
            whole = self._provision(found.document, sections, found.place, sections[found.place].spans)
        else:
            whole = self._provision(found.document, sections, found.place, found.passage.spans)
        closest = self._closest(whole, sections, found.place, clause)
        return Precedent(
            whole=whole,
            closest=closest,
            part=found.part,
            score=found.score,
            overlap=found.overlap,
            same=same_share(clause, closest.text),
            difference=difference(clause, closest.text),
        )

    def _closest(self, whole: Provision, sections: Sequence[Section], pasal: int, clause: str) -> Provision:
        """The ayat of a Pasal whose words are nearest to the clause; the Pasal itself where it has none."""
        ayat = [
            place
            for place, section in enumerate(sections)
            if section.kind is SectionKind.AYAT and section.parent == pasal and section.spans
        ]
        if not ayat or sections[pasal].kind is not SectionKind.PASAL:
            return whole
        stems = analyse(clause)
        delegates = _DELEGATES.match(clause) is not None
        provisions = [self._provision(whole.document, sections, place, sections[place].spans) for place in ayat]
        own = [each for each in provisions if delegates or not _DELEGATES.match(each.text)]
        return max(own or provisions, key=lambda provision: _nearness(stems, analyse(provision.text)))

    def _provision(
        self, document: Document, sections: Sequence[Section], place: int, spans: tuple[Span, ...]
    ) -> Provision:
        pages = {
            number: self._store.versions.page(document.version_id, number).text
            for number in sorted({span.page for span in spans})
        }
        return Provision(
            document=document,
            address=sections[place].address,
            label=label(sections, place),
            heading_path=tuple(_headings(sections, place)),
            spans=spans,
            text="\n".join(pages[span.page][span.start : span.end] for span in spans),
        )


def _provision_at(sections: Sequence[Section], section: Section) -> int | None:
    """The place of the Pasal that holds a section, of the section itself outside of any; None for what is none."""
    place = next((i for i, each in enumerate(sections) if each.address == section.address), None)
    if place is None or section.kind in _NOT_PROVISIONS or _EXPLAINING.search(section.address):
        return None
    for at in reversed(ancestors(sections, place)):
        # Pasal I of an amending law is no provision of its own: what it puts into the other law is.
        if sections[at].kind is SectionKind.PASAL and not _OF_AMENDMENT.fullmatch(sections[at].label):
            return at
    return place


def _prior(clause: str, text: str, address: str, words: str) -> float:
    """What is added to a provision's score for what it is, whatever its words have in common with the clause."""
    prior = SHORT if words.count(" ") + 1 < _FEWEST_WORDS else 0.0
    if _DELEGATES.match(text) and not _DELEGATES.match(clause):
        prior += DELEGATING
    # A regulation defines its terms in Pasal 1 and nowhere else (UU 12/2011, Lampiran II, 96 to 98).
    if address.rpartition("/")[2] == "pasal-1" and not _DEFINES.search(clause):
        prior += DEFINING
    return prior


def _headings(sections: Sequence[Section], place: int) -> Iterable[str]:
    """The BAB, Bagian and Paragraf above a provision, with their headings."""
    for at in ancestors(sections, place)[:-1]:
        section = sections[at]
        if section.kind in (SectionKind.BAB, SectionKind.BAGIAN, SectionKind.PARAGRAF, SectionKind.ATTACHMENT):
            yield f"{section.label} {section.heading}".strip()


def _overlap(candidates: Candidates, row: int) -> float:
    """The share of the clause's word weight that a passage with its headings holds, in [0, 1]."""
    traits = candidates.traits[row]
    stems = [*traits.words.split(), *traits.heading_words.split()]
    return float(np.clip(candidates.weights.coverage(candidates.weights.find(stems)), 0.0, 1.0))


def _nearness(clause: str, provision: str) -> float:
    """How near two analysed texts are: half for the words they share, half for how much else there is."""
    return float(fuzz.token_set_ratio(clause, provision) + fuzz.token_sort_ratio(clause, provision))
