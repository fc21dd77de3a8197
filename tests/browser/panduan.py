"""The pictures of docs/panduan, made by using the page: `python -m tests.browser.panduan`."""

import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from api.library import Library
from kb.settings import Settings
from tests.browser.conftest import CHROMIUM, DOCUMENTS, serving
from tests.browser.screenshot import QUESTION

CLAUSE = "Bupati membentuk gugus tugas kota layak anak yang terdiri atas perangkat daerah, masyarakat, dan dunia usaha."
TOPICS = "gugus tugas\nforum anak\nsanksi administratif"
WIDE = {"width": 1100}
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "panduan"


def main() -> None:
    """Take in documents/, ask, open a quote, look at the list, and keep what each page shows."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        with Library.open(Settings(home=Path(home))) as library:
            library.ingest_folder(DOCUMENTS, lambda *_: None)
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
            page.goto(f"{address}/dokumen")
            page.screenshot(path=FOLDER / "dokumen.png")
        browser.close()


if __name__ == "__main__":
    main()
