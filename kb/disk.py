"""Files brought onto the disk for good, and what the file system complains of as errors of the store."""

import errno
import os
from pathlib import Path

from kb.errors import StoreFullError, StoreReadOnlyError, Text


def sync_folder(folder: Path) -> None:
    """Bring what was renamed in a folder onto the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def disk_error(where: Path, cause: OSError) -> StoreFullError | StoreReadOnlyError:
    """The error of the store for what the file system complains of. where: the folder or file it would not take."""
    if cause.errno == errno.ENOSPC:
        return StoreFullError(
            str(where),
            Text("disk penuh; yang lama tidak berubah", "the disk is full; what was there is unchanged"),
            Text("kosongkan ruang disk, lalu ulangi", "free some disk space, then try again"),
        )
    return StoreReadOnlyError(
        str(where),
        Text(f"tidak dapat ditulis atau dibuka ({cause.strerror})", f"cannot be written or opened ({cause.strerror})"),
        Text("periksa nama, izin, dan KB_HOME", "check its name, its permissions and KB_HOME"),
    )
