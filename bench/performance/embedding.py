"""The embedder alone, beside torch with the same weights."""

import json
from contextlib import ExitStack

from bench.figures import Table, at_least, at_most, median, shown
from bench.performance.plan import DATA, N_QUESTIONS, N_ROUNDS, Plan
from bench.progress import progress
from bench.worker import Worker

PASSAGE_TOKENS = range(105, 140)
N_PASSAGES = 32


def embedding(plan: Plan) -> Table:
    """The embedder alone, in both precisions, beside torch with the same weights."""
    ways = {
        "f32": ("bench.ours", "Bundled", "f32"),
        "bf16": ("bench.ours", "Bundled", "bf16"),
        "torch f32": ("bench.tutorial", "Torch", str(plan.model), "f32"),
        "torch bf16": ("bench.tutorial", "Torch", str(plan.model), "bf16"),
    }
    queries: dict[str, list[float]] = {way: [] for way in ways}
    speeds: dict[str, list[float]] = {way: [] for way in ways}
    with ExitStack() as stack:
        workers = {}
        for n_done, (way, command) in enumerate(ways.items()):
            progress("embedding: loading", n_done, len(ways))
            if way == "bf16" and not has_bf16():
                continue
            workers[way] = stack.enter_context(Worker(*command))
        passages = passages_of(workers["f32"])
        _, n_tokens = workers["f32"].call("count_tokens", passages)
        for worker in workers.values():
            worker.call("embed", passages)
            worker.call("embed_query", plan.questions[0])
        for n_done in range(N_ROUNDS):
            progress("embedding", n_done, N_ROUNDS)
            for way, worker in workers.items():
                queries[way] += [worker.call("embed_query", text)[0] for text in plan.questions[:N_QUESTIONS]]
                speeds[way].append(n_tokens / worker.call("embed", passages)[0])
    milliseconds = {way: 1000 * median(seconds) for way, seconds in queries.items() if seconds}
    tokens = {way: median(values) for way, values in speeds.items() if values}
    figures = [
        at_most("one question, f32, p50", milliseconds["f32"], 7, "ms"),
        at_least("passages, f32", tokens["f32"], 5_000, "tokens/s"),
        at_least("passages, f32, over torch f32", tokens["f32"] / tokens["torch f32"], 1.4, "times"),
        shown("one question, torch f32, p50", milliseconds["torch f32"], "ms"),
        shown("passages, torch f32", tokens["torch f32"], "tokens/s"),
        shown("passages, torch bf16", tokens["torch bf16"], "tokens/s"),
    ]
    if "bf16" in tokens:
        figures[2:2] = [
            at_most("one question, bf16, p50", milliseconds["bf16"], 5, "ms"),
            at_least("passages, bf16", tokens["bf16"], 15_000, "tokens/s"),
            at_least("passages, bf16, over torch f32", tokens["bf16"] / tokens["torch f32"], 2.5, "times"),
        ]
    return Table(
        "The embedder alone",
        f"multilingual-e5-small on two threads; {N_PASSAGES} passages of {int(n_tokens / N_PASSAGES)} tokens at once, "
        f"{N_ROUNDS} rounds in turns. The absolute targets were set on a Xeon with AMX; on other processors the "
        "ratio to torch in the same run decides.",
        tuple(figures),
    )


def passages_of(counter: Worker) -> list[str]:
    """Real passages of about 120 tokens."""
    found: list[str] = []
    for line in (DATA / "idk-mrc" / "corpus.jsonl").read_text("utf-8").splitlines():
        text = json.loads(line)["text"]
        if int(counter.call("count_tokens", [text])[1]) in PASSAGE_TOKENS:
            found.append(text)
        if len(found) == N_PASSAGES:
            break
    return found


def has_bf16() -> bool:
    """Whether OpenVINO names bf16 among what this processor can do."""
    # Only here: the parent holds no model library while it measures others.
    import openvino

    from index.encoder import knows_bf16

    return knows_bf16(openvino.Core())
