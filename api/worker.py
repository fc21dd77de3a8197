"""A worker: a process that takes in what is queued, one job after another, and that may die at any moment."""

import fcntl
import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from api.intake import Intake
from kb.disk import disk_error
from kb.errors import JobStoppedError, StoreError
from kb.jobs import Job

LEASE_SECONDS = 30.0
IDLE_SECONDS = 0.5
UNWRITABLE_SECONDS = 2.0

log = logging.getLogger("acuan.worker")


class Worker:
    """Works off the queue of one library.

    A lock on a file of its own says that it lives: when the process dies, however that comes, the system lets go of
    the lock, and whoever looks next puts its job back at once. The lease is for one that lives but no longer moves.
    """

    def __init__(self, intake: Intake, chores: Callable[[], None] = lambda: None) -> None:
        """chores: done about once a minute between two jobs, or while idle. Raises StoreError."""
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._intake = intake
        self._chores = chores
        self._leases = intake.library.store.leases
        self._folder = intake.library.settings.workers_folder
        self._is_over = threading.Event()
        self._current: Job | None = None

    def run(self, until_empty: bool = False) -> int:
        """Work until stopped, or until nothing is left to do now; returns how many jobs were worked at.

        Raises KeyboardInterrupt when the process is told to end; its job is back in the queue then.
        """
        n_worked = 0
        with self._alive():
            beating = threading.Thread(target=self._beat, name="lease", daemon=True)
            beating.start()
            try:
                while not self._is_over.is_set():
                    job = self._next()
                    if job is not None:
                        n_worked += 1
                    elif until_empty:
                        break
                    else:
                        self._is_over.wait(IDLE_SECONDS)
            finally:
                self._is_over.set()
                beating.join()
                with suppress(StoreError):
                    self._leases.release(self.name)
        return n_worked

    def stop(self) -> None:
        """End after the job at hand."""
        self._is_over.set()

    def _next(self) -> Job | None:
        """Work at the next job and return it; None where there is none or the store cannot be written now."""
        try:
            self._chores()
            self._leases.reclaim(self._dead())
            job = self._leases.claim(self.name, LEASE_SECONDS)
            if job is None:
                return None
            self._current = job
            try:
                self._intake.work(job, self.name)
            finally:
                self._current = None
        except StoreError as error:
            log.warning("%s", error.say("en"))
            self._is_over.wait(UNWRITABLE_SECONDS)
            # A full disk that did not let the job be ended may let it go now; else its lease runs out.
            with suppress(StoreError):
                self._leases.release(self.name)
            return None
        return job

    def _beat(self) -> None:
        """Keep the lease of the job at hand."""
        while not self._is_over.wait(LEASE_SECONDS / 3):
            job = self._current
            if job is not None:
                # Who may not go on learns it at its next page.
                with suppress(JobStoppedError, StoreError):
                    self._leases.renew(job.id, self.name, LEASE_SECONDS)

    @contextmanager
    def _alive(self) -> Iterator[None]:
        """Hold the lock that says that this worker lives."""
        file = self._lock_of(self.name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for left in self._folder.iterdir():
                _is_locked(left)
            descriptor = _locked(file)
        except OSError as cause:
            raise disk_error(self._folder, cause) from cause
        try:
            yield
        finally:
            with suppress(OSError):
                file.unlink(missing_ok=True)
            os.close(descriptor)

    def _dead(self) -> tuple[str, ...]:
        """The workers that have a job and live no more."""
        return tuple(
            name for name in self._leases.workers() if name != self.name and not _is_locked(self._lock_of(name))
        )

    def _lock_of(self, name: str) -> Path:
        return self._folder / name


def _locked(file: Path) -> int:
    """The descriptor of a lock that is held and has a name: another may have found it unheld and cleared it away."""
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if file.exists():
            return descriptor
        os.close(descriptor)


def _is_locked(file: Path) -> bool:
    """Whether a process holds this lock; its file goes when none does."""
    try:
        descriptor = os.open(file, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        with suppress(OSError):
            file.unlink(missing_ok=True)
        return False
    finally:
        os.close(descriptor)
