"""Every way over one set: what it finds, how fast, and what it costs."""

import json
import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.figures import median, percentile
from bench.peers.environments import OURS, Driven, environment_of
from bench.peers.passages import lend, read_passages, texts_of
from bench.peers.plan import Plan
from bench.peers.sets import Asked
from bench.progress import progress
from index.measures import PerQuestion, per_question

K, K_TIMED = 100, 10
N_ROUNDS, N_TIMED = 5, 40


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
