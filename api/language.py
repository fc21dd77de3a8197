"""Every sentence that the doors say, in Indonesian and English, and which of the two a reader wants."""

import re
from collections.abc import Mapping
from enum import StrEnum

from api.sentences_commands import COMMANDS
from api.sentences_documents import DOCUMENTS
from api.sentences_dossiers import DOSSIERS
from api.sentences_identities import IDENTITIES
from api.sentences_intake import INTAKE
from api.sentences_law import LAW
from api.sentences_pages import PAGES
from api.sentences_precedents import PRECEDENTS
from api.sentences_problems import PROBLEMS
from api.sentences_provisions import PROVISIONS
from api.sentences_questions import QUESTIONS
from api.sentences_records import RECORDS
from api.sentences_scans import SCANS
from kb.errors import Text


class Language(StrEnum):
    """The two languages of the product; Indonesian comes first."""

    ID = "id"
    EN = "en"


LANGUAGES = frozenset(language.value for language in Language)


def pick(text: Text, language: Language) -> str:
    """`text` in `language`."""
    return text.en if language is Language.EN else text.id


def say(language: Language, key: str, **values: object) -> str:
    """The sentence `key` in `language`, its `{name}` places filled from `values`."""
    return pick(TEXTS[key], language).format(**values)


_RANGE = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]{1,32})?\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?")


def negotiate(accept_language: str, otherwise: Language) -> Language:
    """The language of ours that an `Accept-Language` header ranks highest, or `otherwise`.

    Source: RFC 9110 section 12.5.4; what does not parse is skipped.
    """
    best, weight = otherwise, 0.0
    for part in accept_language[:200].split(","):
        found = _RANGE.fullmatch(part)
        if found is None:
            continue
        name, q = found[1].lower(), float(found[2] or 1)
        if name in ("id", "in") and q > weight:
            best, weight = Language.ID, q
        elif name == "en" and q > weight:
            best, weight = Language.EN, q
    return best


TEXTS: Mapping[str, Text] = {
    **COMMANDS,
    **DOCUMENTS,
    **DOSSIERS,
    **IDENTITIES,
    **INTAKE,
    **LAW,
    **PAGES,
    **PRECEDENTS,
    **PROBLEMS,
    **PROVISIONS,
    **QUESTIONS,
    **RECORDS,
    **SCANS,
}
"""The sentences, by key; a test fails for one that nothing says."""
