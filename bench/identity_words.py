"""Makes ingest/identity/words.txt: the words of the language, by which a name is told from what is no name.

Run `python -m bench.identity_words ../shared/data`. Only words and how often they are written small or with a capital
are read, from the regulations of `peraturan-texts` and the passages of `idk-mrc`. A word that is written small is no
name.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from bench.roots import texts

WORDS = Path(__file__).parent.parent / "ingest" / "identity" / "words.txt"
LINE_LENGTH = 118
RAREST, MOSTLY = 6, 0.6
OFTEN, SOMETIMES = 60, 0.05
"""A word is of the language that is written small this often, and in this share of its occurrences."""


def count(data: Path) -> tuple[Counter[str], Counter[str]]:
    """How often each word is written small, and how often with a capital inside a sentence."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for i, (text, weight) in enumerate(texts(data)):
        # Every third regulation says as much as all of them.
        if weight == 1 and i % 3:
            continue
        small.update(re.findall(r"(?<![-\w.])[a-z]{2,24}(?![-\w])", text))
        capital.update(word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{1,23}(?![-\w])", text))
    return small, capital


def main(data: Path) -> None:
    """Write the list and say how long it is."""
    small, capital = count(data)
    words = sorted(
        word
        for word, n in small.items()
        if (n >= RAREST and n >= MOSTLY * (n + capital[word])) or (n >= OFTEN and n >= SOMETIMES * (n + capital[word]))
    )
    lines = ["# Made by bench/identity_words.py from word counts; correct ingest/identity/vocabulary.py instead."]
    line = ""
    for word in words:
        if len(line) + len(word) + 1 > LINE_LENGTH:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    WORDS.write_text("\n".join([*lines, line, ""]), encoding="utf-8")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
