"""How much the vectors should weigh beside the words: nDCG@10 of a fixed mixture, weight by weight.

The mixture is `index.fusion.convex` over the candidates, without anything that the ranking knows beside both channels:
what a learned ranking has to beat on every set. Choose on train, valid and dev splits only.
Run: python -m bench.mixture [--stores FOLDER] [--sample N]
"""

import argparse
from collections.abc import Iterator

from api.evaluation import OwnQuestions, open_corpus, read_questions, read_set, sampled
from api.evaluation.judges import Judge
from api.library import Library
from bench.evaluation import DATA
from bench.office import open_office
from bench.progress import end_progress, progress
from bench.stores import add_stores, settings_over
from index.dense import best_first
from index.fusion import convex
from index.measures import mean, per_question
from kb.passages import PassageId
from kb.questions import MAX_K
from kb.settings import Settings

WEIGHTS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)


def judged(settings: Settings, sample: int) -> Iterator[tuple[Library, Judge]]:
    """Each set with its store."""
    for folder, split, qrels, only in (
        ("idk-mrc", "valid", None, None),
        ("trans-squad", "train", None, None),
        ("peraturan-qa", "dev", "silver_pasal_dev", "clean"),
    ):
        questions = sampled(read_set(DATA / folder, split, qrels, only), sample)
        with open_corpus(settings, Library.open, questions.corpus_file, progress) as library:
            yield library, questions
    with open_office(settings) as library:
        questions = read_questions(DATA / "domain-qa" / "questions.jsonl")
        yield library, OwnQuestions("domain-qa dev", library, questions)


Runs = dict[float, dict[str, dict[str, float]]]
"""For each weight a run: question, what was found, its score."""


def ndcg(library: Library, judge: Judge) -> dict[float, float]:
    """The mean nDCG@10 of each weight of the vectors."""
    runs: Runs = {weight: {} for weight in WEIGHTS}
    for n_done, question in enumerate(judge.questions):
        progress(judge.name, n_done, len(judge.questions))
        if question.id not in judge.qrels:
            continue
        candidates = library.retriever.candidates(question.text)
        passages = library.store.passages.read([PassageId(i) for i in candidates.ids.tolist()])
        for weight, run in runs.items():
            ranking = best_first(candidates.ids, convex(candidates.lexical, candidates.dense, weight))
            held = [passages[PassageId(i)] for i in ranking.ids[:MAX_K].tolist()]
            run[question.id] = judge.found(question.id, held)
    return {weight: mean(per_question(judge.qrels, run)["nDCG@10"]).value for weight, run in runs.items()}


def main() -> None:
    """Print the table: a line a set, a column a weight."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_stores(parser)
    parser.add_argument("--sample", type=int, default=600, help="so many questions of a set")
    given = parser.parse_args()
    settings = settings_over(given.stores)
    print(f"| nDCG@10 by the weight of the vectors | {' | '.join(map(str, WEIGHTS))} |")
    print(f"| --- |{' --- |' * len(WEIGHTS)}")
    for library, judge in judged(settings, given.sample):
        found = ndcg(library, judge)
        end_progress()
        print(f"| {judge.name} ({len(judge.qrels)}) | {' | '.join(f'{value:.3f}' for value in found.values())} |")


if __name__ == "__main__":
    main()
