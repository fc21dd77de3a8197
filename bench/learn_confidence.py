"""Learns the weights of `index/confidence.json`: which signals tell questions with an answer from those without.

On the questions written over the office's PDFs (`bench.written`): those with an answer, those that nothing answers,
and, at half their weight, those that only look answered. For prose also on the train splits of IDK-MRC and trans-squad:
their own questions against questions of the same kind without an answer in their passage, and against questions of the
other set, which this collection cannot answer. For provisions also on peraturan-qa dev: its clean questions, and the
same with the regulation that answers them left out. The biases are then set so that `REFUSED` of the graded questions
with an answer are refused. domain-qa dev is only asked, to tell how it goes there.
Run: python -m bench.learn_confidence [--stores FOLDER] [--write]
"""

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from api.evaluation import open_corpus, read_set
from api.library import Library
from bench.evaluation import DATA
from bench.office import ANSWERED, NEAR, open_office, written_over
from bench.stores import add_stores, settings_over
from bench.worker import ROOT
from bench.written import GRADED, read_graded
from index.confidence import ANY_MODEL, IN_PROVISION, OF_READER, OF_SCORES, OF_TOKENS, SIGNALS, weights_name
from kb.access import LOCAL_ADMIN
from kb.questions import Filters, Query
from kb.settings import Settings

FILE = ROOT / "index" / "confidence.json"
N_QUESTIONS = 300
REFUSED = {"prose": 0.28, "provision": 0.16}
"""The share of the graded questions with an answer, of each kind, that is refused.

In prose as few as let IDK-MRC's questions without an answer be refused as often as is asked, 0.8 of them.
"""

PENALTY = 0.01
SEED = 5

Matrix = NDArray[np.float64]
Signals = dict[str, float]
Example = tuple[Signals, float, float]
"""The signals of a question, 1 where it has an answer, and its share in what is learned."""


def main() -> None:
    """Print the report; with --write also the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_stores(parser)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    settings = settings_over(args.stores)
    with open_office(settings) as library:
        embedder, reader = library.embedder.stamp.name, library.reader_stamp
        written = _written(library)
        graded = _graded(library)
        judged = [json.loads(line) for line in (DATA / "domain-qa" / "questions.jsonl").read_text().splitlines()]
        dev = [
            _signals(library, [Query(q["text"], LOCAL_ADMIN) for q in judged if bool(q["gold"]) is has_answer])
            for has_answer in (True, False)
        ]
    others = {"prose": _prose(settings), "provision": _provisions(settings)}
    learned = learn(written, graded, others, dev, embedder, reader)
    print(json.dumps(learned, indent=1))
    if args.write:
        FILE.write_text(json.dumps(learned, indent=1) + "\n")


def learn(
    written: Sequence[Example],
    graded: Sequence[Example],
    others: Mapping[str, Sequence[Example]],
    dev: Sequence[Sequence[Signals]],
    embedder: str,
    reader: str,
) -> dict[str, dict[str, dict[str, float]]]:
    """The weights by model and kind of passage, as they are kept; prints what is refused with each.

    written, graded: the office's questions. others: of other collections, by kind. dev: with an answer, and without.
    """
    learned: dict[str, dict[str, dict[str, float]]] = {embedder: {}, ANY_MODEL: {}}
    for model in (embedder, ANY_MODEL):
        for name, by in (("prose", reader), ("prose", ""), ("provision", "")):
            used = used_by(name, by, is_known=model != ANY_MODEL)
            own, fresh = (
                [each for each in asked if weights_name(each[0][IN_PROVISION] > 0) == name]
                for asked in (written, graded)
            )
            examples = [*others[name], *_evenly(own)]
            weights, _ = _fit(
                _matrix([found for found, _, _ in examples], used),
                np.array([answer for _, answer, _ in examples]),
                np.array([share for _, _, share in examples]),
            )
            answerable = _matrix([found for found, answer, _ in fresh if answer], used) @ weights
            bias = -float(np.quantile(answerable, REFUSED[name]))
            kind = weights_name(name == "provision", by)
            nowhere = _matrix([found for found, answer, share in own if not answer and share == 1.0], used) @ weights
            print(f"{model}, {kind}: written: {_refused(nowhere + bias)} without an answer", end="; ")
            ways = [_matrix(_of(name, found), used) @ weights + bias for found in dev]
            print(f"domain-qa dev: {_refused(ways[1])} without and {_refused(ways[0])} with one refused")
            found = {each: round(float(weight), 3) for each, weight in zip(used, weights, strict=True)}
            learned[model][kind] = found | {"bias": round(bias, 3)}
    return learned


def used_by(name: str, reader: str, *, is_known: bool) -> list[str]:
    """The signals that passages of this kind are judged by. is_known: the model's, so that its tokens say something.

    Where the tokens say nothing, and in prose that nobody read, the scores speak too; else they make little of
    questions in everyday words, which `bench/written/graded.jsonl` showed.
    """
    unused = frozenset() if reader else OF_READER
    if not is_known:
        unused |= OF_TOKENS
    elif reader or name == "provision":
        unused |= OF_SCORES
    return [each for each in SIGNALS if each not in unused]


def _refused(odds: Matrix) -> str:
    return f"{int((odds < 0).sum())} of {len(odds)}"


def _written(library: Library) -> list[Example]:
    """The office's written questions; shares before they are evened out."""
    asked = [(question, library.signals(Query(question.text, LOCAL_ADMIN))) for question in written_over(library)]
    return [
        (found, float(question.kind == ANSWERED), 0.5 if question.kind == NEAR else 1.0)
        for question, found in asked
        if found is not None
    ]


