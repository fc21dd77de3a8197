"""The report of a run: what each question came to, the figures made of that, and how two runs differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.measures import Difference, Mean, PerQuestion, difference, mean

CHANNELS = ("words", "dense", "rrf", "fused")
RIGHT = "answer right"
"""What comparisons call the share of questions with an answer that were answered rightly."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answer to one question came to. is_right: of a question with an answer that was answered.

    n_quotes: quotes given. n_equal: those that equalled their page when it was read again.
    """

    has_answer: bool
    is_answered: bool
    is_right: bool
    confidence: float
    n_quotes: int
    n_equal: int


@dataclass(frozen=True, slots=True)
class Store:
    """What was asked: how many documents and passages, and the model of their vectors."""

    n_documents: int
    n_passages: int
    model: str


@dataclass(frozen=True, slots=True)
class Answers:
    """How good the answers are, as shares; None where there was nothing to share.

    right: of the questions with an answer. right_of_answered: of those among them that were answered. refused: of those
    with an answer. precision: of the questions left unanswered, those without an answer; recall: of the questions
    without an answer, those left unanswered. equal_precision: the precision that the same shares would have on as many
    questions with an answer as without.
    """

    n_with: int
    n_without: int
    right: Mean | None
    right_of_answered: Mean | None
    refused: float | None
    precision: float | None
    recall: float | None
    equal_precision: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run found, question by question.

    values: channel to measure to question. slices: name to questions. n_left_out: questions whose documents are not in.
    """

    name: str
    store: Store
    values: Mapping[str, PerQuestion]
    slices: Mapping[str, tuple[str, ...]]
    outcomes: Mapping[str, Outcome]
    n_left_out: int

    def means(self, channel: str, ids: Iterable[str] | None = None) -> dict[str, Mean]:
        """Each measure's mean over all questions with an answer, or over `ids`; {} where there are none."""
        chosen = None if ids is None else frozenset(ids)
        means = {}
        for measure, values in self.values[channel].items():
            part = {key: value for key, value in values.items() if chosen is None or key in chosen}
            if part:
                means[measure] = mean(part)
        return means

    def answers(self, ids: Iterable[str] | None = None) -> Answers:
        """How good the answers are, over all questions or over `ids`."""
        chosen = self.outcomes.keys() if ids is None else self.outcomes.keys() & set(ids)
        known = {key: self.outcomes[key] for key in sorted(chosen) if self.outcomes[key].has_answer}
        unknown = [self.outcomes[key] for key in chosen if not self.outcomes[key].has_answer]
        answered = {key: outcome for key, outcome in known.items() if outcome.is_answered}
        n_silent = sum(not outcome.is_answered for outcome in unknown)
        n_refused = len(known) - len(answered)
        refused, recall = _share(n_refused, len(known)), _share(n_silent, len(unknown))
        equal = _share(recall, recall + refused) if recall is not None and refused is not None else None
        return Answers(
            n_with=len(known),
            n_without=len(unknown),
            right=_right(known),
            right_of_answered=_right(answered),
            refused=refused,
            precision=_share(n_silent, n_silent + n_refused) if unknown else None,
            recall=recall,
            equal_precision=equal,
        )

    @property
    def quotes(self) -> tuple[int, int]:
        """How many quotes were compared with their page, and how many were equal."""
        outcomes = self.outcomes.values()
        return sum(outcome.n_quotes for outcome in outcomes), sum(outcome.n_equal for outcome in outcomes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two runs differ over the questions with an answer that both asked.

    measures: by name, of one channel, and `RIGHT`. slices: nDCG@10 by slice of the first run.
    """

    n_shared: int
    n_only_first: int
    n_only_second: int
    measures: Mapping[str, Difference]
    slices: Mapping[str, Difference]


def compare(first: Report, second: Report, channel: str = "fused") -> Comparison:
    """The first run minus the second. Raises ValueError where they share no question."""
    by_measure = (_by_question(first, channel), _by_question(second, channel))
    ids = [set(found[RIGHT]) for found in by_measure]
    shared = ids[0] & ids[1]
    ours, theirs = ({m: _only(values, shared) for m, values in found.items()} for found in by_measure)
    main = next(iter(first.values[channel]), RIGHT)
    return Comparison(
        n_shared=len(shared),
        n_only_first=len(ids[0] - shared),
        n_only_second=len(ids[1] - shared),
        measures={m: difference(values, theirs[m]) for m, values in ours.items() if m in theirs},
        slices={
            name: difference(_only(ours[main], kept), _only(theirs[main], kept))
            for name, members in first.slices.items()
            if (kept := shared & set(members))
        },
    )


def _by_question(report: Report, channel: str) -> PerQuestion:
    right = {key: float(outcome.is_right) for key, outcome in report.outcomes.items() if outcome.has_answer}
    return {**report.values[channel], RIGHT: right}


def _only(values: Mapping[str, float], ids: set[str]) -> dict[str, float]:
    return {key: value for key, value in values.items() if key in ids}


def _right(outcomes: Mapping[str, Outcome]) -> Mean | None:
    return mean({key: float(outcome.is_right) for key, outcome in outcomes.items()}) if outcomes else None


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
