"""What courts and a witness care unit's system sent, through the real doors, day by day."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial

from api.example import court, prisons
from api.example.court import working_days_before
from api.example.messages import Json
from api.example.progress import MESSAGES, Progress, unheard
from api.example.stories import REDUCED_TO, STORIES, Story, named
from vcs.access.clients import ClientEntry, add_client
from vcs.access.records import ClientKind
from vcs.consequences.messages.desk import read_waiting
from vcs.database import Database
from vcs.intake.inbox import Inbox
from vcs.partners.desk import attach_early, read_requests
from vcs.partners.receiving.keeping import keep_request, read_and_check
from vcs.sealing import Sealer

_LONDON = "01"

TOTAL = len(STORIES) + 5

"""How many court messages are sent: one for each story, and what came later."""


def at_work(day: date) -> datetime:
    """Return a moment of a day at which things are done."""
    return datetime.combine(day, time(9, 30), UTC)


@dataclass(slots=True)
class Feeds:
    """Sends what each system would have sent, on the day on which it would have come."""

    db: Database
    sealer: Sealer
    today: date
    progress: Progress = unheard
    messages: int = 0
    _clients: dict[str, str] = field(default_factory=dict)

    def tell_the_stories(self) -> None:
        """Have witness care refer one victim early, and the courts tell of every sentence."""
        self._open_to("Example court system", ClientKind.COURT)
        self._open_to("Example police system", ClientKind.COURT)
        self._open_to("Example witness care system", ClientKind.WITNESS_CARE)
        self._open_to("Example prison system", ClientKind.CUSTODY)
        self._refer(self._victim_of(named("Foreseen")), 6)
        self._refer(_NOT_SENTENCED_YET, 3)
        for story in STORIES:
            self._send(story, story.days_ago, court.message_of(story, self.today))

    def tell_what_came_later(self) -> None:
        """Have the courts tell again, change, delete, and send what nobody can read."""
        amended, erased, alan = named("Amended"), named("Erased"), named("Fictional")
        self._send(alan, alan.days_ago, court.told_again_by_the_police(alan, self.today))
        self._send(amended, 2, court.reduced(amended, self.today, REDUCED_TO))
        self._send(erased, 1, court.deleted(erased, self.today))
        self._send(alan, 1, court.UNREADABLE)
        self._send(named("Notional"), 1, court.of_another_version(named("Notional"), self.today))

    def tell_from_prisons(self) -> None:
        """Have a prison tell of movements, some of them of people we know."""
        client = self._clients["Example prison system"]
        prisons.tell(self.db, self.sealer, client, self.today, self._on(1)())

    def _open_to(self, name: str, kind: ClientKind) -> None:
        area = _LONDON if kind is ClientKind.WITNESS_CARE else None
        with self.db.writing() as session:
            now = at_work(working_days_before(self.today, 60))
            made = add_client(session, None, ClientEntry(name, kind, area), now)
        self._clients[name] = made.client_id

    def _send(self, story: Story, days_ago: int, body: bytes) -> None:
        sender = "police" if story.told_by in ("police result", "spi") else "court"
        client = self._clients[f"Example {sender} system"]
        now = self._on(days_ago)
        Inbox(self.db, self.sealer).keep([body], client, now())
        read_waiting(self.db, self.sealer, now=now)
        attach_early(self.db, self.sealer, now=now)
        self.messages += 1
        self.progress(MESSAGES, self.messages, TOTAL)

    def _refer(self, asked: Json, days_ago: int) -> None:
        """Send a referral as a program does."""
        body, now = json.dumps(asked).encode(), self._on(days_ago)
        checked = read_and_check(body, None, now().date())
        client = self._clients["Example witness care system"]
        with self.db.writing() as session:
            keep_request(session, self.sealer, client, checked, now())
        read_requests(self.db, self.sealer, now=now)

    def _victim_of(self, story: Story) -> Json:
        born_on = court.hearing_of(story, self.today)["hearing"]["prosecutionCases"][0][
            "defendants"
        ][0]["personDefendant"]["personDetails"]["dateOfBirth"]
        who = {"name": f"{story.first} {story.last}", "date_of_birth": born_on}
        return _referral(court.case_reference(story), who, "Jo Anyone-Foreseen")

    def _on(self, days_ago: int) -> Callable[[], datetime]:
        return partial(_same, at_work(working_days_before(self.today, days_ago)))


def _same(moment: datetime) -> datetime:
    return moment


def _referral(case_reference: str, offender: Json, victim: str) -> Json:
    told = {
        "name": victim,
        "standing": "victim",
        "address_lines": ["60 Nowhere Lane", "Sampletown"],
        "postcode": "EX4 4AA",
        "safe_to_post": True,
    }
    return {
        "kind": "referral",
        "case_reference": case_reference,
        "offender": offender,
        "victims": [told],
    }


_NOT_SENTENCED_YET = _referral("01EX9999926", {"name": "Bertram Pending"}, "Jo Anyone-Pending")
