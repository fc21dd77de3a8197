"""Our way beside the tutorials'."""

from bench.figures import Table, at_least, at_most, median, shown
from bench.performance.plan import N_QUESTIONS, N_ROUNDS, Plan, in_turn
from bench.progress import progress
from bench.worker import Worker


def comparison(plan: Plan) -> Table:
    """The laws by our way and by the tutorials', law by law in turns, then questions in turns."""
    seconds: dict[str, list[float]] = {"ours": [], "tutorial": []}
    asked: dict[str, list[float]] = {"ours": [], "tutorial": []}
    n_pages = 0
    with (
        Worker("bench.ours", "Ours", str(plan.home)) as ours,
        Worker("bench.tutorial", "Tutorial", str(plan.model)) as tutorial,
    ):
        ways = {"ours": ours, "tutorial": tutorial}
        for n_done, law in enumerate(plan.laws):
            progress("laws, both ways", n_done, len(plan.laws))
            for way in in_turn(ways, n_done):
                taken, n_read = ways[way].call("ingest", str(law))
                seconds[way].append(taken)
            n_pages += int(n_read)
        for worker in ways.values():
            worker.call("query", plan.questions[0])
        for n_done in range(N_ROUNDS):
            progress("questions, both ways", n_done, N_ROUNDS)
            for way in in_turn(ways, n_done):
                asked[way] += [ways[way].call("query", text)[0] for text in plan.questions[:N_QUESTIONS]]
        mebibytes = {way: worker.peak for way, worker in ways.items()}
        n_passages = {way: int(worker.call("n_passages")[1]) for way, worker in ways.items()}
    speed = {way: n_pages / sum(values) for way, values in seconds.items()}
    ratios = [theirs / ours for ours, theirs in zip(seconds["ours"], seconds["tutorial"], strict=True)]
    milliseconds = {way: 1000 * median(values) for way, values in asked.items()}
    slower = milliseconds["ours"] / milliseconds["tutorial"]
    return Table(
        "Beside the tutorials' way",
        "pypdf, RecursiveCharacterTextSplitter(1000, 200), SentenceTransformer (torch f32, its default), IndexFlatIP, "
        f"with the same weights; ours in the precision it chooses by itself. {len(plan.laws)} laws, {n_pages} pages, "
        f"law by law in turns: {n_passages['ours']:,} passages against {n_passages['tutorial']:,}. Ours stores and "
        "commits every law; its questions use words, vectors, fusion and a filter, and every quote is checked.",
        (
            at_least("taking in, ours over the tutorials'", speed["ours"] / speed["tutorial"], 3, "times"),
            shown("the same, median of the laws", median(ratios), "times"),
            shown("taking in, ours", speed["ours"], "pages/s"),
            shown("taking in, tutorial", speed["tutorial"], "pages/s"),
            at_most("most memory, ours over the tutorials'", mebibytes["ours"] / mebibytes["tutorial"], 0.5, "times"),
            shown("most memory, ours, reading process included", mebibytes["ours"], "MiB"),
            shown("most memory, tutorial", mebibytes["tutorial"], "MiB"),
            at_most("a question, ours over the tutorials'", slower, 1.5, "times"),
            shown("a question, ours, p50", milliseconds["ours"], "ms"),
            shown("a question, tutorial, p50", milliseconds["tutorial"], "ms"),
        ),
    )
