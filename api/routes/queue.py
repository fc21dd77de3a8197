"""The queue on the page: its list, its buttons, and the stream that tells how it moves."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import StreamingResponse

from api.rendering import render
from api.routes.given import ViewerHere
from api.routes.jobs import IntakeHere, JobHere
from api.routes.sent_forms import see
from api.schemas_jobs import MovesOut
from kb.errors import StoreError
from kb.jobs import JobState

router = APIRouter()

LOOK_SECONDS = 0.5
LONGEST_SECONDS = 600
"""A stream ends after this long; the browser comes back by itself."""

SHOWN = 200


@router.get("/pekerjaan")
def show(request: Request, intake: IntakeHere, viewer: ViewerHere) -> Response:
    """The newest jobs with their buttons."""
    return render(
        request,
        "jobs.html",
        counts=intake.counts(),
        running=intake.jobs(viewer, (JobState.RUNNING,)),
        failed=intake.jobs(viewer, (JobState.FAILED,)),
        jobs=intake.jobs(viewer, limit=SHOWN),
        back="/pekerjaan",
    )


@router.get("/pekerjaan/aliran")
def stream(request: Request, intake: IntakeHere, viewer: ViewerHere) -> Response:
    """Server-sent events: the counts and the pages of running jobs, whenever they differ from the last told."""

    async def moves() -> AsyncIterator[str]:
        told = ""
        for _ in range(int(LONGEST_SECONDS / LOOK_SECONDS)):
            if request.app.state.is_ending() or await request.is_disconnected():
                return
            try:
                now = await asyncio.to_thread(look)
            except StoreError:
                # Told by the next request that asks for more.
                return
            if now != told:
                told = now
                yield f"data: {now}\n\n"
            await asyncio.sleep(LOOK_SECONDS)

    def look() -> str:
        return MovesOut.of(intake.counts(), intake.jobs(viewer, (JobState.RUNNING,))).model_dump_json()

    return StreamingResponse(moves(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def _back(to: str) -> Response:
    return see(to if to in ("/dokumen", "/pekerjaan") else "/pekerjaan")


@router.post("/pekerjaan/coba-lagi")
def retry_all(intake: IntakeHere, viewer: ViewerHere, back: Annotated[str, Form()] = "") -> Response:
    """Queue every failed job anew."""
    for job in intake.jobs(viewer, (JobState.FAILED,), limit=10_000):
        intake.retry(viewer, job.id)
    return _back(back)


@router.post("/pekerjaan/{job_id}/coba-lagi")
def retry(job_id: JobHere, intake: IntakeHere, viewer: ViewerHere, back: Annotated[str, Form()] = "") -> Response:
    """Queue a failed job anew."""
    intake.retry(viewer, job_id)
    return _back(back)


@router.post("/pekerjaan/{job_id}/batal")
def cancel(job_id: JobHere, intake: IntakeHere, viewer: ViewerHere, back: Annotated[str, Form()] = "") -> Response:
    """Stop a job."""
    intake.cancel(viewer, job_id)
    return _back(back)


@router.post("/pekerjaan/{job_id}/lupakan")
def forget(job_id: JobHere, intake: IntakeHere, viewer: ViewerHere, back: Annotated[str, Form()] = "") -> Response:
    """Take a job off the list."""
    intake.forget(viewer, job_id)
    return _back(back)
