"""Where documents differ: quantities of one unit that the quotes of several documents give differently."""

import re
from collections.abc import Sequence

from kb.answers import Difference, Statement
from kb.documents import DocumentId

_UNITS = (
    "hari kerja|hari|minggu|bulan|tahun|jam|menit|orang|anak|persen|kali|kelurahan|desa|kecamatan|meter|km|kilometer|ha"
)
_QUANTITY = re.compile(
    rf"(?P<money>Rp\.?\s?(?P<sum>\d[\d.]*(?:,\d+)?))|"
    rf"(?<![\w./-])(?P<number>\d[\d.]*(?:,\d+)?)\s*(?:\([^()]{{2,60}}\)\s*)?(?P<unit>%|(?:{_UNITS})\b)(?!\s+\d)",
    re.IGNORECASE,
)


def differences(statements: Sequence[Statement]) -> tuple[Difference, ...]:
    """Units whose values in one document's statements share none with another's, in order of the first statement.

    A unit that only one document gives differs from nothing. Whether the documents speak of the same thing is for
    people to judge: both are shown.
    """
    found: dict[str, dict[DocumentId, dict[str, None]]] = {}
    for statement in statements:
        document = statement.citations[0].document_id
        for unit, value in quantities(statement.text):
            found.setdefault(unit, {}).setdefault(document, {})[value] = None
    return tuple(
        Difference(unit, tuple((document, tuple(values)) for document, values in by_document.items()))
        for unit, by_document in found.items()
        if _all_apart([frozenset(values) for values in by_document.values()])
    )


def quantities(text: str) -> tuple[tuple[str, str], ...]:
    """(unit, value) of each quantity in `text`: ("hari", "14") for "14 (empat belas) hari", ("Rp", "500.000")."""
    found = []
    for match in _QUANTITY.finditer(text):
        if match["money"]:
            found.append(("Rp", match["sum"].rstrip(".").removesuffix(",00")))
        else:
            unit = match["unit"].lower()
            found.append(("persen" if unit == "%" else unit, match["number"].rstrip(".").lstrip("0") or "0"))
    return tuple(found)


def _all_apart(values: Sequence[frozenset[str]]) -> bool:
    return len(values) > 1 and any(
        one.isdisjoint(other) for place, one in enumerate(values) for other in values[place + 1 :]
    )
