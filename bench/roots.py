"""Makes index/roots.txt: the roots known by hand, and the words of public texts that no affix explains.

Run `python -m bench.roots ../shared/data`. A word list is no one's text: only words and how often they occur are read,
from the regulations of `peraturan-texts` and the corpora of `idk-mrc` and the train part of `trans-squad`.
"""

import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.stemming import EXCEPTIONS, bare_forms

HAND = Path(__file__).with_name("roots_by_hand.txt")
ROOTS = Path(__file__).parent.parent / "index" / "roots.txt"
LINE_LENGTH = 118
WEIGHT_OF_GENERAL = 8  # the general corpora are that much smaller than the regulations
RAREST = 60  # below it a word is more often a misreading or a name than a root
SHORTEST, LONGEST = 4, 24
MISREADINGS = (("rn", "m"), ("l", "i"), ("i", "l"), ("c", "e"), ("h", "b"))
TIMES_COMMONER = 30


def texts(data: Path) -> Iterator[tuple[str, int]]:
    """The text of each document, and the weight of one document that holds a word."""
    with lzma.open(data / "peraturan-texts" / "docs.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"], 1
    for corpus in ("idk-mrc", "trans-squad"):
        for line in (data / corpus / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"], WEIGHT_OF_GENERAL


def weigh_words(data: Path) -> Counter[str]:
    """The words of the texts in lower case, each with the weights of the documents that hold it."""
    weights: Counter[str] = Counter()
    for text, weight in texts(data):
        for word in set(re.findall(r"(?<![-\w])[a-z]+(?![-\w])", text.lower())):
            weights[word] += weight
    return weights


def read_hand() -> tuple[set[str], set[str]]:
    """The roots known by hand, and the words that are never roots."""
    roots: set[str] = set()
    never: set[str] = set()
    for line in HAND.read_text(encoding="utf-8").splitlines():
        if line.startswith("-"):
            never.update(line[1:].split())
        elif not line.startswith("#"):
            roots.update(line.split())
    return roots, never


def is_misreading(word: str, weights: Counter[str]) -> bool:
    """Whether OCR makes `word` from a far commoner one."""
    return any(
        weights[word[: found.start()] + right + word[found.end() :]] > TIMES_COMMONER * weights[word]
        for wrong, right in MISREADINGS
        for found in re.finditer(wrong, word)
    )


def derive(weights: Counter[str]) -> set[str]:
    """The roots: those by hand, then each common word, shortest first, that no affix and known root explain."""
    roots, never = read_hand()
    common = (word for word, weight in weights.items() if weight >= RAREST and SHORTEST <= len(word) <= LONGEST)
    for word in sorted(common, key=lambda word: (len(word), -weights[word], word)):
        if word in never or word in EXCEPTIONS or not re.search("[aeiou]", word) or is_misreading(word, weights):
            continue
        if not any(form in roots for form in bare_forms(word)):
            roots.add(word)
    return roots


def lines_of(words: set[str]) -> Iterator[str]:
    """The words in order, as many on a line as fit."""
    line = ""
    for word in sorted(words):
        if len(line) + len(word) >= LINE_LENGTH:
            yield line
            line = word
        else:
            line = f"{line} {word}".lstrip()
    yield line


def main() -> None:
    """Write index/roots.txt and print how many roots it holds."""
    roots = derive(weigh_words(Path(sys.argv[1])))
    head = "# Made by bench/roots.py from bench/roots_by_hand.txt and word counts; correct it there, then run it again."
    ROOTS.write_text("\n".join([head, *lines_of(roots), ""]), encoding="utf-8")
    print(f"{len(roots)} roots, {ROOTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
