"""The watched folders in the store, and every file they held when last looked into."""

import datetime
import sqlite3
import time
from collections.abc import Iterable

from kb.errors import KbError, NotFoundError, Text
from kb.sources import SeenFile, Source, SourceId
from kb.store.database import Database

_COLUMNS = """s.id, s.folder, s.audience, s.looked_at, s.done_at, s.code, s.message, s.message_en,
    (SELECT count(*) FROM source_files f WHERE f.source_id = s.id) AS n_files"""


class Sources:
    """The watched folders of a store. None of this raises the change number: no question finds a folder."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, folder: str, audience: str) -> Source:
        """Watch a folder, or change the audience of one that is watched."""
        with self._database.noting() as connection:
            connection.execute(
                """INSERT INTO sources (folder, audience, added_at) VALUES (?, ?, ?)
                   ON CONFLICT (folder) DO UPDATE SET audience = excluded.audience""",
                (folder, audience, time.time()),
            )
            row = connection.execute(f"SELECT {_COLUMNS} FROM sources s WHERE folder = ?", (folder,)).fetchone()
        return _load(row)

    def remove(self, source: SourceId) -> None:
        """Watch a folder no longer; its documents stay. Raises NotFoundError."""
        with self._database.noting() as connection:
            if connection.execute("DELETE FROM sources WHERE id = ?", (source,)).rowcount == 0:
                raise _no_source(source)

    def all(self) -> tuple[Source, ...]:
        """The watched folders, in order of their names."""
        with self._database.reading() as connection:
            return tuple(map(_load, connection.execute(f"SELECT {_COLUMNS} FROM sources s ORDER BY folder")))

    def read(self, source: SourceId) -> Source:
        """One watched folder. Raises NotFoundError."""
        with self._database.reading() as connection:
            row = connection.execute(f"SELECT {_COLUMNS} FROM sources s WHERE id = ?", (source,)).fetchone()
        if row is None:
            raise _no_source(source)
        return _load(row)

    def due(self, seconds: float) -> tuple[Source, ...]:
        """The folders not looked into for so long; whoever asks has them, and no other process gets them too."""
        now = time.time()
        with self._database.reading() as connection:
            if connection.execute("SELECT 1 FROM sources WHERE looked_at <= ?", (now - seconds,)).fetchone() is None:
                return ()
        with self._database.noting() as connection:
            rows = connection.execute(
                "UPDATE sources SET looked_at = ? WHERE looked_at <= ? RETURNING id", (now, now - seconds)
            ).fetchall()
        return tuple(self.read(SourceId(row["id"])) for row in rows)

    def looked(self, source: SourceId, error: KbError | None) -> None:
        """Note that a folder was looked into, and what was in the way."""
        now = time.time()
        with self._database.noting() as connection:
            if error is None:
                connection.execute(
                    """UPDATE sources SET looked_at = ?, done_at = ?, code = '', message = '', message_en = ''
                       WHERE id = ?""",
                    (now, now, source),
                )
            else:
                connection.execute(
                    "UPDATE sources SET looked_at = ?, code = ?, message = ?, message_en = ? WHERE id = ?",
                    (now, error.code, error.say("id"), error.say("en"), source),
                )

    def files(self, source: SourceId) -> dict[str, SeenFile]:
        """What a folder held, by relative path."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT path, n_bytes, mtime_ns, sha256 FROM source_files WHERE source_id = ?", (source,)
            )
            return {row["path"]: SeenFile(*row) for row in rows}

    def paths_of(self, sha256: str) -> tuple[str, ...]:
        """Where in the watched folders files of these bytes stand, as whole paths."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT s.folder || '/' || f.path FROM source_files f JOIN sources s ON s.id = f.source_id
                   WHERE f.sha256 = ? ORDER BY 1""",
                (sha256,),
            )
            return tuple(row[0] for row in rows)

    def forget_copies(self, sha256: str) -> None:
        """Make watched files of these bytes new to the next look, where no document has them any more."""
        with self._database.noting() as connection:
            forget_copies(connection, sha256)

    def has_lost(self, path: str) -> bool:
        """Whether a whole path lies in a watched folder that did not hold it, or the file it is inside, when last seen.

        inside: after `!`, as sources of what archives and mails hold have it.
        """
        with self._database.reading() as connection:
            row = connection.execute(
                """SELECT count(*) > 0 AND NOT EXISTS (
                       SELECT 1 FROM source_files f JOIN sources o ON o.id = f.source_id
                       WHERE :path = o.folder || '/' || f.path
                          OR substr(:path, 1, length(o.folder || f.path) + 2) = o.folder || '/' || f.path || '!')
                   FROM sources s WHERE substr(:path, 1, length(s.folder) + 1) = s.folder || '/'""",
                {"path": path},
            ).fetchone()
        return bool(row[0])

    def touch(self, source: SourceId, file: SeenFile) -> None:
        """Note the new time of a file whose bytes are as before; one that was made new meanwhile stays new."""
        with self._database.noting() as connection:
            connection.execute(
                "UPDATE source_files SET n_bytes = ?, mtime_ns = ? WHERE source_id = ? AND path = ? AND sha256 = ?",
                (file.n_bytes, file.mtime_ns, source, file.path, file.sha256),
            )

    def note(self, source: SourceId, seen: Iterable[SeenFile], gone: Iterable[str] = ()) -> None:
        """Note files as seen, and others as gone."""
        with self._database.noting() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO source_files VALUES (?, ?, ?, ?, ?)",
                [(source, file.path, file.n_bytes, file.mtime_ns, file.sha256) for file in seen],
            )
            connection.executemany(
                "DELETE FROM source_files WHERE source_id = ? AND path = ?", [(source, path) for path in gone]
            )


def forget_copies(connection: sqlite3.Connection, sha256: str) -> None:
    """Make the watched files of these bytes new to the next look: the document that stood for them all is another now.

    One that has a document of its own, be it removed by hand, stays as it is.
    """
    connection.execute(
        """DELETE FROM source_files WHERE sha256 = :sha256
           AND NOT EXISTS (SELECT 1 FROM documents d JOIN versions v ON v.id = d.version_id
                           WHERE v.sha256 = :sha256 AND d.removed_at IS NULL)
           AND NOT EXISTS (SELECT 1 FROM documents d JOIN sources s ON s.id = source_files.source_id
                           WHERE d.source = s.folder || '/' || source_files.path)""",
        {"sha256": sha256},
    )


def _no_source(source: SourceId) -> NotFoundError:
    return NotFoundError(
        f"sumber {source}",
        Text("folder itu tidak diikuti", "that folder is not watched"),
        Text("lihat daftarnya dengan `kb source`", "list them with `kb source`"),
    )


def _load(row: sqlite3.Row) -> Source:
    return Source(
        SourceId(row["id"]),
        row["folder"],
        row["audience"],
        row["n_files"],
        _when(row["looked_at"]),
        _when(row["done_at"]),
        row["code"],
        row["message"],
        row["message_en"],
    )


def _when(seconds: float) -> datetime.datetime | None:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC) if seconds else None
