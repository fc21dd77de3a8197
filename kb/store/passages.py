"""Passages in the store, as retrieval reads them: by words, by id, and their vectors."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.addresses import is_in_provision
from kb.documents import DocumentId, Kind
from kb.passages import Content, PassageId, StoredPassage
from kb.store.database import Database
from kb.store.held_addresses import HeldAddresses
from kb.store.rows import PASSAGE_COLUMNS, PassageIds, load_ids, load_passage, load_vectors
from kb.vectors import Vectors

_OF_DOCUMENTS = """
    SELECT p.id FROM documents d JOIN passages p ON p.version_id = d.version_id
    WHERE d.id IN (SELECT value FROM json_each(?))
"""

# For some hundred candidates a question: this takes 36 ns, `Kind(...)` more than a microsecond.
_KINDS = {kind.value: kind for kind in Kind}

_HOLDING = "AND p.id IN (SELECT passage_id FROM passage_contents WHERE content IN (SELECT value FROM json_each(?)))"


def _choice(documents: Iterable[DocumentId], contents: Collection[Content]) -> tuple[str, tuple[str, ...]]:
    """The statement that selects the passages of documents which hold any of `contents`, all where none is named."""
    if not contents:
        return _OF_DOCUMENTS, (json.dumps(list(documents)),)
    return f"{_OF_DOCUMENTS} {_HOLDING}", (json.dumps(list(documents)), json.dumps(sorted(contents)))


@dataclass(frozen=True, slots=True)
class Traits:
    """What ranking knows of a passage: its analysed text and headings, its document and where it stands in that.

    kind: of the document. address: of the section.
    """

    words: str
    heading_words: str
    document_id: DocumentId
    kind: Kind
    address: str

    @property
    def in_provision(self) -> bool:
        """Whether it stands in a Pasal or in the Penjelasan of one, or before the first Pasal of a regulation."""
        return is_in_provision(self.kind, self.address)


class Passages:
    """The passages of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._addresses = HeldAddresses(database)

    def ids(self) -> PassageIds:
        """The ids of all passages, ascending."""
        with self._database.reading() as connection:
            # As one text, from an index that holds the ids and little else: every process asks after every change, and
            # 30,000 rows of the vectors' own table take four times as long.
            [ids] = connection.execute(
                "SELECT group_concat(id) FROM (SELECT id FROM passages ORDER BY version_id, section)"
            ).fetchone()
        return np.sort(np.fromstring(ids or "", np.int64, sep=","))

    def of_documents(self, documents: Iterable[DocumentId], contents: Collection[Content] = ()) -> PassageIds:
        """The ids of the passages of the current versions of `documents`, ascending.

        contents: only those that hold any of these; empty for all.
        """
        with self._database.reading() as connection:
            return np.sort(load_ids(connection.execute(*_choice(documents, contents))))

    def contents(self, ids: Sequence[PassageId]) -> dict[PassageId, frozenset[Content]]:
        """What each passage holds of provisions, findings and decisions; those that hold none are absent."""
        found: dict[PassageId, frozenset[Content]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(
                "SELECT passage_id, content FROM passage_contents WHERE passage_id IN (SELECT value FROM json_each(?))",
                (json.dumps([int(passage_id) for passage_id in ids]),),
            ):
                passage_id = PassageId(row["passage_id"])
                found[passage_id] = found.get(passage_id, frozenset()) | {Content(row["content"])}
        return found

    def read(self, ids: Sequence[PassageId]) -> dict[PassageId, StoredPassage]:
        """Passages by id; those that went out meanwhile are absent."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""SELECT {PASSAGE_COLUMNS} FROM json_each(?) wanted
                    JOIN passages p ON p.id = wanted.value
                    JOIN versions v ON v.id = p.version_id
                    JOIN sections s ON s.version_id = p.version_id AND s.ordinal = p.section""",
                (json.dumps([int(passage_id) for passage_id in ids]),),
            )
            return {passage.id: passage for passage in map(load_passage, rows)}

    def traits(self, ids: PassageIds) -> dict[int, Traits]:
        """What ranking needs to know of passages, by id; those that went out meanwhile are absent."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT p.id, p.words, p.heading_words, d.id, d.kind, s.address
                   FROM json_each(?) wanted
                   JOIN passages p ON p.id = wanted.value
                   JOIN versions v ON v.id = p.version_id
                   JOIN documents d ON d.id = v.document_id
                   JOIN sections s ON s.version_id = p.version_id AND s.ordinal = p.section""",
                (json.dumps(ids.tolist()),),
            )
            return {row[0]: Traits(row[1], row[2], DocumentId(row[3]), _KINDS[row[4]], row[5]) for row in rows}

    def at_address(self, documents: Collection[DocumentId], address: str) -> PassageIds:
        """The ids of the passages at or below the section `address` of these documents, also inside an amendment."""
        return self._addresses.below(documents, address)

    def texts(self, ids: PassageIds, words: Sequence[str]) -> dict[PassageId, str]:
        """The texts, by ascending id, of those that hold `words` one after the other, whatever stands between.

        Small and capital letters are the same; of letters beyond ASCII each stands for any.
        """
        plain = ("".join(c if c.isascii() and c not in "%_\\" else "_" for c in word) for word in words)
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT id, text FROM passages
                   WHERE id IN (SELECT value FROM json_each(?)) AND text LIKE ? ORDER BY id""",
                (json.dumps(ids.tolist()), f"%{'%'.join(plain)}%"),
            )
            return {PassageId(row[0]): row[1] for row in rows}

    def vectors(self, ids: PassageIds, dim: int) -> tuple[PassageIds, Vectors]:
        """The ids that are still there, ascending, and their vectors as (n, dim) float32."""
        if len(ids) == 0:
            return np.empty(0, np.int64), np.empty((0, dim), np.float32)
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT passage_id, vector FROM vectors WHERE passage_id BETWEEN ? AND ? ORDER BY passage_id",
                (int(ids.min()), int(ids.max())),
            ).fetchall()
        found = np.fromiter((row[0] for row in rows), np.int64, len(rows))
        wanted = np.isin(found, ids)
        return found[wanted], load_vectors([row[1] for row, keep in zip(rows, wanted, strict=True) if keep], dim)

    def tokens(self, ids: Sequence[PassageId]) -> dict[PassageId, bytes]:
        """The packed token vectors of passages, by id; those without any are absent."""
        with self._database.reading() as connection:
            return {
                PassageId(row[0]): row[1]
                for row in connection.execute(
                    """SELECT passage_id, tokens FROM token_vectors
                       WHERE passage_id IN (SELECT value FROM json_each(?))""",
                    (json.dumps([int(passage_id) for passage_id in ids]),),
                )
            }

    def match(
        self,
        expression: str,
        k: int,
        weights: tuple[float, float],
        documents: Sequence[DocumentId] | None,
        contents: Collection[Content] = (),
    ) -> tuple[PassageIds, NDArray[np.float64]]:
        """The `k` best passages for an FTS5 expression, best first, with their BM25 scores (higher is better).

        weights: of the passage's text and of its headings. documents: to choose from, or None for all; where they are
        named, only passages that hold any of `contents`, empty for all.
        """
        # The plus keeps SQLite from asking FTS5 once for every allowed row: 1,400 ms a question instead of 20.
        statement, limits = ("", ()) if documents is None else _choice(documents, contents)
        limited = f"AND +rowid IN ({statement})" if statement else ""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""SELECT rowid, -bm25(passage_words, ?, ?) AS score FROM passage_words
                    WHERE passage_words MATCH ? {limited} ORDER BY score DESC, rowid LIMIT ?""",
                (*weights, expression, *limits, k),
            ).fetchall()
        return np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.float64)

    def analysed(self, ids: PassageIds) -> Iterator[tuple[int, str, str]]:
        """Each passage that is still there, ascending: its id, its analysed text and headings."""
        if len(ids) == 0:
            return
        wanted = frozenset(ids.tolist())
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, words, heading_words FROM passages WHERE id BETWEEN ? AND ? ORDER BY id",
                (min(wanted), max(wanted)),
            )
            for row in rows:
                if row[0] in wanted:
                    yield row[0], row[1], row[2]

    def document_frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """How many passages hold each of the analysed `words`; absent ones are left out."""
        found: dict[str, int] = {}
        with self._database.reading() as connection:
            for word in set(words):
                row = connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
                if row is not None:
                    found[word] = row[0]
        return found

    def vocabulary(self) -> dict[str, int]:
        """Every analysed word of the collection and the number of passages that hold it."""
        with self._database.reading() as connection:
            return {row["term"]: row["doc"] for row in connection.execute("SELECT term, doc FROM vocabulary")}

    def vocabulary_of(self, documents: Iterable[DocumentId]) -> tuple[dict[str, int], int, tuple[float, float]]:
        """What `vocabulary`, the number of passages and `mean_words` would be if these documents were all there are.

        Counted from the passages themselves, 0.1 s for 5,000 of them.
        """
        vocabulary: Counter[str] = Counter()
        n_passages = n_text = n_headings = 0
        with self._database.reading() as connection:
            for text, headings in connection.execute(
                f"SELECT words, heading_words FROM passages WHERE id IN ({_OF_DOCUMENTS})",
                (json.dumps(list(documents)),),
            ):
                in_text, in_headings = text.split(), headings.split()
                vocabulary.update({*in_text, *in_headings})
                n_passages += 1
                n_text += len(in_text)
                n_headings += len(in_headings)
        n = max(n_passages, 1)
        return dict(vocabulary), n_passages, (max(n_text / n, 1.0), max(n_headings / n, 1.0))

    def mean_words(self) -> tuple[float, float]:
        """How many analysed words a passage's text and headings have on average; 1.0 where there are none.

        Exact, so that a rebuilt store ranks as before. FTS5 keeps the sums for its own BM25, in the record with id 1 of
        its data: the number of rows, then the words of each column, as variable-length numbers.
        Source: sqlite.org, ext/fts5/fts5_index.c, "averages record".
        """
        with self._database.reading() as connection:
            row = connection.execute("SELECT block FROM passage_words_data WHERE id = 1").fetchone()
        n_passages, n_text, n_headings = [*_numbers(row["block"] if row else b""), 0, 0, 0][:3]
        n = max(n_passages, 1)
        return max(n_text / n, 1.0), max(n_headings / n, 1.0)


def _numbers(block: bytes) -> Iterator[int]:
    """The numbers of a block: seven bits a byte, highest first, the eighth set on all but the last byte of each."""
    number = 0
    for byte in block:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            yield number
            number = 0
