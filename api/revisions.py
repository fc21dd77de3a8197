"""Documents made anew from their stored pages: after a correction, after a ruling, or for another model."""

from dataclasses import replace

from api.placing import places_in
from api.scanned import Scanned
from ingest.pipeline import Incoming, Tools, draft
from ingest.sandbox import Sandbox
from kb.access import Viewer
from kb.documents import Document, DocumentId, Metadata
from kb.identity import MASK
from kb.intake import Draft
from kb.originals import Originals
from kb.pages import Reading
from kb.store import Store


class Revisions:
    """What makes the documents of a library anew."""

    def __init__(self, store: Store, originals: Originals, reader: Sandbox, scanned: Scanned, tools: Tools) -> None:
        self._store, self._originals, self._reader = store, originals, reader
        self._scanned, self._tools = scanned, tools

    def correct(self, viewer: Viewer, document_id: DocumentId, metadata: Metadata, fields: frozenset[str]) -> Document:
        """Set the named fields of a document's metadata by hand; they outlive its next versions.

        Raises NotFoundError, ValueError for a field that metadata does not have.
        """
        unknown = fields - set(Metadata.__slots__)
        if unknown:
            raise ValueError(f"expected fields of Metadata, got {sorted(unknown)}")
        by_hand = {name: getattr(metadata, name) for name in fields}
        while True:
            document = self._store.documents.read(viewer, document_id)
            corrected = document.corrected | fields
            made = self.redraft(replace(document, metadata=replace(document.metadata, **by_hand), corrected=corrected))
            # Whoever corrects another field meanwhile is not undone: this correction goes on top of theirs.
            done = self._store.documents.correct(document, made, corrected)
            if done is not None:
                return done

    def correct_page(self, viewer: Viewer, document_id: DocumentId, number: int, text: str) -> Document:
        """Set the text of a scanned page by hand, as a new version; it outlives the file's coming in again.

        Raises NotFoundError, CorrectionRefusedError.
        """
        document = self._store.documents.read(viewer, document_id)
        file = self._originals.open_path(document.sha256)
        self._scanned.correct(document, number, text, file, self.redraft)
        return self._store.documents.read(viewer, document_id)

    def redraft(self, document: Document, reading: Reading | None = None) -> Draft:
        """The document guarded, cut and embedded anew from its stored pages, or from `reading`; its metadata stays."""
        stored, name = self._scanned.stored(document)
        reading = reading or stored
        # A fact with a mask in it is read anew: what was masked may have been released.
        every = frozenset(
            fact
            for fact in Metadata.__slots__
            if fact in document.corrected or MASK not in str(getattr(document.metadata, fact))
        )
        incoming = Incoming(
            document.source,
            name,
            document.audience,
            document.sha256,
            document.n_bytes,
            document.metadata,
            every,
        )
        return draft(
            incoming, reading, self._tools, place=places_in(self._reader, self._originals.path(document.sha256))
        )

    def reguard(self, document: Document) -> None:
        """Guard, cut and embed a document anew after a ruling."""
        self._store.documents.put_passages([(document, self.redraft(document))], self._tools.stamp)
