"""A dossier as a draft paper: headings, the office's words and checked quotes in order, for Word and Markdown alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.dossier_words import FIELDS, STATES
from api.views import flowing
from kb.citing import pages_said
from kb.dossier import HEADS, PARTS, CheckedDossier, CheckedItem, Field, Form

TITLES = {Form.STAFF_STUDY: "TELAAHAN STAF", Form.MEMO: "NOTA DINAS"}
ROMAN = ("I", "II", "III", "IV", "V", "VI")
EMPTY = "…………………"
"""What stands where the office has written nothing yet: a draft shows its gaps."""
APPENDIX = "LAMPIRAN: HALAMAN YANG DIKUTIP"


@dataclass(frozen=True, slots=True)
class Quote:
    """A checked quote, the line breaks of its margins made blanks, and its footnote."""

    text: str
    footnote: str


@dataclass(frozen=True, slots=True)
class Block:
    """A comment of the office, or a quote, or why a quote is missing; one of the three."""

    own: str = ""
    quote: Quote | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A part of the paper. heading: "" in a nota dinas, whose parts have none."""

    heading: str
    blocks: tuple[Block, ...]


def head(checked: CheckedDossier) -> tuple[tuple[str, str], ...]:
    """The lines of the paper's head: their names and what the office wrote."""
    words = checked.dossier.words
    return tuple((FIELDS[field].id, words.get(field, "") or EMPTY) for field in HEADS[checked.dossier.form])


def parts(checked: CheckedDossier) -> tuple[PaperPart, ...]:
    """The parts of the paper in their order, each with the office's words and then its items."""
    form = checked.dossier.form
    return tuple(
        PaperPart(
            f"{ROMAN[place]}. {FIELDS[part].id}" if form is Form.STAFF_STUDY else "",
            tuple(_blocks(checked.dossier.words.get(part, ""), checked.items_of(part), form)),
        )
        for place, part in enumerate(PARTS[form])
    )


def in_order(checked: CheckedDossier) -> tuple[CheckedItem, ...]:
    """The items as the paper has them: by part, then in their order. Footnotes are numbered so."""
    return tuple(each for part in PARTS[checked.dossier.form] for each in checked.items_of(part))


def written(checked: CheckedDossier, field: Field) -> str:
    """What the office wrote in a field, "" for nothing."""
    return checked.dossier.words.get(field, "")


def caption(numbers: Sequence[int], name: str, page: int, label: str, has_pages: bool) -> str:
    """The line above a quoted page: which footnotes stand on it, and whose page it is."""
    notes = ", ".join(str(number) for number in numbers)
    paged = f", hlm. {pages_said([(page, label)])}" if has_pages else ""
    return f"Catatan kaki {notes}: {name}{paged}"


def _blocks(own: str, items: Sequence[CheckedItem], form: Form) -> Iterator[Block]:
    if own:
        yield Block(own=own)
    elif not items and form is Form.STAFF_STUDY:
        yield Block(own=EMPTY)
    for each in items:
        if each.item.what.comment:
            yield Block(own=each.item.what.comment)
        if each.is_quotable:
            lines = flowing(each.quote, each.has_pages).split("\n")
            yield Block(quote=Quote("\n".join(" ".join(line.split()) for line in lines if line.strip()), each.footnote))
        else:
            yield Block(missing=f"[{each.item.what.name}: {STATES[each.state].id}]")
