"""How texts name the provisions of a regulation, "Pasal 5 ayat (1), Pasal 20, dan Pasal 21", as one grammar.

Texts are given on one line (line breaks as blanks), so that positions are the caller's own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LEVELS = ("pasal", "ayat", "huruf", "angka")
# "Pasal 28 B" and "Pasal 107 a" are numbers; "Pasal 7 di atas", "Pasal 7 UU", "Pasal 5 s/d" and "Pasal 19 a. Anak" not
_LETTERS = r"(?:(?:(?-i:\s[A-Z])|[A-Z]{1,2})(?!\w)|(?-i:\s[a-z])(?![\w./):]))"
_UNIT = re.compile(
    rf"(?P<pasal>pasal(?:-pasal)?\s*(?P<pasal_n>\d{{1,4}}{_LETTERS}?|\d{{1,4}}(?=[a-z]\b)|[IVX]{{1,5}}\b))"
    r"|(?P<ayat>ayat(?:-ayat)?\s*(?:\(\s?(?P<ayat_n>\d{1,2}[a-z]?)\s?\)|\(\s?(?P<ayat_misread>\d{1,2})[1lI|\]}](?!\w|\))"
    r"|(?P<ayat_bare>\d{1,2}[a-z]?)(?!\w)))"
    r"|(?P<huruf>(?:huruf|sub)\s+(?P<huruf_n>[a-z]{1,2}\d?)\)?(?!\w))"
    r"|(?P<angka>(?:angka|butir)\s+(?P<angka_n>\d{1,3}[a-z]?)\)?(?!\w))",
    re.I,
)
_BARE = {
    "pasal": re.compile(
        r"(?P<n>\d{1,4}(?:(?:\s[A-Z]|[A-Z]{1,2})(?!\w))?)"
        r"(?!\w|\s*\(|[.,]\d|\s(?:tahun|hari|bulan|orang|kali|jam|persen)\b)"
    ),
    "ayat": re.compile(r"\(\s?(?P<n>\d{1,2}[a-z]?)\s?\)"),
    "huruf": re.compile(r"(?P<n>[a-z]{1,2})(?=\s*(?:,|;|\.|dan\b|atau\b|ayat\b|Pasal\b|$|di))", re.I),
    "angka": re.compile(r"(?P<n>\d{1,3}[a-z]?)\)?(?!\w|\s*\(|[.,]\d)"),
}
_JOIN = re.compile(
    r"\s*(?:(?P<to>sampai\s+dengan|s\.?\s?/?\s?d\.?(?=\s)|hingga)\s*|(?P<sep>[,;]\s*(?:dan/atau|dan|atau|serta|maupun)?|\b(?:dan/atau|dan|atau|serta"
    r"|maupun|jo\.?|juncto))\s*|(?P<gap>))\s*",
    re.I,
)
_MAX_RANGE = 200
_TYPED = (
    (re.compile(r"(?<!\w)psl?\.?\s*(?=\d)", re.I), "pasal "),
    (re.compile(r"(?<!\w)ay\.?\s*(?=\(?\d)", re.I), "ayat "),
    (re.compile(r"(?<!\w)hrf\.?\s*(?=[a-z]\b)", re.I), "huruf "),
)
"""What people type, "ps", "ay" and "hrf", and what texts write for it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One provision named in a text, `text[start:end]`, its numbers as in addresses.

    None is what it leaves to its surroundings.
    """

    start: int
    end: int
    pasal: str | None
    ayat: str | None = None
    huruf: str | None = None
    angka: str | None = None

    def address(self, pasal: str = "", ayat: str = "") -> str:
        """Its address; what it leaves open is taken from the given Pasal and ayat. "" where no Pasal is known."""
        whole = self.pasal or pasal
        if not whole:
            return ""
        levels = [f"pasal-{whole}"]
        within = self.ayat or (ayat if self.pasal is None and (self.huruf or self.angka) else "")
        for name, value in (("ayat", within), ("huruf", self.huruf), ("angka", self.angka)):
            if value:
                levels.append(f"{name}-{value}")
        return "/".join(levels)


@dataclass(frozen=True, slots=True)
class Provisions:
    """Provisions named one after another, "Pasal 5 ayat (1), Pasal 20, dan Pasal 21": `text[start:end]`."""

    start: int
    end: int
    parts: tuple[Part, ...]


def provisions(text: str, start: int = 0, end: int | None = None) -> Iterator[Provisions]:
    """The provisions that `text[start:end]` names, each run of them as one."""
    stop = len(text) if end is None else end
    position = start
    while match := _UNIT.search(text, position, stop):
        before = text[match.start() - 1] if match.start() else " "
        # "KetentuanPasal 81", where a file has lost the blank, is one all the same
        is_glued = before.islower() and match[0][0] == "P"
        if (before.isalnum() and not is_glued) or before == "-":
            position = match.start() + 1
            continue
        run = _run(text, match, stop)
        yield run
        position = run.end


def spelled_out(typed: str) -> str:
    """What people type of provisions, "ps 7 ay 2", as texts write it, "pasal 7 ayat 2", for `provisions`."""
    text = " ".join(typed.split())
    for pattern, words in _TYPED:
        text = pattern.sub(words, text)
    return text


@dataclass(slots=True)
class _Token:
    level: int
    value: str
    start: int
    end: int
    is_range_end: bool = False
    is_joined: bool = False


def _run(text: str, first: re.Match[str], stop: int) -> Provisions:
    tokens = [_token(first)]
    position = first.end()
    while True:
        join = _JOIN.match(text, position, stop)
        assert join is not None
        unit = _UNIT.match(text, join.end(), stop)
        token = None
        if unit and (join["gap"] is None or join.end() > position or text[position - 1] == ")"):
            token = _token(unit)
        elif join["to"] or join["sep"]:
            level = _LEVELS[tokens[-1].level]
            bare = _BARE[level].match(text, join.end(), stop)
            if bare:
                token = _Token(tokens[-1].level, _value(bare["n"]), bare.start(), bare.end())
        if token is None:
            return Provisions(first.start(), tokens[-1].end, tuple(_parts(tokens)))
        token.is_range_end = bool(join["to"])
        token.is_joined = bool(join["to"] or join["sep"])
        tokens.append(token)
        position = token.end


def _token(match: re.Match[str]) -> _Token:
    name = next(level for level in _LEVELS if match[level] is not None)
    number: str = match[f"{name}_n"] or match["ayat_misread"] or match["ayat_bare"]
    return _Token(_LEVELS.index(name), _value(number), match.start(), match.end())


def _value(written: str) -> str:
    return re.sub(r"\s", "", written).lower()


def _parts(tokens: Sequence[_Token]) -> Iterator[Part]:
    """The tokens as provisions: each token that goes deeper than the one before refines it, others begin anew."""
    groups: list[tuple[list[_Token], bool]] = []
    for token in tokens:
        last = groups[-1][0] if groups else None
        if last is not None and token.level > last[-1].level and not token.is_joined:
            last.append(token)
        else:
            groups.append(([token], token.is_range_end))
    # "ayat (1) huruf b dan ayat (3) Pasal 8": the Pasal comes last
    is_reversed = tokens[0].level > 0 and any(token.level == 0 and not token.is_joined for token in tokens)
    done: list[dict[int, str]] = []
    places: list[tuple[int, int]] = []
    waiting: list[int] = []
    context: dict[int, str] = {}
    for group, is_range_end in groups:
        head = group[0]
        if is_reversed and head.level == 0 and waiting and not head.is_joined:
            for i in waiting:
                done[i] = {0: head.value, **done[i]}
                places[i] = (places[i][0], max(places[i][1], head.end) if i == waiting[-1] else places[i][1])
            waiting = []
            context = {0: head.value}
            rest = group[1:]
            if rest:
                done.append({0: head.value, **{token.level: token.value for token in rest}})
                places.append((head.start, rest[-1].end))
            continue
        above = {level: value for level, value in context.items() if level < head.level}
        if is_reversed:
            above.pop(0, None)
        if is_range_end and done:
            for between in _between(done[-1].get(head.level), head):
                done.append({**above, head.level: between})
                places.append((head.start, head.end))
        levels = {**above, **{token.level: token.value for token in group}}
        done.append(levels)
        places.append((head.start, group[-1].end))
        if is_reversed and 0 not in levels:
            waiting.append(len(done) - 1)
        context = levels
    for levels, (start, end) in zip(done, places, strict=True):
        yield Part(start, end, levels.get(0), levels.get(1), levels.get(2), levels.get(3))


def _between(first: str | None, last: _Token) -> Iterator[str]:
    """What stands between the two ends of a range, the ends left out."""
    if first is None:
        return
    if first.isdigit() and last.value.isdigit() and 0 < int(last.value) - int(first) <= _MAX_RANGE:
        yield from (str(n) for n in range(int(first) + 1, int(last.value)))
    elif len(first) == len(last.value) == 1 and first.isalpha() and last.value.isalpha():
        yield from (chr(n) for n in range(ord(first) + 1, ord(last.value)))
