"""A morning's email that a server took and another sent back was had by nobody."""

from __future__ import annotations

from datetime import date

from tests.alerts.test_weekly import heard_on
from tests.journeys.world import TUESDAY_7_APRIL, World, told
from tests.scheduler.test_delivery import Choosy, came_back, choosy
from tests.services.mailbox import text_of
from vcs.alerts.bounced import record_bounce
from vcs.ledger.integrity.invariants import invariant_problems

__all__ = ["choosy"]

MANAGER = "manager@example.org"


def test_its_rows_are_new_again_in_the_next_one_and_it_covers_the_time(
    world: World, choosy: Choosy
) -> None:
    world.clock.move_to(date(2026, 3, 20))
    world.court_tells(told())
    heard_on(world, TUESDAY_7_APRIL, date(2026, 4, 8))
    mail = [one for one in choosy.messages if one["To"] == MANAGER][-1]
    assert "NEW: " in text_of(mail)
    bounce = came_back(mail)
    assert bounce is not None
    with world.db.writing() as session:
        assert record_bounce(session, bounce, world.clock.now())
    heard_on(world, date(2026, 4, 9), date(2026, 4, 10))
    thursday, friday = [text_of(one) for one in choosy.messages if one["To"] == MANAGER][-2:]
    assert f"NEW: {world.only_referral()}, 2 working days overdue" in thursday
    assert "from 07:05 on Tuesday 7 April 2026" in thursday
    assert f"{world.only_referral()}, 3 working days overdue" in friday
    assert "NEW: " not in friday
    with world.db.reading() as session:
        assert invariant_problems(session, world.sealer) == []
