"""Measures the dense channel alone, plain against adapted: `python -m bench.adapter --store KB_HOME [ADAPTER.npz ...]`.

IDK-MRC valid, peraturan-qa dev (clean, by Pasal), domain-qa dev and the questions written over the same PDFs, of laws
and local regulations and of the office's own (by page, as domain-qa's score.py defines it). `--pool n` keeps the gold
passages and draws the others, which saves time and flatters every model alike. Each adapter is shown with its paired
difference to the plain model, or to `--against`: mean, 95 % interval by drawing questions, and p of a sign permutation.
"""

import argparse
import hashlib
import importlib.util
import json
import lzma
import random
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from api.library import Library
from bench.office import ANSWERED, written_over
from index.bundled import BundledEmbedder
from index.measures import mean, p_value, per_question
from kb.access import LOCAL_ADMIN
from kb.naming import embedded_text, official_name
from kb.passages import Passage, PassageId
from kb.settings import Settings
from kb.vectors import Vectors

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
K = 100
SETS = ("idk", "pqa", "domain")
SHOWN = ("nDCG@10", "Success@1", "Success@5", "page success@1", "page success@5", "page nDCG@10")


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions over passages. judge: from a question and a ranking to its measures."""

    name: str
    texts: list[str]
    questions: dict[str, str]
    judge: Callable[[Mapping[str, NDArray[np.int64]], Mapping[str, Vectors]], dict[str, dict[str, float]]]


def rows(file: Path) -> list[dict]:
    """The objects of a JSONL file, plain or `.xz`."""
    text = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
    return [json.loads(line) for line in text.splitlines()]


def beir(name: str, corpus_file: str, split: str, qrels_file: str, n: int | None, only: str | None = None) -> Pool:
    """A set in the BEIR layout; ids of entries cut after "/", which joins the pieces of a Pasal."""
    folder = DATA / name
    qrels: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels" / qrels_file).read_text("utf-8").splitlines()[1:]:
        question, entry, grade = line.split("\t")
        qrels.setdefault(question, {})[entry] = int(grade)
    questions = {
        row["id"]: row["text"]
        for row in rows(folder / f"queries_{split}.jsonl")
        if row["id"] in qrels and (only is None or row[only])
    }
    qrels = {key: qrels[key] for key in questions}
    corpus = rows(folder / corpus_file)
    if n is not None:
        gold = {entry for grades in qrels.values() for entry in grades}
        first = [row for row in corpus if row["id"].partition("/")[0] in gold]
        rest = [row for row in corpus if row["id"].partition("/")[0] not in gold]
        corpus = first + random.Random(8).sample(rest, max(0, min(len(rest), n - len(first))))
    ids = [row["id"].partition("/")[0] for row in corpus]
    # 130 words and the title fit the 512 tokens of the model; these passages are cut to some 120 already.
    texts = ["\n".join(p for p in (row["title"], " ".join(row["text"].split()[:150])) if p)[:1600] for row in corpus]

    def judge(places: Mapping[str, NDArray[np.int64]], scores: Mapping[str, Vectors]) -> dict[str, dict[str, float]]:
        run: dict[str, dict[str, float]] = {}
        for key, found in places.items():
            run[key] = {}
            for place, score in zip(found.tolist(), scores[key].tolist(), strict=True):
                run[key].setdefault(ids[place], score)
        return per_question(qrels, run)

    return Pool(f"{name} ({len(questions)} questions, {len(texts)} passages)", texts, questions, judge)


def pools(sets: Collection[str], store: Path | None, n: int | None) -> list[Pool]:
    """The sets of questions that are named, of `SETS`; those over PDFs where a store of them is given."""
    found = []
    if "idk" in sets:
        found.append(beir("idk-mrc", "corpus.jsonl", "valid", "valid.tsv", n))
    if "pqa" in sets:
        found.append(beir("peraturan-qa", "corpus.jsonl.xz", "dev", "silver_pasal_dev.tsv", n, only="clean"))
    if "domain" in sets and store is not None:
        found += office(store)
    return found


@dataclass(frozen=True, slots=True)
class _Passages:
    """The passages of a store that holds all PDFs: as they are embedded, and as score.py reads a hit."""

    texts: list[str]
    hits: list[dict]


def office(home: Path) -> Iterator[Pool]:
    """The pools over all PDFs, judged by domain-qa's own score.py."""
    with Library.open(replace(Settings.from_environment(), home=home)) as library:
        passages = _passages(library)
        written = [question for question in written_over(library) if question.kind == ANSWERED]
    asked = {row["id"]: row for row in rows(DATA / "domain-qa" / "questions.jsonl") if row["gold"]}
    yield _by_page("domain-qa", passages, asked)
    for name, is_own in (("written, of laws and local regulations", False), ("written, of the office's own", True)):
        golds = {
            question.id: {
                "text": question.text,
                "gold": [
                    {"file": gold.document, "pages": gold.pages, "quote": gold.quote, "grade": 2}
                    for gold in question.golds
                ],
            }
            for question in written
            if question.golds[0].document.startswith("dp3a/") == is_own
        }
        yield _by_page(name, passages, golds)


