"""Pairs of a regulation and another of the collection, and of a Menimbang and the provisions below it."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bench.law_texts import FIRST_YEAR, Row, laws, regulation, relations, text_id
from index.training.amending import amended
from index.training.pairs import Pair
from index.training.reciting import carried_out, delegated
from index.training.regulation import Body, Regulation
from kb.legal import Work

N_HELD = 48
"""So many regulations stay cut, so that one that many change or carry out is cut once."""

_BUDGET = re.compile(r"anggaran pendapatan dan belanja", re.I)


class Texts:
    """The texts by id, and which of them changed which, as far as they have been asked for."""

    def __init__(self, data: Path) -> None:
        self._rows = {row["id"]: row for row in laws(data)}
        self._changed_by: dict[str, set[str]] = defaultdict(set)
        self._body = lru_cache(N_HELD)(lambda name: Body(regulation(self._rows[name])))

    def rows(self) -> Iterator[Row]:
        """The texts, older ones of a kind before those that change them."""
        yield from self._rows.values()

    def pairs_across(self, row: Row, law: Regulation, rng: random.Random) -> Iterator[Pair]:
        """What a text teaches of its Menimbang and of those it changes or carries out; nothing of a budget."""
        if _BUDGET.search(row["title"]):
            return
        body = Body(law)
        for changed in sorted({version.regulation for version in law.versions.values()}):
            names = [changed, *sorted(self._changed_by[changed], key=self._age)]
            yield from amended(body, [self._body(name) for name in names if self._is_told(name)], rng)
            self._changed_by[changed].add(law.id)
        yield from carried_out(body)
        if any("Pasal" in body.text(i) for i, section in enumerate(law.sections) if section.address == "menimbang"):
            yield from delegated(body, relations(row, law), self._find, rng)

    def _find(self, work: Work) -> Body | None:
        return self._body(text_id(work)) if self._is_told(text_id(work)) else None

    def _is_told(self, name: str) -> bool:
        return name in self._rows and self._age(name)[0] >= FIRST_YEAR

    def _age(self, name: str) -> tuple[int, int]:
        return int(self._rows[name]["tahun"]), int(self._rows[name]["nomor"])
