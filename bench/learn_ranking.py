"""Learns `index/ranking.json`, what each feature of a candidate weighs: `python -m bench.learn_ranking [--write]`.

Listwise: the softmax of a question's scores over its candidates should fall on those that answer (Cao et al., "Learning
to Rank: From Pairwise Approach to Listwise Approach", 2007, with the top one). Learned on the questions written over
the office's PDFs (`bench.written`) and on the train splits of IDK-MRC and trans-squad, each set alike. Printed beside
it: nDCG@10 on folds that were left out, and on the dev sets, with the fixed mixture of before.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from api.evaluation import OwnQuestions, open_corpus, read_questions, read_set, sampled
from api.evaluation.judges import Judge
from api.library import Library
from bench.evaluation import DATA
from bench.office import ANSWERED, open_office, written_over
from bench.progress import end_progress, progress
from bench.stores import add_stores, settings_over
from bench.worker import ROOT
from index.dense import best_first
from index.matching import matches
from index.measures import per_question
from index.ranking import FEATURES, features, named_scores, rank, read_named
from kb.access import LOCAL_ADMIN
from kb.passages import PassageId, StoredPassage
from kb.settings import Settings

FILE = ROOT / "index" / "ranking.json"
FIXED = {"dense": 0.3, "late": 0.3, "lexical": 0.4, "empty": -0.3}
"""The mixture that was served before the weights were learned, without its mark against Menimbang and Mengingat."""

N_QUESTIONS = 500
N_FOLDS = 5
PENALTY = 0.02
NAMED = "named"

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question with its candidates: their features and, last, what they gain as named; and which of them answer.

    passages: the candidates, to be judged again in another order.
    """

    id: str
    rows: Matrix
    answers: Matrix
    passages: tuple[StoredPassage, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Set:
    """A question set over its store."""

    judge: Judge
    asked: tuple[Asked, ...]

    def ndcg(self, weights: Mapping[str, float], only: Sequence[str] | None = None) -> float:
        """The mean nDCG@10 of the ranking with these weights; what a question names gains as it is served."""
        row = np.array([*(weights.get(name, 0.0) for name in FEATURES), 1.0])
        kept = {each.id: each for each in self.asked if only is None or each.id in only}
        run = {}
        for key, each in kept.items():
            order = best_first(np.arange(len(each.rows)), each.rows @ row).ids[:10].tolist()
            run[key] = self.judge.found(key, [each.passages[i] for i in order])
        qrels = {key: grades for key, grades in self.judge.qrels.items() if key in kept}
        return float(np.mean(list(per_question(qrels, run)["nDCG@10"].values())))


def sets(settings: Settings, *, learned: bool) -> Iterator[Set]:
    """The sets that are learned from, or the dev sets."""
    with open_office(settings) as library:
        if learned:
            questions = [question for question in written_over(library) if question.kind == ANSWERED]
            yield asked(library, OwnQuestions("written over the office's PDFs", library, questions))
        else:
            questions = read_questions(DATA / "domain-qa" / "questions.jsonl")
            yield asked(library, OwnQuestions("domain-qa dev", library, questions))
    of_corpora = (
        (("idk-mrc", "train", None, None), ("trans-squad", "train", None, None))
        if learned
        else (("idk-mrc", "valid", None, None), ("peraturan-qa", "dev", "silver_pasal_dev", "clean"))
    )
    for folder, split, qrels, only in of_corpora:
        questions = sampled(read_set(DATA / folder, split, qrels, only), N_QUESTIONS)
        with open_corpus(settings, Library.open, questions.corpus_file, progress) as library:
            yield asked(library, questions)


def asked(library: Library, judge: Judge) -> Set:
    """Every question of the set that has an answer, with its candidates."""
    documents = library.store.documents.visible(LOCAL_ADMIN)
    found = []
    for n_done, question in enumerate(judge.questions):
        progress(judge.name, n_done, len(judge.questions))
        if question.id not in judge.qrels:
            continue
        read = library.retriever.read_question(question.text)
        named = read_named(read.mended, documents.values(), library.store)
        named_passages = (*named.passages, *named.definitions, *named.sanctions)
        candidates = library.retriever.candidates(read, named=named_passages, owned=tuple(documents.values()))
        held = matches(candidates, documents)
        met = library.retriever.met(candidates, rank(candidates, held, named))
        stored = library.store.passages.read([PassageId(i) for i in candidates.ids.tolist()])
        passages = tuple(stored[PassageId(i)] for i in candidates.ids.tolist())
        best = max(judge.qrels[question.id].values())
        grades = [
            max((judge.qrels[question.id].get(key, 0) for key in judge.found(question.id, [passage])), default=0)
            for passage in passages
        ]
        rows = np.column_stack([features(candidates, held, met), named_scores(candidates, named)])
        found.append(Asked(question.id, rows, (np.array(grades) == best).astype(np.float64), passages))
    end_progress()
    return Set(judge, tuple(found))


def learn(parts: Sequence[Sequence[Asked]]) -> dict[str, float]:
    """The weights by name, of which those above 0 come to 1 without that of what a question names."""
    names = (*FEATURES, NAMED)
    examples = [
        (each.rows, each.answers / each.answers.sum(), 1.0 / len(part))
        for part in parts
        for each in part
        if each.answers.any()
    ]
    scale = np.concatenate([rows for rows, _, _ in examples]).std(axis=0) + 1e-9

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = PENALTY * float(weights @ weights) / 2, PENALTY * weights
        for rows, answers, share in examples:
            scores = rows / scale @ weights
            odds = scores - scores.max()
            chances = np.exp(odds) / np.exp(odds).sum()
            total -= share * float(answers @ np.log(chances + 1e-12)) / len(parts)
            slope = slope + share * ((chances - answers) @ rows) / scale / len(parts)
        return total, slope

    # What was chosen because it rises with an answer may be worth nothing, never less; emptiness the reverse.
    bounds = [(None, 0.0) if name == "empty" else (0.0, None) for name in names]
    plain = minimize(loss, np.zeros(len(names)), jac=True, bounds=bounds).x / scale
    whole = sum(weight for weight, name in zip(plain, names, strict=True) if weight > 0 and name != NAMED)
    return {name: float(weight) / whole for name, weight in zip(names, plain, strict=True)}


def main() -> None:
    """Print the weights and what they come to; with --write also keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_stores(parser)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    settings = settings_over(given.stores)
    known = list(sets(settings, learned=True))
    print("| nDCG@10 | fixed | learned |\n| --- | --- | --- |")
    for place, each in enumerate(known):
        rest = [other.asked for other in known[:place] + known[place + 1 :]]
        values = []
        for fold in range(N_FOLDS):
            left_out = each.asked[fold::N_FOLDS]
            ids = {one.id for one in left_out}
            weights = learn([*rest, [one for one in each.asked if one.id not in ids]])
            values.append(each.ndcg(weights, [*ids]) * len(left_out))
        print(f"| {each.judge.name}, folds left out | {each.ndcg(FIXED):.3f} | {sum(values) / len(each.asked):.3f} |")
    weights = learn([each.asked for each in known])
    for each in sets(settings, learned=False):
        print(f"| {each.judge.name} | {each.ndcg(FIXED):.3f} | {each.ndcg(weights):.3f} |")
    rounded = {name: round(weight, 3) for name, weight in weights.items()}
    print(json.dumps(rounded, indent=1))
    if given.write:
        del rounded[NAMED]
        FILE.write_text(json.dumps(rounded, indent=1) + "\n")


if __name__ == "__main__":
    main()
