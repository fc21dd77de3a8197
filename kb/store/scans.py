"""What the store holds of a version beside its pages' text: boxes of words, rows of tables, corrections by hand."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.documents import Document, VersionId
from kb.errors import NotFoundError, Text
from kb.intake import Draft
from kb.scans import WordBox
from kb.store.database import Database
from kb.store.layers import FINE
from kb.store.writes import add_version, claim_model
from kb.tables import Cell, Row, Table


@dataclass(frozen=True, slots=True)
class Correction:
    """The text that a person typed for page `page` of the file with this SHA-256. at: when, ISO 8601."""

    sha256: str
    page: int
    text: str
    at: str


class Scans:
    """Boxes of words, rows of tables and corrections of the versions of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def boxes(self, version_id: VersionId, page: int) -> tuple[WordBox, ...]:
        """The boxes of a page's words in order; none for a page that no OCR has read."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT words FROM page_words WHERE version_id = ? AND page = ?", (version_id, page)
            ).fetchone()
        return tuple(_boxes(page, row["words"])) if row else ()

    def all_boxes(self, version_id: VersionId) -> tuple[WordBox, ...]:
        """The boxes of the words of all pages of a version, page by page."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT page, words FROM page_words WHERE version_id = ? ORDER BY page", (version_id,)
            )
            return tuple(box for row in rows for box in _boxes(row["page"], row["words"]))

    def tables(self, version_id: VersionId) -> tuple[Table, ...]:
        """The tables of a version with all their rows."""
        with self._database.snapshot() as connection:
            tables = connection.execute("SELECT * FROM tables WHERE version_id = ? ORDER BY ordinal", (version_id,))
            rows = connection.execute(
                'SELECT * FROM table_rows WHERE version_id = ? ORDER BY ordinal, page, start, "end"', (version_id,)
            )
            return tuple(_tables(tables, rows))

    def tables_at(self, version_id: VersionId, page: int, start: int, end: int) -> tuple[Table, ...]:
        """The tables that characters `start` to `end` of a page stand in, each with only the rows that these touch."""
        with self._database.snapshot() as connection:
            rows = connection.execute(
                """SELECT * FROM table_rows WHERE version_id = ? AND page = ? AND start < ? AND "end" > ?
                   ORDER BY ordinal, page, start""",
                (version_id, page, end, start),
            ).fetchall()
            tables = connection.execute(
                "SELECT * FROM tables WHERE version_id = ? AND ordinal IN (SELECT value FROM json_each(?)) ORDER BY 2",
                (version_id, json.dumps([row["ordinal"] for row in rows])),
            )
            return tuple(_tables(tables, rows))

    def corrections(self, sha256: str) -> tuple[Correction, ...]:
        """The corrections of the pages of a file, whatever document or version it is."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM page_corrections WHERE sha256 = ? ORDER BY page", (sha256,))
            return tuple(Correction(row["sha256"], row["page"], row["text"], row["at"]) for row in rows)

    def put_corrected(self, document: Document, draft: Draft, correction: Correction) -> None:
        """Remember a correction and make the draft that carries it the document's new version, in one transaction.

        The version that was current keeps its text, so that what was quoted from it still opens as it was quoted.
        Raises NotFoundError when the document changed or went out meanwhile.
        """
        with self._database.writing() as connection:
            row = connection.execute("SELECT version_id FROM documents WHERE id = ?", (document.id,)).fetchone()
            if row is None or row["version_id"] != document.version_id:
                raise NotFoundError(
                    f"dokumen {document.id}",
                    Text("dokumen itu berubah selagi diperbaiki", "the document changed while it was corrected"),
                    Text("buka lagi halamannya, lalu ulangi", "open the page again and repeat"),
                )
            connection.execute(
                "INSERT OR REPLACE INTO page_corrections (sha256, page, text, at) VALUES (?, ?, ?, ?)",
                (correction.sha256, correction.page, correction.text, correction.at),
            )
            claim_model(connection, draft.stamp, str(self._database.file))
            add_version(connection, document.id, draft)


def _boxes(page: int, words: str) -> Iterator[WordBox]:
    for start, end, *sides in json.loads(words):
        yield WordBox(page, start, end, *(side / FINE for side in sides))


def _tables(tables: Iterable[sqlite3.Row], rows: Iterable[sqlite3.Row]) -> Iterator[Table]:
    of_table: dict[int, list[Row]] = {}
    for row in rows:
        cells = tuple(Cell(start, end, column) for start, end, column in json.loads(row["cells"]))
        found = Row(row["page"], row["start"], row["end"], row["number"], cells)
        of_table.setdefault(row["ordinal"], []).append(found)
    for table in tables:
        found_rows = tuple(of_table.get(table["ordinal"], ()))
        header = _row(json.loads(table["header"])) if table["header"] else None
        yield Table(table["name"], header, found_rows, bool(table["is_sheet"]))


def _row(stored: list[object]) -> Row:
    match stored:
        case [int(page), int(start), int(end), int(number), list(cells)]:
            return Row(page, start, end, number, tuple(Cell(*cell) for cell in cells))
    raise ValueError(f"expected a row, got {stored!r}")
