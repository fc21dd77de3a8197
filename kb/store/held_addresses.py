"""The passages at the address of a section: looked through in a few documents, held in memory for the whole store."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kb.documents import DocumentId
from kb.store.database import Database, change_of
from kb.store.rows import PassageIds, load_ids

MOST_LOOKED_THROUGH = 20
"""Documents whose addresses are looked through one by one; of more, an address is held for the whole store."""

N_ADDRESSES_HELD = 100


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """The passages at an address as they were at one change number, ascending, and the document of each.

    newest: the highest id of any passage then.
    """

    change: int = -1
    newest: int = 0
    ids: PassageIds = field(default_factory=lambda: np.empty(0, np.int64))
    documents: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))


class HeldAddresses:
    """The passages at addresses, some of them held from one question to the next."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: dict[str, _Held] = {}

    def below(self, documents: Collection[DocumentId], address: str) -> PassageIds:
        """The ids of the passages at or below the section `address` of these documents, also inside an amendment."""
        if len(documents) <= MOST_LOOKED_THROUGH:
            return self._looked_through(documents, address)[0]
        ids, documents_of = self._of_all(address)
        return ids[np.isin(documents_of, np.array(tuple(documents), np.int64))]

    def _of_all(self, address: str) -> tuple[PassageIds, NDArray[np.int64]]:
        """The passages at an address of any document, and their documents; held, and followed as the store changes.

        Every question for a definition asks for Pasal 1 of all documents, and 75,000 addresses take 25 ms to compare.
        A passage never moves and its id is never given again: after a change only the documents with newer passages
        are looked through.
        """
        with self._database.snapshot() as connection:
            change = change_of(connection)
            held = self._held.get(address, _Held())
            if held.change != change:
                newer, newest = _changed_since(connection, held.newest)
                ids, documents = self._looked_through(newer, address)
                stays, is_new = np.isin(held.ids, _still_there(connection, held.ids)), ids > held.newest
                held = _Held(
                    change,
                    newest,
                    np.concatenate([held.ids[stays], ids[is_new]]),
                    np.concatenate([held.documents[stays], documents[is_new]]),
                )
                if len(self._held) >= N_ADDRESSES_HELD:
                    self._held.clear()
                self._held[address] = held
            return held.ids, held.documents

    def _looked_through(self, documents: Iterable[DocumentId], address: str) -> tuple[PassageIds, NDArray[np.int64]]:
        """The same with the documents of the passages, by a look at each address."""
        with self._database.reading() as connection:
            # In this order, or SQLite looks at every passage's section; from the index that holds the address.
            rows = connection.execute(
                """SELECT p.id, d.id FROM documents d
                   CROSS JOIN sections s ON s.version_id = d.version_id
                   CROSS JOIN passages p ON p.version_id = s.version_id AND p.section = s.ordinal
                   WHERE d.id IN (SELECT value FROM json_each(?))
                     AND '/' || s.address || '/' LIKE '%/' || ? || '/%' ORDER BY p.id""",
                (json.dumps(list(documents)), address),
            ).fetchall()
        found = np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)
        return found[:, 0], found[:, 1]


def _changed_since(connection: sqlite3.Connection, newest: int) -> tuple[list[DocumentId], int]:
    """The documents that have passages above the id `newest`, all of them above 0; and the highest id now."""
    [now] = connection.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()
    if newest == 0:
        rows = connection.execute("SELECT id FROM documents")
    else:
        rows = connection.execute(
            "SELECT DISTINCT v.document_id FROM passages p JOIN versions v ON v.id = p.version_id WHERE p.id > ?",
            (newest,),
        )
    return [DocumentId(row[0]) for row in rows], int(now)


def _still_there(connection: sqlite3.Connection, ids: PassageIds) -> PassageIds:
    """Those of the passages that did not go out meanwhile."""
    return load_ids(
        connection.execute(
            "SELECT value FROM json_each(?) WHERE value IN (SELECT id FROM passages)", (json.dumps(ids.tolist()),)
        )
    )
