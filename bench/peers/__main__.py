"""Other ways of searching beside ours: `make peers`, or `python -m bench.peers --write`.

Each peer runs in a virtual environment of its own below the work folder, with the weights that ours is served with
(exported as a sentence-transformers folder), over the passages that ours cut, on two threads. Questions are timed in
turns, a round of each way after the other. The first run installs several GB and takes long; later ones reuse it.
Each set's tables are kept in the work folder; `--write` makes the page of all that are there.
"""

import argparse
import sys
from pathlib import Path

from bench.machine import load_average
from bench.peers.environments import PEERS, environment_of
from bench.peers.measuring import run
from bench.peers.page import page, tables
from bench.peers.plan import DATA, Plan
from bench.peers.sets import SETS
from bench.progress import end_progress, progress
from bench.worker import ROOT, Worker

PAGE = ROOT / "docs" / "PEERS.md"


def main() -> None:
    """Measure, print, and write the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT / ".peers", help="environments, stores and model; kept")
    parser.add_argument("--only", choices=SETS, action="append", help="only these sets; may be repeated")
    parser.add_argument("--peers", help="only the peers whose script has one of these words, divided by commas")
    parser.add_argument("--plain", action="store_true", help="everybody without the adapter")
    parser.add_argument("--questions", type=int, help="only so many questions, for trying out")
    parser.add_argument("--passages", type=int, default=8_000, help="the regulations' corpus is cut to about so many")
    parser.add_argument("--office", type=Path, help="a KB_HOME into which ../shared/data/pdf was taken, for domain-qa")
    parser.add_argument("--stores", type=Path, help="the data folder of `kb eval`; its corpora are taken as they are")
    parser.add_argument("--share", action="store_true", help="lend the others the vectors of the passages")
    parser.add_argument("--write", action="store_true", help="write docs/PEERS.md")
    given = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA}: these measurements need the shared data; put it there and run again")
    peers = tuple(p for p in PEERS if given.peers is None or any(word in p.script for word in given.peers.split(",")))
    work = given.work.absolute()
    plan = Plan(work, peers, not given.plain, given.questions, given.passages, given.office, given.stores, given.share)
    for peer in peers:
        progress(f"installing {peer.name}")
        environment_of(peer, work / "environments")
    if not plan.model.is_dir():
        progress("exporting the weights for sentence-transformers")
        with Worker("bench.tutorial", "Exporter") as exporter:
            exporter.call("export", str(plan.model), "adapted" if plan.adapted else "plain")
    kept = work / ("tables" if plan.adapted else "tables-plain")
    kept.mkdir(exist_ok=True)
    for name, make in SETS.items():
        asked = make(plan) if given.only is None or name in given.only else None
        if asked is not None:
            busy = load_average()
            # Kept set by set: a whole run takes hours on a busy machine.
            (kept / f"{name}.md").write_text("\n".join(tables(asked.title, *run(plan, asked), busy)), "utf-8")
            print((kept / f"{name}.md").read_text("utf-8"), flush=True)
    files = [file for name in SETS if (file := kept / f"{name}.md").exists()]
    lines = [line for file in files for line in [*file.read_text("utf-8").splitlines(), ""]]
    text = "\n".join(page(lines, plan))
    end_progress()
    if given.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
