"""What somebody owes: the rows, items and labelled lines under "Tindak lanjut"."""

import re
from collections.abc import Iterator, Sequence

from ingest.records.blocks import Item, Labelled, Paragraph, Table
from ingest.records.closing import is_closing
from ingest.records.days import due_value, find_days
from ingest.records.parts import Placed
from ingest.records.quotes import NOTHING, Quote, Sheets
from ingest.records.roles import Role
from ingest.records.signs import is_empty, state
from kb.records import ABSENT, Field, FollowUp

_PERSON = re.compile(
    r"\b(?:PIC|penanggung ?-?jawab|pelaksana|PJ|petugas)\b\s*[:=]?\s*(?P<who>[^,;()]{2,120}?)\s*(?=[,;)]|\.?\s*$)", re.I
)
_DUE_WORD = re.compile(
    r"\b(?:paling (?:lambat|lama)|selambat-?lambatnya|sebelum|tenggat|batas waktu|target(?: waktu)?|deadline"
    r"|sampai dengan|hingga|pada(?: bulan| tanggal)?)\b[\s:]*(?:tanggal |bulan |akhir )?",
    re.I,
)
_STATE_WORD = re.compile(r"\b(?:status|progres|keterangan)\s*[:=]\s*(?P<state>[^,;()]{2,60})", re.I)
_TAIL = re.compile(
    r"\s*[(\[–—-]?\s*\b(?:PIC|penanggung ?-?jawab|pelaksana|PJ|tenggat|batas waktu|status)\b\s*[:=].*$", re.I
)
_SUBJECT = re.compile(
    r"(?P<who>(?:Dinas|Badan|Bagian|Bidang|Seksi|Subbagian|Sekretari\w+|Kepala|Bappeda\w*|UPTD|UPT|DP\w*A\w*|Inspektorat"
    r"|Forum Anak|PATBM|Puspaga|Kantor|Kecamatan|Camat|Lurah|Tim|Pokja|Gugus Tugas|Satpol PP|Polres|RSUD)\b"
    r"[^.;:]{0,90}?)\s+"
    r"(?:(?:akan|agar|untuk|segera|wajib|harus|diminta|perlu|bertugas)\b|(?<!yang )(?:me[a-z]{4,}|ber[a-z]{4,})\b)"
)
_DOER = re.compile(r"\byang$", re.I)


def read_follow_ups(sheets: Sheets, blocks: Sequence[Placed]) -> Iterator[FollowUp]:
    """Every follow-up of a report or minutes, in order."""
    listed = [each for each in blocks if each.role is Role.FOLLOW_UP]
    for each in blocks:
        if isinstance(each.block, Table) and Role.TASK in each.block.roles and _is_owed(each):
            yield from _rows(sheets, each.block)
    yield from _labelled(sheets, [each.block for each in listed if isinstance(each.block, Labelled)])
    items = [each.block.quote for each in listed if isinstance(each.block, Item)]
    if not items and not any(isinstance(each.block, Table | Labelled) for each in listed):
        for each in listed:
            if isinstance(each.block, Paragraph):
                if is_closing(each.block.quote.text):
                    break
                if not each.block.quote.text.endswith(":"):
                    items.append(each.block.quote)
    for quote in items:
        yield _told(sheets, quote)


def _is_owed(each: Placed) -> bool:
    roles = each.block.roles if isinstance(each.block, Table) else ()
    return each.role is Role.FOLLOW_UP or Role.PERSON in roles or Role.DUE in roles


def _rows(sheets: Sheets, table: Table) -> Iterator[FollowUp]:
    for row in table.rows:
        by_role: dict[Role | None, Quote] = {}
        for role, cell in zip(table.roles, row, strict=True):
            by_role.setdefault(role, NOTHING if is_empty(cell.text) else cell)
        if by_role[Role.TASK]:
            yield FollowUp(
                "",
                task=sheets.field(by_role[Role.TASK]),
                person=sheets.field(by_role.get(Role.PERSON, NOTHING)),
                due=_due(sheets, by_role.get(Role.DUE, NOTHING)),
                state=_state(sheets, by_role.get(Role.STATE, NOTHING)),
            )


def _labelled(sheets: Sheets, facts: Sequence[Labelled]) -> Iterator[FollowUp]:
    begun: dict[Role, Quote] = {}
    for fact in facts:
        if fact.role in (Role.TASK, Role.HOW) and begun.get(Role.TASK):
            yield _of_labels(sheets, begun)
            begun = {}
        begun.setdefault(Role.TASK if fact.role is Role.HOW else fact.role, fact.quote)
    if begun.get(Role.TASK):
        yield _of_labels(sheets, begun)


def _of_labels(sheets: Sheets, facts: dict[Role, Quote]) -> FollowUp:
    return FollowUp(
        "",
        task=sheets.field(facts[Role.TASK]),
        person=sheets.field(facts.get(Role.PERSON, NOTHING)),
        due=_due(sheets, facts.get(Role.DUE, facts.get(Role.TIME, facts.get(Role.DATE, NOTHING)))),
        state=_state(sheets, facts.get(Role.STATE, NOTHING)),
    )


def _told(sheets: Sheets, quote: Quote) -> FollowUp:
    """A follow-up told in a sentence: who and when stand behind "PIC:" and "paling lambat", or who is its subject."""
    tail = _TAIL.search(quote.text)
    person = _PERSON.search(quote.text)
    subject = None if person else _SUBJECT.match(quote.text)
    who = NOTHING
    if person:
        who = sheets.part(quote, *person.span("who"))
    elif subject and not _DOER.search(subject["who"]):
        who = sheets.part(quote, *subject.span("who"))
    said = _STATE_WORD.search(quote.text)
    return FollowUp(
        "",
        task=sheets.field(sheets.part(quote, 0, tail.start()) if tail and tail.start() else quote),
        person=sheets.field(who),
        due=_due_told(sheets, quote),
        state=_state(sheets, sheets.part(quote, *said.span("state"))) if said else ABSENT,
    )


def _due_told(sheets: Sheets, quote: Quote) -> Field:
    days = list(find_days(quote.text))
    announced = {found.end() for found in _DUE_WORD.finditer(quote.text)}
    wanted = [each for each in days if each.start in announced] or (days if len(days) == 1 else [])
    if len(wanted) != 1:
        return ABSENT
    return sheets.field(sheets.part(quote, wanted[0].start, wanted[0].end), wanted[0].last.isoformat())


def _due(sheets: Sheets, quote: Quote) -> Field:
    return sheets.field(quote, due_value(quote.text))


def _state(sheets: Sheets, quote: Quote) -> Field:
    """The state, where the words say one; a remark in the same column is none."""
    found = state(quote.text)
    return sheets.field(quote, found) if found is not None else ABSENT
