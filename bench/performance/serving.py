"""The program as people start it."""

from bench.figures import Table, at_most, median, percentile, shown
from bench.performance.plan import Plan
from bench.progress import progress
from bench.serving import Server, cold_search
from bench.worker import Worker


def serving(plan: Plan) -> Table:
    """The program as people start it, over the laws."""
    n_starts = 3
    http_seconds: list[float] = []
    ready, mebibytes, cold = [], [], []
    for n_done in range(n_starts):
        progress("serving", n_done, n_starts)
        with Server(plan.home) as server:
            ready.append(server.ready_seconds)
            taken = [server.ask(text) for text in (*plan.questions, *plan.questions)[: max(50, len(plan.questions))]]
            http_seconds += taken[len(taken) // 10 :]
            mebibytes.append(server.resident)
        cold.append(cold_search(plan.home, plan.questions[n_done]))
    with Worker("bench.ours", "Ours", str(plan.home)) as ours:
        asked = [ours.call("ask", text) for text in (*plan.questions[:5], *plan.questions)][5:]
    milliseconds = [1000 * seconds for seconds, _ in asked]
    n_quotes = int(sum(number for _, number in asked))
    return Table(
        "Serving",
        f"`kb serve` with the {len(plan.laws)} laws, started {n_starts} times; {len(plan.questions)} questions of the "
        f"office (`../shared/data/domain-qa`), which came back with {n_quotes} quotes, each compared with its page.",
        (
            at_most("a question in the server, p50", percentile(milliseconds, 50), 25, "ms"),
            at_most("a question in the server, p95", percentile(milliseconds, 95), 60, "ms"),
            shown("the same over HTTP, p50", 1000 * percentile(http_seconds, 50), "ms"),
            shown("the same over HTTP, p95", 1000 * percentile(http_seconds, 95), "ms"),
            at_most("serving process after the questions", median(mebibytes), 600, "MiB"),
            at_most("start to ready", median(ready), 3, "s"),
            at_most("`kb search` from a cold shell", median(cold), 2, "s"),
        ),
    )
