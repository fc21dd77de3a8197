"""Templates to HTML responses, in the reader's language."""

from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from api import marks
from api.dates import date_name, day
from api.language import LANGUAGES, Language, pick, say
from api.law_words import is_warning, standing_said, warning_of
from api.links import item_kind, keep_link, page_link, pages_of
from api.problems import Said, language_of
from api.sentences_kinds import KINDS
from api.veil import mask_line
from api.views import (
    citation_text,
    cited_as,
    excerpt,
    flowing,
    is_draft,
    is_named_by_file,
    named,
    number_and_year,
    outline_tree,
    pages_cited,
    pieces,
    places_of,
    title_of,
)
from kb.documents import REGULATIONS, Kind
from kb.media import CONTAINERS, format_name
from kb.naming import short_name
from kb.pages import UNREAD, Verdict
from kb.work_names import provision_name, short_work_name

COOKIE_SECONDS = 365 * 24 * 3600


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages" / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["veiled"] = mask_line
_templates.globals.update(
    Kind=Kind,
    is_warning=is_warning,
    provision_name=provision_name,
    short_work_name=short_work_name,
    warning_of=warning_of,
    Verdict=Verdict,
    UNREAD=UNREAD,
    CONTAINERS=CONTAINERS,
    REGULATIONS=REGULATIONS,
    is_draft=is_draft,
    is_named_by_file=is_named_by_file,
    named=named,
    page_link=page_link,
    item_kind=item_kind,
    keep_link=keep_link,
    pages_of=pages_of,
    short_name=short_name,
    pieces=pieces,
    places_of=places_of,
    flowing=flowing,
    format_name=format_name,
    excerpt=excerpt,
    citation_text=citation_text,
    cited_as=cited_as,
    number_and_year=number_and_year,
    outline_tree=outline_tree,
    title_of=title_of,
)


def render(
    request: Request, template: str, status: int = HTTPStatus.OK, here: str = "", /, **context: object
) -> HTMLResponse:
    """The page made from `template`. A language chosen with `?lang=` is kept in a cookie.

    here: an address that shows the page, for one that also answers a form sent elsewhere.
    """
    language = language_of(request)
    other = Language.EN if language is Language.ID else Language.ID

    def t(key: str, **values: object) -> str:
        return say(language, key, **values)

    html = _templates.get_template(template).render(
        t=t,
        language=language,
        other_language=other,
        other_language_link=_with_language(_opened_by(request, here), other),
        mark=lambda verdict, confidence: marks.said(language, verdict, confidence),
        kind_name=lambda kind: pick(KINDS[kind], language),
        day=lambda when: day(when, language),
        date_name=lambda date: date_name(date, language),
        path=request.url.path,
        pages_cited=lambda pages: pages_cited(pages, language),
        relation_name=lambda name: say(language, f"relation_{name}"),
        change_name=lambda change: say(language, f"change_{change}"),
        standing_said=lambda standing: standing_said(standing, language),
        **context,
    )
    headers = {"Content-Language": language.value, "Vary": "Cookie", "Cache-Control": "no-store"}
    response = HTMLResponse(html, status, headers)
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie("lang", language, max_age=COOKIE_SECONDS, httponly=True, samesite="lax")
    return response


_PLAIN = {
    "alamat-tidak-ada": "404",
    "cara-tidak-ada": "405",
    "permintaan-tidak-sah": "422",
    "permintaan-gagal": "400",
}
"""The errors that programs are told in words of programs: by code, the sentences for whoever reads a page."""


def show_error(request: Request, said: Said) -> Response:
    """An error as a page of its own, in words for people who write no programs."""
    if said.code in _PLAIN:
        language, key = language_of(request), _PLAIN[said.code]
        said = said._replace(title=say(language, f"error_{key}_title"), detail=say(language, f"error_{key}"))
    return render(request, "error.html", said.status, "/", said=said)


def _opened_by(request: Request, here: str) -> str:
    """The address by which a browser comes back to the page: one that was sent a form may show nothing by itself."""
    return f"{request.url.path}?{request.url.query}" if request.method == "GET" or not here else here


def _with_language(address: str, language: Language) -> str:
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "lang"]
    return parts._replace(query=urlencode([*kept, ("lang", language.value)])).geturl()
