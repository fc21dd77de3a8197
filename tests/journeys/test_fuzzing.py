"""Spoiled files of every format cost one clear error each: the short form of `make fuzz`."""

import pytest

from tests.conftest import SLOW
from tests.journeys.fuzzing import run

N_FILES = 2_000 if SLOW else 120


@pytest.mark.timeout(1_800)
def test_spoiled_files_are_read_or_refused_and_the_store_stays_sound() -> None:
    tally = run(N_FILES, seed=7)
    assert tally.broken == []
    assert sum(n for key, n in tally.outcomes.items() if not key.startswith(("OCR", "store"))) == N_FILES
