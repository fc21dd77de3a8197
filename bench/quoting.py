"""Whether the right words are quoted, none refused: `python -m bench.quoting [--stores FOLDER]`.

The questions written over the office's PDFs that have an answer. A quote is right as `kb eval` judges it: it holds the
gold quote, or six of ten of its words.
"""

import argparse
from dataclasses import replace

import numpy as np

from api.evaluation import OwnQuestions
from api.library import Library
from bench.office import ANSWERED, open_office, written_over
from bench.progress import end_progress, progress
from bench.stores import add_stores, settings_over
from index.answer import Answerer
from index.reranking import load_reranker
from index.search import Searcher
from kb.access import LOCAL_ADMIN
from kb.questions import Query


def main() -> None:
    """Print the shares, and how much is quoted."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_stores(parser)
    given = parser.parse_args()
    settings = settings_over(given.stores)
    with open_office(settings) as library:
        measure(library)


def measure(library: Library) -> None:
    """Ask all of them, and print."""
    written = [question for question in written_over(library) if question.kind == ANSWERED]
    judge = OwnQuestions("written over the office's PDFs", library, written)
    searcher = Searcher(library.store, library.retriever, load_reranker(library.settings, library.embedder))
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
