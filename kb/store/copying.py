"""A store as a file to carry: copied while it is open, looked at before it is trusted, and held by nobody else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.errors import StoreBusyError, StoreDamagedError, StoreTooNewError, Text
from kb.store.database import Database, log_of
from kb.store.schema import APPLICATION_ID, MIGRATIONS

WAIT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What a store's file holds. version: how many migrations it has had. hashes: of the originals it needs."""

    version: int
    n_documents: int
    n_pages: int
    n_passages: int
    hashes: frozenset[str]


def copy_store(database: Database, target: Path) -> None:
    """Write the store as it is at one moment into a new file, while others read and write on. Raises StoreError.

    Source: sqlite.org, "SQLite Backup API".
    """
    with database.reading() as connection, closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
        # The copy is one file: a log beside it would be left behind.
        copy.execute("PRAGMA journal_mode = DELETE")


def facts_of(file: Path) -> Facts:
    """What a closed store's file holds, after looking whether it is whole.

    Raises StoreDamagedError, StoreTooNewError.
    """
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            version, application = connection.execute(
                "SELECT user_version, application_id FROM pragma_user_version, pragma_application_id"
            ).fetchone()
            if application != APPLICATION_ID:
                raise _damaged(file, "bukan gudang Acuan", "it is no Acuan store")
            check_version(str(file), version)
            [[said], *_] = connection.execute("PRAGMA integrity_check").fetchall()
            if said != "ok":
                raise _damaged(file, str(said), str(said))
            n_documents, n_pages, n_passages = connection.execute(
                """SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM pages),
                   (SELECT count(*) FROM passages)"""
            ).fetchone()
            hashes = frozenset(row[0] for row in connection.execute("SELECT sha256 FROM versions"))
            return Facts(version, n_documents, n_pages, n_passages, hashes)
    except sqlite3.Error as cause:
        raise _damaged(file, str(cause), str(cause)) from cause


def check_version(where: str, version: int) -> None:
    """Nothing, where this program can serve a store of `version`. Raises StoreTooNewError."""
    if version > len(MIGRATIONS):
        raise StoreTooNewError(
            where,
            Text(
                f"dibuat oleh program yang lebih baru (gudang versi {version}, program ini mengenal {len(MIGRATIONS)})",
                f"a newer program made it (store version {version}, this program knows {len(MIGRATIONS)})",
            ),
            Text("perbarui program, lalu ulangi", "update the program, then try again"),
        )


@contextmanager
def held_alone(file: Path) -> Iterator[None]:
    """Hold a store that no process has open, all of it in its one file. Raises StoreBusyError where one has.

    Leaving WAL mode needs the file for itself: SQLite refuses it while another process has the store open.
    """
    if not file.exists():
        yield
        return
    connection = sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)
    with closing(connection):
        try:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as cause:
            raise StoreBusyError(
                str(file),
                Text("masih dipakai server, pekerja, atau perintah lain", "a server, worker or command still uses it"),
                Text("hentikan dahulu, lalu ulangi", "stop it first, then try again"),
            ) from cause
        except sqlite3.DatabaseError:
            # What is no database any more is held by nobody, and is what a backup is restored over.
            log_of(file).unlink(missing_ok=True)
        yield


def _damaged(file: Path, what: str, what_en: str) -> StoreDamagedError:
    return StoreDamagedError(
        str(file),
        Text(f"gudang rusak ({what})", f"the store is damaged ({what_en})"),
        Text("pakai cadangan lain", "use another backup"),
    )
