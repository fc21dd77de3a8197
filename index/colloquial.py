"""The standard form of an everyday verb: "ngurusin" is mengurus, "disahin" is disahkan, "minjem" is meminjam."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from index.stemming import ROOTS, is_known, read_words, stem
from index.words import STOP_WORDS
from kb.regions import REGION_WORDS

KNOWN_WORDS: Final = read_words("known_words.txt")
"""Words of every day that no regulation uses, rightly written. The stems of stored words do not depend on them."""

NAMES: Final = read_words("given_names.txt")
"""Names of people that would be taken for everyday verbs: "nanda" is not menanda, whoever writes it small."""

_ROOTS: Final = ROOTS | KNOWN_WORDS
_NO_VERBS: Final = STOP_WORDS | REGION_WORDS | KNOWN_WORDS | NAMES
_VOWELS: Final = frozenset("aeiou")
_SHORTEST: Final = 4
_SHORTEST_NASAL: Final = 5
_SHORTEST_ROOT: Final = 3
_CLITICS: Final = ("nya", "lah", "kah")
_CACHED: Final = 1 << 12

_WITH_I: Final = read_words("roots_with_i.txt")
_WITHOUT_SUFFIX: Final = read_words("roots_without_in.txt")

_WITH_K: Final = {"kamar", "karang", "kawal", "kawan", "kemas", "ketik", "kurban", "kurung"}
_WITH_C: Final = {"calon", "cuci", "curah"}
"""Of two roots that one everyday form may come from, those that are meant: "ngetik" is no ethics, "nyalon" no salon."""

_SILENT_H: Final = re.compile(r"(?<=a)(?=[iu])|(?<=i)(?=a)")
_LAST_E: Final = re.compile(r"e(?=[bdfgklmnprst]$|ng$)")


@lru_cache(_CACHED)
def standard(word: str) -> str | None:
    """`word` as it would be written; None where it is a known word or a name, or no known root is left without affixes.

    word: lower case letters a-z. Everyday are the nasal prefix without me-, the suffix -in, the last e for an a or ai,
    and an h that is not heard.
    """
    if len(word) < _SHORTEST or word in _NO_VERBS or is_known(word):
        return None
    for spelt in (word, *_as_written(word)):
        if spelt != word and is_known(spelt):
            return spelt
        for verb in _verbs(spelt):
            return verb
    for clitic in _CLITICS:
        rest = word.removesuffix(clitic)
        if rest != word and (said := standard(rest)) is not None:
            return said + clitic
    return None


def _as_written(word: str) -> Iterator[str]:
    """`word` with the vowels and the h of writing: malem is malam, pake is pakai, taun is tahun, ilang is hilang."""
    for place in _SILENT_H.finditer(word):
        spelt = f"{word[: place.start()]}h{word[place.start() :]}"
        if "h" in stem(spelt)[:-1]:
            yield spelt
    if word[0] in _VOWELS:
        yield f"h{word}"
    for suffix in ("", "in"):
        body = word.removesuffix(suffix)
        if suffix and body == word:
            continue
        if _LAST_E.search(body):
            yield _LAST_E.sub("a", body) + suffix
        if body.endswith("e") and stem(spelt := f"{body[:-1]}ai").endswith("ai"):
            yield spelt + suffix


def _verbs(word: str) -> Iterator[str]:
    """The standard verbs that `word` may be, likeliest first."""
    for suffix in ("", "in", "kan", "i"):
        body = word.removesuffix(suffix)
        if suffix and body == word:
            continue
        bodies = (body, f"{body}i") if suffix == "in" and body.endswith("a") else (body,)  # nyelesain
        for each in bodies:
            if suffix == "in":
                for prefix in ("di", ""):
                    for root in _roots(each.removeprefix(prefix)) if each.startswith(prefix) else ():
                        yield prefix + root + _ending(root)
            if len(each) >= _SHORTEST_NASAL - 1 and len(word) >= _SHORTEST_NASAL:
                for root in _behind_nasal(each):
                    yield active(root) + (_ending(root) if suffix == "in" else suffix)


def _roots(body: str) -> Iterator[str]:
    """`body` where it is a root, with or without per- or an h that is not heard."""
    if len(body) >= _SHORTEST_ROOT:
        if body in _ROOTS or (body.startswith("per") and body[3:] in _ROOTS):
            yield body
        elif f"h{body}" in _ROOTS:
            yield f"h{body}"


def _ending(root: str) -> str:
    if root in _WITHOUT_SUFFIX:
        return ""
    return "i" if root.removeprefix("per") in _WITH_I else "kan"


def _behind_nasal(body: str) -> Iterator[str]:
    """The known roots that `body` may be the everyday active form of, likeliest first."""
    found: list[str] = []
    if body.startswith("ng"):
        rest = body[2:]
        if rest[:1] in _VOWELS:
            ways = [rest, f"k{rest}", f"h{rest}"]
            found += sorted(ways, key=lambda root: root not in _WITH_K)
        if rest[:1] == "e" and rest[1:2] not in _VOWELS:
            found.append(rest[1:])
        if rest[:1] in ("g", "h", "k"):
            found.append(rest)
    elif body.startswith("ny") and body[2:3] in _VOWELS:
        found += sorted((f"s{body[2:]}", f"c{body[2:]}"), key=lambda root: root not in _WITH_C)
    elif body[0] == "n" and body[1] in _VOWELS:
        found.append(f"t{body[1:]}")
    elif body[0] == "n" and body[1] in "cdj":
        found.append(body[1:])
    elif body[0] == "m" and body[1] in _VOWELS:
        found.append(f"p{body[1:]}")
    elif body[0] == "m" and body[1] == "b":
        found.append(body[1:])
    for roots in (ROOTS, KNOWN_WORDS):
        yield from (root for root in found if len(root) >= _SHORTEST_ROOT and root in roots)


def active(root: str) -> str:
    """`root` with me- and the nasal that its first letter asks for."""
    if sum(letter in _VOWELS for letter in root) == 1:
        return f"menge{root}"
    before_vowel = root[1] in _VOWELS
    match root[0]:
        case "p" if before_vowel:
            return f"mem{root[1:]}"
        case "t" if before_vowel:
            return f"men{root[1:]}"
        case "s" if before_vowel:
            return f"meny{root[1:]}"
        case "k" if before_vowel:
            return f"meng{root[1:]}"
        case "b" | "f" | "p" | "v":
            return f"mem{root}"
        case "c" | "d" | "j" | "t" | "s" | "z":
            return f"men{root}"
        case "l" | "m" | "n" | "r" | "w" | "y":
            return f"me{root}"
        case _:
            return f"meng{root}"
