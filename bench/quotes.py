"""Whether every quote stands on its page, over thousands of questions: `make quotes`.

The questions are those of the sets, of the splits to train on too, and others made of the headings and definitions of
the office's PDFs; none is asked twice. Each quote is compared with the text of its page as the original says it, read
anew: a PDF by its reader, an entry of a corpus from its file. Comparing with the store alone would be believing it.
Exit code 1 where one quote differs.
"""

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from api.evaluation import open_corpus, read_corpus, read_questions
from api.library import Library
from bench.evaluation import DATA
from bench.progress import end_progress, progress
from bench.stores import add_stores, settings_over
from ingest.sandbox import Sandbox
from ingest.scans import Scans
from kb.access import LOCAL_ADMIN
from kb.answers import Citation
from kb.documents import DocumentId
from kb.identity import MASK
from kb.questions import Query
from kb.settings import Settings

N_QUESTIONS = 5_000
OFFICE = "domain-qa"
SEED = 11

HEADINGS = ("Apa yang diatur tentang {}?", "ketentuan {}", "Bagaimana {}?", "{}")
"""How a heading is asked about: as a question, as a draftsman would, as a layman, as keywords."""

DEFINITIONS = ("Apa yang dimaksud dengan {}?", "definisi {}", "pengertian {} menurut peraturan")

_DEFINED = re.compile(r"(?m)^\s*(?:\d+\.\s*)?([A-Z][\w /-]{3,60}?)(?: yang selanjutnya disingkat \w+)? adalah\b")
_WORDY = re.compile(r"[A-Za-z]{4}")

PageText = Callable[[Citation], str]
"""The text of the page that a citation is of, from the original."""


@dataclass(frozen=True, slots=True)
class Count:
    """What asking a store came to."""

    n_questions: int
    n_answered: int
    n_quotes: int
    n_equal: int
    seconds: float


def office(settings: Settings) -> Iterator[tuple[str, Library, list[str], PageText]]:
    """The office's PDFs with its questions, their pages read again from the files, scanned ones by OCR."""
    home = settings.home / OFFICE
    with Library.open(replace(settings, home=home)) as library, Sandbox(settings) as reader, Scans(settings) as scans:
        library.ingestion.ingest_folder(DATA / "pdf", lambda *_: progress("taking in the office's PDFs"))
        files = {document.id: DATA / "pdf" / document.name for document in library.documents(LOCAL_ADMIN)}
        read: dict[DocumentId, dict[int, str]] = {}

        def page_text(citation: Citation) -> str:
            known = read.get(citation.document_id)
            if known is None:
                file = files[citation.document_id]
                pages = scans.complete(file, reader.read(file)).pages
                known = read[citation.document_id] = {page.number: page.text for page in pages}
            return known[citation.span.page]

        asked = [question.text for question in read_questions(DATA / "domain-qa" / "questions.jsonl")]
        yield OFFICE, library, asked, page_text


def corpus(settings: Settings, name: str, *files: str) -> Iterator[tuple[str, Library, list[str], PageText]]:
    """A corpus with the questions of some files in turn, its entries read again from its own."""
    [file] = (DATA / name).glob("corpus.jsonl*")
    texts = {entry.id: entry.text for entry in read_corpus(file)}
    lines = [line for each in files for line in (DATA / name / f"{each}.jsonl").read_text("utf-8").splitlines()]
    with open_corpus(settings, Library.open, file, progress) as library:
        yield name, library, [json.loads(line)["text"] for line in lines], lambda citation: texts[citation.address]


