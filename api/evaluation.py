"""`kb eval`: a question set in the BEIR layout, taken in as documents and asked through the real search path."""

import hashlib
import json
import lzma
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from api.library import Library
from index.dense import Ranking
from index.fusion import reciprocal_rank
from index.measures import Mean, Qrels, mean, per_question
from index.ranking import rank
from ingest.passages import split
from kb.access import EVERYONE
from kb.errors import NotFoundError, Text
from kb.naming import embedded_text
from kb.settings import Settings
from kb.types import Draft, Metadata, Page, PassageId, Reading, Section, SectionKind, Span, Verdict

MEDIA_TYPE = "application/x-beir"
CHANNELS = ("words", "dense", "rrf", "fused")

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of a corpus that a question may be answered by."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions and the entries that answer them; where qrels name what stands before "#", entries count as that."""

    name: str
    corpus_file: Path
    queries: dict[str, str]
    qrels: Qrels
    by_document: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The means of every measure, channel by channel, over `n_questions`."""

    name: str
    n_questions: int
    means: dict[str, dict[str, Mean]]
    values: dict[str, dict[str, dict[str, float]]]


def read_set(folder: Path, split_name: str, qrels_name: str | None = None, only: str | None = None) -> QuestionSet:
    """The questions of one split of a folder in the BEIR layout.

    qrels_name: the file under `qrels/`, the split's own unless given. only: a field of the questions that must be
    true ("clean"). Raises NotFoundError for a missing file.
    """
    corpus = next((folder / name for name in ("corpus.jsonl", "corpus.jsonl.xz") if (folder / name).exists()), None)
    if corpus is None:
        raise _missing(folder / "corpus.jsonl")
    wanted = {}
    for row in _rows(folder / f"queries_{split_name}.jsonl"):
        if only is None or row.get(only):
            wanted[row["id"]] = row["text"]
    qrels: dict[str, dict[str, int]] = {}
    file = folder / "qrels" / f"{qrels_name or split_name}.tsv"
    if not file.exists():
        raise _missing(file)
    for line in file.read_text("utf-8").splitlines()[1:]:
        question, entry, grade = line.split("\t")
        if question in wanted:
            qrels.setdefault(question, {})[entry] = int(grade)
    ids = {entry.id for entry in read_corpus(corpus)}
    by_document = not any(entry in ids for grades in qrels.values() for entry in grades)
    queries = {key: wanted[key] for key in qrels}
    return QuestionSet(f"{folder.name} {qrels_name or split_name}", corpus, queries, qrels, by_document)


def read_corpus(file: Path) -> Iterator[Entry]:
    """The entries of a corpus file, plain or `.xz`."""
    for row in _rows(file):
        yield Entry(row["id"], row.get("title", ""), row["text"])


def open_corpus(
    settings: Settings, library_of: Callable[[Settings], Library], file: Path, progress: Progress
) -> Library:
    """The corpus as a knowledge base of its own below the data folder, taken in once and kept between runs."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    home = settings.home / "eval" / f"{file.parent.name}-{digest[:12]}"
    library = library_of(replace(settings, home=home))
    if library.store.model() not in ("", library.tools.stamp):
        # Made by another model or analysis: worth nothing now, and made again from the corpus.
        library.close()
        shutil.rmtree(home)
        library = library_of(replace(settings, home=home))
    groups: dict[str, list[Entry]] = {}
    for entry in read_corpus(file):
        groups.setdefault(entry.id.partition("#")[0] if "#" in entry.id else "korpus", []).append(entry)
    for n_done, (name, entries) in enumerate(groups.items()):
        progress(str(file), n_done, len(groups))
        if library.store.documents.by_source(name) is None:
            library.store.documents.put(_draft(library, name, entries))
    return library


def run(library: Library, questions: QuestionSet, progress: Progress) -> Report:
    """Ask every question through the real search path and measure words, vectors, RRF and the fused ranking."""
    runs: dict[str, dict[str, dict[str, float]]] = {channel: {} for channel in CHANNELS}
    for n_done, (key, text) in enumerate(questions.queries.items()):
        progress(questions.name, n_done, len(questions.queries))
        candidates = library.retriever.candidates(text)
        words, dense = candidates.lexical_ranking(), candidates.dense_ranking()
        rankings = {"words": words, "dense": dense, "rrf": reciprocal_rank([words, dense]), "fused": rank(candidates)}
        addresses = _addresses(library, rankings["fused"])
        for channel, ranking in rankings.items():
            runs[channel][key] = _entries(ranking, addresses, questions.by_document)
    return report(questions.name, questions.qrels, runs)


def report(name: str, qrels: Qrels, runs: dict[str, dict[str, dict[str, float]]]) -> Report:
    """The measures of each channel's run."""
    values = {channel: per_question(qrels, found) for channel, found in runs.items()}
    means = {
        channel: {measure: mean(by_question) for measure, by_question in measures.items()}
        for channel, measures in values.items()
    }
    return Report(name, len(qrels), means, values)


def _addresses(library: Library, ranking: Ranking) -> dict[int, str]:
    passages = library.store.passages.read([PassageId(i) for i in ranking.ids.tolist()])
    return {passage_id: passage.section.address for passage_id, passage in passages.items()}


def _entries(ranking: Ranking, addresses: dict[int, str], by_document: bool) -> dict[str, float]:
    """Entries by their best passage. Scored by rank, so that ties keep the order in which they were shown."""
    found: dict[str, float] = {}
    for place, passage_id in enumerate(ranking.ids.tolist()):
        address = addresses[passage_id]
        found.setdefault(address.partition("#")[0] if by_document else address, float(len(ranking) - place))
    return found


def _draft(library: Library, name: str, entries: list[Entry]) -> Draft:
    """Entries as the sections of one document, each on a page of its own, so that no passage holds two."""
    pages = tuple(Page(number, entry.text, Verdict.TEXT) for number, entry in enumerate(entries, 1))
    root = Section(SectionKind.ROOT, "", "", "", None, tuple(Span(p.number, 0, len(p.text)) for p in pages))
    sections = (
        root,
        *(
            Section(SectionKind.HEADING, entry.title, "", entry.id, 0, (Span(number, 0, len(entry.text)),))
            for number, entry in enumerate(entries, 1)
        ),
    )
    tools = library.tools
    passages = split(sections, pages, tools.count_tokens, tools.max_tokens)
    return Draft(
        source=name,
        name=name,
        audience=EVERYONE,
        sha256=hashlib.sha256("\n".join(entry.text for entry in entries).encode()).hexdigest(),
        n_bytes=sum(len(entry.text) for entry in entries),
        reading=Reading(MEDIA_TYPE, pages, has_pages=False),
        metadata=Metadata(title=name),
        sections=sections,
        passages=passages,
        words=tuple(tools.analyse(passage.text) for passage in passages),
        heading_words=tuple(tools.analyse(" ".join(passage.heading_path)) for passage in passages),
        vectors=tools.embed([embedded_text("", passage) for passage in passages]) if passages else _no_vectors(library),
        stamp=tools.stamp,
    )


def _no_vectors(library: Library) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.empty((0, library.embedder.dim), np.float32)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    if not file.exists():
        raise _missing(file)
    with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _missing(file: Path) -> NotFoundError:
    return NotFoundError(
        str(file),
        Text("berkas itu tidak ada", "there is no such file"),
        Text("beri folder dengan corpus.jsonl, queries_NAMA.jsonl dan qrels/NAMA.tsv", "give a folder in BEIR layout"),
    )
