"""docs/screenshot.png, made by asking a real question: `python -m tests.browser.screenshot`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from api.library import Library
from api.routes.pages import EXAMPLES
from kb.settings import Settings
from tests.browser.conftest import CHROMIUM, DOCUMENTS, serving

FILE = Path(__file__).resolve().parents[2] / "docs" / "screenshot.png"
QUESTION = EXAMPLES[0]


def main() -> None:
    """Take in documents/, ask, and keep what the page shows."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        with Library.open(Settings(home=Path(home))) as library:
            library.ingestion.ingest_folder(DOCUMENTS, lambda *_: None)
        browser = playwright.chromium.launch(**CHROMIUM)
        with serving(Path(home), "bundled") as address:
            page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
            page.goto(address)
            page.fill("#q", QUESTION)
            page.keyboard.press("Enter")
            page.locator(".answer").wait_for()
            page.locator("h1").evaluate("() => document.activeElement.blur()")
            page.screenshot(path=FILE)
        browser.close()


if __name__ == "__main__":
    main()
