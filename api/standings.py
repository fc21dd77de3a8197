"""Whether regulations are in force, said of documents, hits and answers to whoever asks."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from api.known_standings import Acts, KnownStandings
from api.language import Language
from api.law_words import standing_said
from index.comparing import differences
from index.search import check_query
from kb.access import Viewer
from kb.answers import Answer, Citation, Hit
from kb.documents import Document, DocumentId
from kb.jdihn import Record, says_in_force, says_repealed
from kb.legal import InForce, Standing, Start, Stated
from kb.questions import MAX_K, Query
from kb.store import Store

N_MORE = 20
"""Hits asked for beyond those wanted, in place of the ones whose provision is found to be out of force."""


class Standings:
    """The standings of a store's regulations, as whoever asks may know them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cached: tuple[int, Acts] | None = None
        self._last: tuple[tuple[int, Viewer, datetime.date], KnownStandings] | None = None

    def of(
        self, viewer: Viewer, document_id: DocumentId, address: str = "", as_of: datetime.date | None = None
    ) -> Standing | None:
        """Whether a document, or the provision at an address of it, is in force; None for what is no regulation.

        as_of: today unless given. Raises NotFoundError.
        """
        document = self._store.documents.read(viewer, document_id)
        return self.known(viewer, as_of or datetime.date.today()).of(document, address)

    def facts(self, viewer: Viewer, document_id: DocumentId) -> tuple[Start | None, datetime.date | None]:
        """What a document says of its coming into force, and the day of its promulgation. Raises NotFoundError."""
        self._store.documents.read(viewer, document_id)
        return self._store.relations.starts().get(document_id), self._store.relations.promulgated(document_id)

    def search(self, query: Query, search: Callable[[Query], tuple[Hit, ...]]) -> tuple[Hit, ...]:
        """What `search` finds for a query, each hit with its standing; nothing out of force where the query says so.

        Raises QueryRefusedError.
        """
        day = query.filters.in_force_on
        narrowed = self._narrowed(query, 0 if day is None else N_MORE)
        if narrowed is None:
            return ()
        hits = self._mark_hits(query.viewer, search(narrowed), day)
        return hits if day is None else tuple(hit for hit in hits if not is_out(hit.standing))[: query.k]

    def ask(self, query: Query, ask: Callable[[Query], Answer]) -> Answer:
        """What `ask` answers to a query, with standings; nothing out of force where the query says so.

        Raises QueryRefusedError.
        """
        day = query.filters.in_force_on
        narrowed = self._narrowed(query, 0)
        if narrowed is None:
            return Answer(query.text, (), 0.0, ())
        answer = self._mark_answer(query.viewer, ask(narrowed), day)
        if day is None:
            return answer
        kept = tuple(
            statement
            for statement in answer.statements
            if not any(is_out(citation.standing) for citation in statement.citations)
        )
        return replace(
            answer,
            statements=kept,
            hits=tuple(hit for hit in answer.hits if not is_out(hit.standing)),
            # They were compared with what is out of force.
            differences=differences(kept) if answer.differences else (),
        )

    def _narrowed(self, query: Query, n_more: int) -> Query | None:
        """The query limited to documents in force, asking for `n_more` hits; None where no document is left."""
        day = query.filters.in_force_on
        if day is None:
            return query
        check_query(query)
        documents = self.in_force(query.viewer, day)
        if query.filters.documents:
            documents &= query.filters.documents
        if not documents:
            return None
        return replace(query, filters=replace(query.filters, documents=documents), k=min(MAX_K, query.k + n_more))

    def said(self, viewer: Viewer, document: Document, address: str) -> str:
        """The standing of a provision in a few words, "" where there is nothing to warn of."""
        found = self.known(viewer, datetime.date.today()).of(document, address)
        return standing_said(found, Language.ID) if found is not None and found.warns else ""

    def _mark_hits(self, viewer: Viewer, hits: Iterable[Hit], as_of: datetime.date | None = None) -> tuple[Hit, ...]:
        """The hits, each with the standing of its provision."""
        standings = self.known(viewer, as_of or datetime.date.today())
        return tuple(replace(hit, standing=standings.of(hit.document, hit.section_address)) for hit in hits)

    def _mark_answer(self, viewer: Viewer, answer: Answer, as_of: datetime.date | None = None) -> Answer:
        """The answer with the standing of each citation and hit."""
        standings = self.known(viewer, as_of or datetime.date.today())
        visible = self._store.documents.visible(viewer)

        def marked(citation: Citation) -> Citation:
            document = visible.get(citation.document_id)
            return (
                citation if document is None else replace(citation, standing=standings.of(document, citation.address))
            )

        statements = tuple(
            replace(statement, citations=tuple(marked(citation) for citation in statement.citations))
            for statement in answer.statements
        )
        return replace(answer, statements=statements, hits=self._mark_hits(viewer, answer.hits, as_of))

    def in_force(self, viewer: Viewer, as_of: datetime.date) -> frozenset[DocumentId]:
        """The visible documents that are not known to be repealed or not yet in force; all that are no regulations."""
        standings = self.known(viewer, as_of)
        return frozenset(
            document.id
            for document in self._store.documents.visible(viewer).values()
            if not is_out(standings.of(document, ""))
        )

    def known(self, viewer: Viewer, as_of: datetime.date) -> KnownStandings:
        """The standings of all documents and works, for who asks about many."""
        change = self._store.change()
        if self._cached is None or self._cached[0] != change:
            relations = self._store.relations
            acts = Acts(
                tuple(relations.acts()),
                relations.starts(),
                tuple(relations.edits()),
                _stated(self._store.jdihn.all()),
            )
            self._cached = (change, acts)
        # Twenty provisions of one answer are asked for one by one, and working out all standings takes 20 ms.
        asked = (change, viewer, as_of)
        # Held in a name of its own: another thread may keep another viewer's meanwhile.
        last = self._last
        if last is None or last[0] != asked:
            last = (asked, KnownStandings(self._cached[1], self._store.documents.visible(viewer), as_of))
            self._last = last
        return last[1]


def is_out(found: Standing | None) -> bool:
    """Whether a standing says that it is not in force: repealed, or not yet in force."""
    return found is not None and found.in_force in (InForce.REPEALED, InForce.NOT_YET)


def _stated(records: Mapping[DocumentId, str]) -> dict[DocumentId, Stated]:
    """What the office's own list, as the national network has it, says of documents."""
    found: dict[DocumentId, Stated] = {}
    for document_id, text in records.items():
        status = Record.load(text).said("status")
        if says_repealed(status):
            found[document_id] = Stated(InForce.REPEALED, "JDIHN")
        elif says_in_force(status):
            found[document_id] = Stated(InForce.IN_FORCE, "JDIHN")
    return found
