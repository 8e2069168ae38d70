"""Whose matters are read: those of one reader, or everybody's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, true
from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.digest.agenda.matter import id_of
from vcs.alerts.digest.records import ActKind, MatterAct
from vcs.alerts.rungs.directory import Directory, Person
from vcs.alerts.rungs.ladder import ROLE_OF, Stand, above, stand_of
from vcs.clocks.records import ClockRecord
from vcs.intake.regions import REGIONS
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.tasks.records import Task

Places = tuple[str | None, ...]
"""Codes of regions; None is what no region has yet."""


@dataclass(frozen=True, slots=True)
class PassedUp:
    """What comes to an administrator because nobody further down can be told of it.

    ``regions`` are those without a head whom email reaches, ``sentences`` those that are hidden
    from every head of their region, and those about which a head planned a decision, ``referrals``
    those of such sentences, and those of which a head made a plan.
    """

    regions: Places
    sentences: frozenset[int] = frozenset()
    referrals: frozenset[int] = frozenset()

    def within(self, region: Any, sentence: Any, referral: Any) -> ColumnElement[bool]:
        """Return the same rule over columns."""
        codes = [code for code in self.regions if code is not None]
        nowhere = region.is_(None) if None in self.regions else false()
        named = or_(sentence.in_(self.sentences), referral.in_(self.referrals))
        return or_(region.in_(codes), nowhere, named)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose matters are wanted: those of some officers, of a region or passed up, else all."""

    officers: tuple[int, ...] | None = None
    region_code: str | None = None
    passed_up: PassedUp | None = None

    def lies(self) -> ColumnElement[bool]:
        """Say of a referral whether it is among them."""
        # Not by the index of regions: few deadlines are wanted of many referrals.
        region = func.nullif(col(Referral.region_code), "")
        if self.officers is not None:
            return col(Referral.vlo_account_id).in_(self.officers)
        if self.passed_up is not None:
            return self.passed_up.within(region, col(Referral.sentence_id), col(Referral.id))
        return true() if self.region_code is None else region == self.region_code


EVERYBODY = Whose()


def whose_for(session: Session, staff: Directory, person: Person) -> Whose:
    """Return whose matters somebody can be told of."""
    if person.role == ROLE_OF[Stand.OFFICER]:
        covered = staff.hands.presence.covered_by(person.account_id, staff.hands.day)
        return Whose(officers=(person.account_id, *covered))
    if person.role == ROLE_OF[Stand.ADMINISTRATOR]:
        return Whose(passed_up=_passed_up(session, staff))
    return Whose(region_code=person.region_code)


def _passed_up(session: Session, staff: Directory) -> PassedUp:
    """Return what :meth:`Directory.readers` passes on to administrators, and what is raised."""
    # A region that was renamed or parted lives on in accounts and referrals.
    held = session.exec(select(col(Account.region_code)).distinct())
    codes = {region.code for region in REGIONS} | {code for code in held if code is not None}
    told = {code: _hidden_of_heads(staff, code) for code in sorted(codes)}
    without = tuple(code for code, hidden in told.items() if not hidden)
    from_all = (frozenset.intersection(*hidden) for hidden in told.values() if hidden)
    planned = _planned_above(session)
    sentences = frozenset[int]().union(*from_all, _sentences_of(session, planned))
    query = select(Referral.id).where(col(Referral.sentence_id).in_(sentences))
    referrals = frozenset((*session.exec(query), *_referrals_of(session, planned)))
    return PassedUp((*without, None), sentences, referrals)


def _hidden_of_heads(staff: Directory, region_code: str) -> list[frozenset[int]]:
    """Return what each head of a region must not see, of those whom email reaches."""
    return [
        staff.hidden.get(one.account_id, frozenset())
        for one in staff.people.values()
        if one.role == ROLE_OF[Stand.HEAD]
        and one.region_code == region_code
        and one.account_id not in staff.unreached
    ]


def _planned_above(session: Session) -> frozenset[str]:
    """Return the matters with a plan whose holder has nobody but administrators above."""
    query = (
        select(MatterAct.matter)
        .join(Account, col(Account.id) == col(MatterAct.account_id))
        .where(MatterAct.kind == ActKind.PLAN)
        .where(col(Account.role).not_in(_WITH_STAFF_ABOVE))
    )
    return frozenset(session.exec(query))


def _referrals_of(session: Session, keys: frozenset[str]) -> Iterator[int]:
    """Yield the referrals of some duties and clocks."""
    for kind, table in (("deadline", DeadlineRecord), ("clock", ClockRecord)):
        column = select(col(table.referral_id)).where(col(table.id).in_(_ids(keys, kind)))
        yield from session.execute(column).scalars()


def _sentences_of(session: Session, keys: frozenset[str]) -> frozenset[int]:
    """Return the sentences of some decisions."""
    query = select(Task.sentence_id).where(col(Task.id).in_(_ids(keys, "task")))
    return frozenset(one for one in session.exec(query) if one is not None)


def _ids(keys: frozenset[str], kind: str) -> list[int]:
    return [found for key in keys if (found := id_of(key, kind)) is not None]


_WITH_STAFF_ABOVE = tuple(
    {
        str(role)
        for role in ROLE_OF.values()
        if (stand := stand_of(role)) and above(stand) not in (None, Stand.ADMINISTRATOR)
    }
)
"""Roles above which somebody else than an administrator is told when their plan passes."""
