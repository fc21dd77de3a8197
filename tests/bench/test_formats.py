"""The page of formats lists what is read, no more and no less."""

from bench.formats import FORMATS, PAGE, listing
from ingest.formats import READERS


def test_the_listing_names_every_reader() -> None:
    assert set(FORMATS) == set(READERS)


def test_the_page_of_formats_is_not_stale() -> None:
    assert "\n".join(listing()) in PAGE.read_text("utf-8")
