"""The one object that wires the rooms: every door calls the same functions of it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from api.covers import Covers
from api.document_pages import DocumentPages
from api.dossiers import DossierDesk
from api.identities import Identities
from api.ingestion import Ingestion
from api.members import Members
from api.precedents import Precedents
from api.provisions import Provisions
from api.records import RecordsDesk
from api.references import References
from api.relations import Relations
from api.revisions import Revisions
from api.rewriting import Rewriter
from api.scanned import Scanned
from api.standings import Standings
from index.answer import Answerer
from index.dense import FlatIndex
from index.embed import Embedder, load_embedder
from index.lexical import HeldIndex
from index.reranking import load_reranker
from index.retrieval import Retriever
from index.search import Searcher
from index.thesaurus import Thesaurus
from index.words import analyse
from ingest.pipeline import Tools
from ingest.sandbox import Sandbox
from ingest.scans import Scans
from kb.access import LOCAL_ADMIN, Viewer
from kb.answers import Answer, Hit
from kb.documents import Document, DocumentId
from kb.errors import StoreError
from kb.intake import Refusal
from kb.originals import Originals
from kb.questions import Query
from kb.sections import Outline
from kb.settings import Settings
from kb.status import Defect, Status
from kb.store import Store

THESAURUS_NAME = "sinonim.tsv"
"""The office's own list of other words, in its data folder."""


class Library:
    """A knowledge base that is open: its store, its model, its indexes and its reader.

    Safe to use from several threads.
    """

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        """Open the store of `settings` with an embedder that is loaded. Raises StoreError."""
        self.settings = settings
        self.store = Store(settings.store_file)
        self.originals = Originals(settings.originals_folder)
        self._scrub()
        self.embedder = embedder
        self.retriever = Retriever(
            self.store,
            embedder,
            FlatIndex(embedder.dim),
            HeldIndex(self.store.passages),
            Thesaurus(_existing(settings.home / THESAURUS_NAME)),
        )
        self._reranker = load_reranker(settings, embedder)
        self.standings = Standings(self.store)
        self._searcher = Searcher(self.store, self.retriever, self._reranker, self.standings.known)
        self.relations = Relations(self.store)
        self.references = References(self.store)
        self.precedents = Precedents(self.store, self.retriever, self.standings.said, self.standings)
        self.dossiers = DossierDesk(self.store, self.standings.said)
        self.provisions = Provisions(self.store)
        self.reader_stamp = "" if self._reranker is None else self._reranker.reader.stamp
        self._answerer = Answerer(self.store, self._searcher, embedder.stamp.name, self.reader_stamp)
        self.rewriter = (
            Rewriter(settings.rewriter_url, settings.rewriter_model, settings.rewriter_key)
            if settings.rewriter_url
            else None
        )
        self.records = RecordsDesk(self.store)
        self._reader = Sandbox(settings)
        # Its own process, so that a long reading does not hold up the page images.
        self._drawer = Sandbox(settings)
        self.scanned = Scanned(self.store, Scans(settings), self._drawer)
        self.tools = Tools(
            embed=embedder.embed_with_tokens,
            count_tokens=embedder.count_tokens,
            max_tokens=embedder.max_tokens,
            analyse=analyse,
            stamp=self.retriever.stamp,
            rulings=self.store.identities.rulings_for,
        )
        self.revisions = Revisions(self.store, self.originals, self._reader, self.scanned, self.tools)
        self.identities = Identities(self.store, self.revisions.reguard)
        self.members = Members(self.store, self.identities.clean)
        self.ingestion = Ingestion(self.store, self.originals, self._reader, self.scanned, self.tools, self.members)
        self.ingestion.clear_originals()
        self.pages = DocumentPages(
            self.store,
            self.originals,
            self._drawer,
            self.scanned,
            Covers(self.store, self.scanned.places),
            self.identities,
        )

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the knowledge base that `settings` name. Raises StoreError, ModelMissingError."""
        return cls(settings, load_embedder(settings))

    def close(self) -> None:
        """Let go of the store and end the reading process."""
        self._reader.close()
        self._drawer.close()
        self.scanned.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Questions

    def search(self, query: Query) -> tuple[Hit, ...]:
        """The hits for a question, best first. Raises QueryRefusedError, ModelMismatchError."""
        return self.standings.search(query, self._searcher.search)

    def ask(self, query: Query) -> Answer:
        """The statements that answer, or an abstention. Raises QueryRefusedError, ModelMismatchError."""
        return self.standings.ask(query, self._answerer.ask)

    def signals(self, query: Query) -> dict[str, float] | None:
        """What the confidence of an answer would be made of, for learning its weights; None where nothing is found."""
        return self._answerer.signals(query)

    # Documents

    def documents(self, viewer: Viewer) -> tuple[Document, ...]:
        """Every document that the viewer may see, newest first."""
        return tuple(self.store.documents.visible(viewer).values())

    def regions(self, viewer: Viewer) -> tuple[str, ...]:
        """The regions of the documents that the viewer may see, in order of the alphabet."""
        return tuple(sorted({document.metadata.region for document in self.documents(viewer)} - {""}))

    def document(self, viewer: Viewer, document_id: DocumentId) -> Document:
        """One document. Raises NotFoundError."""
        return self.store.documents.read(viewer, document_id)

    def sections(self, viewer: Viewer, document_id: DocumentId) -> Outline:
        """The outline of a document's current version. Raises NotFoundError."""
        return self.store.versions.sections(self.document(viewer, document_id).version_id)

    def erase(self, document_id: DocumentId) -> None:
        """Delete a document wherever it is, with all its versions, and what deleted text leaves behind.

        What is inside it stays. Raises NotFoundError.
        """
        with self.originals.held():
            for sha256 in self.store.documents.remove(document_id):
                self.originals.drop(sha256)
        self._scrub()

    def refusals(self) -> tuple[Refusal, ...]:
        """Files that were not taken in, newest first."""
        return self.store.refusals.all()

    # Upkeep

    def status(self) -> Status:
        """What is searchable now."""
        return self.store.status()

    def ready(self) -> None:
        """Nothing, when many questions can be answered. Raises StoreError, ModelMismatchError."""
        self.retriever.hold()
        if self._reranker is not None:
            self._reranker.reader.load()

    def verify(self) -> tuple[Defect, ...]:
        """Everything that is not as it must be: in the store, in the originals, and in the vectors in memory."""
        originals = self.originals.check(self.store.documents.hashes())
        return (*self.store.check(), *originals, *self.retriever.check(), *self.identities.check())

    def reindex(self, progress: Callable[[int, int], None]) -> None:
        """Make outline, passages, words and vectors of every document anew from the stored pages, all or nothing.

        Raises StoreError.
        """
        self.identities.settle_old_versions()
        left = self.documents(LOCAL_ADMIN)
        while left:
            made = []
            for n_done, document in enumerate(left, 1):
                made.append((document, self.revisions.redraft(document)))
                progress(n_done, len(left))
            changed = set(self.store.documents.put_passages(made, self.tools.stamp))
            left = tuple(document for document in self.documents(LOCAL_ADMIN) if document.id in changed)

    def _scrub(self) -> None:
        """Overwrite what removed documents left in the store; what cannot be now is at the next opening."""
        with suppress(StoreError):
            self.store.scrub()


def _existing(file: Path) -> Path | None:
    return file if file.exists() else None
