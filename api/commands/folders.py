"""The commands of watched folders: `kb source` lists them, `kb sync` looks into them, `kb undo` brings back."""

from pathlib import Path

import click

from api import schemas_jobs
from api.commands.door import Door, WithExamples, as_json
from api.dates import day
from api.folders import Folders
from api.intake import Intake
from api.printing import print_json, print_line
from api.trash import Trash
from api.veil import mask_line, told
from kb.access import EVERYONE, LOCAL_ADMIN
from kb.documents import DocumentId
from kb.errors import NotFoundError, SourceError, Text
from kb.sources import Source, SourceId


@click.command(
    cls=WithExamples,
    epilog="""kb source
kb source add /srv/dokumen
kb source remove /srv/dokumen""",
)
@click.argument("do", type=click.Choice(["list", "add", "remove"]), default="list", metavar="[list|add|remove]")
@click.argument("folder", required=False, metavar="[FOLDER]")
@click.option("--audience", default=EVERYONE, show_default=True, help="Siapa yang boleh melihat dokumennya.")
@as_json
@click.pass_obj
def source(door: Door, do: str, folder: str | None, audience: str, as_json: bool) -> None:
    """Folder yang diikuti: tambah, lihat, atau berhenti mengikuti. Dokumennya tetap ada."""
    with door.library() as library:
        folders = Folders(Intake(library))
        if do != "list":
            if folder is None:
                raise click.MissingParameter(param_type="argument", param_hint="FOLDER")
            if do == "add":
                folders.add(LOCAL_ADMIN, Path(folder).absolute(), audience)
            else:
                folders.remove(LOCAL_ADMIN, _named(folders.all(LOCAL_ADMIN), folder))
        found = folders.all(LOCAL_ADMIN)
    if as_json:
        print_json(schemas_jobs.SourcesOut(sources=[schemas_jobs.SourceOut.model_validate(one) for one in found]))
        return
    for one in found:
        print_line(_line(one, door))
    if not found:
        print_line(door.say("sources_none"))


def _named(found: tuple[Source, ...], folder: str) -> SourceId:
    for one in found:
        if folder in (str(one.id), one.folder) or str(Path(folder).absolute()) == one.folder:
            return one.id
    raise NotFoundError(
        folder,
        Text("folder itu tidak diikuti", "that folder is not watched"),
        Text("lihat daftarnya dengan `kb source`", "list them with `kb source`"),
    )


def _line(one: Source, door: Door) -> str:
    when = day(one.done_at, door.language) if one.done_at else door.say("source_never")
    why = mask_line(one.message_en if door.language.value == "en" else one.message)
    n_files = door.say("source_files", n=one.n_files)
    return f"{one.id:>3}  {mask_line(one.folder)}  {n_files}  {when}{f'  {why}' if why else ''}"


@click.command(
    cls=WithExamples,
    epilog="""kb sync
kb sync && kb worker --once
kb sync --thorough --json""",
)
@click.option("--thorough", is_flag=True, help="Bandingkan isi semua berkas, bukan hanya ukuran dan waktunya.")
@click.option("--empty", is_flag=True, help="Percaya bila sebuah folder ternyata kosong.")
@as_json
@click.pass_obj
@click.pass_context
def sync(ctx: click.Context, door: Door, thorough: bool, empty: bool, as_json: bool) -> None:
    """Lihat semua folder yang diikuti: yang baru dan berubah masuk antrean, yang hilang dihapus dengan tenggang."""
    failed = 0
    lines: list[schemas_jobs.SyncedOut] = []
    with door.library() as library:
        folders = Folders(Intake(library))
        for one in folders.all(LOCAL_ADMIN):
            try:
                came = folders.sync(one, thorough, empty)
            except SourceError as error:
                failed = max(failed, error.exit_code)
                print_line(told(error, door.language), to_stderr=True)
                why = {"code": error.code, "message": error.say("id"), "message_en": error.say("en")}
                counts = dict.fromkeys(("n_new", "n_changed", "n_moved", "n_removed", "n_unchanged"), 0)
                lines.append(schemas_jobs.SyncedOut.model_validate({"folder": one.folder, **counts, **why}))
                continue
            counts = {name: getattr(came, name) for name in came.__slots__}
            lines.append(schemas_jobs.SyncedOut.model_validate({"folder": one.folder, **counts}))
            if not as_json:
                print_line(door.say("synced", folder=one.folder, **counts))
    if as_json:
        print_json(schemas_jobs.SyncOut(synced=lines))
    elif not lines:
        print_line(door.say("sources_none"))
    if failed:
        ctx.exit(failed)


@click.command(
    cls=WithExamples,
    epilog="""kb undo
kb undo 3""",
)
@click.argument("document_ids", nargs=-1, type=int, metavar="[NOMOR...]")
@as_json
@click.pass_obj
def undo(door: Door, document_ids: tuple[int, ...], as_json: bool) -> None:
    """Kembalikan dokumen yang dihapus; tanpa nomor, daftarnya."""
    with door.library() as library:
        trash = Trash(library)
        for number in document_ids:
            document = trash.bring_back(LOCAL_ADMIN, DocumentId(number))
            if not as_json:
                print_line(door.say("removed_back", name=document.name))
        left = trash.removed(LOCAL_ADMIN)
    if as_json:
        print_json(schemas_jobs.RemovedListOut(removed=[schemas_jobs.RemovedOut.model_validate(one) for one in left]))
    elif not document_ids:
        for one in left:
            until = door.say("removed_until", day=day(one.gone_at, door.language))
            print_line(f"{one.document.id:>6}  {one.document.name}  {until}")
        if not left:
            print_line(door.say("removed_none"))
