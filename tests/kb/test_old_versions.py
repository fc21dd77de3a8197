"""What is hidden later in an old version is hidden in its outline, also where that was read before."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.access import LOCAL_ADMIN
from kb.documents import Kind, Metadata
from kb.identity import MASK, Guarding
from kb.store import Store
from tests.kb.builders import draft


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "acuan.sqlite3")
    yield opened
    opened.close()


def hide(line: str) -> str:
    return line.replace("Wening", MASK * 6)


def test_an_outline_that_was_read_before_is_masked_with_its_version(store: Store) -> None:
    made = draft("a.pdf", "Bunyi lama.")
    root, pasal = made.sections
    old = store.documents.put(replace(made, sections=(root, replace(pasal, heading="Pesan Wening")))).document
    store.documents.put(draft("a.pdf", "Bunyi baru."))
    assert store.versions.sections(old.version_id)[1].heading == "Pesan Wening"
    store.identities.write(old.version_id, made.reading, Guarding("1", 1, ()), hide)
    assert store.versions.sections(old.version_id)[1].heading == f"Pesan {MASK * 6}"


def test_an_outline_is_read_once_while_nothing_is_ruled(store: Store) -> None:
    old = store.documents.put(draft("a.pdf", "Bunyi.")).document
    first = store.versions.sections(old.version_id)
    store.documents.put(draft("b.pdf", "Lain."))
    assert store.versions.sections(old.version_id) is first


def described(title: str) -> Metadata:
    return Metadata(Kind.PERDA, title, "3", 2019, "Kota Semarang", "Wali Kota Semarang")


def test_the_same_bytes_that_come_back_bring_what_is_read_of_them_now(store: Store) -> None:
    first = store.documents.put(draft("a.pdf", "Teks.", metadata=described("Salah baca"))).document
    store.trash.withdraw(first.id)
    back = store.documents.put(draft("a.pdf", "Teks.", metadata=described("Kota Layak Anak"))).document
    assert (back.id, back.metadata.title) == (first.id, "Kota Layak Anak")


def test_a_withdrawn_document_is_brought_back_with_what_is_read_of_it_now(store: Store) -> None:
    first = store.documents.put(draft("a.pdf", "Teks.", metadata=described("Salah baca"))).document
    store.trash.withdraw(first.id)
    back = store.trash.bring_back(first, draft("a.pdf", "Teks.", metadata=described("Kota Layak Anak")))
    assert back.metadata.title == "Kota Layak Anak"
    assert store.documents.read(LOCAL_ADMIN, first.id) == back


def test_what_was_corrected_by_hand_outlives_a_coming_back(store: Store) -> None:
    first = store.documents.put(draft("a.pdf", "Teks.")).document
    by_hand = draft("a.pdf", "Teks.", metadata=described("Judul yang benar"))
    corrected = store.documents.correct(first, by_hand, frozenset({"title"}))
    assert corrected is not None
    store.trash.withdraw(first.id)
    back = store.documents.put(draft("a.pdf", "Teks.", metadata=described("Salah baca"))).document
    assert (back.metadata.title, back.corrected) == ("Judul yang benar", frozenset({"title"}))
    store.trash.withdraw(first.id)
    again = store.trash.bring_back(back, draft("a.pdf", "Teks.", metadata=described("Salah baca")))
    assert (again.metadata.title, again.corrected) == ("Judul yang benar", frozenset({"title"}))
