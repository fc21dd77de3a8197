"""How well relations and standings are read: `python -m bench.relations [folder of data]`.

Against labels made by hand, in `bench/gold`: of each regulation what it does to which other, to which provision and on
which page the words stand; of each regulation and some provisions whether it is in force among the documents there.
`--list` prints what is read, in the form of the labels.
"""

import argparse
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.formats import read
from ingest.limits import Limits
from ingest.metadata import read_metadata
from ingest.relations import read_legal
from ingest.structure import outline
from kb.legal import Act, LegalReading, RelationKind, Work, work_of
from kb.standing import standing

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
GOLD = Path(__file__).parent / "gold"
DAY = datetime.date(2026, 11, 23)


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """One relation: the file that says so, the actor ("" for the file itself), what it does to what, and the page."""

    file: str
    actor: str
    kind: str
    target: str
    provision: str
    change: str
    page: int


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found rightly, wrongly, and not at all."""

    right: int
    wrong: int
    missed: int

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"precision {precision:.3f}  recall {recall:.3f}  ({counts})"


def readings(data: Path, names: Iterable[str]) -> Iterator[tuple[str, Work | None, LegalReading]]:
    """What is read from each file."""
    for name in names:
        reading = read(data / "pdf" / name, Limits())
        metadata = read_metadata(reading, Path(name).name)
        sections = outline(reading, metadata.kind)
        yield name, work_of(metadata), read_legal(sections, reading.pages, metadata)


def labels(name: str, reading: LegalReading) -> Iterator[Label]:
    """The relations of a reading as labels."""
    for relation in reading.relations:
        page = relation.spans[0].page if relation.spans else 0
        actor = relation.actor.key if relation.actor else ""
        yield Label(name, actor, relation.kind, relation.target.key, relation.provision, relation.change, page)


def gold_relations() -> tuple[Label, ...]:
    """The labels made by hand."""
    rows = (line.split("\t") for line in _lines(GOLD / "relations.tsv"))
    return tuple(Label(f, a, k, t, p, c, int(page)) for f, a, k, t, p, c, page in rows)


def gold_standings() -> tuple[tuple[str, str, str], ...]:
    """The work, the provision in it ("" for the whole) and its standing."""
    rows = (line.split("\t") for line in _lines(GOLD / "standings.tsv"))
    return tuple((work, provision, said) for work, provision, said in rows)


def _lines(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def score(found: set[tuple[object, ...]], gold: set[tuple[object, ...]]) -> Score:
    """The two sets compared."""
    return Score(len(found & gold), len(found - gold), len(gold - found))


def standings(read_: Sequence[tuple[str, Work | None, LegalReading]]) -> dict[str, list[Act]]:
    """What is done to each work by the documents that were read."""
    starts = {work.key: reading.start for _, work, reading in read_ if work is not None}
    found: dict[str, list[Act]] = {}
    for _, own, reading in read_:
        for relation in reading.relations:
            actor = relation.actor or own
            if actor is None or relation.kind not in (RelationKind.AMENDS, RelationKind.REPEALS):
                continue
            start = starts.get(actor.key)
            act = Act(
                relation.kind,
                actor,
                relation.provision,
                relation.change,
                None,
                start.day if start else None,
                actor.key in starts,
            )
            found.setdefault(relation.target.key, []).append(act)
    return found


def main() -> None:
    """Print precision and recall, and with `--list` or `--verbose` what they are made of."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="folder of the shared data")
    parser.add_argument("--list", nargs="*", metavar="FILE", help="print what is read from these files as labels")
    parser.add_argument("--verbose", action="store_true", help="print what is wrong and what is missed")
    options = parser.parse_args()
    if options.list:
        for name, _, reading in readings(options.data, options.list):
            for label in labels(name, reading):
                print("\t".join(str(value) for value in _row(label)))
        return
    gold = gold_relations()
    names = list(dict.fromkeys(label.file for label in gold))
    everything = list(readings(options.data, names))
    found = {label for name, _, reading in everything for label in labels(name, reading)}
    for what, cut in (("targets", _work_row), ("with provisions", _provision_row), ("with pages", _row)):
        print(f"{what:16} {score({cut(one) for one in found}, {cut(one) for one in gold})}")
    for kind in RelationKind:
        one = {_work_row(label) for label in found if label.kind == kind}
        print(f"  {kind:14} {score(one, {_work_row(label) for label in gold if label.kind == kind})}")
    acts = standings(everything)
    starts = {work.key: reading.start for _, work, reading in everything if work is not None}
    said = {
        (work, provision, standing(starts.get(work), acts.get(work, ()), DAY, provision).in_force.value)
        for work, provision, _ in gold_standings()
    }
    known = {row for row in said if row[2] != "tidak diketahui"}
    print(f"{'standing':16} {score(set(known), set(gold_standings()))}")
    if options.verbose:
        rows = {_provision_row(one) for one in gold}
        for row in sorted({_provision_row(one) for one in found} ^ rows, key=str):
            print("missed" if row in rows else "wrong ", *row, sep="\t")
        for row in sorted(said ^ set(gold_standings())):
            print("standing", *row, sep="\t")


def _row(label: Label) -> tuple[object, ...]:
    return (label.file, label.actor, label.kind, label.target, label.provision, label.change, label.page)


def _provision_row(label: Label) -> tuple[object, ...]:
    return (label.file, label.actor, label.kind, label.target, label.provision, label.change)


def _work_row(label: Label) -> tuple[object, ...]:
    return (label.file, label.actor, label.kind, label.target)


if __name__ == "__main__":
    main()
