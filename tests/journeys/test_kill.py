"""kill -9 at random moments: nothing that was said to be in is lost, and nothing is half there."""

import pytest

from tests.conftest import SLOW
from tests.journeys import crash_rounds
from tests.journeys.kill_rounds import rounds


@pytest.mark.timeout(1800 if SLOW else 300)
@pytest.mark.parametrize(("n", "seed", "model"), [(50, 2, "toy"), (6, 1, "bundled")] if SLOW else [(6, 3, "toy")])
def test_kill_9_loses_nothing_that_was_said_to_be_in(n: int, seed: int, model: str) -> None:
    for told in rounds(n, seed, model):
        print(told)


@pytest.mark.timeout(7200 if SLOW else 300)
@pytest.mark.parametrize(("n", "seed"), [(300, 4)] if SLOW else [(5, 5)])
def test_kill_9_of_server_and_worker_loses_no_upload_that_was_accepted(n: int, seed: int) -> None:
    for told in crash_rounds.rounds(n, seed):
        print(told)
