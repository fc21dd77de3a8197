"""The one object that wires the rooms: every door calls the same functions of it."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from api.containers import Nest, take_in_members
from api.dossiers import DossierDesk
from api.identities import Identities, Veil
from api.precedents import Precedents
from api.provisions import Provisions
from api.records import RecordsDesk
from api.references import References
from api.relations import Relations
from api.rewriting import Rewriter
from api.scanned import Scanned
from api.standings import Standings
from index.answer import Answerer
from index.dense import FlatIndex
from index.embed import Embedder, load_embedder
from index.lexical import HeldIndex
from index.reranking import Reranker, load_reader
from index.retrieval import Retriever
from index.search import Searcher
from index.thesaurus import Thesaurus
from index.words import analyse
from ingest.boxes import Box
from ingest.identity.guard import mask_line
from ingest.pipeline import Incoming, Told, Tools, draft, untold
from ingest.records import Place
from ingest.sandbox import Sandbox
from ingest.scans import Scans
from kb.access import EVERYONE
from kb.errors import FileChangedError, FileRefusedError, KbError, NotFoundError, StoreError, Text
from kb.identity import MASK
from kb.likeness import Sketch, sketch_of
from kb.media import is_drawn
from kb.originals import Originals, sha256_of
from kb.settings import Settings
from kb.store import Store
from kb.types import (
    LOCAL_ADMIN,
    Answer,
    Defect,
    Document,
    DocumentId,
    Draft,
    Hit,
    Ingested,
    Metadata,
    Outcome,
    Page,
    Query,
    Reading,
    Refusal,
    Section,
    Span,
    Status,
    Verdict,
    VersionId,
    Viewer,
)

THESAURUS_NAME = "sinonim.tsv"
"""The office's own list of other words, in its data folder."""


@dataclass(frozen=True, slots=True)
class FolderCounts:
    """What taking in a folder came to."""

    n_new: int
    n_replaced: int
    n_unchanged: int
    n_refused: int


def unnoted(came: Ingested) -> None:
    """Nothing else goes in with the document."""


