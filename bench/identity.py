"""How well identities are found: recall and precision on the sentences written by hand.

`python -m bench.identity [dev|held-out|all]` prints a line a kind; `--missed` also what went wrong. `--over FOLDER`
reads every PDF of a folder and prints what would be masked in it, for looking at false alarms.
"""

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from ingest.identity.guard import find, guard
from ingest.sandbox import Sandbox
from kb.errors import FileRefusedError
from kb.identity import Found, IdentityKind, Rulings
from kb.settings import Settings

SENTENCES = Path(__file__).parent.parent / "tests" / "identity" / "sentences.txt"
_MARKED = re.compile(r"\{(\w+)\|([^}]*)\}")


@dataclass(frozen=True)
class Sentence:
    """A sentence without its marks, and where they were."""

    text: str
    gold: tuple[Found, ...]


@dataclass
class Counts:
    """Of one kind: marked, of these covered; masked, of these rightly."""

    n_gold: int = 0
    n_found: int = 0
    n_masked: int = 0
    n_right: int = 0
    wrong: list[str] = field(default_factory=list)


def sentences(half: str = "all") -> list[Sentence]:
    """The sentences of a half: "dev" the odd ones, "held-out" the even ones, or "all"."""
    lines = [line for line in SENTENCES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    chosen = {"all": lines, "dev": lines[::2], "held-out": lines[1::2]}[half]
    return [_parsed(line.replace("⏎", "\n")) for line in chosen]


def _parsed(line: str) -> Sentence:
    text, gold, last = "", [], 0
    for mark in _MARKED.finditer(line):
        text += line[last : mark.start()]
        gold.append(Found(len(text), len(text) + len(mark[2]), IdentityKind(mark[1])))
        text += mark[2]
        last = mark.end()
    return Sentence(text + line[last:], tuple(gold))


def measure(chosen: list[Sentence]) -> dict[str, Counts]:
    """Counts by kind, and under "semua" of all.

    A marked span counts as found when every character is covered, a masked one as right when it touches a marked one.
    """
    counts = {name: Counts() for name in (*(kind.value for kind in IdentityKind), "semua")}
    for sentence in chosen:
        found = find(sentence.text)
        covered = {i for one in found for i in range(one.start, one.end)}
        for gold in sentence.gold:
            letters = {i for i in range(gold.start, gold.end) if sentence.text[i].isalnum()}
            for name in (gold.kind.value, "semua"):
                counts[name].n_gold += 1
                counts[name].n_found += letters <= covered
            if not letters <= covered:
                counts[gold.kind.value].wrong.append(
                    f"missed {sentence.text[gold.start : gold.end]!r} in {sentence.text!r}"
                )
        for one in found:
            is_right = any(one.start < gold.end and gold.start < one.end for gold in sentence.gold)
            for name in (one.kind.value, "semua"):
                counts[name].n_masked += 1
                counts[name].n_right += is_right
            if not is_right:
                counts[one.kind.value].wrong.append(
                    f"masked {sentence.text[one.start : one.end]!r} in {sentence.text!r}"
                )
    return counts


def over(folder: Path) -> None:
    """Print what would be masked in each PDF of `folder`, with the words around it."""
    total: Counter[str] = Counter()
    n_pages = 0
    with Sandbox(Settings(home=folder)) as sandbox:
        for file in sorted(folder.rglob("*.pdf")):
            try:
                reading = sandbox.read(file)
            except FileRefusedError:
                continue
            n_pages += len(reading.pages)
            guarded = guard(reading, file.name, Rulings())
            texts = {page.number: page.text for page in reading.pages}
            for one in guarded.guarding.hidden:
                total[one.kind.value] += 1
                text = texts.get(one.place.page, "")
                around = text[max(0, one.place.start - 50) : one.place.end + 30]
                print(f"{file.name} {one.place.page} {one.kind.value}: {one.words!r} … {' '.join(around.split())}")
    print(f"{n_pages} pages: {dict(total)}")


def main(arguments: list[str]) -> None:
    """Print the measures asked for."""
    if "--over" in arguments:
        over(Path(arguments[arguments.index("--over") + 1]))
        return
    half = next((word for word in arguments if not word.startswith("-")), "all")
    chosen = sentences(half)
    print(f"{half}: {len(chosen)} sentences")
    for name, count in measure(chosen).items():
        recall = count.n_found / max(count.n_gold, 1)
        precision = count.n_right / max(count.n_masked, 1)
        print(
            f"{name:9} recall {recall:.3f} ({count.n_found}/{count.n_gold})  "
            f"precision {precision:.3f} ({count.n_right}/{count.n_masked})"
        )
        if "--missed" in arguments:
            for line in count.wrong:
                print(f"    {line}")


if __name__ == "__main__":
    main(sys.argv[1:])
