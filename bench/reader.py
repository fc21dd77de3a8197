"""What the bundled reader costs a question: `python -m bench.reader [--stores FOLDER]`.

The questions of IDK-MRC valid over its 4,395 passages, and the clean ones of peraturan-qa dev over its 34,384, answered
with the reader and without in turns, by a process each.
"""

import argparse

from api.evaluation import QuestionSet, open_corpus, read_set
from api.library import Library
from bench.evaluation import DATA
from bench.figures import percentile
from bench.progress import progress
from bench.stores import add_stores, settings_over
from bench.worker import Worker
from kb.settings import FAST, THOROUGH, Settings

N_QUESTIONS = 200


def main() -> None:
    """Print a line for each way: milliseconds a question, and the memory of its process."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_stores(parser)
    given = parser.parse_args()
    settings = settings_over(given.stores)
    for folder, split, qrels, only in (("idk-mrc", "valid", None, None), ("peraturan-qa", "dev", "doc_dev", "clean")):
        compare(settings, read_set(DATA / folder, split, qrels, only))


def compare(settings: Settings, questions: QuestionSet) -> None:
    """Print a line for each way over the corpus of a set, asked the first of its questions with an answer."""
    with open_corpus(settings, Library.open, questions.corpus_file, progress) as library:
        home = library.settings.home
    texts = [question.text for question in questions.questions if question.id in questions.qrels][:N_QUESTIONS]
    with (
        Worker("bench.ours", "Ours", str(home), THOROUGH) as thorough,
        Worker("bench.ours", "Ours", str(home), FAST) as fast,
    ):
        ways = {THOROUGH: thorough, FAST: fast}
        took: dict[str, list[float]] = {name: [] for name in ways}
        for worker in ways.values():
            worker.call("load")
            worker.call("ask", texts[0])
        for question in texts:
            for name, worker in ways.items():
                took[name].append(1000 * worker.call("ask", question)[0])
        for name, worker in ways.items():
            p50, p95 = percentile(took[name], 50), percentile(took[name], 95)
            print(f"{questions.name}, {name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, process {worker.resident:.0f} MiB")


if __name__ == "__main__":
    main()
