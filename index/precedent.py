"""From a clause to the provisions closest to it: passages pooled by their Pasal, each with its nearest ayat."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz

from index.clause import parts
from index.difference import difference, same_share
from index.fusion import convex
from index.outline import label
from index.ranking import FEWEST_WORDS
from index.retrieval import Candidates, Retriever
from index.search import N_LOOKS, passes
from index.words import analyse
from kb.access import Viewer
from kb.addresses import explains
from kb.documents import REGULATIONS, Document, DocumentId
from kb.errors import NotFoundError, Text
from kb.pages import Span
from kb.passages import PassageId, StoredPassage
from kb.precedent import ClauseQuery, Matrix, Precedent, PrecedentGroup, Provision
from kb.questions import Filters
from kb.sections import Outline, Section, SectionKind
from kb.store import Store

DENSE_WEIGHT = 0.6
"""The share of the vectors beside the words; docs/decisions/012-ranking.md."""

SHORT = -0.3
"""A provision of a few words ("Pasal 2 Cukup jelas.", "dihapus") is no precedent."""

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
    }
)
_DELEGATES = re.compile(
    r"\s*(?:Pasal\s+\w+\s*)?(?:\(\d+\)\s*)?Ketentuan\s+(?:lebih\s+lanjut|mengenai)\b", re.IGNORECASE
)
_DEFINES = re.compile(r"\b(?:adalah|dimaksud dengan|definisi|pengertian|arti)\b", re.IGNORECASE)
_OF_AMENDMENT = re.compile(r"Pasal [IVXL]+")


Counts = Callable[[Document, str], bool]
"""Whether the provision at an address of a regulation may be a precedent."""


def all_count(document: Document, address: str) -> bool:
    """True: no provision is left out."""
    return True


_Key = tuple[DocumentId, int | PassageId]


@dataclass(frozen=True, slots=True)
class _Found:
    """A Pasal that a part of the clause brought in. passage: the best of its passages.

    sections: the outline in which `place` was found, for another may be stored before the Pasal is read.
    """

    document: Document
    sections: Outline
    place: int
    passage: StoredPassage
    part: int
    score: float
    overlap: float


class PrecedentFinder:
    """Precedents of a store for whoever asks."""

    def __init__(self, store: Store, retriever: Retriever) -> None:
        self._store, self._retriever = store, retriever

    def find(self, query: ClauseQuery, counts: Counts = all_count) -> tuple[PrecedentGroup, ...]:
        """The regulations whose provisions are nearest, best first, each with its nearest provisions.

        Only provisions that the query's viewer may see. counts: which of them; it knows what is in force on a day.
        Raises QueryRefusedError, ModelMismatchError.
        """
        for _ in range(N_LOOKS):
            change = self._store.change()
            groups = self._groups(query, counts)
            if self._store.change() == change:
                break
        return groups

    def _groups(self, query: ClauseQuery, counts: Counts) -> tuple[PrecedentGroup, ...]:
        """What one look at the store finds; where it is written meanwhile, less than there is, never what is not."""
        clauses = parts(query.text)
        n_words = sum(len(text.split()) for text in clauses)
        best: dict[_Key, _Found] = {}
        total: dict[_Key, float] = defaultdict(float)
        for part, text in enumerate(clauses):
            for key, found in self._look(text, part, query, counts).items():
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
        made = (
            PrecedentGroup(members[0].document, tuple(self._precedents(members[: query.n_each], clauses, counts)))
            for members in list(groups.values())[: query.n_documents]
        )
        return tuple(group for group in made if group.precedents)

    def matrix(
        self, viewer: Viewer, topics: Sequence[str], regions: Sequence[str], filters: Filters, counts: Counts
    ) -> Matrix:
        """The nearest provision of each region on each topic, None where none holds enough of the topic's words.

        filters: their regions are those of the columns. counts: as `find` asks it.
        Raises QueryRefusedError, ModelMismatchError.
        """
        rows = []
        for topic in topics:
            row = []
            for region in regions:
                limits = replace(filters, regions=frozenset({region}))
                groups = self.find(ClauseQuery(topic, viewer, limits, n_documents=1, n_each=1), counts)
                nearest = groups[0].precedents[0] if groups else None
                row.append(nearest if nearest is not None and nearest.overlap >= LEAST_OVERLAP else None)
            rows.append(tuple(row))
        return Matrix(tuple(topics), tuple(regions), tuple(rows))

    def provision(self, viewer: Viewer, document_id: DocumentId, address: str) -> Provision:
        """The provision at an address of a document's current version, with its text. Raises NotFoundError."""
        document = self._store.documents.read(viewer, document_id)
        sections = self._store.versions.sections(document.version_id)
        place = sections.place_of(address)
        if place is not None and sections[place].spans:
            return self._provision(document, sections, place, sections[place].spans)
        raise NotFoundError(
            f"dokumen {document_id}",
            Text(f"tidak ada ketentuan {address!r} di dalamnya", f"it has no provision {address!r}"),
            Text("pilih dari daftar isinya", "choose one of its outline"),
        )

    def _look(self, text: str, part: int, query: ClauseQuery, counts: Counts) -> dict[_Key, _Found]:
        """The best passage of each Pasal that both channels find for one part of the clause."""
        visible = self._store.documents.visible(query.viewer)
        wanted = [
            key
            for key, document in visible.items()
            if document.metadata.kind in REGULATIONS and key not in query.without and passes(document, query.filters)
        ]
        wanted = [key for key in wanted if counts(visible[key], "")]
        if not wanted:
            return {}
        shown = tuple(visible) if len(visible) < self._store.documents.count() else None
        candidates = self._retriever.candidates(text, wanted, shown, contents=query.filters.contents)
        scores = convex(candidates.lexical, candidates.dense, DENSE_WEIGHT)
        passages = self._store.passages.read([PassageId(i) for i in candidates.ids.tolist()])
        found: dict[_Key, _Found] = {}
        for row, passage_id in enumerate(candidates.ids.tolist()):
            passage = passages.get(PassageId(passage_id))
            document = None if passage is None else visible.get(passage.document_id)
            # Gone or replaced since it was found: its spans are not of the version cited.
            if passage is None or document is None or passage.version_id != document.version_id:
                continue
            sections = self._store.versions.sections(document.version_id)
            place = _provision_at(sections, passage.section)
            if place is None or not counts(document, sections[place].address):
                continue
            score = float(scores[row]) + _prior(text, passage.text, sections[place].address, passage.words)
            # Outside of every Pasal (a scan whose headings could not be read) a passage stands for itself.
            key = (document.id, place if sections[place].kind is SectionKind.PASAL else passage.id)
            if key not in found or found[key].score < score:
                found[key] = _Found(document, sections, place, passage, part, score, _overlap(candidates, row))
        return found

    def _precedents(self, members: Iterable[_Found], clauses: Sequence[str], counts: Counts) -> Iterable[Precedent]:
        """What was found, read from its pages."""
        for found in members:
            try:
                yield self._precedent(found, clauses[found.part], counts)
            except NotFoundError:
                # The document went out, or was replaced, while it was being read.
                continue

    def _precedent(self, found: _Found, clause: str, counts: Counts) -> Precedent:
        sections = found.sections
        is_pasal = sections[found.place].kind is SectionKind.PASAL
        spans = sections[found.place].spans if is_pasal else found.passage.spans
        whole = self._provision(found.document, sections, found.place, spans)
        closest = self._closest(whole, found, clause, counts) if is_pasal else whole
        return Precedent(
            whole=whole,
            closest=closest,
            part=found.part,
            score=found.score,
            overlap=found.overlap,
            same=same_share(clause, closest.text),
            difference=difference(clause, closest.text),
        )

    def _closest(self, whole: Provision, found: _Found, clause: str, counts: Counts) -> Provision:
        """The ayat of a Pasal whose words are nearest to the clause; the Pasal itself where it has none."""
        ayat = [
            self._provision(found.document, found.sections, place, section.spans)
            for place, section in enumerate(found.sections)
            if section.kind is SectionKind.AYAT
            and section.parent == found.place
            and section.spans
            and counts(found.document, section.address)
        ]
        if not ayat:
            return whole
        stems = analyse(clause)
        delegates = _DELEGATES.match(clause) is not None
        own = [each for each in ayat if delegates or not _DELEGATES.match(each.text)]
        return max(own or ayat, key=lambda provision: _nearness(stems, analyse(provision.text)))

    def _provision(self, document: Document, sections: Outline, place: int, spans: tuple[Span, ...]) -> Provision:
        pages = {
            number: self._store.versions.page(document.version_id, number)
            for number in sorted({span.page for span in spans})
        }
        return Provision(
            document=document,
            address=sections[place].address,
            label=label(sections, place),
            heading_path=tuple(_headings(sections, place)),
            spans=spans,
            page_labels=tuple(pages[span.page].label for span in spans),
            text="\n".join(pages[span.page].text[span.start : span.end] for span in spans),
        )


