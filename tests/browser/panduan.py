"""The pictures of docs/panduan, made by using the page: `python -m tests.browser.panduan`."""

import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import pypdfium2
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from api.library import Library
from kb.settings import Settings
from tests.browser.conftest import CHROMIUM, DOCUMENTS, serving
from tests.browser.screenshot import QUESTION

CLAUSE = "Bupati membentuk gugus tugas kota layak anak yang terdiri atas perangkat daerah, masyarakat, dan dunia usaha."
TOPICS = "gugus tugas\nforum anak\nsanksi administratif"
KEPT = (
    ("siapa yang membentuk gugus tugas kota layak anak", "Daerah lain sudah mengatur pembentukan gugus tugas."),
    ("forum anak dalam musrenbang", "Keterlibatan forum anak sudah ada contohnya."),
)
WORDS = {
    "instansi": "PEMERINTAH KABUPATEN CONTOH\nDINAS PEMBERDAYAAN PEREMPUAN DAN PERLINDUNGAN ANAK",
    "kepada": "Bupati Contoh",
    "dari": "Kepala Dinas",
    "tanggal": "24 November 2026",
    "sifat": "Biasa",
    "hal": "Gugus tugas dan forum anak",
    "persoalan": "Raperda belum mengatur gugus tugas dan peran forum anak.",
    "analisis": "Pola daerah lain dapat diikuti dengan penyesuaian.",
    "kesimpulan": "Kedua hal perlu diatur dalam satu bab.",
    "saran": "Membahas rumusannya bersama Bagian Hukum.",
}
WIDE = {"width": 1100}
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "panduan"


def main() -> None:
    """Take in documents/, ask, open a quote, look at the list, and keep what each page shows."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        with Library.open(Settings(home=Path(home))) as library:
            library.ingestion.ingest_folder(DOCUMENTS, lambda *_: None)
        browser = playwright.chromium.launch(**CHROMIUM)
        with serving(Path(home), "bundled") as address:
            page = browser.new_page(viewport={"width": 1100, "height": 760}, color_scheme="light")
            page.goto(address)
            page.screenshot(path=FOLDER / "bertanya.png", clip={"x": 0, "y": 0, "width": 1100, "height": 370})
            page.fill("#q", QUESTION)
            page.keyboard.press("Enter")
            page.locator("a.cite").first.click()
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / "kutipan.png")
            page.goto(f"{address}/preseden")
            page.fill("#klausul", CLAUSE)
            page.get_by_role("button", name="Cari preseden").click()
            page.locator(".precedents").wait_for()
            page.screenshot(path=FOLDER / "preseden.png", full_page=True, clip={"x": 0, "y": 0, **WIDE, "height": 1150})
            page.goto(f"{address}/preseden/matriks?{urlencode({'topik': TOPICS})}")
            page.screenshot(path=FOLDER / "matriks.png", full_page=True, clip={"x": 0, "y": 0, **WIDE, "height": 1150})
            write_a_dossier(page, address)
            page.screenshot(path=FOLDER / "berkas.png", full_page=True, clip={"x": 0, "y": 0, **WIDE, "height": 1150})
            with page.expect_download() as saved:
                page.get_by_role("button", name="Unduh Word (.docx)").click()
            picture_paper(saved.value.path(), FOLDER / "naskah.png")
            page.goto(f"{address}/dokumen")
            page.screenshot(path=FOLDER / "dokumen.png")
            for name in ("temuan", "rapat"):
                page.goto(f"{address}/{name}")
                page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


def write_a_dossier(page: Page, address: str) -> None:
    """Keep two hits in a new dossier and write its paper."""
    for question, comment in KEPT:
        page.goto(f"{address}/?{urlencode({'q': question})}")
        page.locator(".answer a.keep, .hits .keep a").first.click()
        if page.locator("#berkas").count() == 0:
            page.fill("#judul", "Telaahan gugus tugas dan forum anak")
        page.fill("#catatan", comment)
        page.get_by_role("button", name="Simpan", exact=True).click()
        page.locator(".dossier li").first.wait_for()
    page.evaluate("document.querySelectorAll('#naskah details').forEach(part => part.open = true)")
    for field, text in WORDS.items():
        page.fill(f"#{field}", text)
    page.get_by_role("button", name="Simpan naskah").click()
    page.get_by_text("Tersimpan.").wait_for()


def picture_paper(docx: Path, picture: Path) -> None:
    """The paper's first page and its first quoted page beside each other, as LibreOffice shows them."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "naskah.docx")
        copy.write_bytes(docx.read_bytes())
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(copy)]
        subprocess.run(convert, check=True, capture_output=True)
        pages = pypdfium2.PdfDocument(copy.with_suffix(".pdf"))
        first = pages[0].render(scale=0.9).to_pil()
        last = pages[len(pages) - 1].render(scale=0.9).to_pil()
    sheet = Image.new("RGB", (first.width + last.width + 12, first.height), (200, 206, 208))
    sheet.paste(first, (0, 0))
    sheet.paste(last, (first.width + 12, 0))
    sheet.save(picture)


if __name__ == "__main__":
    main()
