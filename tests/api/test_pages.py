import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.library import Library
from kb.access import LOCAL_ADMIN
from kb.documents import Document
from kb.store.versions import Versions
from tests.api.conftest import PERDA
from tests.api.test_documents import TEXT


def links(html: str, start: str) -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(r'href="([^"]+)"', html) if found.startswith(start)]


def test_a_question_is_answered_with_links_that_open(filled: TestClient):
    html = filled.get("/", params={"q": "Siapa yang membentuk forum anak?"}).text
    opened = links(html, "/dokumen/")
    assert opened
    assert {filled.get(link).status_code for link in opened} == {200}


def test_the_highlight_lies_over_the_page_image(filled: TestClient, perda: Document):
    html = filled.get(f"/dokumen/{perda.id}/halaman/1?spans=0-40").text
    assert f"/api/v1/documents/{perda.id}/pages/1/image?version={perda.version_id}" in html
    assert '<rect id="sorot"' in html


def test_a_format_without_pages_shows_its_text_marked(filled: TestClient, notulen: Document):
    html = filled.get(f"/dokumen/{notulen.id}/halaman/1?spans=0-12").text
    assert '<mark id="sorot">' in html
    assert '<img src="/api' not in html


def test_a_quote_is_copied_with_the_printed_number_of_its_page_too(
    filled: TestClient, perda: Document, monkeypatch: pytest.MonkeyPatch
):
    read = Versions.page
    monkeypatch.setattr(Versions, "page", lambda *asked: replace(read(*asked), label="iv"))
    html = filled.get(f"/dokumen/{perda.id}/halaman/1?spans=0-40").text
    assert html.count("hlm. 1 (tercetak iv)") == 2
    html = filled.get("/", params={"q": "Siapa yang membentuk forum anak?"}).text
    copied = re.findall(r'data-copy="([^"]+)"', html)
    assert [text for text in copied if "hlm. " in text and "(tercetak iv)" not in text] == []
    assert any("(tercetak iv)" in text for text in copied)


def test_an_abstention_says_so(filled: TestClient):
    html = filled.get("/", params={"q": "resep rendang xyzzy"}).text
    assert "Tidak ditemukan jawabannya dalam dokumen; bagian terdekat:" in html


def test_an_empty_library_says_what_to_do(client: TestClient):
    assert "Belum ada dokumen" in client.get("/").text


@pytest.mark.parametrize(
    "params",
    [
        {"q": "anak", "dari": "dua ribu"},
        {"q": "anak", "jenis": "puisi"},
        {"q": "a" * 5000},
        {"q": "anak", "sampai": "²"},
    ],
)
def test_a_question_that_cannot_be_asked_is_told_on_the_page(filled: TestClient, params: dict[str, str]):
    answer = filled.get("/", params=params)
    assert answer.status_code == 422
    assert 'class="news bad"' in answer.text