def generated(library: Library) -> list[str]:
    """Questions made of the headings and the definitions of a store, in a fixed order of chance."""
    headings: set[str] = set()
    terms: set[str] = set()
    for document in library.documents(LOCAL_ADMIN):
        for section in library.sections(LOCAL_ADMIN, document.id):
            heading = section.heading.rpartition(" tentang ")[2].rpartition(" - ")[0] or section.heading
            if _WORDY.search(heading):
                headings.add(" ".join(heading.split())[:120].lower())
        n_pages = min(document.n_pages, 40)
        for number in range(1, n_pages + 1):
            text = library.pages.read(LOCAL_ADMIN, document.id, number).text
            terms |= {" ".join(match[1].split()) for match in _DEFINED.finditer(text)}
    chosen = random.Random(SEED)
    made = [form.format(heading) for heading in sorted(headings) for form in HEADINGS]
    made += [form.format(term) for term in sorted(terms) for form in DEFINITIONS]
    chosen.shuffle(made)
    return made


def count(name: str, library: Library, questions: Sequence[str], page_text: PageText) -> Count:
    """Ask every question and compare each quote with its page; one that differs is told at once."""
    n_answered = n_quotes = n_equal = 0
    start = time.perf_counter()
    for n_done, text in enumerate(questions):
        progress(f"{name}: asking", n_done, len(questions))
        answer = library.ask(Query(text, LOCAL_ADMIN))
        n_answered += not answer.abstained
        for statement in answer.statements:
            for citation in statement.citations:
                span = citation.span
                n_quotes += 1
                if is_same(page_text(citation)[span.start : span.end], citation.quote):
                    n_equal += 1
                else:
                    print(f"{name}: {text!r}: {span} of {citation.document_title!r} is not {citation.quote!r}")
    return Count(len(questions), n_answered, n_quotes, n_equal, time.perf_counter() - start)


def is_same(original: str, quote: str) -> bool:
    """Whether the quote is the original's text, letter for letter; what the guard of identities hid stands for any."""
    return len(original) == len(quote) and all(b in (a, MASK) for a, b in zip(original, quote, strict=True))


def main() -> None:
    """Ask, print the counts, and exit with 1 where a quote differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=N_QUESTIONS, help="how many in all")
    add_stores(parser)
    given = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA}: these measurements need the shared data; put it there and run again")
    settings = settings_over(given.stores)
    sources = (
        lambda: office(settings),
        lambda: corpus(settings, "peraturan-qa", "queries_dev"),
        # Last, because they have questions enough for all that the others leave over.
        lambda: corpus(settings, "trans-squad", "queries_train", "unanswerable_train"),
        lambda: corpus(settings, "idk-mrc", "queries_valid", "unanswerable_valid", "queries_train"),
    )
    print("| store | questions | answered | quotes compared | equal | ms a question |")
    print("| --- | --- | --- | --- | --- | --- |")
    asked: set[str] = set()
    left, total = given.questions, Count(0, 0, 0, 0, 0.0)
    for n_after, source in zip(range(len(sources) - 1, -1, -1), sources, strict=True):
        for name, library, of_set, page_text in source():
            # Half for the office's own documents, as far as they give questions; the rest in equal parts.
            share = given.questions // 2 if name == OFFICE else left // (n_after + 1)
            made = generated(library) if name == OFFICE else []
            questions = [text for text in dict.fromkeys([*of_set, *made]) if text not in asked][:share]
            asked.update(questions)
            came = count(name, library, questions, page_text)
            left -= came.n_questions
            show(name, came)
            total = Count(
                total.n_questions + came.n_questions,
                total.n_answered + came.n_answered,
                total.n_quotes + came.n_quotes,
                total.n_equal + came.n_equal,
                total.seconds + came.seconds,
            )
    end_progress()
    show("**all**", total)
    sys.exit(total.n_equal != total.n_quotes)


def show(name: str, came: Count) -> None:
    """One line of the table."""
    milliseconds = 1000 * came.seconds / max(1, came.n_questions)
    numbers = (came.n_questions, came.n_answered, came.n_quotes, came.n_equal)
    print(f"| {name} | {' | '.join(f'{number:,}' for number in numbers)} | {milliseconds:.0f} |", flush=True)


if __name__ == "__main__":
    main()
