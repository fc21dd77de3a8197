"""The files as they came, kept by SHA-256."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kb.disk import disk_error, sync_folder
from kb.errors import NotFoundError, Text
from kb.status import Defect

LOCK_NAME = "kunci"
"""An empty file that marks who is changing the folder."""


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Originals:
    """A folder of originals, each under its own SHA-256, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the original with this SHA-256 stands or would stand."""
        return self.folder / sha256[:2] / sha256

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder against every other thread and process.

        An original and the version that needs it come and go under one hold: otherwise what one process finds already
        kept, another that removes its last document drops before the version is in.
        Raises StoreFullError, StoreReadOnlyError.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as cause:
            raise disk_error(self.folder, cause) from cause
        try:
            # Let go of by the system when its process dies.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def keep(self, file: Path) -> str:
        """Copy `file` in and return its SHA-256; it is on the disk when this returns.

        Raises NotFoundError where it cannot be opened any more; StoreFullError, StoreReadOnlyError.
        """
        try:
            source = file.open("rb")
        except OSError as cause:
            raise NotFoundError(
                file.name,
                Text(f"berkas tidak dapat dibuka ({cause.strerror})", f"the file cannot be opened ({cause.strerror})"),
                Text("periksa nama dan izinnya", "check its name and permissions"),
            ) from cause
        with source:
            sha256 = hashlib.file_digest(source, "sha256").hexdigest()
            target = self.path(sha256)
            if target.exists():
                return sha256
            source.seek(0)
            temporary = target.with_name(f"{sha256}.{os.getpid()}.tmp")
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                try:
                    return self._copy(source, temporary)
                except OSError:
                    temporary.unlink(missing_ok=True)
                    raise
            except OSError as cause:
                raise disk_error(self.folder, cause) from cause

    def _copy(self, source: BinaryIO, temporary: Path) -> str:
        with temporary.open("wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        # The bytes may have changed between hashing and copying: what is kept is what is named.
        sha256 = sha256_of(temporary)
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
        sync_folder(target.parent)
        return sha256

    def open_path(self, sha256: str) -> Path:
        """Where an original stands. Raises NotFoundError where it is gone."""
        path = self.path(sha256)
        if not path.exists():
            raise NotFoundError(
                str(path),
                Text("berkas asli hilang dari gudang", "the original is missing from the store"),
                Text("jalankan `kb verify`, lalu pulihkan dari cadangan", "run `kb verify`, then restore a backup"),
            )
        return path

    def drop(self, sha256: str) -> None:
        """Delete an original that nothing uses any more."""
        self.path(sha256).unlink(missing_ok=True)

    def clear(self, needed: Callable[[], frozenset[str]]) -> None:
        """Delete what no version needs: remains of a process that was stopped while it took a file in or out.

        A document that was removed must not live on as a file. needed: the SHA-256 of every version's original.
        """
        if {path.name for path in self} <= needed():
            return
        try:
            with self.held():
                # Nobody is between keeping and needing now, so what is not needed never will be.
                still = needed()
                for path in self:
                    if path.name not in still:
                        path.unlink(missing_ok=True)
        except OSError as cause:
            raise disk_error(self.folder, cause) from cause

    def __iter__(self) -> Iterator[Path]:
        """Every file in the folder, whole originals and remains of interrupted copies."""
        return iter(sorted(path for path in self.folder.glob("*/*") if path.is_file()))

    def check(self, needed: frozenset[str]) -> Iterator[Defect]:
        """The originals of these that are missing or have changed."""
        there = {path.name for path in self}
        for sha256 in sorted(needed - there):
            yield Defect(
                "berkas-asli-hilang",
                sha256,
                "berkas asli tidak ada; pulihkan dari cadangan",
                "the original is missing; restore a backup",
            )
        for sha256 in sorted(needed & there):
            if sha256_of(self.path(sha256)) != sha256:
                yield Defect(
                    "berkas-asli-berubah",
                    sha256,
                    "isi berkas asli berubah; pulihkan dari cadangan",
                    "the original has changed; restore a backup",
                )
