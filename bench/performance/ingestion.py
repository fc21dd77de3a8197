"""The queue of files while somebody asks."""

from bench.figures import Table, at_least, at_most, median, shown
from bench.ingestion import N_PAGES, PAUSE, taken_in
from bench.performance.plan import Plan
from bench.progress import progress

N_TAKEN_IN = 120


def ingestion(plan: Plan) -> Table:
    """The queue while somebody asks without end."""
    found = taken_in(N_TAKEN_IN, N_PAGES, PAUSE, progress)
    return Table(
        "Taking in while somebody asks",
        f"`python -m bench.ingestion {found.n}`: documents of {found.n_pages} pages uploaded to `kb serve`, and "
        f"{found.meanwhile.n} searches meanwhile, one by one with {PAUSE:.1f} s between them; {found.idle.n} before.",
        (
            at_least("taken in, embedded and searchable", found.per_minute, 60, "documents/min"),
            at_most("search meanwhile over idle, p95", found.slowdown, 2, "times"),
            shown("search idle, p95", found.idle.p95, "ms"),
            shown("search meanwhile, p50", found.meanwhile.p50, "ms"),
            shown("search meanwhile, p95", found.meanwhile.p95, "ms"),
            shown("an upload is answered, p50", 1_000 * median(found.uploads), "ms"),
            shown("processor time of the server", found.serving / found.seconds, "cores"),
            shown("processor time of the worker and its reader", found.working / found.seconds, "cores"),
        ),
    )
