"""Whether a regulation or one of its provisions is in force on a day, from what other regulations did to it."""

import datetime
from collections.abc import Iterable

from kb.addresses import holds
from kb.legal import SOME, Act, Change, InForce, RelationKind, Standing, Start, Stated


def standing(
    start: Start | None,
    acts: Iterable[Act],
    as_of: datetime.date,
    provision: str = "",
    stated: Stated | None = None,
) -> Standing:
    """The standing of a regulation (`provision` "") or of the provision at that address, on `as_of`.

    start: what it says of its own coming into force; None where it says nothing that could be read.
    Acts that count from a later day change nothing. A repeal is never undone: what was repealed does not revive
    when its repealer goes. Without any act it is in force as far as is known if it says from when, else unknown.
    """
    done = sorted((act for act in acts if _has_come(act, as_of)), key=_order, reverse=True)
    touching = tuple(act for act in done if _touches(act, provision))
    since = start.day if start else None
    found = max((_effect(act, provision) for act in touching), key=_RANK.index, default=InForce.IN_FORCE)
    if stated is not None and stated.in_force is InForce.REPEALED and found is not InForce.REPEALED:
        return Standing(InForce.REPEALED, as_of, touching, since, stated.source)
    if found is not InForce.IN_FORCE:
        return Standing(found, as_of, touching, since)
    if since is not None and since > as_of:
        return Standing(InForce.NOT_YET, as_of, touching, since)
    if start is not None:
        return Standing(InForce.IN_FORCE, as_of, touching, since)
    if stated is not None:
        return Standing(stated.in_force, as_of, touching, since, stated.source)
    return Standing(InForce.UNKNOWN, as_of, touching, since)


_RANK = (InForce.IN_FORCE, InForce.UNKNOWN, InForce.AMENDED, InForce.REPEALED)
"""The gravest wins, and what is known goes before what is not."""


def _has_come(act: Act, as_of: datetime.date) -> bool:
    if act.since is not None:
        return act.since <= as_of
    # The day is not known: from the first of the year of the actor, for a warning too early is better than none
    return act.actor.year is None or act.actor.year <= as_of.year


def _order(act: Act) -> tuple[datetime.date, str, str, str, str, bool]:
    day = act.since or datetime.date(act.actor.year or 1, 12, 31)
    return day, act.actor.key, act.provision, act.change, act.kind, act.is_detailed


def _touches(act: Act, provision: str) -> bool:
    if act.kind not in (RelationKind.AMENDS, RelationKind.REPEALS):
        return False
    if not provision or not act.provision:
        # That the work as a whole was amended says nothing of a provision once the amender's own text is known
        return not provision or act.kind is RelationKind.REPEALS or not act.is_detailed
    if act.provision == SOME:
        return True
    if holds(act.provision, provision):
        return act.change is not Change.INSERTED
    return holds(provision, act.provision)


def _effect(act: Act, provision: str) -> InForce:
    if not act.provision:
        if act.kind is RelationKind.REPEALS:
            return InForce.REPEALED
        return InForce.UNKNOWN if provision else InForce.AMENDED
    if not provision:
        return InForce.AMENDED
    if act.provision == SOME:
        return InForce.UNKNOWN
    if act.change is Change.DELETED and holds(act.provision, provision):
        return InForce.REPEALED
    return InForce.AMENDED
