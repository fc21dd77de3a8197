import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from kb.errors import JobStoppedError, KbError, NotFoundError, Text
from kb.jobs import MAX_ATTEMPTS, JobCounts, JobId, JobState, Order
from kb.store import Store
from kb.store.jobs import Jobs
from kb.store.leases import Leases


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kb.sqlite3")


@pytest.fixture
def jobs(store: Store) -> Jobs:
    return store.jobs


@pytest.fixture
def leases(store: Store) -> Leases:
    return store.leases


def order(name: str = "a.pdf", **other: object) -> Order:
    return Order(source=name, name=name, file=f"/masuk/{name}", **other)  # type: ignore[arg-type]


ERROR = KbError("a.pdf", Text("rusak", "broken"), Text("perbaiki", "mend it"))


def test_jobs_are_claimed_in_the_order_of_priority_and_then_of_time(jobs: Jobs, leases: Leases) -> None:
    jobs.add([order("a"), order("b"), order("c", priority=5)])
    claimed = [leases.claim("satu", 60) for _ in range(4)]
    assert [job and job.order.name for job in claimed] == ["c", "a", "b", None]


def test_a_claimed_job_is_not_claimed_again(jobs: Jobs, leases: Leases) -> None:
    jobs.add([order()])
    assert leases.claim("satu", 60) is not None
    assert leases.claim("dua", 60) is None


def test_two_jobs_of_one_source_never_run_at_once(jobs: Jobs, leases: Leases) -> None:
    jobs.add([Order("a", "a", "/masuk/1"), Order("a", "a", "/masuk/2")])
    first = leases.claim("satu", 60)
    assert first is not None
    assert leases.claim("dua", 60) is None
    leases.fail(first.id, "satu", ERROR)
    assert leases.claim("dua", 60) is not None


def test_a_file_that_waits_is_not_queued_twice(jobs: Jobs) -> None:
    assert jobs.add([order()]) == jobs.add([order()])
    assert jobs.counts() == JobCounts(waiting=1)


def test_a_lease_that_ran_out_gives_the_job_to_the_next(jobs: Jobs, leases: Leases) -> None:
    jobs.add([order()])
    first = leases.claim("satu", -1)
    leases.reclaim()
    again = leases.claim("dua", 60)
    assert first is not None
    assert again is not None
    assert (again.id, again.attempts) == (first.id, 2)
    with pytest.raises(JobStoppedError, match="pekerja lain"):
        leases.advance(first.id, "satu", 1, 2)


def test_what_a_dead_worker_had_goes_to_the_next_at_once(jobs: Jobs, leases: Leases) -> None:
    jobs.add([order()])
    assert leases.claim("satu", 60) is not None
    leases.reclaim(dead=["lain"])
    assert leases.claim("dua", 60) is None
    leases.reclaim(dead=["satu"])
    assert leases.claim("dua", 60) is not None


def test_a_lease_renewed_while_the_lost_are_looked_for_is_left_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    [job] = store.jobs.add([order()])
    store.leases.claim("satu", -1)
    acted_meanwhile(store, monkeypatch, lambda: store.leases.renew(job, "satu", 60))
    store.leases.reclaim()
    store.leases.advance(job, "satu", 1, 2)


def test_a_job_that_another_worker_took_meanwhile_is_left_to_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    [job] = store.jobs.add([order()])
    store.leases.claim("satu", 60)

    def pass_on() -> None:
        store.leases.release("satu")
        store.leases.claim("dua", 60)

    acted_meanwhile(store, monkeypatch, pass_on)
    store.leases.reclaim(dead=["satu"])
    store.leases.advance(job, "dua", 1, 2)


