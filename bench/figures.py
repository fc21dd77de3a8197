"""Figures and the tables they are shown in: what was measured, what came out, and what was asked for."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a table. target: what was asked for, "" where nothing was. met: None where there is no target."""

    what: str
    value: str
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one subject. how: what exactly was done, in a sentence or two."""

    title: str
    how: str
    figures: tuple[Figure, ...]

    def markdown(self) -> Iterator[str]:
        """The lines of the table."""
        yield from (f"## {self.title}", "", self.how, "", "| | measured | asked for | |", "| --- | --- | --- | --- |")
        for figure in self.figures:
            met = {True: "met", False: "**not met**", None: ""}[figure.met]
            yield f"| {figure.what} | {figure.value} | {figure.target} | {met} |"
        yield ""


def at_most(what: str, value: float, limit: float, unit: str) -> Figure:
    """A figure that should not be above `limit`."""
    return Figure(what, f"{_beside(value, limit)} {unit}", f"at most {_short(limit)} {unit}", value <= limit)


def at_least(what: str, value: float, limit: float, unit: str) -> Figure:
    """A figure that should not be below `limit`."""
    return Figure(what, f"{_beside(value, limit)} {unit}", f"at least {_short(limit)} {unit}", value >= limit)


def shown(what: str, value: float, unit: str) -> Figure:
    """A figure that nobody asked a number of."""
    return Figure(what, f"{_short(value)} {unit}")


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that is not below `percent` of them. Raises ValueError for none."""
    if not values:
        raise ValueError("expected at least one value")
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def median(values: Sequence[float]) -> float:
    """The value in the middle."""
    return percentile(values, 50)


def _short(value: float) -> str:
    """Three digits that matter; whole numbers in groups of three digits."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}".rstrip("0").rstrip(".")


def _beside(value: float, limit: float) -> str:
    """The value as `_short` has it, or with two places where that would read as the limit and it is not."""
    return f"{value:,.2f}" if value != limit and float(_short(value).replace(",", "")) == limit else _short(value)