class Library:
    """A knowledge base that is open: its store, its model, its indexes and its reader.

    Safe to use from several threads.
    """

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        """Open the store of `settings` with an embedder that is loaded. Raises StoreError."""
        self.settings = settings
        self.store = Store(settings.store_file)
        self.originals = Originals(settings.originals_folder)
        self._clear_originals()
        self._scrub()
        self.embedder = embedder
        self.retriever = Retriever(
            self.store,
            embedder,
            FlatIndex(embedder.dim),
            HeldIndex(self.store.passages),
            Thesaurus(_existing(settings.home / THESAURUS_NAME)),
        )
        reader = load_reader(settings)
        self._searcher = Searcher(self.store, self.retriever, None if reader is None else Reranker(reader))
        self.relations = Relations(self.store)
        self.standings = Standings(self.store)
        self.references = References(self.store)
        self.precedents = Precedents(self.store, self.retriever, self.standings.said)
        self.dossiers = DossierDesk(self.store, self.standings.said)
        self.provisions = Provisions(self.store)
        self.judges = embedder.stamp.name if reader is None else f"{embedder.stamp.name}, {reader.stamp}"
        self._answerer = Answerer(self.store, self._searcher, self.judges)
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
        self.identities = Identities(self.store, self.scanned.places, self._reguard)

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

    def sections(self, viewer: Viewer, document_id: DocumentId) -> tuple[Section, ...]:
        """The outline of a document's current version. Raises NotFoundError."""
        return self.store.documents.sections(self.document(viewer, document_id).version_id)

    def page(self, viewer: Viewer, document_id: DocumentId, number: int, version_id: VersionId | None = None) -> Page:
        """One page, of the current version unless another is named. Raises NotFoundError."""
        version_id, _, _, _ = self._version(viewer, document_id, version_id)
        return self.store.documents.page(version_id, number)

    def page_image(
        self,
        viewer: Viewer,
        document_id: DocumentId,
        number: int,
        dpi: int = 110,
        version_id: VersionId | None = None,
    ) -> bytes:
        """A page drawn as PNG, what identifies people covered.

        Raises NotFoundError also for a format without pages; FileRefusedError; IdentityHiddenError where it cannot
        be covered.
        """
        file = self._paged_file(viewer, document_id, number, version_id)
        shown, _, _, _ = self._version(viewer, document_id, version_id)
        return self.identities.covered(shown, number, file, lambda: self._drawer.render(file, number, dpi))

    def veil(self, viewer: Viewer, document_id: DocumentId, number: int, version_id: VersionId) -> Veil:
        """What is hidden on a page, and whether its picture can be shown. Raises NotFoundError."""
        shown, _, media_type, has_pages = self._version(viewer, document_id, version_id)
        is_picture = has_pages and is_drawn(media_type)
        file = self._paged_file(viewer, document_id, number, shown) if is_picture else None
        return self.identities.veil(shown, number, file)

    def highlight(
        self, viewer: Viewer, document_id: DocumentId, spans: Sequence[Span], version_id: VersionId | None = None
    ) -> tuple[Box, ...]:
        """Where spans stand on their page images, in percent. Raises NotFoundError, FileRefusedError."""
        file = self._paged_file(viewer, document_id, spans[0].page, version_id) if spans else None
        found: list[Box] = []
        for span in spans:
            page = self.page(viewer, document_id, span.page, version_id)
            if not 0 <= span.start <= span.end <= len(page.text):
                raise NotFoundError(
                    f"halaman {span.page}",
                    Text(
                        f"tidak ada huruf {span.start} sampai {span.end} di halaman itu",
                        f"the page has no characters {span.start} to {span.end}",
                    ),
                    Text("buka kutipan dari hasil pencarian", "open the quote from the search results"),
                )
            known = self.scanned.boxes(self._version(viewer, document_id, version_id)[0], page, span)
            if known is not None:
                found += known
            elif file is not None and page.verdict is not Verdict.CORRECTED:
                found += (box for boxes in self._drawer.rectangles(file, [span]) for box in boxes)
        return tuple(found)

    def original(
        self, viewer: Viewer, document_id: DocumentId, version_id: VersionId | None = None
    ) -> tuple[Path, Document]:
        """The original file on disk and its document.

        Raises NotFoundError, and IdentityHiddenError where it identifies people and the viewer may not see that.
        """
        handed, sha256, _, _ = self._version(viewer, document_id, version_id)
        self.identities.check_original(viewer, document_id, handed)
        return self.originals.open_path(sha256), self.document(viewer, document_id)

    def ingest(
        self,
        file: Path,
        *,
        source: str | None = None,
        name: str | None = None,
        audience: str | None = None,
        told: Told = untold,
        note: Callable[[Ingested], None] = unnoted,
        nest: Nest | None = None,
    ) -> Ingested:
        """Take in a file, as a new document or as a new version of the one of the same source.

        source: what identifies the document; the file's own path unless given. audience: who may see it; None leaves a
        known document's as it is, and shows a new one to everyone. told: of its progress.
        note: writes what goes into the same transaction; what it raises takes the document back. nest: how deep inside
        another file it was. What is inside this one (an archive's files, a mail's attachments) goes in beside it.
        Raises FileRefusedError, which is also remembered, and StoreError.
        """
        source = storable(source or str(file.resolve()))
        name = storable(name or file.name)
        try:
            sha256, n_bytes = _identity(file, name)
            same = self.store.documents.holding(sha256, source, audience)
            if same is not None:
                if audience is not None and audience != same.audience:
                    same = self.store.documents.set_audience(same.id, audience)
                unchanged = Ingested(same, Outcome.UNCHANGED)
                note(unchanged)
                return unchanged
            made = self._draft(file, self._incoming(source, name, audience or EVERYONE, sha256, n_bytes), told)
        except FileRefusedError as error:
            if not error.is_transient:
                self._remember(source, error)
            raise
        # Before the file itself: were it in first and the power went, nobody would ask for its members again.
        self._take_in_members(file, made, audience, nest or Nest(), told)
        return self._keep(file, sha256, name, lambda: self.store.documents.put(made, audience), note, _sketch(made))

    def ingest_folder(
        self,
        folder: Path,
        progress: Callable[[Path, Ingested | KbError, int, int], None],
        audience: str | None = None,
    ) -> FolderCounts:
        """Take in every file below a folder, in order of their names; one that is refused does not stop the others.

        progress: told after each file what came of it, how many are done and how many there are.
        Raises StoreError, NotFoundError where the folder is not there.
        """
        files = list(files_below(folder))
        counts = {Outcome.NEW: 0, Outcome.REPLACED: 0, Outcome.UNCHANGED: 0}
        n_refused = 0
        for n_done, file in enumerate(files, 1):
            try:
                ingested = self.ingest(file, name=_name_below(folder, file), audience=audience)
            except StoreError:
                raise
            except KbError as error:
                n_refused += 1
                progress(file, error, n_done, len(files))
            else:
                counts[ingested.outcome] += 1
                progress(file, ingested, n_done, len(files))
        return FolderCounts(counts[Outcome.NEW], counts[Outcome.REPLACED], counts[Outcome.UNCHANGED], n_refused)

    def replace(
        self,
        viewer: Viewer,
        document_id: DocumentId,
        file: Path,
        name: str,
        told: Told = untold,
        note: Callable[[Ingested], None] = unnoted,
    ) -> Ingested:
        """Make a file the new version of a document. Raises NotFoundError, FileRefusedError, StoreError."""
        document = self.document(viewer, document_id)
        sha256, n_bytes = _identity(file, name)
        incoming = self._incoming(document.source, name, document.audience, sha256, n_bytes)
        made = self._draft(file, incoming, told)
        self._take_in_members(file, made, document.audience, Nest(), told)
        return self._keep(
            file, sha256, name, lambda: self.store.documents.replace(document_id, made), note, _sketch(made)
        )

    def correct(self, viewer: Viewer, document_id: DocumentId, metadata: Metadata, fields: frozenset[str]) -> Document:
        """Set the named fields of a document's metadata by hand; they outlive its next versions.

        Raises NotFoundError, ValueError for a field that metadata does not have.
        """
        unknown = fields - set(Metadata.__slots__)
        if unknown:
            raise ValueError(f"expected fields of Metadata, got {sorted(unknown)}")
        by_hand = {name: getattr(metadata, name) for name in fields}
        while True:
            document = self.document(viewer, document_id)
            corrected = document.corrected | fields
            made = self.redraft(replace(document, metadata=replace(document.metadata, **by_hand), corrected=corrected))
            # Whoever corrects another field meanwhile is not undone: this correction goes on top of theirs.
            done = self.store.documents.correct(document, made, corrected)
            if done is not None:
                return done

    def correct_page(self, viewer: Viewer, document_id: DocumentId, number: int, text: str) -> Document:
        """Set the text of a scanned page by hand, as a new version; it outlives the file's coming in again.

        Raises NotFoundError, CorrectionRefusedError.
        """
        document = self.document(viewer, document_id)
        file = self.originals.open_path(document.sha256)
        self.scanned.correct(document, number, text, file, self.redraft)
        return self.document(viewer, document_id)

    def remove(self, viewer: Viewer, document_id: DocumentId) -> None:
        """Delete a document for good, with all its versions and originals. Raises NotFoundError."""
        self.document(viewer, document_id)
        self.erase(document_id)

    def erase(self, document_id: DocumentId) -> None:
        """Delete a document wherever it is, and what deleted text leaves behind. Raises NotFoundError."""
        with self.originals.held():
            for sha256 in self.store.documents.remove(document_id):
                self.originals.drop(sha256)
        self._scrub()

    def refusals(self) -> tuple[Refusal, ...]:
        """Files that were not taken in, newest first."""
        return self.store.documents.refusals()

    # Upkeep

    def status(self) -> Status:
        """What is searchable now."""
        return self.store.status()

    def ready(self) -> None:
        """Nothing, when many questions can be answered. Raises StoreError, ModelMismatchError."""
        self.retriever.hold()

    def verify(self) -> tuple[Defect, ...]:
        """Everything that is not as it must be: in the store, in the originals, and in the vectors in memory."""
        return (*self.store.check(), *self._check_originals(), *self.retriever.check(), *self.identities.check())

    def reindex(self, progress: Callable[[int, int], None]) -> None:
        """Make outline, passages, words and vectors of every document anew from the stored pages, all or nothing.

        Raises StoreError.
        """
        self.identities.settle_old_versions()
        left = self.documents(LOCAL_ADMIN)
        while left:
            made = []
            for n_done, document in enumerate(left, 1):
                made.append((document, self.redraft(document)))
                progress(n_done, len(left))
            changed = set(self.store.documents.put_passages(made, self.tools.stamp))
            left = tuple(document for document in self.documents(LOCAL_ADMIN) if document.id in changed)

    def _version(
        self, viewer: Viewer, document_id: DocumentId, version_id: VersionId | None
    ) -> tuple[VersionId, str, str, bool]:
        document = self.document(viewer, document_id)
        if version_id is None or version_id == document.version_id:
            return document.version_id, document.sha256, document.media_type, document.has_pages
        return (version_id, *self.store.documents.version_file(document_id, version_id))

    def _paged_file(self, viewer: Viewer, document_id: DocumentId, number: int, version_id: VersionId | None) -> Path:
        version_id, sha256, media_type, has_pages = self._version(viewer, document_id, version_id)
        if not (has_pages and is_drawn(media_type)):
            raise NotFoundError(
                f"dokumen {document_id}",
                Text("format ini tidak punya halaman bergambar", "this format has no page images"),
                Text("buka teksnya", "open its text"),
            )
        self.store.documents.page(version_id, number)
        return self.originals.open_path(sha256)

    def _incoming(self, source: str, name: str, audience: str, sha256: str, n_bytes: int) -> Incoming:
        known = self.store.documents.by_source(source)
        if known is None:
            return Incoming(source, name, audience, sha256, n_bytes)
        return Incoming(source, name, audience, sha256, n_bytes, known.metadata, known.corrected)

    def _keep(
        self,
        file: Path,
        sha256: str,
        name: str,
        put: Callable[[], Ingested],
        note: Callable[[Ingested], None],
        sketch: Sketch,
    ) -> Ingested:
        """Keep the original, which must still be the bytes that were read, and put in the version that needs it.

        Raises FileChangedError, StoreError.
        """
        try:
            with self.originals.held():
                if self.originals.keep(file) != sha256:
                    raise FileChangedError(
                        name,
                        Text("berkas berubah selagi dibaca", "the file changed while it was read"),
                        Text("tunggu sampai selesai ditulis, lalu ulangi", "wait until it is written, then try again"),
                    )
                with self.store.together():
                    came = put()
                    if came.outcome is not Outcome.UNCHANGED:
                        self.store.copies.note(came.document.id, sketch)
                    note(came)
                return came
        except KbError:
            self._clear_originals()
            raise

    def _clear_originals(self) -> None:
        """Delete originals that nothing needs; what cannot be deleted now is when the library is opened again."""
        with suppress(StoreError):
            self.originals.clear(self.store.documents.hashes)

    def _scrub(self) -> None:
        """Overwrite what removed documents left in the store; what cannot be now is at the next opening."""
        with suppress(StoreError):
            self.store.scrub()

    def _draft(self, file: Path, incoming: Incoming, told: Told) -> Draft:
        try:
            reading = self.scanned.complete(file, incoming.sha256, self._reader.read(file), told)
        except FileRefusedError as error:
            # People know the document's name; an upload stands under another one while it is read.
            error.where = mask_line(incoming.name)
            raise
        return draft(incoming, reading, self.tools, told, self._placing(file))

    def _placing(self, file: Path) -> Place | None:
        """Says where words stand on the pages of a file, None where it is gone."""
        if not file.exists():
            return None

        def place(spans: Sequence[Span]) -> Sequence[Sequence[Box]]:
            try:
                return self._reader.rectangles(file, spans)
            except FileRefusedError:
                # Its text was read; only its tables stay unseen.
                return [()] * len(spans)

        return place

    def _take_in_members(self, file: Path, made: Draft, audience: str | None, nest: Nest, told: Told) -> None:
        def take_in(member: Path, source: str, name: str, inner: Nest) -> Ingested:
            return self.ingest(member, source=source, name=name, audience=audience, nest=inner, told=told)

        take_in_members(
            file,
            made.reading.members,
            source=made.source,
            name=made.name,
            nest=nest,
            reader=self._reader,
            take_in=take_in,
            remember=self._remember,
        )

    def redraft(self, document: Document, reading: Reading | None = None) -> Draft:
        """The document guarded, cut and embedded anew from its stored pages, or from `reading`; its metadata stays."""
        stored, name = self.scanned.stored(document)
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
        return draft(incoming, reading, self.tools, place=self._placing(self.originals.path(document.sha256)))

    def _reguard(self, document: Document) -> None:
        """Guard, cut and embed a document anew after a ruling."""
        self.store.documents.put_passages([(document, self.redraft(document))], self.tools.stamp)

    def _remember(self, source: str, error: FileRefusedError) -> None:
        now = datetime.datetime.now(datetime.UTC)
        self.store.documents.refuse(
            Refusal(source, error.code, storable(error.say("id")), storable(error.say("en")), now)
        )

    def _check_originals(self) -> Iterator[Defect]:
        needed = self.store.documents.hashes()
        there = {path.name for path in self.originals}
        for sha256 in sorted(needed - there):
            yield Defect(
                "berkas-asli-hilang",
                sha256,
                "berkas asli tidak ada; pulihkan dari cadangan",
                "the original is missing; restore a backup",
            )
        for sha256 in sorted(needed & there):
            if sha256_of(self.originals.path(sha256)) != sha256:
                yield Defect(
                    "berkas-asli-berubah",
                    sha256,
                    "isi berkas asli berubah; pulihkan dari cadangan",
                    "the original has changed; restore a backup",
                )


