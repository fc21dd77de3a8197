"""The words of a dossier (berkas): what an office collects, in its own words and in quotes that pin their version."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from kb.documents import Document, DocumentId, VersionId
from kb.pages import Page, Span

DossierId = NewType("DossierId", int)
ItemId = NewType("ItemId", int)

MAX_TITLE_CHARACTERS = 300
MAX_WORDS_CHARACTERS = 20_000
"""The most of one field or comment."""
MAX_SPANS = 50
MAX_ITEMS = 500


class Form(StrEnum):
    """The official paper that a dossier becomes."""

    STAFF_STUDY = "telaahan-staf"
    MEMO = "nota-dinas"


class Field(StrEnum):
    """What the office writes itself: the head of the paper, its parts, and who signs."""

    OFFICE = "instansi"
    TO = "kepada"
    FROM = "dari"
    COPY = "tembusan"
    DATE = "tanggal"
    NUMBER = "nomor"
    NATURE = "sifat"
    ENCLOSURE = "lampiran"
    SUBJECT = "hal"
    PROBLEM = "persoalan"
    PRESUMPTION = "praanggapan"
    FACTS = "fakta"
    ANALYSIS = "analisis"
    CONCLUSION = "kesimpulan"
    ADVICE = "saran"
    OPENING = "pembuka"
    BODY = "isi"
    CLOSING = "penutup"
    POSITION = "jabatan"
    SIGNER = "nama"
    RANK = "pangkat"
    STAFF_NUMBER = "nip"


HEADS: Final[Mapping[Form, tuple[Field, ...]]] = {
    Form.STAFF_STUDY: (
        Field.TO,
        Field.FROM,
        Field.DATE,
        Field.NUMBER,
        Field.NATURE,
        Field.ENCLOSURE,
        Field.SUBJECT,
    ),
    Form.MEMO: (
        Field.TO,
        Field.FROM,
        Field.COPY,
        Field.DATE,
        Field.NUMBER,
        Field.NATURE,
        Field.ENCLOSURE,
        Field.SUBJECT,
    ),
}
"""The lines of each paper's head, in their order.

Source: the rules for official papers of regional government (Permendagri 54/2009 and 1/2023, tata naskah dinas).
"""

PARTS: Final[Mapping[Form, tuple[Field, ...]]] = {
    Form.STAFF_STUDY: (
        Field.PROBLEM,
        Field.PRESUMPTION,
        Field.FACTS,
        Field.ANALYSIS,
        Field.CONCLUSION,
        Field.ADVICE,
    ),
    Form.MEMO: (Field.OPENING, Field.BODY, Field.CLOSING),
}
"""The parts of each paper, in their order."""

QUOTED_IN: Final[Mapping[Form, Field]] = {Form.STAFF_STUDY: Field.FACTS, Form.MEMO: Field.BODY}
"""The part that a quote goes into unless another is chosen, or where its part is of the other paper."""

SIGNATURE: Final = (Field.POSITION, Field.SIGNER, Field.RANK, Field.STAFF_NUMBER)


class ItemKind(StrEnum):
    """What was collected."""

    PASSAGE = "kutipan"
    PROVISION = "ketentuan"
    PRECEDENT = "preseden"
    FINDING = "temuan"
    DECISION = "keputusan"


class ItemState(StrEnum):
    """What became of a quote since it was collected.

    KEPT: its version is the document's current one and its words are the same. REPLACED: the document has a newer
    version; the words stand in the pinned one. CHANGED: the pinned page's text is another (read anew, for example).
    GONE: document or version was removed. The words of the last two are not shown and not exported.
    """

    KEPT = "tetap"
    REPLACED = "versi-lama"
    CHANGED = "berubah"
    GONE = "hilang"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier without its items. words: what the office wrote, field by field; an absent field is empty.

    audience: who may see it, as of a document; an item is shown only to whoever may see its document too.
    """

    id: DossierId
    title: str
    form: Form
    words: Mapping[Field, str]
    audience: str
    owner: str
    created_at: datetime.datetime
    changed_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class NewItem:
    """Something to be collected. name: of the document when it was. sha256: of the words under the spans then."""

    kind: ItemKind
    part: Field
    document_id: DocumentId
    version_id: VersionId
    spans: tuple[Span, ...]
    label: str
    name: str
    audience: str
    sha256: str
    comment: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something collected. Its words are never stored: they are read from the pinned version's pages and compared."""

    id: ItemId
    what: NewItem
    added_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """An item with its quote, read from the pages and compared at this moment.

    document: as it stands now, None when it is gone. quote: "" unless the state is KEPT or REPLACED. pages: those
    of the quote. is_in_current: whether the current version still has the same words somewhere; None where the pinned
    version is current, or nothing can be said.
    """

    item: Item
    state: ItemState
    document: Document | None
    quote: str
    pages: tuple[Page, ...]
    has_pages: bool
    footnote: str
    is_in_current: bool | None

    @property
    def is_quotable(self) -> bool:
        """Whether its words may leave: they equal those that were collected."""
        return self.state in (ItemState.KEPT, ItemState.REPLACED)


@dataclass(frozen=True, slots=True)
class CheckedDossier:
    """A dossier with the items that its viewer may see, in their order, each checked."""

    dossier: Dossier
    items: tuple[CheckedItem, ...]

    def items_of(self, part: Field) -> tuple[CheckedItem, ...]:
        """The items that stand in `part` of its paper."""
        form = self.dossier.form
        return tuple(each for each in self.items if placed(each.item.what.part, form) is part)


def placed(part: Field, form: Form) -> Field:
    """The part of the paper `form` that an item collected for `part` stands in."""
    return part if part in PARTS[form] else QUOTED_IN[form]
