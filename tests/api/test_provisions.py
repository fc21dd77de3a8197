"""A provision is read by its address at every door, with what leads into it and what explains it."""

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.cli import main
from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.documents import Document

SLUG = "perda-kota-semarang-2023-97"


def read(client: TestClient, address: str) -> dict[str, object]:
    answer = client.get("/api/v1/provision", params={"address": address})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_a_provision_is_read_by_its_stable_address(filled: TestClient, perda: Document):
    found = read(filled, f"{SLUG}/pasal-1")
    assert found["document_id"] == perda.id
    assert found["cited"] == "Pasal 1 Peraturan Daerah Kota Semarang Nomor 97 Tahun 2023"
    assert found["next"] == f"{SLUG}/pasal-2"


def test_every_section_of_the_outline_is_read_by_its_address(filled: TestClient, perda: Document):
    outline = filled.get(f"/api/v1/documents/{perda.id}/outline").json()
    assert outline["slug"] == SLUG
    for section in outline["sections"][1:]:
        found = read(filled, f"{SLUG}/{section['address']}")
        assert found["part"]["spans"] == section["spans"]  # type: ignore[index]


def test_the_words_of_a_provision_are_those_of_its_pages(filled_library: Library, perda: Document):
    sections = filled_library.sections(LOCAL_ADMIN, perda.id)
    for section in sections[1:40]:
        part = filled_library.provisions.provision(LOCAL_ADMIN, perda.id, section.address).part
        pages = {span.page: filled_library.pages.read(LOCAL_ADMIN, perda.id, span.page).text for span in part.spans}
        assert part.text == "\n".join(pages[span.page][span.start : span.end] for span in part.spans)


def test_an_address_without_a_provision_is_not_found(filled: TestClient):
    for address in (f"{SLUG}/pasal-999", "perda-kota-tidak-ada-2023-1/pasal-1"):
        assert filled.get("/api/v1/provision", params={"address": address}).status_code == 404


def test_the_page_of_a_provision_is_at_its_stable_address(filled: TestClient, perda: Document):
    html = filled.get(f"/ketentuan/{SLUG}/pasal-2").text
    assert "<h1>Pasal 2 Peraturan Daerah Kota Semarang Nomor 97 Tahun 2023</h1>" in html
    assert f"/dokumen/{perda.id}/halaman/" in html
    assert filled.get(f"/dokumen/{perda.id}/ketentuan/pasal-2").text.count("<h1>Pasal 2 ") == 1


def test_the_address_of_a_document_leads_to_it(filled: TestClient, perda: Document):
    answer = filled.get(f"/ketentuan/{SLUG}", follow_redirects=False)
    assert answer.headers["location"] == f"/dokumen/{perda.id}"


def test_the_outline_of_the_page_goes_down_to_the_letter(filled: TestClient, filled_library: Library, perda: Document):
    html = filled.get(f"/dokumen/{perda.id}").text
    sections = filled_library.sections(LOCAL_ADMIN, perda.id)
    missing = [one.address for one in sections[1:] if f'"/dokumen/{perda.id}/ketentuan/{one.address}"' not in html]
    assert missing == []


def test_the_command_reads_a_provision(filled_library: Library, perda: Document, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_HOME", str(filled_library.settings.home))
    monkeypatch.setenv("KB_MODEL", "toy")
    said = CliRunner().invoke(main, ["provision", f"{SLUG}/pasal-1"])
    assert said.exit_code == 0
    assert said.output.startswith("Pasal 1 Peraturan Daerah Kota Semarang Nomor 97 Tahun 2023\n")
