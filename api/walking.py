"""What a walk through a watched folder comes upon, compared with what was seen last."""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from api.names import storable
from kb.errors import SourceError, Text
from kb.originals import sha256_of
from kb.sources import SeenFile

UNWANTED = frozenset({"thumbs.db", "desktop.ini"})
UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download")
"""Endings of files that are still being written; `~$` begins the locks of Word."""


@dataclass(slots=True)
class Found:
    """What a walk came upon: the files by relative path, and the subfolders that could not be read."""

    files: dict[str, os.stat_result] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def is_hidden(self, path: str) -> bool:
        """Whether `path` lies where the walk could not look."""
        return any(path == folder or path.startswith(f"{folder}/") for folder in self.unread)


def walk(root: Path) -> Found:
    """The files below `root`. Raises SourceError where it cannot be read at all."""
    found = Found()

    def note(error: OSError) -> None:
        unread = os.path.relpath(str(error.filename), root)
        if unread == ".":
            raise in_the_way(
                str(root),
                f"tidak dapat dibuka ({error.strerror})",
                f"cannot be opened ({error.strerror})",
                "sambungkan foldernya; tidak ada dokumen yang dihapus",
                "connect it; no document was removed",
            ) from error
        found.unread.append(unread)

    for folder, folders, names in os.walk(root, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(filter(_is_wanted, names)):
            file = Path(folder, name)
            path = os.path.relpath(file, root)
            try:
                path.encode()
                stat = file.stat()
            except (OSError, UnicodeEncodeError):
                # Also a name in no encoding we know: it could be neither stored nor shown.
                found.unread.append(storable(path))
                continue
            if S_ISREG(stat.st_mode):
                found.files[path] = stat
    return found


def _is_wanted(name: str) -> bool:
    low = name.lower()
    return not (low.startswith((".", "~$")) or low in UNWANTED or low.endswith(UNFINISHED))


def fresh_files(root: Path, found: Found, known: dict[str, SeenFile], is_thorough: bool) -> dict[str, SeenFile]:
    """The files with their SHA-256 that may differ from what is known, by relative path."""
    fresh = {}
    for path, stat in found.files.items():
        before = known.get(path)
        is_as_before = before is not None and (before.n_bytes, before.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
        if is_as_before and not is_thorough:
            continue
        # One that went meanwhile is gone at the next look.
        with suppress(OSError):
            fresh[path] = SeenFile(path, stat.st_size, stat.st_mtime_ns, sha256_of(root / path))
    return fresh


def in_the_way(where: str, what: str, what_en: str, mend: str, mend_en: str) -> SourceError:
    """The error for a folder that cannot be looked into: what is wrong and what to do, in both languages."""
    return SourceError(storable(where), Text(what, what_en), Text(mend, mend_en))
