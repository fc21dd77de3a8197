"""The command line `kb`: every door's work without a server."""

import datetime
import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api import schemas
from api.language import Language, pick, say
from api.library import Library, storable
from api.printing import (
    print_answer,
    print_documents,
    print_evaluation,
    print_hits,
    print_json,
    print_line,
    print_status,
)
from api.usage import explain
from kb.errors import KbError, NotFoundError, SettingError, StoreError, Text
from kb.settings import Settings
from kb.types import LOCAL_ADMIN, MAX_K, DocumentId, Filters, Ingested, Kind, Metadata, Outcome, Query


@dataclass(frozen=True, slots=True)
class Door:
    """What every command is given: the settings and the reader's language."""

    settings: Settings
    language: Language

    @contextmanager
    def library(self) -> Iterator[Library]:
        """The knowledge base, open while the command runs."""
        with Library.open(self.settings) as library:
            yield library

    def say(self, key: str, **values: object) -> str:
        """The sentence `key` in the reader's language."""
        return say(self.language, key, **values)


INTERRUPTED = 130
"""The exit code of a command that Ctrl+C stopped, as shells know it."""


class WithExamples(click.Command):
    """A command whose epilog is its examples, one a line."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples as they stand: wrapped, a command could not be copied."""
        if self.epilog:
            with formatter.section("Contoh"):
                for example in self.epilog.splitlines():
                    formatter.write(f"{'':{formatter.current_indent}}{example}\n")


class KbGroup(WithExamples, click.Group):
    """Commands whose errors are one sentence on stderr and an exit code that says what kind it was."""

    command_class = WithExamples

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a KbError ends it with its own exit code."""
        try:
            return super().invoke(ctx)
        except KbError as error:
            language = ctx.obj.language if isinstance(ctx.obj, Door) else Language.ID
            print_line(error.say(language), to_stderr=True)
            ctx.exit(error.exit_code)
        except click.UsageError as error:
            language = ctx.obj.language if isinstance(ctx.obj, Door) else Language.ID
            print_line(explain(error, language), to_stderr=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            language = ctx.obj.language if isinstance(ctx.obj, Door) else Language.ID
            print_line(say(language, "cli_interrupted"), to_stderr=True)
            ctx.exit(INTERRUPTED)


@click.group(
    cls=KbGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='''kb ingest documents/
kb ask "Siapa yang membentuk gugus tugas?"''',
)
@click.option("--lang", type=click.Choice([language.value for language in Language]), help="Bahasa pesan: id atau en.")
@click.version_option(None, "-V", "--version", package_name="acuan", prog_name="kb")
@click.pass_context
def main(ctx: click.Context, lang: str | None) -> None:
    """Acuan: peraturan dan laporan, dijawab dengan kutipannya.

    KB_HOME menunjuk folder data (bawaan: .kb di folder ini); KB_LANGUAGE memilih bahasa pesan.

    Kode keluar: 0 berhasil, 1 galat lain, 2 permintaan atau pengaturan salah, 3 ada berkas yang ditolak,
    4 tidak ada, 5 gudang gagal atau rusak, 6 model gagal.
    """
    settings = Settings.from_environment()
    if lang is not None:
        settings = replace(settings, language=lang)
    ctx.obj = Door(settings, Language(settings.language))


KIND = click.Choice([kind.value for kind in Kind])
KIND_NAMES = ", ".join(KIND.choices)

as_json = click.option("--json", "as_json", is_flag=True, help="Tulis JSON untuk program.")


def asking(command: Callable[[Door, Query, bool], None]) -> Callable[..., None]:
    """Give `command` the question typed, with its limits and how many hits it gets."""

    @click.argument("text", nargs=-1, required=True, metavar="TEKS...")
    @click.option("--kind", "kinds", type=KIND, metavar="JENIS", multiple=True, help=f"Hanya jenis ini: {KIND_NAMES}.")
    @click.option("--region", "regions", multiple=True, help="Hanya daerah ini; boleh berulang.")
    @click.option(
        "--document", "documents", type=int, multiple=True, help="Hanya dokumen bernomor ini; boleh berulang."
    )
    @click.option("--year-from", type=int, help="Dari tahun ini.")
    @click.option("--year-to", type=int, help="Sampai tahun ini.")
    @click.option("-k", default=10, show_default=True, help=f"Banyaknya hasil, 1 sampai {MAX_K}.")
    @as_json
    @click.pass_obj
    @wraps(command)
    def with_query(
        door: Door,
        /,
        text: tuple[str, ...],
        kinds: tuple[str, ...],
        regions: tuple[str, ...],
        documents: tuple[int, ...],
        year_from: int | None,
        year_to: int | None,
        k: int,
        as_json: bool,
    ) -> None:
        limits = Filters(
            kinds=frozenset(Kind(kind) for kind in kinds),
            regions=frozenset(regions),
            documents=frozenset(DocumentId(number) for number in documents),
            year_from=year_from,
            year_to=year_to,
        )
        command(door, Query(" ".join(text), LOCAL_ADMIN, limits, k), as_json)

    return with_query


@main.command(
    epilog="""kb ingest documents/
