"""A world in which one thing after the other becomes known, and what was mailed of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from scheduler.access import staff
from scheduler.alerts import at_once, sending
from scheduler.jobs import Sweep, attach_referrals
from scheduler.post import letters
from scheduler.victims import events as set_jobs
from tests.events.told import refer
from tests.journeys.program import program
from tests.journeys.test_officer_leaves import assigned
from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, World, told
from vcs.terms import Role

OFFICER, MANAGER = "vlo@example.org", "manager@example.org"

HERS = (OFFICER,)
"""The officer alone: her manager hears once the time has passed."""

NOBODYS = (MANAGER,)
"""Where nobody has the referral, or whoever had it is gone."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: what happens, and whom it tells, in the order of sending."""

    happens: Callable[[Told], object]
    readers: tuple[str, ...] = (OFFICER, MANAGER)


class Told:
    """A world, the number of the referral that a channel is told about, and what was mailed."""

    def __init__(self, world: World) -> None:
        self.world, self.number, self.seen = world, 0, set[str]()

    def urn(self) -> str:
        return f"13EX{self.number * 7919 % 10**7:07d}26"

    def referral(self, *, elsewhere: bool = False) -> str:
        """Let a court sentence somebody, and give the referral to the officer."""
        surname = f"Other{self.number}" if elsewhere else "Madeup"
        body = told(FRIDAY_20_MARCH, (surname, *ELIGIBLE), urn=self.urn())
        if elsewhere:
            body = body.replace(b"1 Example Street", b"7 Other Road").replace(b"EX1", b"EX7")
        self.world.court_tells(body)
        reference = self.world.referrals()[-1]
        assigned(self.world, reference, self.world.people[Role.VLO].account_id)
        return reference

    def victim(self, reference: str = "", **changes: Any) -> str:
        """Have somebody of their own name and street referred."""
        name = changes.pop("name", f"Nia {ascii_uppercase[self.number % 25]}owan")
        return refer(self.world, name, reference or self.referral(), **changes)

    def program(self, asked: dict[str, Any]) -> None:
        found = program(self.world).send(asked)
        assert found.status not in ("refused", "waiting"), found

    def mailed(self) -> list[tuple[str, str]]:
        """Return the kind and the reader of each email since the last look, in sending order."""
        sweep = Sweep(self.world.settings, self.world.db, self.world.sealer, self.world.clock.now)
        for job in (
            attach_referrals,
            staff.hand_over_hidden,
            letters.ask_about_left,
            set_jobs.join_sets,
            set_jobs.notice_late_telling,
            at_once.notice_at_once,
            sending.send_alerts,
        ):
            job(sweep)
        files = list(self.world.settings.mail_dir.glob("*.eml"))
        new = sorted(
            (one for one in files if one.name not in self.seen),
            key=lambda one: one.stat().st_mtime_ns,
        )
        self.seen |= {one.name for one in new}
        by_name = {
            str(one["Message-ID"]).strip("<>").partition("@")[0]: one for one in self.world.mail()
        }
        return [(one.stem.rsplit("-", 1)[0], str(by_name[one.stem]["To"])) for one in new]


def story(world: World, kind: str, ways: Mapping[str, Way]) -> None:
    """Tell each way in, and see that it alone brings one email to each who is to have it."""
    case = Told(world)
    for words, way in ways.items():
        case.number += 1
        case.mailed()
        way.happens(case)
        assert case.mailed() == [(kind, reader) for reader in way.readers], words
        assert case.mailed() == [], f"{words}, twice"
