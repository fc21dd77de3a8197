"""The legal life at the doors: one regulation and the one that amends it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import main
from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.questions import Filters, Query
from kb.settings import Settings
from tests.api.conftest import EXAMPLES
from tests.shelf import named

OLD = "perda-kota-balikpapan-91-2020-pengarusutamaan-gender.pdf"
TARGET = {"form": "perda", "number": "5", "year": 2025, "region": "Kota Balikpapan"}
NEW = "perda-kota-balikpapan-93-2024-perubahan-pengarusutamaan-gender.pdf"


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path / "kb", model="toy")) as library:
        library.ingestion.ingest(EXAMPLES / NEW)
        library.ingestion.ingest(EXAMPLES / OLD)
        yield library


@pytest.fixture
def doors(both: Library) -> TestClient:
    return TestClient(create_app(both))


def test_the_amended_and_the_amending_know_of_each_other_whichever_came_first(both: Library) -> None:
    old, new = named(both, OLD), named(both, NEW)
    done = [link for link in both.relations.links(LOCAL_ADMIN, old.id) if link.name == "diubah-dengan"]
    does = [link for link in both.relations.links(LOCAL_ADMIN, new.id) if link.name == "mengubah"]
    assert {link.document_id for link in done} == {new.id}
    assert {link.document_id for link in does} == {old.id}
    assert [link.relation.provision for link in done] == [link.relation.provision for link in does]


def test_the_words_that_say_so_are_on_the_page(both: Library) -> None:
    old, new = named(both, OLD), named(both, NEW)
    deleted = next(
        link.relation for link in both.relations.links(LOCAL_ADMIN, old.id) if link.relation.provision == "pasal-9"
    )
    [span] = deleted.spans
    page = both.pages.read(LOCAL_ADMIN, new.id, span.page)
    assert page.text[span.start : span.end].strip(" .") == "Ketentuan Pasal 9 dihapus"


def test_a_hit_and_a_citation_say_what_is_not_in_force(both: Library) -> None:
    old = named(both, OLD)
    text = "Pasal 9 Perda 91/2020 Balikpapan"
    limited = Filters(documents=frozenset({old.id}))
    hits = both.search(Query(text, LOCAL_ADMIN, limited))
    said = {hit.section_address.split("/")[0]: hit.standing.in_force.value for hit in hits if hit.standing}
    assert said["pasal-9"] == "dicabut"
    answer = both.ask(Query(text, LOCAL_ADMIN, limited))
    assert all(citation.standing is not None for s in answer.statements for citation in s.citations)


def test_what_is_out_of_force_can_be_left_out(both: Library) -> None:
    old = named(both, OLD)
    for day, found in (("2023-01-01", True), ("2026-01-01", False)):
        out = TestClient(create_app(both)).get(
            "/api/v1/search", params={"q": "Pasal 9 Perda 91/2020", "in_force_on": day, "document": old.id, "k": 50}
        )
        assert any(hit["section_address"].startswith("pasal-9") for hit in out.json()["hits"]) is found


def test_the_page_warns_beside_the_quote_and_shows_who_refers(both: Library, doors: TestClient) -> None:
    old = named(both, OLD)
    section = next(s for s in both.sections(LOCAL_ADMIN, old.id) if s.address == "pasal-9")
    span = section.spans[0]
    shown = doors.get(f"/dokumen/{old.id}/halaman/{span.page}?spans={span.start}-{span.end}").text
    assert "Dihapus dengan Perda Kota Balikpapan 93/2024" in shown


def test_the_page_of_relations_lists_both_sides(both: Library, doors: TestClient) -> None:
    old, new = named(both, OLD), named(both, NEW)
    shown = doors.get(f"/dokumen/{old.id}/hukum").text
    assert "Diubah dengan" in shown
    assert f'href="/dokumen/{new.id}/hukum"' in shown


def test_a_rejected_relation_is_not_used_and_outlives_a_reindex(both: Library, doors: TestClient) -> None:
    old, new = named(both, OLD), named(both, NEW)
    relations = doors.get(f"/api/v1/documents/{new.id}/relations").json()["relations"]
    key = next(one["key"] for one in relations if one["provision"] == "pasal-9")
    said = {"key": key, "verdict": "ditolak"}
    assert doors.post(f"/api/v1/documents/{new.id}/relations/verdict", json=said).json()["by"] == "admin"
    both.reindex(lambda *_: None)
    standing = doors.get(f"/api/v1/documents/{old.id}/standing", params={"address": "pasal-9"}).json()
    assert standing["in_force"] == "berlaku"


def test_a_relation_added_by_hand_counts_until_it_is_taken_back(both: Library, doors: TestClient) -> None:
    old = named(both, OLD)
    said = {"kind": "mencabut", "target": TARGET, "is_passive": True}
    edit = doors.post(f"/api/v1/documents/{old.id}/relations", json=said)
    assert edit.status_code == 201
    standing = doors.get(f"/api/v1/documents/{old.id}/standing").json()
    assert standing["in_force"] == "dicabut"
    assert standing["acts"][0]["actor"]["short_name"] == "Perda Kota Balikpapan 5/2025"
    assert doors.delete(f"/api/v1/documents/{old.id}/relations/{edit.json()['id']}").status_code == 204
    assert doors.get(f"/api/v1/documents/{old.id}/standing").json()["in_force"] == "diubah"


def test_the_form_says_what_it_cannot_read(both: Library, doors: TestClient) -> None:
    old = named(both, OLD)
    answer = doors.post(f"/dokumen/{old.id}/hukum", data={"hubungan": "mencabut", "peraturan": "entah"})
    assert answer.status_code == 422
    assert "tidak terbaca sebagai peraturan" in answer.text


def test_a_decision_on_the_page_comes_back_to_it(both: Library, doors: TestClient) -> None:
    new = named(both, NEW)
    link = next(link for link in both.relations.links(LOCAL_ADMIN, new.id) if link.relation.provision == "pasal-9")
    data = {"kunci": "|".join(link.relation.key), "putusan": "dibenarkan"}
    answer = doors.post(f"/dokumen/{new.id}/hukum/putusan", data=data)
    assert "dibenarkan oleh admin" in answer.text


def test_the_references_of_a_page_and_what_refers_back(both: Library, doors: TestClient) -> None:
    old = named(both, OLD)
    found = [
        one
        for page in range(1, old.n_pages + 1)
        for one in doors.get(f"/api/v1/documents/{old.id}/pages/{page}/references").json()["references"]
        if one["document_id"] == old.id
    ]
    target = found[0]["address"]
    referrers = doors.get(f"/api/v1/documents/{old.id}/referring", params={"address": target}).json()["referrers"]
    assert old.id in {one["document_id"] for one in referrers}


def test_the_graph_follows_what_is_here(both: Library, doors: TestClient) -> None:
    old, new = named(both, OLD), named(both, NEW)
    graph = doors.get(f"/api/v1/documents/{old.id}/graph").json()
    assert new.id in {branch["document_id"] for branch in graph["rested_on_by"]}


def test_the_command_line_says_the_same(both: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    old = named(both, OLD)
    both.close()
    monkeypatch.setenv("KB_HOME", str(both.settings.home))
    monkeypatch.setenv("KB_MODEL", "toy")
    run = CliRunner().invoke(main, ["standing", str(old.id), "Pasal 9"])
    assert run.output.splitlines()[0] == "dihapus dengan Perda Kota Balikpapan 93/2024"
    before = CliRunner().invoke(main, ["standing", str(old.id), "Pasal 9", "--as-of", "2023-01-01"])
    assert before.output.splitlines()[0] == "berlaku sejauh diketahui"
    related = CliRunner().invoke(main, ["relate", str(old.id), "dicabut-dengan", "Perda Kota Balikpapan 7/2026"])
    assert related.exit_code == 0
    assert "Dicabut dengan  Perda Kota Balikpapan 7/2026" in CliRunner().invoke(main, ["relations", str(old.id)]).output


def test_a_quote_kept_in_a_dossier_says_what_is_not_in_force(both: Library) -> None:
    old = named(both, OLD)
    assert both.standings.said(LOCAL_ADMIN, old, "pasal-9") == "dihapus dengan Perda Kota Balikpapan 93/2024"
    assert both.standings.said(LOCAL_ADMIN, old, "pasal-2") == ""
