"""The page: one box that asks and searches, and a page of a document with the quote highlighted."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from api import marks
from api.language import Language, say
from api.library import Library
from api.links import SPANS, page_link, read_spans
from api.problems import language_of
from api.reading import NOTHING_ALONG, linked, read_along
from api.rendering import render
from api.rewriting import Rewritten
from api.routes.documents import check_spans
from api.routes.given import DocumentHere, LibraryHere, PageHere, ViewerHere
from api.routes.sent_forms import read_year
from api.schemas import MAX_ID
from api.views import citation_text, cited_as, pages_cited, pieces, place_of, title_of
from kb import questions
from kb.access import Viewer
from kb.answers import Answer, Hit
from kb.documents import Kind, VersionId
from kb.errors import KbError, QueryRefusedError, RewritingError, Text
from kb.pages import SCANNED, Span
from kb.passages import Content
from kb.questions import Filters
from kb.sections import Outline
from kb.tables import placed

router = APIRouter()

SHOWN_HITS = 10
LONG_QUOTE = 700
"""Characters of a statement, about nine lines, from which on it is folded."""

EXAMPLES = (
    "Berapa lama perangkat daerah di Kota Semarang harus menjawab usulan anak dari musrenbang?",
    "Siapa ketua gugus tugas KLA di Kabupaten Sleman?",
    "denda administratif perda kota layak anak",
)
"""Offered on the empty page, in the language of the documents."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form holds, as it was typed."""

    q: str = ""
    jenis: str = ""
    wilayah: str = ""
    dari: str = ""
    sampai: str = ""
    berlaku: bool = False
    isi: str = ""

    @property
    def is_limited(self) -> bool:
        """Whether a filter is set."""
        return bool(self.jenis or self.wilayah or self.dari or self.sampai or self.berlaku or self.isi)

    def link(self, **more: object) -> str:
        """The same question as the query string of a link, and `more` with it."""
        typed = {field.name: getattr(self, field.name) for field in fields(self)} | more
        return urlencode({name: "ya" if value is True else value for name, value in typed.items() if value})

    def filters(self) -> Filters:
        """The filters. Raises QueryRefusedError for a kind or a year that cannot be."""
        kinds = {kind.value: kind for kind in Kind}
        if self.jenis and self.jenis not in kinds:
            raise _refused("kind_unknown", self.jenis)
        contents = {content.value: content for content in Content}
        if self.isi and self.isi not in contents:
            raise _refused("content_unknown", self.isi)
        return Filters(
            contents=frozenset({contents[self.isi]}) if self.isi else frozenset(),
            kinds=frozenset({kinds[self.jenis]}) if self.jenis else frozenset(),
            regions=frozenset({self.wilayah}) if self.wilayah else frozenset(),
            year_from=_year(self.dari),
            year_to=_year(self.sampai),
            in_force_on=datetime.date.today() if self.berlaku else None,
        )


def _year(typed: str) -> int | None:
    year = read_year(typed)
    if year is None and typed.strip():
        raise _refused("year_not_number", typed.strip())
    return year


def _refused(key: str, value: str) -> QueryRefusedError:
    shown = value[:40]
    sentences = Text(*(say(language, key, value=shown) for language in (Language.ID, Language.EN)))
    return QueryRefusedError("batasan", sentences, Text("perbaiki batasan pencarian", "correct the limits"))


@router.get("/")
def home(
    request: Request,
    library: LibraryHere,
    viewer: ViewerHere,
    q: str = "",
    jenis: str = "",
    wilayah: str = "",
    dari: str = "",
    sampai: str = "",
    berlaku: str = "",
    isi: str = "",
    ringkas: bool = False,
) -> Response:
    """The box, and below it the answer and the passages for what was asked."""
    asked = Asked(q.strip(), jenis, wilayah, dari, sampai, berlaku == "ya", isi)
    language = language_of(request)
    answer: Answer | None = None
    refused: KbError | None = None
    if asked.q:
        try:
            answer = library.ask(questions.Query(asked.q, viewer, asked.filters(), SHOWN_HITS))
        except QueryRefusedError as error:
            refused = error
    rewritten: tuple[Rewritten, ...] | None = None
    unwritten: KbError | None = None
    if ringkas and answer is not None and library.rewriter is not None:
        try:
            rewritten = tuple(library.rewriter.rewrite(answer))
        except RewritingError as error:
            unwritten = error
    return render(
        request,
        "home.html",
        HTTPStatus.OK if refused is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        asked=asked,
        answer=answer,
        rewritten=rewritten,
        unwritten=unwritten,
        has_rewriter=library.rewriter is not None,
        refused=refused,
        marks=_marks(library, viewer, answer.hits, language) if answer else {},
        regions=library.regions(viewer),
        kinds=tuple(Kind),
        contents=tuple(Content),
        shown={hit.document.id: hit.document for hit in answer.hits} if answer else {},
        long_quote=LONG_QUOTE,
        n_unread=_n_unread(library, viewer) if answer and answer.abstained else 0,
        examples=EXAMPLES,
        n_documents=library.status().n_documents,
    )


