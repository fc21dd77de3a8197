"""The commands `kb dossier ...`: dossiers made, listed, shown, filled and exported."""

from pathlib import Path

import click

from api.commands.door import Door, WithExamples, as_json, write_file
from api.dossier_words import FIELDS, FORMS, STATES
from api.exports.kinds import DossierFormat
from api.language import pick
from api.links import pages_of, read_places
from api.printing import print_json, print_line
from api.schemas_dossiers import CheckedDossierOut, DossierOut, DossiersOut
from api.views import flowing
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId, VersionId
from kb.dossier import PARTS, CheckedItem, DossierId, Field, Form, ItemKind
from kb.pages import Span

FORM = click.Choice([form.value for form in Form])
PART = click.Choice([part.value for parts in PARTS.values() for part in parts])
KIND = click.Choice([kind.value for kind in ItemKind])


class _Dossiers(WithExamples, click.Group):
    """The group of commands, with its examples."""


@click.group(
    epilog="""kb dossier new "Telaahan Raperda KLA"
kb dossier add 1 --document 12 --address pasal-7/ayat-2 --comment "Dasar pembentukan gugus tugas."
kb dossier export 1 telaahan.docx""",
    cls=_Dossiers,
)
def dossier() -> None:
    """Berkas: kumpulan kutipan dengan catatan, yang menjadi konsep telaahan staf atau nota dinas."""


@dossier.command("list", cls=WithExamples, epilog="kb dossier list --json")
@as_json
@click.pass_obj
def list_dossiers(door: Door, as_json: bool) -> None:
    """Daftar berkas, yang terakhir diubah lebih dulu."""
    with door.library() as library:
        found = library.dossiers.all(LOCAL_ADMIN)
    if as_json:
        print_json(DossiersOut.of(found))
        return
    for each in found:
        print_line(f"{each.id:>5}  {pick(FORMS[each.form], door.language):<24.24}  {each.title}")
    if not found:
        print_line(door.say("dossier_none"))


@dossier.command(cls=WithExamples, epilog='kb dossier new "Nota dinas forum anak" --form nota-dinas')
@click.argument("title", metavar="JUDUL")
@click.option(
    "--form",
    "form",
    type=FORM,
    metavar="BENTUK",
    default=Form.STAFF_STUDY.value,
    show_default=True,
    help="Bentuk naskah: telaahan-staf atau nota-dinas.",
)
@as_json
@click.pass_obj
def new(door: Door, title: str, form: str, as_json: bool) -> None:
    """Buat berkas kosong."""
    with door.library() as library:
        made = library.dossiers.create(LOCAL_ADMIN, title, Form(form))
    if as_json:
        print_json(DossierOut.model_validate(made))
    else:
        print_line(f"{made.id:>5}  {made.title}")


@dossier.command(cls=WithExamples, epilog="kb dossier show 1")
@click.argument("number", type=int, metavar="BERKAS")
@as_json
@click.pass_obj
def show(door: Door, number: int, as_json: bool) -> None:
    """Tampilkan isi berkas; tiap kutipan dicocokkan lagi dengan halamannya."""
    with door.library() as library:
        checked = library.dossiers.read(LOCAL_ADMIN, DossierId(number))
    if as_json:
        print_json(CheckedDossierOut.of(checked))
        return
    print_line(click.style(checked.dossier.title, bold=True))
    for part in PARTS[checked.dossier.form]:
        print_line(click.style(FIELDS[part].id, bold=True))
        if own := checked.dossier.words.get(part):
            print_line(own)
        for each in checked.items_of(part):
            _print(each, door)


@dossier.command(
    cls=WithExamples,
    epilog="""kb dossier add 1 --document 12 --address pasal-7/ayat-2
kb dossier add 1 --document 12 --places 3:120-268 --kind keputusan --comment "Diputuskan rapat." """,
)
@click.argument("number", type=int, metavar="BERKAS")
@click.option("--document", type=int, required=True, help="Nomor dokumen.")
@click.option("--address", help="Alamat ketentuan, misalnya pasal-7/ayat-2.")
@click.option("--places", help="Atau letak katanya: halaman:awal-akhir, beberapa dengan koma.")
@click.option("--version", type=int, help="Versi dokumen; yang sekarang bila tidak disebut.")
@click.option(
    "--kind", type=KIND, metavar="JENIS", default=ItemKind.PASSAGE.value, show_default=True, help="Apa yang disimpan."
)
@click.option("--part", type=PART, metavar="BAGIAN", help="Bagian naskah tempatnya, misalnya fakta.")
@click.option("--comment", default="", help="Catatan, ikut ke naskah.")
@as_json
@click.pass_obj
def add(
    door: Door,
    number: int,
    document: int,
    address: str | None,
    places: str | None,
    version: int | None,
    kind: str,
    part: str | None,
    comment: str,
    as_json: bool,
) -> None:
    """Simpan kutipan ke berkas, terikat pada versi dokumennya."""
    if (address is None) == (places is None):
        raise click.UsageError("--address / --places")
    with door.library() as library:
        current = library.document(LOCAL_ADMIN, DocumentId(document)).version_id
        spans: tuple[Span, ...]
        if address is not None:
            spans = library.precedents.provision(LOCAL_ADMIN, DocumentId(document), address).spans
        else:
            try:
                spans = read_places(places or "")
            except ValueError as cause:
                raise click.BadParameter(places or "", param_hint="--places") from cause
        item = library.dossiers.add(
            LOCAL_ADMIN,
            DossierId(number),
            ItemKind(kind),
            DocumentId(document),
            current if version is None else VersionId(version),
            spans,
            comment,
            None if part is None else Field(part),
        )
        checked = library.dossiers.read(LOCAL_ADMIN, DossierId(number))
    if as_json:
        print_json(CheckedDossierOut.of(checked))
    else:
        print_line(door.say("cli_kept", item=item.id, number=number))


@dossier.command("export", cls=WithExamples, epilog="kb dossier export 1 telaahan.docx")
@click.argument("number", type=int, metavar="BERKAS")
@click.argument("file", type=click.Path(path_type=Path), metavar="TUJUAN")
@as_json
@click.pass_obj
def export_dossier(door: Door, number: int, file: Path, as_json: bool) -> None:
    """Tulis konsep naskah ke TUJUAN (.docx atau .md); tiap kutipan dicocokkan pada saat itu."""
    # Only here: python-docx and Pillow, which no other command needs
    from api.exports.dossier import export

    kinds = {f".{kind.value}": kind for kind in DossierFormat}
    if file.suffix not in kinds:
        raise click.BadParameter(str(file), param_hint="TUJUAN")
    with door.library() as library:
        content, _ = export(library, LOCAL_ADMIN, DossierId(number), kinds[file.suffix])
        checked = library.dossiers.read(LOCAL_ADMIN, DossierId(number))
    write_file(file, content)
    if as_json:
        print_json(CheckedDossierOut.of(checked))
    else:
        print_line(door.say("cli_written", name=str(file)))


def _print(each: CheckedItem, door: Door) -> None:
    what = each.item.what
    print_line(f"  [{each.item.id}] {what.comment}".rstrip())
    if each.is_quotable:
        print_line(f"      “{' '.join(flowing(each.quote, each.has_pages).split())}”")
        print_line(click.style(f"      {each.footnote}", bold=True))
    else:
        pages = ", ".join(str(page) for page in pages_of(what.spans))
        print_line(f"      {what.name}, {what.label} ({pages})")
    print_line(click.style(f"      {pick(STATES[each.state], door.language)}", dim=True))
