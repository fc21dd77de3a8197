"""What is due now and then while a worker lives: ended jobs forgotten, uploads nobody needs deleted."""

import time

from api.intake import Intake

TIDY_SECONDS = 60.0


class Upkeep:
    """The chores of a worker, each when it is due."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._tidied = 0.0

    def now_and_then(self) -> None:
        """Do what is due. Raises StoreError."""
        if time.monotonic() - self._tidied > TIDY_SECONDS or not self._tidied:
            self._intake.tidy()
            self._tidied = time.monotonic()
