"""The shipped model beside the plain one, set by set: `python -m bench.both_models PLAIN ADAPTED`.

PLAIN, ADAPTED: folders of reports, as `bench.evaluation` leaves them below its stores, the first made with
`KB_MODEL=bundled-plain` over stores of its own. Vectors alone and the whole search, with paired differences and their
95 % intervals; then the whole search by kind and style of question.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from api.evaluation.files import read_report
from api.evaluation.report import Report
from index.measures import difference

CHANNELS = {"dense": "vectors", "fused": "whole search"}
MEASURES = ("Success@1", "Success@5", "nDCG@10")
SLICED = ("Success@5", "nDCG@10")


def main() -> None:
    """Print the tables of every set that both folders have a report of."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plain", type=Path)
    parser.add_argument("adapted", type=Path)
    given = parser.parse_args()
    names = sorted({file.name for file in given.plain.glob("*.json")} & {file.name for file in given.adapted.glob("*")})
    pairs = [(read_report(given.plain / name), read_report(given.adapted / name)) for name in names]
    print("\n".join([*whole(pairs), "", *sliced(pairs)]))


def whole(pairs: list[tuple[Report, Report]]) -> Iterator[str]:
    """A row for each set, channel and measure."""
    yield "| set | | measure | plain | adapted | difference | p |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for plain, adapted in pairs:
        for channel, name in CHANNELS.items():
            for measure in MEASURES:
                yield f"| {adapted.name} | {name} | {measure} | {_compared(plain, adapted, channel, measure)} |"


def sliced(pairs: list[tuple[Report, Report]]) -> Iterator[str]:
    """A row for each kind and style of the questions that have one, as served."""
    yield "| set | questions | n | measure | plain | adapted | difference | p |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for plain, adapted in pairs:
        for name, ids in adapted.slices.items():
            if name.startswith(("kind ", "style ")):
                for measure in SLICED:
                    compared = _compared(plain, adapted, "fused", measure, frozenset(ids))
                    yield f"| {adapted.name} | {name} | {len(ids)} | {measure} | {compared} |"


def _compared(plain: Report, adapted: Report, channel: str, measure: str, ids: frozenset[str] | None = None) -> str:
    first, second = (
        {key: value for key, value in report.values[channel][measure].items() if ids is None or key in ids}
        for report in (adapted, plain)
    )
    found = difference(first, second)
    p = "< 0.001" if found.p < 0.001 else f"{found.p:.2f}"
    mean = found.mean
    return f"{found.second:.3f} | {found.first:.3f} | {mean.value:+.3f} [{mean.low:+.3f}, {mean.high:+.3f}] | {p}"


if __name__ == "__main__":
    main()
