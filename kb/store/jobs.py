"""The queue in the store, as people see it: jobs added, listed, cancelled, tried again and forgotten.

Nothing here raises the change number: no question finds a job. Times are seconds since 1970.
"""

import datetime
import time
from collections.abc import Sequence

from kb.jobs import OPEN, Job, JobCounts, JobId, JobState, Order
from kb.store.database import Database
from kb.store.job_rows import JOB_COLUMNS, load_job, read_job


class Jobs:
    """The jobs of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: set[str] = set()

    def add(self, orders: Sequence[Order]) -> tuple[JobId, ...]:
        """Queue every order, all or none. A file that waits already under the same source is not queued twice."""
        now = time.time()
        ids = []
        with self._database.noting() as connection:
            for order in orders:
                row = connection.execute(
                    "SELECT id FROM jobs WHERE source = ? AND file = ? AND state = ?",
                    (order.source, order.file, JobState.WAITING),
                ).fetchone()
                if row is None:
                    row = connection.execute(
                        """INSERT INTO jobs (source, name, file, is_upload, audience, replaces, priority, state,
                           added_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                        (
                            order.source,
                            order.name,
                            order.file,
                            order.is_upload,
                            order.audience,
                            order.replaces,
                            order.priority,
                            JobState.WAITING,
                            now,
                            now,
                        ),
                    ).fetchone()
                ids.append(JobId(row["id"]))
        return tuple(ids)

    def cancel(self, job: JobId) -> Job:
        """Stop a job: at once where it waits, at its next page where it runs. One that has ended stays as it is.

        Raises NotFoundError.
        """
        with self._database.noting() as connection:
            connection.execute(
                """UPDATE jobs SET is_cancelled = 1, changed_at = :now,
                   state = CASE WHEN state = 'antre' THEN 'batal' ELSE state END
                   WHERE id = :job AND state IN ('antre', 'berjalan')""",
                {"now": time.time(), "job": job},
            )
            return read_job(connection, job)

    def retry(self, job: JobId, source: str | None = None) -> Job:
        """Queue a job anew that failed or was cancelled; another stays as it is. Raises NotFoundError.

        source: under which it goes in from now on; None for the one that it had.
        """
        with self._database.noting() as connection:
            connection.execute(
                """UPDATE jobs SET state = 'antre', attempts = 0, not_before = 0, is_cancelled = 0, changed_at = ?,
                   code = '', message = '', message_en = '', source = coalesce(?, source)
                   WHERE id = ? AND state IN ('gagal', 'batal')""",
                (time.time(), source, job),
            )
            return read_job(connection, job)

    def forget(self, job: JobId) -> Job | None:
        """Take a job that has ended off the list; None where it has not. Raises NotFoundError."""
        with self._database.noting() as connection:
            found = read_job(connection, job)
            if found.state in OPEN:
                return None
            connection.execute("DELETE FROM jobs WHERE id = ?", (job,))
            return found

    def drop(self, source: str) -> None:
        """Take the jobs of a file that is gone off the list, but for one that runs and those that are done."""
        with self._database.noting() as connection:
            connection.execute(
                "DELETE FROM jobs WHERE source = ? AND NOT is_upload AND state NOT IN ('berjalan', 'selesai')",
                (source,),
            )

    def forget_before(self, when: datetime.datetime) -> None:
        """Take every job off the list that ended before `when`."""
        with self._database.noting() as connection:
            connection.execute(
                "DELETE FROM jobs WHERE state NOT IN ('antre', 'berjalan') AND changed_at < ?", (when.timestamp(),)
            )

    def read(self, job: JobId) -> Job:
        """One job. Raises NotFoundError."""
        with self._database.reading() as connection:
            return read_job(connection, job)

    def find(
        self, states: Sequence[JobState] = tuple(JobState), limit: int = 100, before: JobId | None = None
    ) -> tuple[Job, ...]:
        """Jobs in these states, newest first. before: only those added before this one."""
        marks = ", ".join("?" * len(states))
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {JOB_COLUMNS} FROM jobs WHERE state IN ({marks}) AND id < ? ORDER BY id DESC LIMIT ?",
                (*states, 2**62 if before is None else before, limit),
            )
            return tuple(map(load_job, rows))

    def counts(self) -> JobCounts:
        """How many jobs are in each state."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT state, count(*) FROM jobs GROUP BY state")
            return JobCounts(**{JobState(state).name.lower(): count for state, count in rows})

    def sources(self) -> frozenset[str]:
        """The sources of every job that is still to be done, and those held."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT DISTINCT source FROM jobs WHERE state IN ('antre', 'berjalan')")
            return frozenset(row["source"] for row in rows) | self._held

    def hold(self, source: str) -> None:
        """Count a source among `sources` until it is let go: a file is being taken in under it without a job.

        In this process alone, which is the one that receives uploads: held by no row, it is free after any crash.
        """
        self._held.add(source)

    def let_go(self, source: str) -> None:
        """Hold a source no longer."""
        self._held.discard(source)

    def files(self) -> frozenset[str]:
        """Where the copies stand that jobs on the list still need: those not done."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT file FROM jobs WHERE is_upload AND state <> 'selesai'")
            return frozenset(row["file"] for row in rows)
