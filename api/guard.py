"""Before any route: foreign hosts, foreign origins and too large bodies refused, and what the office ruled at hand."""

from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.language import say
from api.problems import Said, language_of, problem
from api.veil import Phrases
from kb.store import Store

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""The names by which this machine calls itself."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

SMALL_BODY_MIB = 1
LARGE_BODIES_MIB = {"/api/v1/jdihn": 32}
"""Addresses that take more: 10,000 records of the legal documentation network, some 3 KB each."""
FILES_IN_ONE_UPLOAD = 20
"""A form of the page may carry this many files of the largest size allowed."""

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""On every response; a route that sets one itself is left alone."""


NAMELESS = ("/health", "/static/")
"""Where addresses begin whose answers name nobody: they are given even while the store does not answer."""


class Veiling:
    """ASGI middleware: each request with the rulings of its moment."""

    def __init__(self, app: ASGIApp, store: Store) -> None:
        self.app, self.phrases = app, Phrases(store)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or scope["path"].startswith(NAMELESS):
            await self.app(scope, receive, send)
            return
        with self.phrases.at_hand():
            await self.app(scope, receive, send)


class Guard:
    """ASGI middleware in front of every route.

    A page of another site can make a browser send requests here, by DNS rebinding even read the answers: so the
    Host must be one of ours, and a request that changes something must come from our own page or from no browser.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str], max_mib: int) -> None:
        self.app, self.max_mib = app, max_mib
        self.names = LOCAL_NAMES | {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer with the problem that stops it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        if host_name(headers.get("host", "")) not in self.names:
            await self._refuse(
                scope, receive, send_guarded, HTTPStatus.MISDIRECTED_REQUEST, "nama-host-ditolak", "host"
            )
        elif scope["method"] not in SAFE_METHODS and not same_origin(headers):
            await self._refuse(scope, receive, send_guarded, HTTPStatus.FORBIDDEN, "asal-ditolak", "origin")
        else:
            await self._limited(scope, receive, send_guarded, headers)

    async def _limited(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        mib, key = LARGE_BODIES_MIB.get(scope["path"], SMALL_BODY_MIB), "problem_413_detail"
        if headers.get("content-type", "").startswith("multipart/form-data"):
            mib += self.max_mib if scope["path"].startswith("/api/") else self.max_mib * FILES_IN_ONE_UPLOAD
            key = "problem_413_files_detail"
        detail = say(language_of(Request(scope)), key, mib=mib)
        limit, received = mib * 2**20, 0

        # Raised where the body is read, so that a browser is told by a page and a program by a problem document
        async def receive_nothing() -> Message:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)

        async def receive_limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
            return message

        announced = headers.get("content-length", "")
        is_over = announced.isdecimal() and int(announced) > limit
        await self.app(scope, receive_nothing if is_over else receive_limited, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, status: int, code: str, key: str) -> None:
        language = language_of(Request(scope))
        title, detail = (say(language, f"problem_{key}{part}") for part in ("", "_detail"))
        await problem(language, Said(status, code, title, detail), scope["path"])(scope, receive, send)


def host_name(host: str) -> str:
    """The name in a Host header without its port, in small letters; an IPv6 address keeps its brackets."""
    name = host.lower()
    if name.startswith("["):
        return name[: name.find("]") + 1]
    return name.partition(":")[0]


def same_origin(headers: Headers) -> bool:
    """Whether a request comes from our own page, or from a program that is no browser.

    Source: Fetch Metadata (`Sec-Fetch-Site`), and RFC 6454 for browsers that send only `Origin`.
    """
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
