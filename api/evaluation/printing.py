"""A report and a comparison as tables for a terminal."""

from collections.abc import Iterable, Iterator, Sequence

import click

from api.evaluation.judges import Unresolved
from api.evaluation.report import RIGHT, Answers, Comparison, Report
from api.language import Language, pick
from index.measures import MEASURES, Difference, Mean
from kb.errors import Text

NAMES = {
    "words": Text("kata", "words"),
    "dense": Text("vektor", "vectors"),
    "rrf": Text("RRF", "RRF"),
    "fused": Text("yang dilayani", "as served"),
    RIGHT: Text("jawaban benar", "answer right"),
}

TEXTS = {
    "set": Text(
        "{name}: {n} pertanyaan berjawaban, {without} tanpa jawaban", "{name}: {n} with an answer, {without} without"
    ),
    "store": Text("{n} dokumen, {passages} bagian", "{n} documents, {passages} passages"),
    "slices": Text("Per irisan, seperti yang dilayani:", "By slice, as served:"),
    "slice": Text("irisan", "slice"),
    "right": Text(
        "Jawaban: benar {right} dari yang berjawaban; {of_answered} dari yang dijawab.",
        "Answers: right for {right} of those with an answer; for {of_answered} of those answered.",
    ),
    "silence": Text(
        "Diam: presisi {precision} (pada campuran sama banyak {equal}), recall {recall}; yang berjawaban tetapi"
        " didiamkan {refused}.",
        "Silence: precision {precision} (on an equal mix {equal}), recall {recall}; with an answer but refused"
        " {refused}.",
    ),
    "quotes": Text(
        "Kutipan: {n} dibandingkan dengan halamannya, {same} sama.",
        "Quotes: {n} compared with their page, {same} equal.",
    ),
    "left_out": Text(
        "{n} pertanyaan dilewati: tidak satu pun dokumen jawabannya ada di gudang.",
        "{n} questions left out: none of the documents that answer them is in.",
    ),
    "unresolved": Text("{question}: dokumen {document!r}: {why}", "{question}: document {document!r}: {why}"),
    "compared": Text(
        "{n} pertanyaan yang sama; hanya di yang pertama {first}, hanya di yang kedua {second}",
        "{n} questions in both; only in the first {first}, only in the second {second}",
    ),
    "columns": Text("pertama;kedua;selisih [95 %];p", "first;second;difference [95 %];p"),
    "measure": Text("ukuran", "measure"),
}

_SLICE_MEASURES = ("nDCG@10", "Success@1", "Success@5", "R@100")


def print_report(report: Report, language: Language) -> None:
    """The measures of each channel with their 95 % intervals, the slices, the answers and the quotes."""
    answers = report.answers()
    _print(_say(language, "set", name=report.name, n=answers.n_with, without=answers.n_without))
    _print(_say(language, "store", n=report.store.n_documents, passages=report.store.n_passages))
    if report.n_left_out:
        _print(_say(language, "left_out", n=report.n_left_out))
    if answers.n_with:
        channels = {channel: report.means(channel) for channel in report.values}
        rows = [[m, *(_interval(means[m]) for means in channels.values())] for m in MEASURES]
        _print_table([_say(language, "measure"), *(pick(NAMES[c], language) for c in channels)], rows)
        _print()
        _print_slices(report, language)
    _print_answers(answers, language)
    n_quotes, n_equal = report.quotes
    _print(_say(language, "quotes", n=n_quotes, same=n_equal))


def print_quotes(n_quotes: int, n_equal: int, language: Language) -> None:
    """How many quotes were compared, and how many were equal."""
    _print(_say(language, "quotes", n=n_quotes, same=n_equal))


def print_unresolved(unresolved: Iterable[Unresolved], language: Language) -> None:
    """On stderr, a line for each gold that the store cannot be asked for."""
    for each in unresolved:
        click.echo(
            _say(language, "unresolved", question=each.question, document=each.document, why=pick(each.why, language)),
            err=True,
        )


def print_comparison(found: Comparison, language: Language) -> None:
    """Each measure of both runs, their difference with its 95 % interval, and p."""
    _print(_say(language, "compared", n=found.n_shared, first=found.n_only_first, second=found.n_only_second))
    columns = _say(language, "columns").split(";")
    named = {pick(NAMES[m], language) if m in NAMES else m: each for m, each in found.measures.items()}
    _print_table([_say(language, "measure"), *columns], [[m, *_difference(each)] for m, each in named.items()])
    if found.slices:
        _print()
        rows = [[name, *_difference(each)] for name, each in found.slices.items()]
        _print_table([f"nDCG@10, {_say(language, 'slice')}", *columns], rows)


def _print_slices(report: Report, language: Language) -> None:
    if not report.slices:
        return
    _print(_say(language, "slices"))
    rows = []
    for name, ids in report.slices.items():
        means = report.means("fused", ids)
        right = report.answers(ids).right
        cells = [f"{means[m].value:.3f}" for m in _SLICE_MEASURES]
        rows.append([name, str(len(ids)), *cells, "–" if right is None else f"{right.value:.3f}"])
    _print_table([_say(language, "slice"), "n", *_SLICE_MEASURES, pick(NAMES[RIGHT], language)], rows)
    _print()


def _print_answers(answers: Answers, language: Language) -> None:
    if answers.right is not None:
        of_answered = "–" if answers.right_of_answered is None else _interval(answers.right_of_answered)
        _print(_say(language, "right", right=_interval(answers.right), of_answered=of_answered))
    if answers.n_without:
        _print(
            _say(
                language,
                "silence",
                precision=shown(answers.precision),
                equal=shown(answers.equal_precision),
                recall=shown(answers.recall),
                refused=shown(answers.refused),
            )
        )


def shown(share: float | None) -> str:
    """A share, or a dash where there was nothing to share."""
    return "–" if share is None else f"{share:.3f}"


def _print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for line in _aligned([header, *rows]):
        _print(line)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for first, *others in rows:
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield "  ".join((first.ljust(widths[0]), *cells))


def _interval(mean: Mean) -> str:
    return f"{mean.value:.3f} [{mean.low:.3f}, {mean.high:.3f}]"


def _difference(found: Difference) -> tuple[str, str, str, str]:
    interval = f"{found.mean.value:+.3f} [{found.mean.low:+.3f}, {found.mean.high:+.3f}]"
    return f"{found.first:.3f}", f"{found.second:.3f}", interval, "< 0.001" if found.p < 0.001 else f"{found.p:.3f}"


def _say(language: Language, key: str, **values: object) -> str:
    return pick(TEXTS[key], language).format(**values)


def _print(line: str = "") -> None:
    click.echo(line)
