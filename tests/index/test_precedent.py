from pathlib import Path

import pytest

from api.library import Library
from api.precedents import Precedents
from kb.access import LOCAL_ADMIN, Viewer
from kb.documents import DocumentId, Kind, VersionId
from kb.errors import NotFoundError, Text
from kb.pages import Page
from kb.precedent import NATIONAL, ClauseQuery, Precedent
from kb.questions import Filters
from kb.sections import Outline
from tests.shelf import PERDA_SEMARANG, fill, named

CLAUSE = "Bupati membentuk gugus tugas kota layak anak setiap tiga tahun."


def places(library: Library, query: ClauseQuery) -> list[tuple[str, str]]:
    return [
        (each.closest.document.name, each.closest.label)
        for group in library.precedents.find(query)
        for each in group.precedents
    ]


def test_the_nearest_ayat_of_each_regulation_comes_first(shelf: Library) -> None:
    found = [group.precedents[0] for group in shelf.precedents.find(ClauseQuery(CLAUSE, LOCAL_ADMIN))]
    assert {(each.closest.document.name, each.closest.label) for each in found[:2]} == {
        ("semarang.txt", "Pasal 2 ayat (1)"),
        ("surakarta.txt", "Pasal 2 ayat (1)"),
    }


def test_a_precedent_is_the_text_of_its_pages(shelf: Library) -> None:
    for group in shelf.precedents.find(ClauseQuery(CLAUSE, LOCAL_ADMIN)):
        pages = {page.number: page.text for page in shelf.store.versions.pages(group.document.version_id)}
        for each in group.precedents:
            for provision in (each.whole, each.closest):
                quoted = "\n".join(pages[span.page][span.start : span.end] for span in provision.spans)
                assert provision.text == quoted


def test_recitals_and_explanations_are_no_precedents(shelf: Library) -> None:
    query = ClauseQuery("gugus tugas kota layak anak perlu dibentuk; Anak adalah amanah", LOCAL_ADMIN, n_each=20)
    assert all(label.startswith("Pasal") for _, label in places(shelf, query))


def test_documents_that_are_no_regulations_are_left_out(shelf: Library) -> None:
    query = ClauseQuery("Pagar taman bermain di dua kelurahan rusak", LOCAL_ADMIN)
    assert "notulen.txt" not in {name for name, _ in places(shelf, query)}


def test_the_own_regulation_is_left_out(shelf: Library) -> None:
    own = named(shelf, "semarang.txt").id
    query = ClauseQuery(CLAUSE, LOCAL_ADMIN, without=frozenset({own}))
    assert "semarang.txt" not in {name for name, _ in places(shelf, query)}


def test_a_closed_document_is_no_precedent_for_others(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "semarang.txt"
    file.write_text(PERDA_SEMARANG, "utf-8")
    library.ingestion.ingest(file, audience="bagian-hukum")
    assert places(library, ClauseQuery(CLAUSE, Viewer("tamu"))) == []
    assert places(library, ClauseQuery(CLAUSE, Viewer("budi", audiences=frozenset({"bagian-hukum"}))))[0] == (
        "semarang.txt",
        "Pasal 2 ayat (1)",
    )


def test_a_provision_is_picked_by_its_address(shelf: Library) -> None:
    document = named(shelf, "surakarta.txt")
    provision = shelf.precedents.provision(LOCAL_ADMIN, document.id, "pasal-2/ayat-2")
    assert (provision.label, provision.heading_path) == ("Pasal 2 ayat (2)", ("BAB II GUGUS TUGAS",))
    assert "empat kali" in provision.text


@pytest.mark.parametrize(("number", "address"), [(10**6, "pasal-1"), (None, "pasal-99")])
def test_a_provision_that_is_not_there_is_told(shelf: Library, number: int | None, address: str) -> None:
    document_id = DocumentId(number) if number else named(shelf, "uu.txt").id
    with pytest.raises(NotFoundError):
        shelf.precedents.provision(LOCAL_ADMIN, document_id, address)


def test_a_matrix_has_the_nearest_of_each_region_and_none_where_nothing_is_near(shelf: Library) -> None:
    made = shelf.precedents.matrix(
        LOCAL_ADMIN, ["gugus tugas", "pengaduan pelecehan dicatat"], ["Kota Semarang", "Kota Surakarta", NATIONAL]
    )
    assert [[_place(cell) for cell in row] for row in made.cells] == [
        ["Kota Semarang: Pasal 2 ayat (2)", "Kota Surakarta: Pasal 2 ayat (2)", ""],
        ["", "", ": Pasal 2"],
    ]


def _place(cell: Precedent | None) -> str:
    return "" if cell is None else f"{cell.closest.document.metadata.region}: {cell.closest.label}"


def test_the_status_is_asked_for_each_provision_found(shelf: Library) -> None:
    asked = Precedents(shelf.store, shelf.retriever, lambda viewer, document, address: f"{document.name} {address}")
    groups = asked.find(ClauseQuery(CLAUSE, LOCAL_ADMIN))
    assert {groups[0].precedents[0].status, groups[1].precedents[0].status} == {
        "semarang.txt pasal-2/ayat-1",
        "surakarta.txt pasal-2/ayat-1",
    }


def test_kinds_are_filtered(shelf: Library) -> None:
    query = ClauseQuery(CLAUSE, LOCAL_ADMIN, Filters(kinds=frozenset({Kind.UU})))
    assert {name for name, _ in places(shelf, query)} == {"uu.txt"}


def test_a_regulation_that_goes_out_while_it_is_read_is_left_out(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(library, tmp_path)
    gone = named(library, "semarang.txt")
    read = library.store.versions.page

    def page(version_id: VersionId, number: int) -> Page:
        if version_id == gone.version_id:
            raise NotFoundError("halaman", Text("tidak ada", "not there"), Text("muat ulang", "load again"))
        return read(version_id, number)

    monkeypatch.setattr(library.store.versions, "page", page)
    found = {name for name, _ in places(library, ClauseQuery(CLAUSE, LOCAL_ADMIN))}
    assert found == {"surakarta.txt", "uu.txt"}


def test_a_provision_is_read_in_the_outline_that_it_was_found_in(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(library, tmp_path)
    query = ClauseQuery(CLAUSE, LOCAL_ADMIN)
    before = places(library, query)
    versions = library.store.versions
    outline, read = versions.sections, versions.page
    is_reading = False

    def page(version_id: VersionId, number: int) -> Page:
        nonlocal is_reading
        is_reading = True
        return read(version_id, number)

    monkeypatch.setattr(versions, "page", page)
    monkeypatch.setattr(versions, "sections", lambda version: Outline() if is_reading else outline(version))
    assert places(library, query) == before


def test_a_clause_is_looked_up_anew_where_the_store_is_written_meanwhile(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(library, tmp_path)
    gone = named(library, "semarang.txt")
    read = library.store.versions.page

    def page(version_id: VersionId, number: int) -> Page:
        found = read(version_id, number)
        if gone in library.documents(LOCAL_ADMIN):
            library.erase(gone.id)
        return found

    monkeypatch.setattr(library.store.versions, "page", page)
    found = {name for name, _ in places(library, ClauseQuery(CLAUSE, LOCAL_ADMIN))}
    assert found == {"surakarta.txt", "uu.txt"}
