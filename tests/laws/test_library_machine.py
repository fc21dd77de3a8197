"""After any sequence of changes the library holds what was put in, says nothing untrue, and has nothing to verify."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from api.library import Library
from kb.access import LOCAL_ADMIN, Viewer
from kb.answers import Citation
from kb.documents import DocumentId, Kind, Metadata
from kb.intake import Outcome
from kb.questions import Query
from kb.settings import Settings
from tests.conftest import SLOW

WORDS = ("anak", "forum", "desa", "posyandu", "gugus", "tugas", "layak", "kader", "balai", "remaja")
AUDIENCES = ("semua", "bidang-pha", "pimpinan")
STAFF = Viewer("staf", audiences=frozenset({"bidang-pha"}))

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
texts = st.lists(sentences, min_size=1, max_size=4).map(
    lambda bodies: "".join(f"Pasal {n}\n{body}.\n" for n, body in enumerate(bodies, 1))
)


@dataclass
class Held:
    """A document as it should be: its texts, version by version, and what was corrected by hand."""

    source: str
    audience: str
    versions: list[str]
    title: str | None = None


class LibraryMachine(RuleBasedStateMachine):
    """A library of tiny text files, changed at random, beside a second one that is open on the same folder."""

    library: ClassVar[Library]
    second: ClassVar[Library]
    folder: ClassVar[Path]

    documents = Bundle("documents")

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[DocumentId, Held] = {}
        self.cited: list[Citation] = []
        self.n_changes = 0

    @initialize()
    def empty(self) -> None:
        # One library serves every example: its reading process costs a second to start.
        for document in self.library.documents(LOCAL_ADMIN):
            self.library.erase(document.id)

    @rule(target=documents, name=st.sampled_from("abcdef"), text=texts, audience=st.sampled_from(AUDIENCES))
    def put(self, name: str, text: str, audience: str) -> DocumentId:
        known = next((key for key, held in self.held.items() if held.source == name), None)
        twin = next(
            (key for key, held in self.held.items() if (held.versions[-1], held.audience) == (text, audience)), None
        )
        came = self.library.ingestion.ingest(self.file(text), source=name, name=f"{name}.txt", audience=audience)
        if known is not None and self.held[known].versions[-1] == text:
            assert (came.document.id, came.outcome) == (known, Outcome.UNCHANGED)
            self.held[known].audience = audience
        elif known is not None:
            assert (came.document.id, came.outcome) == (known, Outcome.REPLACED)
            self.held[known].versions.append(text)
            self.held[known].audience = audience
        elif twin is not None:
            assert came.outcome is Outcome.UNCHANGED
            assert self.held[came.document.id].versions[-1] == text
        else:
            assert came.outcome is Outcome.NEW
            self.held[came.document.id] = Held(name, audience, [text])
        return came.document.id

    @rule(key=documents, text=texts)
    def replace_with(self, key: DocumentId, text: str) -> None:
        if key in self.held:
            came = self.library.ingestion.replace(LOCAL_ADMIN, key, self.file(text), "baru.txt")
            is_same = self.held[key].versions[-1] == text
            assert came.outcome is (Outcome.UNCHANGED if is_same else Outcome.REPLACED)
            if not is_same:
                self.held[key].versions.append(text)

    @rule(key=consumes(documents))
    def remove(self, key: DocumentId) -> None:
        if self.held.pop(key, None) is not None:
            self.library.erase(key)
            self.cited = [citation for citation in self.cited if citation.document_id != key]

    @rule(key=documents, title=sentences)
    def correct(self, key: DocumentId, title: str) -> None:
        if key in self.held:
            by_hand = Metadata(kind=Kind.NOTULEN, title=title)
            self.library.revisions.correct(LOCAL_ADMIN, key, by_hand, frozenset({"kind", "title"}))
            self.held[key].title = title

    @rule()
    def reindex(self) -> None:
        before = self.library.documents(LOCAL_ADMIN)
        self.library.reindex(lambda n_done, n_all: None)
        assert self.library.documents(LOCAL_ADMIN) == before

    @rule(question=sentences)
    def ask(self, question: str) -> None:
        query = Query(question, LOCAL_ADMIN)
        answer = self.library.ask(query)
        assert self.second.ask(query) == answer
        current = {key: held.versions[-1] for key, held in self.held.items()}
        for hit in answer.hits:
            assert hit.text in current[hit.document.id]
        for statement in answer.statements:
            self.cited.extend(statement.citations)

    @rule(question=sentences)
    def ask_as_staff(self, question: str) -> None:
        hits = self.library.search(Query(question, STAFF, k=100))
        shown = {document.audience for hit in hits for document in (hit.document, *hit.copies)}
        assert shown <= {"semua", "bidang-pha"}
        everything = self.library.search(Query(question, LOCAL_ADMIN, k=100))
        # By document: of two copies the administrator sees one folded under the other, which may be the hidden one.
        assert {document.id for hit in hits for document in (hit.document, *hit.copies)} == {
            document.id
            for hit in everything
            for document in (hit.document, *hit.copies)
            if document.audience in ("semua", "bidang-pha")
        }

    @invariant()
    def holds_what_was_put_in(self) -> None:
        there = {document.id: document for document in self.library.documents(LOCAL_ADMIN)}
        assert there.keys() == self.held.keys()
        for key, held in self.held.items():
            document = there[key]
            assert (document.source, document.audience) == (held.source, held.audience)
            assert document.n_versions == len(held.versions)
            assert self.library.originals.open_path(document.sha256).read_text("utf-8") == held.versions[-1]
            if held.title is not None:
                assert (document.metadata.kind, document.metadata.title) == (Kind.NOTULEN, held.title)

    @invariant()
    def what_was_cited_still_opens(self) -> None:
        for citation in self.cited:
            span = citation.span
            page = self.library.pages.read(LOCAL_ADMIN, citation.document_id, span.page, citation.version_id)
            assert page.text[span.start : span.end] == citation.quote

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert self.library.verify() == ()
        assert {path.name for path in self.library.originals} == self.library.store.documents.hashes()

    def file(self, text: str) -> Path:
        written = self.folder / "masuk.txt"
        written.write_text(text, "utf-8")
        return written


def test_any_sequence_of_changes_leaves_a_sound_library(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept = Settings(home=Path(folder) / "kb", model="toy", threads=1)
        with Library.open(kept) as library, Library.open(replace(kept)) as second:
            for name, value in {"library": library, "second": second, "folder": Path(folder)}.items():
                monkeypatch.setattr(LibraryMachine, name, value, raising=False)
            case = LibraryMachine.TestCase()
            case.settings = settings(
                max_examples=100 if SLOW else 12,
                stateful_step_count=40 if SLOW else 20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            )
            case.runTest()