def files_below(folder: Path) -> Iterator[Path]:
    """The file itself, or every file below a folder in order of path, hidden ones left out.

    Raises NotFoundError where there is nothing of that name.
    """
    if folder.is_file():
        yield folder
        return
    if not folder.is_dir():
        raise NotFoundError(
            str(folder),
            Text("berkas atau folder itu tidak ada", "there is no such file or folder"),
            Text("periksa ejaannya", "check its spelling"),
        )
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def _sketch(made: Draft) -> Sketch:
    return sketch_of(page.text for page in made.reading.pages)


def _name_below(folder: Path, file: Path) -> str:
    return file.name if folder.is_file() else str(file.relative_to(folder))


def _identity(file: Path, name: str) -> tuple[str, int]:
    """SHA-256 and number of bytes of a file. Raises NotFoundError."""
    try:
        return sha256_of(file), file.stat().st_size
    except OSError as cause:
        raise NotFoundError(
            name,
            Text(f"berkas tidak dapat dibuka ({cause.strerror})", f"the file cannot be opened ({cause.strerror})"),
            Text("periksa nama dan izinnya", "check its name and permissions"),
        ) from cause


def storable(name: str) -> str:
    """`name` as it can be stored and sent: bytes that no encoding explains, as old drives leave them, spelled out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _existing(file: Path) -> Path | None:
    return file if file.exists() else None