def test_the_question_is_shown_as_text_never_as_markup(filled: TestClient):
    html = filled.get("/", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in html


def test_english_is_chosen_by_a_switch_and_kept(filled_library: Library, filled: TestClient):
    fresh = TestClient(filled.app)
    assert '<html lang="id">' in fresh.get("/", headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in fresh.get("/?lang=en").text
    assert '<html lang="en">' in fresh.get("/dokumen").text


def test_the_switch_keeps_the_question(filled: TestClient):
    assert links(filled.get("/", params={"q": "forum anak"}).text, "/?q=forum+anak") == ["/?q=forum+anak&lang=en"]


def test_pages_that_need_ocr_are_told_plainly(filled: TestClient):
    assert "Perlu OCR: belum dapat dicari" in filled.get("/dokumen").text


def test_several_files_go_in_and_each_is_told(client: TestClient, library: Library):
    files = [("berkas", ("rapat.txt", TEXT)), ("berkas", ("kosong.pdf", b"")), ("berkas", ("sama.txt", TEXT))]
    html = client.post("/dokumen", files=files).text
    news = re.findall(r'<p class="news (good|bad)">(.*?)</p>', html)
    assert [kind for kind, _ in news] == ["good", "bad", "good"]
    assert [text.split(":")[0] for _, text in news] == ["rapat.txt", "kosong.pdf", "sama.txt"]
    assert len(library.documents(LOCAL_ADMIN)) == 1


def test_no_file_chosen_is_told(client: TestClient):
    # As a browser sends a form whose file field was left empty
    body = b'--x\r\nContent-Disposition: form-data; name="berkas"; filename=""\r\n\r\n\r\n--x--\r\n'
    answer = client.post("/dokumen", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert "Belum ada berkas yang dipilih." in answer.text


def put_in(client: TestClient, library: Library) -> Document:
    client.post("/dokumen", files={"berkas": ("rapat.txt", TEXT)})
    [document] = library.documents(LOCAL_ADMIN)
    return document


def test_a_correction_by_form_marks_only_what_was_changed(client: TestClient, library: Library):
    before = put_in(client, library)
    form = {"kind": "notulen", "title": before.metadata.title, "year": "2025", "region": before.metadata.region}
    answer = client.post(f"/dokumen/{before.id}/perbaiki", data=form)
    after = library.document(LOCAL_ADMIN, before.id)
    assert "Perbaikan tersimpan." in answer.text
    assert after.corrected == {"kind", "year"} - ({"kind"} if before.metadata.kind == "notulen" else set())


@pytest.mark.parametrize("bad", [{"year": "MMXX"}, {"date": "kemarin"}, {"kind": "puisi"}])
def test_a_correction_that_cannot_be_is_told(client: TestClient, library: Library, bad: dict[str, str]):
    document = put_in(client, library)
    answer = client.post(f"/dokumen/{document.id}/perbaiki", data={"kind": "sk", **bad})
    assert answer.status_code == 422
    assert next(iter(bad.values())) in answer.text
    assert library.document(LOCAL_ADMIN, document.id) == document


def test_a_file_is_replaced_by_form(client: TestClient, library: Library):
    document = put_in(client, library)
    new = {"berkas": ("rapat.txt", b"Keputusan: ditunda.")}
    answer = client.post(f"/dokumen/{document.id}/ganti", files=new)
    assert "Berkas sudah diganti." in answer.text
    assert "versi lama" in client.get(f"/dokumen/{document.id}/halaman/1?versi={document.version_id}").text


def test_a_document_is_removed_by_form(client: TestClient, library: Library):
    document = put_in(client, library)
    answer = client.post(f"/dokumen/{document.id}/hapus")
    assert "rapat.txt sudah dihapus." in answer.text
    assert library.documents(LOCAL_ADMIN) == ()


@pytest.mark.parametrize("path", ["/", "/dokumen", "/dokumen/1", "/dokumen/1/halaman/1", "/tidak-ada"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_page_carries_script_or_style_of_its_own(filled: TestClient, path: str, lang: str):
    html = filled.get(path, params={"lang": lang}).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=", html)


def test_the_regulation_is_listed_by_its_file(filled: TestClient):
    assert PERDA.name in filled.get("/dokumen").text


def test_a_long_quote_is_folded_whole(filled: TestClient, monkeypatch: pytest.MonkeyPatch):
    asked = {"q": "Siapa yang membentuk forum anak?"}
    assert '<details class="more">' not in filled.get("/", params=asked).text
    monkeypatch.setattr("api.routes.pages.LONG_QUOTE", 10)
    html = filled.get("/", params=asked).text
    assert html.count('<details class="more">') == html.count("<blockquote>") > 0


def test_an_abstention_says_what_to_try_and_what_was_not_searched(filled: TestClient):
    html = filled.get("/", params={"q": "resep rendang xyzzy", "lang": "id"}).text
    assert "Coba kata lain" in html
    assert "halaman pindaian belum ikut dicari karena perlu OCR" in html


def test_a_scan_says_what_it_needs_wherever_it_is_shown(filled: TestClient, scan: Document):
    assert "belum dapat dicari: tidak ada teks yang terbaca" in filled.get(f"/dokumen/{scan.id}?lang=id").text
    assert f'href="/dokumen/{scan.id}#ganti"' in filled.get(f"/dokumen/{scan.id}/halaman/1").text


def test_a_title_guessed_from_the_name_of_the_file_is_marked(filled: TestClient, scan: Document, perda: Document):
    assert "judul dari nama berkas" in filled.get(f"/dokumen/{scan.id}?lang=id").text
    assert "judul dari nama berkas" not in filled.get(f"/dokumen/{perda.id}?lang=id").text
