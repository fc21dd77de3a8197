"""Other ways of searching beside ours: `make peers`, or `python -m bench.peers --write`.

Each peer runs in a virtual environment of its own below the work folder, with the weights that ours is served with
(exported as a sentence-transformers folder), over the passages that ours cut, on two threads. Questions are timed in
turns, a round of each way after the other. The first run installs several GB and takes long; later ones reuse it.
Each set's tables are kept in the work folder; `--write` makes the page of all that are there.
"""

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from api.evaluation import OwnQuestions, QuestionSet, read_corpus, read_questions, read_set, sampled
from api.evaluation.judges import Judge
from api.library import Library
from bench.figures import median, percentile
from bench.machine import commit, describe, load_average
from bench.peers.environments import OURS, PEERS, Driven, Peer, environment_of
from bench.progress import end_progress, progress
from bench.worker import ROOT, Worker
from index.measures import Difference, PerQuestion, difference, mean, per_question
from kb.access import LOCAL_ADMIN
from kb.naming import embedded_text, official_name
from kb.passages import PassageId, StoredPassage
from kb.settings import Settings
from kb.store import Store

DATA = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "PEERS.md"

DIM = 384
K, K_TIMED = 100, 10
N_ROUNDS, N_TIMED = 5, 40
SHOWN = ("nDCG@10", "Success@1", "R@5", "R@100")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. work: the folder of environments, stores and the exported model.

    stores: the data folder of `kb eval` whose corpora stand, None to take them in. shares: whether ours lends the
    others the vectors of the passages.
    """

    work: Path
    peers: tuple[Peer, ...]
    adapted: bool
    n_questions: int | None
    n_passages: int
    office: Path | None
    stores: Path | None = None
    shares: bool = False

    @property
    def model(self) -> Path:
        """The weights as a sentence-transformers folder."""
        return self.work / ("model" if self.adapted else "model-plain")


@dataclass(frozen=True, slots=True)
class Asked:
    """A set and where ours finds its passages: ("corpus", file) to take in, or ("home", folder) that stands.

    is_titled: whether ours embeds the documents' names too.
    """

    title: str
    source: tuple[str, Path]
    judge_over: Callable[[Path], Judge]
    is_titled: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """What a way came to on a set. milliseconds: of the median question, and of the 95th of 100.

    index_seconds, mebibytes: None where they would say nothing: ours stood already, or lent the others its vectors.
    """

    values: PerQuestion
    milliseconds: float
    slow: float
    index_seconds: float | None
    mebibytes: float | None


def idk_mrc(plan: Plan) -> Asked:
    """General Indonesian, whole."""
    questions = answerable(sampled(read_set(DATA / "idk-mrc", "valid"), plan.n_questions))
    source = standing(plan, "idk-mrc") or ("corpus", subset(plan, questions, "idk-mrc", None))
    return Asked("IDK-MRC valid", source, lambda _: questions)


def peraturan_qa(plan: Plan) -> Asked:
    """Regulations: all where their store stands, else those that clean questions are about and some others."""
    found = answerable(sampled(read_set(DATA / "peraturan-qa", "dev", "silver_pasal_dev", "clean"), plan.n_questions))
    home = standing(plan, "peraturan-qa")
    if home is not None:
        return Asked("peraturan-qa dev, clean, Pasal, all 34,384 articles", home, lambda _: found)
    corpus = subset(plan, found, "peraturan-qa", plan.n_passages)
    return Asked("peraturan-qa dev, clean, Pasal, a sample of the regulations", ("corpus", corpus), lambda _: found)


def domain_qa(plan: Plan) -> Asked | None:
    """The office's questions, where a knowledge base of its PDFs was given."""
    if plan.office is None:
        return None
    questions = [q for q in read_questions(DATA / "domain-qa" / "questions.jsonl") if q.golds][: plan.n_questions]

    def judge(home: Path) -> Judge:
        with Library.open(Settings(home=home)) as library:
            return OwnQuestions("domain-qa", library, questions)

    return Asked("domain-qa dev, by page", ("home", plan.office), judge, is_titled=True)


def standing(plan: Plan, name: str) -> tuple[str, Path] | None:
    """The knowledge base of a corpus that `kb eval` made; None where there is none."""
    homes = sorted((plan.stores / "eval").glob(f"{name}-*")) if plan.stores else []
    return ("home", homes[0]) if homes else None


SETS: dict[str, Callable[[Plan], Asked | None]] = {
    "idk-mrc": idk_mrc,
    "peraturan-qa": peraturan_qa,
    "domain-qa": domain_qa,
}


def answerable(questions: QuestionSet) -> QuestionSet:
    """The set without the questions that have no answer: these say nothing of a ranking."""
    kept = tuple(question for question in questions.questions if question.id in questions.qrels)
    return QuestionSet(
        questions.name,
        questions.corpus_file,
        kept,
        questions.qrels,
        questions.by_document,
        questions.answers,
        questions.texts,
    )


