"""Questions to stores of many passages."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figures import Figure, Table, at_most, percentile, shown
from bench.performance.plan import DATA, Plan
from bench.progress import progress
from bench.worker import Worker

AIMED_AT = (34_000, 48_000)
"""Passages, rounded, of the stores that the targets of a question are for."""


def regulations(plan: Plan) -> Table:
    """Questions to a corpus of regulations that was really embedded."""
    homes = sorted((plan.stores / "eval").glob("peraturan-qa-*")) if plan.stores else []
    if not homes:
        return Table("Regulations", "Not measured: `--stores` names no store of `kb eval` with them.", ())
    lines = (DATA / "peraturan-qa" / "queries_dev.jsonl").read_text("utf-8").splitlines()
    asked = [str(json.loads(line)["text"]) for line in lines]
    progress(f"asking {homes[0].name}")
    return Table(
        "Regulations",
        f"The 34,384 articles of `../shared/data/peraturan-qa`, really embedded, and its {len(asked)} dev questions, "
        "words, vectors, ranking, labels and checked quotes included.",
        tuple(_asked_of_many(homes[0], asked)),
    )


def scale(plan: Plan) -> Table:
    """Questions to as many passages as an office, or a province, may have."""
    home = plan.work / "scale"
    figures: list[Figure] = []
    n_before = 0.0
    with Worker("bench.load", "Loader", str(home), str(plan.n_real)) as loader:
        for n_wanted in plan.scales:
            progress(f"filling to {n_wanted} passages")
            seconds, n_passages = loader.call("fill", n_wanted)
            progress(f"asking {n_wanted} passages")
            figures += _asked_of_many(home, plan.questions)
            stored = (n_passages - n_before) / seconds
            figures.append(shown("cutting, analysing and storing up to there", stored, "passages/s"))
            n_before = n_passages
    return Table(
        "Many passages",
        "Full texts of laws and government regulations (`../shared/data/peraturan-texts`), really cut and stored. "
        f"**Only the first {plan.n_real:,} passages of a store were embedded; the others have one of those vectors "
        "with noise added**, which costs a flat index the same work and says nothing of quality.",
        tuple(figures),
    )


def _asked_of_many(home: Path, questions: Sequence[str]) -> Iterator[Figure]:
    """The figures of a store, by a process that opens it anew."""
    with Worker("bench.ours", "Ours", str(home)) as ours:
        load_seconds, n_passages = ours.call("load")
        for text in questions[:5]:
            ours.call("ask", text)
        milliseconds = [1000 * ours.call("ask", text)[0] for text in questions]
        named = f"{int(n_passages):,} passages"
        # The targets are for the size of a province's office; other sizes show how it grows.
        wanted = round(n_passages, -3) in AIMED_AT
        p50, p95 = percentile(milliseconds, 50), percentile(milliseconds, 95)
        asked = f"{named}: a question"
        yield at_most(f"{asked}, p50", p50, 40, "ms") if wanted else shown(f"{asked}, p50", p50, "ms")
        yield at_most(f"{asked}, p95", p95, 100, "ms") if wanted else shown(f"{asked}, p95", p95, "ms")
        yield shown(f"{named}: vectors and words into memory", load_seconds, "s")
        held = f"{named}: process"
        yield at_most(held, ours.resident, 650, "MiB") if wanted else shown(held, ours.resident, "MiB")
