"""Where documents differ: quantities of one unit that the quotes of several documents give differently."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kb.answers import Difference, Statement
from kb.documents import DocumentId

_UNITS = (
    "hari kerja|hari|minggu|bulan|tahun|jam|menit|orang|anak|persen|kali|kelurahan|desa|kecamatan|meter|km|kilometer|ha"
)
_SCALES = {
    "ribu": Decimal(10**3),
    "juta": Decimal(10**6),
    "miliar": Decimal(10**9),
    "milyar": Decimal(10**9),
    "triliun": Decimal(10**12),
}
_IN_WORDS = r"(?:\s*\([^()]{2,60}\))?"
_AMOUNT = rf"\d[\d.]*(?:,\d+)?(?:{_IN_WORDS}\s*(?:{'|'.join(_SCALES)})\b)?"
_QUANTITY = re.compile(
    rf"Rp\.?\s?(?P<sum>{_AMOUNT})|"
    rf"(?<![\w./-])(?P<number>{_AMOUNT}){_IN_WORDS}\s*(?P<unit>%|(?:{_UNITS})\b)(?!\s+\d)",
    re.IGNORECASE,
)
_BEHIND_FIGURES = re.compile(r"[^\d.,].*", re.DOTALL)
_BEFORE_SCALE = re.compile(r".*[^A-Za-z]", re.DOTALL)
_GROUPED = re.compile(r"[1-9]\d*\.\d{3}")


def differences(statements: Sequence[Statement]) -> tuple[Difference, ...]:
    """Units whose values in one document's statements share none with another's, in order of the first statement.

    A unit that only one document gives differs from nothing. Whether the documents speak of the same thing is for
    people to judge: both are shown.
    """
    found: dict[str, dict[DocumentId, dict[Decimal, str]]] = {}
    for statement in statements:
        document = statement.citations[0].document_id
        for unit, value, amount in quantities(statement.text):
            found.setdefault(unit, {}).setdefault(document, {}).setdefault(amount, value)
    return tuple(
        Difference(unit, tuple((document, tuple(values.values())) for document, values in by_document.items()))
        for unit, by_document in found.items()
        if _all_apart([frozenset(values) for values in by_document.values()])
    )


def quantities(text: str) -> Iterator[tuple[str, str, Decimal]]:
    """The unit of each quantity in `text`, its value as written, and how much that is.

    ("hari", "14", 14) for "14 (empat belas) hari", ("Rp", "1,5 miliar", 1_500_000_000).
    """
    for match in _QUANTITY.finditer(text):
        unit = "Rp" if match["sum"] else match["unit"].lower()
        written = match["sum"] or match["number"]
        number = _BEHIND_FIGURES.sub("", written).rstrip(".").removesuffix(",00").rstrip(".")
        number = re.sub(r"^0+(?=\d)", "", number)
        scale = _BEFORE_SCALE.sub("", written)
        amount = _amount(number) * _SCALES.get(scale.lower(), Decimal(1))
        yield "persen" if unit == "%" else unit, f"{number} {scale}".rstrip(), amount


def _amount(number: str) -> Decimal:
    """How much a number says as Indonesia writes it, "1.500,25"; a lone dot that parts no thousands is a comma.

    Dots may be doubled by a slip or by OCR.
    """
    whole, _, fraction = number.partition(",")
    if fraction or whole.count(".") > 1 or _GROUPED.fullmatch(whole):
        whole = whole.replace(".", "")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def _all_apart(values: Sequence[frozenset[Decimal]]) -> bool:
    return len(values) > 1 and any(
        one.isdisjoint(other) for place, one in enumerate(values) for other in values[place + 1 :]
    )
