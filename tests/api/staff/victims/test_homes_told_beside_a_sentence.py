"""A home that a court told of while it sentenced nobody: no letter to a victim goes there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from api.example.messages import as_bytes, hearing, ident, offence, person
from scheduler.counted import past
from scheduler.jobs import Sweep
from tests.api.office import LEEDS, Office, sentencing
from tests.api.staff.letters.test_letters import approve, assigned, printed
from tests.api.staff.letters.visits import begun
from tests.api.staff.victims.test_shared_addresses import NEW_HOME, QUIET_ROW, asked
from vcs.consequences.messages.homes import LEFT
from vcs.intake.records import CourtMessage, FeedCursor
from vcs.sentences.records import CaseAddress
from vcs.terms import Role

CASE = "13EX0000126"

OTHER_CASE = "13EX0000226"


def convicted(office: Office, shared_at: str, last: str = "Madeup", urn: str = CASE) -> Any:
    """Return a hearing at which somebody who lives in Quiet Row was sentenced to nothing."""
    today = office.clock.today()
    count = offence("OF61131", "Wounding", [], today) | {"convictionDate": today.isoformat()}
    someone = person("Colin", last, today.replace(year=1990), [count])
    someone["personDefendant"]["personDetails"]["address"] = NEW_HOME
    return hearing(urn, LEEDS, today, [someone], shared_at)


def as_another_hearing(message: Any) -> bytes:
    message["hearing"]["id"] = ident("another hearing")
    return as_bytes(message)


def with_an_application(office: Office, party: str) -> bytes:
    """Return a hearing of an application that names the offender, at home, as one party."""
    message = convicted(office, "17:30:00")
    case = message["hearing"].pop("prosecutionCases")[0]
    (defendant,) = case.pop("defendants")
    named: Any = {"masterDefendant": defendant}
    application = {
        "id": ident("application"),
        "courtApplicationCases": [case],
        party: [named] if party == "respondents" else named,
    }
    message["hearing"]["courtApplications"] = [application]
    return as_another_hearing(message)


def test_where_they_lived_when_convicted_is_compared_after_the_sentence(office: Office) -> None:
    office.tell(as_another_hearing(convicted(office, "09:30:00")))
    reference, victim = assigned(office, **QUIET_ROW)
    assert len(asked(office)) == 1
    officer = office.person(Role.VLO)
    assert approve(officer, begun(officer, reference, victim)).status_code == 422


@pytest.mark.parametrize(
    "later",
    [
        lambda office: as_another_hearing(convicted(office, "17:30:00")),
        lambda office: as_another_hearing(convicted(office, "17:30:00", "Beside")),
        lambda office: with_an_application(office, "subject"),
        lambda office: with_an_application(office, "respondents"),
        lambda office: two_cases_in_one_hearing(office),
    ],
    ids=["the offender", "a co-defendant", "subject", "respondent", "another case beside it"],
)
def test_a_home_told_later_without_a_sentence_asks_and_stops_the_letter(
    office: Office, later: Any
) -> None:
    reference, victim = assigned(office, **QUIET_ROW)
    officer = office.person(Role.VLO)
    at = begun(officer, reference, victim)
    assert approve(officer, at).status_code == 303
    office.tell(later(office))
    assert len(asked(office)) == 1
    assert printed(officer, at).status_code == 409


def two_cases_in_one_hearing(office: Office) -> bytes:
    """Return the sentence again, with somebody at home in Quiet Row in a case heard with it."""
    told: Any = json.loads(sentencing(office.clock.today(), shared_at="17:30:00"))
    beside = convicted(office, "17:30:00", "Beside", OTHER_CASE)
    told["hearing"]["prosecutionCases"] += beside["hearing"]["prosecutionCases"]
    return as_bytes(told)


def test_what_is_told_again_is_kept_once_and_asked_once(office: Office) -> None:
    assigned(office, **QUIET_ROW)
    for hour in ("17:30:00", "18:30:00"):
        office.tell(as_another_hearing(convicted(office, hour)))
    assert len(asked(office)) == 1


def test_one_told_before_homes_were_kept_is_kept_by_the_scheduler(office: Office) -> None:
    office.tell(as_another_hearing(convicted(office, "09:30:00")))
    _forget_homes(office)
    reference, victim = assigned(office, **QUIET_ROW)
    assert asked(office) == []
    door = office.app.state.door
    sweep = Sweep(office.settings, door.db, door.sealer, office.clock.now)
    while past.keep_homes(sweep).found:
        pass
    assert len(asked(office)) == 1
    officer = office.person(Role.VLO)
    assert approve(officer, begun(officer, reference, victim)).status_code == 422


def _forget_homes(office: Office) -> None:
    """Leave what an upgrade finds: messages that were read, and no homes."""
    with office.app.state.door.db.writing() as session:
        newest = session.execute(select(func.max(CourtMessage.id))).scalar_one()
        session.execute(delete(CaseAddress))
        session.add(FeedCursor(name=LEFT, last_id=newest))
