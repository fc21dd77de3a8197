"""Watched folders: looked into, and their new, changed, renamed and removed files followed."""

from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from api.containers import INSIDE
from api.intake import Intake
from api.names import storable
from api.trash import Trash
from api.veil import mask_line
from api.walking import Found, fresh_files, in_the_way, walk
from kb.access import EVERYONE, LOCAL_ADMIN, Viewer
from kb.documents import Document
from kb.errors import KbError, NotFoundError, SourceError, Text
from kb.sources import Source, SourceId, Synced


class Folders:
    """The watched folders of a library. It holds nothing itself: any number may stand over one library.

    By looking, not by being told: a network share tells nobody of its changes.
    """

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._library = intake.library
        self._store = intake.library.store
        self._sources = intake.library.store.sources
        self._trash = Trash(intake.library)

    def all(self, viewer: Viewer) -> tuple[Source, ...]:
        """The watched folders; none for who is no administrator."""
        return self._sources.all() if viewer.is_admin else ()

    def add(self, viewer: Viewer, folder: Path, audience: str = EVERYONE) -> Source:
        """Watch a folder, or give a watched one and its documents another audience.

        Raises SourceError for one that is not there or lies in or around our own, NotFoundError for who is no
        administrator.
        """
        _only_admin(viewer)
        whole = _existing(folder)
        home = self._library.settings.home.resolve()
        others = [Path(source.folder) for source in self._sources.all() if source.folder != str(whole)]
        for other in (home, *others):
            if whole.is_relative_to(other) or other.is_relative_to(whole):
                raise in_the_way(
                    str(folder),
                    f"bertumpuk dengan {other}",
                    f"overlaps {other}",
                    "pilih folder lain",
                    "choose another folder",
                )
        for document in _below(f"{whole}/", self._library.documents(viewer)).values():
            self._store.documents.set_audience(document.id, audience)
        return self._sources.add(storable(str(whole)), audience)

    def remove(self, viewer: Viewer, source: SourceId) -> None:
        """Watch a folder no longer; its documents stay. Raises NotFoundError."""
        _only_admin(viewer)
        self._sources.remove(source)

    def sync(self, source: Source, is_thorough: bool = False, may_be_empty: bool = False) -> Synced:
        """Look into a folder: queue what is new or changed, follow what was renamed, remove what is gone.

        is_thorough: compare contents also where size and time are as before. may_be_empty: believe a folder that came
        up empty; otherwise that is taken for a share that is not connected.
        Raises SourceError, which is also noted, and StoreError.
        """
        try:
            synced = self._sync(source, is_thorough, may_be_empty)
        except SourceError as error:
            self._sources.looked(source.id, error)
            raise
        return synced

    def sync_due(self) -> None:
        """Look into every folder whose time has come; what is in the way is noted. Raises StoreError."""
        for source in self._sources.due(60.0 * self._library.settings.sync_minutes):
            try:
                self.sync(source)
            except SourceError:
                # Noted where the folders are listed; the next look may find it again.
                continue

    def _sync(self, source: Source, is_thorough: bool, may_be_empty: bool) -> Synced:
        root = Path(source.folder)
        found = walk(root)
        known = self._sources.files(source.id)
        if not found.files and known and not may_be_empty:
            raise in_the_way(
                source.folder,
                f"kosong, padahal tadinya berisi {len(known)} berkas; tidak ada yang dihapus",
                f"is empty, and held {len(known)} files before; nothing was removed",
                "sambungkan foldernya, atau jalankan `kb sync --empty` bila memang dikosongkan",
                "connect it, or run `kb sync --empty` if it was emptied on purpose",
            )
        fresh = fresh_files(root, found, known, is_thorough)
        shown, removed = self._documents_below(root)
        gone = {
            path
            for path in (known.keys() | shown.keys() | removed.keys())
            if path not in found.files and not found.is_hidden(path) and _container(path, found.files) is None
        }
        standing = {path: known[path].sha256 for path in found.files if path in known}
        standing |= {path: file.sha256 for path, file in fresh.items()}
        moved = {
            **self._move(root, {path: shown[path] for path in gone & shown.keys()}, standing, shown, removed),
            **self._move(
                root,
                {path: removed[path] for path in gone & removed.keys()},
                {path: file.sha256 for path, file in fresh.items() if path not in known},
                shown,
                removed,
            ),
        }
        n_changed = n_new = 0
        for path, file in fresh.items():
            before = known.get(path)
            if path in moved.values():
                self._sources.note(source.id, [file])
                continue
            if before is not None and before.sha256 == file.sha256:
                self._sources.touch(source.id, file)
                continue
            # In one transaction: a file that is noted is queued.
            with self._store.together():
                self._intake.queue([(root / path, path)], source.audience)
                self._sources.note(source.id, [file])
            n_new, n_changed = n_new + (before is None), n_changed + (before is not None)
        left = sorted(gone - moved.keys())
        for path in left:
            self._store.jobs.drop(storable(str(root / path)))
            self._store.refusals.forgive(storable(str(root / path)))
        lost = self._library.members.spare([shown[path] for path in left if path in shown])
        for document in lost:
            # Of files with the same bytes one is the document: a copy in another folder comes in for it.
            with self._store.together():
                self._store.trash.withdraw(document.id)
                self._sources.forget_copies(document.sha256)
        self._sources.note(source.id, [], gone)
        self._sources.looked(source.id, _unread(source, found))
        n_unchanged = len(found.files) - n_new - n_changed - len(set(moved.values()) & fresh.keys())
        n_moved = sum(path in found.files for path in moved.values())
        return Synced(n_new, n_changed, n_moved, len(lost), n_unchanged)

    def _documents_below(self, root: Path) -> tuple[dict[str, Document], dict[str, Document]]:
        """The documents whose source is a file below `root`, by relative path: those shown, and those removed."""
        prefix = storable(f"{root}/")
        shown = self._library.documents(LOCAL_ADMIN)
        removed = [document for document, _ in self._store.trash.withdrawn()]
        return _below(prefix, shown), _below(prefix, removed)

    def _move(
        self,
        root: Path,
        gone: dict[str, Document],
        standing: dict[str, str],
        shown: dict[str, Document],
        removed: dict[str, Document],
    ) -> dict[str, str]:
        """Give documents whose files are gone to files of the same bytes that have none; from the old path to the new.

        What is inside such a file goes with it. standing: the SHA-256 of the files that may be theirs now.
        """
        moved: dict[str, str] = {}
        taken = shown.keys() | removed.keys()
        for old, document in sorted(gone.items()):
            if old in moved:
                continue
            free = (
                path
                for path, sha256 in standing.items()
                if sha256 == document.sha256 and path not in taken and path not in moved.values()
            )
            new = next(free, None)
            if new is None:
                continue
            name = self._library.identities.clean(document, new)
            if not self._store.documents.move(document.id, storable(str(root / new)), name):
                continue
            moved[old] = new
            if document.n_passages == 0:
                self._trash.put_back(document)
            for path, member in _members(old, {**removed, **shown}).items():
                below = path.removeprefix(old)
                name = self._library.identities.clean(member, new + below.replace(INSIDE, "/"))
                self._store.documents.move(member.id, storable(str(root / (new + below))), name)
                moved[path] = new + below
        return moved


