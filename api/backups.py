"""A knowledge base packed into one archive while it is used, and restored from it."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from api.moving import ORIGINALS, STORE_NAME, Moved, check_there, moved_of, put_in_place, statement_of
from kb.archive import pack, read_contents, unpack
from kb.errors import ArchiveError, Text
from kb.homes import check_free, staged
from kb.originals import Originals
from kb.settings import Settings
from kb.store import Store
from kb.store.copying import check_version, copy_store, facts_of


def backup(settings: Settings, archive: Path) -> Moved:
    """Pack the knowledge base as it is at one moment into one archive, and read that back; others go on working.

    Raises StoreError and its kinds; a backup that stood there before is untouched then.
    """
    check_there(settings)
    with staged(settings.store_file) as staging, ExitStack() as open_things:
        store = Store(settings.store_file)
        open_things.callback(store.close)
        copy = staging / STORE_NAME
        originals = Originals(settings.originals_folder)
        # Held until each original has a second name: one that is removed meanwhile stays until it is packed.
        with originals.held():
            try:
                copy_store(store.database, copy)
                facts = facts_of(copy)
                files = _linked(originals, facts.hashes, staging)
            except (OSError, sqlite3.Error) as cause:
                raise _not_copied(settings, cause) from cause
        files[STORE_NAME] = copy
        files |= _own_files(settings)
        made = pack(archive, files, statement_of(facts))
        return moved_of(facts, archive.stat().st_size, made)


def _linked(originals: Originals, hashes: Iterable[str], staging: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for sha256 in sorted(hashes):
        second = staging / sha256
        os.link(originals.open_path(sha256), second)
        files[f"{ORIGINALS}/{sha256[:2]}/{sha256}"] = second
    return files


def _own_files(settings: Settings) -> dict[str, Path]:
    """What the office itself put beside the store, such as its synonyms."""
    return {
        file.name: file
        for file in sorted(settings.home.iterdir())
        if file.is_file() and not file.name.startswith((".", STORE_NAME))
    }


def restore(settings: Settings, archive: Path, *, force: bool) -> Moved:
    """Put the knowledge base of an archive in the place of `KB_HOME`, in one step, after looking at all of it.

    force: put what is there aside, whole; nothing may have it open.
    Raises HomeOccupiedError, ArchiveError, StoreTooNewError, StoreBusyError and other kinds of StoreError.
    """
    stated = read_contents(archive)
    check_version(str(archive), int(stated.facts.get("store_version", 0)))
    check_free(settings.home, force=force)
    with staged(settings.home) as staging:
        made = staging / "kb"
        made.mkdir()
        contents = unpack(archive, made)
        facts = facts_of(made / STORE_NAME)
        missing = facts.hashes - {Path(name).name for name in contents.files}
        if missing:
            raise ArchiveError(
                str(archive),
                Text(f"{len(missing)} berkas asli tidak ada di dalamnya", f"{len(missing)} originals are not in it"),
                Text("pakai cadangan lain", "use another backup"),
            )
        return put_in_place(settings, made, facts, contents, force=force)


def _not_copied(settings: Settings, cause: Exception) -> ArchiveError:
    return ArchiveError(
        str(settings.home),
        Text(f"tidak dapat disalin ({cause})", f"it cannot be copied ({cause})"),
        Text("periksa ruang disk dan izin folder", "check disk space and the folder's permissions"),
    )
