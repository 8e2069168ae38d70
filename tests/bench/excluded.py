"""For somebody excluded: can a case that is hidden be told by time from one that there is not?

The same person asks each address a thousand times with the reference of the case, and a thousand
times with one that nobody has, in pairs of a random order. A case that they may see is measured
too, which shows that there is something to tell.
"""

from __future__ import annotations

import gc
import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlmodel import select

from tests.api.office import Office, Visitor, email_of, furnished, opened, sentencing
from tests.api.staff.events.test_key_events import IN_ERROR
from tests.api.staff.letters.test_letters import assigned
from tests.api.staff.letters.visits import begun, colleague
from tests.bench.backlog import migrated
from tests.bench.ranks import by_chance, told_apart
from tests.services.clock import MovableClock
from vcs.access.records import Account
from vcs.terms import Role

BOUND: Final = 0.05
"""How far from one half the area may be, for a thousand tries of each: some four deviations."""

_FIRST: Final = 20
"""Tries that are not counted, while everything is read for the first time."""

_NOBODYS: Final = "VCS-0000-0000"

_PATHS: Final = {
    "referral": "/referrals/{}",
    "note": "/referrals/{}/note",
    "letter": "/letters/{}",
    "event": "/events/{}",
    "needs": "/victims/{}/needs",
}

_NAMED_BY: Final = {"note": "referral", "needs": "victim"}


def run(tries: int = 1000, kinds: tuple[str, ...] = ("sqlite", "postgresql")) -> dict[str, Any]:
    """Return, for each database and address, how well a hidden case is told from none."""
    return {kind: _on(kind, tries) for kind in kinds}


def _on(kind: str, tries: int) -> dict[str, Any] | str:
    try:
        with _office(kind) as (officer, hidden, seen):
            return {
                "bound": f"0.5 ± {BOUND}",
                "by chance alone": f"0.5 ± {3 * by_chance(tries, tries):.3f}",
                **{
                    f"hidden or nobody's: {what}": _measured(
                        officer, path.format(hidden[_NAMED_BY.get(what, what)]), path, tries
                    )
                    for what, path in _PATHS.items()
                },
                "seen or nobody's: referral (must be far from one half)": _measured(
                    officer, _PATHS["referral"].format(seen), _PATHS["referral"], tries
                ),
            }
    except LookupError:
        return "not on this machine"


def _measured(who: Visitor, path: str, pattern: str, tries: int) -> dict[str, Any]:
    one, other = path, pattern.format(_NOBODYS)
    found: dict[str, list[float]] = {one: [], other: []}
    turns = random.Random(1)  # noqa: S311  # an order, and the same in each run
    gc.disable()
    for _ in range(_FIRST + tries):
        # In pairs, so that whatever else the machine does weighs on both alike.
        for asked in turns.sample([one, other], 2):
            found[asked].append(_once(who, asked))
    gc.enable()
    these, those = (found[asked][_FIRST:] for asked in (one, other))
    area = told_apart(these, those)
    middle = [sorted(times)[len(times) // 2] for times in (these, those)]
    return {
        "area": round(area, 3),
        "within": abs(area - 0.5) <= BOUND,
        "ratio of medians": round(middle[0] / middle[1], 3),
    }


def _once(who: Visitor, path: str) -> float:
    began = time.perf_counter()
    who.get(path)
    return time.perf_counter() - began


@contextmanager
def _office(kind: str) -> Iterator[tuple[Visitor, dict[str, str], str]]:
    """Give an officer, what names a case that is hidden from them, and a case they may see."""
    clock = MovableClock()
    with migrated(kind) as settings:
        secrets = furnished(settings, clock)
        with opened(settings, clock, secrets) as office:
            reference, victim = assigned(office)
            officer = office.person(Role.VLO)
            letter = begun(officer, reference, victim)
            event = officer.fill(f"/referrals/{reference}/events/new", **IN_ERROR)
            _exclude(office, reference)
            office.tell(sentencing(clock.today(), first="Derek", last="Seen", urn="13EX0000426"))
            hidden = {
                "referral": reference,
                "victim": victim,
                "letter": letter.rpartition("/")[2],
                "event": event.headers["location"].partition("?")[0].rpartition("/")[2],
            }
            assert officer.get(f"/referrals/{reference}").status_code == 404
            seen = next(one for one in _referrals(officer) if one != reference)
            yield officer, hidden, seen


def _exclude(office: Office, reference: str) -> None:
    with office.app.state.door.db.reading() as session:
        query = select(Account.id).where(Account.email == email_of(Role.VLO))
        officer = session.exec(query).one()
    other = colleague(office, "Other", Role.MANAGER)
    at = f"/referrals/{reference}/exclusions/new"
    answer = other.fill(at, account_id=str(officer), reason="Family")
    assert answer.status_code == 303, answer.text


def _referrals(officer: Visitor) -> list[str]:
    return re.findall(r"/referrals/(VCS-[0-9A-Z-]+)", officer.get("/?show=all").text)
