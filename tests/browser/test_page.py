import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

QUESTION = "Berapa lama perangkat daerah menjawab usulan anak dari musrenbang?"


def ask(page: Page, question: str = QUESTION) -> None:
    page.goto("/")
    page.get_by_label("Apa yang ingin Anda ketahui?").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#hasil .hits li").first).to_be_visible()


def test_a_question_is_answered_and_the_citation_opens_at_the_highlight(page: Page):
    ask(page)
    statement = page.locator(".answer blockquote").first.inner_text()
    page.locator(".answer a.cite").first.click()
    expect(page).to_have_url(re.compile(r"/dokumen/\d+/halaman/\d+\?versi=\d+&spans="))
    image, mark = page.locator(".paper img"), page.locator("#sorot")
    expect(mark).to_be_in_viewport()
    # A statement of several provisions has a citation for each.
    quote = page.locator("aside blockquote").inner_text()
    assert quote
    assert " ".join(statement.split()).startswith(" ".join(quote.split()))
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 500
    outer, inner = image.bounding_box(), mark.bounding_box()
    assert outer
    assert inner
    assert outer["x"] <= inner["x"] < inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    assert outer["y"] <= inner["y"] < inner["y"] + inner["height"] <= outer["y"] + outer["height"]


def test_the_highlight_is_yellow_with_dark_words_under_it(page: Page):
    page.emulate_media(reduced_motion="reduce")
    ask(page)
    page.locator(".answer a.cite").first.click()
    expect(page.locator("#sorot")).to_be_in_viewport()
    expect(page.locator(".paper img")).to_have_js_property("complete", True)
    box = page.locator("#sorot").bounding_box()
    assert box
    colors = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB").getcolors(2**24)
    assert colors
    assert max(colors)[1][2] < 180 < max(colors)[1][0]
    assert any(sum(color) < 200 for _, color in colors)


def test_marked_words_are_those_of_the_question(page: Page):
    ask(page, "musrenbang")
    assert "musrenbang" in page.locator(".hits mark").first.inner_text().lower()


def test_the_pages_of_a_document_can_be_turned(page: Page):
    page.goto("/dokumen/1/halaman/2")
    page.get_by_role("link", name="Halaman berikutnya").first.click()
    expect(page).to_have_url(re.compile("/halaman/3"))
    page.get_by_role("link", name="Halaman sebelumnya").first.click()
    expect(page).to_have_url(re.compile("/halaman/2"))


def test_an_uploaded_file_is_told_listed_and_found(page: Page, tmp_path: Path):
    good, bad = tmp_path / "berita-acara.txt", tmp_path / "kosong.pdf"
    good.write_text("Disepakati bahwa mobil perlindungan beroperasi di Kecamatan Bengalon.")
    bad.write_bytes(b"")
    page.goto("/dokumen")
    page.get_by_label("Pilih satu atau beberapa berkas").set_input_files([good, bad])
    page.get_by_role("button", name="Tambahkan").click()
    expect(page.locator("#kabar .good").first).to_contain_text("berita-acara.txt: sudah diterima")
    # Told by the server as the worker goes on: nobody reloads the page.
    expect(page.locator("#pekerjaan .failed")).to_contain_text("kosong.pdf", timeout=20_000)
    expect(page.locator("table.shelf")).to_contain_text("berita-acara.txt")
    page.get_by_role("button", name="Hapus dari daftar").click()
    expect(page.locator("#pekerjaan .failed")).to_have_count(0)
    ask(page, "mobil perlindungan beroperasi di kecamatan mana?")
    expect(page.locator("#hasil")).to_contain_text("mobil perlindungan beroperasi di Kecamatan Bengalon")


def test_a_document_is_corrected_and_removed(page: Page, tmp_path: Path):
    file = tmp_path / "hapus-saya.txt"
    file.write_text("Naskah sementara tentang sekolah ramah anak.")
    page.goto("/dokumen")
    page.get_by_label("Pilih satu atau beberapa berkas").set_input_files(file)
    page.get_by_role("button", name="Tambahkan").click()
    page.locator("table.shelf tr", has_text="hapus-saya.txt").get_by_role("link").click()
    page.get_by_text("Perbaiki keterangan").click()
    page.get_by_label("Daerah").fill("Kota Bontang")
    page.get_by_role("button", name="Simpan perbaikan").click()
    expect(page.locator(".facts")).to_contain_text("Kota Bontang (diperbaiki tangan)")
    page.get_by_text("Hapus dokumen", exact=True).click()
    page.get_by_role("button", name="Ya, hapus dokumen ini").click()
    expect(page.get_by_text("hapus-saya.txt sudah dihapus.")).to_be_visible()
    expect(page.locator("table.shelf")).not_to_contain_text("hapus-saya.txt")


