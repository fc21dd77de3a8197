"""From which day a regulation is in force, as it says itself."""

import datetime
import re

from ingest.relations_body import Body, own_parts
from ingest.titlepage import dates
from kb.legal import Start, StartRule
from kb.sections import SectionKind

_STARTS = re.compile(
    r"\b(?:Undang\s?-\s?undang|Peraturan|Keputusan|Qanun)\b[^.;:]{0,80}?\bini\b,?\s*(?:dinyatakan\s+)?(?:mulai\s+)?berlaku\s+"
    r"(?:efektif\s+)?(?P<when>(?:pada|sejak|setelah|terhitung|mulai|sesudah|\d)[^.;]{0,160})",
    re.I,
)
_LATER = re.compile(
    r"(?P<n>\d{1,3})\s*\([^)]{1,40}\)\s*(?P<unit>hari|bulan|tahun)\s+(?:\w+\s+){0,3}?(?:terhitung\s+)?(?:sejak|setelah|sesudah)",
    re.I,
)
_SINCE = re.compile(r"diundangkan|pengundangan|ditetapkan|penetapan|disahkan|pengesahan", re.I)
_PROMULGATED = re.compile(r"\bDiundangkan\s+(?:di\s+)?[^.;]{0,60}?\bpada\s+tanggal\b", re.I)


def read_start(body: Body, when: datetime.date | None) -> Start | None:
    """The day from which it is in force; None where it does not say.

    when: the day of its promulgation, where that is known.
    """
    text = body.flat.text
    found = None
    for section in own_parts(body.sections):
        if section.kind is SectionKind.PASAL or section.kind is SectionKind.ROOT:
            start, end = body.flat.extent(section)
            if section.kind is SectionKind.ROOT:
                if any(s.kind is SectionKind.PASAL for s in body.sections):
                    continue
                explained = re.search(r"\bPENJELASAN\b", text)
                end = explained.start() if explained else end
            for match in _STARTS.finditer(text, start, end):
                found = match
    if found is None:
        return None
    said = found["when"]
    spans = body.flat.spans(found.start(), found.start("when") + len(said.rstrip()))
    days = tuple(dates(said))
    if days and not re.search(r"\bsurut\b.*", said[: said.find(str(days[0].year))], re.I):
        return Start(StartRule.DAY, days[0], spans)
    since = _SINCE.search(said)
    if since is None:
        return Start(StartRule.DAY, None, spans)
    is_promulgated = since[0].casefold() in ("diundangkan", "pengundangan")
    rule = StartRule.PROMULGATED if is_promulgated else StartRule.ENACTED
    day = when if is_promulgated else body.metadata.date
    later = _LATER.search(said)
    if later and day is not None:
        day = _after(day, int(later["n"]), later["unit"].casefold())
    return Start(rule, day, spans)


def promulgated(body: Body) -> datetime.date | None:
    """The day of its promulgation, "Diundangkan di Jakarta pada tanggal 17 Oktober 2014"."""
    for match in _PROMULGATED.finditer(body.flat.text):
        return next(dates(body.flat.text[match.end() : match.end() + 60]), None)
    return None


def _after(day: datetime.date, n: int, unit: str) -> datetime.date:
    """The day `n` days, months or years after `day`; the last of a month that is shorter."""
    if unit == "hari":
        return day + datetime.timedelta(days=n)
    months = day.month - 1 + (12 * n if unit == "tahun" else n)
    year, month = day.year + months // 12, months % 12 + 1
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return datetime.date(year, month, min(day.day, (following - datetime.timedelta(days=1)).day))
