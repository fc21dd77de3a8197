"""The tray: uploads that are on the disk before anyone is told that they were received."""

import os
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from kb.disk import disk_error

ORPHAN_SECONDS = 3_600.0
"""A file in the tray of this age that no job names was left by a process that died between the two."""


class Tray:
    """A folder of received files under names of our own, until their jobs are done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, stream: BinaryIO) -> Path:
        """A copy of what `stream` holds, on the disk when this returns. Raises StoreFullError, StoreReadOnlyError."""
        file = self.folder / secrets.token_hex(12)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                with file.open("xb") as copy:
                    shutil.copyfileobj(stream, copy, 2**20)
                    copy.flush()
                    os.fsync(copy.fileno())
            except BaseException:
                # The stream is the caller's and may raise anything, and Ctrl-C may come: no half upload is left behind.
                file.unlink(missing_ok=True)
                raise
        except OSError as cause:
            raise disk_error(self.folder, cause) from cause
        return file

    def drop(self, file: Path) -> None:
        """Delete a copy whose job is done; what cannot be deleted now goes with `clear`."""
        if file.parent == self.folder:
            try:
                file.unlink(missing_ok=True)
            except OSError as cause:
                raise disk_error(self.folder, cause) from cause

    def clear(self, needed: Callable[[], frozenset[str]]) -> None:
        """Delete what no job needs and is older than an upload takes. needed: the paths that jobs name."""
        try:
            old = [file for file in self.folder.glob("*") if time.time() - file.stat().st_mtime > ORPHAN_SECONDS]
            kept = needed() if old else frozenset()
            for file in old:
                if str(file) not in kept:
                    file.unlink(missing_ok=True)
        except OSError as cause:
            raise disk_error(self.folder, cause) from cause
