"""Files that were not taken in, and why."""

import datetime

from kb.intake import Refusal
from kb.store.database import Database


class Refusals:
    """The refusals of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, refusal: Refusal) -> None:
        """Remember that a file was not taken in, and why."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO refusals VALUES (?, ?, ?, ?, ?)",
                (refusal.source, refusal.code, refusal.message, refusal.message_en, refusal.at.isoformat()),
            )

    def forgive(self, source: str) -> None:
        """Forget that the file of this source was not taken in."""
        with self._database.noting() as connection:
            connection.execute("DELETE FROM refusals WHERE source = ?", (source,))

    def all(self) -> tuple[Refusal, ...]:
        """Files that were not taken in, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM refusals ORDER BY at DESC, source")
            return tuple(
                Refusal(
                    row["source"],
                    row["code"],
                    row["message"],
                    row["message_en"],
                    datetime.datetime.fromisoformat(row["at"]),
                )
                for row in rows
            )
