"""Learns the weights of `index/confidence.json`: which signals tell questions with an answer from those without.

Trained on the train splits of IDK-MRC and trans-squad: their own questions against questions of the same kind without
an answer in their passage, and against questions of the other set, which this collection cannot answer. The bias is
then set on domain-qa dev, so that no more than `REFUSED` of its answerable questions are refused.
Run: python -m bench.learn_confidence KB_HOME_OF_OFFICE_PDFS [--write]
"""

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from api.evaluation import open_corpus
from api.library import Library
from bench.worker import ROOT
from index.confidence import ANY_MODEL, OF_READER, OF_VECTORS, SIGNALS
from kb.access import LOCAL_ADMIN
from kb.questions import Query
from kb.settings import Settings

DATA = ROOT.parent / "shared" / "data"
FILE = ROOT / "index" / "confidence.json"
N_QUESTIONS = 500
REFUSED = 0.08
PENALTY = 0.01
SEED = 5

Matrix = NDArray[np.float64]


def main() -> None:
    """Print the report; with --write also the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("office", type=Path, help="a KB_HOME into which ../shared/data/pdf was taken")
    parser.add_argument("--corpora", type=Path, help="a KB_HOME with the corpora in eval/")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    settings = Settings.from_environment({"KB_HOME": str(args.corpora or args.office)})
    chosen = random.Random(SEED)
    texts = {
        (name, kind): chosen.sample(_texts(DATA / name / f"{kind}_train.jsonl"), N_QUESTIONS)
        for name in ("idk-mrc", "trans-squad")
        for kind in ("queries", "unanswerable")
    }
    rows, answers, shares = [], [], []
    for name, other in (("idk-mrc", "trans-squad"), ("trans-squad", "idk-mrc")):
        with open_corpus(settings, Library.open, DATA / name / "corpus.jsonl", lambda *_: None) as library:
            for key, answer, share in (
                ((name, "queries"), 1.0, 1.0),
                ((name, "unanswerable"), 0.0, 1.0),
                ((other, "queries"), 0.0, 0.5),
            ):
                found = _signals(library, texts[key])
                print(f"{name}: {key} {found.mean(axis=0).round(3)}", file=sys.stderr)
                rows.append(found)
                answers.append(np.full(len(found), answer))
                shares.append(np.full(len(found), share / len(found)))
    with Library.open(Settings.from_environment({"KB_HOME": str(args.office)})) as library:
        model = library.judges
        questions = [json.loads(line) for line in (DATA / "domain-qa" / "questions.jsonl").read_text().splitlines()]
        with_answer = _signals(library, [q["text"] for q in questions if q["gold"]])
        without = _signals(library, [q["text"] for q in questions if not q["gold"]])
    learned = {}
    there = [each for each in SIGNALS if settings.reranker or each not in OF_READER]
    for name, used in ((model, there), (ANY_MODEL, [each for each in there if each not in OF_VECTORS | OF_READER])):
        places = [SIGNALS.index(each) for each in used]
        weights, _ = _fit(np.vstack(rows)[:, places], np.concatenate(answers), np.concatenate(shares))
        bias = -float(np.quantile(with_answer[:, places] @ weights, REFUSED))
        silent = int((without[:, places] @ weights + bias < 0).sum())
        refused = int((with_answer[:, places] @ weights + bias < 0).sum())
        print(
            f"{name}: domain-qa dev: precision {silent / max(1, silent + refused):.3f}, "
            f"recall {silent / len(without):.3f}, answerable refused {refused / len(with_answer):.3f}"
        )
        learned[name] = {each: round(float(weight), 3) for each, weight in zip(used, weights, strict=True)}
        learned[name]["bias"] = round(bias, 3)
    print(json.dumps(learned, indent=1))
    if args.write:
        FILE.write_text(json.dumps(learned, indent=1) + "\n")


def _texts(file: Path) -> list[str]:
    return [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]


def _signals(library: Library, texts: list[str]) -> Matrix:
    found = [library.signals(Query(text, LOCAL_ADMIN)) for text in texts]
    return np.array([[each.get(name, 0.0) for name in SIGNALS] for each in found if each is not None])


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
