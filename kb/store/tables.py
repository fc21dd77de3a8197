"""Every table of a store as lines of JSON, and a store made of such lines again."""

import base64
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from kb.errors import DamagedFileError, Text
from kb.store.database import Database
from kb.store.schema import APPLICATION_ID, MIGRATIONS

Value = str | int | float | None | dict[str, str]
Row = dict[str, Value]

SEQUENCES = "sqlite_sequence"
"""SQLite's own table of the highest ids ever given: an id is never given twice, also after a move."""


def dump(database: Database, write: Callable[[str, Iterator[Row]], None], left_out: frozenset[str]) -> int:
    """Hand each table's name and rows, in the order of their keys, to `write`, all of one moment.

    Tables that others are made from (FTS5's own) are left out, and those named. Returns the store's version.
    A BLOB is `{"base64": …}`.
    """
    with database.snapshot() as connection:
        [version] = connection.execute("PRAGMA user_version").fetchone()
        for table in _tables(connection):
            if table not in left_out:
                write(table, _rows(connection, table))
    return int(version)


def load(file: Path, version: int, tables: Mapping[str, Callable[[], Iterable[Row]]]) -> None:
    """Make a store of `version` at `file` out of rows, table by table.

    The program that opens it next brings it up to date. Raises DamagedFileError for rows that make no store.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN")
            for migration in MIGRATIONS[:version]:
                migration(connection)
            triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f'DROP TRIGGER "{name}"')
            known = _tables(connection)
            for table in known:
                connection.execute(f'DELETE FROM "{table}"')
            for table in known:
                if table == SEQUENCES:
                    # Filling the others has written into it.
                    connection.execute(f"DELETE FROM {SEQUENCES}")
                _fill(connection, table, tables.get(table, tuple)())
            for _, statement in triggers:
                connection.execute(statement)
            for [name] in _word_indexes(connection):
                connection.execute(f'INSERT INTO "{name}" ("{name}") VALUES (\'rebuild\')')
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version}")
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise _unusable(f"tabel {broken[0]} baris {broken[1]}", f"table {broken[0]} row {broken[1]}")
            connection.execute("COMMIT")
        except (sqlite3.IntegrityError, sqlite3.OperationalError, sqlite3.InterfaceError) as cause:
            raise _unusable(str(cause), str(cause)) from cause


def _tables(connection: sqlite3.Connection) -> list[str]:
    """The ordinary tables, in order of name, and last the one of sequences."""
    rows = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return [*sorted(row[0] for row in rows), SEQUENCES]


def _word_indexes(connection: sqlite3.Connection) -> list[tuple[str]]:
    return connection.execute(
        "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts5 (%' OR sql LIKE '%USING fts5(%'"
    ).fetchall()


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    keys = [
        row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
    ]
    order = ", ".join(f'"{key}"' for key in keys) or ("name" if table == SEQUENCES else "rowid")
    rows = connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}')
    names = [column[0] for column in rows.description]
    for row in rows:
        yield {name: _out(value) for name, value in zip(names, row, strict=True)}


def _out(value: object) -> Value:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"expected a value of SQLite, not {type(value).__name__}")


def _in(value: Value) -> str | int | float | bytes | None:
    if isinstance(value, dict):
        return base64.b64decode(value["base64"], validate=True)
    return value


def _fill(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        names = ", ".join('"' + name.replace('"', "") + '"' for name in row)
        places = ", ".join("?" * len(row))
        connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', [_in(value) for value in row.values()])


def read_rows(file: Path) -> Iterator[Row]:
    """The rows of a file of JSON lines. Raises DamagedFileError."""
    with file.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
            except ValueError as cause:
                raise _unusable(f"{file.name} baris {n}", f"{file.name} line {n}") from cause
            if not isinstance(row, dict):
                raise _unusable(f"{file.name} baris {n}", f"{file.name} line {n}")
            yield row


def _unusable(what: str, what_en: str) -> DamagedFileError:
    return DamagedFileError(
        "ekspor",
        Text(f"isinya tidak membentuk gudang ({what})", f"what it holds makes no store ({what_en})"),
        Text("buat ekspornya lagi", "make the export again"),
    )
