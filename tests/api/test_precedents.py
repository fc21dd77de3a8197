import io
from dataclasses import replace

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from fastapi.testclient import TestClient
from lxml import etree

from api.exports.cited import cited
from api.exports.matrix import matrix_docx, matrix_xlsx
from api.language import Language
from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.documents import Document
from kb.precedent import Matrix

CLAUSE = "Wali Kota membentuk gugus tugas kota layak anak."


def test_a_clause_has_precedents_with_their_difference(filled: TestClient, perda: Document):
    out = filled.post("/api/v1/precedents", json={"clause": CLAUSE}).json()
    first = out["groups"][0]["precedents"][0]
    provision = " ".join(change["text"] for change in first["difference"] if change["edit"] != "hapus")
    assert provision == " ".join(first["text"].split())
    assert filled.get(first["link"].partition("#")[0]).status_code == 200


def test_a_provision_has_precedents_elsewhere_only(filled: TestClient, perda: Document):
    out = filled.get(f"/api/v1/documents/{perda.id}/precedents", params={"address": "pasal-2"}).json()
    assert out["groups"]
    assert perda.id not in [group["document"]["id"] for group in out["groups"]]


def test_an_address_that_is_not_there_is_404(filled: TestClient, perda: Document):
    answer = filled.get(f"/api/v1/documents/{perda.id}/precedents", params={"address": "pasal-999"})
    assert (answer.status_code, answer.json()["code"]) == (404, "tidak-ada")


@pytest.fixture(scope="module")
def matrix(filled_library: Library) -> Matrix:
    return filled_library.precedents.matrix(LOCAL_ADMIN, ["gugus tugas kota layak anak", "forum anak", "=1+1"])


def test_each_quote_of_the_word_matrix_has_a_real_footnote(matrix: Matrix):
    document = docx.Document(io.BytesIO(matrix_docx(matrix, Language.ID)))
    [part] = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")]
    notes = {
        note.get(qn("w:id")): "".join(note.itertext()).strip()
        for note in etree.fromstring(part.blob)
        if note.get(qn("w:type")) is None
    }
    references = [mark.get(qn("w:id")) for mark in document.element.body.iter(qn("w:footnoteReference"))]
    n_cells = sum(cell is not None for row in matrix.cells for cell in row)
    assert references == list(notes) == [str(number) for number in range(1, n_cells + 1)]
    assert all(", hlm. " in note or note.endswith(".") for note in notes.values())


def test_the_footnote_of_a_precedent_says_the_printed_page_too(matrix: Matrix):
    found = next(cell for row in matrix.cells for cell in row if cell is not None and cell.closest.document.has_pages)
    printed = replace(found.closest, page_labels=tuple("iv" for _ in found.closest.spans))
    assert "(tercetak iv)" in cited(replace(found, closest=printed)).cited


def test_the_excel_matrix_lists_the_citation_of_each_quote(matrix: Matrix):
    book = openpyxl.load_workbook(io.BytesIO(matrix_xlsx(matrix, Language.ID, "http://kantor:8000/")))
    sheet, sources = book["Matriks"], book["Kutipan"]
    numbered = list(sources.iter_rows(min_row=2, values_only=True))
    shown = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert numbered
    assert all(f"[{number}]" in shown and quote in shown for number, _, quote, _ in numbered)
    assert all(link.startswith("http://kantor:8000/dokumen/") for *_, link in numbered)


def test_a_topic_never_runs_as_a_formula(matrix: Matrix):
    book = openpyxl.load_workbook(io.BytesIO(matrix_xlsx(matrix, Language.ID, "")))
    cell = book["Matriks"].cell(4, 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_the_matrix_is_exported_by_the_api_and_the_page(filled: TestClient, ending: str):
    sent = filled.post(f"/api/v1/precedents/matrix/{ending}", json={"topics": ["forum anak"]})
    saved = filled.get(f"/preseden/matriks.{ending}", params={"topik": "forum anak"})
    assert [answer.content[:2] for answer in (sent, saved)] == [b"PK", b"PK"]


def test_the_page_shows_the_difference_with_marks_in_the_text(filled: TestClient):
    html = filled.post("/preseden", data={"klausul": CLAUSE}).text
    assert "<del>[−" in html
    assert "<ins>[+" in html


def test_a_clause_that_cannot_be_looked_up_is_told_on_the_page(filled: TestClient):
    answer = filled.post("/preseden", data={"klausul": "  "})
    assert answer.status_code == 422
    assert "klausulnya kosong" in answer.text


def test_a_hit_leads_to_its_precedents(filled: TestClient, perda: Document):
    assert f"/preseden?dokumen={perda.id}&amp;alamat=" in filled.get("/", params={"q": "forum anak"}).text
    assert filled.get(f"/preseden?dokumen={perda.id}&alamat=pasal-2").status_code == 200


def test_the_matrix_is_shown_by_topic_and_region(filled: TestClient):
    html = filled.get("/preseden/matriks", params={"topik": "forum anak\nforum anak"}).text
    assert html.count('<th scope="row">') == 1
