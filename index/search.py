"""From a question to hits: the fused ranking, labelled and marked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from index.cropping import densest_part
from index.dense import Ranking
from index.folding import fold
from index.in_force import KnownOn, in_force_first
from index.matching import matches
from index.outline import label
from index.ranking import rank, read_named, sanctions_on_best
from index.reading import Read
from index.reranking import Reranker
from index.retrieval import Candidates, Retriever
from index.words import words_of_passage
from kb.answers import ChannelScore, Hit
from kb.documents import Document, DocumentId
from kb.errors import QueryRefusedError, Text
from kb.likeness import copies_among
from kb.naming import embedded_text, official_name, short_name
from kb.passages import PassageId, StoredPassage
from kb.questions import MAX_K, MAX_QUERY_CHARACTERS, Filters, Query
from kb.store import Store
from kb.vectors import Vectors

HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Lone surrogates, halves of characters in UTF-16: no file holds one, Python makes them of bytes that are not UTF-8."""

N_LOOKS = 3
"""How often a question is looked up anew because the store was written meanwhile."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a question finds: the candidates, their ranking, and the hits made of the best.

    read: what the reader made of the passages that it read together with the question, with places in their text.
    met: how well each of the question's tokens is met, (q,), by each passage whose tokens were looked at.
    """

    candidates: Candidates
    ranking: Ranking
    hits: tuple[Hit, ...]
    read: Mapping[PassageId, Read]
    met: Mapping[PassageId, Vectors]


class Searcher:
    """Hits of a store for whoever asks.

    reranker: None where the channels alone order them. known_on: tells what is out of force, which comes after what
    holds; None where that is unknown.
    """

    def __init__(
        self, store: Store, retriever: Retriever, reranker: Reranker | None = None, known_on: KnownOn | None = None
    ) -> None:
        self._store, self._retriever, self._reranker, self._known_on = store, retriever, reranker, known_on

    def search(self, query: Query) -> tuple[Hit, ...]:
        """The `query.k` best hits that its viewer may see, best first.

        Raises QueryRefusedError for a question that cannot be asked, ModelMismatchError.
        """
        return self.found(query).hits

    def found(self, query: Query) -> Found:
        """The hits with what they were chosen from."""
        check_query(query)
        for _ in range(N_LOOKS):
            change = self._store.change()
            found = self._look(query)
            if self._store.change() == change:
                break
        return found

    def _look(self, query: Query) -> Found:
        """What one look at the store finds; where it is written meanwhile, less than there is, never what is not."""
        visible = self._store.documents.visible(query.viewer)
        wanted = [key for key, document in visible.items() if passes(document, query.filters)]
        n_documents = self._store.documents.count()
        shown = tuple(visible) if len(visible) < n_documents else None
        question = self._retriever.read_question(query.text, shown)
        # "smg" is Semarang too, and so is "smarang".
        named = read_named(question.mended, (visible[key] for key in wanted), self._store)
        look = partial(
            self._retriever.candidates,
            question,
            wanted if len(wanted) < n_documents or query.filters.contents else None,
            shown,
            contents=query.filters.contents,
            owned=tuple(visible.values()),
        )
        passages = (*named.passages, *named.definitions, *named.sanctions)
        candidates = look(passages)
        held = matches(candidates, visible)
        ranking = rank(candidates, held, named)
        if sanctions := sanctions_on_best(candidates, ranking, named, self._store):
            candidates = look((*passages, *sanctions))
            held = matches(candidates, visible)
            ranking = rank(candidates, held, named)
        met = self._retriever.met(candidates, ranking)
        if met:
            ranking = rank(candidates, held, named, met)
        if self._known_on is not None:
            ranking = in_force_first(ranking, candidates, query, visible, named.documents, self._known_on)
        ranking, read = self._reread(candidates, ranking, visible)
        return Found(candidates, ranking, self._hits(candidates, ranking, query.k, visible), read, met)

    def _reread(
        self, candidates: Candidates, ranking: Ranking, visible: Mapping[DocumentId, Document]
    ) -> tuple[Ranking, Mapping[PassageId, Read]]:
        """The ranking after its first passages were read together with the question, and what was made of them."""
        reranker = self._reranker
        if reranker is None or len(ranking) == 0:
            return ranking, {}
        if not reranker.reads_provisions and candidates.of(ranking.ids[0]).in_provision:
            return ranking, {}
        first = [PassageId(i) for i in ranking.ids[: reranker.n_read].tolist()]
        passages = self._store.passages.read(first)
        texts, parts = [], []
        for place, passage_id in enumerate(first):
            passage = passages.get(passage_id)
            if passage is None or passage.document_id not in visible:
                # One that went out meanwhile is read as nothing; it becomes no hit.
                texts.append("")
                parts.append((0, 0))
                continue
            # Reading takes longest where the first does not answer: of the others a part is read.
            is_whole = place < reranker.n_first
            start, end = (0, len(passage.text)) if is_whole else densest_part(passage.text, candidates.weights)
            part = replace(passage, text=passage.text[start:end])
            texts.append(embedded_text(official_name(visible[passage.document_id].metadata), part))
            parts.append((start, end))
        reranked, found = reranker.rerank(candidates.question.plain, ranking, texts)
        read = {
            passage_id: each.without(len(text) - (end - start), at=start)
            for passage_id, text, (start, end), each in zip(first, texts, parts, found, strict=False)
        }
        return reranked, read

    def _hits(
        self, candidates: Candidates, ranking: Ranking, k: int, visible: dict[DocumentId, Document]
    ) -> tuple[Hit, ...]:
        copies = copies_among(visible, self._store.copies.pairs(), of_same_bytes=False)
        # What is folded away makes room for what ranks lower.
        ids = [PassageId(i) for i in ranking.ids[: k if not copies else None].tolist()]
        passages = self._store.passages.read(ids)
        contents = self._store.passages.contents(ids)
        lexical = _ranks(candidates.lexical_ranking())
        dense = _ranks(candidates.dense_ranking())
        stems = frozenset(term.stem for term in candidates.question.terms)
        hits: list[Hit] = []
        for passage_id, score in zip(ids, ranking.scores.tolist(), strict=False):
            passage = passages.get(passage_id)
            document = None if passage is None else visible.get(passage.document_id)
            # Gone since it was found, its document is, or that was replaced: its spans are not of the version cited.
            if passage is None or document is None or passage.version_id != document.version_id:
                continue
            fold(
                hits,
                Hit(
                    passage_id=passage_id,
                    document=document,
                    section_address=passage.section.address,
                    label=self._label(document, passage),
                    heading_path=passage.heading_path,
                    text=passage.text,
                    spans=passage.spans,
                    marks=tuple((w.start, w.end) for w in words_of_passage(passage.text) if w.stem in stems),
                    score=score,
                    lexical=lexical.get(passage_id),
                    dense=dense.get(passage_id),
                    contents=contents.get(passage_id, frozenset()),
                ),
                copies,
            )
            if len(hits) > k:
                hits.pop()
                break
        return tuple(hits)

    def _label(self, document: Document, passage: StoredPassage) -> str:
        sections = self._store.versions.sections(passage.version_id)
        place = sections.place_of(passage.section.address) or 0
        return f"{short_name(document.metadata)} {label(sections, place)}".strip()


