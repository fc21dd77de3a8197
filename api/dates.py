"""Days and hours as people write them."""

from datetime import date, datetime

from api.language import Language

_MONTHS = {
    Language.ID: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    Language.EN: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}


def day(when: datetime, language: Language) -> str:
    """The day and hour on this machine's clock: "23 Nov 2026, 16.45"."""
    local = when.astimezone()
    return f"{date_name(local, language)}, {local:%H.%M}"


def date_name(when: date, language: Language) -> str:
    """A day as it is written: "23 Nov 2026"."""
    return f"{when.day} {_MONTHS[language][when.month - 1]} {when.year}"
