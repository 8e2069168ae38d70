"""What prisons sent: a transfer to hospital, a temporary release, and somebody unknown to us."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from api.example import court
from api.example.court import working_days_before
from api.example.messages import Json
from api.example.stories import Story, named
from vcs.custody.facts.receive import read_custody
from vcs.custody.facts.settle import settle_custody
from vcs.custody.keep import keep_message
from vcs.database import Database
from vcs.sealing import Sealer

_MOST = 100

_STRANGER: Json = {
    "offenderNo": "Z9999ZZ",
    "lastName": "Unheard-of",
    "firstName": "Cuthbert",
    "dateOfBirth": "1984-06-03",
}
"""Nobody of ours: a person is asked whose event it is."""


def tell(db: Database, sealer: Sealer, client: str, today: date, now: datetime) -> None:
    """Send a prison's movements as one file, and settle them once they can be undone no more."""
    day = working_days_before(today, 2)
    rows = [
        _movement(_offender(named("Saga"), today), "HP", day),
        _movement(_offender(named("Parable"), today), "TAP", day),
        _movement(_STRANGER, "CR", day),
    ]
    body = json.dumps(rows).encode()
    with db.writing() as session:
        keep_message(session, sealer, body, (client, now))
    read_custody(db, sealer, _MOST, now)
    settle_custody(db, sealer, _MOST, now + timedelta(hours=2))


def _offender(story: Story, today: date) -> Json:
    """Return the offender of a story as prisons name them."""
    hearing = court.hearing_of(story, today)["hearing"]
    person = hearing["prosecutionCases"][0]["defendants"][0]["personDefendant"]["personDetails"]
    return {
        "offenderNo": "",
        "lastName": story.last,
        "firstName": story.first,
        "dateOfBirth": person["dateOfBirth"],
        "sentenceStartDate": working_days_before(today, story.days_ago).isoformat(),
    }


def _movement(offender: Json, reason: str, day: date) -> Json:
    kind = "TAP" if reason == "TAP" else "REL"
    code = "C6" if reason == "TAP" else reason
    moved = {"movementType": kind, "movementReasonCode": code, "movementDate": day.isoformat()}
    return offender | moved
