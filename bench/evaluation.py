"""All figures of quality on the shared question sets: `make eval`, or `python -m bench.evaluation --write`.

The corpora become stores of their own below KB_HOME, kept between runs and named after the code that cut, analysed and
embedded them, so that no run measures what older code made. The first run takes half an hour, the next ones minutes.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from api.evaluation import Report, open_corpus, read_set, run
from api.library import Library
from bench.machine import commit
from bench.progress import end_progress, progress
from bench.worker import ROOT
from index.measures import Mean, p_value
from kb.errors import KbError
from kb.settings import Settings
from kb.types import Ingested

DATA = ROOT.parent / "shared" / "data"
PAGE = ROOT / "docs" / "EVALUATION.md"

SHOWN = ("nDCG@10", "RR@10", "R@5", "R@10", "R@100")
CHANNELS = {"words": "words", "dense": "vectors", "rrf": "reciprocal rank fusion", "fused": "**fused, as served**"}
WANTED_IDK = 0.92

MAKES_STORES = (
    "ingest/**/*.py",
    "kb/naming.py",
    "index/words.py",
    "index/stemming.py",
    "index/roots.txt",
    "index/exceptions.txt",
    "index/bundled.py",
    "index/weights.py",
)
"""The files that decide what a store holds."""

OFFICE_CHANNELS = {"words": "words", "dense": "vectors", "all": "**fused, as served**"}
OFFICE_MEASURES = ("page success@1", "page success@5", "page nDCG@10", "strict success@5", "strict nDCG@10")


def idk_mrc(settings: Settings) -> Iterator[str]:
    """General Indonesian: questions by people on Wikipedia."""
    found = measured(settings, "idk-mrc", "valid")
    yield from ("## General Indonesian: IDK-MRC valid", "")
    yield f"{found.n_questions} questions that people wrote, over 4,395 passages of Wikipedia."
    yield ""
    yield from table(found)
    value = found.means["fused"]["nDCG@10"].value
    yield f"Asked for: nDCG@10 of {WANTED_IDK} or more, fused. It is {value:.3f}: {verdict(value >= WANTED_IDK)}."
    yield ""


def peraturan_qa(settings: Settings) -> Iterator[str]:
    """Regulations: questions by a model on laws and government regulations."""
    yield from ("## Regulations: peraturan-qa dev", "")
    yield "34,384 Pasal of 768 regulations; only the questions marked clean, which neither name the regulation nor"
    yield "point at it. A model wrote them. By regulation: the right regulation is found. By Pasal: the passage that"
    yield "holds the answer by string match, which no person checked."
    yield ""
    for level, qrels in (("regulation", "doc_dev"), ("Pasal", "silver_pasal_dev")):
        found = measured(settings, "peraturan-qa", "dev", qrels, "clean")
        yield from (f"### By {level}", "", f"{found.n_questions} questions.", "")
        yield from table(found)
        if level == "regulation":
            values = {channel: means["nDCG@10"].value for channel, means in found.means.items()}
            best = max(values["words"], values["dense"])
            yield f"Asked for: nDCG@10 fused no lower than either channel alone: {verdict(values['fused'] >= best)}."
            yield ""


def domain_qa(settings: Settings) -> Iterator[str]:
    """The office: its questions over its PDFs, as its own score.py defines right."""
    home = settings.home / "domain-qa"
    refused: list[KbError] = []
    with Library.open(replace(settings, home=home)) as library:

        def told(_file: Path, came: Ingested | KbError, n_done: int, n_files: int) -> None:
            progress("taking in the office's PDFs", n_done - 1, n_files)
            if isinstance(came, KbError):
                refused.append(came)

        library.ingest_folder(DATA / "pdf", told)
    questions = DATA / "domain-qa" / "questions.jsonl"
    reports = {channel: scored(home, questions, channel) for channel in OFFICE_CHANNELS}
    served = reports["all"]
    yield from ("## The office: domain-qa dev", "")
    yield f"{served['all']['questions']} questions with an answer and others without, over {len_pdfs()} PDFs"
    yield f"({len(refused)} refused); by page, and strictly (the quote inside the hit), as its `score.py` measures."
    yield ""
    yield from header("", OFFICE_MEASURES)
    for channel, named in OFFICE_CHANNELS.items():
        cells = (with_interval(Mean(*reports[channel]["all"][measure])) for measure in OFFICE_MEASURES)
        yield f"| {named} | {' | '.join(cells)} |"
    yield from ("", "Fused, by kind and style of question:", "")
    slices = ("page success@5", "page nDCG@10", "answer right")
    yield from header("", ("questions", *slices))
    for name, values in served.items():
        if name != "abstention":
            cells = (with_interval(Mean(*values[measure])) for measure in slices)
            yield f"| {name} | {values['questions']} | {' | '.join(cells)} |"
    yield ""
    said = served["abstention"]
    yield "Abstention: of the questions that it left unanswered, this share has no answer (precision); of the questions"
    yield "without an answer it left this share unanswered (recall)."
    yield ""
    yield from header("", ("precision", "recall", "answerable questions refused"))
    cells = (shown(said[name]) for name in ("precision", "recall", "answerable questions refused"))
    yield f"| fused | {' | '.join(cells)} |"
    yield ""


SETS: dict[str, Callable[[Settings], Iterator[str]]] = {
    "idk-mrc": idk_mrc,
    "peraturan-qa": peraturan_qa,
    "domain-qa": domain_qa,
}


def measured(settings: Settings, folder: str, split: str, qrels: str | None = None, only: str | None = None) -> Report:
    """The report of one question set through the real search path."""
    questions = read_set(DATA / folder, split, qrels, only)
    with open_corpus(settings, Library.open, questions.corpus_file, progress) as library:
        return run(library, questions, progress)


def table(found: Report) -> Iterator[str]:
    """The means of every channel with their intervals, and whether fusion differs from the better channel by chance."""
    yield from header("", SHOWN)
    for channel, named in CHANNELS.items():
        cells = (with_interval(found.means[channel][measure]) for measure in SHOWN)
        yield f"| {named} | {' | '.join(cells)} |"
    yield ""
    ndcg = {channel: found.means[channel]["nDCG@10"].value for channel in ("words", "dense")}
    better = max(ndcg, key=lambda channel: ndcg[channel])
    gain = found.means["fused"]["nDCG@10"].value - ndcg[better]
    chance = p_value(found.values["fused"]["nDCG@10"], found.values[better]["nDCG@10"])
    surely = "p < 0.001" if chance < 0.001 else f"p = {chance:.3f}"
    yield f"Fused against {CHANNELS[better]} alone: nDCG@10 {gain:+.3f}, {surely} (paired, by signs)."
    yield ""


def scored(home: Path, questions: Path, channel: str) -> dict[str, dict[str, list[float]]]:
    """What score.py makes of one channel's results."""
    progress(f"the office's questions, {channel}")
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.jsonl"
        environment = os.environ | {"KB_HOME": str(home)}
        ask = [sys.executable, "-m", "bench.domain", str(questions), str(results), "--channel", channel]
        subprocess.run(ask, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        score = [sys.executable, str(questions.with_name("score.py")), str(questions), str(results), "--json"]
        said = subprocess.run(score, check=True, capture_output=True, text=True).stdout
    report: dict[str, dict[str, list[float]]] = json.loads(said)
    return report


def header(first: str, names: Sequence[str]) -> Iterator[str]:
    """The first two lines of a table."""
    yield f"| {first} | {' | '.join(names)} |"
    yield f"| --- |{' --- |' * len(names)}"


def with_interval(mean: Mean) -> str:
    """A mean with its 95 % interval."""
    return f"{mean.value:.3f} [{mean.low:.3f}, {mean.high:.3f}]"


def shown(value: object) -> str:
    """A share, or a dash where there was nothing to share."""
    return "–" if value is None else f"{value:.3f}"


def verdict(is_met: bool) -> str:
    """How a demand is answered."""
    return "met" if is_met else "**not met**"


def len_pdfs() -> int:
    """How many PDFs the office's questions are asked of."""
    return len(list((DATA / "pdf").rglob("*.pdf")))


def digest_of_code() -> str:
    """Twelve hex digits that change whenever the code that fills stores does."""
    digest = hashlib.sha256()
    for pattern in MAKES_STORES:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def main() -> None:
    """Measure, print, and write the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/EVALUATION.md")
    parser.add_argument("--only", choices=SETS, action="append", help="only these sets; may be repeated")
    parser.add_argument("--stores", type=Path, help="use the stores below this folder, whatever code made them")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA}: these measurements need the shared data; put it there and run again")
    settings = Settings.from_environment()
    home = arguments.stores or settings.home / f"evaluation-{digest_of_code()}"
    lines = ["# Evaluation", "", "The last run of `make eval`, written by `python -m bench.evaluation --write`;"]
    lines += [f"every figure comes from it ({commit()}). In brackets: 95 % interval by drawing questions again.", ""]
    lines += ["The sets are for tuning, so these figures are a little kind to us; the judging set is another.", ""]
    for name, measure in SETS.items():
        if arguments.only is None or name in arguments.only:
            lines += measure(replace(settings, home=home))
    text = "\n".join(lines)
    end_progress()
    print(text)
    if arguments.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
