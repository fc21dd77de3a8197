"""Whether thousands of laws parse, how fast, and what looks wrong: `python -m bench.parse_texts [folder] [--sample N]`.

The texts of `peraturan-texts`, 5,875 laws and government regulations of 1945 to 2023, in two processes: metadata and
outline of each. Prints the time, the most memory any process needed, and what `bench.doubts` finds. A doubt is no
verdict: most gaps stand in the text itself, which has lost a line. The verdicts of two samples of sixty, drawn at
random and read by eye, are in `tests/gold/parse_texts.tsv`: of the first after the faults that it showed were mended,
of the second as it was found. The last lines count them.
"""

import argparse
import csv
import json
import lzma
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench.doubts import Doubt, doubts
from bench.structure import DATA
from ingest.metadata import read_metadata
from ingest.structure import outline
from ingest.text import single_page
from kb.documents import Kind
from kb.pages import Reading
from kb.sections import SectionKind

VERDICTS = Path(__file__).resolve().parents[1] / "tests" / "gold" / "parse_texts.tsv"
N_PROCESSES = 2
_CHUNK = 40
_KINDS = {"uu": Kind.UU, "pp": Kind.PP, "permenkeu": Kind.PERMEN}
_MIB = 1024


@dataclass(frozen=True, slots=True)
class Text:
    """A regulation of the collection, with what its list says of it."""

    id: str
    type: str
    number: str
    year: int
    title: str
    text: str

    def reading(self) -> Reading:
        """The text as a reader of plain text would give it."""
        return Reading("text/plain", (single_page(self.text),), False)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of one text."""

    id: str
    n_characters: int
    n_sections: int
    n_pasal: int
    doubts: tuple[Doubt, ...]
    peak_kib: int


def read_texts(data: Path) -> Iterator[Text]:
    """The texts in their order."""
    with lzma.open(data / "peraturan-texts" / "docs.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield Text(row["id"], row["jenis"], row["nomor"], int(row["tahun"]), row["title"], row["text"])


def parse(text: Text) -> Parsed:
    """The outline and metadata of a text, and what looks wrong in it."""
    reading = text.reading()
    read_metadata(reading, f"{text.id}.txt")
    sections = outline(reading, _KINDS[text.type])
    n_pasal = sum(section.kind is SectionKind.PASAL for section in sections)
    found = doubts(sections, reading.pages)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Parsed(text.id, len(text.text), len(sections), n_pasal, found, peak)


def parse_all(texts: Iterator[Text]) -> Iterator[Parsed]:
    """What came of each text, in two processes that are handed a few texts at a time."""
    with ProcessPoolExecutor(N_PROCESSES, mp_context=get_context("spawn")) as pool:
        waiting: list[Text] = []
        for text in texts:
            waiting.append(text)
            # Handed over in batches: submitting all at once would hold every text in memory.
            if len(waiting) == _CHUNK * N_PROCESSES:
                yield from pool.map(parse, waiting, chunksize=_CHUNK)
                waiting = []
        yield from pool.map(parse, waiting, chunksize=_CHUNK)


def print_report(parsed: list[Parsed], seconds: float) -> None:
    """Print how long it took and what looks wrong."""
    n = len(parsed)
    n_characters = sum(each.n_characters for each in parsed)
    rate = n_characters / 1e6 / seconds
    print(f"{n} texts, {n_characters / 1e6:.1f} million characters in {seconds:.1f} s ({rate:.1f} million/s)")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"processor time of both processes: {used.ru_utime + used.ru_stime:.1f} s")
    print(f"{sum(each.n_sections for each in parsed)} sections, {sum(each.n_pasal for each in parsed)} Pasal")
    fifths = [parsed[i * n // 5 : (i + 1) * n // 5] for i in range(5)]
    peaks = [max(each.peak_kib for each in fifth) // _MIB for fifth in fifths if fifth]
    print(f"most memory of a process after each fifth: {', '.join(map(str, peaks))} MiB")
    per = Counter(what for each in parsed for what in {doubt.what for doubt in each.doubts})
    all_doubts = Counter(doubt.what for each in parsed for doubt in each.doubts)
    print("what looks wrong (in how many regulations, how often):")
    for what, count in per.most_common():
        print(f"  {what:10} {count:5} ({count / n:.1%})  {all_doubts[what]}")
    print(f"  nothing    {sum(not each.doubts for each in parsed):5}")


def print_verdicts() -> None:
    """Print what was found when they were read by eye, in the order in which the samples were drawn."""
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for sample in sorted({row["sample"] for row in rows}):
        verdicts = Counter(row["verdict"] for row in rows if row["sample"] == sample)
        n = sum(verdicts.values())
        said = ", ".join(f"{verdict} {count} ({count / n:.1%})" for verdict, count in verdicts.most_common())
        print(f"sample {sample}, {n} drawn at random and read by eye: {said}")


def main() -> None:
    """Parse the texts and print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--sample", type=int, help="parse only so many, drawn at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="name every doubt")
    arguments = parser.parse_args()
    texts = read_texts(arguments.data)
    if arguments.sample:
        texts = iter(random.Random(arguments.seed).sample(list(texts), arguments.sample))
    start = time.perf_counter()
    parsed = list(parse_all(texts))
    print_report(parsed, time.perf_counter() - start)
    for each in parsed if arguments.all else ():
        for doubt in each.doubts:
            print(f"{each.id}\t{doubt.what}\t{doubt.address}\t{doubt.detail}")
    print_verdicts()


if __name__ == "__main__":
    main()
