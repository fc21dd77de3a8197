"""From hits to an answer: the statements that answer, each quoted from its page, or an abstention."""

import logging

from index.asked import asks_number
from index.choosing import Choice, choose
from index.comparing import differences
from index.confidence import confidence, signals
from index.evidence import joined, spans_of
from index.outline import label
from index.search import Found, Searcher
from kb.answers import Answer, Citation, Hit, Statement
from kb.documents import Document
from kb.errors import NotFoundError
from kb.naming import official_name
from kb.pages import Span
from kb.questions import Query
from kb.sections import Outline
from kb.store import Store
from kb.tables import placed

MIN_CONFIDENCE = 0.5

log = logging.getLogger("acuan.answer")


class Answerer:
    """Answers of a store for whoever asks, made only of checked quotes.

    embedder, reader: the names of the models whose vectors and odds speak for an answer; reader is empty for none.
    """

    def __init__(self, store: Store, searcher: Searcher, embedder: str, reader: str) -> None:
        self._store, self._searcher = store, searcher
        self._embedder, self._reader = embedder, reader

    def ask(self, query: Query, least: float | None = None) -> Answer:
        """The statements that answer, or an abstention with the closest hits.

        least: how sure an answer must be, `MIN_CONFIDENCE` unless another is told.
        Raises QueryRefusedError, ModelMismatchError.
        """
        found, choices = self._look(query)
        sure = 0.0
        # What has no word of the question, and no other word for one, is near to it by chance.
        if choices and found.candidates.lexical.any():
            sure = confidence(_signals(found, choices), self._embedder, self._reader)
        statements: list[Statement] = []
        if sure >= (MIN_CONFIDENCE if least is None else least):
            statements = [statement for choice in choices if (statement := self._state(choice)) is not None]
        question = found.candidates.question
        return Answer(
            query.text,
            tuple(statements),
            sure,
            found.hits,
            question.plain if question.plain != question.text else "",
            differences(statements) if asks_number(question.plain) else (),
        )

    def signals(self, query: Query) -> dict[str, float] | None:
        """The signals that the confidence of an answer is made of; None where nothing was found."""
        found, choices = self._look(query)
        return _signals(found, choices) if choices else None

    def _look(self, query: Query) -> tuple[Found, list[Choice]]:
        found = self._searcher.found(query)
        return found, choose(found.candidates, found.hits, self._store.versions.sections, found.read)

    def _state(self, choice: Choice) -> Statement | None:
        """The units as a statement, a citation for each provision and page they stand in.

        None, and a logged defect, where a quote is not in its page.
        """
        hit = choice.hit
        sections = self._store.versions.sections(hit.document.version_id)
        citations = []
        for unit in joined(choice.units, hit.text, hit.spans, sections):
            for span in spans_of(unit, hit.spans):
                citation = self._cite(hit, sections, span)
                if citation is None:
                    return None
                citations.append(citation)
            quoted = "\n".join(citation.quote for citation in citations[-len(spans_of(unit, hit.spans)) :])
            if quoted != hit.text[unit.start : unit.end]:
                log.error("defect: passage %d is not the text of its pages; run kb verify", hit.passage_id)
                return None
        text = "\n".join(citation.quote for citation in citations)
        return Statement(text, tuple(citations), hit.passage_id, choice.score)

    def _cite(self, hit: Hit, sections: Outline, span: Span) -> Citation | None:
        document = hit.document
        try:
            page = self._store.versions.page(document.version_id, span.page)
        except NotFoundError:
            # The document went out while it was being read.
            return None
        place = sections.at(span)
        return Citation(
            document_id=document.id,
            version_id=document.version_id,
            document_title=official_name(document.metadata),
            label=self._placed(document, label(sections, place), span),
            address=sections[place].address if sections else "",
            span=span,
            quote=page.text[span.start : span.end],
            page_label=page.label or str(page.number),
            has_pages=document.has_pages,
            verdict=page.verdict,
            page_confidence=page.confidence,
        )

    def _placed(self, document: Document, place: str, span: Span) -> str:
        """The place of a quote, with the rows or cells of the tables that it stands in."""
        tables = self._store.scans.tables_at(document.version_id, span.page, span.start, span.end)
        return placed(place, tables, span.start, span.end)


def _signals(found: Found, choices: list[Choice]) -> dict[str, float]:
    first = choices[0]
    return signals(found.candidates, found.ranking, found.read, found.met, first.hit, first.text, found.hits)
