"""What people type for a fact of a record: tidied, masked, and the value that follows from it."""

from collections.abc import Callable, Mapping

from ingest.identity.guard import mask_by_rules
from ingest.records.days import days_value, due_value
from kb.errors import QueryRefusedError, Text
from kb.records import CHOICES, DATES

MAX_TYPED = 4_000
"""Characters of a correction."""

_DERIVED: Mapping[str, Callable[[str], str]] = {"date": days_value, "due": due_value}


def tidy(text: str) -> str:
    """What was typed without control characters and blanks at the ends of lines, at most `MAX_TYPED` characters."""
    kept = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()[:MAX_TYPED]


def masked(text: str) -> str:
    """What was typed, with what identifies people masked as in a document."""
    return "\n".join(mask_by_rules(line) for line in text.split("\n"))


def value_of(name: str, text: str) -> str:
    """The value that follows from a text typed for the field `name`, "" where none does. Raises QueryRefusedError."""
    if name in DATES:
        return _DERIVED[name](text)
    if name not in CHOICES:
        return ""
    known = {member.value for member in CHOICES[name]}
    chosen = [one.strip() for one in text.split(",") if one.strip()]
    if not set(chosen) <= known or (len(chosen) > 1 and name != "theme"):
        raise not_taken(name, text)
    return ",".join(chosen)


def not_taken(name: str, text: str) -> QueryRefusedError:
    """The error of a text that the field `name` cannot hold, or of a field that there is not."""
    shown = text[:40]
    return QueryRefusedError(
        name,
        Text(f"isian {shown!r} tidak dapat dipakai di sini", f"{shown!r} cannot be used here"),
        Text("pilih dari daftar yang ada", "choose from the list"),
    )
