"""Question files of one's own: a spreadsheet saved as CSV, or JSON lines, and what each row means."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from index.reference import read_reference
from index.search import check_query
from kb.access import LOCAL_ADMIN
from kb.errors import FileRefusedError, NotFoundError, QueryRefusedError, Text
from kb.questions import Query

BEST_GRADE = 2

COLUMNS = {
    "id": ("id",),
    "text": ("pertanyaan", "soal", "text", "question"),
    "document": ("dokumen", "berkas", "peraturan", "document", "file"),
    "pasal": ("pasal",),
    "ayat": ("ayat",),
    "pages": ("halaman", "hlm", "page", "pages"),
    "quote": ("kutipan", "quote"),
    "grade": ("nilai", "grade"),
    "kind": ("jenis", "kind"),
    "style": ("gaya", "style"),
}
"""What each column may be called; other columns are the office's own notes."""

_PAGES = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_LONGEST_RANGE = 200

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gold:
    """Where an answer stands, as far as whoever wrote the question says; empty is left open.

    document: a file name, or a regulation as it is cited. pasal: "7", "76C". grade: 2 answers, 1 helps.
    """

    document: str
    pasal: str = ""
    ayat: str = ""
    pages: tuple[int, ...] = ()
    quote: str = ""
    grade: int = BEST_GRADE


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose answer is known; without golds, one that nothing in the collection answers.

    kind, style: what whoever wrote it calls it, for a figure of its own.
    """

    id: str
    text: str
    kind: str = ""
    style: str = ""
    golds: tuple[Gold, ...] = ()


def read_questions(file: Path) -> tuple[Question, ...]:
    """The questions of a `.csv` or `.jsonl` file, in order; rows with the same id or text are one question.

    Raises NotFoundError, FileRefusedError with the line that cannot be used.
    """
    if not file.is_file():
        raise NotFoundError(
            str(file),
            Text("berkas itu tidak ada", "there is no such file"),
            Text("beri berkas soal .csv atau .jsonl", "give a question file, .csv or .jsonl"),
        )
    text = _text(file)
    rows = _json_lines(file, text) if file.suffix.lower() in (".jsonl", ".json") else _table(file, text)
    questions: dict[str, Question] = {}
    for where, row, golds in rows:
        asked = row.get("text", "").strip()
        try:
            check_query(Query(asked, LOCAL_ADMIN))
        except QueryRefusedError as cause:
            raise FileRefusedError(where, cause.what, cause.mend) from cause
        key = row.get("id", "").strip() or hashlib.sha256(asked.encode()).hexdigest()[:8]
        known = questions.get(key)
        if known is None:
            questions[key] = Question(key, asked, row.get("kind", "").strip(), row.get("style", "").strip(), golds)
        elif known.text != asked:
            raise _refused(
                where,
                f"id {key!r} sudah dipakai pertanyaan lain",
                f"the id {key!r} is another question's",
                "beri id yang lain",
                "give it another id",
            )
        else:
            questions[key] = replace(known, golds=known.golds + golds)
    if not questions:
        raise _refused(str(file), "tidak ada pertanyaan di dalamnya", "it holds no question", "isi dulu", "fill it in")
    return tuple(questions.values())


def _text(file: Path) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes as plain "CSV" on an Indonesian or English Windows.
        return content.decode("cp1252", errors="replace")


def _json_lines(file: Path, text: str) -> Iterator[tuple[str, Row, tuple[Gold, ...]]]:
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{file}:{number}"
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except (ValueError, RecursionError) as cause:
            raise _not_understood(where) from cause
        if not isinstance(given, dict):
            raise _not_understood(where)
        row = _row(given)
        golds = given.get("gold")
        if golds is None:
            yield where, row, _golds(where, [row])
        elif isinstance(golds, list) and all(isinstance(gold, dict) for gold in golds):
            yield where, row, _golds(where, [_row(gold) for gold in golds])
        else:
            raise _not_understood(where)


def _table(file: Path, text: str) -> Iterator[tuple[str, Row, tuple[Gold, ...]]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    first = lines.partition("\n")[0]
    # An Indonesian Excel divides by semicolons: the comma is its decimal sign.
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(lines), delimiter=delimiter)
    try:
        header, *rows = [(reader.line_num, cells) for cells in reader] or [(1, [])]
    except csv.Error as cause:
        raise _refused(
            f"{file}:{reader.line_num}",
            "baris ini bukan CSV",
            "this line is not CSV",
            "simpan lagi dari lembar kerja sebagai CSV",
            "save the sheet as CSV again",
        ) from cause
    if not any(_field(name) == "text" for name in header[1]):
        raise _refused(
            f"{file}:1",
            "tidak ada kolom bernama pertanyaan",
            "there is no column called pertanyaan",
            "baris pertama berisi nama kolom: pertanyaan, dokumen, pasal, halaman, kutipan",
            "the first row names the columns: pertanyaan, dokumen, pasal, halaman, kutipan",
        )
    for number, cells in rows:
        if any(cell.strip() for cell in cells):
            row = _row(dict(zip(header[1], cells, strict=False)))
            where = f"{file}:{number}"
            yield where, row, _golds(where, [row])


def _field(name: str) -> str | None:
    plain = name.strip().casefold()
    return next((field for field, names in COLUMNS.items() if plain in names), None)


def _row(given: Mapping[str, object]) -> Row:
    """The cells by the field that their column means."""
    row: dict[str, str] = {}
    for name, value in given.items():
        field = _field(name)
        if field is not None and value is not None:
            row[field] = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return row


def _golds(where: str, rows: Iterable[Row]) -> tuple[Gold, ...]:
    return tuple(_gold(where, row) for row in rows if row.get("document", "").strip())


def _gold(where: str, row: Row) -> Gold:
    provision = read_reference(f"{_named('pasal', row)} {_named('ayat', row)}")
    if row.get("pasal", "").strip() and provision.pasal is None:
        raise _refused(
            where,
            f"pasal {row['pasal']!r} tidak dipahami",
            f"the pasal {row['pasal']!r} is not understood",
            "tulis nomornya saja, misalnya 7 atau 76C",
            "write its number only, such as 7 or 76C",
        )
    grade = row.get("grade", "").strip() or str(BEST_GRADE)
    if grade not in ("1", "2"):
        raise _refused(
            where,
            f"nilai {grade!r} bukan 1 atau 2",
            f"the grade {grade!r} is not 1 or 2",
            "tulis 2 bila menjawab, 1 bila hanya membantu",
            "write 2 for an answer, 1 for what only helps",
        )
    return Gold(
        document=row["document"].strip(),
        pasal=provision.pasal or "",
        ayat=provision.ayat or "",
        pages=_pages(where, row.get("pages", "")),
        quote=row.get("quote", "").strip(),
        grade=int(grade),
    )


def _named(name: str, row: Row) -> str:
    """The cell as it is cited: "7" in the column pasal is "pasal 7"."""
    cell = row.get(name, "").strip()
    return f"{name} {cell}" if cell[:1].isdigit() or cell[:1] == "(" else cell


def _pages(where: str, cell: str) -> tuple[int, ...]:
    pages: set[int] = set()
    for part in filter(None, map(str.strip, re.split(r"[,;]| dan ", cell))):
        match = _PAGES.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last < first + _LONGEST_RANGE:
            raise _refused(
                where,
                f"halaman {part!r} tidak dipahami",
                f"the page {part!r} is not understood",
                "tulis nomor halaman PDF, misalnya 3 atau 3-5",
                "write PDF page numbers, such as 3 or 3-5",
            )
        pages |= set(range(first, last + 1))
    return tuple(sorted(pages))


def _not_understood(where: str) -> FileRefusedError:
    return _refused(
        where,
        "baris ini bukan objek JSON yang dipahami",
        "this line is not a JSON object that is understood",
        'tulis {"text": "...", "document": "...", "pasal": "...", "quote": "..."}',
        'write {"text": "...", "document": "...", "pasal": "...", "quote": "..."}',
    )


def _refused(where: str, what: str, what_en: str, mend: str, mend_en: str) -> FileRefusedError:
    return FileRefusedError(where, Text(what, what_en), Text(mend, mend_en))
