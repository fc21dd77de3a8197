"""The commands of the national network's records: `kb jdihn import` and `kb jdihn export`."""

from pathlib import Path

import click

from api.commands.door import Door, WithExamples, as_json
from api.printing import print_json, print_line
from api.schemas_law import JdihnExportedOut, JdihnImportedOut
from kb.access import LOCAL_ADMIN


@click.command(
    cls=WithExamples,
    epilog="""kb jdihn import ekspor-jdih.json
kb jdihn import folder-jdih/
kb jdihn export untuk-jdihn.json""",
)
@click.argument("action", type=click.Choice(["import", "export"]), metavar="[import|export]")
@click.argument("path", type=click.Path(path_type=Path), metavar="BERKAS")
@as_json
@click.pass_obj
def jdihn(door: Door, action: str, path: Path, as_json: bool) -> None:
    """Muat rekaman JDIHN (JSON) dan berkas di sampingnya, atau tulis peraturan yang ada sebagai rekaman JDIHN.

    Rekaman dicocokkan dengan dokumen menurut jenis, nomor, tahun, dan daerahnya. Medan yang tidak dikenal
    ikut disimpan.
    """
    # Only here: reading titles is no work of the other commands
    from api.jdihn import Jdihn

    with door.library() as library:
        desk = Jdihn(library)
        if action == "export":
            n_written = desk.export(LOCAL_ADMIN, path)
            if as_json:
                print_json(JdihnExportedOut(n_written=n_written, file=str(path)))
            else:
                print_line(door.say("jdihn_exported", n=n_written, file=path))
            return
        came = desk.import_from(LOCAL_ADMIN, path)
    if as_json:
        print_json(JdihnImportedOut(n_matched=came.n_matched, n_ingested=came.n_ingested, left=list(came.left)))
        return
    for name in came.left:
        print_line(door.say("jdihn_left", name=name), to_stderr=True)
    counts = {"n_matched": came.n_matched, "n_ingested": came.n_ingested, "n_left": len(came.left)}
    print_line(door.say("jdihn_imported", **counts))
