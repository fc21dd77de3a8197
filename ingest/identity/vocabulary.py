"""The words by which names are found and told from what is no name."""

from pathlib import Path
from typing import Final

from kb.regions import REGION_WORDS


def _words_of(name: str) -> frozenset[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_NAMES_TOO: Final = _words_of("names_too.txt")
"""Words of the language that are given names as well."""

_NEVER_NAMES: Final = _words_of("never_names.txt")
"""Capitalised in texts though no names, beside the words of the language."""

COMMON: Final = (_words_of("words.txt") | _NEVER_NAMES) - (_NAMES_TOO - _NEVER_NAMES)
"""Words that are no part of a name where nothing says outright that a name follows; small letters."""

LABELS: Final = _words_of("labels.txt")
"""Words that end a name even where one was announced: what forms and sentences go on with."""

OFFICES: Final = (
    "kepala|kabid|kasi|kasubag|kasubbag|kabag|sekretaris|sekda|bupati|wakil|gubernur|camat|lurah|ketua|bappeda|dinas"
    "|bagian|bidang|selaku|jabatan|staf|kadis|plt|plh|dprd|polres|kejaksaan|inspektorat|dp3a|dpppa|asisten|direktur|nip|anggota"
    "|narasumber|fasilitator|moderator|notulis|koordinator|penanggung"
)
"""Words that make whoever is named an official, as one alternative of a pattern."""

ROLES: Final = (
    r"korban|saksi|penyintas|pelapor|klien|terlapor|tersangka|terdakwa|pelaku|ABH|anak(?! agung)|bayi|balita|remaja"
    r"|bocah|sisw[ai]|santri(?:wati)?|pelajar|mahasisw[ai]|wali|orang ?tua|ayah|ibu(?!\W?kota)|istri|suami|visum"
    r"|kasus|paman|bibi|tante|kakek|nenek|adik|kakak|laki-laki|perempuan|gadis|penerima manfaat|pengadu"
)
"""Who is protected, or shows through whom: one alternative of a pattern."""

TITLES: Final = (
    r"Sdri?\b\.?|Sdr/i\b\.?|Saudar[ai]\b|Ny\b\.?|Tn\b\.?|Nn\b\.?|Bp\b\.?|Bpk\b\.?|Bapak\b|Pak\b|Ibu\b|Bu\b|Ananda\b|Nona\b"
    r"|Nyonya\b|Tuan\b|H\.|Hj\.?(?=\s)|Alm(?:h|arhum(?:ah)?)?\b\.?|si\b|adik\b|[Dd]rs?\.|Dra\.|Ir\.|Prof\.|KH\.|Ust(?:adz(?:ah)?)?\b\.?"
)
"""Forms of address before a name, as one alternative of a pattern."""

_PREFIXES: Final = (
    "mem",
    "men",
    "meng",
    "meny",
    "me",
    "pem",
    "pen",
    "peng",
    "peny",
    "pe",
    "per",
    "ber",
    "ter",
    "di",
    "ke",
    "se",
)
_SUFFIXES: Final = ("nya", "kan", "an", "i")
_SHORTEST_STEM: Final = 4


def is_common(word: str) -> bool:
    """Whether a word, its affixes and its case aside, is of the language and so rarely a name."""
    plain = word.strip(".,'’`-").casefold()
    if plain in COMMON:
        return True
    if plain in _NAMES_TOO:
        return False
    if "-" in plain:
        return all(part in COMMON for part in plain.split("-") if part)
    return _has_common_stem(plain)


def _has_common_stem(plain: str) -> bool:
    """Whether a word is one of the language with affixes: "lembaran", "pembimbing", "tertangani"."""
    ends = (plain, *(plain[: -len(end)] for end in _SUFFIXES if plain.endswith(end)))
    stems = {stem[len(start) :] for stem in ends for start in ("", *_PREFIXES) if stem.startswith(start)} - {plain}
    return any(
        len(stem) >= _SHORTEST_STEM
        and stem not in REGION_WORDS
        and any(form in COMMON for form in (stem, f"mem{stem}", f"men{stem}", f"meng{stem}", f"me{stem}"))
        for stem in stems
    )


def is_place(word: str) -> bool:
    """Whether a word is part of the name of a region."""
    return word.strip(".,").casefold() in REGION_WORDS


def is_label(word: str) -> bool:
    """Whether a word ends a name wherever it stands."""
    return word.strip(".,'’`-").casefold() in LABELS