def test_the_switch_turns_the_page_english_and_keeps_the_question(page: Page):
    ask(page)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_label("What would you like to know?")).to_have_value(QUESTION)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Documents").click()
    expect(page.get_by_role("heading", name="Add documents")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_scrolls_sideways(page: Page, base_url: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    ask(page)
    opened = page.locator(".answer a.cite").first.get_attribute("href")
    wide = {}
    for path in (page.url, "/", "/dokumen", "/dokumen/1", "/dokumen/2/halaman/1", opened or ""):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    assert wide == dict.fromkeys(wide, width)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_the_keyboard_is_enough(page: Page):
    page.goto("/dokumen")
    page.keyboard.press("Tab")
    assert focused(page) == "Langsung ke isi"
    expect(page.get_by_text("Langsung ke isi")).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "Tanya & cari"
    page.keyboard.press("Enter")
    expect(page.get_by_label("Apa yang ingin Anda ketahui?")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    cited = page.locator(".answer a.cite").first
    expect(cited).to_be_visible()
    for _ in range(4):
        page.keyboard.press("Tab")
        if cited.evaluate("link => link === document.activeElement"):
            break
    assert cited.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#sorot")).to_be_in_viewport()


def test_news_of_the_results_is_announced(page: Page):
    ask(page)
    news = page.locator("#kabar")
    expect(news).to_have_text(re.compile(r"Jawaban ditemukan, dengan \d+ bagian yang cocok\."))
    assert news.get_attribute("aria-live") == "polite"


def test_back_brings_the_results_again(page: Page):
    ask(page)
    page.locator(".hits h3 a").first.click()
    expect(page.locator("aside blockquote")).to_be_visible()
    page.go_back()
    expect(page.locator(".hits li").first).to_be_visible()
    expect(page.get_by_label("Apa yang ingin Anda ketahui?")).to_have_value(QUESTION)


def test_an_address_holds_only_what_was_filled_in(page: Page):
    ask(page, "musrenbang")
    assert page.url.endswith("/?q=musrenbang")


def test_a_quote_is_copied_with_where_it_stands(page: Page, context: BrowserContext):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page)
    page.get_by_role("button", name="Salin kutipan").first.click()
    expect(page.get_by_role("button", name="Tersalin").first).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    quote = " ".join(page.locator(".answer blockquote").first.inner_text().split())
    assert copied.startswith(f"“{quote}” (")
    assert "hlm." in copied


def test_search_works_without_javascript(browser: Browser, base_url: str):
    with browser.new_context(java_script_enabled=False, base_url=base_url) as context:
        page = context.new_page()
        ask(page)
        page.locator(".answer a.cite").first.click()
        expect(page.locator("#sorot")).to_be_in_viewport()


def test_a_format_without_pages_scrolls_to_its_mark(page: Page):
    ask(page, "keputusan rapat raperda bagian hukum")
    page.locator(".hits li", has_not_text="hlm.").get_by_role("link").first.click()
    expect(page.locator("mark#sorot")).to_be_in_viewport()


def test_an_upload_that_the_server_refuses_whole_is_told(context: BrowserContext, tmp_path: Path):
    page = context.new_page()
    page.goto("/dokumen")
    page.route(
        "**/dokumen",
        lambda route: route.fulfill(
            status=413, content_type="application/problem+json", body='{"detail": "kiriman: lebih dari 5 MB"}'
        ),
    )
    file = tmp_path / "besar.txt"
    file.write_text("besar")
    page.get_by_label("Pilih satu atau beberapa berkas").set_input_files(file)
    page.get_by_role("button", name="Tambahkan").click()
    expect(page.get_by_role("alert")).to_have_text("kiriman: lebih dari 5 MB")
    expect(page.locator("table.shelf")).to_be_visible()


def test_a_server_that_does_not_answer_is_told(context: BrowserContext):
    page = context.new_page()
    page.goto("/")
    page.route("**/?q=*", lambda route: route.abort())
    page.get_by_label("Apa yang ingin Anda ketahui?").fill("anak")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Server tidak menjawab")


def test_a_wrong_fact_is_corrected_and_its_quote_still_opens(page: Page):
    page.goto("/rapat")
    row = page.locator(".owed tbody tr", has_text="Simulasi anggaran anak tiga tahun")
    row.get_by_role("link", name="Perbaiki").click()
    page.get_by_label("Penanggung jawab").fill("Bappeda")
    page.get_by_role("button", name="Simpan perbaikan").click()
    expect(page.get_by_text("Perbaikan disimpan.")).to_be_visible()
    page.get_by_role("link", name="Kepala Bidang Anggaran badan keuangan").click()
    expect(page.locator("#sorot")).to_have_text("Kepala Bidang Anggaran badan keuangan")
    page.goto("/rapat")
    page.locator("select#orang").select_option("Bappeda")
    expect(page).to_have_url(re.compile("orang=Bappeda"))
    expect(page.locator(".owed tbody tr")).to_have_count(1)
