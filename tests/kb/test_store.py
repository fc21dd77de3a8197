"""The store: a document is in whole, or not at all, and only for those who may see it."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import Document, DocumentId
from kb.errors import ModelMismatchError, NotFoundError, StoreDamagedError, StoreTooNewError
from kb.intake import Outcome, Refusal
from kb.pages import Span
from kb.store import Store
from tests.conftest import ROOT
from tests.kb.builders import STAMP, draft, restamped

STAFF = Viewer("staf", audiences=frozenset({"bidang-pha"}))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "acuan.sqlite3")
    yield opened
    opened.close()


def test_a_document_put_in_is_read_back_as_it_was(store: Store) -> None:
    made = draft("a.pdf", "Setiap anak berhak atas identitas.", "Forum Anak dibentuk.")
    document = store.documents.put(made).document
    assert document.metadata == made.metadata
    assert store.versions.pages(document.version_id) == made.reading.pages
    assert store.versions.sections(document.version_id) == made.sections
    passages = store.passages.read(store.passages.ids().tolist())
    assert [(p.text, p.spans, p.heading_path) for p in passages.values()] == [
        (p.text, p.spans, p.heading_path) for p in made.passages
    ]
    ids, vectors = store.passages.vectors(store.passages.ids(), 128)
    assert (vectors == made.vectors).all()
    assert len(ids) == 2


def test_the_same_bytes_change_nothing(store: Store) -> None:
    first = store.documents.put(draft("a.pdf", "Teks."))
    again = store.documents.put(draft("a.pdf", "Teks."))
    assert (first.outcome, again.outcome) == (Outcome.NEW, Outcome.UNCHANGED)
    assert again.document == first.document


def test_a_new_version_replaces_what_is_found_and_keeps_what_was_cited(store: Store) -> None:
    old = store.documents.put(draft("a.pdf", "Bunyi lama.")).document
    replaced = store.documents.put(draft("a.pdf", "Bunyi baru."))
    assert replaced.outcome is Outcome.REPLACED
    assert replaced.document.id == old.id
    assert [p.text for p in store.passages.read(store.passages.ids().tolist()).values()] == ["Bunyi baru."]
    assert store.versions.page(old.version_id, 1).text == "Bunyi lama."


def test_a_removed_document_leaves_no_word_no_vector_and_no_page(store: Store) -> None:
    gone = store.documents.put(draft("a.pdf", "Rahasia sekali.")).document
    kept = store.documents.put(draft("b.pdf", "Terbuka.")).document
    unused = store.documents.remove(gone.id)
    assert unused == {gone.sha256}
    assert set(store.documents.visible(LOCAL_ADMIN)) == {kept.id}
    assert len(store.passages.ids()) == 1
    assert store.passages.match('"rahasia"', 10, (1.0, 1.0), None)[0].size == 0
    with pytest.raises(NotFoundError):
        store.versions.page(gone.version_id, 1)


def test_token_vectors_come_and_go_with_their_passages(store: Store) -> None:
    old = replace(draft("a.pdf", "Satu.", "Dua."), tokens=(b"satu", b"dua"))
    store.documents.put(old)
    [first, second] = store.passages.ids().tolist()
    assert store.passages.tokens([first, second, 99]) == {first: b"satu", second: b"dua"}
    store.documents.put(replace(draft("a.pdf", "Baru."), tokens=(b"baru",)))
    assert store.passages.tokens([first, second]) == {}
    assert list(store.passages.tokens(store.passages.ids().tolist()).values()) == [b"baru"]
    assert store.check() == ()


def test_verify_finds_a_passage_without_its_token_vectors(store: Store) -> None:
    store.documents.put(replace(draft("a.pdf", "Satu."), tokens=(b"satu",)))
    store.documents.put(draft("b.pdf", "Dua."))
    assert [defect.code for defect in store.check()] == ["vektor-token-tidak-ada"]


def test_an_original_that_another_document_uses_is_not_given_up(store: Store) -> None:
    first = store.documents.put(draft("a.pdf", "Teks.")).document
    twin = replace(draft("b.pdf", "Teks lain."), source="b.pdf")
    store.documents.put(twin)
    store.documents.put(replace(draft("b.pdf", "Teks."), sha256=first.sha256))
    assert store.documents.remove(first.id) == frozenset()


def test_a_viewer_sees_only_documents_of_their_audiences(store: Store) -> None:
    store.documents.put(draft("a.pdf", "Untuk semua."))
    store.documents.put(draft("b.pdf", "Untuk bidang.", audience="bidang-pha"))
    secret = store.documents.put(draft("c.pdf", "Untuk pimpinan.", audience="pimpinan")).document
    assert [d.source for d in store.documents.visible(STAFF).values()] == ["b.pdf", "a.pdf"]
    with pytest.raises(NotFoundError):
        store.documents.read(STAFF, secret.id)


def test_vectors_of_two_models_never_meet(store: Store) -> None:
    store.documents.put(draft("a.pdf", "Teks."))
    with pytest.raises(ModelMismatchError, match="kb reindex"):
        store.documents.put(restamped(draft("b.pdf", "Lain."), "other model"))
    assert store.model() == STAMP
    assert store.status().n_documents == 1


def test_an_empty_store_takes_the_model_of_its_first_document(store: Store) -> None:
    first = store.documents.put(draft("a.pdf", "Teks.")).document
    store.documents.remove(first.id)
    store.documents.put(restamped(draft("b.pdf", "Lain."), "other model"))
    assert store.model() == "other model"


def test_reindexing_every_document_changes_the_model(store: Store) -> None:
    made = draft("a.pdf", "Teks.")
    document = store.documents.put(made).document
    assert store.documents.put_passages([(document, restamped(made, "other model"))], "other model") == ()
    assert store.model() == "other model"
    assert store.check() == ()


def test_reindexing_leaves_a_document_alone_that_changed_meanwhile(store: Store) -> None:
    made = draft("a.pdf", "Lama.")
    before = store.documents.put(made).document
    after = store.documents.put(draft("a.pdf", "Baru.")).document
    assert store.documents.put_passages([(before, made)], STAMP) == (after.id,)
    assert [p.text for p in store.passages.read(store.passages.ids().tolist()).values()] == ["Baru."]


def test_every_write_raises_the_change_number_by_one(store: Store) -> None:
    assert store.change() == 0
    document = store.documents.put(draft("a.pdf", "Teks.")).document
    store.documents.remove(document.id)
    assert store.change() == 2


def test_a_failed_write_leaves_nothing_behind(store: Store) -> None:
    made = draft("a.pdf", "Teks.", "Lain.")
    broken = replace(made, words=made.words[:1])
    with pytest.raises(ValueError, match="shorter"):
        store.documents.put(broken)
    assert store.status().n_documents == 0
    assert store.change() == 0
    assert store.check() == ()


def test_what_is_written_after_an_interrupted_write_is_kept(store: Store) -> None:
    def write() -> None:
        with store.together():
            store.documents.put(draft("a.pdf", "Teks."))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    store.documents.put(draft("b.pdf", "Teks."))
    with ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(lambda: store.status().n_documents).result() == 1


def test_readers_never_see_half_of_a_document(store: Store) -> None:
    texts = [f"Pasal {i} berisi kata." for i in range(50)]
    done = threading.Event()
    seen: set[int] = set()

    def watch() -> None:
        while not done.is_set():
            seen.add(len(store.passages.ids()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for i in range(6):
        store.documents.put(draft(f"{i}.pdf", *(f"{text} {i}" for text in texts)))
    done.set()
    watcher.join()
    assert all(n % 50 == 0 for n in seen)


def test_a_refusal_is_remembered_until_the_file_comes_in(store: Store) -> None:
    import datetime

    refusal = Refusal("a.pdf", "berkas-rusak", "rusak", "damaged", datetime.datetime.now(datetime.UTC))
    store.refusals.add(refusal)
    assert store.refusals.all() == (refusal,)
    store.documents.put(draft("a.pdf", "Teks."))
    assert store.refusals.all() == ()


def test_a_store_opened_again_holds_what_it_held(tmp_path: Path) -> None:
    first = Store(tmp_path / "a.sqlite3")
    document = first.documents.put(draft("a.pdf", "Teks.")).document
    first.close()
    second = Store(tmp_path / "a.sqlite3")
    assert second.documents.read(LOCAL_ADMIN, document.id) == document
    second.close()


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    file.write_bytes(b"not a database, but long enough to be taken for one" * 30)
    before = file.read_bytes()
    with pytest.raises(StoreDamagedError):
        Store(file)
    assert file.read_bytes() == before


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(StoreDamagedError, match="bukan gudang Acuan"):
        Store(file)


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    Store(file).close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(StoreTooNewError):
        Store(file)


def test_verify_finds_a_passage_that_is_not_the_text_of_its_page(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    store = Store(file)
    store.documents.put(draft("a.pdf", "Setiap anak berhak."))
    assert store.check() == ()
    connection = sqlite3.connect(file)
    connection.execute("UPDATE pages SET text = replace(text, 'anak', 'ikan')")
    connection.commit()
    connection.close()
    assert [defect.code for defect in store.check()] == ["kutipan-tidak-cocok"]
    store.close()


def test_verify_finds_a_word_index_that_differs_from_its_passages(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite3"
    store = Store(file)
    store.documents.put(draft("a.pdf", "Setiap anak berhak."))
    connection = sqlite3.connect(file)
    connection.execute("INSERT INTO passage_words (passage_words) VALUES ('delete-all')")
    connection.commit()
    connection.close()
    assert [defect.code for defect in store.check()] == ["indeks-kata-tidak-cocok"]
    store.close()


def test_a_missing_page_is_an_error_that_names_it(store: Store) -> None:
    document = store.documents.put(draft("a.pdf", "Teks.")).document
    with pytest.raises(NotFoundError, match="halaman 7"):
        store.versions.page(document.version_id, 7)


def test_a_missing_document_is_an_error_that_names_it(store: Store) -> None:
    with pytest.raises(NotFoundError, match="dokumen 12"):
        store.documents.read(LOCAL_ADMIN, DocumentId(12))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), min_size=1, max_size=4))
def test_any_text_comes_back_letter_by_letter(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    store = Store(tmp_path_factory.mktemp("store") / "a.sqlite3")
    made = draft("a.pdf", *texts)
    document = store.documents.put(made).document
    assert [page.text for page in store.versions.pages(document.version_id)] == texts
    assert store.passages.read(store.passages.ids().tolist()).keys() == set(store.passages.ids().tolist())
    assert all(
        passage.text == texts[passage.spans[0].page - 1]
        for passage in store.passages.read(store.passages.ids().tolist()).values()
    )
    assert store.check() == ()
    assert passage_spans(store) == {Span(i, 0, len(text)) for i, text in enumerate(texts, 1)}
    store.close()


def passage_spans(store: Store) -> set[Span]:
    return {span for p in store.passages.read(store.passages.ids().tolist()).values() for span in p.spans}


def test_the_mean_number_of_words_is_that_of_the_passages_whatever_came_and_went(store: Store) -> None:
    assert store.passages.mean_words() == (1.0, 1.0)
    gone = store.documents.put(draft("a.pdf", *(f"anak desa forum {i}" for i in range(300)))).document
    kept = store.documents.put(draft("b.pdf", *(" ".join(["anak"] * n) for n in range(1, 200)))).document
    store.documents.put(draft("b.pdf", *(" ".join(["anak"] * n) for n in range(1, 150))))
    store.documents.remove(gone.id)
    vocabulary, n_passages, mean_words = store.passages.vocabulary_of([kept.id])
    assert (n_passages, mean_words[0]) == (149, 75.0)
    assert store.passages.mean_words() == mean_words
    assert store.passages.vocabulary() == vocabulary


def test_the_size_of_a_store_counts_what_is_not_yet_in_its_main_file(store: Store, tmp_path: Path) -> None:
    store.documents.put(draft("a.pdf", *(f"Teks {i} yang panjang. " * 40 for i in range(100))))
    assert store.status().store_bytes == sum(
        (tmp_path / name).stat().st_size for name in ("acuan.sqlite3", "acuan.sqlite3-wal")
    )


def by_hand(store: Store, document: Document, title: str) -> Document:
    made = draft("a.pdf", "Teks.", metadata=replace(document.metadata, title=title))
    return store.documents.correct(document, made, frozenset({"title"}))


def test_a_correction_made_during_a_reindex_is_not_lost(store: Store) -> None:
    before = store.documents.put(draft("a.pdf", "Teks.")).document
    corrected = by_hand(store, before, "Judul yang benar")
    assert store.documents.put_passages([(before, draft("a.pdf", "Teks."))], STAMP) == (before.id,)
    assert store.documents.read(LOCAL_ADMIN, before.id) == corrected


def test_a_correction_made_while_a_new_version_is_read_is_not_lost(store: Store) -> None:
    before = store.documents.put(draft("a.pdf", "Teks.")).document
    by_hand(store, before, "Judul yang benar")
    replaced = store.documents.put(draft("a.pdf", "Teks baru.")).document
    assert (replaced.metadata.title, replaced.corrected) == ("Judul yang benar", frozenset({"title"}))


def test_many_processes_may_open_a_store_that_is_not_there_yet(tmp_path: Path) -> None:
    opening = (
        f"from pathlib import Path; from kb.store import Store; Store(Path({str(tmp_path / 'a.sqlite3')!r})).close()"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", opening], cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(6)
    ]
    assert [(one.communicate()[1], one.returncode) for one in started] == [("", 0)] * 6
