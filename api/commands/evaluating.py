"""`kb eval`: questions whose answers are known, asked and measured; two such runs compared."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.commands.door import Door, WithExamples, as_json, progress
from api.library import Library
from api.printing import print_line
from kb.errors import FileRefusedError, NotFoundError, Text

if TYPE_CHECKING:
    from api.evaluation import OwnQuestions, QuestionSet

UNEQUAL = 1
"""The exit code when a quote was not what its page says."""

Told = Callable[[str, int, int], None]


@click.command(
    "eval",
    cls=WithExamples,
    epilog="""kb eval soal.csv
kb eval ../shared/data/idk-mrc --split valid --report lama.json
kb eval soal/ --split dev --qrels pasal --only clean
kb eval --compare baru.json lama.json""",
)
@click.argument("questions", type=click.Path(path_type=Path), metavar="SOAL", required=False)
@click.option("--split", default="valid", show_default=True, help="Nama pembagian folder: queries_NAMA.jsonl.")
@click.option("--qrels", "qrels", metavar="NAMA", help="Berkas di qrels/ bila namanya lain dari pembagian.")
@click.option("--only", metavar="MEDAN", help="Hanya pertanyaan folder yang medan ini benar.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Hanya N berjawaban dan N tanpa jawaban.")
@click.option("--strict", is_flag=True, help="Hanya bagian yang memuat kutipan kuncinya yang dihitung.")
@click.option("--report", type=click.Path(path_type=Path), metavar="BERKAS", help="Simpan laporan JSON.")
@click.option("--quotes", is_flag=True, help="Hanya hitung kutipan jawaban yang sama dengan halamannya.")
@click.option(
    "--compare",
    nargs=2,
    type=click.Path(path_type=Path),
    metavar="BERKAS BERKAS",
    help="Bandingkan dua laporan: yang pertama dikurangi yang kedua.",
)
@as_json
@click.pass_obj
def evaluate(
    door: Door,
    questions: Path | None,
    split: str,
    qrels: str | None,
    only: str | None,
    sample: int | None,
    strict: bool,
    report: Path | None,
    quotes: bool,
    compare: tuple[Path, Path] | None,
    as_json: bool,
) -> None:
    """Ukur pencarian dan jawaban dengan soal yang kuncinya diketahui.

    SOAL berupa berkas .csv atau .jsonl (ditanyakan ke gudang KB_HOME), atau folder bertata BEIR (korpusnya dimasukkan
    sekali ke gudang tersendiri di bawah KB_HOME/eval). Yang dicetak: tiap ukuran dengan selang kepercayaan 95 %, untuk
    kata saja, vektor saja, RRF, dan yang dilayani; per irisan; benar tidaknya jawaban; dan kutipan yang dibandingkan.
    """
    # Only here: measures bring scipy, which no other command needs
    from api import evaluation
    from api.evaluation.printing import print_comparison, print_quotes, print_report, print_unresolved

    if compare is not None:
        first, second = map(evaluation.read_report, compare)
        try:
            difference = evaluation.compare(first, second)
        except ValueError as cause:
            raise _nothing_shared(compare[1]) from cause
        if as_json:
            print_line(evaluation.comparison_json(difference))
        else:
            print_comparison(difference, door.language)
        return
    if questions is None:
        ctx = click.get_current_context()
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    if report is not None and not report.parent.is_dir():
        raise _no_folder(report.parent)
    with progress(door.say("cli_evaluating")) as advance:

        def told(_: str, n_done: int, n_all: int) -> None:
            advance(n_done, n_all)

        opened = (
            _folder(door, questions, (split, qrels, only), sample, told)
            if questions.is_dir()
            else _file(door, questions, strict=strict)
        )
        with opened as (library, judge):
            print_unresolved(judge.unresolved, door.language)
            if quotes:
                n_quotes, n_equal = evaluation.count_quotes(library, [q.text for q in judge.questions], told)
                if as_json:
                    print_line(json.dumps({"quotes_compared": n_quotes, "quotes_equal": n_equal}))
                else:
                    print_quotes(n_quotes, n_equal, door.language)
                if n_equal != n_quotes:
                    click.get_current_context().exit(UNEQUAL)
                return
            found = evaluation.measure(library, judge, told)
    if report is not None:
        report.write_text(evaluation.to_json(found), encoding="utf-8")
    if as_json:
        print_line(evaluation.to_json(found).rstrip())
    else:
        print_report(found, door.language)


@contextmanager
def _folder(
    door: Door, folder: Path, which: tuple[str, str | None, str | None], sample: int | None, told: Told
) -> Iterator[tuple[Library, "QuestionSet"]]:
    """A folder in the BEIR layout with the knowledge base of its corpus."""
    from api import evaluation

    found = evaluation.sampled(evaluation.read_set(folder, *which), sample)
    with evaluation.open_corpus(door.settings, Library.open, found.corpus_file, told) as library:
        yield library, found


@contextmanager
def _file(door: Door, file: Path, *, strict: bool) -> Iterator[tuple[Library, "OwnQuestions"]]:
    """A question file with the knowledge base that it is asked of."""
    from api import evaluation

    found = evaluation.read_questions(file)
    with door.library() as library:
        yield library, evaluation.OwnQuestions(file.name, library, found, strictly=strict)


def _no_folder(folder: Path) -> NotFoundError:
    return NotFoundError(
        str(folder), Text("folder itu tidak ada", "there is no such folder"), Text("buat dulu", "make it first")
    )


def _nothing_shared(file: Path) -> FileRefusedError:
    return FileRefusedError(
        str(file),
        Text("tidak ada pertanyaan yang sama dengan laporan lain itu", "it shares no question with the other report"),
        Text("bandingkan dua laporan dari soal yang sama", "compare two reports of the same set"),
    )