def _graded(library: Library) -> list[Example]:
    """The questions of others, in words of their own."""
    asked = [(question, library.signals(Query(question.text, LOCAL_ADMIN))) for question in read_graded(GRADED)]
    return [(found, float(bool(question.golds)), 1.0) for question, found in asked if found is not None]


def _evenly(examples: list[Example]) -> list[Example]:
    """The examples with and without an answer, each as much as the other."""
    whole = {answer: sum(share for _, other, share in examples if other == answer) for answer in (0.0, 1.0)}
    return [(found, answer, share / whole[answer]) for found, answer, share in examples]


def _prose(settings: Settings) -> list[Example]:
    chosen = random.Random(SEED)
    texts = {
        (name, of): chosen.sample(_texts(DATA / name / f"{of}_train.jsonl"), N_QUESTIONS)
        for name in ("idk-mrc", "trans-squad")
        for of in ("queries", "unanswerable")
    }
    examples: list[Example] = []
    for name, other in (("idk-mrc", "trans-squad"), ("trans-squad", "idk-mrc")):
        with open_corpus(settings, Library.open, DATA / name / "corpus.jsonl", lambda *_: None) as library:
            for key, answer, share in (
                ((name, "queries"), 1.0, 1.0),
                ((name, "unanswerable"), 0.0, 1.0),
                ((other, "queries"), 0.0, 0.5),
            ):
                found = _of("prose", _signals(library, [Query(text, LOCAL_ADMIN) for text in texts[key]]))
                print(f"{name}: {len(found)} of {key}", file=sys.stderr)
                examples += [(each, answer, share / len(found)) for each in found]
    return examples


def _provisions(settings: Settings) -> list[Example]:
    questions = read_set(DATA / "peraturan-qa", "dev", "doc_dev", "clean")
    examples: list[Example] = []
    with open_corpus(settings, Library.open, questions.corpus_file, lambda *_: None) as library:
        documents = library.documents(LOCAL_ADMIN)
        asked = [each for each in questions.questions if each.id in questions.qrels]
        own = [Query(each.text, LOCAL_ADMIN) for each in asked]
        left_out = [
            Query(
                each.text,
                LOCAL_ADMIN,
                Filters(documents=frozenset(d.id for d in documents if d.name not in questions.qrels[each.id])),
            )
            for each in asked
        ]
        for answer, queries in ((1.0, own), (0.0, left_out)):
            found = _of("provision", _signals(library, queries))
            print(f"peraturan-qa: {len(found)} with answer {answer}", file=sys.stderr)
            examples += [(each, answer, 1.0 / len(found)) for each in found]
    return examples


def _texts(file: Path) -> list[str]:
    return [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]


def _signals(library: Library, queries: list[Query]) -> list[Signals]:
    return [found for query in queries if (found := library.signals(query)) is not None]


def _of(name: str, found: Sequence[Signals]) -> list[Signals]:
    return [each for each in found if weights_name(each[IN_PROVISION] > 0) == name]


def _matrix(found: Sequence[Signals], used: list[str]) -> Matrix:
    return np.array([[each[name] for name in used] for each in found])


def _fit(rows: Matrix, answers: Matrix, shares: Matrix) -> tuple[Matrix, float]:
    """Logistic regression with a penalty on the weights of standardised signals, folded back to plain ones."""
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    inputs = np.hstack([(rows - mean) / deviation, np.ones((len(rows), 1))])

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        chance = 1.0 / (1.0 + np.exp(-inputs @ weights))
        right = answers * np.log(chance + 1e-9) + (1 - answers) * np.log(1 - chance + 1e-9)
        slope = inputs.T @ (shares * (chance - answers))
        slope[:-1] += 2 * PENALTY * weights[:-1]
        return float(-(shares * right).sum() + PENALTY * (weights[:-1] ** 2).sum()), slope

    # A signal may be worth nothing, never less: each was chosen because it rises with an answer being there.
    bounds = [(0.0, None)] * (inputs.shape[1] - 1) + [(None, None)]
    best = minimize(loss, np.zeros(inputs.shape[1]), jac=True, bounds=bounds).x
    plain = best[:-1] / deviation
    return plain, float(best[-1] - plain @ mean)


if __name__ == "__main__":
    main()
