"""Pages that answer a form: what they say, and the addresses by which a browser comes back to them."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.folders import Folders
from api.intake import Intake
from api.library import Library
from api.links import keep_link
from api.routes.sent_forms import read_year
from kb.access import LOCAL_ADMIN
from kb.documents import Document
from kb.dossier import MAX_WORDS_CHARACTERS, ItemKind
from kb.precedent import MAX_CLAUSE_CHARACTERS
from tests.api.test_documents import TEXT


@pytest.fixture
def document(client: TestClient, library: Library) -> Document:
    """A document whose page hides a number."""
    client.post("/dokumen", files={"berkas": ("rapat.txt", TEXT + b"\nNIK 6408010203040005 dicatat.\n")})
    [document] = library.documents(LOCAL_ADMIN)
    return document


SENT = {
    "a correction that cannot be": ("/dokumen/1/perbaiki", {"kind": "sk", "year": "MMXX"}, "/dokumen/1"),
    "an identity that cannot be": ("/dokumen/1/identitas/tutup", {"frasa": ""}, "/dokumen/1/identitas"),
    "a page with its identities": ("/dokumen/1/halaman/1/identitas", {}, "/dokumen/1/halaman/1?versi=1"),
    "a document that is not there": ("/dokumen/9/perbaiki", {"kind": "sk"}, "/"),
    "a form without its fields": ("/dokumen/1/hukum", {}, "/"),
}


@pytest.mark.parametrize(("path", "form", "here"), SENT.values(), ids=SENT.keys())
def test_the_language_of_what_answers_a_form_is_switched_where_a_page_is(
    client: TestClient, document: Document, path: str, form: dict[str, str], here: str
):
    assert document.id == document.version_id == 1
    html = client.post(path, data=form).text
    link = language_link(html)
    assert link == f"{here}{'&' if '?' in here else '?'}lang=en"
    assert '<html lang="en">' in client.get(link).text


def language_link(html: str) -> str:
    [link] = re.findall(r'<a id="bahasa"[^>]*href="([^"]+)"', html)
    return link.replace("&amp;", "&")


def test_a_replacement_that_is_refused_leads_back_to_the_document(client: TestClient, document: Document):
    html = client.post(f"/dokumen/{document.id}/ganti", files={"berkas": ("kosong.pdf", b"")}).text
    assert language_link(html) == f"/dokumen/{document.id}?lang=en"


def test_a_look_into_a_folder_leads_back_to_the_folders(client: TestClient, library: Library, tmp_path: Path):
    watched = tmp_path / "dokumen"
    watched.mkdir()
    source = Folders(Intake(library)).add(LOCAL_ADMIN, watched)
    assert language_link(client.post(f"/sumber/{source.id}/lihat").text) == "/sumber?lang=en"


def test_what_a_dossier_refuses_leads_back_to_where_it_was_typed(
    client: TestClient, library: Library, document: Document
):
    [section, *_] = library.sections(LOCAL_ADMIN, document.id)
    dossier = library.dossiers.create(LOCAL_ADMIN, "Telaahan")
    what = ItemKind.PASSAGE, document.id, document.version_id, section.spans
    item = library.dossiers.add(LOCAL_ADMIN, dossier.id, *what)
    long = "a" * (MAX_WORDS_CHARACTERS + 1)
    answer = client.post(f"/berkas/{dossier.id}/butir/{item.id}", data={"bagian": "fakta", "catatan": long})
    assert answer.status_code == 422
    assert language_link(answer.text) == f"/berkas/{dossier.id}?lang=en"


def test_a_quote_that_is_not_kept_leads_back_to_the_quote(client: TestClient, library: Library, document: Document):
    [section, *_] = library.sections(LOCAL_ADMIN, document.id)
    opened = keep_link(document.id, document.version_id, section.spans, ItemKind.PASSAGE)
    asked = dict(parse_qsl(urlsplit(opened).query))
    link = language_link(client.post("/berkas/simpan", data=asked).text)
    assert dict(parse_qsl(urlsplit(link).query)) == {**asked, "lang": "en"}
    assert '<html lang="en">' in client.get(link).text


def test_a_clause_of_many_lines_is_as_long_as_the_page_lets_it_be(filled: TestClient):
    clause = "gugus tugas kota layak anak\r\n" * (MAX_CLAUSE_CHARACTERS // 28)
    assert len(clause) > MAX_CLAUSE_CHARACTERS
    assert filled.post("/preseden", data={"klausul": clause}).status_code == 200


def test_a_clause_that_is_too_long_is_told_how_long_it_may_be(filled: TestClient):
    answer = filled.post("/preseden?lang=id", data={"klausul": "gugus tugas " * (MAX_CLAUSE_CHARACTERS // 6)})
    assert answer.status_code == 422
    assert f"paling banyak {MAX_CLAUSE_CHARACTERS}" in answer.text


def test_a_relation_of_no_known_name_is_refused(client: TestClient, document: Document):
    form = {"hubungan": "abc", "peraturan": "UU 23/2002"}
    assert client.post(f"/dokumen/{document.id}/hukum", data=form).status_code == 422


@pytest.mark.parametrize(
    ("typed", "year"),
    [("2021", 2021), (" 2021 ", 2021), ("", None), ("0", None), ("MMXX", None), ("\u00b2", None), ("20211", None)],
)
def test_a_year_is_read_as_it_is_typed_or_not_at_all(typed: str, year: int | None):
    assert read_year(typed) == year
