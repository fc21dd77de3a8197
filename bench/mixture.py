"""How much the vectors should weigh beside the words, and late interaction beside them: nDCG@10, weight by weight.

The mixture is `index.fusion.convex` over the candidates, without anything that the ranking adds beside both channels,
so its table stays comparable when the ranking changes. The second table is the ranking as it is served, but for what
a question names, with more and less of its late interaction (`index.late`). Choose on train, valid and dev splits only.
Run: python -m bench.mixture [--stores FOLDER] [--sample N]
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from api.evaluation import OwnQuestions, open_corpus, read_questions, read_set, sampled
from api.evaluation.judges import Judge
from api.library import Library
from bench.evaluation import DATA, digest_of_code
from bench.progress import end_progress, progress
from index.dense import best_first
from index.fusion import convex
from index.measures import mean, per_question
from index.ranking import rank
from kb.passages import PassageId
from kb.questions import MAX_K
from kb.settings import Settings

WEIGHTS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
LATE_WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)


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
    home = settings.home / "domain-qa"
    with Library.open(replace(settings, home=home)) as library:
        library.ingestion.ingest_folder(DATA / "pdf", lambda *_: progress("taking in the office's PDFs"))
        questions = read_questions(DATA / "domain-qa" / "questions.jsonl")
        yield library, OwnQuestions("domain-qa dev", library, questions)


Runs = dict[float, dict[str, dict[str, float]]]
"""For each weight a run: question, what was found, its score."""


def ndcg(library: Library, judge: Judge) -> tuple[dict[float, float], dict[float, float]]:
    """The mean nDCG@10 of each weight of the vectors, and of each weight of late interaction."""
    runs: Runs = {weight: {} for weight in WEIGHTS}
    late: Runs = {weight: {} for weight in LATE_WEIGHTS}
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
        met = library.retriever.met(candidates, rank(candidates))
        for weight, run in late.items():
            ranking = rank(candidates, None, met, weight)
            held = [passages[PassageId(i)] for i in ranking.ids[:MAX_K].tolist()]
            run[question.id] = judge.found(question.id, held)
    return _means(judge, runs), _means(judge, late)


def _means(judge: Judge, runs: Runs) -> dict[float, float]:
    return {weight: mean(per_question(judge.qrels, run)["nDCG@10"]).value for weight, run in runs.items()}


def main() -> None:
    """Print two tables: a line a set, a column a weight."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stores", type=Path, help="use the stores below this folder, whatever code made them")
    parser.add_argument("--sample", type=int, default=600, help="so many questions of a set")
    given = parser.parse_args()
    settings = Settings.from_environment()
    settings = replace(settings, home=given.stores or settings.home / f"evaluation-{digest_of_code()}")
    rows: list[tuple[str, dict[float, float], dict[float, float]]] = []
    for library, judge in judged(settings, given.sample):
        rows.append((f"{judge.name} ({len(judge.qrels)})", *ndcg(library, judge)))
        end_progress()
    for title, weights, tables in (
        ("weight of the vectors", WEIGHTS, [(name, first) for name, first, _ in rows]),
        ("weight of late interaction", LATE_WEIGHTS, [(name, second) for name, _, second in rows]),
    ):
        print(f"| nDCG@10 by the {title} | {' | '.join(map(str, weights))} |")
        print(f"| --- |{' --- |' * len(weights)}")
        for name, found in tables:
            print(f"| {name} | {' | '.join(f'{value:.3f}' for value in found.values())} |")
        print()


if __name__ == "__main__":
    main()
