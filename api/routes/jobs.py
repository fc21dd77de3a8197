"""Jobs over HTTP: listed, cancelled, tried again and forgotten."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi import Path as InPath

from api.intake import Intake
from api.routes.documented import problems
from api.routes.given import LibraryHere, ViewerHere
from api.schemas import MAX_ID
from api.schemas_jobs import JobOut, JobsOut
from kb.jobs import JobId, JobState

router = APIRouter(tags=["jobs"])

MAX_JOBS = 1_000


def intake_of(library: LibraryHere) -> Intake:
    """The queue of the library."""
    return Intake(library)


def job_id_of(job_id: Annotated[int, InPath(ge=1, le=MAX_ID, examples=[1])]) -> JobId:
    """The job that the address names."""
    return JobId(job_id)


IntakeHere = Annotated[Intake, Depends(intake_of)]
JobHere = Annotated[JobId, Depends(job_id_of)]


@router.get("/jobs", responses=problems(), summary="List jobs")
def list_jobs(
    intake: IntakeHere,
    viewer: ViewerHere,
    state: Annotated[list[JobState] | None, Query(description="Only jobs in these states.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_JOBS)] = 100,
    before: Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only jobs added before this one.")] = None,
) -> JobsOut:
    """The files on their way in and what came of them, newest first."""
    states = tuple(state) if state else tuple(JobState)
    found = intake.jobs(viewer, states, limit, None if before is None else JobId(before))
    return JobsOut(jobs=[JobOut.of(job) for job in found])


@router.get("/jobs/{job_id}", responses=problems(404), summary="Read a job")
def read_job(job_id: JobHere, intake: IntakeHere, viewer: ViewerHere) -> JobOut:
    """One job; ask again until its state is `selesai`, `gagal` or `batal`."""
    return JobOut.of(intake.job(viewer, job_id))


@router.post("/jobs/{job_id}/cancel", responses=problems(403, 404, 507), summary="Cancel a job")
def cancel_job(job_id: JobHere, intake: IntakeHere, viewer: ViewerHere) -> JobOut:
    """Stop it: at once where it waits, at its next page where it runs. One that has ended stays as it is."""
    return JobOut.of(intake.cancel(viewer, job_id))


@router.post("/jobs/{job_id}/retry", responses=problems(403, 404, 507), summary="Try a job again")
def retry_job(job_id: JobHere, intake: IntakeHere, viewer: ViewerHere) -> JobOut:
    """Queue it anew when it failed or was cancelled. Another stays as it is."""
    return JobOut.of(intake.retry(viewer, job_id))


@router.delete(
    "/jobs/{job_id}", status_code=HTTPStatus.NO_CONTENT, responses=problems(403, 404, 507), summary="Forget a job"
)
def forget_job(job_id: JobHere, intake: IntakeHere, viewer: ViewerHere) -> Response:
    """Take it off the list when it has ended, with its upload; one still to be done stays."""
    intake.forget(viewer, job_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)
