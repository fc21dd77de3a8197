"""All figures of quality on the shared question sets: `make eval`, or `python -m bench.evaluation --write`.

The corpora become stores of their own below KB_HOME, kept between runs and named after the code that cut, analysed and
embedded them, so that no run measures what older code made. The first run takes half an hour, the next ones minutes.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from api.evaluation import OwnQuestions, Report, measure, open_corpus, read_questions, read_set, to_json
from api.library import Library
from bench.machine import commit
from bench.office import graded_over, open_office
from bench.progress import end_progress, progress
from bench.stores import add_stores, settings_over
from bench.worker import ROOT
from bench.written import GRADED, HELD_OUT
from index.measures import Mean, p_value
from kb.errors import KbError
from kb.intake import Ingested
from kb.settings import Settings

DATA = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "EVALUATION.md"

SHOWN = ("nDCG@10", "RR@10", "R@5", "R@10", "R@100", "Success@1", "Success@5")
SLICED = ("nDCG@10", "Success@1", "Success@5", "R@100")
CHANNELS = {"words": "words", "dense": "vectors", "rrf": "reciprocal rank fusion", "fused": "**fused, as served**"}

WANTED_IDK = 0.945
WANTED_REGULATION, WANTED_PASAL, WANTED_PASAL_R5 = 0.92, 0.78, 0.85
WANTED_OFFICE_SUCCESS, WANTED_OFFICE, WANTED_OFFICE_RIGHT = 0.78, 0.60, 0.50
WANTED_ANSWER, WANTED_SILENCE = 0.80, 0.80
"""What was asked for (see the tracker's issue on retrieval)."""

OWN_QUESTIONS = Path(__file__).with_name("judging.md")
"""The end of the page, which says how to judge a set of one's own."""


def idk_mrc(settings: Settings) -> Iterator[str]:
    """General Indonesian: questions by people on Wikipedia."""
    found = measured(settings, "idk-mrc", "valid")
    answers = found.answers()
    yield from ("## General Indonesian: IDK-MRC valid", "")
    yield f"{answers.n_with} questions that people wrote, over 4,395 passages of Wikipedia, and {answers.n_without}"
    yield "that look like them but whose passage does not answer them (another may)."
    yield ""
    yield from table(found)
    yield from asked_for("nDCG@10", found.means("fused")["nDCG@10"].value, WANTED_IDK)
    yield from sliced(found)
    yield from answered(found, "one of its quotes holds the answer string")
    assert answers.right_of_answered is not None
    yield from asked_for("answer string in the quotes of the answered", answers.right_of_answered.value, WANTED_ANSWER)
    yield from asked_for("abstention precision, equal mix", answers.equal_precision, WANTED_SILENCE)
    yield from asked_for("abstention recall", answers.recall, WANTED_SILENCE)


def peraturan_qa(settings: Settings) -> Iterator[str]:
    """Regulations: questions by a model on laws and government regulations."""
    yield from ("## Regulations: peraturan-qa dev", "")
    yield "34,384 Pasal of 768 regulations; only the questions marked clean, which neither name the regulation nor"
    yield "point at it. A model wrote them. By regulation: the right regulation is found. By Pasal: the passage that"
    yield "holds the answer by string match, which no person checked. None of them is without an answer."
    yield ""
    for level, qrels in (("regulation", "doc_dev"), ("Pasal", "silver_pasal_dev")):
        found = measured(settings, "peraturan-qa", "dev", qrels, "clean")
        means = found.means("fused")
        yield from (f"### By {level}", "", f"{found.answers().n_with} questions.", "")
        yield from table(found)
        if level == "regulation":
            yield from asked_for("nDCG@10", means["nDCG@10"].value, WANTED_REGULATION)
        else:
            yield from asked_for("nDCG@10", means["nDCG@10"].value, WANTED_PASAL)
            yield from asked_for("R@5", means["R@5"].value, WANTED_PASAL_R5)
        yield from sliced(found)
        yield from answered(found, f"one of its quotes is of the right {level}")


def domain_qa(settings: Settings) -> Iterator[str]:
    """The office: its questions over its PDFs, as its own score.py defines right."""
    refused: list[KbError] = []

    def told(_file: Path, came: Ingested | KbError) -> None:
        if isinstance(came, KbError):
            refused.append(came)

    with open_office(settings, told) as library:
        questions = read_questions(DATA / "domain-qa" / "questions.jsonl")
        found, strict = (
            keep(settings, measure(library, OwnQuestions(name, library, questions, strictly=strictly), progress))
            for name, strictly in (("domain-qa dev", False), ("domain-qa dev, strict", True))
        )
    answers = found.answers()
    yield from ("## The office: domain-qa dev", "")
    yield f"{answers.n_with} questions with an answer and {answers.n_without} without, over {len_pdfs()} PDFs"
    yield f"({len(refused)} refused). By page: a hit counts that is of a gold page or holds its quote, as the set's own"
    yield "`score.py` defines it (a test holds the two to the same figures)."
    yield ""
    yield from table(found)
    means = found.means("fused")
    assert answers.right is not None
    yield from asked_for("Success@5", means["Success@5"].value, WANTED_OFFICE_SUCCESS)
    yield from asked_for("nDCG@10", means["nDCG@10"].value, WANTED_OFFICE)
    yield from asked_for("answer right", answers.right.value, WANTED_OFFICE_RIGHT)
    yield from below_a_channel(found)
    yield from ("Strictly: only a hit that holds the quote.", "")
    yield from table(strict)
    yield from sliced(found)
    yield from answered(found, "one of its quotes holds the gold quote, or six of ten of its words")


def graded(settings: Settings) -> Iterator[str]:
    """The office once more: questions by others over the same PDFs, those whose misses were read and those not."""
    with open_office(settings) as library:
        found, unread = (
            keep(settings, measure(library, OwnQuestions(name, library, graded_over(library, file)), progress))
            for name, file in (("graded", GRADED), ("held out", HELD_OUT))
        )
    answers = found.answers()
    yield from ("## The office once more: questions of our own", "")
    yield f"{answers.n_with} questions with an answer and {answers.n_without} without, over the same PDFs"
    yield "(`bench/written/graded.jsonl`), written as offices ask by people who knew neither the system nor the set"
    yield "above; harder, with fewer of the answer's own words. What answers each was looked for in all PDFs. Half of"
    yield "those without an answer are twins of one with, about the same passage in much the same words."
    yield ""
    yield from table(found)
    yield from below_a_channel(found)
    yield from sliced(found)
    yield from answered(found, "one of its quotes holds the gold quote, or six of ten of its words")
    answers = unread.answers()
    yield f"Words were added for misses of these. {answers.n_with} more with an answer and {answers.n_without}"
    yield "without (`bench/written/held_out.jsonl`) are only asked: no word, rule or weight comes from them."
    yield ""
    yield from table(unread)
    yield from answered(unread, "one of its quotes holds the gold quote, or six of ten of its words")


SETS: dict[str, Callable[[Settings], Iterator[str]]] = {
    "idk-mrc": idk_mrc,
    "peraturan-qa": peraturan_qa,
    "domain-qa": domain_qa,
    "graded": graded,
}


def measured(settings: Settings, folder: str, split: str, qrels: str | None = None, only: str | None = None) -> Report:
    """The report of one question set through the real search and answer paths."""
    questions = read_set(DATA / folder, split, qrels, only)
    with open_corpus(settings, Library.open, questions.corpus_file, progress) as library:
        return keep(settings, measure(library, questions, progress))


def keep(settings: Settings, report: Report) -> Report:
    """The report, also as a file that `kb eval --compare` reads."""
    folder = settings.home / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{report.name.replace(',', '').replace(' ', '-')}.json").write_text(to_json(report), encoding="utf-8")
    return report


def table(found: Report) -> Iterator[str]:
    """The means of every channel with their intervals, and whether fusion differs from the better channel by chance."""
    yield from header("", SHOWN)
    for channel, named in CHANNELS.items():
        means = found.means(channel)
        yield f"| {named} | {' | '.join(with_interval(means[measure]) for measure in SHOWN)} |"
    yield ""
    ndcg = {channel: found.means(channel)["nDCG@10"].value for channel in ("words", "dense")}
    better = max(ndcg, key=lambda channel: ndcg[channel])
    gain = found.means("fused")["nDCG@10"].value - ndcg[better]
    chance = p_value(found.values["fused"]["nDCG@10"], found.values[better]["nDCG@10"])
    surely = "p < 0.001" if chance < 0.001 else f"p = {chance:.3f}"
    yield f"Fused against {CHANNELS[better]} alone: nDCG@10 {gain:+.3f}, {surely} (paired permutation test)."
    yield ""


def sliced(found: Report) -> Iterator[str]:
    """The slices, as served."""
    yield from header("as served", ("n", *SLICED, "answer right"))
    for name, ids in found.slices.items():
        means, right = found.means("fused", ids), found.answers(ids).right
        cells = (f"{means[measure].value:.3f}" for measure in SLICED)
        yield f"| {name} | {len(ids)} | {' | '.join(cells)} | {shown(right.value if right else None)} |"
    yield ""


def below_a_channel(found: Report) -> Iterator[str]:
    """The kinds and styles on which the fused ranking is below words or vectors alone."""
    worse = []
    for name, ids in found.slices.items():
        if name.startswith(("kind", "style")):
            for measure in ("nDCG@10", "Success@5"):
                best = max(found.means(channel, ids)[measure].value for channel in ("words", "dense"))
                served = found.means("fused", ids)[measure].value
                if served < best - 1e-9:
                    worse.append(f"{name} ({len(ids)}), {measure} {served:.3f} < {best:.3f}")
    yield f"Below the better channel on a kind or style: {'; '.join(worse) or 'nowhere'}."
    yield ""


def answered(found: Report, right: str) -> Iterator[str]:
    """How good the answers are, when silence was right, and the quotes that were compared."""
    answers = found.answers()
    n_quotes, n_equal = found.quotes
    yield f"An answer is right when {right}. {n_quotes:,} quotes were compared with their page: {n_equal:,} equal."
    yield ""
    assert answers.right is not None
    assert answers.right_of_answered is not None
    names = ["right, of those with an answer", "right, of those answered", "with an answer and refused"]
    cells = [with_interval(answers.right), with_interval(answers.right_of_answered), shown(answers.refused)]
    if answers.n_without:
        names += ["abstention precision", "the same, equal mix", "abstention recall"]
        cells += [shown(answers.precision), shown(answers.equal_precision), shown(answers.recall)]
    yield from header("", names)
    yield f"| as served | {' | '.join(cells)} |"
    yield ""


def asked_for(what: str, value: float | None, wanted: float) -> Iterator[str]:
    """A demand and whether it is met."""
    met = "met" if value is not None and value >= wanted else "**not met**"
    yield f"Asked for: {what} of {wanted:g} or more. It is {shown(value)}: {met}."
    yield ""


def header(first: str, names: Sequence[str]) -> Iterator[str]:
    """The first two lines of a table."""
    yield f"| {first} | {' | '.join(names)} |"
    yield f"| --- |{' --- |' * len(names)}"


def with_interval(mean: Mean) -> str:
    """A mean with its 95 % interval."""
    return f"{mean.value:.3f} [{mean.low:.3f}, {mean.high:.3f}]"


def shown(value: float | None) -> str:
    """A share, or a dash where there was nothing to share."""
    return "–" if value is None else f"{value:.3f}"


def len_pdfs() -> int:
    """How many PDFs the office's questions are asked of."""
    return len(list((DATA / "pdf").rglob("*.pdf")))


def main() -> None:
    """Measure, print, and write the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/EVALUATION.md")
    parser.add_argument("--only", choices=SETS, action="append", help="only these sets; may be repeated")
    add_stores(parser)
    arguments = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA}: these measurements need the shared data; put it there and run again")
    settings = settings_over(arguments.stores)
    lines = ["# Evaluation", "", "The last run of `make eval`, written by `python -m bench.evaluation --write`;"]
    lines += [f"every figure comes from it ({commit()}). In brackets: 95 % interval by drawing questions again.", ""]
    lines += ["The sets are for tuning, so these figures are a little kind to us; the judging set is another.", ""]
    for name, written in SETS.items():
        if arguments.only is None or name in arguments.only:
            lines += written(settings)
    lines += OWN_QUESTIONS.read_text("utf-8").splitlines()
    text = "\n".join([*lines, ""])
    end_progress()
    print(text)
    if arguments.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