kb ingest perda.pdf notulen.docx --json"""
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@as_json
@click.pass_obj
@click.pass_context
def ingest(ctx: click.Context, door: Door, paths: tuple[Path, ...], as_json: bool) -> None:
    """Masukkan berkas, atau semua berkas dalam folder.

    Berkas yang pernah masuk dari tempat yang sama diganti bila isinya berubah. Berkas yang ditolak disebut
    dengan alasannya, dan yang lain tetap masuk.
    """
    taken: list[Ingested] = []
    refused: list[tuple[str, KbError]] = []
    with door.library() as library, _progress(door.say("cli_reading")) as advance:

        def told(file: Path, came: Ingested | KbError, n_done: int, n_files: int) -> None:
            advance(n_done, n_files)
            if isinstance(came, KbError):
                refused.append((storable(str(file)), came))
                print_line(came.say(door.language), to_stderr=True)
            else:
                taken.append(came)

        for path in paths:
            try:
                library.ingest_folder(path, told)
            except NotFoundError as error:
                refused.append((storable(str(path)), error))
                print_line(error.say(door.language), to_stderr=True)
    counts = {outcome: sum(one.outcome is outcome for one in taken) for outcome in Outcome}
    if as_json:
        print_json(
            schemas.IngestOut(
                ingested=[schemas.IngestedOut.model_validate(one) for one in taken],
                refused=[
                    schemas.RefusedOut(source=source, code=error.code, message=error.say(), message_en=error.say("en"))
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


@main.command(
    epilog="""kb search forum anak musrenbang --kind perda -k 5
kb search "sanksi administratif" --region "Kota Semarang" --json"""
)
@asking
def search(door: Door, query: Query, as_json: bool) -> None:
    """Cari bagian dokumen yang paling cocok dengan kata dan maknanya."""
    with door.library() as library:
        hits = library.search(query)
    if as_json:
        print_json(schemas.search_out(query.text, hits))
    elif hits:
        print_hits(hits, door.language)
    else:
        print_line(door.say("cli_none"))


@main.command(
    epilog="""kb ask "Apa tugas gugus tugas kota layak anak?"
kb ask "Siapa penanggung jawab tindak lanjut rapat?" --kind notulen --json"""
)
@asking
def ask(door: Door, query: Query, as_json: bool) -> None:
    """Jawab pertanyaan dengan kutipan apa adanya, atau katakan bahwa jawabannya tidak ditemukan."""
    with door.library() as library:
        answer = library.ask(query)
    if as_json:
        print_json(schemas.AnswerOut.model_validate(answer))
    else:
        print_answer(answer, door.language)


@main.command(
    epilog="""kb documents
