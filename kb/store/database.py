"""Connections and transactions of the one SQLite file, with SQLite's errors told as ours."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
    StoreTooNewError,
    Text,
)
from kb.store.schema import APPLICATION_ID, MIGRATIONS

BUSY_SECONDS = 15.0
SMALLEST_FREE_BYTES = 1 << 16


class Database:
    """One SQLite file in WAL mode: a connection a thread, writers one at a time, readers never waiting."""

    def __init__(self, file: Path) -> None:
        """Open `file`, making it and its folder where absent and migrating it where older.

        On a disk that may not be written it is opened for reading only.
        Raises StoreError and its kinds.
        """
        self.file = file
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        with self._told():
            self._is_frozen = _is_frozen(file)
            if self._is_frozen:
                self._check_version(self._connection())
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                with _alone(file.parent):
                    self._migrate()

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()

    def n_bytes(self) -> int:
        """The size of the store, with what was written but is not in its main file yet."""
        log = log_of(self.file)
        return self.file.stat().st_size + (log.stat().st_size if log.exists() else 0)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Hand this thread's connection for reading."""
        with self._told():
            yield self._connection()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Hand this thread's connection inside one read transaction: everything read is of one moment."""
        with self._told():
            connection = self._connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hand a write transaction that raises the change number; all of it is kept, or nothing.

        Inside another one of this thread it is part of that.
        """
        with self.noting() as connection:
            yield connection
            connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'change'")

    @contextmanager
    def noting(self) -> Iterator[sqlite3.Connection]:
        """Hand a write transaction that leaves the change number: for what no question can find.

        The number makes every process read the documents and vectors anew. Inside another transaction of this
        thread it is part of that.
        """
        with self._told():
            connection = self._connection()
            if connection.in_transaction:
                yield connection
                return
            with _kept_whole(connection):
                yield connection

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                f"{self.file.absolute().as_uri()}?{'mode=ro&immutable=1' if self._is_frozen else ''}",
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=256,
            )
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            # Every commit is on the disk before it is reported: a power cut loses nothing that was said to be in.
            connection.execute("PRAGMA synchronous = FULL")
            # What is deleted is overwritten: a removed document must not live on in free pages.
            connection.execute("PRAGMA secure_delete = ON")
            with self._lock:
                self._all.append(connection)
            self._local.connection = connection
        return connection

    def _migrate(self) -> None:
        connection = self._connection()
        connection.execute("PRAGMA journal_mode = WAL")
        # Asked without the lock first: who only wants to read need not wait until another has written.
        if self._check_version(connection) == len(MIGRATIONS):
            return
        with _kept_whole(connection):
            self._bring_up_to_date(connection)

    def _bring_up_to_date(self, connection: sqlite3.Connection) -> None:
        done = self._check_version(connection)
        if done < len(MIGRATIONS):
            for migration in MIGRATIONS[done:]:
                migration(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _check_version(self, connection: sqlite3.Connection) -> int:
        """The number of migrations it has had. Raises StoreError where this program cannot serve it as it is."""
        # One statement, so that another process which is making the store is seen before or after, never between.
        done, application, n_tables = connection.execute(
            """SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
               FROM pragma_user_version, pragma_application_id"""
        ).fetchone()
        if application != APPLICATION_ID and n_tables:
            raise StoreDamagedError(
                str(self.file),
                Text("berkas SQLite ini bukan gudang Acuan", "this SQLite file is not an Acuan store"),
                Text("pilih folder lain dengan KB_HOME", "choose another folder with KB_HOME"),
            )
        if done > len(MIGRATIONS):
            raise StoreTooNewError(
                str(self.file),
                Text(
                    f"gudang versi {done}, program ini hanya mengenal {len(MIGRATIONS)}",
                    f"store version {done}, this program knows {len(MIGRATIONS)}",
                ),
                Text("perbarui program", "update the program"),
            )
        if done < len(MIGRATIONS) and self._is_frozen:
            raise StoreReadOnlyError(
                str(self.file),
                Text(
                    "gudang lama ini harus diperbarui, tetapi tidak dapat ditulis", "this older store cannot be updated"
                ),
                Text("salin ke folder yang dapat ditulis", "copy it to a folder that can be written"),
            )
        return int(done)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise what SQLite and the file system complain of as errors of the store."""
        try:
            yield
        except sqlite3.Error as cause:
            name = getattr(cause, "sqlite_errorname", "")
            # SQLite needs 32 KiB beside the store to open it, and calls their lack an error of input and output.
            if name.startswith("SQLITE_IOERR") and _free_bytes(self.file) < SMALLEST_FREE_BYTES:
                name = "SQLITE_FULL"
            raise self._error(name, str(cause)) from cause
        except OSError as cause:
            names = {28: "SQLITE_FULL", 30: "SQLITE_READONLY", 13: "SQLITE_READONLY"}
            raise self._error(names.get(cause.errno or 0, ""), cause.strerror or str(cause)) from cause

    def _error(self, name: str, detail: str) -> StoreError:
        where = str(self.file)
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return StoreBusyError(
                where,
                Text("sedang dipakai proses lain", "another process is using it"),
                Text("tunggu sampai selesai, lalu ulangi", "wait until it is done, then try again"),
            )
        if name.startswith("SQLITE_FULL"):
            return StoreFullError(
                where,
                Text("disk penuh; perubahan dibatalkan", "the disk is full; the change was rolled back"),
                Text("kosongkan ruang disk, lalu ulangi", "free some disk space, then try again"),
            )
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            return StoreReadOnlyError(
                where,
                Text("tidak dapat ditulis atau dibuka", "cannot be written or opened"),
                Text("periksa izin folder dan KB_HOME", "check the folder's permissions and KB_HOME"),
            )
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return StoreDamagedError(
                where,
                Text(f"berkas gudang rusak ({detail})", f"the store's file is damaged ({detail})"),
                Text("pulihkan dari cadangan", "restore it from a backup"),
            )
        return StoreError(
            where,
            Text(f"SQLite: {detail}", f"SQLite: {detail}"),
            Text("jalankan `kb verify`", "run `kb verify`"),
        )


@contextmanager
def _kept_whole(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction: all of it is kept, or after any exception nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        # After Ctrl-C too: the thread's connection is used again, and what it writes next would be part of this one and
        # never kept. SQLite itself has rolled back after some errors (a full disk); a second one would hide the cause.
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def change_of(connection: sqlite3.Connection) -> int:
    """The change number as this connection's transaction sees it."""
    [change] = connection.execute("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'change'").fetchone()
    return int(change)


def _free_bytes(file: Path) -> int:
    disk = os.statvfs(file.parent)
    return disk.f_bavail * disk.f_frsize


def log_of(file: Path) -> Path:
    """SQLite's write-ahead log of `file`, which is there while the store is open."""
    return file.with_name(f"{file.name}-wal")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a lock on the folder: SQLite's change to WAL fails at once, unwaited, while another opens the file."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _is_frozen(file: Path) -> bool:
    """Whether nothing can change the store: its whole disk is mounted for reading only, and all of it is in `file`.

    SQLite reads a WAL store only where it can write beside it, unless told so. Mere lack of permission is no reason to
    tell it: another user may be writing.
    """
    folder = next((folder for folder in file.absolute().parents if folder.exists()), file.parent)
    log = log_of(file)
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY) and not (log.exists() and log.stat().st_size)
