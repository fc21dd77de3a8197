"""Whether the process lives, can serve, and how much it holds."""

from fastapi import APIRouter

from api.routes.documented import problems
from api.routes.given import LibraryHere
from api.schemas_status import HealthOut, StatusOut

router = APIRouter(tags=["health"])


@router.get("/health", responses=problems(), summary="Liveness")
async def health() -> HealthOut:
    """200 as long as the process answers; asks neither the store nor the model."""
    return HealthOut(status="hidup")


@router.get("/ready", responses=problems(), summary="Readiness")
def ready(library: LibraryHere) -> HealthOut:
    """200 when questions can be served; else the problem that stands in the way."""
    library.ready()
    return HealthOut(status="siap")


@router.get("/api/v1/status", responses=problems(), summary="How much is in the store")
def status(library: LibraryHere) -> StatusOut:
    """Counts of documents, pages and passages, the model, and the change number."""
    return StatusOut.model_validate(library.status())
