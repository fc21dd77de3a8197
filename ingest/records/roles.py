"""What the headings, labels and column heads of reports and minutes stand for."""

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path


class Role(StrEnum):
    """What a heading, a label or the head of a column announces."""

    NUMBER = "nomor"
    TITLE = "judul"
    REGION = "daerah"
    OFFICE = "instansi"
    DATE = "tanggal"
    TIME = "pukul"
    PLACE = "tempat"
    WHEN = "waktu-dan-tempat"
    DELEGATION = "peserta"
    PURPOSE = "tujuan"
    BASIS = "dasar"
    FINDINGS = "temuan"
    PRACTICE = "praktik"
    HOW = "uraian"
    FACTOR = "faktor"
    OBSTACLE = "kendala"
    RESULT = "hasil"
    EVIDENCE = "bukti"
    COST = "biaya"
    LEGAL = "dasar-hukum"
    CONDITIONS = "syarat"
    THEME = "tema"
    RECOMMENDATION = "rekomendasi"
    CHAIR = "pimpinan"
    SECRETARY = "notulis"
    AGENDA = "agenda"
    DISCUSSION = "pembahasan"
    DECISION = "keputusan"
    FOLLOW_UP = "tindak-lanjut"
    TASK = "tugas"
    PERSON = "penanggung-jawab"
    DUE = "tenggat"
    STATE = "keadaan"
    CLOSING = "penutup"


_OWED = {Role.HOW: Role.TASK, Role.TITLE: Role.TASK, Role.CONDITIONS: Role.STATE}
"""Where follow-ups are told, a column named "uraian" or "kegiatan" holds the task, one named "catatan" its state."""

_NUMBERING = re.compile(
    r"bab\s+[ivxlc\d]{1,6}\b[\s.:–—-]*|(?:\(?(?:[ivxlc]{1,6}|\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]\s*)?", re.I
)


def _tables() -> dict[str, list[tuple[Role, re.Pattern[str]]]]:
    """The patterns of `roles.txt` by the name of their table."""
    names: dict[str, str] = {}
    tables: dict[str, list[tuple[Role, re.Pattern[str]]]] = {}
    table = ""
    for line in (Path(__file__).parent / "roles.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            table = line.strip("[]")
        elif line and not line.startswith("#"):
            role, _, pattern = line.partition(" ")
            if table == "names":
                names[role] = pattern
                continue
            for name, meant in names.items():
                pattern = pattern.replace(f"{{{name}}}", meant)
            tables.setdefault(table, []).append((Role(role), re.compile(pattern)))
    return tables


_TABLES = _tables()


def heading_role(heading: str) -> Role | None:
    """What a heading announces; None where it is only the title of what stands under it."""
    return _find(_TABLES["heading"], _bare(_NUMBERING.sub("", heading.strip(), count=1)))


def label_role(label: str) -> Role | None:
    """What a label such as "Hari/Tanggal" announces, None for words that are none."""
    return _find(_TABLES["label"], _bare(_NUMBERING.sub("", label.strip(), count=1)))


def column_role(head: str, *, is_owed: bool) -> Role | None:
    """What a column holds. is_owed: whether the table stands where follow-ups are told."""
    found = _find(_TABLES["column"], _bare(head))
    return _OWED.get(found, found) if is_owed and found is not None else found


def _bare(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .:;-")


def _find(patterns: Sequence[tuple[Role, re.Pattern[str]]], words: str) -> Role | None:
    return next((role for role, pattern in patterns if pattern.fullmatch(words)), None)
