"""Which pairs are learned from, and which go through the model together: each is a negative of all others there."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from index.training.pairs import Pair

SHARES: Mapping[str, float] = {
    "written": 0.38,
    "invented": 0.10,
    "penjelasan": 0.12,
    "judul": 0.05,
    "definisi": 0.03,
    "makna": 0.04,
    "peran": 0.06,
    "pidana": 0.01,
    "kalimat": 0.02,
    "perubahan": 0.03,
    "menimbang": 0.02,
    "pelaksanaan": 0.02,
    "idk-mrc": 0.14,
    "trans-squad": 0.05,
}
"""Of each source its weight in what is learned: its share is that of the weights of all that are there.

Questions of people keep general Indonesian as good as it was.
"""

ASKED_BY_PEOPLE = frozenset({"written", "invented", "idk-mrc", "trans-squad"})
"""The sources whose queries are questions already."""

N_LAWS = 3
"""The regulations that give a third of a batch: passages that differ by their content, not by their subject."""


def mixed(pairs: Sequence[Pair], n: int, rng: random.Random) -> list[Pair]:
    """About `n` pairs, their sources in the proportions of `SHARES`; fewer where one has too few; shuffled.

    Where a source is left out, the pairs of the others are the same ones, and more of them.
    """
    by_source: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_source[pair.source].append(pair)
    shares = {source: share for source, share in SHARES.items() if source in by_source}
    # An office has mined pairs only, a third of all shares.
    whole = sum(shares.values())
    seed = rng.getrandbits(64)
    chosen: list[Pair] = []
    for source, share in shares.items():
        found = by_source[source]
        random.Random(f"{seed} {source}").shuffle(found)
        chosen += found[: round(n * share / whole)]
    rng.shuffle(chosen)
    return chosen


def batched(
    pairs: Sequence[Pair], size: int, rng: random.Random, negatives: Sequence[int] | None = None
) -> Iterator[list[int]]:
    """Full batches of places in `pairs`, each place at most once; a third of a batch comes from `N_LAWS` groups.

    negatives: for each pair the place of the one whose passage goes through the model as its negative; None for none.
    No two pairs of a batch share a guard, nor a pair and the negative of another, so that no passage is held to be
    wrong that is right.
    """
    order = list(range(len(pairs)))
    rng.shuffle(order)
    left: dict[str, list[int]] = defaultdict(list)
    for i in order:
        left[pairs[i].group].append(i)
    used: set[int] = set()
    at = 0
    while True:
        batch = _Batch(pairs, negatives, size)
        rich = sorted(group for group, places in left.items() if len(places) >= size // (3 * N_LAWS))
        for group in rng.sample(rich, min(N_LAWS, len(rich))):
            left[group] = [i for i in left[group] if i not in used]
            taken = 0
            for i in left[group]:
                if taken < size // (3 * N_LAWS) and batch.take(i):
                    taken += 1
        used.update(batch.places)
        waiting = []
        while not batch.is_full and at < len(order):
            i = order[at]
            at += 1
            if i in used:
                continue
            if batch.take(i):
                used.add(i)
            else:
                waiting.append(i)
        order[at:at] = waiting
        if not batch.is_full:
            return
        rng.shuffle(batch.places)
        yield batch.places


class _Batch:
    """Places whose pairs share no guard, with each other or with a negative."""

    def __init__(self, pairs: Sequence[Pair], negatives: Sequence[int] | None, size: int) -> None:
        self._pairs, self._negatives, self._size = pairs, negatives, size
        self._right: set[str] = set()
        self._wrong: set[str] = set()
        self.places: list[int] = []

    @property
    def is_full(self) -> bool:
        return len(self.places) == self._size

    def take(self, place: int) -> bool:
        """Whether the pair was taken in."""
        right = self._pairs[place].guards
        wrong = () if self._negatives is None else self._pairs[self._negatives[place]].guards
        is_safe = self._right.isdisjoint(right) and self._wrong.isdisjoint(right) and self._right.isdisjoint(wrong)
        if self.is_full or not is_safe:
            return False
        self._right.update(right)
        self._wrong.update(wrong)
        self.places.append(place)
        return True
