"""Hits, answers and documents as lines for a terminal, or as JSON for programs."""

import re
from collections.abc import Iterable

import click
from pydantic import BaseModel

from api.language import TEXTS, Language, pick, say
from api.law_words import is_warning, standing_said
from api.links import pages_of
from api.sentences_kinds import KINDS
from api.views import Piece, cited_as, excerpt, flowing, number_and_year, title_of
from kb.answers import Answer, Citation, Hit
from kb.documents import Document
from kb.legal import Standing
from kb.pages import Span
from kb.status import Status


def print_line(text: str = "", *, to_stderr: bool = False) -> None:
    """Write one line. What the terminal's encoding cannot carry, such as half a surrogate pair, becomes "?"."""
    click.echo(text.encode("utf-8", "replace").decode("utf-8"), err=to_stderr)


def print_json(out: BaseModel) -> None:
    """Write `out` as the HTTP API would send it."""
    print_line(out.model_dump_json(indent=2))


def print_hits(hits: Iterable[Hit], language: Language) -> None:
    """Number and label each hit, say its pages, and show its text with the words of the question marked."""
    for rank, hit in enumerate(hits, 1):
        pages = _pages(hit.spans, language) if hit.document.has_pages else ""
        label = click.style(f"{rank}. {hit.label or title_of(hit.document)}", bold=True)
        print_line(f"{label}  {pages}  [{hit.document.id}] {hit.document.name}")
        _print_warning(hit.standing, language)
        if hit.heading_path:
            print_line(f"   {click.style(' › '.join(hit.heading_path), dim=True)}")
        print_line(f"   {_styled(excerpt(flowing(hit.text, hit.document.has_pages), hit.marks))}")


def print_answer(answer: Answer, language: Language) -> None:
    """Show each statement with where it stands, or that none was found and the closest hits."""
    if answer.abstained:
        print_line(say(language, "abstained" if answer.hits else "nothing"))
        print_hits(answer.hits, language)
        return
    if answer.searched_as:
        print_line(click.style(say(language, "searched_as", question=answer.searched_as), dim=True))
    titles = {hit.document.id: title_of(hit.document) for hit in answer.hits}
    for statement in answer.statements:
        print_line(f"“{_tidy(flowing(statement.text, statement.citations[0].has_pages))}”")
        for citation in statement.citations:
            where = cited_as(citation.label, titles.get(citation.document_id, citation.document_title))
            print_line(click.style(f"   {', '.join(filter(None, (where, _page(citation, language))))}", bold=True))
            _print_warning(citation.standing, language)
    for difference in answer.differences:
        print_line(say(language, "differences"))
        for document_id, values in difference.values:
            print_line(f"   {titles.get(document_id, '')}: {'; '.join(values)} {difference.unit}")


def print_documents(documents: Iterable[Document], language: Language) -> None:
    """One line a document: its number here, kind, number and year, pages, state and name."""
    for document in documents:
        pages = f"{document.n_pages:>5}" if document.has_pages else "    –"
        kind = pick(KINDS[document.metadata.kind], language).partition(" (")[0]
        unread = document.n_pages_unread
        state = say(language, "unread_badge", n=unread) if unread else say(language, "state_ready")
        print_line(
            f"{document.id:>5}  {kind:<24.24}  {number_and_year(document):<12}{pages}  {state:<24}  {document.name}"
        )


def print_status(status: Status, home: str, language: Language) -> None:
    """One line a fact."""
    rows = (
        ("cli_home", home),
        ("cli_documents", status.n_documents),
        ("cli_pages", status.n_pages),
        ("cli_unread", status.n_pages_unread),
        ("cli_passages", status.n_passages),
        ("cli_model", status.model or "–"),
        ("cli_change", status.change),
        ("cli_size", f"{status.store_bytes / 2**20:.1f} MiB"),
    )
    width = max(len(pick(TEXTS[key], language)) for key, _ in rows)
    for key, value in rows:
        print_line(f"{say(language, key):<{width}}  {value}")


def _print_warning(standing: Standing | None, language: Language) -> None:
    """Say what a citation must say of its being in force, if anything."""
    if standing is not None and is_warning(standing):
        print_line(f"   {click.style(f'! {standing_said(standing, language)}', fg='yellow')}")


def _pages(spans: tuple[Span, ...], language: Language) -> str:
    return ", ".join(say(language, "page_short", number=number) for number in pages_of(spans))


def _page(citation: Citation, language: Language) -> str:
    return say(language, "page_short", number=citation.span.page) if citation.has_pages else ""


def _styled(cut: Iterable[Piece]) -> str:
    styled = (click.style(piece.text, fg="yellow", bold=True) if piece.is_marked else piece.text for piece in cut)
    return _tidy("".join(styled)).replace("\n", "\n   ")


def _tidy(text: str) -> str:
    return re.sub("[ \t\r]+", " ", text)
