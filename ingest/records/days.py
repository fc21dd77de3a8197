"""Days and stretches of days, as Indonesian reports and minutes write them."""

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari pebruari feb",
            "maret mar",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "agustus agt agu ags",
            "september sept sep",
            "oktober okt",
            "november nopember nov",
            "desember des",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)"
_TO = r"\s*(?:s\.?\s?/?\s?d\.?|sampai\s+dengan|sampai|hingga|dan|[-–—])\s*"
_DAY = r"\d{1,2}"
_YEAR = r"(?:19|20)\d\d"
_WEEKDAYS = rf"(?:{_WEEKDAY}(?:(?:{_TO}|\s*,\s*){_WEEKDAY})*\s*[,/]?\s*(?:tanggal\s+)?)?"
_FORMS = (
    rf"(?P<d1>{_DAY})\s+(?P<m1>{_MONTH})(?:\s+(?P<y1>{_YEAR}))?{_TO}{_WEEKDAYS}(?P<d2>{_DAY})\s+(?P<m2>{_MONTH})\s+(?P<y2>{_YEAR})",
    rf"(?P<d3>{_DAY})(?:\s*,\s*{_DAY})*(?:,?{_TO}(?P<d4>{_DAY}))?\s+(?P<m3>{_MONTH})\s+(?P<y3>{_YEAR})",
    rf"(?P<d5>{_DAY})\s?(?P<sep>[/.-])\s?(?P<m5>\d{{1,2}})\s?(?P=sep)\s?(?P<y5>{_YEAR})",
    rf"(?P<y6>{_YEAR})-(?P<m6>\d\d)-(?P<d6>\d\d)",
    rf"(?P<part>triwulan|semester|tw\.?)\s+(?P<n>IV|I{{1,3}}|[1-4])(?:\s+tahun)?\s+(?P<y7>{_YEAR})",
    rf"(?P<edge>awal|pertengahan|akhir)?\s*(?P<m8>{_MONTH})\s+(?P<y8>{_YEAR})",
)
_DATE = re.compile(rf"(?<![\w/]){_WEEKDAYS}(?:{'|'.join(f'(?:{form})' for form in _FORMS)})(?!\w)", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Days:
    """A day or days named at `text[start:end]`, from `first` to `last`."""

    start: int
    end: int
    first: datetime.date
    last: datetime.date

    @property
    def value(self) -> str:
        """The days as a field's value: "2024-05-06" or "2024-05-06/2024-05-08"."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return first if first == last else f"{first}/{last}"


def find_days(text: str) -> Iterator[Days]:
    """Every day or stretch of days that `text` names; one that no calendar has is left out."""
    for found in _DATE.finditer(text):
        try:
            first, last = _days(found)
        except ValueError:
            continue
        if first <= last:
            yield Days(found.start() + len(found[0]) - len(found[0].lstrip()), found.end(), first, last)


def due_value(text: str) -> str:
    """The last day that a deadline names, "" where it names none or several apart."""
    found = list(find_days(text))
    return found[-1].last.isoformat() if len(found) == 1 else ""


def days_value(text: str) -> str:
    """The stretch from the first to the last day named, "" where none is."""
    found = list(find_days(text))
    if not found:
        return ""
    first, last = min(each.first for each in found), max(each.last for each in found)
    return Days(0, 0, first, last).value


def _days(found: re.Match[str]) -> tuple[datetime.date, datetime.date]:
    if found["d1"]:
        if found["y1"] and re.search(r"\bdan\b", found[0], re.IGNORECASE):
            raise ValueError("expected one stretch, got two days apart")
        year = int(found["y2"])
        first = datetime.date(int(found["y1"] or year), _month(found["m1"]), int(found["d1"]))
        return first, datetime.date(year, _month(found["m2"]), int(found["d2"]))
    if found["d3"]:
        month, year = _month(found["m3"]), int(found["y3"])
        return datetime.date(year, month, int(found["d3"])), datetime.date(year, month, int(found["d4"] or found["d3"]))
    if found["d5"] or found["d6"]:
        n = "5" if found["d5"] else "6"
        day = datetime.date(int(found[f"y{n}"]), int(found[f"m{n}"]), int(found[f"d{n}"]))
        return day, day
    if found["part"]:
        n_months = 6 if found["part"].casefold() == "semester" else 3
        nth = _ROMAN.get(found["n"].casefold()) or int(found["n"])
        return _months(int(found["y7"]), (nth - 1) * n_months + 1, nth * n_months)
    month, year = _month(found["m8"]), int(found["y8"])
    first, last = _months(year, month, month)
    edge = (found["edge"] or "").casefold()
    return first, last.replace(day={"awal": 10, "pertengahan": 20}.get(edge, last.day))


def _months(year: int, first: int, last: int) -> tuple[datetime.date, datetime.date]:
    if not 1 <= first <= last <= 12:
        raise ValueError(f"expected months of a year, got {first} to {last}")
    return datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1])


def _month(name: str) -> int:
    return _MONTHS[name.casefold().rstrip(".")]
