"""Whether something is in force, on the wire, beside `api.schemas`."""

import datetime

from pydantic import computed_field

from api.schemas import Out
from kb.legal import Change, Form, InForce, RelationKind, Work
from kb.work_names import short_work_name, work_name


class WorkOut(Out):
    """A regulation as texts name it, whether it is here or not; an empty string or null is left open."""

    form: Form
    number: str
    year: int | None
    region: str
    issuer: str
    title: str

    @computed_field(description="As it is cited.")
    def name(self) -> str:
        """The full name with its title."""
        return work_name(self._work())

    @computed_field(description="As it is said.")
    def short_name(self) -> str:
        """The name for lists: UU 35/2014."""
        return short_work_name(self._work())

    def _work(self) -> Work:
        return Work(self.form, self.number, self.year, self.region, self.issuer, self.title)


class ActOut(Out):
    """What a work did to a regulation or provision. since: from which day it counts, null where that is not known."""

    kind: RelationKind
    actor: WorkOut
    provision: str
    change: Change
    document_id: int | None
    since: datetime.date | None


class StandingOut(Out):
    """Whether a regulation or provision is in force on a day, as far as the documents here say.

    warns: whether a citation must say that it may not be the law as it stands. stated: who outside the texts says so.
    """

    in_force: InForce
    as_of: datetime.date
    since: datetime.date | None
    stated: str
    warns: bool
    acts: list[ActOut]
