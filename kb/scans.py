"""What is known of a page beside its text when the text was read from a picture: why, and where each word stands."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a page has the verdict that it has."""

    NO_ENGINE = "tanpa-mesin-ocr"
    SWITCHED_OFF = "ocr-dimatikan"
    TOO_SLOW = "ocr-terlalu-lama"
    ENGINE_FAILED = "mesin-ocr-gagal"
    NO_WORDS = "tanpa-kata"
    BAD_LAYER_REPLACED = "lapisan-diganti"
    BAD_LAYER_KEPT = "lapisan-buruk"
    DISORDERED_LAYER = "lapisan-tidak-urut"


@dataclass(frozen=True, slots=True)
class WordBox:
    """Characters `start` to `end` of a page and their rectangle, in percent of the displayed page from its top left."""

    page: int
    start: int
    end: int
    left: float
    top: float
    width: float
    height: float