def subset(plan: Plan, questions: QuestionSet, name: str, n: int | None) -> Path:
    """A corpus of the regulations with gold entries, and then of others in order, up to `n` entries; None for all."""
    folder = plan.work / "corpora" / f"{name}-{n or 'all'}-{plan.n_questions or 'all'}"
    folder.mkdir(parents=True, exist_ok=True)
    entries = list(read_corpus(questions.corpus_file))
    golds = {entry.partition("#")[0] for grades in questions.qrels.values() for entry in grades}
    kept = [entry for entry in entries if n is None or entry.id.partition("#")[0] in golds]
    if n is not None:
        for entry in entries:
            if len(kept) >= n:
                break
            if entry.id.partition("#")[0] not in golds:
                kept.append(entry)
    file = folder / "corpus.jsonl"
    lines = (json.dumps({"id": e.id, "title": e.title, "text": e.text}, ensure_ascii=False) for e in kept)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def run(plan: Plan, asked: Asked) -> tuple[dict[str, Came], int]:
    """Every way over one set, and the number of passages."""
    work = plan.work / "stores"
    with ExitStack() as stack:
        progress(f"{asked.title}: ours takes in the passages")
        model = "bundled" if plan.adapted else "bundled-plain"
        kind, where = asked.source
        home = fresh(plan.work / ("home" if plan.adapted else "home-plain"))
        ours = stack.enter_context(Driven(OURS, Path(sys.executable), model, home))
        named = work / "source.json"
        work.mkdir(parents=True, exist_ok=True)
        named.write_text(json.dumps({kind: str(where)}), "utf-8")
        seconds: dict[str, float | None] = {OURS.name: ours.index(named)}
        home = where if kind == "home" else newest(home / "eval")
        judge, passages = asked.judge_over(home), read_passages(home)
        texts = work / "passages.json"
        given = texts_of(home, passages, asked.is_titled)
        texts.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
        lent = lend(work / "lent", home, given) if plan.shares else None
        ways = {OURS.name: ours}
        for peer in plan.peers:
            progress(f"{asked.title}: {peer.name} takes in the passages")
            python = environment_of(peer, plan.work / "environments")
            place = plan.work / "peers" / f"{Path(peer.script).stem}-{asked.title.split()[0]}"
            ways[peer.name] = stack.enter_context(Driven(peer, python, str(plan.model), fresh(place), lent))
            seconds[peer.name] = ways[peer.name].index(texts)
        queries = {question.id: question.text for question in judge.questions}
        values = {}
        for name, way in ways.items():
            progress(f"{asked.title}: {name} is asked")
            found = way.search(queries, K)
            held = {key: judge.found(key, [passages[i] for i in ids if i in passages]) for key, ids in found.items()}
            values[name] = per_question(judge.qrels, held)
        timed: dict[str, list[float]] = {name: [] for name in ways}
        for n_round in range(N_ROUNDS):
            progress(f"{asked.title}: timing", n_round, N_ROUNDS)
            for name in list(ways)[:: 1 if n_round % 2 == 0 else -1]:
                timed[name] += ways[name].time(list(queries.values())[:N_TIMED], K_TIMED)
        came = {
            name: Came(
                values[name],
                1000 * median(timed[name]),
                1000 * percentile(timed[name], 95),
                None if plan.shares or (name == OURS.name and kind == "home") else seconds[name],
                None if plan.shares else way.memory(),
            )
            for name, way in ways.items()
        }
    return came, len(passages)


def newest(folder: Path) -> Path:
    """The knowledge base below `folder` that was opened last."""
    return max((place for place in folder.iterdir() if place.is_dir()), key=lambda place: place.stat().st_mtime)


def fresh(place: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(place, ignore_errors=True)
    return place


def read_passages(home: Path) -> dict[str, StoredPassage]:
    """Every passage of a knowledge base by its id."""
    store = Store(Settings(home=home).store_file)
    try:
        ids = [PassageId(i) for i in store.passages.ids().tolist()]
        return {str(key): passage for key, passage in store.passages.read(ids).items()}
    finally:
        store.close()


def texts_of(home: Path, passages: Mapping[str, StoredPassage], is_titled: bool) -> dict[str, str]:
    """Each passage as ours embeds it: under the name of its document, where ours does, and its headings."""
    store = Store(Settings(home=home).store_file)
    try:
        visible = store.documents.visible(LOCAL_ADMIN)
    finally:
        store.close()
    names = {key: official_name(document.metadata) if is_titled else "" for key, document in visible.items()}
    return {key: embedded_text(names[passage.document_id], passage) for key, passage in passages.items()}


def lend(folder: Path, home: Path, texts: Mapping[str, str], dim: int = DIM) -> Path:
    """The folder with the vectors that ours made of the texts, for the others."""
    store = Store(Settings(home=home).store_file)
    try:
        ids, vectors = store.passages.vectors(store.passages.ids(), dim)
    finally:
        store.close()
    folder.mkdir(parents=True, exist_ok=True)
    # As `shared.lend` reads it, which lives in an environment without ours.
    plain = (" ".join(texts[str(passage_id)].split()) for passage_id in ids.tolist())
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in plain]
    (folder / "texts.json").write_text(json.dumps(keys), "utf-8")
    np.save(folder / "vectors.npy", vectors)
    return folder


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
