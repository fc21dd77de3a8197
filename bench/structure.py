"""How well the outline and the passages hold what people ask for: `python -m bench.structure [folder of data]`.

For each gold quote of the office's questions: whether one passage holds it whole, and whether that passage lies in
the Pasal that the gold names. Quotes are compared by letters and digits. Also the gaps in the numbering of Pasal.
Before that, the provisions of the regulations labelled by hand (`bench.structure_gold`): precision, recall and F1.
"""

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench import structure_gold
from ingest.formats import read
from ingest.limits import Limits
from ingest.metadata import read_metadata
from ingest.passages import split
from ingest.structure import outline
from kb.passages import Passage
from kb.sections import Section, SectionKind

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
MAX_TOKENS = 512


def few_tokens(texts: Sequence[str]) -> list[int]:
    """A stand-in for the embedder's counter: Indonesian costs a token for about 3.6 characters."""
    return [int(len(text) / 3.6) + 4 for text in texts]


def squash(text: str) -> str:
    """The letters and digits of a text."""
    return re.sub(r"[^0-9a-z]+", "", text.lower())


def pasal_of(sections: Sequence[Section], section: int) -> str:
    """The number of the innermost Pasal that holds a section, "" outside of any."""
    at: int | None = section
    while at is not None:
        if sections[at].kind is SectionKind.PASAL:
            return sections[at].label.rsplit(" ", 1)[-1]
        at = sections[at].parent
    return ""


def gaps(sections: Sequence[Section]) -> Iterable[tuple[str, str]]:
    """The neighbouring Pasal of one numbering between which a number is missing or goes back."""
    last: dict[str, int] = defaultdict(int)
    for section in sections:
        place, _, number = section.address.rpartition("pasal-")
        digits = re.match(r"\d+", number)
        if section.kind is SectionKind.PASAL and digits and "angka" not in place and "pasal" not in place:
            value = int(digits[0])
            if value - last[place] not in (0, 1):
                yield f"{place}{last[place]}", f"{place}{value}"
            last[place] = value


def measure(data: Path, verbose: bool = False) -> Counter[str]:
    """What is counted over all PDFs of `data` and the gold quotes of its questions; times in milliseconds."""
    lines = (data / "domain-qa" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    golds = [gold for line in lines for gold in json.loads(line)["gold"]]
    counts: Counter[str] = Counter()
    for file in sorted((data / "pdf").rglob("*.pdf")):
        name = str(file.relative_to(data / "pdf"))
        reading = read(file, Limits())
        start = time.perf_counter()
        metadata = read_metadata(reading, file.name)
        sections = outline(reading, metadata.kind)
        passages = split(sections, reading.pages, few_tokens, MAX_TOKENS)
        counts["ms"] += round(1000 * (time.perf_counter() - start))
        counts["files"] += 1
        counts["pages"] += len(reading.pages)
        counts["passages"] += len(passages)
        for before, after in gaps(sections):
            counts["gaps"] += 1
            if verbose:
                print(f"gap      {name}: {before} -> {after}")
        judge([gold for gold in golds if gold["file"] == name], name, sections, passages, counts, verbose)
    return counts


def main() -> None:
    """Print the shares and what is missing from them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--all", action="store_true", help="name every quote that is not found whole, and every gap")
    arguments = parser.parse_args()
    print_labelled(arguments.data / "pdf", arguments.all)
    counts = measure(arguments.data, arguments.all)
    total, named = counts["quotes"], counts["quotes of a Pasal"]
    print(f"{counts['files']} files, {counts['pages']} pages, {counts['passages']} passages")
    print(f"metadata, outline and passages       {counts['ms'] / counts['pages']:.2f} ms a page")
    print(f"gold quotes whole in one passage     {counts['whole'] / total:.3f}  ({counts['whole']} of {total})")
    print(f"  split over two or more passages    {counts['split']}")
    print(f"  not found in the file's passages   {counts['lost']}")
    print(f"of those of a Pasal, in that Pasal   {counts['right'] / named:.3f}  ({counts['right']} of {named})")
    print(f"gaps in the numbering of Pasal       {counts['gaps']}")


def print_labelled(pdfs: Path, verbose: bool) -> None:
    """Print how the outlines of the labelled regulations compare with their labels."""
    results = [(gold, structure_gold.judge(gold, pdfs)) for gold in structure_gold.golds()]
    for is_ocr, name in ((False, "born-digital"), (True, "OCR")):
        chosen = [result for gold, result in results if gold.is_ocr is is_ocr]
        result = structure_gold.total(chosen)
        print(f"labelled by hand, {name}: {len(chosen)} regulations")
        for kind, score in result.scores.items():
            figures = f"precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}"
            print(f"  {kind:6} {figures}  ({score.n_gold} labels)")
        print(f"  spans that also end where the label does  {result.n_ends_right} of {result.n_ends}")
        print(f"  references and the like taken for headings  {result.n_traps_taken} of {result.n_traps}")
        for miss in result.misses if verbose else ():
            print(f"  {miss}")


def judge(
    golds: Sequence[dict[str, str]],
    name: str,
    sections: Sequence[Section],
    passages: Sequence[Passage],
    counts: Counter[str],
    verbose: bool,
) -> None:
    """Count for each gold quote of a file whether it is whole, and whether in its Pasal."""
    squashed = [squash(passage.text) for passage in passages]
    joined = "".join(squashed)
    for gold in golds:
        quote = squash(gold["quote"])
        held = [i for i, text in enumerate(squashed) if quote in text]
        on_page = [i for i in held if any(span.page in gold["pages"] for span in passages[i].spans)]
        verdict = "whole" if on_page or held else "split" if quote in joined else "lost"
        counts["quotes"] += 1
        counts[verdict] += 1
        if verdict != "whole" and verbose:
            print(f"{verdict:8} {name} {gold['pages']} Pasal {gold['pasal']}: {gold['quote']}")
        if gold["pasal"]:
            counts["quotes of a Pasal"] += 1
            found = {pasal_of(sections, passages[i].section) for i in on_page or held}
            if gold["pasal"] in found:
                counts["right"] += 1
            elif verbose:
                print(f"wrong    {name} {gold['pages']} Pasal {gold['pasal']} but {sorted(found)}: {gold['quote']}")


if __name__ == "__main__":
    main()