kb documents --json"""
)
@as_json
@click.pass_obj
def documents(door: Door, as_json: bool) -> None:
    """Daftar dokumen, yang terbaru di atas; nomor di depannya dipakai oleh perintah lain."""
    with door.library() as library:
        found = library.documents(LOCAL_ADMIN)
    if as_json:
        print_json(schemas.documents_out(found))
    else:
        print_documents(found, door.language)


@main.command(epilog='kb correct 3 --kind perda --number 2 --year 2021 --region "Kota Semarang"')
@click.argument("document_id", type=int, metavar="NOMOR")
@click.option("--kind", type=KIND, metavar="JENIS", help=f"Jenis dokumen: {KIND_NAMES}.")
@click.option("--title", help="Judul, tanpa jenis dan nomornya.")
@click.option("--number", help="Nomor peraturan.")
@click.option("--year", type=click.IntRange(schemas.FIRST_YEAR, schemas.LAST_YEAR), help="Tahun.")
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
        document = library.correct(LOCAL_ADMIN, DocumentId(document_id), metadata, fields)
    if as_json:
        print_json(schemas.DocumentOut.model_validate(document))
    else:
        print_line(door.say("cli_corrected", name=document.name))


_NOTHING_GIVEN = Text("sebutkan paling sedikit satu keterangan", "name at least one fact")


@main.command(
    epilog="""kb remove 3
kb remove 3 4 --yes --json"""
)
@click.argument("document_ids", nargs=-1, required=True, type=int, metavar="NOMOR...")
@click.option("--yes", is_flag=True, help="Jangan bertanya lagi.")
@as_json
@click.pass_obj
def remove(door: Door, document_ids: tuple[int, ...], yes: bool, as_json: bool) -> None:
    """Hapus dokumen beserta semua versinya."""
    with door.library() as library:
        found = [library.document(LOCAL_ADMIN, DocumentId(number)) for number in document_ids]
        if not yes:
            names = ", ".join(document.name for document in found)
            click.confirm(door.say("cli_remove_sure", names=names), abort=True, err=True)
        for document in found:
            library.remove(LOCAL_ADMIN, document.id)
            if not as_json:
                print_line(door.say("cli_removed", name=document.name))
    if as_json:
        print_json(schemas.documents_out(found))


@main.command(
    epilog="""kb status
KB_HOME=/data/acuan kb status --json"""
)
@as_json
@click.pass_obj
def status(door: Door, as_json: bool) -> None:
    """Isi basis pengetahuan: banyaknya dokumen, halaman, bagian, dan modelnya."""
    with door.library() as library:
        held = library.status()
    if as_json:
        print_json(schemas.StatusOut.model_validate(held))
    else:
        print_status(held, str(door.settings.home), door.language)


@main.command(
    epilog="""kb verify
kb verify --json"""
)
@as_json
@click.pass_obj
@click.pass_context
def verify(ctx: click.Context, door: Door, as_json: bool) -> None:
    """Periksa gudang, berkas asli, dan indeks; kode keluar 5 bila ada yang rusak."""
    with door.library() as library:
        defects = library.verify()
    if as_json:
        print_json(schemas.VerifyOut(defects=[schemas.DefectOut.model_validate(defect) for defect in defects]))
    else:
        for defect in defects:
            print_line(f"{defect.where}: {pick(Text(defect.message, defect.message_en), door.language)}")
        print_line(door.say("cli_defects", n=len(defects)) if defects else door.say("cli_sound"))
    if defects:
        ctx.exit(StoreError.exit_code)


@main.command(
    epilog="""kb reindex
