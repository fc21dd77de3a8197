"""The queue in the store: jobs added, claimed under a lease, renewed, ended and forgotten.

Nothing here raises the change number but what a job puts in: no question finds a job.
"""

import datetime
import sqlite3
import time
from collections.abc import Sequence

from kb.documents import DocumentId
from kb.errors import JobStoppedError, KbError, NotFoundError, Text
from kb.identity import MASK
from kb.intake import Ingested, Outcome
from kb.jobs import MAX_ATTEMPTS, OPEN, Job, JobCounts, JobId, JobState, Order
from kb.store.database import Database

_COLUMNS = """id, source, name, file, is_upload, audience, replaces, priority, state, attempts, is_cancelled, page,
    n_pages, document_id, outcome, code, message, message_en, added_at, changed_at"""

_GIVEN_UP = Text(
    f"pekerja berhenti {MAX_ATTEMPTS} kali saat mengerjakannya", f"workers stopped {MAX_ATTEMPTS} times over it"
)
_GIVEN_UP_CODE = "pekerja-berhenti"


class Jobs:
    """The jobs of a store. Times are seconds since 1970, so that every process can compare them."""

    def __init__(self, database: Database) -> None:
        self._database = database

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

    def claim(self, worker: str, seconds: float) -> Job | None:
        """Take the next job under a lease of `seconds`; None where nothing is to be done now.

        Two jobs of one source never run at once: the older file could come in after the newer.
        """
        now = time.time()
        with self._database.reading() as connection:
            if connection.execute(f"SELECT 1 {_CLAIMABLE} LIMIT 1", {"now": now}).fetchone() is None:
                return None
        with self._database.noting() as connection:
            row = connection.execute(
                f"""UPDATE jobs SET state = 'berjalan', worker = :worker, leased_until = :until, page = 0, n_pages = 0,
                    attempts = attempts + 1, changed_at = :now, code = '', message = '', message_en = ''
                    WHERE id = (SELECT id {_CLAIMABLE} ORDER BY priority DESC, id LIMIT 1) RETURNING {_COLUMNS}""",
                {"now": now, "worker": worker, "until": now + seconds},
            ).fetchone()
        return None if row is None else _load(row)

    def renew(self, job: JobId, worker: str, seconds: float) -> None:
        """Keep the lease for `seconds` more. Raises JobStoppedError when the job may not go on."""
        with self._database.noting() as connection:
            _held(
                connection,
                job,
                worker,
                connection.execute(
                    "UPDATE jobs SET leased_until = ? WHERE id = ? AND worker = ? AND state = ? AND NOT is_cancelled",
                    (time.time() + seconds, job, worker, JobState.RUNNING),
                ),
            )

    def advance(self, job: JobId, worker: str, page: int, n_pages: int) -> None:
        """Note that the text is taken in up to `page`. Raises JobStoppedError when the job may not go on."""
        with self._database.noting() as connection:
            _held(
                connection,
                job,
                worker,
                connection.execute(
                    """UPDATE jobs SET page = ?, n_pages = ?, changed_at = ?
                       WHERE id = ? AND worker = ? AND state = ? AND NOT is_cancelled""",
                    (page, n_pages, time.time(), job, worker, JobState.RUNNING),
                ),
            )

    def finish(self, job: JobId, worker: str, came: Ingested) -> None:
        """Note what came of a job, in the transaction that put it in.

        Raises JobStoppedError, which takes the document back with it, when the job may not go on.
        """
        with self._database.noting() as connection:
            _held(
                connection,
                job,
                worker,
                connection.execute(
                    """UPDATE jobs SET state = ?, document_id = ?, outcome = ?, name = iif(? <> '', ?, name),
                       changed_at = ? WHERE id = ? AND worker = ? AND state = ? AND NOT is_cancelled""",
                    (
                        JobState.DONE,
                        came.document.id,
                        came.outcome,
                        # Whoever is named in the file's name was masked when its text was known.
                        *[came.document.name if MASK in came.document.name else ""] * 2,
                        time.time(),
                        job,
                        worker,
                        JobState.RUNNING,
                    ),
                ),
            )

    def fail(self, job: JobId, worker: str, error: KbError) -> None:
        """Note that a job failed for good, and why."""
        self._end(job, worker, JobState.FAILED, error, 0.0)

    def postpone(self, job: JobId, worker: str, error: KbError, seconds: float) -> None:
        """Put a job back for `seconds`, because of something that passes; it does not count as an attempt."""
        self._end(job, worker, JobState.WAITING, error, seconds)

    def release(self, worker: str) -> None:
        """Put back what a worker had that was stopped in order, as if it had not been begun."""
        with self._database.noting() as connection:
            connection.execute(
                """UPDATE jobs SET state = CASE WHEN is_cancelled THEN 'batal' ELSE 'antre' END, worker = '',
                   attempts = attempts - 1, page = 0, n_pages = 0, changed_at = ? WHERE worker = ? AND state = ?""",
                (time.time(), worker, JobState.RUNNING),
            )

    def reclaim(self, dead: Sequence[str] = ()) -> None:
        """Put back what workers had that are `dead`, or whose lease ran out; after too many attempts it has failed."""
        now = time.time()
        with self._database.reading() as connection:
            lost = [
                row["id"]
                for row in connection.execute(
                    "SELECT id, worker, leased_until FROM jobs WHERE state = ?", (JobState.RUNNING,)
                )
                if row["worker"] in dead or row["leased_until"] < now
            ]
        if not lost:
            return
        with self._database.noting() as connection:
            connection.executemany(
                """UPDATE jobs SET worker = '', page = 0, n_pages = 0, changed_at = :now,
                   state = CASE WHEN is_cancelled THEN 'batal' WHEN attempts >= :most THEN 'gagal' ELSE 'antre' END,
                   code = iif(attempts >= :most, :code, ''), message = iif(attempts >= :most, name || :id, ''),
                   message_en = iif(attempts >= :most, name || :en, '')
                   WHERE id = :job AND state = 'berjalan'""",
                [
                    {
                        "now": now,
                        "most": MAX_ATTEMPTS,
                        "job": job,
                        "code": _GIVEN_UP_CODE,
                        "id": f": {_GIVEN_UP.id}; tekan Coba lagi, atau periksa memori mesin",
                        "en": f": {_GIVEN_UP.en}; press Try again, or check the machine's memory",
                    }
                    for job in lost
                ],
            )

    def workers(self) -> frozenset[str]:
        """The names of the workers that have a job."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT DISTINCT worker FROM jobs WHERE state = ?", (JobState.RUNNING,))
            return frozenset(row["worker"] for row in rows)

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
            return _read(connection, job)

    def stop(self, job: JobId, worker: str) -> None:
        """Note that a cancelled job has stopped."""
        with self._database.noting() as connection:
            connection.execute(
                """UPDATE jobs SET state = 'batal', worker = '', changed_at = ?
                   WHERE id = ? AND worker = ? AND state = 'berjalan' AND is_cancelled""",
                (time.time(), job, worker),
            )

    def retry(self, job: JobId) -> Job:
        """Queue a job anew that failed or was cancelled; another stays as it is. Raises NotFoundError."""
        with self._database.noting() as connection:
            connection.execute(
                """UPDATE jobs SET state = 'antre', attempts = 0, not_before = 0, is_cancelled = 0, changed_at = ?,
                   code = '', message = '', message_en = '' WHERE id = ? AND state IN ('gagal', 'batal')""",
                (time.time(), job),
            )
            return _read(connection, job)

    def forget(self, job: JobId) -> Job | None:
        """Take a job that has ended off the list; None where it has not. Raises NotFoundError."""
        with self._database.noting() as connection:
            found = _read(connection, job)
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
            return _read(connection, job)

    def find(
        self, states: Sequence[JobState] = tuple(JobState), limit: int = 100, before: JobId | None = None
    ) -> tuple[Job, ...]:
        """Jobs in these states, newest first. before: only those added before this one."""
        marks = ", ".join("?" * len(states))
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM jobs WHERE state IN ({marks}) AND id < ? ORDER BY id DESC LIMIT ?",
                (*states, 2**62 if before is None else before, limit),
            )
            return tuple(map(_load, rows))

    def counts(self) -> JobCounts:
        """How many jobs are in each state."""
        with self._database.reading() as connection:
            found = dict(connection.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall())
        return JobCounts(*(found.get(state.value, 0) for state in JobState))

    def sources(self) -> frozenset[str]:
        """The sources of every job that is still to be done."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT DISTINCT source FROM jobs WHERE state IN ('antre', 'berjalan')")
            return frozenset(row["source"] for row in rows)

    def files(self) -> frozenset[str]:
        """Where the copies stand that jobs on the list still need: those not done."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT file FROM jobs WHERE is_upload AND state <> 'selesai'")
            return frozenset(row["file"] for row in rows)

    def _end(self, job: JobId, worker: str, state: JobState, error: KbError, seconds: float) -> None:
        now = time.time()
        with self._database.noting() as connection:
            connection.execute(
                """UPDATE jobs SET state = iif(is_cancelled, 'batal', :state), worker = '', page = 0, n_pages = 0,
                   attempts = attempts - (:state = 'antre'), not_before = :not_before, code = :code,
                   message = :message, message_en = :message_en, changed_at = :now
                   WHERE id = :job AND worker = :worker AND state = 'berjalan'""",
                {
                    "state": state,
                    "not_before": now + seconds,
                    "code": error.code,
                    "message": error.say("id"),
                    "message_en": error.say("en"),
                    "now": now,
                    "job": job,
                    "worker": worker,
                },
            )


_CLAIMABLE = """FROM jobs WHERE state = 'antre' AND not_before <= :now
    AND source NOT IN (SELECT source FROM jobs WHERE state = 'berjalan')"""


def _held(connection: sqlite3.Connection, job: JobId, worker: str, changed: sqlite3.Cursor) -> None:
    """Nothing, where the update found the job in this worker's hands. Raises JobStoppedError."""
    if changed.rowcount == 1:
        return
    row = connection.execute("SELECT is_cancelled FROM jobs WHERE id = ? AND worker = ?", (job, worker)).fetchone()
    cancelled = row is not None and row["is_cancelled"]
    why = Text("dibatalkan", "was cancelled") if cancelled else Text("sudah diambil pekerja lain", "has another worker")
    raise JobStoppedError(
        f"pekerjaan {job}", why, Text("tidak ada yang perlu dilakukan", "there is nothing to be done")
    )


