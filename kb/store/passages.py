"""Passages in the store, as retrieval reads them: by words, by id, and their vectors."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kb.store.database import Database
from kb.store.rows import PASSAGE_COLUMNS, load_passage, load_vectors
from kb.types import DocumentId, PassageId, StoredPassage, Vectors

PassageIds = NDArray[np.int64]

_T = TypeVar("_T")

_CHUNK = 500


class Passages:
    """The passages of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self) -> PassageIds:
        """The ids of all passages, ascending."""
        with self._database.reading() as connection:
            return _ids(connection.execute("SELECT passage_id FROM vectors ORDER BY passage_id"))

    def of_documents(self, documents: Iterable[DocumentId]) -> PassageIds:
        """The ids of the passages of the current versions of `documents`, ascending."""
        found: list[PassageIds] = []
        with self._database.snapshot() as connection:
            for chunk in _chunks(list(documents)):
                found.append(
                    _ids(
                        connection.execute(
                            f"""SELECT p.id FROM documents d JOIN passages p ON p.version_id = d.version_id
                                WHERE d.id IN ({_marks(chunk)})""",
                            chunk,
                        )
                    )
                )
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)

    def read(self, ids: Sequence[PassageId]) -> dict[PassageId, StoredPassage]:
        """Passages by id; those that went out meanwhile are absent."""
        found: dict[PassageId, StoredPassage] = {}
        with self._database.snapshot() as connection:
            for chunk in _chunks([int(passage_id) for passage_id in ids]):
                rows = connection.execute(
                    f"""SELECT {PASSAGE_COLUMNS} FROM passages p
                        JOIN versions v ON v.id = p.version_id
                        JOIN sections s ON s.version_id = p.version_id AND s.ordinal = p.section
                        WHERE p.id IN ({_marks(chunk)})""",
                    chunk,
                )
                found.update((passage.id, passage) for passage in map(load_passage, rows))
        return found

    def vectors(self, ids: PassageIds, dim: int) -> tuple[PassageIds, Vectors]:
        """The ids that are still there, ascending, and their vectors as (n, dim) float32."""
        kept: list[int] = []
        blobs: list[bytes] = []
        with self._database.snapshot() as connection:
            if len(ids) == 0:
                return np.empty(0, np.int64), np.empty((0, dim), np.float32)
            wanted = set(ids.tolist())
            rows = connection.execute(
                "SELECT passage_id, vector FROM vectors WHERE passage_id BETWEEN ? AND ? ORDER BY passage_id",
                (int(ids.min()), int(ids.max())),
            )
            for passage_id, blob in rows:
                if passage_id in wanted:
                    kept.append(passage_id)
                    blobs.append(blob)
        return np.array(kept, np.int64), load_vectors(blobs, dim)

    def match(
        self, expression: str, k: int, text_weight: float, heading_weight: float, allowed: PassageIds | None
    ) -> tuple[PassageIds, NDArray[np.float64]]:
        """The `k` best passages for an FTS5 expression, best first, with their BM25 scores (higher is better).

        allowed: ids to choose from, or None for all.
        """
        limited = "" if allowed is None else "AND rowid IN (SELECT id FROM temp.allowed)"
        with self._database.snapshot() as connection:
            if allowed is not None:
                _fill_allowed(connection, allowed)
            rows = connection.execute(
                f"""SELECT rowid, -bm25(passage_words, ?, ?) AS score FROM passage_words
                    WHERE passage_words MATCH ? {limited} ORDER BY score DESC, rowid LIMIT ?""",
                (text_weight, heading_weight, expression, k),
            ).fetchall()
        return np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.float64)

    def document_frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """How many passages hold each of the analysed `words`; absent ones are left out."""
        found: dict[str, int] = {}
        with self._database.reading() as connection:
            for chunk in _chunks(sorted(set(words))):
                rows = connection.execute(f"SELECT term, doc FROM vocabulary WHERE term IN ({_marks(chunk)})", chunk)
                found.update((row["term"], row["doc"]) for row in rows)
        return found

    def vocabulary(self) -> dict[str, int]:
        """Every analysed word of the collection and the number of passages that hold it."""
        with self._database.reading() as connection:
            return {row["term"]: row["doc"] for row in connection.execute("SELECT term, doc FROM vocabulary")}

    def count(self) -> int:
        """How many passages there are."""
        with self._database.reading() as connection:
            [n] = connection.execute("SELECT count(*) FROM vectors").fetchone()
        return int(n)


def _fill_allowed(connection: sqlite3.Connection, allowed: PassageIds) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS allowed (id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM temp.allowed")
    connection.executemany("INSERT INTO temp.allowed VALUES (?)", ((int(i),) for i in allowed))


def _ids(rows: Iterable[sqlite3.Row]) -> PassageIds:
    return np.fromiter((row[0] for row in rows), np.int64)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _chunks(values: Sequence[_T]) -> Iterable[Sequence[_T]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
