"""Makes ingest/words.txt: the common words by which a page's text is judged to be language or rubbish.

Run `python -m bench.page_words ../shared/data`. As with `bench.roots`, only words and how many documents hold them are
read; no text is kept.
"""

import sys
import textwrap
from pathlib import Path

from bench.roots import is_misreading, weigh_words

WORDS = Path(__file__).parent.parent / "ingest" / "words.txt"
RAREST = 16
"""Below this weight a word is more often a name or a misreading than language."""
SHORTEST, LONGEST = 2, 25
LINE_LENGTH = 118


def main(data: Path) -> None:
    """Write the list and say how long it is."""
    weights = weigh_words(data)
    words = sorted(
        word
        for word, weight in weights.items()
        if weight >= RAREST and SHORTEST <= len(word) <= LONGEST and not is_misreading(word, weights)
    )
    lines = textwrap.wrap(" ".join(words), LINE_LENGTH, break_long_words=False, break_on_hyphens=False)
    WORDS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(words)} words, {WORDS.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
