"""A set asked through the real search and answer paths, and what comes back measured."""

import random
from collections.abc import Sequence
from dataclasses import replace

from api.evaluation.beir import Progress, QuestionSet
from api.evaluation.judges import Judge
from api.evaluation.report import CHANNELS, Outcome, Report, Store
from api.evaluation.slices import slices
from api.library import Library
from index.dense import Ranking
from index.fusion import reciprocal_rank
from index.measures import per_question
from kb.access import LOCAL_ADMIN
from kb.answers import Answer
from kb.passages import PassageId, StoredPassage
from kb.questions import MAX_K, Query

SEED = 3


def measure(library: Library, judge: Judge, progress: Progress) -> Report:
    """Every question of the set, by words, by vectors, by RRF and as served, with its answer judged.

    The fused ranking is the hits that a viewer would get, `MAX_K` of them; the quotes are those of the answer.
    """
    runs: dict[str, dict[str, dict[str, float]]] = {channel: {} for channel in CHANNELS}
    outcomes: dict[str, Outcome] = {}
    plain: dict[str, str] = {}
    for n_done, question in enumerate(judge.questions):
        progress(judge.name, n_done, len(judge.questions))
        answer = library.ask(Query(question.text, LOCAL_ADMIN, k=MAX_K))
        has_answer = question.id in judge.qrels
        outcomes[question.id] = Outcome(
            has_answer=has_answer,
            is_answered=not answer.abstained,
            is_right=has_answer and not answer.abstained and judge.is_right(question.id, answer),
            confidence=answer.confidence,
            n_quotes=sum(len(statement.citations) for statement in answer.statements),
            n_equal=n_equal(library, answer),
        )
        if not has_answer:
            continue
        candidates = library.retriever.candidates(question.text)
        plain[question.id] = candidates.question.plain
        words, dense = candidates.lexical_ranking(), candidates.dense_ranking()
        ids = {
            "words": _first(words),
            "dense": _first(dense),
            "rrf": _first(reciprocal_rank([words, dense])),
            "fused": [hit.passage_id for hit in answer.hits],
        }
        passages = library.store.passages.read(list({i for ranking in ids.values() for i in ranking}))
        for channel, ranking in ids.items():
            held: list[StoredPassage] = [passages[i] for i in ranking if i in passages]
            runs[channel][question.id] = judge.found(question.id, held)
    answerable = [question for question in judge.questions if question.id in judge.qrels]
    status = library.status()
    return Report(
        name=judge.name,
        store=Store(status.n_documents, status.n_passages, status.model),
        values={channel: per_question(judge.qrels, run) if run else {} for channel, run in runs.items()},
        slices=slices(answerable, plain, {question.id: judge.text(question.id) for question in answerable}),
        outcomes=outcomes,
        n_left_out=judge.n_left_out,
    )


def count_quotes(library: Library, questions: Sequence[str], progress: Progress) -> tuple[int, int]:
    """How many quotes the answers to `questions` hold, and how many of them equal their page."""
    n_quotes = n_same = 0
    for n_done, text in enumerate(questions):
        progress("", n_done, len(questions))
        answer = library.ask(Query(text, LOCAL_ADMIN))
        n_quotes += sum(len(statement.citations) for statement in answer.statements)
        n_same += n_equal(library, answer)
    return n_quotes, n_same


def n_equal(library: Library, answer: Answer) -> int:
    """How many of the answer's quotes equal their place on their page, read from the store again."""
    return sum(
        library.pages.read(LOCAL_ADMIN, c.document_id, c.span.page, c.version_id).text[c.span.start : c.span.end]
        == c.quote
        for statement in answer.statements
        for c in statement.citations
    )


def sampled(questions: QuestionSet, n: int | None) -> QuestionSet:
    """The set with `n` of its questions with an answer and `n` of those without, always the same ones."""
    if n is None:
        return questions
    chosen = random.Random(SEED)
    parts: Sequence[list[str]] = (
        [q.id for q in questions.questions if q.id in questions.qrels],
        [q.id for q in questions.questions if q.id not in questions.qrels],
    )
    kept = {key for part in parts for key in (chosen.sample(part, n) if n < len(part) else part)}
    return replace(
        questions,
        questions=tuple(q for q in questions.questions if q.id in kept),
        qrels={key: grades for key, grades in questions.qrels.items() if key in kept},
    )


def _first(ranking: Ranking) -> list[PassageId]:
    return [PassageId(i) for i in ranking.ids[:MAX_K].tolist()]
