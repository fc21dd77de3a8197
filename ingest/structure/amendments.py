"""The points of an amending regulation ("3. Ketentuan Pasal 7 diubah ..."), and the Pasal that they give anew."""

import re

from ingest.structure.marks import Ordinal
from ingest.structure.place import Place, Zone
from kb.sections import SectionKind

_AMENDS = re.compile(
    r"(?:Beberapa\s+)?(?:Ketentuan|Di\s?antara|Antara|Pasal|Judul|Penjelasan|Bab|BAB|Bagian|Paragraf|Setelah|Sesudah|Sebelum|Mengubah"
    r"|Menghapus|Menambah|Menyisipkan|Ayat|Huruf|Angka|Lampiran|Nomenklatur|Frasa|Kata|Semua|Seluruh|Pada|Dalam|Sebutan|Istilah)(?=\b|Pasal|ayat)"
)
_AMENDING_VERB = re.compile(
    r"\b(?:diubah|dirubah|disisipkan|dihapus|dihapuskan|ditambah|ditambahkan|diganti|berbunyi|dibaca)\b", re.I
)
_CHANGED = re.compile(r"\b(?:diubah|dirubah)\b[^.;]{0,40}\bberikut\b", re.I)
_ANNOUNCES = re.compile(r"(?:berbunyi|berikut|menjadi)\s*(?:sebagai\s+)?(?:berikut)?\s*[:;]\s*[\"“]?$")
_FURTHEST_POINT = 3
"""A point may come this many numbers late, where a scan has lost those between."""
_SENTENCE_LINES = 8


def take_point(place: Place, i: int, ordinal: Ordinal) -> bool:
    """Open the amending point on line `i`, if its number goes on and it changes something; whether it did."""
    numbering = place.numbering
    late = ordinal.number - numbering.point.number
    if not (ordinal.follows(numbering.point) or 0 < late <= _FURTHEST_POINT) or not amends(place, i):
        return False
    place.hosts.add(place.tree.chain()[numbering.host - 1].path.rpartition("pasal-")[2])
    open_point(place, i, str(ordinal))
    numbering.point = ordinal
    numbering.announced = frozenset(re.findall(r"Pasal\s+(\d{1,3}[A-Z]{0,2})", _sentence(place, i)))
    return True


def open_point(place: Place, i: int, number: str) -> None:
    """Open point `number` of the amending Pasal on line `i`, ending the point before it."""
    place.end_lists()
    place.tree.close_to(place.numbering.host, i)
    host = place.tree.innermost
    place.tree.open(SectionKind.AMENDMENT, f"{host.label} angka {number}", f"{host.path}/angka-{number}", i)
    place.numbering.inner = Ordinal(0)


def note_host(place: Place, i: int) -> None:
    """Remember that a Pasal amends, where line `i` of it says "Beberapa ketentuan … diubah sebagai berikut:"."""
    text = place.lines[i].text
    if "berikut" not in text or place.numbering.host or place.zone is not Zone.BODY:
        return
    chain = place.tree.chain()
    depth = next((d for d, node in enumerate(chain) if node.kind is SectionKind.PASAL), None)
    if depth is not None and _CHANGED.search(f"{place.lines[i - 1].text[-60:]} {text}") and "etentuan" in text:
        place.end_lists()
        place.tree.close_to(depth + 1, i)
        place.numbering.host = depth + 1
        place.hosts.add(chain[depth].path.rpartition("pasal-")[2])


def begin_implied(place: Place, i: int) -> bool:
    """Open Pasal I, whose own heading was lost, where the first of its points stands on line `i`; whether it did."""
    numbering = place.numbering
    if numbering.n_pasal or place.tree.inside(SectionKind.DECIDING) is None or not amends(place, i):
        return False
    start = i - 1 if i > 1 and _CHANGED.search(place.lines[i - 1].text) and place.tree.innermost.start < i - 1 else i
    place.enter_body(start)
    place.end_lists()
    place.tree.open(SectionKind.PASAL, f"{numbering.label} I", f"{numbering.prefix}pasal-i", start)
    numbering.roman = numbering.n_pasal = 1
    numbering.host = place.tree.depth
    return True


def quotes(place: Place, i: int) -> bool:
    """Whether the words before line `i` announce the new text of a Pasal: "berbunyi sebagai berikut:"."""
    return _ANNOUNCES.search(place.before(i)) is not None


def is_inner(place: Place, i: int, ordinal: Ordinal) -> bool:
    """Whether a Pasal inside an amending Pasal is the amended text, and not what comes after it."""
    numbering = place.numbering
    if str(ordinal) in numbering.announced or numbering.roman or quotes(place, i):
        return True
    return (numbering.point.number > 0 or numbering.inner.number > 0) and not ordinal.follows(numbering.last)


def open_inner(place: Place, i: int, ordinal: Ordinal) -> None:
    """Open, on line `i`, a Pasal of the amended regulation inside the point that gives it anew."""
    place.end_lists()
    tree, numbering = place.tree, place.numbering
    chain = tree.chain()
    depth = next((d for d, node in enumerate(chain) if d >= numbering.host and node.kind is SectionKind.PASAL), None)
    if depth is not None:
        tree.close_to(depth, i)
    holder = tree.inside(SectionKind.AMENDMENT) or chain[numbering.host - 1]
    tree.open(SectionKind.PASAL, f"{numbering.label} {ordinal}", f"{holder.path}/pasal-{str(ordinal).lower()}", i)
    numbering.inner = ordinal
    place.note_short_heading(i)


def amends(place: Place, i: int) -> bool:
    """Whether the item on line `i` changes another regulation."""
    begin = re.sub(r"^\S{1,5}\s*", "", _sentence(place, i), count=1)
    return bool(_AMENDS.match(begin) and _AMENDING_VERB.search(begin))


def _sentence(place: Place, i: int) -> str:
    """The words of an item up to the end of its first sentence, `_SENTENCE_LINES` at most."""
    texts: list[str] = []
    for line in place.lines[i : i + _SENTENCE_LINES]:
        texts.append(line.text[:400])
        if line.text[-1] in ".;" and len(line.text) > 4:
            break
        # "Pada Pasal 2:" says only below what becomes of it.
        if line.text[-1] == ":" and _AMENDING_VERB.search(" ".join(texts)):
            break
    return " ".join(texts)
