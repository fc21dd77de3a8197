"""How well the facts of reports and minutes are read: `python -m bench.records [--set tuned|held-out] [--misses]`.

Each source of `tests/records` is drawn as PDF and as DOCX, read as any file is, and compared with the facts that were
written beside it by hand: a fact counts as right where its words are the same, blanks apart, on the record that is most
alike. Derived values (days, states, grades) are counted apart.
"""

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest import geometry
from ingest.formats import read
from ingest.limits import Limits
from ingest.metadata import read_metadata
from ingest.records import read_records
from ingest.structure import outline
from kb.pages import Reading
from kb.record_corrections import jaccard
from kb.records import Record
from tests.documents.drawing import draw

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "records"
SETS = {"tuned": FOLDER / "sources", "held-out": FOLDER / "held_out"}
FORMATS = ("pdf", "docx")
DERIVED = ("theme", "evidence", "title")
"""Fields that no gold file spells out: their words are the document's, what counts is the value."""

COUNTED = ("right", "wrong", "missed")

Gold = Mapping[str, object]


@dataclass
class Tally:
    """Facts found and right, found and wrong, and missed; and the law that a fact is its page's text."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    values: Counter[bool] = field(default_factory=Counter)
    n_facts: int = 0
    n_off_page: int = 0
    notes: list[str] = field(default_factory=list)


def read_file(file: Path) -> tuple[Reading, tuple[Record, ...]]:
    """The pages and records of a file, read as the product reads it."""
    reading = read(file, Limits())
    metadata = read_metadata(reading, file.name)
    sections = outline(reading, metadata.kind)
    return reading, read_records(reading, sections, metadata, lambda spans: geometry.rectangles(file, spans))


def squash(text: object) -> str:
    """A text with its blanks made one."""
    return re.sub(r"\s+", " ", str(text)).strip()


def matched(gold: Sequence[Gold], found: Sequence[Record]) -> Iterator[tuple[Gold | None, Record | None]]:
    """Gold and found records of one kind in pairs, the most alike first; what is left over has None beside it."""
    pairs = sorted(
        (
            (jaccard(_named(want, record), record.anchor), -i, -j)
            for i, want in enumerate(gold)
            for j, record in enumerate(found)
        ),
        reverse=True,
    )
    left, right = set(range(len(gold))), set(range(len(found)))
    for score, i, j in pairs:
        single = not found[-j].NAMED_BY
        if -i in left and -j in right and (score >= 0.5 or single):
            left.discard(-i)
            right.discard(-j)
            yield gold[-i], found[-j]
    yield from ((gold[i], None) for i in sorted(left))
    yield from ((None, found[j]) for j in sorted(right))


def _named(want: Gold, record: Record) -> str:
    return squash(want.get(record.NAMED_BY, ""))


def compare(name: str, gold: Sequence[Gold], reading: Reading, found: Iterable[Record], tally: Tally) -> None:
    """Count the facts of one document into the tally."""
    records = list(found)
    texts = {page.number: page.text for page in reading.pages}
    for record in records:
        for one in filter(None, record.fields().values()):
            tally.n_facts += 1
            quoted = "\n".join(texts[span.page][span.start : span.end] for span in one.spans)
            tally.n_off_page += quoted != one.text or not one.spans
    for kind in sorted({str(want["kind"]) for want in gold} | {record.KIND.value for record in records}):
        wanted = [want for want in gold if want["kind"] == kind]
        for want, record in matched(wanted, [each for each in records if each.KIND.value == kind]):
            _compare_facts(name, kind, want or {}, record, tally)


def _compare_facts(name: str, kind: str, want: Gold, record: Record | None, tally: Tally) -> None:
    facts = {} if record is None else record.fields()
    expected = {key: squash(text) for key, text in want.items() if key not in ("kind", "values")}
    for key in sorted({*expected, *(key for key, one in facts.items() if one)} - set(DERIVED)):
        has, wants = squash(facts[key].text) if key in facts else "", expected.get(key, "")
        label = f"{kind}.{key}"
        if has == wants:
            tally.right[label] += 1
            continue
        tally.wrong[label] += bool(has)
        tally.missed[label] += bool(wants)
        tally.notes.append(f"{name} {label}: wanted {wants!r}, found {has!r}")
    values = want.get("values")
    for key, value in (values if isinstance(values, dict) else {}).items():
        is_right = key in facts and facts[key].value == value
        tally.values[is_right] += 1
        if not is_right:
            tally.notes.append(f"{name} {kind}.{key}: value is not {value!r}")


def measure(folder: Path) -> Tally:
    """The tally over every source of a folder, drawn in every format."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as made:
        for source in sorted(folder.glob("*.txt")):
            gold = json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))
            for kind in FORMATS:
                file = draw(source, kind, Path(made))
                reading, found = read_file(file)
                compare(file.name, gold, reading, found, tally)
    return tally


def report(name: str, tally: Tally) -> None:
    """Print precision and recall, whole and a field."""
    right, wrong, missed = tally.right.total(), tally.wrong.total(), tally.missed.total()
    print(
        f"{name}: precision {right / (right + wrong):.3f}  recall {right / (right + missed):.3f}  ({right} facts right)"
    )
    print(f"  values right: {tally.values[True]} of {tally.values.total()}")
    print(f"  facts that are their page's text: {tally.n_facts - tally.n_off_page} of {tally.n_facts}")
    for label in sorted({*tally.wrong, *tally.missed}):
        if tally.wrong[label] or tally.missed[label]:
            counts = (f"{name} {tally_of[label]:3}" for name, tally_of in vars(tally).items() if name in COUNTED)
            print(f"  {label:28} {'  '.join(counts)}")


def main() -> None:
    """Measure the sets asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, help="only this set")
    parser.add_argument("--misses", action="store_true", help="say what is wrong or missing")
    asked = parser.parse_args()
    for name, folder in SETS.items():
        if asked.set in (None, name):
            tally = measure(folder)
            report(name, tally)
            if asked.misses:
                print("\n".join(tally.notes))


if __name__ == "__main__":
    main()
