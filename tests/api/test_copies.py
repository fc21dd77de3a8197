from pathlib import Path

import pytest
from docx import Document as Word
from fastapi.testclient import TestClient

from api.copies import Copies
from api.library import Library
from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import Document
from kb.errors import NotFoundError
from kb.identity import Action
from kb.likeness import Sameness
from kb.questions import Query
from tests.shelf import PERDA_SEMARANG, PERDA_SURAKARTA

STAFF = Viewer("staf")
QUESTION = "wali kota membentuk gugus tugas kota layak anak di daerah"


def taken(library: Library, file: Path, text: str, audience: str | None = None) -> Document:
    if file.suffix == ".docx":
        word = Word()
        for line in text.splitlines():
            word.add_paragraph(line)
        word.save(str(file))
    else:
        file.write_text(text, "utf-8")
    return library.ingestion.ingest(file, audience=audience).document


@pytest.fixture
def perda(library: Library, tmp_path: Path) -> tuple[Document, Document]:
    """The same Perda as text and as Word."""
    return taken(library, tmp_path / "perda.txt", PERDA_SEMARANG), taken(
        library, tmp_path / "perda.docx", PERDA_SEMARANG
    )


def test_the_same_perda_in_two_formats_is_shown_as_one(library: Library, perda: tuple[Document, Document]):
    first, second = perda
    copies = Copies(library)
    assert copies.folded(LOCAL_ADMIN) == ((first, (second,)),)
    assert copies.relatives(LOCAL_ADMIN, second.id).copies == (first,)


def test_hits_of_a_copy_are_folded_under_the_first(library: Library, perda: tuple[Document, Document]):
    hits = library.search(Query(QUESTION, LOCAL_ADMIN))
    shown = [(hit.document.id, hit.section_address) for hit in hits]
    assert {hit.document.id for hit in hits} == {hits[0].document.id}
    assert len(set(shown)) == len(shown)
    assert [copy.id for copy in hits[0].copies] == [({document.id for document in perda} - {hits[0].document.id}).pop()]


def test_regulations_of_two_regions_are_never_one_however_alike(library: Library, tmp_path: Path):
    taken(library, tmp_path / "semarang.txt", PERDA_SEMARANG)
    taken(library, tmp_path / "surakarta.txt", PERDA_SURAKARTA)
    assert [copies for _, copies in Copies(library).folded(LOCAL_ADMIN)] == [(), ()]
    hits = library.search(Query("gugus tugas bersidang paling sedikit dalam setahun", LOCAL_ADMIN))
    assert {hit.document.metadata.region for hit in hits} == {"Kota Semarang", "Kota Surakarta"}


def test_a_passage_with_other_numbers_is_not_folded(library: Library, tmp_path: Path):
    lines = "".join(
        f"Pasal {i}\nSetiap desa membentuk forum anak dengan anggota {i * 7} orang.\n" for i in range(1, 40)
    )
    one = taken(library, tmp_path / "a.txt", lines)
    other = taken(library, tmp_path / "b.txt", lines.replace("anggota 14 orang", "anggota 15 orang"))
    assert Copies(library).relatives(LOCAL_ADMIN, one.id).copies == (other,)
    hits = library.search(Query("forum anak dengan anggota 14 orang Pasal 2", LOCAL_ADMIN, k=100))
    second = [hit for hit in hits if hit.section_address.endswith("pasal-2")]
    assert len(second) == 2
    assert all(hit.copies == () for hit in second)


def test_nothing_is_folded_under_what_one_may_not_see(library: Library, tmp_path: Path):
    hidden = taken(library, tmp_path / "rahasia.txt", PERDA_SEMARANG, "pimpinan")
    shown = taken(library, tmp_path / "umum.docx", PERDA_SEMARANG)
    copies = Copies(library)
    assert copies.folded(STAFF) == ((shown, ()),)
    assert copies.relatives(STAFF, shown.id).copies == ()
    hits = library.search(Query(QUESTION, STAFF))
    assert hits
    assert {hit.document.id for hit in hits} == {shown.id}
    assert all(hit.copies == () for hit in hits)
    with pytest.raises(NotFoundError):
        copies.rule(STAFF, shown.id, hidden.id, Sameness.DIFFERENT)


def test_people_decide_what_is_a_copy(library: Library, perda: tuple[Document, Document]):
    first, second = perda
    copies = Copies(library)
    copies.rule(LOCAL_ADMIN, second.id, first.id, Sameness.DIFFERENT)
    assert len(copies.folded(LOCAL_ADMIN)) == 2
    assert {hit.document.id for hit in library.search(Query(QUESTION, LOCAL_ADMIN))} == {first.id, second.id}
    copies.rule(LOCAL_ADMIN, first.id, second.id, Sameness.COPIES)
    assert len(copies.folded(LOCAL_ADMIN)) == 1


