"""Jobs, watched folders and removed documents over the wire."""

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field

from api.schemas import PLAIN, In, Out, Veiled
from api.schemas_documents import DocumentOut
from api.veil import mask_line, shown_source
from kb.access import EVERYONE
from kb.jobs import Job, JobCounts, JobState


class JobOut(Out):
    """A file on its way in. `document_id` and `outcome` once it is in; `code` and messages when it failed or waits."""

    id: int
    name: str
    source: str
    state: JobState
    attempts: Annotated[int, Field(description="How often a worker began it.")]
    page: Annotated[int, Field(description="Taken in up to this page, while it runs.")]
    n_pages: int
    document_id: int | None
    outcome: Literal["baru", "diganti", "sama"] | None
    code: str
    message: str
    message_en: str
    added_at: datetime.datetime
    changed_at: datetime.datetime

    @classmethod
    def of(cls, job: Job) -> Self:
        """A job as it goes out."""
        return cls.model_validate(
            {
                **{name: getattr(job, name) for name in cls.model_fields if name not in ("name", "source")},
                "name": mask_line(job.order.name),
                "source": shown_source(job.order.source, mask_line(job.order.name)),
                "message": mask_line(job.message),
                "message_en": mask_line(job.message_en),
            }
        )


class JobCountsOut(Out):
    """How many jobs are in each state."""

    waiting: int
    running: int
    done: int
    failed: int
    cancelled: int


class JobsOut(Out):
    """Jobs, newest first."""

    jobs: list[JobOut]


class WorkedOut(Out):
    """What a worker did until it ended."""

    n_worked: int


class MovesOut(Out):
    """What the page is told while files go in: the counts, and how far the running ones are."""

    counts: JobCountsOut
    running: list[tuple[int, int, int]]

    @classmethod
    def of(cls, counts: JobCounts, running: tuple[Job, ...]) -> Self:
        """The counts and, of each running job, its id, page and number of pages."""
        return cls(
            counts=JobCountsOut.model_validate(counts), running=[(job.id, job.page, job.n_pages) for job in running]
        )


class SourceOut(Out):
    """A watched folder. `code` and messages: what is in the way, empty where nothing is."""

    id: int
    folder: Veiled
    audience: str
    n_files: int
    looked_at: datetime.datetime | None
    done_at: datetime.datetime | None
    code: str
    message: Veiled
    message_en: Veiled


class SourcesOut(Out):
    """The watched folders."""

    sources: list[SourceOut]


class SourceIn(In):
    """A folder of the server to be watched."""

    folder: Annotated[str, Field(min_length=1, max_length=4_000, pattern=PLAIN, examples=["/srv/dokumen"])]
    audience: Annotated[str, Field(min_length=1, max_length=200, pattern=PLAIN)] = EVERYONE


class SyncedOut(Out):
    """What a look into a folder found."""

    folder: Veiled
    n_new: int
    n_changed: int
    n_moved: int
    n_removed: int
    n_unchanged: int
    code: str = ""
    message: Veiled = ""
    message_en: Veiled = ""


class SyncOut(Out):
    """What a look into every folder found."""

    synced: list[SyncedOut]


class RemovedOut(Out):
    """A removed document, since when, and when it is deleted for good."""

    document: DocumentOut
    at: datetime.datetime
    gone_at: datetime.datetime


class RemovedListOut(Out):
    """The removed documents, the last first."""

    removed: list[RemovedOut]


class VersionOut(Out):
    """One file's bytes as the document on a day. `is_current`: whether search finds it."""

    id: int
    sha256: str
    media_type: str
    n_bytes: int
    n_pages: int
    has_pages: bool
    ingested_at: datetime.datetime
    is_current: bool


class RelativesOut(Out):
    """What belongs to a document.

    copies: shown as one with it. perhaps: say that they are the same regulation, and differ. paths: where in the
    watched folders its very bytes stand too. versions: the newest first.
    """

    copies: list[DocumentOut]
    perhaps: list[DocumentOut]
    paths: list[Veiled]
    versions: list[VersionOut]
