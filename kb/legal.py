"""The words of a regulation's legal life: works as texts name them, relations between them, and references.

A work is named by kind, number, year and region, whether a document of it is in the store or not. What is read from
a text carries the span of the words that say so; nothing here depends on which other documents are there.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NewType

from kb.documents import DocumentId, Kind, Metadata
from kb.pages import Span

EditId = NewType("EditId", int)


class Form(StrEnum):
    """What a work calls itself, finer than `Kind`: a Keputusan Presiden is no Peraturan Presiden."""

    UUD = "uud"
    TAP_MPR = "tap-mpr"
    UU = "uu"
    UU_DARURAT = "uu-darurat"
    PERPPU = "perppu"
    PP = "pp"
    PERPRES = "perpres"
    PENPRES = "penpres"
    KEPPRES = "keppres"
    INPRES = "inpres"
    PERMEN = "permen"
    KEPMEN = "kepmen"
    PERDA = "perda"
    PERGUB = "pergub"
    PERBUP = "perbup"
    PERWAL = "perwal"
    KEPUTUSAN = "keputusan"
    EDARAN = "se"
    KITAB = "kitab"
    STAATSBLAD = "staatsblad"


KIND_OF_FORM: dict[Form, Kind] = {
    Form.UUD: Kind.UUD,
    Form.UU: Kind.UU,
    Form.UU_DARURAT: Kind.UU,
    Form.PERPPU: Kind.PERPPU,
    Form.PP: Kind.PP,
    Form.PERPRES: Kind.PERPRES,
    Form.PENPRES: Kind.PERPRES,
    Form.KEPPRES: Kind.PERPRES,
    Form.INPRES: Kind.PERPRES,
    Form.PERMEN: Kind.PERMEN,
    Form.KEPMEN: Kind.SK,
    Form.PERDA: Kind.PERDA,
    Form.PERGUB: Kind.PERGUB,
    Form.PERBUP: Kind.PERBUP,
    Form.PERWAL: Kind.PERWAL,
    Form.KEPUTUSAN: Kind.SK,
    Form.EDARAN: Kind.SE,
}
"""The kind of document that a work of each form is; a code or a Staatsblad is of none."""


@dataclass(frozen=True, slots=True)
class Work:
    """A regulation as a text names it; "" and None are what the text leaves open.

    number: as written, in capitals and without leading zeros. region: "Kota Semarang". issuer: of a ministerial
    regulation, "Menteri Dalam Negeri". title: what follows "tentang", for people; it is no part of the identity.
    """

    form: Form
    number: str = ""
    year: int | None = None
    region: str = ""
    issuer: str = ""
    title: str = ""

    @property
    def key(self) -> str:
        """The identity, the same for every spelling: "uu-23-2002", "perda-1-2009-kota-surabaya"."""
        year = "" if self.year is None or self.number.endswith(f"/{self.year}") else str(self.year)
        return _slug(self.form.value, self.number, year, self.region, self.issuer)


@lru_cache(1 << 14)
def _slug(*parts: str) -> str:
    # Kept, because every standing is worked out anew when the store changes, and asks each work for its key.
    slug = "-".join("".join(c if c.isalnum() else " " for c in part.casefold()).strip() for part in parts if part)
    return "-".join(slug.split())


class RelationKind(StrEnum):
    """What one work does to another."""

    AMENDS = "mengubah"
    REPEALS = "mencabut"
    ENACTS = "menetapkan"
    IMPLEMENTS = "melaksanakan"
    RESTS_ON = "dasar-hukum"


PASSIVE: dict[RelationKind, str] = {
    RelationKind.AMENDS: "diubah-dengan",
    RelationKind.REPEALS: "dicabut-dengan",
    RelationKind.ENACTS: "ditetapkan-dengan",
    RelationKind.IMPLEMENTS: "dilaksanakan-dengan",
    RelationKind.RESTS_ON: "menjadi-dasar",
}
"""The same relation, told by the work that it is done to."""


class Change(StrEnum):
    """What becomes of a provision; of a whole work WHOLE."""

    WHOLE = "seluruhnya"
    ALTERED = "diubah"
    DELETED = "dihapus"
    INSERTED = "disisipkan"


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing that a text says a work does to another.

    actor: None is the document itself; a work where the text speaks of two others ("sebagaimana telah diubah dengan").
    provision: address in the target ("pasal-7/ayat-1"), "" for the whole. source_address: the section that says so.
    spans: the words that say so, in the document they were read from; empty for one added by hand.
    """

    kind: RelationKind
    target: Work
    actor: Work | None = None
    provision: str = ""
    change: Change = Change.WHOLE
    source_address: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What makes it the same relation when the document is read again, whatever words or pages say it."""
        actor = "" if self.actor is None else self.actor.key
        return (actor, self.kind.value, self.target.key, self.provision, self.change.value)


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that name a provision or a work: "Pasal 5 ayat (1)", "Undang-Undang Nomor 23 Tahun 2002".

    work: None is the document itself. provision: the address there, "" for the whole work.
    """

    span: Span
    source_address: str
    work: Work | None
    provision: str


