"""Jobs: files that wait to be taken in, with what became of each."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from kb.documents import DocumentId
from kb.intake import Outcome

JobId = NewType("JobId", int)

MAX_ATTEMPTS = 5
"""How many workers may die over one job before it is given up."""


class JobState(StrEnum):
    """Where a job stands. Only waiting and running ones are still to be done."""

    WAITING = "antre"
    RUNNING = "berjalan"
    DONE = "selesai"
    FAILED = "gagal"
    CANCELLED = "batal"


OPEN = frozenset({JobState.WAITING, JobState.RUNNING})


@dataclass(frozen=True, slots=True)
class Order:
    """A file to be taken in.

    file: where it stands. is_upload: whether that is a copy of ours, deleted when the job is forgotten.
    audience: None leaves a known document's as it is. replaces: the document whose new version it is, whatever its
    source. priority: higher goes first.
    """

    source: str
    name: str
    file: str
    is_upload: bool = False
    audience: str | None = None
    replaces: DocumentId | None = None
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """An order on its way.

    attempts: how often a worker began it. page, n_pages: how far the running attempt is; 0 before its text is read.
    code, message, message_en: why it failed, or why it waits to be tried again.
    document_id, outcome: what came of it.
    """

    id: JobId
    order: Order
    state: JobState
    attempts: int
    is_cancelled: bool
    page: int
    n_pages: int
    document_id: DocumentId | None
    outcome: Outcome | None
    code: str
    message: str
    message_en: str
    added_at: datetime.datetime
    changed_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How many jobs are in each state."""

    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0

    @property
    def n_open(self) -> int:
        """How many are still to be done."""
        return self.waiting + self.running
