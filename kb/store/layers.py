"""The boxes of words and the rows of tables of a version, written with its pages."""

import json
import sqlite3

from kb.documents import VersionId
from kb.pages import Reading
from kb.tables import Row

FINE = 1000
"""Boxes are kept in thousandths of a percent, whole numbers: a tenth of a pixel at 300 dpi."""


def insert_layers(connection: sqlite3.Connection, version_id: VersionId, reading: Reading) -> None:
    """Insert the boxes of words and the tables of a reading, for the version that its pages went into."""
    by_page: dict[int, list[list[int]]] = {}
    for box in reading.boxes:
        sides = (box.left, box.top, box.width, box.height)
        by_page.setdefault(box.page, []).append([box.start, box.end, *(round(side * FINE) for side in sides)])
    connection.executemany(
        "INSERT INTO page_words (version_id, page, words) VALUES (?, ?, ?)",
        ((version_id, page, json.dumps(words, separators=(",", ":"))) for page, words in by_page.items()),
    )
    connection.executemany(
        "INSERT INTO tables (version_id, ordinal, name, header, is_sheet) VALUES (?, ?, ?, ?, ?)",
        (
            (version_id, ordinal, table.name, _dump_row(table.header) if table.header else None, table.is_sheet)
            for ordinal, table in enumerate(reading.tables)
        ),
    )
    connection.executemany(
        'INSERT INTO table_rows (version_id, page, start, "end", ordinal, number, cells) VALUES (?, ?, ?, ?, ?, ?, ?)',
        (
            (
                version_id,
                row.page,
                row.start,
                row.end,
                ordinal,
                row.number,
                json.dumps(row.cells, separators=(",", ":")),
            )
            for ordinal, table in enumerate(reading.tables)
            for row in table.rows
        ),
    )


def _dump_row(row: Row) -> str:
    # Where the header stands, not what it says: what is hidden on its page is hidden in it.
    return json.dumps([row.page, row.start, row.end, row.number, row.cells], separators=(",", ":"))
