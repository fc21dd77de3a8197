"""What is due now and then while a worker lives: folders looked into, what is over deleted."""

import time

from api.folders import Folders
from api.intake import Intake
from api.trash import Trash

TIDY_SECONDS = 60.0


class Upkeep:
    """The chores of a worker, each when it is due."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._folders = Folders(intake)
        self._trash = Trash(intake.library)
        self._tidied = -TIDY_SECONDS

    def now_and_then(self) -> None:
        """Do what is due. Raises StoreError."""
        self._folders.sync_due()
        if time.monotonic() - self._tidied >= TIDY_SECONDS:
            self._intake.tidy()
            self._trash.empty()
            self._tidied = time.monotonic()
