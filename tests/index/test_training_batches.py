import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from index.training.batches import ASKED_BY_PEOPLE, SHARES, batched, mixed
from index.training.pairs import Pair


def pair(i, group="a", guard=None, source="penjelasan"):
    return Pair(f"q{i}", f"p{i}", source, group, (guard or f"g{i}",))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), max_size=120), st.integers(1, 12), st.integers(0, 9))
def test_no_two_of_a_batch_share_a_guard_and_no_pair_comes_twice(rows, size, seed):
    pairs = [pair(i, f"law{group}", f"pasal{guard}") for i, (group, guard) in enumerate(rows)]
    batches = list(batched(pairs, size, random.Random(seed)))
    places = [place for batch in batches for place in batch]
    assert len(places) == len(set(places))
    for batch in batches:
        assert len(batch) == size
        assert len({pairs[place].guards for place in batch}) == size


@given(st.lists(st.integers(0, 30), min_size=2, max_size=80), st.integers(1, 9), st.integers(0, 9))
def test_no_negative_of_a_batch_may_answer_another_pair_of_it(guards, size, seed):
    pairs = [pair(i, f"law{guard % 5}", f"pasal{guard}") for i, guard in enumerate(guards)]
    negatives = [random.Random(i).randrange(len(pairs)) for i in range(len(pairs))]
    for batch in batched(pairs, size, random.Random(seed), negatives):
        for place in batch:
            others = [pairs[other] for other in batch if other != place]
            assert all(pairs[negatives[place]].guards != other.guards for other in others)


def test_a_third_of_a_batch_comes_from_few_laws():
    pairs = [pair(i, f"law{i % 300}") for i in range(3000)]
    batch = next(batched(pairs, 36, random.Random(1)))
    commonest = Counter(pairs[place].group for place in batch).most_common(3)
    assert all(n >= 4 for _law, n in commonest)


def test_the_sources_are_mixed_in_their_shares():
    pairs = [pair(i, source=source) for i, source in enumerate(list(SHARES) * 200)]
    whole = sum(SHARES.values())
    found = Counter(one.source for one in mixed(pairs, 100, random.Random(1)))
    assert found == {source: round(100 * share / whole) for source, share in SHARES.items()}


def test_of_an_office_that_has_mined_pairs_only_as_many_are_taken():
    mined = {source: share for source, share in SHARES.items() if source not in ASKED_BY_PEOPLE}
    pairs = [pair(i, source=source) for i, source in enumerate(list(mined) * 200)]
    n = round(1000 * sum(mined.values()))
    chosen = mixed(pairs, n, random.Random(1))
    assert Counter(one.source for one in chosen) == {source: round(1000 * share) for source, share in mined.items()}
    assert len(chosen) == n


@given(st.sampled_from(list(SHARES)), st.integers(0, 99))
def test_where_a_source_is_left_out_the_pairs_of_the_others_are_the_same_and_more(left_out, seed):
    pairs = [pair(i, source=source) for i, source in enumerate(list(SHARES) * 30)]
    others = [one for one in pairs if one.source != left_out]
    whole, rest = (set(mixed(given, 100, random.Random(seed))) for given in (pairs, others))
    assert {one for one in whole if one.source != left_out} <= rest
