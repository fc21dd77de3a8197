"""All figures of speed and memory on this machine: `make bench`, or `python -m bench.performance --write`.

Two ways are compared only inside one run, in turns, each in a process of its own with two threads; a figure of time is
the median of its rounds unless it says p95. `--write` puts the tables into docs/PERFORMANCE.md.
"""

import argparse
import datetime
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.figures import Table
from bench.machine import describe, load_average
from bench.performance.comparison import comparison
from bench.performance.embedding import embedding
from bench.performance.ingestion import ingestion
from bench.performance.plan import DATA, LAWS, Plan
from bench.performance.reading import reading
from bench.performance.scale import regulations, scale
from bench.performance.serving import serving
from bench.progress import end_progress, progress
from bench.worker import ROOT, Worker

PAGE = ROOT / "docs" / "PERFORMANCE.md"

SECTIONS: dict[str, Callable[[Plan], Table]] = {
    "reading": reading,
    "embedding": embedding,
    "comparison": comparison,
    "serving": serving,
    "ingestion": ingestion,
    "regulations": regulations,
    "scale": scale,
}
"""In the order of the page; `serving` asks the laws that `comparison` took in."""


def page(tables: Sequence[Table], seconds: float, busy: float) -> Iterator[str]:
    """The lines of docs/PERFORMANCE.md."""
    yield from ("# Performance", "")
    yield "The last run of `make bench`, written by `python -m bench.performance --write`; every figure comes from it."
    yield from ("", "| machine | |", "| --- | --- |")
    for name, value in describe().items():
        yield f"| {name} | {value} |"
    yield f"| Load before the run | {busy:.1f} processes wanted a core |"
    yield f"| Run | {datetime.date.today().isoformat()}, {seconds / 60:.0f} minutes |"
    yield ""
    for table in tables:
        yield from table.markdown()


def main() -> None:
    """Measure, print, and write the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/PERFORMANCE.md")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="only these sections; may be repeated")
    parser.add_argument("--laws", type=int, help="only the first so many laws, for trying out")
    parser.add_argument("--scale", default="34000,100000", help="numbers of passages, ascending")
    parser.add_argument("--embedded", type=int, default=1_000, help="how many passages of each scale to embed")
    parser.add_argument("--stores", type=Path, help="the data folder of `kb eval` on peraturan-qa, for its questions")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA}: these measurements need the shared data; put it there and run again")
    questions = [json.loads(line)["text"] for line in (DATA / "domain-qa" / "questions.jsonl").open(encoding="utf-8")]
    busy, start = load_average(), time.perf_counter()
    work = Path(tempfile.mkdtemp(prefix="acuan-bench-"))
    try:
        plan = Plan(
            work,
            tuple(sorted(LAWS.glob("*.pdf"))[: arguments.laws]),
            tuple(questions),
            tuple(int(number) for number in arguments.scale.split(",")),
            arguments.embedded,
            arguments.stores,
        )
        wanted = [name for name in SECTIONS if arguments.only is None or name in arguments.only]
        if {"embedding", "comparison"} & set(wanted):
            progress("exporting the weights for sentence-transformers")
            with Worker("bench.tutorial", "Exporter") as exporter:
                exporter.call("export", str(plan.model))
        tables = [SECTIONS[name](plan) for name in wanted]
    finally:
        shutil.rmtree(work)
    text = "\n".join(page(tables, time.perf_counter() - start, busy))
    end_progress()
    print(text)
    if arguments.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
