"""Who may see what."""

from hypothesis import given
from hypothesis import strategies as st

from kb.access import EVERYONE, LOCAL_ADMIN, Viewer, may_see

audiences = st.text(min_size=1, max_size=10)


@given(audiences)
def test_the_administrator_sees_every_audience(audience: str) -> None:
    assert may_see(LOCAL_ADMIN, audience)


@given(st.frozensets(audiences), audiences)
def test_others_see_what_is_for_everyone_and_for_their_own(own: frozenset[str], audience: str) -> None:
    assert may_see(Viewer("staf", audiences=own), audience) == (audience == EVERYONE or audience in own)
