"""A report as a file: one JSON object whose format has a version, so that a later program knows what it reads."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, TypeAdapter, ValidationError

from api.evaluation.report import Answers, Comparison, Report
from index.measures import Mean
from kb.errors import FileRefusedError, NotFoundError, Text

FORMAT: Literal["acuan-eval/1"] = "acuan-eval/1"


class _Means(BaseModel):
    """The figures at the head of the file, for people and for other programs; a reader makes them anew."""

    channels: dict[str, dict[str, Mean]]
    slices: dict[str, dict[str, Mean]]
    answers: Answers
    quotes_compared: int
    quotes_equal: int


class _File(BaseModel):
    """A report as it is written: which format, the figures, then what they are made of."""

    format: Literal["acuan-eval/1"]
    figures: _Means
    report: Report


def to_json(report: Report) -> str:
    """The report as its file holds it; the same report is the same bytes."""
    n_quotes, n_equal = report.quotes
    figures = _Means(
        channels={channel: report.means(channel) for channel in report.values},
        slices={name: report.means("fused", ids) for name, ids in report.slices.items()},
        answers=report.answers(),
        quotes_compared=n_quotes,
        quotes_equal=n_equal,
    )
    return _File(format=FORMAT, figures=figures, report=report).model_dump_json(indent=1) + "\n"


def comparison_json(found: Comparison) -> str:
    """A comparison as one JSON object."""
    return TypeAdapter(Comparison).dump_json(found, indent=1).decode()


def read_report(file: Path) -> Report:
    """A report from its file. Raises NotFoundError, FileRefusedError for another file or another format's."""
    if not file.is_file():
        raise NotFoundError(
            str(file),
            Text("berkas itu tidak ada", "there is no such file"),
            Text("buat dengan `kb eval ... --report`", "make one with `kb eval ... --report`"),
        )
    try:
        return _File.model_validate_json(file.read_bytes()).report
    except ValidationError as cause:
        raise FileRefusedError(
            str(file),
            Text(f"ini bukan laporan {FORMAT}", f"this is no report of {FORMAT}"),
            Text("buat lagi dengan `kb eval ... --report`", "make it anew with `kb eval ... --report`"),
        ) from cause