def _passages(library: Library) -> _Passages:
    documents = library.store.documents.visible(LOCAL_ADMIN)
    texts, hits = [], []
    for passage in library.store.passages.read([PassageId(i) for i in library.store.passages.ids().tolist()]).values():
        document = documents[passage.document_id]
        cut = Passage(0, passage.text, passage.heading_path, passage.spans)
        texts.append(embedded_text(official_name(document.metadata), cut))
        pages = sorted({span.page for span in passage.spans})
        hits.append({"file": document.name, "pages": pages, "text": passage.text})
    return _Passages(texts, hits)


def _by_page(name: str, passages: _Passages, asked: Mapping[str, dict]) -> Pool:
    spec = importlib.util.spec_from_file_location("score", DATA / "domain-qa" / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)

    def judge(places: Mapping[str, NDArray[np.int64]], _scores: Mapping[str, Vectors]) -> dict[str, dict[str, float]]:
        values: dict[str, dict[str, float]] = {"page success@1": {}, "page success@5": {}, "page nDCG@10": {}}
        for key, row in asked.items():
            judged = score.measure(row, {"hits": [passages.hits[i] for i in places[key][:10].tolist()]})
            for measure_name, by_question in values.items():
                by_question[key] = judged[measure_name]
        return values

    questions = {key: row["text"] for key, row in asked.items()}
    return Pool(f"{name} ({len(asked)} questions, {len(passages.texts)} passages)", passages.texts, questions, judge)


def measure(pool: Pool, embedder: BundledEmbedder, kept: Path) -> dict[str, dict[str, float]]:
    """The measures of every question; the vectors of the passages are kept in the folder `kept` for another time."""
    digest = hashlib.sha256("\0".join([str(embedder.stamp), *pool.texts]).encode("utf-8", "replace")).hexdigest()[:16]
    file = kept / f"{digest}.npy"
    if file.exists():
        vectors = np.load(file)
    else:
        parts = [embedder.embed_passages(pool.texts[i : i + 256]) for i in range(0, len(pool.texts), 256)]
        vectors = np.concatenate(parts)
        np.save(file, vectors)
    places, scores = {}, {}
    for key, text in pool.questions.items():
        cosines = vectors @ embedder.embed_query(text)
        places[key] = np.argsort(-cosines, kind="stable")[:K]
        scores[key] = cosines[places[key]]
    return pool.judge(places, scores)


def show(name: str, values: Mapping[str, Mapping[str, float]], against: Mapping[str, Mapping[str, float]]) -> None:
    """One line a measure, with the paired difference to what is compared with."""
    for measure_name in (shown for shown in SHOWN if shown in values):
        found, before = values[measure_name], against[measure_name]
        line = f"  {name:24} {measure_name:15} {mean(found).value:.3f}"
        if found is not before:
            change = mean({key: found[key] - before[key] for key in found})
            line += f"  {change.value:+.3f} [{change.low:+.3f}, {change.high:+.3f}] p={p_value(found, before):.3f}"
        print(line, flush=True)


def main() -> None:
    """Print the measures of what is compared with and of each adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("adapters", type=Path, nargs="*")
    parser.add_argument("--store", type=Path, help="a data folder (KB_HOME) that holds all PDFs, for domain-qa")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--against", type=Path, help="the adapter to compare with; the plain model without it")
    parser.add_argument("--pool", type=int, help="draw this many passages; all without it")
    parser.add_argument("--kept", type=Path, required=True, help="folder for vectors, outside the repository")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    arguments.kept.mkdir(parents=True, exist_ok=True)
    asked = pools(arguments.sets, arguments.store, arguments.pool)
    against = BundledEmbedder(threads=arguments.threads, adapter=arguments.against)
    before = {}
    for pool in asked:
        print(pool.name)
        before[pool.name] = measure(pool, against, arguments.kept)
        show("plain" if arguments.against is None else arguments.against.stem, before[pool.name], before[pool.name])
    for file in arguments.adapters:
        adapted = BundledEmbedder(threads=arguments.threads, adapter=file)
        for pool in asked:
            print(pool.name)
            show(file.stem, measure(pool, adapted, arguments.kept), before[pool.name])


if __name__ == "__main__":
    main()
