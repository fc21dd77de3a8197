"""The command `kb precedent`: provisions near to a clause, and a matrix of topics by regions as a file."""

from pathlib import Path

import click

from api.commands.door import Door, WithExamples, as_json, write_file
from api.links import pages_of
from api.printing import print_json, print_line
from api.schemas_precedents import MatrixOut, PrecedentsOut
from api.views import flowing, title_of
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId
from kb.errors import NotFoundError, Text
from kb.precedent import ClauseQuery, Edit, Precedent
from kb.questions import Filters

HERE = "http://127.0.0.1:8000"
"""Where `kb serve` answers unless told otherwise: the links of a matrix lead there."""


@click.command(
    cls=WithExamples,
    epilog="""kb precedent "Pemerintah Daerah membentuk gugus tugas kota layak anak"
kb precedent --document 12 --address pasal-7/ayat-2
kb precedent --file konsep.txt --region "Kota Semarang" --json
kb precedent --file topik.txt --matrix matriks.xlsx""",
)
@click.argument("text", nargs=-1, metavar="[TEKS]...")
@click.option("--file", "file", type=click.Path(path_type=Path), help="Baca klausul atau topik dari berkas teks ini.")
@click.option("--document", type=int, help="Pilih ketentuan dari dokumen bernomor ini.")
@click.option("--address", default="", help="Alamat ketentuannya, misalnya pasal-7/ayat-2.")
@click.option("--region", "regions", multiple=True, help='Hanya daerah ini; boleh berulang; "" berarti Pusat.')
@click.option("--without", multiple=True, type=int, help="Tanpa dokumen bernomor ini; boleh berulang.")
@click.option(
    "--matrix", type=click.Path(path_type=Path), help="Satu topik tiap baris; tulis matriks .docx atau .xlsx."
)
@as_json
@click.pass_obj
def precedent(
    door: Door,
    text: tuple[str, ...],
    file: Path | None,
    document: int | None,
    address: str,
    regions: tuple[str, ...],
    without: tuple[int, ...],
    matrix: Path | None,
    as_json: bool,
) -> None:
    """Cari ketentuan peraturan lain yang terdekat dengan sebuah klausul, dengan beda katanya.

    [−kata−] hanya ada di klausul Anda, [+kata+] hanya di ketentuan yang ditemukan.
    """
    if matrix is not None and matrix.suffix not in (".docx", ".xlsx"):
        raise click.BadParameter(str(matrix), param_hint="--matrix")
    clause = _read(file) if file is not None else " ".join(text)
    with door.library() as library:
        if matrix is not None:
            # Only here: python-docx and openpyxl, which no other command needs
            from api.exports.matrix import matrix_docx, matrix_xlsx

            made = library.precedents.matrix(LOCAL_ADMIN, clause.splitlines(), regions)
            docx = matrix.suffix == ".docx"
            write_file(matrix, matrix_docx(made, door.language) if docx else matrix_xlsx(made, door.language, HERE))
            if as_json:
                print_json(MatrixOut.of(made))
            else:
                print_line(door.say("cli_written", name=str(matrix)))
            return
        left_out = frozenset(DocumentId(number) for number in without)
        if document is not None:
            clause = library.precedents.provision(LOCAL_ADMIN, DocumentId(document), address).text
            left_out |= {DocumentId(document)}
        groups = library.precedents.find(
            ClauseQuery(clause, LOCAL_ADMIN, Filters(regions=frozenset(regions)), left_out)
        )
    if as_json:
        print_json(PrecedentsOut.of(clause, groups))
        return
    if not groups:
        print_line(door.say("cli_none"))
    for rank, group in enumerate(groups, 1):
        print_line(click.style(f"{rank}. {title_of(group.document)}", bold=True) + f"  [{group.document.id}]")
        for each in group.precedents:
            _print(each, door)


def _print(each: Precedent, door: Door) -> None:
    closest = each.closest
    document = closest.document
    pages = ", ".join(door.say("page_short", number=number) for number in pages_of(closest.spans))
    facts = (
        closest.label or door.say("passage"),
        pages if document.has_pages else "",
        each.status,
        door.say("precedent_same", percent=round(each.same * 100)),
    )
    print_line(f"   {click.style('  '.join(filter(None, facts)), bold=True)}")
    print_line("   " + " ".join(flowing(closest.text, document.has_pages).split()))
    marks = {Edit.SAME: "{}", Edit.DELETED: "[−{}−]", Edit.INSERTED: "[+{}+]"}
    shown = " ".join(marks[change.edit].format(change.text) for change in each.difference)
    print_line(f"   {click.style(shown, dim=True)}")


def _read(file: Path) -> str:
    """The text of a file. Raises NotFoundError."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as cause:
        raise NotFoundError(
            str(file),
            Text(f"berkas tidak dapat dibuka ({cause.strerror})", f"the file cannot be opened ({cause.strerror})"),
            Text("periksa nama dan izinnya", "check its name and permissions"),
        ) from cause
