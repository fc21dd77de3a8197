"""What the speller does to words with one slip, and to words that are rightly written but not in the collection.

Run `python -m bench.spelling ../shared/data`; about a minute on one core.
"""

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bench.words import read_lines
from index.lexicon import likely_words
from index.spelling import Speller
from index.stemming import is_known, stem
from index.thesaurus import Thesaurus
from index.words import STOP_WORDS, analyse
from kb.regions import REGION_WORDS

N_WORDS = 1_500
_WORD = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-])")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SLIPS = ("left out", "left out", "exchanged", "doubled", "beside", "a vowel more", "another letter more")


def mistyped(word: str, chance: random.Random) -> str:
    """`word` with one slip of the fingers behind its first letter."""
    place = chance.randrange(1, len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    match chance.choice(_SLIPS):
        case "left out":
            return before + after
        case "exchanged":
            return word[: place - 1] + letter + word[place - 1] + after
        case "doubled":
            return before + letter + letter + after
        case "beside":
            row = next(row for row in _ROWS if letter in row)
            at = row.index(letter)
            return before + chance.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2]) + after
        case "a vowel more":
            return before + chance.choice("aeiou") + letter + after
        case _:
            return before + chance.choice("abcdefghijklmnopqrstuvwxyz") + letter + after


def words_of(texts: Iterable[str]) -> list[str]:
    """The words in small letters of the texts, each once, in order."""
    return sorted({word for text in texts for word in _WORD.findall(text)} - STOP_WORDS)


def main(data: Path) -> None:
    """Print both figures."""
    passages = read_lines(next((data / "peraturan-qa").glob("corpus.jsonl*")))
    counts = Counter(word for entry in passages for word in set(analyse(entry["text"]).split()))
    vocabulary = {**dict.fromkeys(Thesaurus().stems, 1), **likely_words(counts)}
    speller = Speller(vocabulary)
    asked = words_of(entry["text"] for entry in read_lines(data / "peraturan-qa" / "queries_dev.jsonl"))
    chance = random.Random(7)
    known = [word for word in asked if is_known(word) and stem(word) in vocabulary]
    typed = [(word, mistyped(word, chance)) for word in chance.choices(known, k=N_WORDS)]
    slips = [(word, slip) for word, slip in typed if not is_known(slip) and stem(slip) not in counts]
    began = time.process_time()
    met = [(word, speller.correct(slip)) for word, slip in slips]
    spent = 1000 * (time.process_time() - began) / len(met)
    right = sum(meant is not None and stem(meant) == stem(word) for word, meant in met)
    left = sum(meant is None for _, meant in met)
    print(f"{len(vocabulary):,} stems; {len(met):,} slips: {right / len(met):.0%} right, ", end="")
    print(f"{(len(met) - right - left) / len(met):.0%} wrong, {left / len(met):.0%} left; {spent:.1f} ms each")
    others = words_of(entry["text"] for entry in read_lines(data / "trans-squad" / "queries_train.jsonl"))
    unknown = [word for word in others if not is_known(word) and stem(word) not in counts and word not in REGION_WORDS]
    changed = [(word, meant) for word in unknown if (meant := speller.correct(stem(word)))]
    print(f"{len(unknown)} words of other questions that nobody knows: {len(changed)} changed")
    print("  ".join(f"{word} > {meant}" for word, meant in changed))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
