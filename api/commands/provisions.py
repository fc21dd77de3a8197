"""The command that reads a provision: `kb provision`."""

import click

from api.commands.door import Door, WithExamples, as_json
from api.printing import print_json, print_line
from api.schemas_provisions import ProvisionOut
from kb.access import LOCAL_ADMIN


@click.command(
    cls=WithExamples,
    epilog="""kb provision perda-kota-semarang-2023-97/pasal-7/ayat-2
kb provision uu-2014-35/pasal-i/angka-9/pasal-21 --json""",
)
@click.argument("address", metavar="ALAMAT")
@as_json
@click.pass_obj
def provision(door: Door, address: str, as_json: bool) -> None:
    """Bacakan satu ketentuan menurut alamat tetapnya, dengan induk dan penjelasannya."""
    with door.library() as library:
        view = library.provisions.at(LOCAL_ADMIN, address)
    if as_json:
        print_json(ProvisionOut.of(view))
        return
    print_line(view.cited)
    for lead in view.leads:
        print_line(f"  … {' '.join(lead.text.split())}")
    print_line(view.part.text)
    if view.explanation is not None:
        print_line(f"{view.explanation.label}:")
        print_line(view.explanation.text)
