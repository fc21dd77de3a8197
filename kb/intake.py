"""What goes into the store, and what came of it."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from kb.documents import Document, Metadata
from kb.identity import Guarding
from kb.legal import LegalReading
from kb.pages import Reading
from kb.passages import Passage
from kb.records import Record
from kb.sections import Section
from kb.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Draft:
    """A document read, cut and embedded, ready to go into the store in one transaction.

    words, heading_words: the analysed text and headings of each passage, for the word index.
    vectors: one row a passage. tokens: packed token vectors of each, or empty. stamp: names the model that made them.
    guarding: what the guard took out of the reading; None where no guard looked at it.
    legal: what it says of the legal life of regulations; None where that was not read.
    records: the visits, findings, meetings, decisions and follow-ups in it.
    """

    source: str
    name: str
    audience: str
    sha256: str
    n_bytes: int
    reading: Reading
    metadata: Metadata
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    words: tuple[str, ...]
    heading_words: tuple[str, ...]
    vectors: Vectors
    stamp: str
    guarding: Guarding | None = None
    legal: LegalReading | None = None
    records: tuple[Record, ...] = ()
    tokens: tuple[bytes, ...] = ()


class Outcome(StrEnum):
    """What taking in a file changed."""

    NEW = "baru"
    REPLACED = "diganti"
    UNCHANGED = "sama"


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document that is in, and whether it is new."""

    document: Document
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken in, with the reason in both languages."""

    source: str
    code: str
    message: str
    message_en: str
    at: datetime.datetime