def check_query(query: Query) -> None:
    """Nothing, where the question can be asked. Raises QueryRefusedError."""
    if not query.text.strip():
        raise _refused(
            "pertanyaan", "pertanyaannya kosong", "the question is empty", "tulis pertanyaan", "type a question"
        )
    if HALF_CHARACTER.search(query.text):
        raise _refused(
            "pertanyaan",
            "ada huruf yang rusak di dalamnya",
            "it holds a broken character",
            "ketik ulang pertanyaan, dengan terminal yang memakai UTF-8",
            "type the question again, in a terminal set to UTF-8",
        )
    if len(query.text) > MAX_QUERY_CHARACTERS:
        raise _refused(
            "pertanyaan",
            f"panjangnya {len(query.text)} huruf, paling banyak {MAX_QUERY_CHARACTERS}",
            f"it has {len(query.text)} characters, at most {MAX_QUERY_CHARACTERS}",
            "persingkat pertanyaan",
            "shorten the question",
        )
    if not 1 <= query.k <= MAX_K:
        raise _refused(
            "k", f"{query.k} tidak di antara 1 dan {MAX_K}", f"{query.k} is not in 1 to {MAX_K}", "ubah k", "change k"
        )


def _refused(where: str, what: str, what_en: str, mend: str, mend_en: str) -> QueryRefusedError:
    return QueryRefusedError(where, Text(what, what_en), Text(mend, mend_en))


def passes(document: Document, filters: Filters) -> bool:
    """Whether a document is within the filters of a query."""
    metadata = document.metadata
    return (
        (not filters.kinds or metadata.kind in filters.kinds)
        and (not filters.regions or metadata.region in filters.regions)
        and (not filters.documents or document.id in filters.documents)
        and (filters.year_from is None or (metadata.year is not None and metadata.year >= filters.year_from))
        and (filters.year_to is None or (metadata.year is not None and metadata.year <= filters.year_to))
    )


def _ranks(ranking: Ranking) -> dict[int, ChannelScore]:
    return {
        passage_id: ChannelScore(score, rank)
        for rank, (passage_id, score) in enumerate(zip(ranking.ids.tolist(), ranking.scores.tolist(), strict=True), 1)
    }
