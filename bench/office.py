"""The office's PDFs as a knowledge base, and the questions that were written over them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from api.evaluation.questions import Gold, Question
from api.library import Library
from bench.progress import progress
from bench.worker import ROOT
from bench.written import OFFICE, Letters, read_written
from kb.access import LOCAL_ADMIN
from kb.errors import KbError
from kb.intake import Ingested
from kb.settings import Settings

PDFS = ROOT.parent / "shared" / "data" / "pdf"

ANSWERED, NEAR, NOWHERE = "answered", "near", "nowhere"
"""The kinds of written questions: with an answer, with one that only seems to be there, and with none at all."""

Told = Callable[[Path, Ingested | KbError], None]


def open_office(settings: Settings, told: Told = lambda *_: None) -> Library:
    """All PDFs, below the data folder of `settings`, taken in once and kept. told: of each file what came of it."""

    def taken(file: Path, came: Ingested | KbError, n_done: int, n_files: int) -> None:
        progress("taking in the office's PDFs", n_done - 1, n_files)
        told(file, came)

    library = Library.open(replace(settings, home=settings.home / "domain-qa"))
    library.ingestion.ingest_folder(PDFS, taken)
    return library


def written_over(library: Library, file: Path = OFFICE) -> Iterator[Question]:
    """The questions written over the PDFs, with the answer as the library's page has it; its kind is one of the three.

    file: `OFFICE`, or `ENGLISH` for some of them in that language. One whose page was read in another way, so that its
    letters are not there, is left out.
    """
    versions = {document.name.rpartition("/")[2]: document for document in library.documents(LOCAL_ADMIN)}
    for question in read_written(file):
        if question.place is None or not question.answers:
            yield Question(question.id, question.text, NOWHERE if question.place is None else NEAR, question.style)
            continue
        document = versions[question.place.file]
        text = library.store.versions.page(document.version_id, question.place.page).text
        span = Letters(text).span(question.place)
        if span is not None:
            quote = text[span.start : span.end]
            gold = Gold(document.name, pages=(question.place.page,), quote=quote)
            yield Question(question.id, question.text, ANSWERED, question.style, (gold,))