class StartRule(StrEnum):
    """From which day a regulation counts its being in force."""

    DAY = "tanggal"
    PROMULGATED = "diundangkan"
    ENACTED = "ditetapkan"


@dataclass(frozen=True, slots=True)
class Start:
    """What a regulation says of its coming into force. day: None where the text does not give it, or a scan lost it."""

    rule: StartRule
    day: datetime.date | None
    spans: tuple[Span, ...]


SOME = "sebagian"
"""The provision of a relation to a part of a work that has no address: "Buku Kesatu", "sepanjang mengatur"."""


@dataclass(frozen=True, slots=True)
class LegalReading:
    """What a document says of the legal life of itself and of others."""

    relations: tuple[Relation, ...] = ()
    references: tuple[Reference, ...] = ()
    start: Start | None = None
    promulgated: datetime.date | None = None


class EditVerdict(StrEnum):
    """What a person decided about a relation."""

    ADDED = "ditambah"
    CONFIRMED = "dibenarkan"
    REJECTED = "ditolak"


@dataclass(frozen=True, slots=True)
class Edit:
    """A relation added, confirmed or rejected by hand; it outlives the next reading of its document."""

    id: EditId
    document_id: DocumentId
    relation: Relation
    verdict: EditVerdict
    by: str
    at: datetime.datetime
    note: str = ""


class InForce(StrEnum):
    """Whether a regulation or provision is in force."""

    IN_FORCE = "berlaku"
    AMENDED = "diubah"
    REPEALED = "dicabut"
    NOT_YET = "belum berlaku"
    UNKNOWN = "tidak diketahui"


@dataclass(frozen=True, slots=True)
class Stated:
    """What someone outside the text says of a document's being in force: the office's own JDIH list."""

    in_force: InForce
    source: str


@dataclass(frozen=True, slots=True)
class Act:
    """What one work does to the regulation whose standing is asked.

    actor: the work that does it. document_id: its document, None where it is not in the store. since: the day from
    which it counts; None where that is not known, and then the year of the actor says so. is_detailed: whether the
    actor's own text was read, so that a provision of which it does not speak is known to be untouched.
    """

    kind: RelationKind
    actor: Work
    provision: str
    change: Change
    document_id: DocumentId | None
    since: datetime.date | None
    is_detailed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a regulation or provision is in force on a day, as far as the documents here say.

    acts: what was done to it, the latest first. since: the day from which it has been in force, where known.
    stated: who outside the texts says so, "" where the texts do.
    """

    in_force: InForce
    as_of: datetime.date
    acts: tuple[Act, ...] = ()
    since: datetime.date | None = None
    stated: str = ""

    @property
    def warns(self) -> bool:
        """Whether a citation must say that it may not be the law as it stands."""
        return self.in_force in (InForce.AMENDED, InForce.REPEALED, InForce.NOT_YET) or bool(self.acts)


_FORM_OF_KIND = {
    Kind.UUD: Form.UUD,
    Kind.UU: Form.UU,
    Kind.PERPPU: Form.PERPPU,
    Kind.PP: Form.PP,
    Kind.PERPRES: Form.PERPRES,
    Kind.PERMEN: Form.PERMEN,
    Kind.PERDA: Form.PERDA,
    Kind.PERGUB: Form.PERGUB,
    Kind.PERBUP: Form.PERBUP,
    Kind.PERWAL: Form.PERWAL,
    Kind.SK: Form.KEPUTUSAN,
    Kind.SE: Form.EDARAN,
}
REGIONAL = frozenset({Form.PERDA, Form.PERGUB, Form.PERBUP, Form.PERWAL})
"""The forms whose identity needs a region."""

FIRST_PERPRES = 2004
"""Before it the President issued Keputusan where there are Peraturan now; both are one kind of document."""


def work_of(metadata: Metadata) -> Work | None:
    """The regulation that a document is, as others name it; None for what is none or has no number."""
    form = _FORM_OF_KIND.get(metadata.kind)
    if form is None or (not metadata.number and form is not Form.UUD):
        return None
    if form is Form.PERPRES and metadata.year is not None and metadata.year < FIRST_PERPRES:
        form = Form.KEPPRES
    year = metadata.year if form is not Form.UUD else metadata.year or 1945
    issuer = metadata.issuer if form in (Form.PERMEN, Form.KEPUTUSAN) else ""
    region = metadata.region if form in REGIONAL else ""
    if form is Form.KEPUTUSAN and issuer.startswith("Menteri"):
        form = Form.KEPMEN
    return Work(form, metadata.number.upper() if form is not Form.UUD else "", year, region, issuer, metadata.title)
