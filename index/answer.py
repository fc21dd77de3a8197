"""From hits to an answer: the statements that answer, each quoted from its page, or an abstention."""

import logging
from dataclasses import dataclass

from index.confidence import confidence, signals
from index.evidence import Unit, spans_of, units
from index.outline import label, section_at
from index.retrieval import Candidates
from index.search import Searcher
from index.words import words
from kb.errors import NotFoundError
from kb.naming import official_name
from kb.store import Store
from kb.types import Answer, Citation, Hit, Query, Section, Span, Statement

N_READ = 6
"""How many of the best hits are read for statements."""

N_STATEMENTS = 3
MIN_CONFIDENCE = 0.5

log = logging.getLogger("acuan.answer")


@dataclass(frozen=True, slots=True)
class _Choice:
    """A unit of a hit and what it is worth as an answer."""

    hit: Hit
    unit: Unit
    score: float
    covered: float


class Answerer:
    """Answers of a store for whoever asks, made only of checked quotes.

    model: the name of the model whose vectors the store holds.
    """

    def __init__(self, store: Store, searcher: Searcher, model: str) -> None:
        self._store, self._searcher, self._model = store, searcher, model

    def ask(self, query: Query) -> Answer:
        """The statements that answer, or an abstention with the closest hits.

        Raises QueryRefusedError, ModelMismatchError.
        """
        found = self._searcher.found(query)
        choices = self._choices(found.candidates, found.hits)
        sure = 0.0
        if choices:
            sure = confidence(signals(found.candidates, found.ranking, choices[0].covered), self._model)
        statements: list[Statement] = []
        if sure >= MIN_CONFIDENCE:
            for choice in choices[:N_STATEMENTS]:
                statement = self._state(choice)
                if statement is not None:
                    statements.append(statement)
        return Answer(query.text, tuple(statements), sure, found.hits)

    def signals(self, query: Query) -> dict[str, float] | None:
        """The signals that the confidence of an answer is made of; None where nothing was found."""
        found = self._searcher.found(query)
        choices = self._choices(found.candidates, found.hits)
        return signals(found.candidates, found.ranking, choices[0].covered) if choices else None

    def _choices(self, candidates: Candidates, hits: tuple[Hit, ...]) -> list[_Choice]:
        """The best unit of each of the first hits, best first."""
        weights = candidates.weights
        best: list[_Choice] = []
        for hit in hits[:N_READ]:
            sections = self._store.documents.sections(hit.document.version_id)
            headings = [word.stem for part in hit.heading_path for word in words(part)]
            found = []
            for unit in units(hit.text, hit.spans, sections):
                stems = [word.stem for word in words(hit.text[unit.start : unit.end])]
                covered = weights.coverage(weights.find(stems))
                with_headings = weights.coverage(weights.find([*stems, *headings]))
                found.append(_Choice(hit, unit, hit.score + covered, with_headings))
            if found:
                best.append(max(found, key=lambda choice: choice.score))
        return sorted(best, key=lambda choice: -choice.score)

    def _state(self, choice: _Choice) -> Statement | None:
        """The unit as a statement with its citations; None, and a logged defect, where a quote is not in its page."""
        hit = choice.hit
        sections = self._store.documents.sections(hit.document.version_id)
        citations = []
        for span in spans_of(choice.unit, hit.spans):
            citation = self._cite(hit, sections, span)
            if citation is None:
                return None
            citations.append(citation)
        text = hit.text[choice.unit.start : choice.unit.end]
        if "\n".join(citation.quote for citation in citations) != text:
            log.error("defect: passage %d is not the text of its pages; run kb verify", hit.passage_id)
            return None
        return Statement(text, tuple(citations), hit.passage_id, choice.score)

    def _cite(self, hit: Hit, sections: tuple[Section, ...], span: Span) -> Citation | None:
        document = hit.document
        try:
            page = self._store.documents.page(document.version_id, span.page)
        except NotFoundError:
            # The document went out while it was being read.
            return None
        place = section_at(sections, span)
        return Citation(
            document_id=document.id,
            version_id=document.version_id,
            document_title=official_name(document.metadata),
            label=label(sections, place),
            address=sections[place].address if sections else "",
            span=span,
            quote=page.text[span.start : span.end],
            page_label=page.label or str(page.number),
            has_pages=document.has_pages,
        )