def _n_unread(library: Library, viewer: Viewer) -> int:
    """How many pages that the viewer may see no question can find."""
    return sum(document.n_pages_unread for document in library.documents(viewer))


def _place(library: Library, version_id: VersionId, sections: Outline, span: Span) -> str:
    """The provision or heading that `span` stands in, and the rows or cells of its tables."""
    tables = library.store.scans.tables_at(version_id, span.page, span.start, span.end)
    return placed(place_of(sections, span), tables, span.start, span.end)


def _header(library: Library, version_id: VersionId, marked: Sequence[Span]) -> str:
    """The header of the table that the marked words stand in, unless they hold it themselves."""
    for span in marked:
        for table in library.store.scans.tables_at(version_id, span.page, span.start, span.end):
            header = table.header
            if header is not None and not (span.start <= header.start and header.end <= span.end):
                return library.store.versions.page(version_id, header.page).text[header.start : header.end]
    return ""


def _marks(library: Library, viewer: Viewer, hits: tuple[Hit, ...], language: Language) -> dict[int, str]:
    """What is to be said of the page that a passage begins on, by passage: "OCR meragukan (62 %)"."""
    pages = (
        (hit.passage_id, library.pages.read(viewer, hit.document.id, hit.spans[0].page, hit.document.version_id))
        for hit in hits
    )
    return {key: mark for key, page in pages if (mark := marks.said(language, page.verdict, page.confidence))}


@router.get("/dokumen/{document_id}/halaman/{number}")
def show_page(
    request: Request,
    document_id: DocumentHere,
    number: PageHere,
    library: LibraryHere,
    viewer: ViewerHere,
    versi: Annotated[int | None, Query(ge=1, le=MAX_ID)] = None,
    spans: Annotated[str, Query(pattern=f"^({SPANS})?$")] = "",
) -> Response:
    """One page: its image with the spans highlighted, or the text with them marked, and the quote beside it."""
    current_id = library.document(viewer, document_id).version_id
    version_id = current_id if versi is None else VersionId(versi)
    is_current = version_id == current_id
    document = library.pages.of_version(viewer, document_id, version_id)
    page = library.pages.read(viewer, document_id, number, version_id)
    check_spans(library, viewer, document_id, number, spans, version_id)
    marked = read_spans(number, spans)
    boxes = library.pages.highlight(viewer, document_id, marked, version_id)
    sections = library.sections(viewer, document_id) if is_current else Outline()
    quotes = [
        (page.text[span.start : span.end], cited_as(_place(library, version_id, sections, span), title_of(document)))
        for span in marked
    ]
    reading = read_along(library, viewer, document, number, marked) if is_current else NOTHING_ALONG
    language = language_of(request)
    where = pages_cited([(number, page.label)], language) if document.has_pages else ""
    return render(
        request,
        "page.html",
        document=document,
        page=page,
        version_id=version_id,
        is_current=is_current,
        current_link=page_link(document_id, current_id, 1, ()),
        marked_spans=marked,
        where=where,
        boxes=[box for box in boxes if box.page == number],
        quotes=[
            (
                linked(page.text, span, reading.pointers, document.has_pages),
                label,
                citation_text(text, label, where),
            )
            for span, (text, label) in zip(marked, quotes, strict=True)
        ],
        standing=reading.standing,
        referrers=reading.referrers,
        pointers=reading.pointers,
        text_pieces=pieces(page.text, [(span.start, span.end) for span in marked]),
        veil=library.pages.veil(viewer, document_id, number, version_id),
        image=f"/api/v1/documents/{document_id}/pages/{number}/image?version={version_id}",
        notice=marks.notice(language, page),
        header=_header(library, version_id, marked),
        can_correct=is_current and page.verdict in SCANNED,
        original=f"/api/v1/documents/{document_id}/file?version={version_id}",
        previous_link=page_link(document_id, version_id, number - 1, ()) if number > 1 else "",
        next_link=page_link(document_id, version_id, number + 1, ()) if number < document.n_pages else "",
    )
