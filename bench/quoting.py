"""Whether the right words are quoted, none refused: `python -m bench.quoting [--stores FOLDER] [--english]`.

The questions written over the office's PDFs that have an answer. A quote is right as `kb eval` judges it: it holds the
gold quote, or six of ten of its words. --english: 120 of them as somebody asks who has no Indonesian.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from api.evaluation import OwnQuestions
from api.library import Library
from bench.office import ANSWERED, open_office, written_over
from bench.progress import end_progress, progress
from bench.stores import add_stores, settings_over
from bench.written import ENGLISH, OFFICE
from index.answer import Answerer
from index.reranking import load_reranker
from index.search import Searcher
from kb.access import LOCAL_ADMIN
from kb.questions import Query


def main() -> None:
    """Print the shares, and how much is quoted."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_stores(parser)
    parser.add_argument("--english", action="store_true")
    given = parser.parse_args()
    settings = settings_over(given.stores)
    with open_office(settings) as library:
        measure(library, ENGLISH if given.english else OFFICE)


def measure(library: Library, file: Path) -> None:
    """Ask all of `file`, and print."""
    written = [question for question in written_over(library, file) if question.kind == ANSWERED]
    judge = OwnQuestions("written over the office's PDFs", library, written)
    reranker = load_reranker(library.settings, library.embedder)
    searcher = Searcher(library.store, library.retriever, reranker, library.standings.known)
    answerer = Answerer(library.store, searcher, library.embedder.stamp.name, library.reader_stamp)
    rows = []
    for n_done, question in enumerate(judge.questions):
        progress(judge.name, n_done, len(judge.questions))
        answer = answerer.ask(Query(question.text, LOCAL_ADMIN), least=0.0)
        first = replace(answer, statements=answer.statements[:1])
        n_words = sum(len(statement.text.split()) for statement in answer.statements)
        rows.append(
            (judge.is_right(question.id, answer), judge.is_right(question.id, first), len(answer.statements), n_words)
        )
    end_progress()
    right, right_first, n_statements, n_words = np.array(rows, np.float64).mean(axis=0).tolist()
    print(f"{len(rows)} questions: a right quote for {right:.3f}, the first is right for {right_first:.3f};")
    print(f"{n_statements:.2f} statements of {n_words:.0f} words together")


if __name__ == "__main__":
    main()
