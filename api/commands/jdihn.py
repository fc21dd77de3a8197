"""The commands of the national network's records: `kb jdihn import` and `kb jdihn export`."""

from pathlib import Path

import click

from api.commands.door import Door, WithExamples
from api.printing import print_line
from kb.types import LOCAL_ADMIN


@click.command(
    cls=WithExamples,
    epilog="""kb jdihn import ekspor-jdih.json
kb jdihn import folder-jdih/
kb jdihn export untuk-jdihn.json""",
)
@click.argument("action", type=click.Choice(["import", "export"]), metavar="[import|export]")
@click.argument("path", type=click.Path(path_type=Path), metavar="BERKAS")
@click.pass_obj
def jdihn(door: Door, action: str, path: Path) -> None:
    """Muat rekaman JDIHN (JSON) dan berkas di sampingnya, atau tulis peraturan yang ada sebagai rekaman JDIHN.

    Rekaman dicocokkan dengan dokumen menurut jenis, nomor, tahun, dan daerahnya. Medan yang tidak dikenal
    ikut disimpan.
    """
    # Only here: reading titles is no work of the other commands
    from api.jdihn import Jdihn

    with door.library() as library:
        desk = Jdihn(library)
        if action == "export":
            print_line(door.say("jdihn_exported", n=desk.export(LOCAL_ADMIN, path), file=path))
            return
        came = desk.import_from(LOCAL_ADMIN, path)
    for name in came.left:
        print_line(door.say("jdihn_left", name=name), to_stderr=True)
    counts = {"n_matched": came.n_matched, "n_ingested": came.n_ingested, "n_left": len(came.left)}
    print_line(door.say("jdihn_imported", **counts))
