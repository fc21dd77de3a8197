"""Regions and offices that a text names."""

import re
from collections.abc import Iterator

from kb.regions import n_words_of_name

_KIND = re.compile(r"\b(Kota|Kabupaten|Kab\.|Provinsi|Prov\.)\s+(?=[A-Z])", re.IGNORECASE)
_FULL = {"kab.": "Kabupaten", "prov.": "Provinsi"}
_OFFICE = re.compile(
    r"\b(?:Dinas|Badan|Bappeda\w*|Bappelitbang\w*|Bagian|UPTD|UPT|DP\w*A\w*|Sekretariat|Kantor|Inspektorat)\b[^.;:]{0,140}"
)


def find_regions(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of every kabupaten, kota and province named with its kind: "Kota Semarang"."""
    for found in _KIND.finditer(text):
        words = [
            (word[0], found.end() + word.end())
            for word in re.finditer(r"\s*[\w'-]+", text[found.end() : found.end() + 60])
        ]
        n = n_words_of_name([word.strip() for word, _ in words])
        if n:
            kind = found[1].casefold()
            name = " ".join(word.strip().capitalize() for word, _ in words[:n])
            yield found.start(), words[n - 1][1], f"{_FULL.get(kind, kind.capitalize())} {name}"


def find_office(text: str) -> tuple[int, int] | None:
    """The first office named with its region: "Dinas Sosial Kabupaten Klaten"."""
    for found in _OFFICE.finditer(text):
        regions = list(find_regions(found[0]))
        if regions:
            return found.start(), found.start() + regions[0][1]
    return None
