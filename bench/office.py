"""The office's PDFs as a knowledge base, and the questions that were written over them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from api.evaluation.questions import Gold, Question
from api.library import Library
from bench.progress import progress
from bench.worker import ROOT
from bench.written import OFFICE, Letters, Place, read_graded, read_written
from kb.access import LOCAL_ADMIN
from kb.documents import Document
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
    documents = _by_file(library)
    for question in read_written(file):
        if question.place is None or not question.answers:
            yield Question(question.id, question.text, NOWHERE if question.place is None else NEAR, question.style)
            continue
        gold = _gold(library, documents, question.place)
        if gold is not None:
            yield Question(question.id, question.text, ANSWERED, question.style, (gold,))


def graded_over(library: Library, file: Path) -> Iterator[Question]:
    """The graded questions over the PDFs, with all that answers them; one is left out where none of that is there.

    file: `GRADED` or `HELD_OUT`.
    """
    documents = _by_file(library)
    for question in read_graded(file):
        found = [(_gold(library, documents, place), grade) for place, grade in question.golds]
        golds = tuple(replace(gold, grade=grade) for gold, grade in found if gold is not None)
        if golds or not question.golds:
            yield Question(question.id, question.text, question.kind, question.style, golds)


def _by_file(library: Library) -> dict[str, Document]:
    return {document.name.rpartition("/")[2]: document for document in library.documents(LOCAL_ADMIN)}


def _gold(library: Library, documents: Mapping[str, Document], place: Place) -> Gold | None:
    """What stands at a place; None where its page was read with other letters."""
    document = documents[place.file]
    text = library.store.versions.page(document.version_id, place.page).text
    span = Letters(text).span(place)
    return None if span is None else Gold(document.name, pages=(place.page,), quote=text[span.start : span.end])
