from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.library import Library
from api.trash import Trash
from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import Document, Kind, Metadata
from kb.errors import NotFoundError
from kb.intake import Outcome
from kb.questions import Query
from kb.settings import Settings
from tests.api.test_documents import TEXT

SECRET = "rumah aman Sangatta"


@pytest.fixture
def document(library: Library, tmp_path: Path) -> Document:
    file = tmp_path / "rapat.txt"
    file.write_bytes(TEXT)
    return library.ingestion.ingest(file).document


def test_a_removed_document_is_nowhere_until_it_is_brought_back(library: Library, document: Document):
    trash = Trash(library)
    trash.withdraw(LOCAL_ADMIN, document.id)
    assert library.documents(LOCAL_ADMIN) == ()
    assert library.search(Query(SECRET, LOCAL_ADMIN)) == ()
    assert (library.status().n_documents, library.status().n_pages, library.status().n_passages) == (0, 0, 0)
    for door in (library.document, library.sections, library.pages.original):
        with pytest.raises(NotFoundError):
            door(LOCAL_ADMIN, document.id)
    with pytest.raises(NotFoundError):
        trash.withdraw(LOCAL_ADMIN, document.id)
    assert library.verify() == ()
    assert trash.bring_back(LOCAL_ADMIN, document.id) == document
    assert library.search(Query(SECRET, LOCAL_ADMIN))[0].document == document


def test_a_correction_outlives_a_removal(library: Library, document: Document):
    by_hand = Metadata(kind=Kind.NOTULEN, title="Rapat rumah aman")
    corrected = library.revisions.correct(LOCAL_ADMIN, document.id, by_hand, frozenset({"kind", "title"}))
    trash = Trash(library)
    trash.withdraw(LOCAL_ADMIN, document.id)
    assert trash.bring_back(LOCAL_ADMIN, document.id) == corrected


def test_a_removed_document_is_deleted_for_good_after_the_grace(library: Library, document: Document):
    Trash(library).withdraw(LOCAL_ADMIN, document.id)
    assert Trash(library).empty() == 0
    library.settings = replace(library.settings, grace_days=0)
    assert Trash(library).empty() == 1
    assert Trash(library).removed(LOCAL_ADMIN) == ()
    assert list(library.originals) == []
    assert library.verify() == ()


def test_a_removed_document_is_not_told_to_who_could_not_see_it(library: Library, tmp_path: Path):
    file = tmp_path / "rahasia.txt"
    file.write_bytes(TEXT)
    hidden = library.ingestion.ingest(file, audience="pimpinan").document
    trash = Trash(library)
    trash.withdraw(LOCAL_ADMIN, hidden.id)
    staff = Viewer("staf")
    assert trash.removed(staff) == ()
    for change in (trash.bring_back, trash.erase):
        with pytest.raises(NotFoundError):
            change(staff, hidden.id)


def test_the_same_file_taken_in_again_is_the_removed_document(library: Library, document: Document, tmp_path: Path):
    Trash(library).withdraw(LOCAL_ADMIN, document.id)
    came = library.ingestion.ingest(tmp_path / "rapat.txt")
    assert (came.document, came.outcome) == (document, Outcome.NEW)
    Trash(library).withdraw(LOCAL_ADMIN, document.id)
    (tmp_path / "rapat.txt").write_text("Keputusan: ditunda.")
    changed = library.ingestion.ingest(tmp_path / "rapat.txt")
    assert (changed.document.id, changed.document.n_versions, changed.outcome) == (document.id, 2, Outcome.NEW)
    assert library.verify() == ()


def test_reindexing_leaves_removed_documents_out(library: Library, document: Document):
    Trash(library).withdraw(LOCAL_ADMIN, document.id)
    library.reindex(lambda n_done, n_all: None)
    assert library.status().n_passages == 0
    assert library.verify() == ()


def test_a_document_is_removed_and_brought_back_over_http(client: TestClient):
    document = client.post("/api/v1/documents", files={"file": ("rapat.txt", TEXT)}).json()["document"]
    assert client.delete(f"/api/v1/documents/{document['id']}").status_code == 204
    [removed] = client.get("/api/v1/removed").json()["removed"]
    assert removed["document"]["id"] == document["id"]
    assert client.post(f"/api/v1/removed/{document['id']}/restore").json() == document
    client.delete(f"/api/v1/documents/{document['id']}")
    assert client.delete(f"/api/v1/removed/{document['id']}").status_code == 204
    assert client.post(f"/api/v1/removed/{document['id']}/restore").status_code == 404


def test_a_document_can_be_removed_for_good_at_once(client: TestClient):
    document = client.post("/api/v1/documents", files={"file": ("rapat.txt", TEXT)}).json()["document"]
    assert client.delete(f"/api/v1/documents/{document['id']}", params={"permanent": "true"}).status_code == 204
    assert client.get("/api/v1/removed").json() == {"removed": []}


def test_another_upload_of_its_name_does_not_touch_a_removed_document(client: TestClient):
    document = client.post("/api/v1/documents", files={"file": ("rapat.txt", TEXT)}).json()["document"]
    client.delete(f"/api/v1/documents/{document['id']}")
    other = client.post("/api/v1/documents", files={"file": ("rapat.txt", b"Laporan lain.")}).json()["document"]
    assert other["id"] != document["id"]
    assert client.post(f"/api/v1/removed/{document['id']}/restore").json() == document


def test_the_page_removes_brings_back_and_deletes_for_good(client: TestClient, library: Library):
    client.post("/dokumen", files={"berkas": ("rapat.txt", TEXT)})
    shelf = client.post("/dokumen/1/hapus").text
    assert "rapat.txt sudah dihapus." in shelf
    assert "Dokumen yang dihapus (1)" in shelf
    assert "rapat.txt sudah dikembalikan." in client.post("/terhapus/1/kembalikan").text
    assert len(library.documents(LOCAL_ADMIN)) == 1
    client.post("/dokumen/1/hapus")
    assert "dihapus selamanya" in client.post("/terhapus/1/hapus").text
    assert "Tidak ada dokumen yang dihapus." in client.get("/terhapus").text


def test_nothing_of_a_deleted_document_is_left_in_the_files_of_the_store(tmp_path: Path):
    settings = Settings(home=tmp_path / "kb", model="toy", threads=1)
    secret = "zwartkopfharimau"
    with Library.open(settings) as library:
        for i in range(30):
            file = tmp_path / f"{i}.txt"
            file.write_text(f"Pasal 1\nSurat ke-{i} menyebut {secret if i == 7 else 'anggaran'} dan forum anak.\n" * 20)
            library.ingestion.ingest(file)
        [document] = [one for one in library.documents(LOCAL_ADMIN) if one.name == "7.txt"]
        assert secret.encode() in b"".join(file.read_bytes() for file in settings.home.glob("acuan.sqlite3*"))
        library.erase(document.id)
        assert secret.encode() not in b"".join(file.read_bytes() for file in settings.home.glob("acuan.sqlite3*"))
        assert library.verify() == ()
