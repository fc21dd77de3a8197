import datetime

from hypothesis import given
from hypothesis import strategies as st

from kb.legal import SOME, Act, Change, Form, InForce, RelationKind, Start, StartRule, Stated, Work
from kb.standing import standing

TODAY = datetime.date(2026, 11, 23)
START = Start(StartRule.PROMULGATED, datetime.date(2002, 10, 22), ())
UU = Work(Form.UU, "35", 2014)

days = st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 12, 31))
addresses = st.sampled_from(("", SOME, "pasal-1", "pasal-1/ayat-1", "pasal-1/ayat-2", "pasal-2", "pasal-10"))
acts = st.builds(
    Act,
    kind=st.sampled_from((RelationKind.AMENDS, RelationKind.REPEALS)),
    actor=st.builds(Work, st.just(Form.UU), st.just("1"), st.integers(1990, 2040) | st.none()),
    provision=addresses,
    change=st.sampled_from(Change),
    document_id=st.none(),
    since=days | st.none(),
    is_detailed=st.booleans(),
)
asked = st.sampled_from(("", "pasal-1", "pasal-1/ayat-1", "pasal-2", "pasal-10/ayat-1"))


def act(provision: str = "", change: Change = Change.WHOLE, kind: RelationKind = RelationKind.AMENDS) -> Act:
    return Act(kind, UU, provision, change, None, datetime.date(2014, 10, 17), True)


def said(*done: Act, provision: str = "") -> InForce:
    return standing(START, done, TODAY, provision).in_force


def test_what_nothing_was_done_to_is_in_force() -> None:
    assert said() is InForce.IN_FORCE


def test_what_says_nothing_of_itself_is_unknown() -> None:
    assert standing(None, (), TODAY).in_force is InForce.UNKNOWN


def test_before_its_day_it_is_not_in_force_yet() -> None:
    assert standing(START, (), datetime.date(2002, 10, 21)).in_force is InForce.NOT_YET


def test_a_repeal_takes_every_provision_with_it() -> None:
    repeal = act(kind=RelationKind.REPEALS)
    assert (said(repeal), said(repeal, provision="pasal-7")) == (InForce.REPEALED, InForce.REPEALED)


def test_an_amendment_leaves_the_provisions_it_does_not_speak_of() -> None:
    done = (act(), act("pasal-7/ayat-1", Change.ALTERED))
    assert said(*done) is InForce.AMENDED
    assert said(*done, provision="pasal-7") is InForce.AMENDED
    assert said(*done, provision="pasal-7/ayat-1/huruf-a") is InForce.AMENDED
    assert said(*done, provision="pasal-7/ayat-2") is InForce.IN_FORCE
    assert said(*done, provision="pasal-70") is InForce.IN_FORCE


def test_a_deleted_ayat_is_gone_and_its_pasal_amended() -> None:
    done = act("pasal-32/ayat-2", Change.DELETED)
    assert said(done, provision="pasal-32/ayat-2") is InForce.REPEALED
    assert said(done, provision="pasal-32") is InForce.AMENDED


def test_an_amender_that_is_not_here_leaves_its_provisions_unknown() -> None:
    unseen = Act(RelationKind.AMENDS, UU, "", Change.WHOLE, None, None, False)
    assert (said(unseen), said(unseen, provision="pasal-7")) == (InForce.AMENDED, InForce.UNKNOWN)


def test_what_is_inserted_is_in_force_itself() -> None:
    assert said(act("pasal-7a", Change.INSERTED), provision="pasal-7a") is InForce.IN_FORCE


def test_the_office_list_can_say_that_it_is_repealed() -> None:
    found = standing(START, (), TODAY, stated=Stated(InForce.REPEALED, "JDIHN"))
    assert (found.in_force, found.stated) == (InForce.REPEALED, "JDIHN")


@given(st.lists(acts, max_size=6), days, asked)
def test_the_order_of_acts_does_not_matter(done: list[Act], day: datetime.date, address: str) -> None:
    assert standing(START, done, day, address) == standing(START, done[::-1], day, address)


@given(st.lists(acts, max_size=6), acts, days, asked)
def test_what_is_repealed_stays_repealed_whatever_else_is_done(
    done: list[Act], more: Act, day: datetime.date, address: str
) -> None:
    if standing(START, done, day, address).in_force is InForce.REPEALED:
        assert standing(START, [*done, more], day, address).in_force is InForce.REPEALED


@given(st.lists(acts, max_size=6), days, days, asked)
def test_what_is_repealed_stays_repealed_on_every_later_day(
    done: list[Act], one: datetime.date, other: datetime.date, address: str
) -> None:
    earlier, later = sorted((one, other))
    if standing(START, done, earlier, address).in_force is InForce.REPEALED:
        assert standing(START, done, later, address).in_force is InForce.REPEALED


@given(st.lists(acts, max_size=6), days, asked)
def test_what_comes_later_changes_nothing_today(done: list[Act], day: datetime.date, address: str) -> None:
    by_now = [one for one in done if one.since is None or one.since <= day]
    assert standing(START, done, day, address) == standing(START, by_now, day, address)


@given(st.lists(acts, max_size=6), days)
def test_a_repealed_regulation_has_no_provision_in_force(done: list[Act], day: datetime.date) -> None:
    if standing(START, done, day).in_force is InForce.REPEALED:
        assert standing(START, done, day, "pasal-1/ayat-1").in_force is InForce.REPEALED
