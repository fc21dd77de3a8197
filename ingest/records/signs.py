"""What words give away: how a result is known, how far a task is, its theme, the regulations it names."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.records.quotes import Quote, Sheets
from kb.records import ABSENT, Evidence, Field, State, Theme

_PLANNED = re.compile(
    r"\b(?:akan|direncanakan|rencananya|berencana|ditargetkan|menargetkan|diharapkan|merencanakan)\b", re.I
)
_MEASURED = re.compile(
    r"\b(?:naik|turun|meningkat|menurun|berkurang|bertambah|melonjak|mencapai|sebanyak|rata-rata|kepuasan)\b[^.]*\d"
    r"|\bdari\s+[\d.,]+\b[^.]*\bmenjadi\s+[\d.,]+|\d\s?(?:persen|%)|\bdari\s+[\d.]+\s[^.]{1,40}\b\d|\b\d+ dari \d+\b",
    re.I,
)
_REPORTED = re.compile(
    r"\b(?:narasumber|menyampaikan|menyatakan|menurut|mengatakan|menceritakan|menjelaskan|dilaporkan|mengaku|menekankan"
    r"|menerangkan|disampaikan)\b",
    re.I,
)
_MONEY = re.compile(r"\bRp\.?\s?\d")
_SENTENCE = re.compile(r"(?<![A-Z])(?<!\bNo)(?<!\bKab)(?<!\bKec)(?<!\bJl)(?<!\bTgl)[.!?](?=\s+[A-Z\"“(]|$)")
_DONE = re.compile(r"\b(?:selesai|sudah|telah|tuntas|terlaksana|100\s?%(?!\d))", re.I)
_NOT_YET = re.compile(r"\bbelum\b|\bnihil\b", re.I)
_RUNNING = re.compile(
    r"\b(?:proses|berjalan|sedang|berlangsung|on ?progress|progress|sebagian|dikerjakan|dilanjutkan)\b", re.I
)
_EMPTY = re.compile(r"[\s.\-–—…_/]*")


def _theme_words() -> tuple[tuple[Theme, re.Pattern[str]], ...]:
    words: dict[Theme, list[str]] = {}
    for line in (Path(__file__).parent / "themes.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            theme, _, patterns = line.partition(" ")
            words.setdefault(Theme(theme), []).append(patterns)
    return tuple((theme, re.compile(rf"\b(?:{'|'.join(own)})\b", re.I)) for theme, own in words.items())


_THEME_WORDS = _theme_words()
MOST_THEMES = 2

_MENTION = re.compile(
    r"(?:Pasal\s+\d+[A-Z]?(?:\s+ayat\s+\(\d+[a-z]?\))?(?:\s+huruf\s+[a-z])?\s+)?"
    r"\b(?:Undang-Undang|UU|Perppu|Peraturan\s+(?:Pemerintah|Presiden|Menteri|Daerah|Gubernur|Bupati|Wali\s?[Kk]ota)|PP|Perpres|Permen\w*"
    r"|Perda|Pergub|Perbup|Perwali?|Keputusan\s+(?:Bupati|Wali\s?[Kk]ota|Gubernur|Kepala)|Surat\s+Edaran|SK|SE)\b"
    r"(?:\s+(?!Nomor|No\b)[\w-]+){0,7}?\s+(?:(?:Nomor|No\.?)\s*)?\d{1,4}\s*(?:/|\s+Tahun\s+)\s*(?:19|20)\d\d"
)


def sentences(sheets: Sheets, quote: Quote) -> Iterator[Quote]:
    """The sentences of a quote, in order."""
    start = 0
    for end in [*(found.end() for found in _SENTENCE.finditer(quote.text)), len(quote.text)]:
        said = sheets.part(quote, start, end)
        if said:
            yield said
        start = end


def outcome(sheets: Sheets, body: Sequence[Quote]) -> Quote | None:
    """The first sentence of a finding's text that counts something that came of it."""
    return next((one for quote in body for one in sentences(sheets, quote) if _MEASURED.search(one.text)), None)


def cost(sheets: Sheets, body: Sequence[Quote]) -> Quote | None:
    """The first sentence that names an amount of money."""
    return next((one for quote in body for one in sentences(sheets, quote) if _MONEY.search(one.text)), None)


def evidence(sheets: Sheets, result: Quote | None, body: Sequence[Quote]) -> Field:
    """How the result is known, with the sentence that shows it; absent where nothing does."""
    for said in [result] if result else [one for quote in body for one in sentences(sheets, quote)]:
        grade = _grade(said.text)
        if grade is not None:
            return sheets.field(said, grade)
    return ABSENT


def _grade(text: str) -> Evidence | None:
    if _PLANNED.search(text):
        return Evidence.PLANNED
    if _MEASURED.search(text):
        return Evidence.MEASURED
    return Evidence.REPORTED if _REPORTED.search(text) else None


def state(text: str) -> State | None:
    """How far a task is, None where the words do not say it."""
    if _NOT_YET.search(text):
        return State.OPEN
    if _RUNNING.search(text):
        return State.RUNNING
    return State.DONE if _DONE.search(text) else None


def themes(sheets: Sheets, quotes: Sequence[Quote]) -> Field:
    """What a finding is about, at most two themes, with the first word that shows each."""
    found: list[tuple[int, Theme, Quote]] = []
    for theme, words in _THEME_WORDS:
        hits = [(quote, match) for quote in quotes for match in words.finditer(quote.text)]
        if hits:
            quote, match = hits[0]
            # What names the finding counts more than what tells of it.
            weight = sum(3 if each is quotes[0] else 1 for each, _ in hits)
            found.append((weight, theme, sheets.part(quote, match.start(), match.end())))
    best = sorted(found, key=lambda each: -each[0])[:MOST_THEMES]
    if len(best) == MOST_THEMES and best[1][0] < best[0][0] / 2:
        best = best[:1]
    return sheets.together([quote for _, _, quote in best], ",".join(theme for _, theme, _ in best))


def regulations(sheets: Sheets, quote: Quote) -> Iterator[Quote]:
    """The regulations and provisions that a quote names by number and year."""
    for found in _MENTION.finditer(quote.text):
        yield sheets.part(quote, found.start(), found.end())


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: blank, or a dash."""
    return _EMPTY.fullmatch(text) is not None
