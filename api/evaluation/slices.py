"""The slices of a question set: by kind and style, by what is asked for, as typed or spoken, by words shared."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from api.evaluation.questions import Question
from index.words import words

Slices = dict[str, tuple[str, ...]]
"""A slice's name to the ids of its questions."""

ASKS = {
    "berapa": r"berapa\w*|brp|jumlah",
    "kapan": r"kapan\w*|tanggal|tahun berapa",
    "siapa": r"siapa\w*|sapa",
    "di mana": r"di ?mana\w*|kemana|ke mana",
    "mengapa": r"mengapa|kenapa|knp",
    "bagaimana": r"bagaimana\w*|gimana|gmn",
    "apakah": r"apakah|apa benar|bolehkah|boleh",
    "apa": r"apa|apa saja|sebutkan",
}
"""What a question asks for, by the word that asks; the first that stands in it."""

OTHERWISE = "lain"
COLLOQUIAL = frozenset({"lisan", "salah-ketik"})
TYPED = frozenset({"lengkap", "kata-kunci"})
N_QUARTERS = 4

_ASKS = {name: re.compile(rf"(?<!\w)({pattern})(?!\w)", re.IGNORECASE) for name, pattern in ASKS.items()}


def slices(questions: Sequence[Question], plain: Mapping[str, str], golds: Mapping[str, str]) -> Slices:
    """The slices of the questions that have an answer; one that holds them all is left out.

    plain: each question as the search reads it, everyday words and typos put right. golds: the words of each gold.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for question in questions:
        if question.kind:
            found[f"kind {question.kind}"].append(question.id)
        if question.style:
            found[f"style {question.style}"].append(question.id)
        found[f"asks {asked_for(question.text)}"].append(question.id)
        found["colloquial" if is_colloquial(question, plain[question.id]) else "typed"].append(question.id)
    by_name = {name: tuple(ids) for name, ids in sorted(found.items()) if len(ids) < len(questions)}
    return by_name | _quarters({q.id: shared(q.text, golds[q.id]) for q in questions if golds[q.id]})


def asked_for(text: str) -> str:
    """What the question asks for, by its first question word."""
    places = {name: match.start() for name, pattern in _ASKS.items() if (match := pattern.search(text))}
    return min(places, key=lambda name: places[name]) if places else OTHERWISE


def is_colloquial(question: Question, plain: str) -> bool:
    """Whether a question is as people speak or mistype: by its style, else by a word that the search had to replace."""
    if question.style in COLLOQUIAL | TYPED:
        return question.style in COLLOQUIAL
    return not _written(question.text) <= _written(plain)


def shared(question: str, gold: str) -> float:
    """The share of the question's stems that its gold has, in [0, 1]."""
    asked = {word.stem for word in words(question)}
    return len(asked & {word.stem for word in words(gold)}) / len(asked) if asked else 0.0


def _quarters(shares: Mapping[str, float]) -> Slices:
    """The questions in four parts by words shared with their gold, the fewest first; equal shares may fall apart."""
    ids = sorted(shares, key=lambda key: (shares[key], key))
    cuts = [len(ids) * i // N_QUARTERS for i in range(N_QUARTERS + 1)]
    named = ("words shared 1/4, fewest", "words shared 2/4", "words shared 3/4", "words shared 4/4, most")
    return {name: tuple(ids[cuts[i] : cuts[i + 1]]) for i, name in enumerate(named) if cuts[i] < cuts[i + 1]}


def _written(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
