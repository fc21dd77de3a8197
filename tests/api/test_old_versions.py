"""An old version is shown by its own format and pages, whatever took its place."""

import re

import pytest
from fastapi.testclient import TestClient

from api.library import Library
from ingest.formats import READERS
from kb.access import LOCAL_ADMIN
from kb.documents import Document
from kb.media import ENDINGS, ending_as, format_name
from kb.pages import Span
from tests.api.conftest import PERDA
from tests.api.test_documents import TEXT

DRAFT, FINAL = ("rancangan.md", TEXT), ("final.pdf", PERDA.read_bytes())


@pytest.fixture
def text_then_pdf(client: TestClient, library: Library) -> Document:
    """The first version, a text without pages, of a document whose file is now a PDF."""
    return put_in(client, library, DRAFT, FINAL)


@pytest.fixture
def pdf_then_text(client: TestClient, library: Library) -> Document:
    """The first version, a PDF, of a document whose file is now a text."""
    return put_in(client, library, FINAL, DRAFT)


def put_in(client: TestClient, library: Library, first: tuple[str, bytes], second: tuple[str, bytes]) -> Document:
    client.post("/dokumen", files={"berkas": first})
    [before] = library.documents(LOCAL_ADMIN)
    client.post(f"/dokumen/{before.id}/ganti", files={"berkas": second})
    assert library.document(LOCAL_ADMIN, before.id).media_type != before.media_type
    return before


def test_a_quote_of_an_old_text_opens_after_a_pdf_took_its_place(client: TestClient, text_then_pdf: Document):
    quoted = f"/dokumen/{text_then_pdf.id}/halaman/1?versi={text_then_pdf.version_id}&spans=0-5"
    answer = client.get(quoted)
    assert answer.status_code == 200
    assert '<mark id="sorot">Rapat</mark>' in answer.text


@pytest.mark.parametrize("spans", ["", "&spans=0-5"])
def test_an_old_text_is_not_told_as_pages_of_the_new_file(client: TestClient, text_then_pdf: Document, spans: str):
    html = client.get(f"/dokumen/{text_then_pdf.id}/halaman/1?versi={text_then_pdf.version_id}{spans}").text
    assert not [untrue for untrue in ("Halaman 1 dari", "hlm. 1", "/image?") if untrue in html]


def test_a_quote_of_an_old_pdf_is_marked_on_its_picture(client: TestClient, pdf_then_text: Document):
    quoted = f"/dokumen/{pdf_then_text.id}/halaman/1?versi={pdf_then_text.version_id}&spans=0-40"
    html = client.get(quoted).text
    assert '<rect id="sorot"' in html
    assert f"Halaman 1 dari {pdf_then_text.n_pages}" in html


def test_the_original_of_an_old_version_is_served_as_what_it_is(client: TestClient, text_then_pdf: Document):
    file = f"/api/v1/documents/{text_then_pdf.id}/file?version={text_then_pdf.version_id}"
    headers = client.get(file).headers
    assert headers["content-type"].partition(";")[0] == text_then_pdf.media_type
    assert headers["content-disposition"].startswith("attachment")


def test_an_old_version_is_saved_under_a_name_of_its_own_format(client: TestClient, text_then_pdf: Document):
    file = f"/api/v1/documents/{text_then_pdf.id}/file"
    old = client.get(f"{file}?version={text_then_pdf.version_id}").headers["content-disposition"]
    assert old == f'attachment; filename="final{ENDINGS[text_then_pdf.media_type]}"'
    assert 'filename="final.pdf"' in client.get(file).headers["content-disposition"]


def test_the_list_of_versions_tells_the_format_of_each(client: TestClient, text_then_pdf: Document):
    listed = client.get(f"/dokumen/{text_then_pdf.id}").text.partition('id="versi"')[2].partition("</ul>")[0]
    assert re.findall(r"Berkas \((\w+)\)", listed) == ["PDF", format_name(text_then_pdf.media_type)]


@pytest.mark.parametrize(
    ("name", "media_type", "named"),
    [
        ("final.pdf", "text/markdown", "final.md"),
        ("arsip.zip/Final.PDF", "text/plain", "arsip.zip/Final.txt"),
        ("Perda No.5", "application/pdf", "Perda No.5.pdf"),
        ("final.pdf", "application/x-unknown", "final.pdf"),
    ],
)
def test_a_name_ends_as_its_format_does(name: str, media_type: str, named: str):
    assert ending_as(name, media_type) == named


def test_every_format_that_is_read_has_an_ending():
    assert ENDINGS.keys() == READERS.keys()


def test_nothing_is_marked_where_a_format_has_no_pictures(library: Library, text_then_pdf: Document):
    boxes = library.pages.highlight(LOCAL_ADMIN, text_then_pdf.id, [Span(1, 0, 5)], text_then_pdf.version_id)
    assert boxes == ()


def test_a_version_of_another_document_is_none_of_this_one(client: TestClient, text_then_pdf: Document):
    assert client.get(f"/dokumen/{text_then_pdf.id}/halaman/1?versi=999").status_code == 404