@pytest.fixture
def revised(library: Library, tmp_path: Path) -> tuple[Document, Document]:
    """One regulation by its number, with texts that have little in common."""
    head, _, _ = PERDA_SEMARANG.partition("BAB I\n")
    body = "".join(
        f"Pasal {i}\nKetentuan baru ke-{i} tentang {i * 31} taman dan {i * 17} balai.\n" for i in range(1, 60)
    )
    return (
        taken(library, tmp_path / "lama.txt", PERDA_SEMARANG),
        taken(library, tmp_path / "baru.txt", f"{head}BAB I\nKETENTUAN UMUM\n{body}"),
    )


def test_another_text_of_the_same_number_is_flagged_and_not_merged(
    library: Library, revised: tuple[Document, Document]
):
    old, new = revised
    relatives = Copies(library).relatives(LOCAL_ADMIN, new.id)
    assert (relatives.copies, relatives.perhaps) == ((), (old,))
    assert len(library.documents(LOCAL_ADMIN)) == 2


def test_a_flagged_document_becomes_the_new_version_when_people_say_so(
    library: Library, revised: tuple[Document, Document]
):
    old, new = revised
    Copies(library).adopt(LOCAL_ADMIN, old.id, new.id)
    [document] = library.documents(LOCAL_ADMIN)
    assert (document.id, document.n_versions, document.sha256) == (old.id, 2, new.sha256)
    versions = Copies(library).relatives(LOCAL_ADMIN, old.id).versions
    assert [(version.sha256, version.is_current) for version in versions] == [(new.sha256, True), (old.sha256, False)]
    assert "gugus tugas" in library.pages.read(LOCAL_ADMIN, old.id, 1, old.version_id).text
    assert library.verify() == ()


NAMED = "Korban bernama Lamria Nainggolan dirujuk ke puskesmas.\n"


def test_a_document_that_becomes_a_version_keeps_the_hidden_words_of_its_name(library: Library, tmp_path: Path):
    old = taken(library, tmp_path / "a.txt", PERDA_SEMARANG)
    new = taken(library, tmp_path / "surat Lamria Nainggolan.txt", PERDA_SEMARANG + NAMED)
    assert new.name == "surat ██████ ██████████.txt"
    came = Copies(library).adopt(LOCAL_ADMIN, old.id, new.id)
    assert came.document.name == new.name
    _, name = library.scanned.stored(came.document)
    assert name == "surat Lamria Nainggolan.txt"


def test_what_is_hidden_in_one_document_alone_stays_hidden_where_it_becomes_a_version(library: Library, tmp_path: Path):
    old = taken(library, tmp_path / "a.txt", PERDA_SEMARANG)
    new = taken(library, tmp_path / "surat rumah teratai.txt", f"{PERDA_SEMARANG}Menginap di rumah teratai.\n")
    library.identities.rule(LOCAL_ADMIN, new.id, Action.HIDE, "teratai")
    adopted = Copies(library).adopt(LOCAL_ADMIN, old.id, new.id).document
    pages = library.store.versions.pages(adopted.version_id)
    assert adopted.name == "surat rumah ███████.txt"
    assert not any("teratai" in page.text for page in pages)


def test_copies_are_decided_over_http_and_on_the_page(client: TestClient, library: Library, tmp_path: Path):
    first = taken(library, tmp_path / "perda.txt", PERDA_SEMARANG)
    second = taken(library, tmp_path / "perda.docx", PERDA_SEMARANG)
    address = f"/api/v1/documents/{first.id}/relatives"
    assert [one["id"] for one in client.get(address).json()["copies"]] == [second.id]
    hit = client.get("/api/v1/search", params={"q": QUESTION}).json()["hits"][0]
    assert len(hit["copies"]) == 1
    assert "Juga dalam:" in client.get("/", params={"q": QUESTION}).text
    assert "Juga dalam:" in client.get("/dokumen").text
    page = client.post(f"/dokumen/{first.id}/salinan/{second.id}", data={"putusan": "beda"})
    assert "Salinan</summary>" not in page.text
    assert client.get(address).json()["copies"] == []
    assert client.put(f"{address}/{second.id}", params={"decision": "salinan"}).json()["copies"] != []
    assert client.put(f"{address}/{first.id}", params={"decision": "salinan"}).status_code == 404
    merged = client.put(f"{address}/{second.id}", params={"decision": "versi"}).json()
    assert (merged["copies"], len(merged["versions"])) == ([], 2)
    assert 'id="versi"' in client.get(f"/dokumen/{first.id}").text
