"""Sketches of the documents in the store, and the pairs that resemble each other."""

import numpy as np

from kb.documents import DocumentId
from kb.likeness import SAME_TEXT, Pair, Sameness, Sketch, closest
from kb.store.database import Database, change_of


class Copies:
    """What is known of the likeness of documents; kept by change number, so that a question costs no look."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cached: tuple[int, tuple[Pair, ...]] = (-1, ())

    def note(self, document: DocumentId, sketch: Sketch) -> None:
        """Keep the sketch of a document's current version, and its likeness to every other document."""
        with self._database.writing() as connection:
            others = connection.execute(
                "SELECT document_id, sketch FROM sketches WHERE document_id <> ?", (document,)
            ).fetchall()
            near = closest(sketch, [np.frombuffer(row["sketch"], "<u8") for row in others])
            alike = [(DocumentId(others[place]["document_id"]), found) for place, found in near.items()]
            connection.execute(
                "INSERT OR REPLACE INTO sketches VALUES (?, ?)", (document, sketch.astype("<u8").tobytes())
            )
            connection.execute(
                "DELETE FROM likenesses WHERE (first = ? OR second = ?) AND ruling IS NULL", (document, document)
            )
            connection.executemany(
                """INSERT INTO likenesses (first, second, resemblance) VALUES (?, ?, ?)
                   ON CONFLICT (first, second) DO UPDATE SET resemblance = excluded.resemblance""",
                [(min(document, other), max(document, other), found) for other, found in alike],
            )

    def rule(self, one: DocumentId, other: DocumentId, ruling: Sameness) -> None:
        """Keep what people ruled of two documents; it outlives their next versions."""
        with self._database.writing() as connection:
            connection.execute(
                """INSERT INTO likenesses (first, second, resemblance, ruling) VALUES (?, ?, 0, ?)
                   ON CONFLICT (first, second) DO UPDATE SET ruling = excluded.ruling""",
                (min(one, other), max(one, other), ruling),
            )

    def pairs(self) -> tuple[Pair, ...]:
        """Every pair that may be copies: the same text, the same regulation by its number, or ruled by people."""
        with self._database.snapshot() as connection:
            change = change_of(connection)
            if self._cached[0] != change:
                # Regulations resemble each other by the thousand, for they are written after one model: those with
                # other numbers are left out here, before anyone looks at them.
                rows = connection.execute(
                    """SELECT first, second, resemblance, ruling FROM likenesses WHERE resemblance >= ?
                       UNION SELECT first, second, resemblance, ruling FROM likenesses WHERE ruling IS NOT NULL
                       UNION SELECT l.first, l.second, l.resemblance, l.ruling
                       FROM documents a
                       JOIN documents b ON b.number = a.number AND b.year = a.year AND b.kind = a.kind AND b.id > a.id
                       JOIN likenesses l ON l.first = a.id AND l.second = b.id
                       WHERE a.number <> ''""",
                    (SAME_TEXT,),
                )
                pairs = tuple(
                    Pair(
                        DocumentId(row["first"]),
                        DocumentId(row["second"]),
                        row["resemblance"],
                        None if row["ruling"] is None else Sameness(row["ruling"]),
                    )
                    for row in rows
                )
                self._cached = (change, pairs)
            return self._cached[1]
