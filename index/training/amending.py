"""Pairs that an amending regulation teaches: what it says anew, and the passage that it takes the place of."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from index.difference import same_share
from index.stemming import is_known
from index.training.pairs import Pair
from index.training.phrasing import is_query, phrase, telling, tidy, unlabelled
from index.training.regulation import Body, Version, own_address, provision
from kb.legal import Relation, RelationKind, Work
from kb.sections import Section, SectionKind

SOURCE = "perubahan"

LEAST_SHARED, MOST_SHARED = 0.5, 0.9
"""The share of a new sentence's telling words that the old one has: with fewer it speaks of something else."""

FEWEST_TELLING, FEWEST_CHANGED = 4, 2
"""Words of the new sentence that no title holds, and those of them that are known and the old one lacks.

Misread letters make unknown words, and are no change.
"""

_CATCHWORD = re.compile(r"^.{0,40}?(?:…|\.\.\.)\s*(?=\(?\w{1,3}[).])")
_LOOSE_LABEL = re.compile(r"^\(\s?\d+\w?\)?\s*|:?\s+\w[.)]?$")
_NEXT_POINT = re.compile(
    r"[”\"]?\s*\(?\b(?:\d{1,3}|[a-z])\s?[.)]\s*(?:Ketentuan|Di ?antara|Pasal \d+|Menambah|Mengubah|Menghapus)\b.*$",
    re.S,
)
_AMOUNT = re.compile(r"\bRp\s?[.\d]")
_MEANS = re.compile(r"\s+(?:adalah|ialah)\s+|,? yang selanjutnya ")


def versions(
    sections: Sequence[Section], relations: Sequence[Relation], id_of: Callable[[Work], str]
) -> Mapping[str, Version]:
    """Of which Pasal of which regulation each Pasal is a version that an amending regulation puts into another.

    By the addresses of the Pasal. relations: what the regulation's own text does to others. id_of: the regulation
    that a work is.
    """
    changed: dict[str, Work] = {}
    for relation in relations:
        if relation.kind is RelationKind.AMENDS and relation.actor is None:
            changed.setdefault(provision(relation.source_address).partition("/")[0], relation.target)
    found: dict[str, Version] = {}
    for section in sections:
        outer, *inner = [part for part in section.address.split("/") if part.startswith("pasal-")] or [""]
        # The title names the work where the Pasal does not.
        work = changed.get(outer) or changed.get("")
        if section.kind is SectionKind.PASAL and inner and own_address(section.address) and work is not None:
            found[section.address] = Version(id_of(work), inner[-1])
    return found


def amended(new: Body, earlier: Sequence[Body], rng: random.Random) -> Iterator[Pair]:
    """A sentence of each ayat or definition that `new` words anew, and the passage that said it before.

    earlier: the regulation that is changed and those that changed it before, oldest first. Nothing is paired where the
    words stay, or where the Pasal was given to another subject.
    """
    for i, section in enumerate(new.regulation.sections):
        version = new.regulation.versions.get(section.address)
        if version is None:
            continue
        before = next(((body, at) for body in reversed(earlier) if (at := body.section_of(version)) is not None), None)
        if before is None:
            continue
        for unit in _units(new, i):
            yield from _paired(_said(new, unit), *before, rng)


def _paired(said: str, old: Body, pasal: int, rng: random.Random) -> Iterator[Pair]:
    """The pair of a sentence of what is `said` and the old passage that says most of it."""
    query = tidy(_LOOSE_LABEL.sub("", phrase(said, rng)))
    unit = _spoken_of(query, said, old, pasal)
    if unit is None or not is_query(query) or _AMOUNT.search(query):
        return
    passages = old.passages_of(unit)
    asked = telling(query)
    i = max(passages, key=lambda j: len(asked & telling(old.regulation.passages[j].text)), default=None)
    if i is not None and old.pasal[i] is not None:
        yield Pair(query, old.embedded(i), SOURCE, old.regulation.id, old.guards(i))


def _spoken_of(query: str, said: str, old: Body, pasal: int) -> int | None:
    """The ayat or definition below an old Pasal that speaks of the same, and says it otherwise."""
    asked = telling(query) - telling(old.regulation.title)
    texts = {unit: _said(old, unit) for unit in _units(old, pasal)}
    if term := _term(said):
        texts = {unit: text for unit, text in texts.items() if _term(text) == term}
    # Where ayat were put in between, the number is another's by now.
    best = max(texts, key=lambda unit: (len(asked & telling(texts[unit])), same_share(said, texts[unit])), default=None)
    if best is None or len(asked) < FEWEST_TELLING:
        return None
    lacking = asked - telling(texts[best])
    is_same_subject = LEAST_SHARED <= 1 - len(lacking) / len(asked) <= MOST_SHARED
    return best if is_same_subject and sum(map(is_known, lacking)) >= FEWEST_CHANGED else None


def _units(body: Body, pasal: int) -> list[int]:
    """The ayat of a Pasal, or its definitions; where it has neither, itself."""
    sections = body.regulation.sections
    below = [i for i in range(pasal + 1, len(sections)) if sections[i].parent == pasal]
    ayat = [i for i in below if sections[i].kind is SectionKind.AYAT]
    points = [i for i in below if sections[i].kind is SectionKind.ANGKA and _term(_said(body, i))]
    return ayat or points or [pasal]


def _said(body: Body, section: int) -> str:
    """The words of a provision, without its label and the point of an amendment that follows it."""
    text = _CATCHWORD.sub("", " ".join(body.text(section).split()))
    return _NEXT_POINT.sub("", unlabelled(text.lstrip("“\"' ")))


def _term(text: str) -> str:
    """The term that a text defines; "" for one that defines nothing."""
    before = _MEANS.split(text, maxsplit=1)
    return before[0].casefold() if len(before) > 1 and len(before[0].split()) <= 8 else ""
