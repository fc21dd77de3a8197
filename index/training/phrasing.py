"""What of a regulation's words makes a query: a phrase of fitting length, without labels and references."""

import random
import re

from index.words import words

QUERY_WORDS = (4, 40)
"""The fewest and the most words of a query."""

_LABEL = re.compile(r"^\s*(?:Pasal \w+|[Aa]yat \(\w+\)|[Hh]uruf \w+|[Aa]ngka \w+|\(\w+\)|\w{1,2}[.)])\s+")
_REFERENCE = re.compile(
    r",?\s*(?:sebagaimana (?:telah )?(?:dimaksud|diatur|diubah)(?:kan)? (?:dalam|pada|dengan)|berdasarkan|menurut) "
    r"(?:ketentuan )?(?:(?:Pasal|pasal|ayat|huruf|angka)(?: \(?\w{1,4}\)?)?(?:,| dan| atau| sampai dengan)?\s*)+"
)
_SAYS_NOTHING = re.compile(
    r"cukup jelas|LEMBARAN NEGARA|REPUBLIK INDONESIA,|berbunyi sebagai berikut|mulai berlaku|diatur lebih lanjut|"
    r"[Kk]etentuan lebih lanjut|\bttd\b|\bRp[ .]\d",
    re.IGNORECASE,
)

_SAID_OF_ANY = frozenset(
    ("atur", "laksana", "tentu", "tata", "cara", "syarat", "lenggara", "tetap", "perintah", "undang", "daerah")
) | {"menteri"}
"""Stems that any regulation may hold, and that tell nothing of its matter."""


def is_query(text: str, fewest: int = QUERY_WORDS[0]) -> bool:
    """Whether `text` has a fitting number of words and asks for something."""
    return fewest <= len(text.split()) <= QUERY_WORDS[1] and not _SAYS_NOTHING.search(text)


def phrase(text: str, rng: random.Random, most: int = 30) -> str:
    """A sentence of `text`, cut to at most `most` words from its beginning."""
    text = re.sub(r"^\W*(?:Yang dimaksud dengan|Yang dimaksud)\W+", "", text)
    sentences = [s for s in re.split(r"(?<=[.;]) ", text) if len(s.split()) >= 5] or [text]
    sentence = sentences[0] if rng.random() < 0.6 else rng.choice(sentences)
    words = without_references(sentence).split()
    return " ".join(words[: rng.randint(most // 2, most)])


def without_references(text: str) -> str:
    """The text without what it says of other provisions: "sebagaimana dimaksud pada ayat (1)"."""
    return _REFERENCE.sub(" ", text)


def unlabelled(text: str) -> str:
    """The text without the labels it begins with."""
    while match := _LABEL.match(text):
        text = text[match.end() :]
    return text


def topic(title: str) -> str:
    """What a regulation is about, from its full name."""
    return title.rpartition(" tentang ")[2].lower()


def tidy(text: str) -> str:
    """The text on one line, without quotation marks and without punctuation at its ends."""
    return " ".join(re.sub(r"[_“”\"]", "", text).split()).strip(" ,;:-")


def telling(text: str) -> frozenset[str]:
    """The stems of a text that tell its matter: no numbers, and none that any regulation may hold."""
    return frozenset(word.stem for word in words(text) if not word.stem[0].isdigit()) - _SAID_OF_ANY