def _read(connection: sqlite3.Connection, job: JobId) -> Job:
    row = connection.execute(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (job,)).fetchone()
    if row is None:
        raise NotFoundError(
            f"pekerjaan {job}",
            Text("pekerjaan itu tidak ada", "there is no such job"),
            Text("lihat daftarnya dengan `kb jobs`", "list them with `kb jobs`"),
        )
    return _load(row)


def _load(row: sqlite3.Row) -> Job:
    return Job(
        id=JobId(row["id"]),
        order=Order(
            source=row["source"],
            name=row["name"],
            file=row["file"],
            is_upload=bool(row["is_upload"]),
            audience=row["audience"],
            replaces=None if row["replaces"] is None else DocumentId(row["replaces"]),
            priority=row["priority"],
        ),
        state=JobState(row["state"]),
        attempts=row["attempts"],
        is_cancelled=bool(row["is_cancelled"]),
        page=row["page"],
        n_pages=row["n_pages"],
        document_id=None if row["document_id"] is None else DocumentId(row["document_id"]),
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        code=row["code"],
        message=row["message"],
        message_en=row["message_en"],
        added_at=datetime.datetime.fromtimestamp(row["added_at"], datetime.UTC),
        changed_at=datetime.datetime.fromtimestamp(row["changed_at"], datetime.UTC),
    )
