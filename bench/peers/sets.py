"""The sets of questions that every way is asked, and the passages that they are asked over."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from api.evaluation import OwnQuestions, QuestionSet, read_corpus, read_questions, read_set, sampled
from api.evaluation.judges import Judge
from api.library import Library
from bench.peers.plan import DATA, Plan
from kb.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """A set and where ours finds its passages: ("corpus", file) to take in, or ("home", folder) that stands.

    is_titled: whether ours embeds the documents' names too.
    """

    title: str
    source: tuple[str, Path]
    judge_over: Callable[[Path], Judge]
    is_titled: bool = False


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
    return replace(questions, questions=kept)


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
