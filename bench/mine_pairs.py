"""Mines training pairs from the public texts: `python -m bench.mine_pairs OUT.jsonl [--data FOLDER]`.

The output lies outside the repository: the texts are not ours to publish. With `--without` kinds are left out, and
what remains is the same.
"""

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bench.law_texts import DATA, FIRST_YEAR, regulation
from bench.mine_across import Texts
from bench.written import LAWS, Excerpt, Letters, WrittenQuestion, read_invented, read_written
from index.training.batches import SHARES
from index.training.mining import mine
from index.training.pairs import Pair, likeness, write_pairs
from index.training.questions import asked_of, question_pairs
from index.training.regulation import Regulation
from kb.naming import embedded_text
from kb.pages import Span
from kb.passages import Passage

PER_LAW = 60
"""The most pairs of one regulation, so that no long one speaks for all."""

_TOO_NARROW = re.compile(
    r"penyertaan modal|perubahan .*(?:modal|gaji)|gaji pokok|pembentukan (?:kabupaten|kota|provinsi)", re.I
)
_NEAR = re.compile(
    r"anak|perempuan|keluarga|kekerasan|perkawinan|desa|daerah|kesehatan|pendidik|sosial|penduduk|disabilitas|pidana|"
    r"pelayanan|informasi|aparatur|pegawai|kesejahteraan|perlindungan|pelindungan|korban|saksi|asasi|pornografi|miskin",
    re.I,
)


def written_of_laws() -> Mapping[str, list[WrittenQuestion]]:
    """The questions written over the texts of laws, by law."""
    found: dict[str, list[WrittenQuestion]] = defaultdict(list)
    for question in read_written(LAWS):
        if question.place is not None:
            found[question.place.file].append(question)
    return found


def placed(
    law: Regulation, questions: Iterable[WrittenQuestion], *, answers: bool = True
) -> Iterator[tuple[str, Span]]:
    """The questions that the law answers, each with where in its text; without `answers` those it only seems to."""
    letters = Letters(law.pages[0].text)
    for question in questions:
        is_wanted = question.place is not None and question.answers == answers
        span = letters.span(question.place) if is_wanted else None
        if span is not None:
            yield question.text, span


def embedded(excerpt: Excerpt) -> str:
    """An excerpt as it would be embedded."""
    return embedded_text(excerpt.title, Passage(0, excerpt.text, excerpt.heading_path, ()))


def of_excerpts(excerpts: Iterable[Excerpt]) -> Iterator[Pair]:
    """The questions that invented excerpts answer, with where the answer stands."""
    for excerpt in excerpts:
        passage = embedded(excerpt)
        before = len(passage) - len(excerpt.text)
        for question, quote in excerpt.answered:
            start = before + excerpt.text.index(quote)
            place = (start, start + len(quote))
            yield Pair(question, passage, "invented", excerpt.document, (excerpt.id, *likeness(excerpt.text)), place)


def pairs(data: Path, rng: random.Random) -> Iterator[Pair]:
    """All pairs, a limited number of each regulation; more of those near the office's work."""
    written = written_of_laws()
    texts = Texts(data)
    # Its own draws: the pairs of the other kinds are the same with it and without.
    drawn = random.Random()
    drawn.setstate(rng.getstate())
    for row in texts.rows():
        if int(row["tahun"]) < FIRST_YEAR or _TOO_NARROW.search(row["title"]):
            continue
        law = regulation(row)
        mined = list(mine(law, rng))
        most = PER_LAW if _NEAR.search(row["title"]) else PER_LAW // 4
        yield from rng.sample(mined, min(most, len(mined)))
        yield from asked_of(law, placed(law, written[law.id]))
        across = list(texts.pairs_across(row, law, drawn))
        yield from drawn.sample(across, min(most // 3, len(across)))
    yield from of_excerpts(read_invented())
    for name in ("idk-mrc", "trans-squad"):
        yield from question_pairs(data / name, "train", rng)


def main() -> None:
    """Write the pairs and print how many of each source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--without", nargs="+", choices=tuple(SHARES), default=[], help="kinds of pairs to leave out")
    parser.add_argument("--seed", type=int, default=8)
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Pair]:
        for pair in pairs(arguments.data, random.Random(arguments.seed)):
            if pair.source not in arguments.without:
                counts[pair.source] += 1
                yield pair

    n = write_pairs(arguments.out, counted())
    print(n, dict(counts.most_common()))


if __name__ == "__main__":
    main()
