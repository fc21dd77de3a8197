"""The outline of a regulation: its title and considerations, BAB, Pasal and ayat, its Penjelasan and Lampiran.

One pass over the lines. A line that looks like a heading is one only if the line before does not break off where a
reference must follow and its number comes next; so "sebagaimana dimaksud dalam" / "Pasal 5 ayat (2)" opens nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from ingest.cleaning import Line
from ingest.structure import marks
from ingest.structure.lists import Lists
from ingest.structure.marks import Item, Ordinal, Style
from ingest.structure.pieces import pieces_of
from ingest.structure.tree import Node, Tree
from kb.types import Page, Section, SectionKind

_CONTAINERS = (SectionKind.BAB, SectionKind.BAGIAN, SectionKind.PARAGRAF)
_FRONT = (SectionKind.OPENING, SectionKind.CONSIDERING, SectionKind.RECALLING, SectionKind.DECIDING)
_AMENDS = re.compile(
    r"(?:Beberapa\s+)?(?:Ketentuan|Di\s?antara|Antara|Pasal|Judul|Penjelasan|Bab|BAB|Bagian|Paragraf|Setelah|Sesudah|Sebelum|Mengubah"
    r"|Menghapus|Menambah|Menyisipkan|Ayat|Huruf|Angka|Lampiran|Nomenklatur|Frasa|Kata|Semua|Seluruh|Pada|Dalam|Sebutan|Istilah)\b"
)
_AMENDING_VERB = re.compile(
    r"\b(?:diubah|dirubah|disisipkan|dihapus|dihapuskan|ditambah|ditambahkan|diganti|berbunyi|dibaca)\b", re.I
)
_MAX_TITLE_LINES = 6
_MAX_HEADED = 16
"""Up to this long, a line that opens a Pasal holds nothing but its number."""
_FEWEST_BACKWARDS = 2
_MOST_BACKWARDS = 0.15
_FURTHEST_GAP = 12
"""A Pasal may come this many numbers late when a bad scan has lost those between; farther ones are references."""
_TEXT_AFTER = re.compile(r"[A-Z(“\"‘'0-9]")
_CITES = re.compile(
    r"(?:Undang|Peraturan|UU|Kitab|KUH|Konvensi|Ayat|Huruf|Keputusan|Ketetapan|Staatsblad|Ordonnan|Reglemen|Statuta)",
    re.I,
)


class _Zone(Enum):
    FRONT = auto()
    BODY = auto()
    CLOSING = auto()
    EXPLANATION = auto()
    ATTACHMENT = auto()


@dataclass(slots=True)
class _Law:
    """Where we are in the numbering of one text: a regulation has one, its Penjelasan another, a Lampiran its own.

    host: depth of the Pasal whose numbered points amend another regulation; 0 outside such a Pasal.
    point: the last of those points; announced: the Pasal that its first lines speak of.
    """

    prefix: str
    label: str = "Pasal"
    last: Ordinal = field(default_factory=lambda: Ordinal(0))
    roman: int = 0
    bab: int = 0
    n_pasal: int = 0
    host: int = 0
    point: Ordinal = field(default_factory=lambda: Ordinal(0))
    inner: Ordinal = field(default_factory=lambda: Ordinal(0))
    announced: frozenset[str] = frozenset()


def regulation(lines: Sequence[Line], pages: Sequence[Page]) -> tuple[Section, ...]:
    """The sections of a regulation's lines, the root first, parents before children.

    Where the Pasal stand in no order, as in scans read from the foot of the page up, only the root: a passage that
    named the wrong Pasal would be worse than one that names none.
    """
    pieces = [piece for line in lines for piece in pieces_of(line)]
    parser = _Parser(pieces, pages)
    for i in range(len(pieces)):
        parser.take(i)
    if parser.is_disordered:
        return Tree(lines, pages).sections()
    return parser.tree.sections()


class _Parser:
    """Opens and closes sections of `tree` line by line."""

    def __init__(self, lines: Sequence[Line], pages: Sequence[Page]) -> None:
        self.tree = Tree(lines, pages)
        self._lines = lines
        self._zone = _Zone.FRONT
        self._law = _Law("")
        self._lists = Lists(self.tree, lines)
        self._title_left = 0
        self._by_article = False
        self._headed = -1
        self._n_backwards = 0
        self._seen = Ordinal(0)
        if lines:
            self.tree.open(SectionKind.OPENING, "Pembukaan", "pembukaan", 0)

    @property
    def is_disordered(self) -> bool:
        """Whether headings of Pasal go backwards so often that what stands under them cannot be told."""
        return self._n_backwards >= _FEWEST_BACKWARDS and self._n_backwards > _MOST_BACKWARDS * self._law.n_pasal

    def take(self, i: int) -> None:
        """Read line `i` and open what it begins."""
        text = self._lines[i].text
        first = text[0]
        if first in "MDALP" or first == "m":
            fixed = marks.FIXED.match(text)
            if fixed and self._fixed(i, fixed):
                return
        if first in "PpBIUA\"“‘'12V":
            if self._zone is _Zone.EXPLANATION and self._part_of_explanation(i, text):
                return
            if first in "Bb" and self._container(i, text):
                return
            if first == "P" and self._paragraf(i, text):
                return
            if first in "Pp\"“‘'" and self._pasal(i, text):
                return
        if self._zone is _Zone.EXPLANATION and first in "AHB" and self._labelled(i, text):
            return
        if self._title_left and not self._continues_title(text):
            self._title_left = 0
        if first in "([{" or first.isdigit() or (first.isalpha() and (text[1:2] in ".)" or text[2:3] in ".) ")):
            found = marks.item(text)
            if found and self._item(i, found):
                self._title_left = 0
                return
        if self._title_left:
            node = self.tree.innermost
            node.heading = f"{node.heading} {text}".strip()
            self._title_left -= 1

    # The fixed parts

    def _fixed(self, i: int, match: re.Match[str]) -> bool:
        what = match.lastgroup if match.lastgroup != "which" else "attachment"
        if what == "explanation":
            return self._explanation(i)
        if what == "attachment":
            return self._attachment(i, match["which"] or "")
        if what == "closing":
            return self._closing(i)
        if self._zone is _Zone.FRONT or (self._zone is _Zone.ATTACHMENT and not self._law.n_pasal):
            return self._front(i, what or "")
        return False

    def _front(self, i: int, what: str) -> bool:
        kind, label, slug = {
            "considering": (SectionKind.CONSIDERING, "Menimbang", "menimbang"),
            "recalling": (SectionKind.RECALLING, "Mengingat", "mengingat"),
            "deciding": (SectionKind.DECIDING, "Menetapkan", "menetapkan"),
        }[what]
        order = (SectionKind.OPENING, SectionKind.CONSIDERING, SectionKind.RECALLING, SectionKind.DECIDING)
        here = self.tree.inside(*order)
        if here is None and self._zone is not _Zone.ATTACHMENT:
            return False
        if here is not None and order.index(here.kind) >= order.index(kind):
            return False
        text = self._lines[i].text
        if what != "deciding" and ":" not in text and self._margin(i):
            return False
        self._end_lists()
        self.tree.close(i, *_FRONT)
        self.tree.open(kind, label, self._law.prefix + slug, i)
        return True

    def _margin(self, i: int) -> bool:
        """Whether the words of the margin stand together, apart from what they introduce, as in some scans."""
        near = [line.text.strip(" :") for line in self._lines[max(0, i - 1) : i + 2]]
        return "Menimbang" in near and "Mengingat" in near

    def _closing(self, i: int) -> bool:
        if self._zone not in (_Zone.BODY, _Zone.ATTACHMENT) or not self._law.n_pasal:
            return False
        if marks.dangling(self._before(i)):
            return False
        self._end_body(i)
        self.tree.open(SectionKind.CLOSING, "Penutup", f"{self._law.prefix}penutup", i)
        self._law.n_pasal, was = 0, self._law.n_pasal
        if self._zone is _Zone.BODY:
            self._law.n_pasal = was
            self._zone = _Zone.CLOSING
        return True

    def _explanation(self, i: int) -> bool:
        if self._zone is _Zone.FRONT or self._zone is _Zone.EXPLANATION or not self._stands_out(i):
            return False
        self._end_body(i)
        nested = self.tree.inside(SectionKind.ATTACHMENT) is not None and self._zone is _Zone.ATTACHMENT
        if not nested:
            self.tree.close_to(1, i)
        prefix = self._law.prefix if nested else ""
        self.tree.open(SectionKind.EXPLANATION, "Penjelasan", f"{prefix}penjelasan", i)
        self._zone, self._by_article = _Zone.EXPLANATION, False
        self._law = _Law(f"{prefix}penjelasan/", "Penjelasan Pasal")
        self._part_of_explanation(i, self._lines[i].text.split(maxsplit=1)[-1] if "UMUM" in self._lines[i].text else "")
        return True

    def _attachment(self, i: int, which: str) -> bool:
        if self._zone is _Zone.FRONT or (self._zone is _Zone.BODY and not self._stands_out(i)):
            return False
        if self._zone is _Zone.ATTACHMENT and not self._stands_out(i):
            return False
        value = marks.looks_roman(which) if which else None
        label = f"Lampiran {which}".strip()
        slug = f"lampiran-{which.lower()}" if value or which else "lampiran"
        start = self._first_of_page(i)
        self._end_body(start)
        self.tree.close_to(1, start)
        self.tree.open(SectionKind.ATTACHMENT, label, slug, start)
        self._zone = _Zone.ATTACHMENT
        self._law = _Law(f"{slug}/")
        return True

    def _first_of_page(self, i: int) -> int:
        """The first line of the page of line `i`, if all of that page follows the regulation's body."""
        if self._zone not in (_Zone.CLOSING, _Zone.EXPLANATION):
            return i
        page = self._lines[i].span.page
        start = i
        while start and self._lines[start - 1].span.page == page:
            start -= 1
        begun = self.tree.innermost.start
        return start if start > begun and self._zone is _Zone.CLOSING else i

    def _part_of_explanation(self, i: int, text: str) -> bool:
        if marks.BY_ARTICLE.match(text):
            label, slug, self._by_article = "Pasal demi pasal", "pasal-demi-pasal", True
        elif not self._by_article and marks.GENERAL.match(text):
            label, slug = "Umum", "umum"
        else:
            return False
        self._end_lists()
        explained = self.tree.chain()
        depth = next(d for d, node in enumerate(explained) if node.kind is SectionKind.EXPLANATION)
        self.tree.close_to(depth + 1, i)
        self.tree.open(SectionKind.EXPLANATION, label, self._law.prefix + slug, i)
        self._headed = i
        return True

    def _stands_out(self, i: int) -> bool:
        """Whether a line is in capitals and does not go on with the sentence before it."""
        return _is_capitals(self._lines[i].text) and not marks.dangling(self._before(i))

    # BAB, Bagian, Paragraf

    def _container(self, i: int, text: str) -> bool:
        if self._zone in (_Zone.CLOSING, _Zone.EXPLANATION):
            return False
        bab = marks.BAB.match(text)
        if bab:
            return self._bab(i, text, bab)
        bagian = marks.BAGIAN.match(text)
        if bagian and self._may_open(i, text[bagian.end() :]):
            name = " ".join(bagian["n"].split()).capitalize()
            self._open_container(i, SectionKind.BAGIAN, f"Bagian {name}", f"bagian-{name.lower().replace(' ', '-')}")
            self._begin_title(text[bagian.end() :])
            return True
        return False

    def _bab(self, i: int, text: str, match: re.Match[str]) -> bool:
        rest = text[match.end() :]
        value = int(match["n"]) if match["n"].isdigit() else marks.looks_roman(match["n"])
        if value is None or (rest and not _is_capitals(rest)) or marks.dangling(self._before(i)):
            return False
        follows = 0 < value - self._law.bab <= 3 or bool(match["suffix"]) or bool(self._law.host)
        if not follows or (self._zone is _Zone.FRONT and value != 1):
            return False
        if not self._law.host:
            self._law.bab = value
        name = _to_roman(value) + match["suffix"]
        self._open_container(i, SectionKind.BAB, f"BAB {name}", f"bab-{name.lower()}")
        self._begin_title(rest)
        return True

    def _paragraf(self, i: int, text: str) -> bool:
        match = marks.PARAGRAF.match(text)
        if (
            match is None
            or self._zone in (_Zone.CLOSING, _Zone.EXPLANATION)
            or not self._may_open(i, text[match.end() :])
        ):
            return False
        name = match["n"].replace("l", "1").replace("I", "1").replace("g", "9") if len(match["n"]) == 1 else match["n"]
        self._open_container(i, SectionKind.PARAGRAF, f"Paragraf {name}", f"paragraf-{name.lower()}")
        self._begin_title(text[match.end() :])
        return True

    def _may_open(self, i: int, rest: str) -> bool:
        """Whether a Bagian or Paragraf begins here: a title follows, and no sentence goes on."""
        if rest and (not rest[0].isupper() or rest[-1] in ".;,:" or len(rest) > 120):
            return False
        if marks.dangling(self._before(i)) or self._zone is _Zone.FRONT:
            return False
        following = self._after(i)
        return bool(rest) or not following[:1].islower()

    def _open_container(self, i: int, kind: SectionKind, label: str, slug: str) -> None:
        self._enter_body(i)
        self._end_lists()
        outer = {
            SectionKind.BAB: (SectionKind.BAB,),
            SectionKind.BAGIAN: (SectionKind.BAGIAN,),
            SectionKind.PARAGRAF: (SectionKind.PARAGRAF,),
        }[kind]
        if self._law.host:
            point = self._law.host + 1
            depth = next(
                (
                    d
                    for d, node in enumerate(self.tree.chain())
                    if d >= point and node.kind in (*outer, SectionKind.PASAL)
                ),
                None,
            )
            if depth is not None:
                self.tree.close_to(depth, i)
        else:
            self.tree.close(i, SectionKind.PASAL)
            self.tree.close(i, *outer)
            if kind is SectionKind.BAGIAN:
                self.tree.close(i, SectionKind.PARAGRAF)
        parent = self.tree.innermost
        within = f"{parent.path}/" if parent.kind in (*_CONTAINERS, SectionKind.AMENDMENT) else self._law.prefix
        self.tree.open(kind, label, within + slug, i)

    def _begin_title(self, rest: str) -> None:
        self._title_left = _MAX_TITLE_LINES
        self._headed = self.tree.innermost.start
        if rest:
            self.tree.innermost.heading = rest
            self._title_left -= 1

    def _continues_title(self, text: str) -> bool:
        node = self.tree.innermost
        if text.startswith(("Pasal", "Pasa1", "(")):
            return False
        if node.kind is SectionKind.BAB:
            return _is_capitals(text) or not node.heading
        return text[-1] not in ".;:" and len(text) < 120

    # Pasal

    def _pasal(self, i: int, text: str) -> bool:
        match = marks.PASAL.match(text)
        if match is None or self._zone is _Zone.CLOSING:
            return False
        if self._zone is _Zone.EXPLANATION:
            return self._pasal_explained(i, text, match)
        number = match["n"]
        rest = text[match.end() :]
        is_roman = marks.roman(number)
        if is_roman and not match["far"] and self._roman_pasal(i, is_roman, number, rest):
            return True
        ordinal = self._ordinal(match)
        if ordinal is None or not self._heads(i, text, rest, ordinal, match["end"]):
            return False
        if self._law.host and self._is_inner(ordinal):
            self._open_inner(i, ordinal)
            return True
        if not self._in_order(i, ordinal):
            return False
        self._open_pasal(i, str(ordinal), ordinal)
        return True

    def _ordinal(self, match: re.Match[str]) -> Ordinal | None:
        suffix = match["suffix"] or match["far"] or ""
        value = marks.arabic(match["n"])
        if value is None:
            return None
        ordinal = Ordinal(value, suffix)
        expected = self._law.inner if self._law.host else self._law.last
        misread = marks.arabic(match["n"] + suffix) if suffix else None
        if misread == expected.number + 1:
            return Ordinal(misread)
        sure = match["n"].isdigit() and not match["far"]
        # A number that is not spelled in digits is believed only where it comes next.
        return ordinal if sure or ordinal.follows(expected) else None

    def _heads(self, i: int, text: str, rest: str, ordinal: Ordinal, end: str) -> bool:
        """Whether "Pasal 5" on line `i` stands as a heading and not as the rest of a reference."""
        before = self._before(i)
        if marks.dangling(before) and not (before.endswith(",") and not rest and not end):
            return False
        if rest:
            if not _TEXT_AFTER.match(rest) or _CITES.match(rest):
                return False
            expected = self._law.inner if self._law.host else self._law.last
            return ordinal.follows(expected) and (marks.terminal(before) or _is_capitals(before))
        after = self._after(i)
        if after[:1].islower() or after[:1] in ",;":
            return (
                marks.terminal(before) and end != "." and not after.startswith(("dan ", "ayat ", "yang ", "berbunyi"))
            )
        return True

    def _in_order(self, i: int, ordinal: Ordinal) -> bool:
        last = self._law.last
        if ordinal.follows(last):
            self._seen = ordinal
            return True
        if self._law.n_pasal == 0:
            return ordinal.number <= 2
        late = ordinal.number - last.number
        if self._zone is _Zone.BODY and not self._law.host and marks.terminal(self._before(i)):
            # One step back is a numbering that begins anew; many are lines in the wrong order.
            self._n_backwards += ordinal.number < self._seen.number
            self._seen = ordinal
        return 1 < late <= _FURTHEST_GAP and (marks.terminal(self._before(i)) or _is_capitals(self._before(i)))

    def _roman_pasal(self, i: int, value: int, name: str, rest: str) -> bool:
        """Open Pasal I, II of an amending regulation."""
        if value != self._law.roman + 1 or (value == 1 and self._law.n_pasal) or marks.dangling(self._before(i)):
            return False
        if rest and not _TEXT_AFTER.match(rest):
            return False
        self._law.roman = value
        self._open_pasal(i, name, None)
        return True

    def _open_pasal(self, i: int, name: str, ordinal: Ordinal | None) -> None:
        self._enter_body(i)
        self._end_lists()
        self.tree.close(i, SectionKind.PASAL)
        law = self._law
        law.host, law.point, law.inner, law.announced = 0, Ordinal(0), Ordinal(0), frozenset()
        if ordinal is not None:
            law.last = ordinal
        law.n_pasal += 1
        self.tree.open(SectionKind.PASAL, f"{law.label} {name}", f"{law.prefix}pasal-{name.lower()}", i)
        self._head_pasal(i)
        if ordinal is None:
            law.host = self.tree.depth

    def _is_inner(self, ordinal: Ordinal) -> bool:
        """Whether a Pasal inside an amending Pasal is the amended text, and not what comes after it."""
        law = self._law
        if str(ordinal) in law.announced or law.roman:
            return True
        return law.point.number > 0 and not ordinal.follows(law.last)

    def _open_inner(self, i: int, ordinal: Ordinal) -> None:
        self._end_lists()
        chain = self.tree.chain()
        depth = next(
            (d for d, node in enumerate(chain) if d >= self._law.host and node.kind is SectionKind.PASAL), None
        )
        if depth is not None:
            self.tree.close_to(depth, i)
        holder = self.tree.inside(SectionKind.AMENDMENT) or chain[self._law.host - 1]
        self.tree.open(
            SectionKind.PASAL, f"{self._law.label} {ordinal}", f"{holder.path}/pasal-{str(ordinal).lower()}", i
        )
        self._law.inner = ordinal
        self._head_pasal(i)

    def _head_pasal(self, i: int) -> None:
        if len(self._lines[i].text) < _MAX_HEADED:
            self._headed = i

    def _pasal_explained(self, i: int, text: str, match: re.Match[str]) -> bool:
        rest = text[match.end() :]
        together = re.match(
            r"(?:dan|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|-|,)\s*(?:Pasal\s*)?(\d{1,3}[A-Z]?|[IVX]{1,5})\s*[.:]?\s*",
            rest,
        )
        if together:
            rest = rest[together.end() :]
        if (rest and not (_TEXT_AFTER.match(rest) or rest.lower().startswith("cukup"))) or _CITES.match(rest):
            return False
        if marks.dangling(self._before(i)) or (not self._by_article and (rest or not marks.terminal(self._before(i)))):
            return False
        is_roman = marks.roman(match["n"])
        ordinal = self._ordinal(match) if not (is_roman and is_roman == self._law.roman + 1) else None
        point = self.tree.inside(SectionKind.AMENDMENT)
        if is_roman and ordinal is None:
            self._law.roman = is_roman
            self._open_pasal(i, match["n"], None)
            return True
        if ordinal is None:
            return False
        if point is not None:
            self._open_inner(i, ordinal)
            return True
        late = ordinal.number - self._law.last.number
        if not ordinal.follows(self._law.last) and not (
            0 < late <= 4 * _FURTHEST_GAP and (not rest or marks.terminal(self._before(i)))
        ):
            return False
        shown = f"{ordinal} s.d. {together[1]}" if together and not rest.startswith("dan") else str(ordinal)
        self._open_pasal(i, str(ordinal), ordinal)
        self.tree.innermost.label = f"{self._law.label} {shown}"
        if together and together[1].isdigit():
            self._law.last = Ordinal(int(together[1]))
        return True

    def _labelled(self, i: int, text: str) -> bool:
        """Open "Ayat (1)", "Huruf a", "Angka 3" of a Penjelasan."""
        match = marks.LABELLED.match(text)
        pasal = self.tree.inside(SectionKind.PASAL)
        if match is None or pasal is None or marks.dangling(self._before(i)):
            return False
        rest = text[match.end() :]
        if rest and not (_TEXT_AFTER.match(rest) or rest.lower().startswith("cukup")):
            return False
        what, number = match["what"], match["n"]
        if (what == "Angka" and pasal.path.endswith(("pasal-i", "pasal-ii"))) or (
            what == "Angka" and self._law.roman and self._law.host
        ):
            self._explained_point(i, number)
            return True
        style = {"Ayat": Style.AYAT, "Huruf": Style.HURUF}.get(what, Style.ANGKA)
        digits = re.match(r"\d+", number)
        if (style is Style.HURUF) == bool(digits):
            return False
        ordinal = Ordinal(int(digits[0]), number[digits.end() :]) if digits else marks.letter(number)
        self._lists.open(i, style, ordinal, ends_others=style is Style.HURUF)
        return True

    def _explained_point(self, i: int, number: str) -> None:
        self._end_lists()
        self.tree.close_to(self._law.host, i)
        host = self.tree.innermost
        self.tree.open(SectionKind.AMENDMENT, f"{host.label} angka {number}", f"{host.path}/angka-{number}", i)
        self._law.inner = Ordinal(0)

    # Lists

    def _item(self, i: int, found: Item) -> bool:
        if self._zone is _Zone.CLOSING or (self._zone is _Zone.EXPLANATION and found.style is not Style.AYAT):
            return False
        if self._law.host and found.style is Style.ANGKA and self._point(i, found.readings[0]):
            return True
        holder = self.tree.inside(
            SectionKind.PASAL,
            SectionKind.CONSIDERING,
            SectionKind.RECALLING,
            SectionKind.AMENDMENT,
            SectionKind.ATTACHMENT,
        )
        if holder is None or holder.kind is SectionKind.ATTACHMENT or not found.readings:
            return False
        if self._hosts(holder) and found.style is Style.ANGKA and found.readings[0] == Ordinal(1) and self._amends(i):
            self._law.host = self.tree.depth
            return self._point(i, found.readings[0])
        if holder.kind is SectionKind.AMENDMENT:
            return False
        return self._lists.take(i, found, self._before(i))

    def _hosts(self, holder: Node) -> bool:
        return holder.kind is SectionKind.PASAL and not self._law.point.number and not self._lists.are_open

    # Amending points

    def _point(self, i: int, ordinal: Ordinal) -> bool:
        law = self._law
        late = ordinal.number - law.point.number
        if not (ordinal.follows(law.point) or 0 < late <= 3) or not self._amends(i):
            return False
        self._end_lists()
        self.tree.close_to(law.host, i)
        host = self.tree.innermost
        self.tree.open(SectionKind.AMENDMENT, f"{host.label} angka {ordinal}", f"{host.path}/angka-{ordinal}", i)
        law.point, law.inner = ordinal, Ordinal(0)
        law.announced = frozenset(re.findall(r"Pasal\s+(\d{1,3}[A-Z]{0,2})", self._sentence(i)))
        return True

    def _amends(self, i: int) -> bool:
        """Whether the item on line `i` changes another regulation."""
        sentence = self._sentence(i)
        begin = re.sub(r"^\S{1,5}\s*", "", sentence, count=1)
        return bool(_AMENDS.match(begin) and _AMENDING_VERB.search(begin))

    def _sentence(self, i: int) -> str:
        """The words of an item up to the end of its first sentence, eight lines at most."""
        texts: list[str] = []
        for line in self._lines[i : i + 8]:
            texts.append(line.text[:400])
            if line.text[-1] in ".:;" and len(line.text) > 4:
                break
        return " ".join(texts)

    # Where we stand

    def _before(self, i: int) -> str:
        """The end of the line before, or a full stop where that line is a heading and ends nothing."""
        if i == 0 or self._title_left or self._headed == i - 1:
            return "."
        return self._lines[i - 1].text[-40:]

    def _after(self, i: int) -> str:
        return self._lines[i + 1].text[:40] if i + 1 < len(self._lines) else ""

    def _end_lists(self) -> None:
        self._lists.end()
        self._title_left = 0

    def _enter_body(self, i: int) -> None:
        self.tree.close(i, *_FRONT)
        if self._zone is _Zone.FRONT:
            self._zone = _Zone.BODY

    def _end_body(self, i: int) -> None:
        self._end_lists()
        if self._zone is _Zone.ATTACHMENT:
            self.tree.close(i, *_FRONT, SectionKind.CLOSING, *_CONTAINERS, SectionKind.PASAL)
        else:
            self.tree.close_to(1, i)
        self._law.host = 0


def _is_capitals(text: str) -> bool:
    """Whether a line is written in capitals, a few misread letters aside."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.7 * len(letters)


def _to_roman(value: int) -> str:
    parts = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for worth, letters in parts:
        while value >= worth:
            text, value = text + letters, value - worth
    return text
