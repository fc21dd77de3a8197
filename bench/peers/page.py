"""What the peers came to, as docs/PEERS.md shows it."""

from collections.abc import Iterator, Sequence

from bench.machine import commit, describe
from bench.peers.environments import OURS
from bench.peers.measuring import Came
from bench.peers.plan import Plan
from index.measures import Difference, difference, mean

SHOWN = ("nDCG@10", "Success@1", "R@5", "R@100")


def tables(title: str, came: dict[str, Came], n_passages: int, busy: float) -> Iterator[str]:
    """Quality, then cost, each beside ours."""
    ours = came[OURS.name]
    n = len(ours.values["nDCG@10"])
    yield from (f"## {title}", "")
    yield f"{n} questions over {n_passages:,} passages; {commit()}, {busy:.1f} processes wanted a core before the run."
    if ours.mebibytes is None:
        yield "The vectors of the passages were made once and lent to all: taking in and memory are not compared here."
    yield ""
    yield f"| | {' | '.join(SHOWN)} | ours is ahead by (nDCG@10) | p |"
    yield f"| --- |{' --- |' * (len(SHOWN) + 2)}"
    for name, each in came.items():
        cells = " | ".join(f"{mean(each.values[measure]).value:.3f}" for measure in SHOWN)
        ahead = "| |" if each is ours else shown(difference(ours.values["nDCG@10"], each.values["nDCG@10"]))
        yield f"| {name} | {cells} {ahead}"
    yield ""
    yield "| | a question, p50 | ours takes | p95 | taking in | ours takes | most memory | ours takes |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for name, each in came.items():
        cells = [f"{each.milliseconds:.1f} ms", ratio(ours.milliseconds, each.milliseconds)]
        cells += [f"{each.slow:.1f} ms"]
        cells += ["–" if each.index_seconds is None else f"{each.index_seconds:.1f} s"]
        cells += [ratio(ours.index_seconds, each.index_seconds)]
        cells += ["–" if each.mebibytes is None else f"{each.mebibytes:,.0f} MiB"]
        cells += [ratio(ours.mebibytes, each.mebibytes)]
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""


def shown(found: Difference) -> str:
    """The difference with its interval, and p."""
    surely = "< 0.001" if found.p < 0.001 else f"{found.p:.3f}"
    return f"| {found.mean.value:+.3f} [{found.mean.low:+.3f}, {found.mean.high:+.3f}] | {surely} |"


def ratio(ours: float | None, theirs: float | None) -> str:
    """What ours takes of theirs; below 1 is less."""
    return "–" if ours is None or not theirs else f"{ours / theirs:.2f} times"


def page(lines: Sequence[str], plan: Plan) -> Iterator[str]:
    """The lines of docs/PEERS.md."""
    yield from ("# Beside others", "")
    weights = "with" if plan.adapted else "without"
    yield "What `make peers` printed (`python -m bench.peers`), each set as it was last run, at the commit it names."
    yield f"The same passages and weights ({weights} the adapter), two threads, each in a process and an environment"
    yield "of its own, questions in turns. Ours searches a store with a transaction log, labels each hit and marks the"
    yield "words in it; the others return texts. How each is driven: `bench/peers/by_*.py`."
    yield from ("", "| machine | |", "| --- | --- |")
    for name, value in describe().items():
        yield f"| {name} | {value} |"
    yield from ("", *lines)
