"""A data folder made beside the one in use, and put in its place in one step that a power cut cannot halve."""

import ctypes
import datetime
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.disk import disk_error, sync_folder
from kb.errors import HomeOccupiedError, StoreReadOnlyError, Text

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def is_empty(home: Path) -> bool:
    """Whether nothing would be lost by putting something in the place of `home`."""
    return not home.exists() or (home.is_dir() and not any(home.iterdir()))


def check_free(home: Path, *, force: bool) -> None:
    """Nothing, where `home` may be put aside. Raises HomeOccupiedError."""
    if not force and not is_empty(home):
        raise HomeOccupiedError(
            str(home),
            Text("folder ini sudah berisi", "this folder is not empty"),
            Text("pilih folder kosong, atau tambahkan --force", "choose an empty folder, or add --force"),
        )


@contextmanager
def staged(home: Path) -> Iterator[Path]:
    """Hand an empty folder beside `home`, on the same disk; what is left in it goes away at the end.

    Folders that killed processes left there go first. Raises StoreFullError, StoreReadOnlyError.
    """
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        for left in home.parent.glob(f".{home.name}.sementara-*"):
            _clear(left)
        staging = Path(tempfile.mkdtemp(prefix=f".{home.name}.sementara-", dir=home.parent))
        descriptor = os.open(staging, os.O_RDONLY)
    except OSError as cause:
        raise disk_error(home.parent, cause) from cause
    try:
        # Let go of by the system when its process dies.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        os.close(descriptor)


def _clear(left: Path) -> None:
    descriptor = os.open(left, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left, ignore_errors=True)
    except BlockingIOError:
        return
    finally:
        os.close(descriptor)


def take_place(made: Path, home: Path) -> Path | None:
    """Put the folder `made` in the place of `home`, in one step; where the old one stands now, None if it was empty.

    A power cut leaves the old folder or the new one in place, each whole. Raises StoreReadOnlyError.
    """
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = home.with_name(f"{home.name}.lama-{now}")
    try:
        if is_empty(home):
            made.rename(home)
            sync_folder(home.parent)
            return None
        # Named first as the old one is called afterwards: between the exchange and a renaming it would look left over.
        made.rename(aside)
        try:
            _exchange(aside, home)
        except OSError:
            aside.rename(made)
            raise
        sync_folder(home.parent)
    except OSError as cause:
        if cause.errno in (errno.EBUSY, errno.EXDEV, errno.EINVAL, errno.ENOSYS):
            raise StoreReadOnlyError(
                str(home),
                Text(
                    "folder ini tidak dapat ditukar sekaligus (titik kait, atau disk yang tidak mendukungnya)",
                    "this folder cannot be exchanged in one step (a mount point, or a disk that does not know how)",
                ),
                Text(
                    "pulihkan ke folder kosong di dalamnya, lalu arahkan KB_HOME ke sana",
                    "restore into an empty folder in it, then point KB_HOME there",
                ),
            ) from cause
        raise disk_error(home, cause) from cause
    return aside


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change places at once. Raises OSError. Source: rename(2), RENAME_EXCHANGE."""
    library = ctypes.CDLL(None, use_errno=True)
    came = library.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if came != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))
