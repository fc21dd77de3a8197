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
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Figure, Table, at_least, at_most, median, percentile, shown
from bench.ingestion import N_PAGES, PAUSE, taken_in
from bench.machine import describe, load_average
from bench.progress import end_progress, progress
from bench.serving import Server, cold_search
from bench.worker import ROOT, Worker
from ingest.sandbox import Sandbox
from kb.errors import FileRefusedError, ReaderCrashedError
from kb.settings import Settings
from kb.types import Verdict

DATA = ROOT.parent / "shared" / "data"
LAWS = DATA / "pdf" / "undang-undang"
PAGE = ROOT / "docs" / "PERFORMANCE.md"

N_ROUNDS = 5
N_TAKEN_IN = 120
N_QUESTIONS = 20
PASSAGE_TOKENS = range(105, 140)
N_PASSAGES = 32
AIMED_AT = (34_000, 48_000)
"""Passages, rounded, of the stores that the targets of a question are for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. work: a folder for stores and the exported model, gone afterwards."""

    work: Path
    laws: tuple[Path, ...]
    questions: tuple[str, ...]
    scales: tuple[int, ...]
    n_real: int
    stores: Path | None

    @property
    def model(self) -> Path:
        """The bundled weights as a sentence-transformers folder."""
        return self.work / "model"

    @property
    def home(self) -> Path:
        """The data folder with the laws."""
        return self.work / "laws"


def reading(plan: Plan) -> Table:
    """Read every real PDF in the limited child process."""
    verdicts: Counter[Verdict] = Counter()
    n_refused = n_crashed = 0
    seconds = 0.0
    with Sandbox(Settings(home=plan.work)) as sandbox:
        files = sorted((DATA / "pdf").rglob("*.pdf"))
        sandbox.read(files[0])
        for n_done, file in enumerate(files):
            progress("reading", n_done, len(files))
            start = time.perf_counter()
            try:
                verdicts += Counter(page.verdict for page in sandbox.read(file).pages)
            except ReaderCrashedError:
                n_crashed += 1
            except FileRefusedError:
                n_refused += 1
            seconds += time.perf_counter() - start
    n_text = verdicts[Verdict.TEXT] + verdicts[Verdict.OCR]
    return Table(
        "Reading",
        f"All {len(files)} PDFs of `../shared/data/pdf` ({verdicts.total()} pages) once, in the child process.",
        (
            at_least("pages with text a second", n_text / seconds, 100, "pages/s"),
            shown("all pages a second", verdicts.total() / seconds, "pages/s"),
            shown("pages without text, marked as needing OCR", verdicts[Verdict.NONE], "pages"),
            shown("files refused with a reason", n_refused, "files"),
            at_most("readers that crashed", n_crashed, 0, "readers"),
        ),
    )


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
            if way == "bf16" and not knows_bf16():
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


def in_turn(ways: dict[str, Worker], n_done: int) -> Sequence[str]:
    """The ways, each first every other time: who goes first finds the file in no cache."""
    order = list(ways)
    return order if n_done % 2 == 0 else order[::-1]


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


def knows_bf16() -> bool:
    """Whether OpenVINO names bf16 among what this processor can do."""
    # Only here: the parent holds no model library while it measures others.
    import openvino

    return "BF16" in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")


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
