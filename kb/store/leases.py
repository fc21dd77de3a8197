"""Jobs in the hands of workers: claimed under a lease, renewed, and ended or put back.

Nothing here raises the change number but what a job puts in. Times are seconds since 1970, so that every process can
compare them.
"""

import sqlite3
import time
from collections.abc import Sequence

from kb.errors import JobStoppedError, KbError, Text
from kb.identity import MASK
from kb.intake import Ingested
from kb.jobs import MAX_ATTEMPTS, Job, JobId, JobState
from kb.store.database import Database
from kb.store.job_rows import JOB_COLUMNS, load_job

_GIVEN_UP = Text(
    f"pekerja berhenti {MAX_ATTEMPTS} kali saat mengerjakannya", f"workers stopped {MAX_ATTEMPTS} times over it"
)
_GIVEN_UP_CODE = "pekerja-berhenti"

_CLAIMABLE = """FROM jobs WHERE state = 'antre' AND not_before <= :now
    AND source NOT IN (SELECT source FROM jobs WHERE state = 'berjalan')"""


class Leases:
    """The jobs of a store that workers have, or may take."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
                    WHERE id = (SELECT id {_CLAIMABLE} ORDER BY priority DESC, id LIMIT 1) RETURNING {JOB_COLUMNS}""",
                {"now": now, "worker": worker, "until": now + seconds},
            ).fetchone()
        return None if row is None else load_job(row)

    def renew(self, job: JobId, worker: str, seconds: float) -> None:
        """Keep the lease for `seconds` more. Raises JobStoppedError when the job may not go on."""
        with self._database.noting() as connection:
            updated = connection.execute(
                "UPDATE jobs SET leased_until = ? WHERE id = ? AND worker = ? AND state = ? AND NOT is_cancelled",
                (time.time() + seconds, job, worker, JobState.RUNNING),
            )
            _check_held(connection, job, worker, updated)

    def advance(self, job: JobId, worker: str, page: int, n_pages: int) -> None:
        """Note that the text is taken in up to `page`. Raises JobStoppedError when the job may not go on."""
        with self._database.noting() as connection:
            updated = connection.execute(
                """UPDATE jobs SET page = ?, n_pages = ?, changed_at = ?
                   WHERE id = ? AND worker = ? AND state = ? AND NOT is_cancelled""",
                (page, n_pages, time.time(), job, worker, JobState.RUNNING),
            )
            _check_held(connection, job, worker, updated)

    def finish(self, job: JobId, worker: str, came: Ingested) -> None:
        """Note what came of a job, in the transaction that put it in.

        Raises JobStoppedError, which takes the document back with it, when the job may not go on.
        """
        with self._database.noting() as connection:
            updated = connection.execute(
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
            )
            _check_held(connection, job, worker, updated)

    def fail(self, job: JobId, worker: str, error: KbError) -> None:
        """Note that a job failed for good, and why."""
        self._end(job, worker, JobState.FAILED, error, 0.0)

    def postpone(self, job: JobId, worker: str, error: KbError, seconds: float) -> None:
        """Put a job back for `seconds`, because of something that passes; it does not count as an attempt."""
        self._end(job, worker, JobState.WAITING, error, seconds)

    def stop(self, job: JobId, worker: str) -> None:
        """Note that a cancelled job has stopped."""
        with self._database.noting() as connection:
            connection.execute(
                """UPDATE jobs SET state = 'batal', worker = '', changed_at = ?
                   WHERE id = ? AND worker = ? AND state = 'berjalan' AND is_cancelled""",
                (time.time(), job, worker),
            )

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
                (row["id"], row["worker"], row["leased_until"])
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
                   WHERE id = :job AND worker = :worker AND leased_until = :until AND state = 'berjalan'""",
                # Whoever renewed the lease since it was read is alive, and so is whoever took the job since.
                [
                    {
                        "now": now,
                        "most": MAX_ATTEMPTS,
                        "job": job,
                        "worker": worker,
                        "until": until,
                        "code": _GIVEN_UP_CODE,
                        "id": f": {_GIVEN_UP.id}; tekan Coba lagi, atau periksa memori mesin",
                        "en": f": {_GIVEN_UP.en}; press Try again, or check the machine's memory",
                    }
                    for job, worker, until in lost
                ],
            )

    def workers(self) -> frozenset[str]:
        """The names of the workers that have a job."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT DISTINCT worker FROM jobs WHERE state = ?", (JobState.RUNNING,))
            return frozenset(row["worker"] for row in rows)

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


def _check_held(connection: sqlite3.Connection, job: JobId, worker: str, updated: sqlite3.Cursor) -> None:
    """Nothing, where the update found the job in this worker's hands. Raises JobStoppedError."""
    if updated.rowcount == 1:
        return
    row = connection.execute("SELECT is_cancelled FROM jobs WHERE id = ? AND worker = ?", (job, worker)).fetchone()
    cancelled = row is not None and row["is_cancelled"]
    why = Text("dibatalkan", "was cancelled") if cancelled else Text("sudah diambil pekerja lain", "has another worker")
    raise JobStoppedError(
        f"pekerjaan {job}", why, Text("tidak ada yang perlu dilakukan", "there is nothing to be done")
    )
