"""The commands that keep the collection: what goes in and out, is corrected, counted, verified and indexed anew."""

import datetime
from pathlib import Path

import click

from api import veil
from api.commands.door import KIND, KIND_NAMES, Door, WithExamples, as_json, progress
from api.deep import look_deep
from api.language import pick
from api.names import storable
from api.printing import print_documents, print_json, print_line, print_status
from api.schemas import FIRST_YEAR, LAST_YEAR
from api.schemas_documents import DocumentOut, documents_out
from api.schemas_intake import IngestedOut, IngestOut, RefusedOut
from api.schemas_status import DefectOut, StatusOut, VerifyOut
from api.trash import Trash
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId, Kind, Metadata
from kb.errors import KbError, NotFoundError, StoreError, Text
from kb.intake import Ingested, Outcome

_NOTHING_GIVEN = Text("sebutkan paling sedikit satu keterangan", "name at least one fact")


@click.command(
    cls=WithExamples,
    epilog="""kb ingest documents/
kb ingest perda.pdf notulen.docx --json""",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--audience", help="Siapa yang boleh melihatnya; dokumen yang sudah ada ikut diubah.")
@as_json
@click.pass_obj
@click.pass_context
def ingest(ctx: click.Context, door: Door, paths: tuple[Path, ...], audience: str | None, as_json: bool) -> None:
    """Masukkan berkas, atau semua berkas dalam folder.

    Berkas yang pernah masuk dari tempat yang sama diganti bila isinya berubah. Berkas yang ditolak disebut
    dengan alasannya, dan yang lain tetap masuk.
    """
    taken: list[Ingested] = []
    refused: list[tuple[str, KbError]] = []
    with door.library() as library, progress(door.say("cli_reading")) as advance:

        def told(file: Path, came: Ingested | KbError, n_done: int, n_files: int) -> None:
            advance(n_done, n_files)
            if isinstance(came, KbError):
                refused.append((storable(str(file)), came))
                print_line(veil.told(came, door.language), to_stderr=True)
            else:
                taken.append(came)

        for path in paths:
            try:
                library.ingestion.ingest_folder(path, told, audience)
            except NotFoundError as error:
                refused.append((storable(str(path)), error))
                print_line(veil.told(error, door.language), to_stderr=True)
    counts = {outcome: sum(one.outcome is outcome for one in taken) for outcome in Outcome}
    if as_json:
        print_json(
            IngestOut(
                ingested=[IngestedOut.model_validate(one) for one in taken],
                refused=[
                    RefusedOut(source=source, code=error.code, message=error.say(), message_en=error.say("en"))
                    for source, error in refused
                ],
            )
        )
    else:
        print_line(
            door.say(
                "cli_ingested",
                n_new=counts[Outcome.NEW],
                n_replaced=counts[Outcome.REPLACED],
                n_unchanged=counts[Outcome.UNCHANGED],
                n_refused=len(refused),
            )
        )
    if refused:
        ctx.exit(max(error.exit_code for _, error in refused))


@click.command(
    cls=WithExamples,
    epilog="""kb documents
kb documents --json""",
)
@as_json
@click.pass_obj
def documents(door: Door, as_json: bool) -> None:
    """Daftar dokumen, yang terbaru di atas; nomor di depannya dipakai oleh perintah lain."""
    with door.library() as library:
        found = library.documents(LOCAL_ADMIN)
    if as_json:
        print_json(documents_out(found))
    else:
        print_documents(found, door.language)


@click.command(cls=WithExamples, epilog='kb correct 3 --kind perda --number 2 --year 2021 --region "Kota Semarang"')
@click.argument("document_id", type=int, metavar="NOMOR")
@click.option("--kind", type=KIND, metavar="JENIS", help=f"Jenis dokumen: {KIND_NAMES}.")
@click.option("--title", help="Judul, tanpa jenis dan nomornya.")
@click.option("--number", help="Nomor peraturan.")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Tahun.")
@click.option("--region", help='Daerah, misalnya "Kota Semarang".')
@click.option("--issuer", help="Penerbit.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Tanggal, tahun-bulan-hari.")
@as_json
@click.pass_obj
def correct(
    door: Door,
    document_id: int,
    kind: str | None,
    title: str | None,
    number: str | None,
    year: int | None,
    region: str | None,
    issuer: str | None,
    date: datetime.datetime | None,
    as_json: bool,
) -> None:
    """Perbaiki keterangan dokumen yang salah terbaca; perbaikan tetap berlaku bila berkasnya diganti."""
    given = {
        "kind": kind,
        "title": title,
        "number": number,
        "year": year,
        "region": region,
        "issuer": issuer,
        "date": date,
    }
    fields = frozenset(name for name, value in given.items() if value is not None)
    if not fields:
        raise click.UsageError(pick(_NOTHING_GIVEN, door.language))
    metadata = Metadata(
        kind=Kind.LAINNYA if kind is None else Kind(kind),
        title=title or "",
        number=number or "",
        year=year,
        region=region or "",
        issuer=issuer or "",
        date=None if date is None else date.date(),
    )
    with door.library() as library:
        document = library.revisions.correct(LOCAL_ADMIN, DocumentId(document_id), metadata, fields)
    if as_json:
        print_json(DocumentOut.model_validate(document))
    else:
        print_line(door.say("cli_corrected", name=document.name))


@click.command(
    cls=WithExamples,
    epilog="""kb remove 3
kb remove 3 4 --yes --json
kb remove 3 --permanent""",
)
@click.argument("document_ids", nargs=-1, required=True, type=int, metavar="NOMOR...")
@click.option("--yes", is_flag=True, help="Jangan bertanya lagi.")
@click.option("--permanent", is_flag=True, help="Hapus selamanya, sekarang juga.")
@as_json
@click.pass_obj
def remove(door: Door, document_ids: tuple[int, ...], yes: bool, permanent: bool, as_json: bool) -> None:
    """Hapus dokumen beserta semua versinya; selama masa tenggang dapat dikembalikan dengan `kb undo`."""
    with door.library() as library:
        found = [library.document(LOCAL_ADMIN, DocumentId(number)) for number in document_ids]
        if not yes:
            names = ", ".join(document.name for document in found)
            click.confirm(door.say("cli_remove_sure", names=names), abort=True, err=True)
        for document in found:
            if permanent:
                Trash(library).remove(LOCAL_ADMIN, document.id)
            else:
                Trash(library).withdraw(LOCAL_ADMIN, document.id)
            if not as_json:
                print_line(door.say("cli_removed", name=document.name))
    if as_json:
        print_json(documents_out(found))


@click.command(
    cls=WithExamples,
    epilog="""kb status
KB_HOME=/data/acuan kb status --json""",
)
@as_json
@click.pass_obj
def status(door: Door, as_json: bool) -> None:
    """Isi basis pengetahuan: banyaknya dokumen, halaman, bagian, dan modelnya."""
    with door.library() as library:
        held = library.status()
    if as_json:
        print_json(StatusOut.model_validate(held))
    else:
        print_status(held, str(door.settings.home), door.language)


@click.command(
    cls=WithExamples,
    epilog="""kb verify
kb verify --deep --sample 200 --json""",
)
@click.option("--deep", is_flag=True, help="Periksa juga setiap posisi, dan hitung ulang kata dan vektornya.")
@click.option("--sample", type=click.IntRange(1), help="Dengan --deep: hitung ulang sebanyak ini saja, dipilih acak.")
@as_json
@click.pass_obj
@click.pass_context
def verify(ctx: click.Context, door: Door, deep: bool, sample: int | None, as_json: bool) -> None:
    """Periksa gudang, berkas asli, dan indeks; kode keluar 5 bila ada yang rusak."""
    with door.library() as library, progress(door.say("cli_verifying")) as advance:
        defects = library.verify()
        if deep:
            defects += tuple(look_deep(library, sample, advance))
    if as_json:
        print_json(VerifyOut(defects=[DefectOut.model_validate(defect) for defect in defects]))
    else:
        for defect in defects:
            print_line(f"{defect.where}: {pick(Text(defect.message, defect.message_en), door.language)}")
        print_line(door.say("cli_defects", n=len(defects)) if defects else door.say("cli_sound"))
    if defects:
        ctx.exit(StoreError.exit_code)


@click.command(
    cls=WithExamples,
    epilog="""kb reindex
KB_MODEL=/data/model kb reindex --json""",
)
@as_json
@click.pass_obj
def reindex(door: Door, as_json: bool) -> None:
    """Susun ulang bagian, kata, dan vektor semua dokumen dari gudang, misalnya setelah KB_MODEL diganti."""
    with door.library() as library:
        with progress(door.say("cli_embedding")) as advance:
            library.reindex(advance)
        held = library.status()
    if as_json:
        print_json(StatusOut.model_validate(held))
    else:
        print_line(door.say("cli_reindexed", n=held.n_passages))