KB_MODEL=/data/model kb reindex --json"""
)
@as_json
@click.pass_obj
def reindex(door: Door, as_json: bool) -> None:
    """Susun ulang bagian, kata, dan vektor semua dokumen dari gudang, misalnya setelah KB_MODEL diganti."""
    with door.library() as library:
        with _progress(door.say("cli_embedding")) as advance:
            library.reindex(advance)
        held = library.status()
    if as_json:
        print_json(schemas.StatusOut.model_validate(held))
    else:
        print_line(door.say("cli_reindexed", n=held.n_passages))


@main.command(
    "eval",
    epilog="""kb eval ../shared/data/idk-mrc --split valid
kb eval soal/ --split dev --qrels pasal --only clean --json""",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option("--split", default="valid", show_default=True, help="Nama pembagian: queries_NAMA.jsonl.")
@click.option("--qrels", "qrels", metavar="NAMA", help="Berkas di qrels/ bila namanya lain dari pembagian.")
@click.option("--only", metavar="MEDAN", help="Hanya pertanyaan yang medan ini benar.")
@as_json
@click.pass_obj
def evaluate(door: Door, folder: Path, split: str, qrels: str | None, only: str | None, as_json: bool) -> None:
    """Ukur pencarian dengan soal berkunci dalam tata BEIR: kata, vektor, dan gabungannya.

    Korpusnya dimasukkan sekali ke gudang tersendiri di bawah KB_HOME/eval dan dipakai lagi. Yang dicetak: rata-rata
    tiap ukuran dan selang kepercayaan 95 %.
    """
    # Only here: measures bring scipy, which no other command needs
    from api.evaluation import open_corpus, read_set, run

    questions = read_set(folder, split, qrels, only)
    with _progress(door.say("cli_evaluating")) as advance:

        def told(_: str, n_done: int, n_all: int) -> None:
            advance(n_done, n_all)

        with open_corpus(door.settings, Library.open, questions.corpus_file, told) as library:
            report = run(library, questions, told)
    out = schemas.EvaluationOut.of(report.name, report.n_questions, report.means)
    if as_json:
        print_json(out)
    else:
        print_evaluation(out)


@main.command(
    epilog="""kb serve
KB_HOST=acuan.kantor.lan kb serve --host 0.0.0.0 --port 8080"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Alamat yang didengarkan.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="Porta; 0 memilih yang kosong."
)
@click.option(
    "--name", "names", multiple=True, envvar="KB_HOST", help="Nama lain server ini di peramban; boleh berulang."
)
@as_json
@click.pass_obj
def serve(door: Door, host: str, port: int, names: tuple[str, ...], as_json: bool) -> None:
    """Jalankan halaman dan API sampai dihentikan dengan Ctrl+C."""
    # Only here: the web server costs `kb search` a third of a second that it has no use for
    import uvicorn

    from api.app import create_app

    listening = _listen(host, port)
    # Ctrl+C is how a server is ended, and uvicorn passes it on once it has stopped: no failure
    with suppress(KeyboardInterrupt), listening, door.library() as library:
        library.ready()
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listening.getsockname()[1]}"
        if as_json:
            print_json(schemas.ServingOut(address=address))
        else:
            print_line(door.say("cli_serving", address=address))
        app = create_app(library, (*names, name))
        uvicorn.Server(uvicorn.Config(app, log_level="warning", workers=1)).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound before the model is loaded, so that a port in use is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as cause:
        in_use = cause.errno == errno.EADDRINUSE
        why = Text("sudah dipakai; mungkin Acuan sudah berjalan", "is in use; Acuan may be running already")
        reason = (
            why if in_use else Text(f"tidak dapat dipakai ({cause.strerror})", f"cannot be used ({cause.strerror})")
        )
        raise SettingError(
            f"{host}:{port}",
            reason,
            Text("pilih porta lain dengan --port", "choose another port with --port"),
        ) from cause


@contextmanager
def _progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr where that is a terminal; the caller tells how many are done, and of how many."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def advance(n_done: int, n_all: int) -> None:
            bar.update(task, completed=n_done, total=n_all)

        yield advance
