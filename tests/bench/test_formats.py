"""The page of formats lists what is read, no more and no less."""

import re

from bench.formats import FORMATS, PAGE, Came, listing, with_samples
from ingest.formats import READERS
from kb.pages import Verdict


def test_the_listing_names_every_reader() -> None:
    assert set(FORMATS) == set(READERS)


def test_the_page_of_formats_is_not_stale() -> None:
    assert "\n".join(listing()) in PAGE.read_text("utf-8")


def test_samples_measured_anew_leave_the_real_files_as_they_were() -> None:
    before = PAGE.read_text("utf-8")
    after = with_samples(before, [Came("baru.txt", pages=((Verdict.TEXT, 3),), n_tables=2, n_passages=1)])
    kept = [line for line in before.splitlines() if line.startswith("| `") and "/" in line.split("`")[1]]
    n_pages = sum(int(n) for line in kept for n in re.findall(r"teks (\d+)", line))
    assert [line for line in after.splitlines() if line.startswith("| `")][1:] == kept
    assert f"{len(kept) + 1} of {len(kept) + 1} files in; pages: teks {n_pages + 3}, " in after
