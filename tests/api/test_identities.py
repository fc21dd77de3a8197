"""Hidden identities at the doors: one click opens one person, refusals name nobody, and openings are logged."""

import logging
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from api import veil
from api.cli import main
from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId
from kb.identity import Action
from kb.store import Store
from kb.store.identities import Identities

TWO = "Korban Mawar Harum melapor pada hari Senin.\nKorban Melati Wangi melapor pada hari Rabu.\n"
HIDDEN = "Rumah Harapan"
BROKEN = b"%PDF-1.7 broken"


@pytest.fixture
def shown(client: TestClient, library: Library) -> str:
    """The page on the identities of a document that hides two people."""
    client.post("/dokumen", files={"berkas": ("laporan.txt", TWO.encode())})
    assert len(library.identities.listed(LOCAL_ADMIN, DocumentId(1))) == 2
    return client.get("/dokumen/1/identitas").text


def kb(library: Library, *args: str) -> Result:
    home = str(library.settings.home)
    return CliRunner().invoke(main, args, env={"KB_HOME": home, "KB_MODEL": "toy", "KB_LANGUAGE": None})


def parts_of(html: str) -> list[str]:
    return re.findall(r'name="bagian" value="([^"]+)"', html)


def test_a_second_click_opens_nobody_else(client: TestClient, library: Library, shown: str):
    first, second = parts_of(shown)
    assert client.post("/dokumen/1/identitas/buka", data={"bagian": first}).status_code == 200
    again = client.post("/dokumen/1/identitas/buka", data={"bagian": first})
    assert again.status_code == 409
    assert "Daftar di bawah ini yang terbaru" in again.text
    assert len(library.identities.listed(LOCAL_ADMIN, DocumentId(1))) == 1
    assert "Melati" not in again.text
    assert parts_of(again.text) == [second]


def test_a_part_of_an_older_version_is_not_opened_in_a_newer_one(client: TestClient, library: Library, shown: str):
    other = TWO.replace("Mawar Harum", "Bunga Indah")
    client.post("/dokumen/1/ganti", files={"berkas": ("laporan.txt", other.encode())})
    assert client.post("/dokumen/1/identitas/buka", data={"bagian": parts_of(shown)[0]}).status_code == 409
    assert len(library.identities.listed(LOCAL_ADMIN, DocumentId(1))) == 2


def test_opening_in_a_document_that_is_not_there_is_not_found(client: TestClient):
    assert client.post("/dokumen/9/identitas/buka", data={"bagian": "1.1.0-4"}).status_code == 404


def test_the_command_opens_only_the_part_that_was_listed(library: Library, shown: str):
    first, second = parts_of(shown)
    assert first in kb(library, "identity", "list", "1").output
    assert kb(library, "identity", "allow", "1", first).exit_code == 0
    again = kb(library, "identity", "allow", "1", first)
    assert (again.exit_code, "kb identity list 1" in again.output) == (4, True)
    assert [one.part for one in library.identities.listed(LOCAL_ADMIN, DocumentId(1))] == [second]


def test_a_refused_file_is_not_named_by_a_phrase_that_the_office_hid(
    client: TestClient, library: Library, tmp_path: Path
):
    library.identities.rule(LOCAL_ADMIN, None, Action.HIDE, HIDDEN)
    name = f"{HIDDEN}.pdf"
    page = client.post("/dokumen", files={"berkas": (name, BROKEN)})
    told = client.post("/api/v1/documents", files={"file": (name, BROKEN)})
    (tmp_path / name).write_bytes(BROKEN)
    said = kb(library, "ingest", str(tmp_path / name))
    as_json = kb(library, "ingest", str(tmp_path / name), "--json")
    assert (told.status_code, said.exit_code) == (422, 3)
    assert "████" in said.output
    for words in (page.text, told.text, said.output, as_json.output):
        assert HIDDEN not in unescape(words)


def test_a_file_that_is_not_there_is_not_named_by_a_hidden_phrase(library: Library, tmp_path: Path):
    library.identities.rule(LOCAL_ADMIN, None, Action.HIDE, HIDDEN)
    came = kb(library, "ingest", str(tmp_path / f"{HIDDEN}.pdf"))
    assert came.exit_code == 4
    assert HIDDEN not in came.output


def test_an_opening_is_logged_with_its_time(library: Library, shown: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    came = kb(library, "identity", "list", "1", "--reveal")
    assert re.search(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} .*acuan\.identitas.*document 1", came.stderr, re.M)


def test_the_page_promises_only_that_an_opening_is_logged(client: TestClient, shown: str):
    opened = client.post("/dokumen/1/identitas").text
    assert "Pembukaan dicatat" in opened
    assert "siapa yang membukanya" not in opened


@pytest.mark.parametrize("number", ["²", "٢٣a", "-1", "1" * 20])
def test_what_is_no_number_of_changed_documents_is_not_told(client: TestClient, shown: str, number: str):
    answer = client.get("/dokumen/1/identitas", params={"diubah": number})
    assert answer.status_code == 200
    assert "Keputusan disimpan" not in answer.text


def test_each_hidden_part_is_told_apart_without_seeing_the_page(shown: str):
    assert shown.count('<th scope="col">') == 4
    named = re.findall(r'aria-label="([^"]+)"[^>]*>Bukan identitas, buka<', shown)
    assert named == ["Bukan identitas, buka: nomor 1", "Bukan identitas, buka: nomor 2"]
    assert re.findall(r"<td(?! data-label)", shown) == []


def test_the_label_of_a_cell_stands_only_where_it_has_one(client: TestClient):
    css = client.get("/static/acuan.css").text
    assert "table.shelf td::before" not in css
    assert "table.shelf td[data-label]::before" in css


def test_deleting_for_good_takes_two_steps(client: TestClient):
    client.post("/dokumen", files={"berkas": ("laporan.txt", TWO.encode())})
    client.post("/dokumen/1/hapus")
    page = client.get("/terhapus").text
    [unfolded] = re.findall(r"<details.*?</details>", page, re.DOTALL)
    assert "/terhapus/1/hapus" in unfolded
    assert page.count("/terhapus/1/hapus") == 1


@pytest.mark.parametrize("path", ["/health", "/static/acuan.css"])
def test_what_holds_no_names_asks_the_store_nothing(client: TestClient, path: str, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(Identities, "phrases", lambda self: asked.append("phrases") or frozenset())
    monkeypatch.setattr(Store, "change", lambda self: asked.append("change") or 1)
    assert client.get(path).status_code == 200
    assert asked == []


def test_hidden_phrases_are_read_anew_only_when_the_store_changed(library: Library, monkeypatch: pytest.MonkeyPatch):
    read = Identities.phrases
    asked: list[str] = []
    monkeypatch.setattr(Identities, "phrases", lambda self: asked.append("phrases") or read(self))
    phrases = veil.Phrases(library.store)
    assert (phrases.now(), phrases.now(), len(asked)) == (frozenset(), frozenset(), 1)
    library.identities.rule(LOCAL_ADMIN, None, Action.HIDE, HIDDEN)
    assert phrases.now() == {HIDDEN.casefold()}
