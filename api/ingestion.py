"""Files taken in: read, drafted, and put in with their originals, or remembered as refused."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from api.containers import INSIDE, Nest, named, take_in_members
from api.members import Members
from api.names import storable
from api.placing import places_in
from api.scanned import Scanned
from api.veil import mask_line
from ingest.pipeline import Incoming, Told, Tools, draft, untold
from ingest.sandbox import Sandbox
from kb.access import EVERYONE, Viewer
from kb.documents import Document, DocumentId
from kb.errors import FileChangedError, FileRefusedError, KbError, NotFoundError, StoreError, Text
from kb.intake import Draft, Ingested, Outcome, Refusal
from kb.likeness import sketch_of
from kb.originals import Originals, sha256_of
from kb.store import Store


@dataclass(frozen=True, slots=True)
class FolderCounts:
    """What taking in a folder came to."""

    n_new: int
    n_replaced: int
    n_unchanged: int
    n_refused: int


def _unnoted(came: Ingested) -> None:
    """Nothing else goes in with the document."""


class Ingestion:
    """What takes files into a library."""

    def __init__(
        self,
        store: Store,
        originals: Originals,
        reader: Sandbox,
        scanned: Scanned,
        tools: Tools,
        members: Members,
    ) -> None:
        self._store, self._originals, self._reader = store, originals, reader
        self._scanned, self._tools, self._members = scanned, tools, members

    def ingest(
        self,
        file: Path,
        *,
        source: str | None = None,
        name: str | None = None,
        audience: str | None = None,
        told: Told = untold,
        note: Callable[[Ingested], None] = _unnoted,
        nest: Nest | None = None,
    ) -> Ingested:
        """Take in a file, as a new document or as a new version of the one of the same source.

        source: what identifies the document; the file's own path unless given. audience: who may see it; None leaves a
        known document's as it is, and shows a new one to everyone. told: of its progress.
        note: writes what goes into the same transaction; what it raises takes the document back. nest: how deep inside
        another file it was. What is inside this one (an archive's files, a mail's attachments) goes in beside it; what
        was inside the version before and is in no file any more is removed, as if by hand.
        Raises FileRefusedError, which is also remembered, and StoreError.
        """
        source = storable(source or str(file.resolve()))
        name = storable(name or file.name)
        try:
            sha256, n_bytes = _identity(file, name)
            same = self._store.documents.holding(sha256, source, audience)
            if same is not None:
                if audience is not None and audience != same.audience:
                    same = self._store.documents.set_audience(same.id, audience)
                unchanged = Ingested(same, Outcome.UNCHANGED)
                note(unchanged)
                return unchanged
            made = self._draft(file, self._incoming(source, name, audience or EVERYONE, sha256, n_bytes), told)
        except FileRefusedError as error:
            if not error.is_transient:
                self._remember(source, error)
            raise
        # Before the file itself: were it in first and the power went, nobody would ask for its members again.
        inside = self._take_in_members(file, made, audience, nest or Nest(), told)
        return self._keep(file, name, made, lambda: self._store.documents.put(made, audience), note, inside)

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
        files = list(_files_below(folder))
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
        note: Callable[[Ingested], None] = _unnoted,
    ) -> Ingested:
        """Make a file the new version of a document. Raises NotFoundError, FileRefusedError, StoreError."""
        document = self._store.documents.read(viewer, document_id)
        sha256, n_bytes = _identity(file, name)
        incoming = self._incoming(document.source, name, document.audience, sha256, n_bytes)
        made = self._draft(file, incoming, told)
        inside = self._take_in_members(file, made, document.audience, Nest(), told)
        return self._keep(file, name, made, lambda: self._store.documents.replace(document_id, made), note, inside)

    def clear_originals(self) -> None:
        """Delete originals that nothing needs; what cannot be deleted now is when the library is opened again."""
        with suppress(StoreError):
            self._originals.clear(self._store.documents.hashes)

    def _incoming(self, source: str, name: str, audience: str, sha256: str, n_bytes: int) -> Incoming:
        known = self._store.documents.by_source(source)
        if known is None:
            return Incoming(source, name, audience, sha256, n_bytes)
        return Incoming(source, name, audience, sha256, n_bytes, known.metadata, known.corrected)

    def _draft(self, file: Path, incoming: Incoming, told: Told) -> Draft:
        try:
            reading = self._scanned.complete(file, incoming.sha256, self._reader.read(file), told)
        except FileRefusedError as error:
            # People know the document's name; an upload stands under another one while it is read.
            error.where = mask_line(incoming.name)
            raise
        return draft(incoming, reading, self._tools, told, places_in(self._reader, file))

    def _keep(
        self,
        file: Path,
        name: str,
        made: Draft,
        put: Callable[[], Ingested],
        note: Callable[[Ingested], None],
        inside: Mapping[str, Document],
    ) -> Ingested:
        """Keep the original, which must still be the bytes that were read, and put in the version that needs it.

        inside: what came in of what it holds; what only an earlier version held goes out of sight.
        Raises FileChangedError, StoreError.
        """
        # Before the hold: nobody else takes anything in meanwhile.
        sketch = sketch_of(page.text for page in made.reading.pages)
        try:
            with self._originals.held():
                if self._originals.keep(file) != made.sha256:
                    raise FileChangedError(
                        name,
                        Text("berkas berubah selagi dibaca", "the file changed while it was read"),
                        Text("tunggu sampai selesai ditulis, lalu ulangi", "wait until it is written, then try again"),
                    )
                with self._store.together():
                    came = put()
                    if came.outcome is not Outcome.UNCHANGED:
                        self._store.copies.note(came.document.id, sketch)
                        self._store.members.note(
                            came.document.id, [(storable(member), one.sha256) for member, one in inside.items()]
                        )
                        self._withdraw_members(made, inside)
                    note(came)
                return came
        except KbError:
            self.clear_originals()
            raise

    def _take_in_members(
        self, file: Path, made: Draft, audience: str | None, nest: Nest, told: Told
    ) -> Mapping[str, Document]:
        """Take in what is inside a file; what came in by its name there, also what is another's document already."""

        def take_in(member: Path, source: str, name: str, inner: Nest) -> Ingested:
            return self.ingest(member, source=source, name=name, audience=audience, nest=inner, told=told)

        return take_in_members(
            file,
            made.reading.members,
            source=made.source,
            name=made.name,
            nest=nest,
            reader=self._reader,
            take_in=take_in,
            remember=self._remember,
        )

    def _withdraw_members(self, made: Draft, inside: Mapping[str, Document]) -> None:
        """Take out of sight what an earlier version of a file held and this one does not, nor any other file."""
        stays = {storable(f"{made.source}{INSIDE}{member}") for member in named(made.reading.members)}
        # The same bytes under another name are the document that they were.
        stays |= {one.source for one in inside.values()}
        below = tuple(f"{source}{INSIDE}" for source in stays)
        going = [
            document
            for document in self._store.documents.below(made.source + INSIDE)
            if document.source not in stays and not document.source.startswith(below)
        ]
        for document in self._members.spare(going):
            self._store.trash.withdraw(document.id)
            self._store.sources.forget_copies(document.sha256)

    def _remember(self, source: str, error: FileRefusedError) -> None:
        now = datetime.datetime.now(datetime.UTC)
        self._store.refusals.add(Refusal(source, error.code, storable(error.say("id")), storable(error.say("en")), now))


def _files_below(folder: Path) -> Iterator[Path]:
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
