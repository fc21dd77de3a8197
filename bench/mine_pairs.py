"""Mines training pairs from the public texts: `python -m bench.mine_pairs OUT.jsonl [--data FOLDER]`.

The text of a law in `peraturan-texts` runs its Penjelasan together in one line; it is broken again at its own
labels before the outline reads it. The output lies outside the repository: the texts are not ours to publish.
"""

import argparse
import json
import lzma
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bench.written import LAWS, Excerpt, Letters, WrittenQuestion, read_invented, read_written
from index.training.mining import mine
from index.training.pairs import Pair, likeness, write_pairs
from index.training.questions import asked_of, question_pairs
from index.training.regulation import Regulation
from ingest.passages import split
from ingest.structure import outline
from kb.documents import Kind, Metadata
from kb.naming import embedded_text, official_name
from kb.pages import Page, Reading, Span, Verdict
from kb.passages import Passage

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FIRST_YEAR = 1974
MAX_TOKENS = 512
PER_LAW = 60
"""The most pairs of one regulation, so that no long one speaks for all."""

_LINK = re.compile(r"\[([^\]\n]{1,300})\]\((?:/|http)[^)\s]*\)")
_KINDS = {"uu": Kind.UU, "pp": Kind.PP, "permenkeu": Kind.PERMEN}
_TOO_NARROW = re.compile(
    r"penyertaan modal|perubahan .*(?:modal|gaji)|gaji pokok|pembentukan (?:kabupaten|kota|provinsi)", re.I
)
_NEAR = re.compile(
    r"anak|perempuan|keluarga|kekerasan|perkawinan|desa|daerah|kesehatan|pendidik|sosial|penduduk|disabilitas|pidana|"
    r"pelayanan|informasi|aparatur|pegawai|kesejahteraan|perlindungan|pelindungan|korban|saksi|asasi|pornografi|miskin",
    re.I,
)


def few_tokens(texts: Sequence[str]) -> list[int]:
    """A stand-in for the embedder's counter: Indonesian costs a token for about 3.6 characters."""
    return [int(len(text) / 3.6) + 4 for text in texts]


def lined(text: str) -> str:
    """The text with links made plain and the Penjelasan broken into lines at its labels."""
    text = _LINK.sub(r"\1", text).replace("_", "")
    at = text.find("PENJELASAN ATAS")
    if at < 0:
        return text
    body, explained = text[:at].rstrip(), text[at:]
    explained = re.sub(r"(?<=[.;:”\"])\s+(?=(?:I+\. )?(?:UMUM|PASAL DEMI PASAL)\b)", "\n", explained)
    explained = re.sub(r"(?<=UMUM) ", "\n", explained, count=1)
    explained = re.sub(r"\s+(?=Pasal \d+[A-Z]? (?:Cukup jelas|Ayat \(|Huruf [a-z]\b|[A-Z]))", "\n", explained)
    explained = re.sub(r"\s+(?=(?:Ayat \(\d+[a-z]?\)|Huruf [a-z]|Angka \d+)\s+[A-Z])", "\n", explained)
    explained = re.sub(
        r"(?m)^(Pasal \d+[A-Z]?|Ayat \(\d+[a-z]?\)|Huruf [a-z]|Angka \d+) +(?=[A-Z])", r"\1\n", explained
    )
    return f"{body}\n{explained}"


def laws(data: Path) -> Iterator[dict[str, str]]:
    """The texts of laws: `id`, `jenis`, `tahun`, `nomor`, `title`, `text`."""
    with lzma.open(data / "peraturan-texts" / "docs.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def regulation(row: dict[str, str]) -> Regulation:
    """One text as the store would hold it."""
    page = Page(1, lined(row["text"]), Verdict.TEXT)
    kind = _KINDS[row["jenis"]]
    sections = outline(Reading("text/plain", (page,), has_pages=False), kind)
    title = " ".join(row["title"].split()).strip(". ").title()
    name = official_name(Metadata(kind, title, str(row["nomor"]), int(row["tahun"])))
    return Regulation(row["id"], name, (page,), sections, split(sections, (page,), few_tokens, MAX_TOKENS))


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
    for row in laws(data):
        if int(row["tahun"]) < FIRST_YEAR or _TOO_NARROW.search(row["title"]):
            continue
        law = regulation(row)
        mined = list(mine(law, rng))
        most = PER_LAW if _NEAR.search(row["title"]) else PER_LAW // 4
        yield from rng.sample(mined, min(most, len(mined)))
        yield from asked_of(law, placed(law, written[law.id]))
    yield from of_excerpts(read_invented())
    for name in ("idk-mrc", "trans-squad"):
        yield from question_pairs(data / name, "train", rng)


def main() -> None:
    """Write the pairs and print how many of each source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seed", type=int, default=8)
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Pair]:
        for pair in pairs(arguments.data, random.Random(arguments.seed)):
            counts[pair.source] += 1
            yield pair

    n = write_pairs(arguments.out, counted())
    print(n, dict(counts.most_common()))


if __name__ == "__main__":
    main()
