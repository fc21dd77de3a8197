import pytest

from bench.identity import measure, sentences
from kb.identity import IdentityKind

COUNTS = measure(sentences("all"))
FLOORS = {IdentityKind.NIK: 0.98, IdentityKind.PHONE: 0.98, IdentityKind.NAME: 0.95}


@pytest.mark.parametrize("kind", FLOORS)
def test_what_identifies_people_is_found(kind: IdentityKind) -> None:
    count = COUNTS[kind.value]
    assert count.n_found >= FLOORS[kind] * count.n_gold, count.wrong


@pytest.mark.parametrize("kind", IdentityKind)
def test_what_identifies_nobody_is_left_alone(kind: IdentityKind) -> None:
    count = COUNTS[kind.value]
    assert count.n_right >= 0.9 * count.n_masked, count.wrong
