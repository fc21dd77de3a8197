"""The commands that ask: `kb search` and `kb ask`."""

import datetime
from collections.abc import Callable
from functools import wraps

import click

from api.commands.door import KIND, KIND_NAMES, Door, WithExamples, as_json
from api.printing import print_answer, print_hits, print_json, print_line
from api.schemas_questions import AnswerOut, search_out
from kb.access import LOCAL_ADMIN
from kb.documents import DocumentId, Kind
from kb.passages import Content
from kb.questions import MAX_K, Filters, Query


def _day(in_force: bool, as_of: datetime.datetime | None) -> datetime.date | None:
    """The day on which what is found must be in force; None where that was not asked."""
    if as_of is not None:
        return as_of.date()
    return datetime.date.today() if in_force else None


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command` the door, the question typed with its limits, whether to write JSON, and its own options."""

    @click.argument("text", nargs=-1, required=True, metavar="TEKS...")
    @click.option("--kind", "kinds", type=KIND, metavar="JENIS", multiple=True, help=f"Hanya jenis ini: {KIND_NAMES}.")
    @click.option("--region", "regions", multiple=True, help="Hanya daerah ini; boleh berulang.")
    @click.option(
        "--document", "documents", type=int, multiple=True, help="Hanya dokumen bernomor ini; boleh berulang."
    )
    @click.option("--year-from", type=int, help="Dari tahun ini.")
    @click.option("--year-to", type=int, help="Sampai tahun ini.")
    @click.option("--in-force", is_flag=True, help="Hanya yang tidak diketahui sudah dicabut atau belum berlaku.")
    @click.option(
        "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="TANGGAL", help="Hari untuk --in-force; bawaan hari ini."
    )
    @click.option(
        "--content",
        "contents",
        type=click.Choice([content.value for content in Content]),
        multiple=True,
        help="Hanya bagian yang memuat ini; boleh berulang.",
    )
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
        in_force: bool,
        as_of: datetime.datetime | None,
        contents: tuple[str, ...],
        k: int,
        as_json: bool,
        **own: bool,
    ) -> None:
        limits = Filters(
            kinds=frozenset(Kind(kind) for kind in kinds),
            regions=frozenset(regions),
            documents=frozenset(DocumentId(number) for number in documents),
            year_from=year_from,
            year_to=year_to,
            in_force_on=_day(in_force, as_of),
            contents=frozenset(Content(content) for content in contents),
        )
        command(door, Query(" ".join(text), LOCAL_ADMIN, limits, k), as_json, **own)

    return with_query


@click.command(
    cls=WithExamples,
    epilog="""kb search forum anak musrenbang --kind perda -k 5
kb search "sanksi administratif" --region "Kota Semarang" --json""",
)
@asking
def search(door: Door, query: Query, as_json: bool) -> None:
    """Cari bagian dokumen yang paling cocok dengan kata dan maknanya."""
    with door.library() as library:
        hits = library.search(query)
    if as_json:
        print_json(search_out(query.text, hits))
    elif hits:
        print_hits(hits, door.language)
    else:
        print_line(door.say("cli_none"))


@click.command(
    cls=WithExamples,
    epilog="""kb ask "Apa tugas gugus tugas kota layak anak?"
kb ask "Siapa penanggung jawab tindak lanjut rapat?" --kind notulen --json""",
)
@click.option("--rewrite", is_flag=True, help="Tambahkan ringkasan model bahasa yang ditunjuk KB_REWRITER_URL.")
@asking
def ask(door: Door, query: Query, as_json: bool, *, rewrite: bool) -> None:
    """Jawab pertanyaan dengan kutipan apa adanya, atau katakan bahwa jawabannya tidak ditemukan."""
    with door.library() as library:
        answer = library.ask(query)
        rewriter = library.rewriter
    if as_json:
        print_json(AnswerOut.model_validate(answer))
        return
    print_answer(answer, door.language)
    if rewrite:
        if rewriter is None:
            raise click.UsageError(door.say("cli_no_rewriter"))
        for sentence in rewriter.rewrite(answer):
            print_line(f"{sentence.text} {''.join(f'[{place}]' for place in sentence.cites)}")
