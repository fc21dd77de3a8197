"""A source text as the blocks that every format is drawn from: one paragraph a line, marked by how it begins."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MARK = "CONTOH — dokumen fiktif untuk Acuan"
"""The words that stand in every example document."""

NOTICE = "Seluruh isi, nomor, tanggal, dan angka dikarang untuk contoh; bukan dokumen resmi dan bukan hukum."
"""The sentence under the mark."""


class Role(StrEnum):
    """What a line of the source is."""

    CENTRED = "^"
    TITLE = "^^"
    BAB = "BAB"
    BAGIAN = "Bagian"
    PASAL = "Pasal"
    HEADING = "#"
    SUBHEADING = "##"
    ITEM = "item"
    PREAMBLE = "Menimbang"
    TABLE = "|"
    SIGNATURE = ">"
    ATTACHED = ">>"
    EXPLAINED = "Penjelasan"
    BREAK = "---"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """One thing on the page.

    label: the number of an item or the caption of a preamble; the first line of a heading of two lines.
    depth: of an item or an explanation, from 0; an explanation's label is empty where it names a provision.
    rows: of a table or a preamble. widths: shares of a table's columns.
    """

    role: Role
    text: str = ""
    label: str = ""
    depth: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Naskah:
    """A source text: the facts of its first lines, and its blocks in order."""

    facts: dict[str, str]
    blocks: tuple[Block, ...]


ITEM = re.compile(r"(\(\d+[a-z]?\)|\d+\.|[a-z]\.|\d+\)|[a-z]\)|-) +(.*)")
TWO_LINES = re.compile(r"((?:BAB [IVXLC]+)|(?:Bagian Ke\w+(?: \w+)?)|(?:Paragraf \d+)) — (.+)")
PASAL = re.compile(r"Pasal (?:\d+[A-Z]?|[IVX]+)")
PREAMBLE = re.compile(r"(Menimbang|Mengingat|Memperhatikan|Menetapkan|KESATU|KEDUA|KETIGA|KEEMPAT|KELIMA):(?: (.+))?")
UNDER_PASAL = re.compile(r"Ayat \(\d+\)|Huruf [a-z]|Angka \d+")
ENDS_EXPLANATION = re.compile(r"---|TAMBAHAN LEMBARAN|[>^|#]")
AMENDS = re.compile(r"Ketentuan|Di antara|Setelah")
SHAPES = (
    (re.compile(r"\("), "(1)"),
    (re.compile(r"\d+\."), "1."),
    (re.compile(r"[a-z]\."), "a."),
    (re.compile(r"\d+\)"), "1)"),
)


def read_naskah(file: Path) -> Naskah:
    """The source in `file`: `key: value` lines, an empty line, then the blocks."""
    head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    return Naskah(facts, tuple(_blocks(body.splitlines())))


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    shapes: list[str] = []
    amending, explaining, depth = False, False, 0
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        at += 1
        if not line:
            continue
        if line.startswith("|"):
            start = at - 1
            while at < len(lines) and lines[at].startswith("|"):
                at += 1
            blocks.append(_table(lines[start:at]))
        elif found := PREAMBLE.fullmatch(line):
            rows = [("", found[2])] if found[2] else []
            while at < len(lines) and (item := ITEM.fullmatch(lines[at].strip())):
                rows.append((item[1], item[2]))
                at += 1
            blocks.append(Block(Role.PREAMBLE, label=found[1], rows=tuple(rows)))
        elif item := ITEM.fullmatch(line):
            shape = _shape(item[1])
            amends = amending and shape == "1." and AMENDS.match(item[2])
            if amends:
                shapes = []
            shapes = shapes[: shapes.index(shape) + 1] if shape in shapes else [*shapes, shape]
            within = amending and not amends
            blocks.append(Block(Role.ITEM, item[2], item[1], len(shapes) - 1 + within))
            continue
        elif explaining and not ENDS_EXPLANATION.match(line):
            depth = 0 if PASAL.fullmatch(line) else 1 if UNDER_PASAL.fullmatch(line) else depth
            is_label = bool(PASAL.fullmatch(line) or UNDER_PASAL.fullmatch(line))
            blocks.append(Block(Role.EXPLAINED, line, "" if is_label else "text", depth if is_label else depth + 1))
        else:
            blocks.append(_line(line))
            amending = line == "Pasal I" or (amending and line != "Pasal II")
            explaining = line == "# II. PASAL DEMI PASAL"
        shapes = []
    return blocks


def _shape(label: str) -> str:
    return next((shape for pattern, shape in SHAPES if pattern.match(label)), label[-1])


def _line(line: str) -> Block:
    if found := TWO_LINES.fullmatch(line):
        return Block(Role.BAB if found[1].startswith("BAB") else Role.BAGIAN, found[2], found[1])
    if PASAL.fullmatch(line):
        return Block(Role.PASAL, line)
    if line == Role.BREAK:
        return Block(Role.BREAK)
    for role in (Role.TITLE, Role.CENTRED, Role.SUBHEADING, Role.HEADING, Role.ATTACHED, Role.SIGNATURE):
        if line.startswith(f"{role} "):
            return Block(role, line.removeprefix(role).strip())
    return Block(Role.PARAGRAPH, line)


def _table(lines: list[str]) -> Block:
    widths: tuple[float, ...] = ()
    if lines[0].startswith("|:"):
        widths = tuple(float(share) for share in lines[0][2:].split())
        lines = lines[1:]
    rows = tuple(tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines)
    return Block(Role.TABLE, rows=rows, widths=widths or (1.0,) * len(rows[0]))
