"""The commands of the queue: `kb worker` works it off, `kb jobs` shows and changes it."""

import os
import signal
import threading
import time
from contextlib import nullcontext, suppress

import click

from api.commands.door import Door, WithExamples, as_json, progress
from api.intake import Intake
from api.printing import print_json, print_line
from api.schemas_jobs import JobOut, JobsOut, WorkedOut
from api.upkeep import Upkeep
from api.veil import mask_line
from api.worker import Worker
from kb.access import LOCAL_ADMIN
from kb.jobs import Job, JobId, JobState

NICE = 10
"""Whoever asks a question goes before whoever takes in."""

LOOK_SECONDS = 0.5
STDIN = 0
ENDING_SECONDS = 10.0
"""A worker whose server is gone puts its job back within this time, or goes without."""


@click.command(
    cls=WithExamples,
    epilog="""kb worker
kb worker --once""",
)
@click.option("--once", is_flag=True, help="Berhenti bila antrean sudah habis.")
@click.option("--tied", is_flag=True, hidden=True, help="Berhenti bila masukan standar ditutup.")
@as_json
@click.pass_obj
def worker(door: Door, once: bool, tied: bool, as_json: bool) -> None:
    """Kerjakan antrean berkas sampai dihentikan dengan Ctrl+C.

    `kb serve` sudah menjalankan pekerja sendiri (KB_WORKERS). Pekerja boleh lebih dari satu, dan boleh mati kapan
    saja: pekerjaannya diteruskan oleh yang lain.
    """
    # Also SIGINT: a shell starts what runs in the background with it ignored, and that is inherited.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    is_ready = threading.Event()
    if tied:
        threading.Thread(target=_end_with_parent, args=[is_ready], name="parent", daemon=True).start()
    os.nice(NICE)
    # The end of a tied one is the server's, which tells it where there is someone to be told.
    with suppress(KeyboardInterrupt) if tied else nullcontext(), door.library() as library:
        intake = Intake(library)
        is_ready.set()
        n_worked = Worker(intake, chores=Upkeep(intake).now_and_then).run(until_empty=once)
    if as_json:
        print_json(WorkedOut(n_worked=n_worked))
    elif not tied:
        print_line(door.say("cli_worked", n=n_worked))


def _end_with_parent(is_ready: threading.Event) -> None:
    """End with whoever holds the other end of standard input: in order where there is work to put back."""
    # Not through `sys.stdin`, whose lock this thread would hold for good: a library that forks would hang on it.
    while os.read(STDIN, 4096):
        pass
    if not is_ready.is_set():
        os._exit(0)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(ENDING_SECONDS)
    # Whatever holds it up: what it had goes to the next worker, as after a crash.
    os._exit(1)


@click.command(
    cls=WithExamples,
    epilog="""kb jobs
kb jobs --failed --retry
kb jobs --follow
kb jobs 12 --cancel""",
)
@click.argument("job_ids", nargs=-1, type=int, metavar="[NOMOR...]")
@click.option("--failed", is_flag=True, help="Hanya yang gagal.")
@click.option("--retry", is_flag=True, help="Kerjakan lagi yang gagal atau dibatalkan.")
@click.option("--cancel", is_flag=True, help="Batalkan yang antre atau sedang dikerjakan.")
@click.option("--forget", is_flag=True, help="Hapus dari daftar yang sudah berakhir.")
@click.option("--follow", is_flag=True, help="Tunggu dan tunjukkan kemajuan sampai antrean habis.")
@as_json
@click.pass_obj
def jobs(
    door: Door,
    job_ids: tuple[int, ...],
    failed: bool,
    retry: bool,
    cancel: bool,
    forget: bool,
    follow: bool,
    as_json: bool,
) -> None:
    """Daftar pekerjaan: berkas yang antre, dikerjakan, selesai, gagal, dan dibatalkan."""
    with door.library() as library:
        intake = Intake(library)
        if follow:
            _follow(intake, door)
        states = (JobState.FAILED,) if failed else tuple(JobState)
        found = intake.jobs(LOCAL_ADMIN, states)
        if job_ids:
            found = tuple(intake.job(LOCAL_ADMIN, JobId(number)) for number in job_ids)
        if cancel:
            found = tuple(intake.cancel(LOCAL_ADMIN, job.id) for job in found)
        if retry:
            found = tuple(intake.retry(LOCAL_ADMIN, job.id) for job in found)
        if forget:
            for job in found:
                intake.forget(LOCAL_ADMIN, job.id)
        counts = intake.counts()
    if as_json:
        print_json(JobsOut(jobs=[JobOut.of(job) for job in found]))
        return
    for job in found:
        print_line(_line(job, door))
    print_line(
        door.say(
            "jobs_counts",
            waiting=counts.waiting,
            running=counts.running,
            done=counts.done,
            failed=counts.failed,
            cancelled=counts.cancelled,
        )
    )


def _line(job: Job, door: Door) -> str:
    state = door.say(f"job_{job.state.value}")
    if job.n_pages and job.state is JobState.RUNNING:
        state = f"{state} ({door.say('job_page', page=job.page, n=job.n_pages)})"
    why = job.message_en if door.language.value == "en" else job.message
    return f"{job.id:>6}  {state:<12} {mask_line(job.order.name)}{f'  {mask_line(why)}' if why else ''}"


def _follow(intake: Intake, door: Door) -> None:
    with progress(door.say("cli_queue")) as advance:
        begun = intake.counts()
        n_before = begun.done + begun.failed + begun.cancelled
        while True:
            counts = intake.counts()
            n_ended = counts.done + counts.failed + counts.cancelled - n_before
            advance(n_ended, n_ended + counts.n_open)
            if not counts.n_open:
                return
            time.sleep(LOOK_SECONDS)