def _provision_at(sections: Outline, section: Section) -> int | None:
    """The place of the Pasal that holds a section, of the section itself outside of any; None for what is none."""
    place = sections.place_of(section.address)
    if place is None or section.kind in _NOT_PROVISIONS or explains(section.address):
        return None
    for at in reversed(sections.ancestors(place)):
        # Pasal I of an amending law is no provision of its own: what it puts into the other law is.
        if sections[at].kind is SectionKind.PASAL and not _OF_AMENDMENT.fullmatch(sections[at].label):
            return at
    return place


def _prior(clause: str, text: str, address: str, words: str) -> float:
    """What is added to a provision's score for what it is, whatever its words have in common with the clause."""
    prior = SHORT if words.count(" ") + 1 < FEWEST_WORDS else 0.0
    if _DELEGATES.match(text) and not _DELEGATES.match(clause):
        prior += DELEGATING
    # A regulation defines its terms in Pasal 1 and nowhere else (UU 12/2011, Lampiran II, 96 to 98).
    if address.rpartition("/")[2] == "pasal-1" and not _DEFINES.search(clause):
        prior += DEFINING
    return prior


def _headings(sections: Outline, place: int) -> Iterable[str]:
    """The BAB, Bagian and Paragraf above a provision, with their headings."""
    for at in sections.ancestors(place)[:-1]:
        section = sections[at]
        if section.kind in (SectionKind.BAB, SectionKind.BAGIAN, SectionKind.PARAGRAF, SectionKind.ATTACHMENT):
            yield f"{section.label} {section.heading}".strip()


def _overlap(candidates: Candidates, row: int) -> float:
    """The share of the clause's word weight that a passage with its headings holds, in [0, 1]."""
    traits = candidates.traits[row]
    weights = candidates.weights
    found = [*weights.held(traits.words).found, *weights.held(traits.heading_words).found]
    return float(np.clip(weights.coverage(found), 0.0, 1.0))


def _nearness(clause: str, provision: str) -> float:
    """How near two analysed texts are: half for the words they share, half for how much else there is."""
    return float(fuzz.token_set_ratio(clause, provision) + fuzz.token_sort_ratio(clause, provision))
