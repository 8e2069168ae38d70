"""What becomes known of a victim: a warning, an address, that nobody may write or ring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.alerts.channels.case import NOBODYS, Told, Way
from tests.journeys.program import COLIN, SOMEBODY
from tests.journeys.test_victim_to_choice import approve, draft, post
from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, told
from tests.victims.test_family import died
from tests.victims.test_joining import join
from tests.victims.test_one_person import change
from vcs.terms import Role

DIED = "Nia Canary (deceased)"

HIS_HOME: dict[str, Any] = {"address_lines": ("1 Example Street", "Exeter"), "postcode": "EX1 1AA"}


def early(case: Told, **victim: Any) -> None:
    """Have a program refer before the sentence comes: there is no officer yet."""
    asked = {"case_reference": case.urn(), "offender": COLIN, "victims": [SOMEBODY | victim]}
    case.program({"kind": "referral", **asked})
    case.world.court_tells(told(urn=case.urn()))


def corrected(case: Told, **changes: Any) -> None:
    victim = case.victim()
    case.mailed()
    case.program({"kind": "correction", "victim_reference": victim, "changes": changes})


def changed(case: Told, **changes: Any) -> None:
    """Let a manager change what is held through the page."""
    victim = case.victim()
    case.mailed()
    change(case.world, victim, case.world.people[Role.MANAGER], **changes)


def joined(case: Told, **first: Any) -> None:
    """Join two, of whom only the first is known to be in danger: the officer of the other hears."""
    one = case.victim(**first)
    case.number += 100
    other = case.victim()
    case.number -= 100
    case.mailed()
    join(case.world, one, other)


def death(case: Told) -> None:
    """Let another officer record that she died: whoever has the referral may be about to ring."""
    victim = case.victim()
    other = case.world.hire(Role.VLO, f"Other {case.number}")
    case.mailed()
    mine = case.world.people[Role.VLO]
    case.world.people[Role.VLO] = other
    died(case.world, victim)
    case.world.people[Role.VLO] = mine


WARNINGS: Mapping[str, Way] = {
    "her name says so": Way(lambda case: changed(case, name="Nia Canary (at risk)")),
    "corrected by a program": Way(lambda case: corrected(case, safe_to_post=False)),
    "her death, on the page": Way(death),
}
"""``test_first_warnings.py`` tells the other ways in."""


def moved_by_program(case: Told) -> None:
    victim = case.victim()
    case.mailed()
    new = {"address_lines": ["1 Example Street", "Exeter"], "postcode": "EX1 1AA"}
    case.program({"kind": "change_of_address", "victim_reference": victim, "new_address": new})


def court_names_it_later(case: Told) -> None:
    case.victim(case.referral(elsewhere=True), **HIS_HOME)
    assert case.mailed() == []
    sentence = (f"Other{case.number}", *ELIGIBLE)
    case.world.court_tells(told(FRIDAY_20_MARCH, sentence, urn=case.urn(), shared_at="17:00:00"))


def joined_there(case: Told) -> None:
    """Join her with somebody whose address is the home of the offender of her own referral."""
    one = case.victim()
    case.number += 100
    other = case.victim(case.referral(elsewhere=True), **HIS_HOME)
    case.number -= 100
    case.mailed()
    join(case.world, one, other)


HIS_ADDRESS: Mapping[str, Way] = {
    "referred on the page": Way(lambda case: case.victim(**HIS_HOME)),
    "changed on the page": Way(lambda case: changed(case, **HIS_HOME)),
    "moved there, says a program": Way(moved_by_program),
    "a court names it later": Way(court_names_it_later),
    "joined with another record": Way(joined_there),
}


def on_its_way(case: Told, then: Callable[[str], object]) -> None:
    """Post a letter to her, and let something become known afterwards."""
    victim = case.victim(case.referral(elsewhere=True))
    letter = draft(case.world, victim)
    approve(case.world, letter)
    post(case.world, letter, case.world.today)
    case.mailed()
    then(victim)


def moved(case: Told) -> None:
    new = {"address_lines": ["2 Refuge Close", "Leeds"], "postcode": "LS3 9ZX"}
    asked = {"kind": "change_of_address", "new_address": new}
    on_its_way(case, lambda victim: case.program(asked | {"victim_reference": victim}))


MUST_STOP: Mapping[str, Way] = {
    "a letter is on its way, and a program says she moved": Way(moved),
    "her name, changed on the page": Way(lambda case: changed(case, name=DIED)),
    "her name, corrected by a program": Way(lambda case: corrected(case, name=DIED)),
    "her name, before the sentence": Way(lambda case: early(case, name=DIED), NOBODYS),
    "her name, joined with another record": Way(lambda case: joined(case, name=DIED)),
}
