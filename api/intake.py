"""The line that files stand in: received, queued, taken in by workers, cancelled and tried again."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from api.containers import INSIDE
from api.library import Library
from api.names import clean_name, free_source, storable
from kb.access import EVERYONE, LOCAL_ADMIN, Viewer, may_see
from kb.documents import DocumentId
from kb.errors import JobStoppedError, KbError, ModelError, NotFoundError, StoreError, Text
from kb.intake import Ingested
from kb.jobs import Job, JobCounts, JobId, JobState, Order
from kb.tray import Tray

UPLOAD_PRIORITY = 10
"""Someone waits for an upload; nobody does for a file that a folder was found to hold."""

RETRY_SECONDS = 15.0
"""After this long a job is tried again that met what passes by itself, such as a full disk."""


class Intake:
    """The jobs of a library. It holds nothing itself: any number may stand over one library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.tray = Tray(library.settings.tray_folder)
        self._jobs, self._leases = library.store.jobs, library.store.leases

    def receive(self, viewer: Viewer, name: str | None, stream: BinaryIO, audience: str | None = None) -> Job:
        """Queue an upload as a document of its own; it is on the disk when this returns.

        Raises StoreFullError, StoreReadOnlyError.
        """
        file = self.tray.keep(stream)
        shown = clean_name(name)

        def order() -> Order:
            return Order(self._free(shown), shown, str(file), True, audience, priority=UPLOAD_PRIORITY)

        return self._queue(order, file)

    def receive_version(self, viewer: Viewer, document_id: DocumentId, name: str | None, stream: BinaryIO) -> Job:
        """Queue an upload as the new version of a document. Raises NotFoundError, StoreFullError."""
        document = self.library.document(viewer, document_id)
        file = self.tray.keep(stream)
        order = Order(
            document.source, clean_name(name), str(file), True, document.audience, document_id, UPLOAD_PRIORITY
        )
        return self._queue(lambda: order, file)

    def queue(self, files: Sequence[tuple[Path, str]], audience: str | None = None) -> tuple[JobId, ...]:
        """Queue files where they stand, each with the name to show; their paths are their sources."""
        orders = [
            Order(storable(str(file.resolve())), storable(name), str(file.resolve()), audience=audience)
            for file, name in files
        ]
        return self._jobs.add(orders)

    def job(self, viewer: Viewer, job_id: JobId) -> Job:
        """One job. Raises NotFoundError also for one whose document the viewer could not see."""
        job = self._jobs.read(job_id)
        if not _may_see(viewer, job):
            raise NotFoundError(
                f"pekerjaan {job_id}",
                Text("pekerjaan itu tidak ada", "there is no such job"),
                Text("lihat daftarnya dengan `kb jobs`", "list them with `kb jobs`"),
            )
        return job

    def jobs(
        self,
        viewer: Viewer,
        states: Sequence[JobState] = tuple(JobState),
        limit: int = 100,
        before: JobId | None = None,
    ) -> tuple[Job, ...]:
        """The jobs that the viewer may see, newest first. before: only those added before this one."""
        return tuple(job for job in self._jobs.find(states, limit, before) if _may_see(viewer, job))

    def counts(self) -> JobCounts:
        """How many jobs are in each state."""
        return self._jobs.counts()

    def cancel(self, viewer: Viewer, job_id: JobId) -> Job:
        """Stop a job, at its next page where it runs; what it would have put in stays out. Raises NotFoundError."""
        self.job(viewer, job_id)
        return self._jobs.cancel(job_id)

    def retry(self, viewer: Viewer, job_id: JobId) -> Job:
        """Queue a job anew that failed or was cancelled. Raises NotFoundError.

        An upload whose name another one got meanwhile goes in beside that.
        """
        order = self.job(viewer, job_id).order
        is_of_its_own = order.is_upload and order.replaces is None
        with self.library.store.together():
            return self._jobs.retry(job_id, self._free(order.source) if is_of_its_own else None)

    def forget(self, viewer: Viewer, job_id: JobId) -> None:
        """Take a job that has ended off the list, with its upload and what was said of it. Raises NotFoundError."""
        self.job(viewer, job_id)
        forgotten = self._jobs.forget(job_id)
        if forgotten is not None:
            self.library.store.refusals.forgive(forgotten.order.source)
            self.tray.drop(Path(forgotten.order.file))

    def work(self, job: Job, worker: str) -> None:
        """Take a claimed job's file in, and note what came of it. Raises StoreError where that cannot be noted."""
        order = job.order
        file = Path(order.file)

        def told(page: int, n_pages: int) -> None:
            self._leases.advance(job.id, worker, page, n_pages)

        def note(came: Ingested) -> None:
            self._leases.finish(job.id, worker, came)

        try:
            if order.replaces is not None:
                self.library.ingestion.replace(LOCAL_ADMIN, order.replaces, file, order.name, told, note)
            else:
                self.library.ingestion.ingest(
                    file, source=order.source, name=order.name, audience=order.audience, told=told, note=note
                )
        except JobStoppedError:
            self._leases.stop(job.id, worker)
        except (StoreError, ModelError) as error:
            # Of the machine, not of the file: a wrong model must not fail a thousand jobs.
            self._leases.postpone(job.id, worker, error, RETRY_SECONDS)
        except KbError as error:
            if error.is_transient:
                self._leases.postpone(job.id, worker, error, RETRY_SECONDS)
            else:
                self._leases.fail(job.id, worker, error)
        else:
            self.tray.drop(file)

    def tidy(self) -> None:
        """Forget what ended longer ago than the grace, uploads that no job needs, and refusals of files that are gone.

        Raises StoreError.
        """
        grace = datetime.timedelta(days=self.library.settings.grace_days)
        self._jobs.forget_before(datetime.datetime.now(datetime.UTC) - grace)
        self.tray.clear(self._jobs.files)
        for refusal in self.library.refusals():
            file = Path(refusal.source)
            # A folder that is not there may be a share that is not connected.
            is_inside = INSIDE in refusal.source
            if file.is_absolute() and not is_inside and file.parent.is_dir() and not file.exists():
                self.library.store.refusals.forgive(refusal.source)

    def _free(self, name: str) -> str:
        """A source for an upload of this name, to be used in the same transaction: afterwards another may have it."""
        return free_source(name, self.library.store.documents.sources() | self._jobs.sources())

    def _queue(self, order: Callable[[], Order], file: Path) -> Job:
        """The job of an order, which is made in the transaction that adds it."""
        try:
            with self.library.store.together():
                [job_id] = self._jobs.add([order()])
        except StoreError:
            self.tray.drop(file)
            raise
        return self._jobs.read(job_id)


def _may_see(viewer: Viewer, job: Job) -> bool:
    return may_see(viewer, EVERYONE if job.order.audience is None else job.order.audience)
