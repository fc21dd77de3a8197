"""The web application: the HTTP API and the page over one library."""

from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles

from api.guard import Guard, Veiling
from api.library import Library
from api.problems import add_problem_handlers
from api.rendering import show_error
from api.routes import (
    documents,
    dossier_pages,
    dossiers,
    health,
    identities,
    jdihn,
    jobs,
    law,
    law_pages,
    pages,
    precedent_pages,
    precedents,
    provision_pages,
    provisions,
    questions,
    queue,
    record_pages,
    records,
    relatives,
    removed,
    scans,
    shelf,
    sources,
)
from api.routes.given import language_asked
from api.schemas_problems import Problem

STATIC = Path(__file__).parent / "pages" / "static"

DESCRIPTION = """\
A knowledge base of Indonesian regulations and reports. Answers are quotes: each equals the stored text of its page,
and says the document, the provision, the page and the characters. Every error is `application/problem+json` with a
stable `code`; `lang` or `Accept-Language` chooses Indonesian (the default) or English for people."""

TAGS = [
    {"name": "questions", "description": "Search passages and ask for quoted answers."},
    {"name": "documents", "description": "Documents, their pages, outlines and originals."},
    {"name": "precedents", "description": "The provisions of other regulations nearest to a clause."},
    {"name": "records", "description": "Findings of visits, meetings and their follow-ups."},
    {"name": "jobs", "description": "Files on their way in."},
    {"name": "dossiers", "description": "Quotes collected, commented on, and exported as a draft paper."},
    {"name": "law", "description": "The legal life of regulations: relations, standing, references, graph."},
    {"name": "health", "description": "Liveness, readiness and counts."},
]


class _App(FastAPI):
    """FastAPI whose OpenAPI document knows our problem documents instead of FastAPI's own errors."""

    def openapi(self) -> dict[str, object]:
        """The OpenAPI document, made once."""
        if not self.openapi_schema:
            schema = get_openapi(
                title=self.title, version=self.version, description=self.description, tags=TAGS, routes=self.routes
            )
            models = schema["components"]["schemas"]
            for name in ("HTTPValidationError", "ValidationError"):
                models.pop(name, None)
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            models.update(problem.pop("$defs"))
            models["Problem"] = problem
            self.openapi_schema = schema
        return self.openapi_schema


def create_app(
    library: Library,
    names: Iterable[str] = (),
    is_queueing: bool = False,
    is_ending: Callable[[], bool] = lambda: False,
) -> FastAPI:
    """The application over `library`, which the caller opens and closes.

    names: hosts by which browsers may call this server, beside those of the machine itself.
    is_queueing: whether workers take in what the page is given; else the page takes it in before it answers.
    is_ending: asked by answers that go on without end.
    """
    app = _App(
        title="Acuan",
        version=version("acuan"),
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        # Their pages load scripts from elsewhere, and nothing here does
        docs_url=None,
        redoc_url=None,
    )
    app.state.library = library
    app.state.is_queueing = is_queueing
    app.state.is_ending = is_ending
    add_problem_handlers(app, show_error)
    app.add_middleware(Veiling, store=library.store)
    app.add_middleware(Guard, names=tuple(names), max_mib=library.settings.max_mib)
    spoken = [Depends(language_asked)]
    app.include_router(questions.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(documents.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(precedents.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(provisions.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(dossiers.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(health.router, dependencies=spoken)
    app.include_router(law.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(jdihn.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(pages.router, include_in_schema=False)
    app.include_router(law_pages.router, include_in_schema=False)
    app.include_router(shelf.router, include_in_schema=False)
    app.include_router(precedent_pages.router, include_in_schema=False)
    app.include_router(scans.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(scans.forms, include_in_schema=False)
    app.include_router(jobs.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(queue.router, include_in_schema=False)
    app.include_router(provision_pages.router, include_in_schema=False)
    app.include_router(records.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(record_pages.router, include_in_schema=False)
    app.include_router(identities.api, prefix="/api/v1", dependencies=spoken)
    app.include_router(identities.page, include_in_schema=False)
    app.include_router(removed.router, prefix="/api/v1", dependencies=spoken)
    app.include_router(sources.router, include_in_schema=False)
    app.include_router(relatives.api, prefix="/api/v1", dependencies=spoken)
    app.include_router(relatives.page, include_in_schema=False)
    app.include_router(dossier_pages.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
