"""What is hidden of people, kept apart from the texts that everything reads, and what the office ruled about it."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace

from kb.access import Viewer, may_see_identities
from kb.documents import Document, DocumentId, VersionId
from kb.errors import IdentityHiddenError, NotFoundError, Text
from kb.identity import IN_HEADING, IN_NAME, Action, Guarding, Hidden, IdentityKind, Ruling, Rulings, key, unmasked
from kb.pages import Heading, Page, Reading, Span
from kb.store.database import Database
from kb.store.identity_tables import clean_outline, hidden_phrases, name_document, write_guarding
from kb.store.rows import load_page
from kb.store.writes import update_metadata

GUARD = Viewer(name="penjaga", sees_identities=True)
"""The guard itself, which reads what is hidden to guard it anew and shows it to nobody."""


class Identities:
    """What is hidden in the versions of a store, and the rulings of the office."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def words(self, viewer: Viewer, version_id: VersionId) -> tuple[Hidden, ...]:
        """What is hidden in a version with its words, in order: the one way to them.

        Raises IdentityHiddenError for a viewer without the right.
        """
        if not may_see_identities(viewer):
            raise no_right(f"versi {version_id}")
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM hidden WHERE version_id = ? ORDER BY page, heading, start", (version_id,)
            )
            return tuple(
                Hidden(
                    Span(row["page"], row["start"], row["end"]), IdentityKind(row["kind"]), row["words"], row["heading"]
                )
                for row in rows
            )

    def places(self, version_id: VersionId, page: int | None = None) -> tuple[tuple[Span, IdentityKind], ...]:
        """Where something is hidden in the pages of a version, or in one of them, without the words."""
        limited = "page > 0" if page is None else "page = ?"
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""SELECT page, start, "end", kind FROM hidden WHERE version_id = ? AND {limited}
                    ORDER BY page, start""",
                (version_id, *(() if page is None else (page,))),
            )
            return tuple((Span(row[0], row[1], row[2]), IdentityKind(row[3])) for row in rows)

    def is_sensitive(self, version_id: VersionId) -> bool:
        """Whether anything is hidden in a version."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT 1 FROM hidden WHERE version_id = ? LIMIT 1", (version_id,)).fetchone()
        return found is not None

    def sensitive_hashes(self) -> frozenset[str]:
        """SHA-256 of every original in which something is hidden."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT sha256 FROM versions WHERE id IN (SELECT version_id FROM hidden)"
            )
            return frozenset(row[0] for row in rows)

    def counts(self) -> dict[VersionId, dict[IdentityKind, int]]:
        """How much of each kind is hidden, in every version that hides anything."""
        counted: dict[VersionId, dict[IdentityKind, int]] = {}
        with self._database.reading() as connection:
            for row in connection.execute("SELECT version_id, kind, count(*) FROM hidden GROUP BY 1, 2 ORDER BY 1, 2"):
                counted.setdefault(VersionId(row[0]), {})[IdentityKind(row[1])] = row[2]
        return counted

    def reading(self, viewer: Viewer, version_id: VersionId) -> tuple[Reading, str]:
        """A version's reading and its file name with the hidden words put back. Raises IdentityHiddenError."""
        hidden = self.words(viewer, version_id)
        with self._database.snapshot() as connection:
            version = connection.execute(
                """SELECT v.media_type, v.has_pages, d.name FROM versions v JOIN documents d ON d.id = v.document_id
                   WHERE v.id = ?""",
                (version_id,),
            ).fetchone()
            if version is None:
                raise NotFoundError(
                    f"versi {version_id}",
                    Text("versi itu tidak ada", "there is no such version"),
                    Text("lihat daftar dokumen", "see the list of documents"),
                )
            pages = [
                _put_back(load_page(row), hidden)
                for row in connection.execute("SELECT * FROM pages WHERE version_id = ? ORDER BY number", (version_id,))
            ]
            headings = [
                Heading(
                    row["level"],
                    unmasked(row["title"], _in_heading(hidden, row["ordinal"])),
                    Span(row["page"], row["start"], row["end"]),
                )
                for row in connection.execute(
                    "SELECT * FROM headings WHERE version_id = ? ORDER BY ordinal", (version_id,)
                )
            ]
        name = unmasked(version["name"], (one for one in hidden if one.place.page == IN_NAME))
        return Reading(version["media_type"], tuple(pages), bool(version["has_pages"]), tuple(headings)), name

    def write(self, version_id: VersionId, reading: Reading, guarding: Guarding, clean: Callable[[str], str]) -> None:
        """Guard an old version anew; a current one goes through `Documents.put_passages` with its passages.

        What it hides of the name of its file is hidden in the document's name. clean: masks any other line of the
        version.
        """
        with self._database.writing() as connection:
            write_guarding(connection, version_id, reading, guarding)
            clean_outline(connection, version_id, clean)
            row = connection.execute(
                "SELECT d.id, d.name FROM documents d JOIN versions v ON v.document_id = d.id WHERE v.id = ?",
                (version_id,),
            ).fetchone()
            if row is not None:
                name_document(connection, DocumentId(row["id"]), row["name"])

    def describe(self, document: Document) -> None:
        """Give a document that is out of sight the name and metadata of `document`, which were guarded anew."""
        with self._database.writing() as connection:
            name_document(connection, document.id, document.name)
            update_metadata(connection, document.id, document.metadata, document.corrected)

    def phrases(self) -> frozenset[str]:
        """Every phrase that the office ruled to be hidden, in whatever document; for lines that stand in none."""
        with self._database.reading() as connection:
            return hidden_phrases(connection)

    def stale(self, rules: str) -> tuple[tuple[DocumentId, VersionId], ...]:
        """The versions that other rules guarded, that an older state of the rulings did, or nobody; oldest first.

        Those of documents in their time of grace too: their names are listed, and exports hold their pages.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT v.document_id, v.id FROM versions v JOIN documents d ON d.id = v.document_id
                   LEFT JOIN guarded g ON g.version_id = v.id
                   WHERE g.rules IS NOT ? OR
                   g.rulings < (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'rulings') ORDER BY v.id""",
                (rules,),
            )
            return tuple((DocumentId(row[0]), VersionId(row[1])) for row in rows)

    def confirm(self, versions: Iterable[VersionId], stamp: int) -> None:
        """Note that the rulings up to `stamp` change nothing in these versions."""
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE guarded SET rulings = max(rulings, ?) WHERE version_id = ?",
                ((stamp, version_id) for version_id in versions),
            )

    def rulings_for(self, source: str) -> Rulings:
        """What the office ruled for the document of this source, and for every document."""
        with self._database.snapshot() as connection:
            rows = connection.execute(
                """SELECT action, phrase FROM rulings WHERE document_id IS NULL
                   OR document_id = (SELECT id FROM documents WHERE source = ?)""",
                (source,),
            ).fetchall()
            [stamp] = connection.execute("SELECT value FROM meta WHERE key = 'rulings'").fetchone()
        return Rulings(
            frozenset(row["phrase"] for row in rows if row["action"] == Action.RELEASE),
            frozenset(row["phrase"] for row in rows if row["action"] == Action.HIDE),
            int(stamp),
        )

    def rulings(self) -> tuple[Ruling, ...]:
        """Every ruling, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM rulings ORDER BY id")
            return tuple(
                Ruling(
                    row["id"],
                    None if row["document_id"] is None else DocumentId(row["document_id"]),
                    Action(row["action"]),
                    row["phrase"],
                    datetime.datetime.fromisoformat(row["at"]),
                )
                for row in rows
            )

    def rule(self, document_id: DocumentId | None, action: Action, phrase: str) -> None:
        """Rule that a phrase is hidden, or is not, in one document or in all, in place of an earlier ruling there."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        with self._database.writing() as connection:
            connection.execute("DELETE FROM rulings WHERE document_id IS ? AND phrase = ?", (document_id, key(phrase)))
            connection.execute(
                "INSERT INTO rulings (document_id, action, phrase, at) VALUES (?, ?, ?, ?)",
                (document_id, action, key(phrase), now),
            )
            connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'rulings'")

    def revoke(self, ruling_id: int) -> str:
        """Take a ruling back and return its phrase. Raises NotFoundError."""
        with self._database.writing() as connection:
            row = connection.execute("SELECT phrase FROM rulings WHERE id = ?", (ruling_id,)).fetchone()
            if row is None:
                raise NotFoundError(
                    f"keputusan {ruling_id}",
                    Text("keputusan itu tidak ada", "there is no such ruling"),
                    Text("lihat `kb identity rulings`", "see `kb identity rulings`"),
                )
            connection.execute("DELETE FROM rulings WHERE id = ?", (ruling_id,))
            connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'rulings'")
        return str(row["phrase"])


def _put_back(page: Page, hidden: tuple[Hidden, ...]) -> Page:
    text = unmasked(page.text, (one for one in hidden if one.place.page == page.number))
    return replace(page, text=text)


def _in_heading(hidden: tuple[Hidden, ...], ordinal: int) -> tuple[Hidden, ...]:
    return tuple(one for one in hidden if one.place.page == IN_HEADING and one.heading == ordinal)


def no_right(where: str) -> IdentityHiddenError:
    """The error for a viewer who may not see who is hidden there."""
    return IdentityHiddenError(
        where,
        Text("memuat identitas yang ditutup", "it holds identities that are hidden"),
        Text(
            "baca teksnya yang sudah ditutup, atau minta orang yang berhak",
            "read its masked text, or ask someone who has the right",
        ),
    )
