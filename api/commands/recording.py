"""The commands of what reports and minutes hold: findings, meetings, follow-ups, and correcting them."""

import datetime

import click

from api.commands.door import Door, WithExamples, as_json
from api.language import Language, say
from api.printing import print_json, print_line
from api.records import Limits, Told
from api.schemas_records import FindingOut, FindingsOut, FollowUpOut, FollowUpsOut, MeetingOut, MeetingsOut, RecordOut
from api.views import title_of
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId
from kb.record_corrections import DROPPED
from kb.records import Field, FollowUp, Record, RecordKind, State, Theme

region_option = click.option("--region", default="", help='Hanya daerah ini, misalnya "Kota Semarang".')
year_option = click.option("--year", type=int, help="Hanya tahun ini.")


@click.command(
    cls=WithExamples,
    epilog="""kb findings --theme klaster-4
kb findings --region "Kota Semarang" --json""",
)
@click.option("--theme", type=click.Choice([theme.value for theme in Theme]), metavar="TEMA", help="Hanya tema ini.")
@region_option
@year_option
@as_json
@click.pass_obj
def findings(door: Door, theme: str | None, region: str, year: int | None, as_json: bool) -> None:
    """Daftar temuan studi tiru, dari kunjungan terbaru."""
    limits = Limits(theme=Theme(theme) if theme else None, region=region, year=year)
    with door.library() as library:
        found = library.records.findings(LOCAL_ADMIN, limits)
        legal = [library.records.legal_links(LOCAL_ADMIN, told.record) for told in found]
    if as_json:
        out = [FindingOut.of(told, links) for told, links in zip(found, legal, strict=True)]
        print_json(FindingsOut(findings=out))
        return
    for told in found:
        finding = told.record
        print_line(click.style(_line(finding.practice), bold=True))
        about = (*told.regions, str(told.year or ""), *finding.theme.values, finding.evidence.value)
        print_line(f"   {' · '.join(filter(None, about))}  [{_where(told, door.language)}]")
        for name in ("how", "result", "factor", "conditions", "cost"):
            _print_field(door.language, name, finding.fields()[name])
    print_line(door.say("cli_findings", n=len(found)))


@click.command(
    cls=WithExamples,
    epilog="""kb meetings --year 2025
kb meetings --json""",
)
@region_option
@year_option
@as_json
@click.pass_obj
def meetings(door: Door, region: str, year: int | None, as_json: bool) -> None:
    """Daftar rapat dengan keputusan dan tindak lanjutnya, dari yang terbaru."""
    with door.library() as library:
        found = library.records.meetings(LOCAL_ADMIN, Limits(region=region, year=year))
    if as_json:
        print_json(MeetingsOut(meetings=[MeetingOut.of(told) for told in found]))
        return
    for each in found:
        told = each.meeting
        print_line(click.style(_line(told.record.title) or title_of(told.document), bold=True))
        for name in ("date", "place", "chair", "attendees"):
            _print_field(door.language, name, told.record.fields()[name])
        for decision in each.decisions:
            print_line(f"   - {_line(decision.record.text)}  [{_where(decision, door.language)}]")
        for follow in each.follow_ups:
            print_line(f"   > {_follow_up(follow)}")
    print_line(door.say("cli_meetings", n=len(found)))


@click.command(
    "follow-ups",
    cls=WithExamples,
    epilog="""kb follow-ups --overdue
kb follow-ups --person "UPTD PPA" --state belum --json""",
)
@click.option("--person", default="", help="Hanya penanggung jawab yang namanya memuat kata ini.")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Hanya yang keadaannya ini.")
@click.option("--overdue", is_flag=True, help="Hanya yang lewat tenggat dan belum selesai.")
@click.option("--all", "every", is_flag=True, help="Juga yang sudah selesai.")
@region_option
@year_option
@as_json
@click.pass_obj
def follow_ups(
    door: Door, person: str, state: str | None, overdue: bool, every: bool, region: str, year: int | None, as_json: bool
) -> None:
    """Daftar tindak lanjut yang belum selesai, dari tenggat terdekat."""
    limits = Limits(
        region=region,
        year=year,
        person=person,
        state=State(state) if state else None,
        open_only=not every and state is None,
        overdue_on=datetime.date.today() if overdue else None,
    )
    with door.library() as library:
        found = library.records.follow_ups(LOCAL_ADMIN, limits)
    if as_json:
        print_json(FollowUpsOut(follow_ups=[FollowUpOut.of(told) for told in found]))
        return
    for told in found:
        print_line(f"{_follow_up(told)}  [{_where(told, door.language)}]")
    print_line(door.say("cli_follow_ups", n=len(found)))


@click.command(
    "correct-record",
    cls=WithExamples,
    epilog="""kb correct-record 4 tindak-lanjut menyusun-formulir --set state=selesai
kb correct-record 4 tindak-lanjut menyusun-formulir --undo state""",
)
@click.argument("document", type=int, metavar="DOKUMEN")
@click.argument("kind", type=click.Choice([kind.value for kind in RecordKind]), metavar="JENIS")
@click.argument("key", metavar="KUNCI")
@click.option("--set", "settings", multiple=True, metavar="NAMA=ISI", help="Isian dan isinya; boleh berulang.")
@click.option("--undo", "undone", multiple=True, metavar="NAMA", help="Batalkan perbaikan isian ini; boleh berulang.")
@click.option("--drop/--restore", "dropped", default=None, help="Singkirkan catatan ini, atau kembalikan.")
@as_json
@click.pass_obj
def correct_record(
    door: Door,
    document: int,
    kind: str,
    key: str,
    settings: tuple[str, ...],
    undone: tuple[str, ...],
    dropped: bool | None,
    as_json: bool,
) -> None:
    """Perbaiki satu catatan; perbaikannya bertahan dalam versi dokumen berikutnya.

    Nomor dokumen, jenis dan kunci catatan ada dalam keluaran --json daftar temuan, rapat dan tindak lanjut.
    """
    typed: dict[str, str | None] = dict.fromkeys(undone)
    for setting in settings:
        name, _, text = setting.partition("=")
        typed[name] = text
    if dropped is not None:
        typed[DROPPED] = "ya" if dropped else None
    with door.library() as library:
        library.records.correct(LOCAL_ADMIN, DocumentId(document), RecordKind(kind), key, typed)
        told = library.records.read(LOCAL_ADMIN, DocumentId(document), RecordKind(kind), key)
    if as_json:
        print_json(RecordOut.of(told))
        return
    for name, field in told.record.fields().items():
        _print_field(door.language, name, field)


def _follow_up(told: Told[FollowUp]) -> str:
    record = told.record
    due = record.due.day.isoformat() if record.due.day else _line(record.due)
    return f"{due or '–':<12}{_line(record.person) or '–':<32}  {_line(record.task)}" + (
        f"  ({record.state.value})" if record.state.value else ""
    )


def _print_field(language: Language, name: str, field: Field) -> None:
    if field:
        print_line(f"   {say(language, f'field_{name}')}: {_line(field)}")


def _line(field: Field) -> str:
    return "; ".join(field.pieces)


def _where(told: Told[Record], language: Language) -> str:
    page = say(language, "page_short", number=told.record.spans[0].page) if told.record.spans else ""
    return ", ".join(filter(None, (title_of(told.document), page if told.document.has_pages else "")))