def _container(path: str, files: Container[str]) -> str | None:
    """The file among `files` that holds the document of this path: an archive or a mail."""
    at = path.find(INSIDE)
    while at >= 0:
        if path[:at] in files:
            return path[:at]
        at = path.find(INSIDE, at + 1)
    return None


def _members(path: str, documents: Mapping[str, Document]) -> dict[str, Document]:
    return {inside: document for inside, document in documents.items() if inside.startswith(path + INSIDE)}


def _below(prefix: str, documents: Iterable[Document]) -> dict[str, Document]:
    return {
        document.source.removeprefix(prefix): document for document in documents if document.source.startswith(prefix)
    }


def _unread(source: Source, found: Found) -> KbError | None:
    if not found.unread:
        return None
    names = ", ".join(mask_line(name) for name in sorted(found.unread)[:5])
    return in_the_way(
        source.folder,
        f"{len(found.unread)} bagian tidak dapat dibaca ({names})",
        f"{len(found.unread)} parts cannot be read ({names})",
        "periksa izinnya; dokumen dari sana tidak dihapus",
        "check the permissions; their documents were not removed",
    )


def _existing(folder: Path) -> Path:
    """The whole path of a folder that is there. Raises SourceError."""
    # A name may also be too long for the system, or run in a circle.
    with suppress(OSError, RuntimeError, ValueError):
        whole = folder.resolve()
        if folder.is_absolute() and whole.is_dir():
            return whole
    raise in_the_way(
        str(folder),
        "tidak ada folder dengan jalur lengkap itu",
        "there is no folder of this full path",
        "tulis jalur lengkapnya, misalnya /srv/dokumen",
        "write its full path, such as /srv/dokumen",
    )


def _only_admin(viewer: Viewer) -> None:
    if not viewer.is_admin:
        raise NotFoundError(
            "sumber",
            Text("hanya untuk administrator", "is for administrators only"),
            Text("minta administrator", "ask an administrator"),
        )
