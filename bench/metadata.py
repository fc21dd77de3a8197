"""How often what a regulation says of itself is read right: `python -m bench.metadata [folder of data] [--texts N]`.

Kind, number, year, region and title: of the regulations among the PDFs, against what was read from their pages by eye
(`tests/gold/metadata.jsonl`); of the titles of a regency, against its own list; and of N texts of laws and government
regulations that name themselves at their head, against the list they come from. A title is right if 95 of 100 of its
letters are (90 for the texts, whose list cuts titles off). A page that is only an image counts as it is: what the name
of the file does not say of it is missing.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from bench.parse_texts import read_texts
from bench.structure import DATA
from ingest.formats import read
from ingest.limits import Limits
from ingest.metadata import parse_title, read_metadata
from kb.documents import Kind, Metadata

GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "metadata.jsonl"
FIELDS = ("kind", "number", "year", "region", "title")
_CATEGORIES = {"PERDA": Kind.PERDA, "PERBUP": Kind.PERBUP, "KEPBUP": Kind.SK}
_TYPES = {"uu": Kind.UU, "pp": Kind.PP, "permenkeu": Kind.PERMEN}
_NAMES_ITSELF = re.compile(r"(?:UNDANG|PEMERINTAH|KEUANGAN).{0,120}NOMOR")
_TITLE_OVER = re.compile(r" (?:presiden republik indonesia|dengan rahmat|menimbang)", re.I)
_CLOSE = 0.95
_CLOSE_TO_LIST = 0.9


@dataclass(frozen=True, slots=True)
class Judged:
    """A regulation and whether each field of it is right."""

    name: str
    right: Mapping[str, bool]
    found: Metadata


def pdfs(data: Path) -> Iterator[Judged]:
    """The regulations among the PDFs."""
    for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()):
        file = data / "pdf" / row["file"]
        found = read_metadata(read(file, Limits()), file.name)
        wanted = Metadata(Kind(row["kind"]), row["title"], row["number"], row["year"], row["region"])
        yield _judged(row["file"], found, wanted, _CLOSE)


def titles(data: Path) -> Iterator[Judged]:
    """The titles of a regency, in the words of its list."""
    lines = (data / "jdih-titles" / "produk_hukum.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        said = row["judul"]
        year = re.search(r"\bTahun\s+(\d{4})", said, re.I)
        head, _, subject = re.sub(r"\btentang\b:?", "\0", said, count=1, flags=re.I).partition("\0")
        region = "Kabupaten Toba Samosir" if re.search(r"Toba\s+Samosir", head, re.I) else "Kabupaten Toba"
        wanted = Metadata(
            _CATEGORIES[row["kategori"]], subject, row["nomor"].lstrip("0"), int(year[1]) if year else None, region
        )
        yield _judged(said[:80], parse_title(said), wanted, _CLOSE)


def texts(data: Path, n: int, seed: int = 5) -> Iterator[Judged]:
    """`n` texts at random, those left out that do not name themselves; they have no region."""
    rows = list(read_texts(data))
    for row in random.Random(seed).sample(rows, min(n, len(rows))):
        if _NAMES_ITSELF.search(row.text[:500]):
            wanted = Metadata(_TYPES[row.type], _TITLE_OVER.split(row.title)[0], row.number.lstrip("0"), row.year)
            yield _judged(row.id, read_metadata(row.reading(), "teks.txt"), wanted, _CLOSE_TO_LIST)


def _judged(name: str, found: Metadata, wanted: Metadata, close: float) -> Judged:
    right = {field: getattr(found, field) == getattr(wanted, field) for field in FIELDS[:-1]}
    likeness = SequenceMatcher(None, _letters(found.title), _letters(wanted.title), autojunk=False).ratio()
    return Judged(name, {**right, "title": likeness >= close}, found)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def print_judged(name: str, judged: list[Judged], verbose: bool) -> None:
    """Print the share of each field that is right, and which are not."""
    counts = Counter(field for each in judged for field in FIELDS if each.right[field])
    n, n_fields = len(judged), len(FIELDS) * len(judged)
    whole = sum(all(each.right.values()) for each in judged)
    print(f"{name}: {n}, wholly right {whole / n:.3f}, of their fields {sum(counts.values()) / n_fields:.3f}")
    print("  " + "  ".join(f"{field} {counts[field] / n:.3f}" for field in FIELDS))
    for each in judged if verbose else ():
        wrong = [f"{field} {str(getattr(each.found, field))!r}" for field in FIELDS if not each.right[field]]
        if wrong:
            print(f"  {each.name}: {', '.join(wrong)}")


def main() -> None:
    """Print what is right, by where the regulations come from."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--texts", type=int, default=1_200, help="how many of the texts are read")
    parser.add_argument("--all", action="store_true", help="name everything that is wrong")
    arguments = parser.parse_args()
    print_judged("regulations among the PDFs", list(pdfs(arguments.data)), arguments.all)
    print_judged("titles of a regency", list(titles(arguments.data)), arguments.all)
    if arguments.texts:
        print_judged("texts", list(texts(arguments.data, arguments.texts)), arguments.all)


if __name__ == "__main__":
    main()
