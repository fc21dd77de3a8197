"""The commands that carry a knowledge base: backup, restore, export, import."""

from pathlib import Path

import click

from api import backups, open_formats
from api.commands.door import Door, WithExamples, as_json
from api.moving import Moved
from api.printing import print_json, print_line
from api.schemas_identities import MovedOut

_FORCE = click.option("--force", is_flag=True, help="Sisihkan isi KB_HOME yang sekarang; tetap utuh di sebelahnya.")


@click.command(
    cls=WithExamples,
    epilog="""kb backup /cadangan/acuan-2026-11-23.zip
KB_HOME=/var/lib/acuan kb backup acuan.zip --json""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="BERKAS")
@as_json
@click.pass_obj
def backup(door: Door, file: Path, as_json: bool) -> None:
    """Cadangkan semuanya ke satu berkas, juga selagi dipakai; hasilnya dibaca ulang dan dicocokkan."""
    moved = backups.backup(door.settings, file.absolute())
    if as_json:
        print_json(MovedOut.of(moved))
    else:
        print_line(door.say("cli_backed_up", file=file, **_told(moved)))


@click.command(
    cls=WithExamples,
    epilog="""KB_HOME=/var/lib/acuan kb restore /cadangan/acuan-2026-11-23.zip
kb restore acuan.zip --force""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="BERKAS")
@_FORCE
@as_json
@click.pass_obj
def restore(door: Door, file: Path, force: bool, as_json: bool) -> None:
    """Pulihkan cadangan ke KB_HOME yang kosong; diperiksa seluruhnya sebelum menggantikan apa pun."""
    _say_restored(door, backups.restore(door.settings, file.absolute(), force=force), as_json)


@click.command(
    cls=WithExamples,
    epilog="""kb export ekspor/
kb export untuk-dibagikan/ --masked""",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@click.option("--masked", is_flag=True, help="Tanpa identitas yang ditutup dan tanpa berkas asli yang memuatnya.")
@as_json
@click.pass_obj
def export(door: Door, folder: Path, masked: bool, as_json: bool) -> None:
    """Tulis semuanya dalam format terbuka: tiap tabel sebagai JSON per baris, dan berkas aslinya."""
    moved = open_formats.export(door.settings, folder.absolute(), masked=masked)
    if as_json:
        print_json(MovedOut.of(moved))
        return
    print_line(door.say("cli_exported", folder=folder, **_told(moved)))
    if not masked:
        print_line(door.say("cli_export_whole"), to_stderr=True)


@click.command(
    "import",
    cls=WithExamples,
    epilog="""KB_HOME=/var/lib/acuan kb import ekspor/
kb import ekspor/ --force --json""",
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@_FORCE
@as_json
@click.pass_obj
def import_folder(door: Door, folder: Path, force: bool, as_json: bool) -> None:
    """Buat basis pengetahuan dari hasil `kb export` di KB_HOME yang kosong."""
    _say_restored(door, open_formats.import_folder(door.settings, folder.absolute(), force=force), as_json)


def _say_restored(door: Door, moved: Moved, as_json: bool) -> None:
    if as_json:
        print_json(MovedOut.of(moved))
        return
    print_line(door.say("cli_restored", home=door.settings.home, **_told(moved)))
    if moved.aside is not None:
        print_line(door.say("cli_aside", folder=moved.aside))


def _told(moved: Moved) -> dict[str, object]:
    return {
        "n_documents": moved.n_documents,
        "n_originals": moved.n_originals,
        "mib": f"{moved.n_bytes / 2**20:.1f}",
    }
