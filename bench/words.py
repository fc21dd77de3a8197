"""What each step of the word analysis is worth: nDCG@10 of BM25 over three question sets, one step at a time.

Run `python -m bench.words ../shared/data`; about three minutes on one core.
"""

import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import Stemmer

from index.thesaurus import Thesaurus
from index.words import STOP_WORDS, analyse, fold

K1, B = 1.2, 0.75
K = 10
N_TRAIN = 1_500

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Passages by id, and questions with the ids of the passages that answer them."""

    name: str
    passages: Mapping[str, str]
    questions: Sequence[tuple[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to analyse passages, and questions into weighted stems."""

    name: str
    analyse: Callable[[str], str]
    weigh: Callable[[str], Weights]


class Bm25:
    """Okapi BM25 over analysed texts, as in Robertson and Zaragoza (2009), idf as in Lucene."""

    def __init__(self, texts: Iterable[str]) -> None:
        rows: dict[str, list[int]] = defaultdict(list)
        counts: dict[str, list[int]] = defaultdict(list)
        lengths: list[int] = []
        for row, text in enumerate(texts):
            words = text.split()
            lengths.append(len(words))
            for word, count in Counter(words).items():
                rows[word].append(row)
                counts[word].append(count)
        self._n = len(lengths)
        length = np.asarray(lengths, dtype=np.float32)
        self._norm = K1 * (1 - B + B * length / length.mean())
        self._postings = {word: (np.asarray(rows[word]), np.asarray(counts[word], dtype=np.float32)) for word in rows}

    def rank(self, weights: Weights) -> list[int]:
        """The rows of the best `K` texts, best first; ties by row."""
        scores = np.zeros(self._n, dtype=np.float32)
        for word, weight in weights.items():
            if word not in self._postings:
                continue
            rows, counts = self._postings[word]
            idf = np.log1p((self._n - len(rows) + 0.5) / (len(rows) + 0.5))
            scores[rows] += weight * idf * counts * (K1 + 1) / (counts + self._norm[rows])
        best = np.argsort(-scores, kind="stable")[:K]
        return [int(row) for row in best if scores[row] > 0]


def ndcg(ranking: Sequence[str], relevant: frozenset[str]) -> float:
    """nDCG@10 of one ranking, every relevant passage of grade 1."""
    gain = sum(1 / np.log2(rank + 2) for rank, key in enumerate(ranking[:K]) if key in relevant)
    return float(gain / sum(1 / np.log2(rank + 2) for rank in range(min(K, len(relevant)))))


def plain(text: str) -> list[str]:
    """The words of `text` without any stemming, stop words left out."""
    return [word for word in map(fold, re.findall(r"\w+", text)) if word and word not in STOP_WORDS]


def snowball(text: str) -> str:
    """The words of `text` as PyStemmer stems them."""
    return " ".join(_SNOWBALL.stemWords(plain(text)))


_SNOWBALL = Stemmer.Stemmer("indonesian")


def once(analysed: str) -> Weights:
    """Each stem of a question once, as FTS5 counts them."""
    return dict.fromkeys(analysed.split(), 1.0)


def variants() -> list[Variant]:
    """The analyses that are compared, from the barest to the whole."""
    thesaurus = Thesaurus()

    def expanded(question: str) -> Weights:
        weights: Counter[str] = Counter()
        for term in thesaurus.expand(question):
            weights[term.stem] += term.weight  # type: ignore[assignment]
        return weights

    return [
        Variant("no stemming", lambda text: " ".join(plain(text)), lambda text: once(" ".join(plain(text)))),
        Variant("Snowball", snowball, lambda text: once(snowball(text))),
        Variant("ours", analyse, lambda text: once(analyse(text))),
        Variant("ours and thesaurus", analyse, expanded),
    ]


def read_lines(file: Path) -> list[dict[str, str]]:
    """The objects of a JSON-lines file, plain or xz."""
    content = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
    return [json.loads(line) for line in content.splitlines()]


def read_qrels(file: Path) -> dict[str, frozenset[str]]:
    """The relevant passages of each question."""
    relevant: dict[str, set[str]] = defaultdict(set)
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        question, passage, _ = line.split("\t")
        relevant[question].add(passage)
    return {question: frozenset(passages) for question, passages in relevant.items()}


def read_set(folder: Path, split: str, qrels: str, n: int | None = None) -> QuestionSet:
    """A question set of the shared data: the first `n` questions of a split that have an answer.

    Of questions that say whether they are clean, only the clean ones.
    """
    [corpus] = folder.glob("corpus.jsonl*")
    passages = {entry["id"]: f"{entry['title']}\n{entry['text']}" for entry in read_lines(corpus)}
    relevant = read_qrels(folder / "qrels" / f"{qrels}.tsv")
    questions = [
        (entry["text"], relevant[entry["id"]])
        for entry in read_lines(folder / f"queries_{split}.jsonl")
        if entry["id"] in relevant and entry.get("clean", True)
    ]
    return QuestionSet(f"{folder.name} {qrels}", passages, questions[:n])


def read_sets(data: Path) -> list[QuestionSet]:
    """The question sets under `data`."""
    return [
        read_set(data / "idk-mrc", "train", "train", N_TRAIN),
        read_set(data / "idk-mrc", "valid", "valid"),
        read_set(data / "trans-squad", "train", "train", N_TRAIN),
        read_set(data / "peraturan-qa", "dev", "silver_pasal_dev"),
    ]


def measure(questions: QuestionSet, variants: Sequence[Variant]) -> list[float]:
    """The mean nDCG@10 of each variant."""
    ids = list(questions.passages)
    indexes: dict[Callable[[str], str], Bm25] = {}
    means = []
    for variant in variants:
        if variant.analyse not in indexes:
            indexes[variant.analyse] = Bm25(map(variant.analyse, questions.passages.values()))
        index = indexes[variant.analyse]
        rankings = [index.rank(variant.weigh(text)) for text, _ in questions.questions]
        golds = [gold for _, gold in questions.questions]
        gains = [ndcg([ids[row] for row in rows], gold) for rows, gold in zip(rankings, golds, strict=True)]
        means.append(float(np.mean(gains)))
    return means


def main() -> None:
    """Print one line a set, one column a variant."""
    compared = variants()
    print("set (questions)", *(variant.name for variant in compared), sep=" | ")
    for questions in read_sets(Path(sys.argv[1])):
        means = measure(questions, compared)
        name = f"{questions.name} ({len(questions.questions)})"
        print(name, *(f"{mean:.3f}" for mean in means), sep=" | ", flush=True)


if __name__ == "__main__":
    main()