def acted_meanwhile(store: Store, monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Let another process act right before this one's next write transaction."""
    database = store.leases._database
    noting = database.noting

    def after_it() -> AbstractContextManager[sqlite3.Connection]:
        monkeypatch.undo()
        act()
        return noting()

    monkeypatch.setattr(database, "noting", after_it)


def test_a_job_that_kills_its_workers_is_given_up(jobs: Jobs, leases: Leases) -> None:
    [job] = jobs.add([order()])
    for _ in range(MAX_ATTEMPTS):
        assert leases.claim("satu", 60) is not None
        leases.reclaim(dead=["satu"])
    assert leases.claim("satu", 60) is None
    given_up = jobs.read(job)
    assert (given_up.state, given_up.code) == (JobState.FAILED, "pekerja-berhenti")
    assert given_up.message.startswith("a.pdf: pekerja berhenti")


def test_a_job_that_was_stopped_in_order_has_not_been_tried(jobs: Jobs, leases: Leases) -> None:
    [job] = jobs.add([order()])
    leases.claim("satu", 60)
    leases.release("satu")
    assert (jobs.read(job).state, jobs.read(job).attempts) == (JobState.WAITING, 0)


def test_what_passes_is_tried_again_later_and_never_given_up(jobs: Jobs, leases: Leases) -> None:
    [job] = jobs.add([order()])
    for _ in range(2 * MAX_ATTEMPTS):
        claimed = leases.claim("satu", 60)
        assert claimed is not None
        leases.postpone(job, "satu", ERROR, -1)
    leases.claim("satu", 60)
    leases.postpone(job, "satu", ERROR, 60)
    assert leases.claim("satu", 60) is None
    assert (jobs.read(job).state, jobs.read(job).message) == (JobState.WAITING, "a.pdf: rusak; perbaiki")


def test_a_waiting_job_is_cancelled_at_once_and_can_be_tried_again(jobs: Jobs, leases: Leases) -> None:
    [job] = jobs.add([order()])
    assert jobs.cancel(job).state is JobState.CANCELLED
    assert leases.claim("satu", 60) is None
    assert jobs.retry(job).state is JobState.WAITING
    assert leases.claim("satu", 60) is not None


def test_a_running_job_that_is_cancelled_stops_at_its_next_page(jobs: Jobs, leases: Leases) -> None:
    [job] = jobs.add([order()])
    leases.claim("satu", 60)
    leases.advance(job, "satu", 1, 9)
    assert jobs.cancel(job).state is JobState.RUNNING
    with pytest.raises(JobStoppedError, match="dibatalkan"):
        leases.advance(job, "satu", 2, 9)
    leases.stop(job, "satu")
    assert jobs.read(job).state is JobState.CANCELLED


def test_a_failed_job_says_why_until_it_is_tried_again(jobs: Jobs, leases: Leases) -> None:
    [job] = jobs.add([order()])
    leases.claim("satu", 60)
    leases.fail(job, "satu", ERROR)
    failed = jobs.read(job)
    assert (failed.state, failed.code, failed.message_en) == (JobState.FAILED, "galat", "a.pdf: broken; mend it")
    again = jobs.retry(job)
    assert (again.state, again.code, again.message, again.attempts) == (JobState.WAITING, "", "", 0)


def test_only_a_job_that_has_ended_is_forgotten(jobs: Jobs) -> None:
    [job] = jobs.add([order()])
    assert jobs.forget(job) is None
    jobs.cancel(job)
    assert jobs.forget(job) is not None
    with pytest.raises(NotFoundError):
        jobs.read(job)


def test_no_job_moves_the_change_number(store: Store) -> None:
    before = store.change()
    [job] = store.jobs.add([order()])
    store.leases.claim("satu", 60)
    store.leases.advance(job, "satu", 1, 2)
    store.leases.fail(job, "satu", ERROR)
    assert store.change() == before


def test_jobs_are_listed_newest_first_and_page_by_page(jobs: Jobs) -> None:
    ids = jobs.add([order(str(i)) for i in range(5)])
    newest = jobs.find(limit=2)
    assert [job.id for job in newest] == [ids[4], ids[3]]
    assert [job.id for job in jobs.find(limit=9, before=newest[-1].id)] == [ids[2], ids[1], ids[0]]
    assert jobs.find(states=(JobState.FAILED,)) == ()
    with pytest.raises(NotFoundError):
        jobs.read(JobId(99))
