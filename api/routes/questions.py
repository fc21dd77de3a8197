"""Search and ask, each as GET for links and as POST for programs."""

import datetime
import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from api.routes.documented import problems
from api.routes.given import LanguageHere, LibraryHere, ViewerHere
from api.schemas import MAX_CHOICES, Id, Line, Year
from api.schemas_questions import AnswerOut, FiltersIn, K, QueryIn, Question, RewrittenOut, SearchOut, search_out
from kb import questions
from kb.documents import Kind
from kb.errors import NotFoundError, RewritingError, Text
from kb.passages import Content

router = APIRouter(tags=["questions"])

Kinds = Annotated[list[Kind], Query(default_factory=list, max_length=MAX_CHOICES, description="Only these kinds.")]
Regions = Annotated[list[Line], Query(default_factory=list, max_length=MAX_CHOICES, description="Only these regions.")]
Documents = Annotated[
    list[Id], Query(default_factory=list, max_length=MAX_CHOICES, description="Only these documents.")
]

Contents = Annotated[
    list[Content], Query(default_factory=list, max_length=MAX_CHOICES, description="Only passages that hold these.")
]


def asked_by_link(
    q: Question,
    kind: Kinds,
    region: Regions,
    document: Documents,
    content: Contents,
    k: K = 10,
    year_from: Annotated[Year | None, Query()] = None,
    year_to: Annotated[Year | None, Query()] = None,
    in_force_on: Annotated[
        datetime.date | None, Query(description="Only what is not known to be out of force.")
    ] = None,
) -> QueryIn:
    """The question of a link, with the filters as repeated parameters."""
    limits = FiltersIn(
        kinds=kind,
        regions=region,
        documents=document,
        year_from=year_from,
        year_to=year_to,
        in_force_on=in_force_on,
        contents=content,
    )
    return QueryIn(query=q, k=k, filters=limits)


AskedByLink = Annotated[QueryIn, Depends(asked_by_link)]


@router.post("/search", responses=problems(400, 403, 413), summary="Search passages")
def search(asked: QueryIn, library: LibraryHere, viewer: ViewerHere) -> SearchOut:
    """The passages that fit best, by words and by meaning, best first."""
    hits = library.search(questions.Query(asked.query, viewer, asked.filters.filters(), asked.k))
    return search_out(asked.query, hits)


@router.get("/search", responses=problems(), summary="Search passages, as a link")
def search_link(asked: AskedByLink, library: LibraryHere, viewer: ViewerHere) -> SearchOut:
    """The same as the POST, with the filters as repeated parameters."""
    return search(asked, library, viewer)


@router.post("/ask", responses=problems(400, 403, 413), summary="Ask a question")
def ask(asked: QueryIn, library: LibraryHere, viewer: ViewerHere) -> AnswerOut:
    """The few sentences or provisions that answer, verbatim, each with its citation; or an abstention."""
    answer = library.ask(questions.Query(asked.query, viewer, asked.filters.filters(), asked.k))
    return AnswerOut.model_validate(answer)


@router.get("/ask", responses=problems(), summary="Ask a question, as a link")
def ask_link(asked: AskedByLink, library: LibraryHere, viewer: ViewerHere) -> AnswerOut:
    """The same as the POST, with the filters as repeated parameters."""
    return ask(asked, library, viewer)


@router.post(
    "/rewrite",
    responses=problems(400, 403, 404, 413) | {200: {"content": {"text/event-stream": {}}, "description": "Events."}},
    response_class=StreamingResponse,
    summary="Ask, and have the answer told again",
)
def rewrite(asked: QueryIn, library: LibraryHere, viewer: ViewerHere, language: LanguageHere) -> StreamingResponse:
    """The answer as one event `answer`, then an event `sentence` for each sentence of the language model.

    Only sentences that cite quotes that exist and hold no number that these do not. An event `problem` where the model
    stops answering. 404 where no language model is configured (`KB_REWRITER_URL`).
    """
    rewriter = library.rewriter
    if rewriter is None:
        raise NotFoundError(
            "KB_REWRITER_URL",
            Text("model bahasa tidak dipasang", "no language model is configured"),
            Text("isi KB_REWRITER_URL dan mulai ulang", "set KB_REWRITER_URL and start again"),
        )
    answer = library.ask(questions.Query(asked.query, viewer, asked.filters.filters(), asked.k))

    def events() -> Iterator[str]:
        yield _event("answer", AnswerOut.model_validate(answer))
        try:
            for sentence in rewriter.rewrite(answer):
                yield _event("sentence", RewrittenOut.model_validate(sentence))
        except RewritingError as error:
            yield f"event: problem\ndata: {json.dumps({'code': error.code, 'detail': error.say(language.value)})}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


def _event(name: str, value: BaseModel) -> str:
    return f"event: {name}\ndata: {value.model_dump_json()}\n\n"
