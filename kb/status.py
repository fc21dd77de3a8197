"""How much a knowledge base holds, and what in it is not as it must be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """What a knowledge base holds. change: rises by one with every change of the store."""

    n_documents: int
    n_pages: int
    n_pages_unread: int
    n_passages: int
    change: int
    model: str
    store_bytes: int


@dataclass(frozen=True, slots=True)
class Defect:
    """Something `kb verify` found that is not as it must be."""

    code: str
    where: str
    message: str
    message_en: str
