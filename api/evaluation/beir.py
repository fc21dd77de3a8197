"""Question sets in the BEIR layout: their questions, and their corpus taken in as documents."""

import hashlib
import json
import lzma
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from api.evaluation.judges import Unresolved, by_rank
from api.evaluation.questions import Question
from api.library import Library
from index.measures import Qrels
from ingest.passages import split
from kb.access import EVERYONE
from kb.answers import Answer
from kb.documents import Metadata
from kb.errors import NotFoundError, Text
from kb.intake import Draft
from kb.naming import embedded_text
from kb.pages import Page, Reading, Span, Verdict
from kb.passages import StoredPassage
from kb.sections import Section, SectionKind
from kb.settings import Settings

MEDIA_TYPE = "application/x-beir"

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
    """Questions and the entries that answer them; where qrels name what stands before "#", entries count as that.

    answers: what an answer must say, of the questions where the set tells. texts: of the gold entries, "" by document.
    """

    name: str
    corpus_file: Path
    questions: tuple[Question, ...]
    qrels: Qrels
    by_document: bool
    answers: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, str]
    n_left_out: int = 0
    unresolved: tuple[Unresolved, ...] = ()

    def found(self, question: str, passages: Iterable[StoredPassage]) -> dict[str, float]:
        """The entries that the passages are of; see `Judge`."""
        return by_rank([self._entry(passage.section.address) for passage in passages])

    def text(self, question: str) -> str:
        """The text of the gold entries; see `Judge`."""
        return "\n".join(self.texts.get(entry, "") for entry in self.qrels[question])

    def is_right(self, question: str, answer: Answer) -> bool:
        """Whether the quotes hold an answer that the set gives, else whether one is of a gold entry; see `Judge`."""
        strings = self.answers.get(question, ())
        if strings:
            said = [_plain(statement.text) for statement in answer.statements]
            return any(_plain(string) in text for string in strings for text in said)
        quoted = {self._entry(c.address) for statement in answer.statements for c in statement.citations}
        return not quoted.isdisjoint(self.qrels.get(question, {}))

    def _entry(self, address: str) -> str:
        return address.partition("#")[0] if self.by_document else address


def read_set(folder: Path, split_name: str, qrels_name: str | None = None, only: str | None = None) -> QuestionSet:
    """The questions of one split of a folder in the BEIR layout, and of `unanswerable_NAME.jsonl` where that is there.

    qrels_name: the file under `qrels/`, the split's own unless given. only: a field of the questions that must be
    true ("clean"). Raises NotFoundError for a missing file.
    """
    corpus = next((folder / name for name in ("corpus.jsonl", "corpus.jsonl.xz") if (folder / name).exists()), None)
    if corpus is None:
        raise _missing(folder / "corpus.jsonl")
    wanted = {row["id"]: row for row in _rows(folder / f"queries_{split_name}.jsonl") if only is None or row.get(only)}
    qrels: dict[str, dict[str, int]] = {}
    file = folder / "qrels" / f"{qrels_name or split_name}.tsv"
    if not file.exists():
        raise _missing(file)
    for line in file.read_text("utf-8").splitlines()[1:]:
        question, entry, grade = line.split("\t")
        if question in wanted:
            qrels.setdefault(question, {})[entry] = int(grade)
    golds = {entry for grades in qrels.values() for entry in grades}
    texts = {entry.id: f"{entry.title}\n{entry.text}" for entry in read_corpus(corpus) if entry.id in golds}
    unanswerable = folder / f"unanswerable_{split_name}.jsonl"
    rows = [*(wanted[key] for key in qrels), *(_rows(unanswerable) if unanswerable.exists() else ())]
    return QuestionSet(
        name=" ".join(filter(None, (folder.name, qrels_name or split_name, only))),
        corpus_file=corpus,
        questions=tuple(
            Question(row["id"], row["text"], row.get("kind") or row.get("category", ""), row.get("style", ""))
            for row in rows
        ),
        qrels=qrels,
        by_document=not texts,
        answers={key: tuple(wanted[key].get("answers", ())) for key in qrels},
        texts=texts,
    )


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
    embedded = tools.embed([embedded_text("", passage) for passage in passages])
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
        vectors=embedded.vectors,
        stamp=tools.stamp,
        tokens=embedded.tokens,
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _rows(file: Path) -> Iterator[dict[str, Any]]:
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
