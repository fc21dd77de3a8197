"""The example documents asked their questions with the bundled model, and the floors that this may not fall below.

`python -m tests.quality.measured` prints what is measured beside the floors; with `--write` it moves the floors there.
"""

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from api.evaluation import OwnQuestions, Report, measure, read_questions
from api.library import Library
from kb.settings import Settings
from tests.conftest import EXAMPLES, ROOT

FLOORS = Path(__file__).with_name("floors.json")
QUESTIONS = ROOT / "tests" / "documents" / "questions.jsonl"

ROOM = 0.5
"""How much of one question's worth a figure may fall unseen: rounding differs between processors, rankings do not."""


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure below its floor."""

    name: str
    floor: float
    measured: float

    def __str__(self) -> str:
        return f"{self.name}: {self.measured:.4f}, {self.floor - self.measured:.4f} below the floor of {self.floor:.4f}"


def asked(home: Path) -> Report:
    """The report of the examples, embedded in f32 so that every processor makes the same vectors."""
    with Library.open(Settings(home=home, precision="f32", threads=1)) as library:
        library.ingestion.ingest_folder(EXAMPLES, lambda *_: None)
        return measure(library, OwnQuestions("examples", library, read_questions(QUESTIONS)), lambda *_: None)


def figures(report: Report) -> dict[str, float]:
    """What the floors are about: the fused ranking, the answers, and the quotes that equal their page."""
    answers = report.answers()
    n_quotes, n_equal = report.quotes
    found = {name: mean.value for name, mean in report.means("fused").items()}
    assert answers.right is not None
    found["answer right"] = answers.right.value
    found["answerable questions answered"] = 1.0 - (answers.refused or 0.0)
    found["questions without an answer left unanswered"] = answers.recall or 0.0
    found["quotes equal to their page"] = n_equal / n_quotes
    return {name: round(value, 4) for name, value in found.items()}


def floors(report: Report) -> dict[str, float]:
    """The floors under what was measured: half a question lower, except for quotes, all of which must be equal."""
    answers = report.answers()
    lower = {"questions without an answer left unanswered": ROOM / answers.n_without, "quotes equal to their page": 0.0}
    return {name: round(value - lower.get(name, ROOM / answers.n_with), 4) for name, value in figures(report).items()}


def falls(measured: dict[str, float], least: dict[str, float]) -> list[Fall]:
    """The figures below their floors; one that is not measured any more has fallen to 0."""
    return [Fall(n, floor, measured.get(n, 0.0)) for n, floor in least.items() if measured.get(n, 0.0) < floor]


def main() -> None:
    """Print, and with --write move the floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="set the floors under what is measured now")
    write = parser.parse_args().write
    with tempfile.TemporaryDirectory() as folder:
        report = asked(Path(folder))
    known = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    for name, value in figures(report).items():
        print(f"{name}: {value:.4f} (floor {known.get(name, 0.0):.4f})")
    if write:
        FLOORS.write_text(json.dumps(floors(report), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
