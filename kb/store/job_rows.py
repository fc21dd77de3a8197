"""Between the rows of the queue and the types of `kb.jobs`."""

import datetime
import sqlite3

from kb.documents import DocumentId
from kb.errors import NotFoundError, Text
from kb.intake import Outcome
from kb.jobs import Job, JobId, JobState, Order

JOB_COLUMNS = """id, source, name, file, is_upload, audience, replaces, priority, state, attempts, is_cancelled, page,
    n_pages, document_id, outcome, code, message, message_en, added_at, changed_at"""


def read_job(connection: sqlite3.Connection, job: JobId) -> Job:
    """One job. Raises NotFoundError."""
    row = connection.execute(f"SELECT {JOB_COLUMNS} FROM jobs WHERE id = ?", (job,)).fetchone()
    if row is None:
        raise NotFoundError(
            f"pekerjaan {job}",
            Text("pekerjaan itu tidak ada", "there is no such job"),
            Text("lihat daftarnya dengan `kb jobs`", "list them with `kb jobs`"),
        )
    return load_job(row)


def load_job(row: sqlite3.Row) -> Job:
    """A job from its row."""
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
