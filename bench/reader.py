"""What the bundled reader costs a question whose best passage is prose: `python -m bench.reader [--stores FOLDER]`.

The questions of IDK-MRC valid over its corpus, answered with the reader and without in turns, by a process each.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

from api.evaluation import open_corpus
from api.library import Library
from bench.evaluation import DATA, digest_of_code
from bench.figures import percentile
from bench.progress import progress
from bench.worker import Worker
from kb.settings import FAST, THOROUGH, Settings

N_QUESTIONS = 200


def main() -> None:
    """Print a line for each way: milliseconds a question, and the memory of its process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stores", type=Path, help="use the stores below this folder, whatever code made them")
    given = parser.parse_args()
    settings = Settings.from_environment()
    settings = replace(settings, home=given.stores or settings.home / f"evaluation-{digest_of_code()}")
    with open_corpus(settings, Library.open, DATA / "idk-mrc" / "corpus.jsonl", progress) as library:
        home = library.settings.home
    lines = (DATA / "idk-mrc" / "queries_valid.jsonl").read_text("utf-8").splitlines()
    questions = [str(json.loads(line)["text"]) for line in lines[:N_QUESTIONS]]
    with (
        Worker("bench.ours", "Ours", str(home), THOROUGH) as thorough,
        Worker("bench.ours", "Ours", str(home), FAST) as fast,
    ):
        ways = {THOROUGH: thorough, FAST: fast}
        took: dict[str, list[float]] = {name: [] for name in ways}
        for worker in ways.values():
            worker.call("load")
            worker.call("ask", questions[0])
        for question in questions:
            for name, worker in ways.items():
                took[name].append(1000 * worker.call("ask", question)[0])
        for name, worker in ways.items():
            p50, p95 = percentile(took[name], 50), percentile(took[name], 95)
            print(f"{name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, process {worker.resident:.0f} MiB")


if __name__ == "__main__":
    main()
