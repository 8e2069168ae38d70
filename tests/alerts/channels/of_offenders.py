"""What becomes known of an offender, and what was urgent of an officer who leaves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from sqlmodel import select

from tests.alerts.channels.case import HERS, NOBODYS, Told, Way
from tests.custody.told import event, released, tells
from tests.events.told import TUESDAY_24, happens
from tests.journeys.program import COLIN, SOMEBODY
from tests.journeys.test_officer_leaves import assigned, disabled
from tests.journeys.world import FRIDAY_20_MARCH, told
from vcs.consequences.hidden.excluding import exclude
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventSource
from vcs.intake.person_numbers import Number
from vcs.lists.reading.lines import mark_of
from vcs.sentences.records import SentenceMark
from vcs.terms import Role


def remanded(case: Told, days: int, shared_at: str = "16:30:00") -> bytes:
    """Return a sentence of a year, of which so many days were served on remand."""
    surname = f"Soon{case.number}"
    sentence = (surname, "IMP", "12 Months")
    message = json.loads(told(FRIDAY_20_MARCH, sentence, urn=case.urn(), shared_at=shared_at))
    served = {"label": "Remand days", "promptReference": "remandDays", "type": "INT"}
    for one in message["hearing"]["prosecutionCases"]:
        for count in one["defendants"][0]["offences"]:
            prompts = count["judicialResults"][0]["judicialResultPrompts"]
            prompts.append(served | {"value": str(days)})
    return json.dumps(message).encode()


def out_soon(case: Told, days: int = 90) -> str:
    """Let a court sentence somebody with time served, and give the referral to the officer."""
    case.world.court_tells(remanded(case, days))
    reference = case.world.referrals()[-1]
    assigned(case.world, reference, case.world.people[Role.VLO].account_id)
    return reference


def corrected_late(case: Told) -> None:
    """Let a court add the days on remand when the referral is six weeks old."""
    out_soon(case, 1)
    assert case.mailed() == []
    case.world.clock.move_to(date(2026, 5, 1))
    case.world.court_tells(remanded(case, 90, shared_at="17:00:00"))


def referred_before(case: Told) -> None:
    """Have a program refer before the sentence: nobody is awaited, and nobody was spoken to."""
    him = COLIN | {"name": f"Colin Soon{case.number}"}
    asked = {"case_reference": case.urn(), "offender": him, "victims": [SOMEBODY]}
    case.program({"kind": "referral", **asked})
    case.world.court_tells(remanded(case, 90))


RELEASES: Mapping[str, Way] = {
    "a court says so": Way(out_soon),
    "a victim was referred before": Way(referred_before, NOBODYS),
    "a court says so weeks later": Way(corrected_late),
}


def numbered(case: Told) -> str:
    """Have somebody with a victim sentenced whose prison number is known; return the number."""
    case.world.clock.move_to(TUESDAY_24)
    case.victim(case.referral(elsewhere=True))
    case.mailed()
    noms = f"Z{1000 + case.number}ZZ"
    with case.world.db.writing() as session:
        last = max(one.id for one in case.world.sentences())
        mark = mark_of(Number.NOMS, noms)
        session.add(SentenceMark(sentence_id=last, mark=mark, kind="NOMS"))
    return noms


def recorded(case: Told, kind: EventKind) -> None:
    """Let a manager record what became of him: the officer may not know."""
    numbered(case)
    entry = EventEntry(kind, TUESDAY_24, EventSource.PRISON)
    happens(case.world, entry, case.world.referrals()[-1], case.world.people[Role.MANAGER])


def prison_tells(case: Told, code: str, noms: str = "") -> None:
    tells(case.world, released("2026-03-24T08:05:00Z", code, noms=noms or numbered(case)))


def received(case: Told) -> None:
    noms = numbered(case)
    kind = "prison-offender-events.prisoner.received"
    tells(case.world, event(kind, "2026-03-24T08:05:00Z", "READMISSION", noms=noms))


def by_name(case: Told) -> None:
    """Let a file name him with no number: a person must compare the two."""
    numbered(case)
    row = b"lastName,firstName,dateOfBirth,movementType,movementReasonCode,movementDate\n"
    row += f"Other{case.number},Colin,1990-02-14,REL,UAL,2026-03-24\n".encode()
    tells(case.world, row)


def undecided(case: Told) -> None:
    """Let a prison tell of an escape where nobody has decided whether contact is owed."""
    noms = numbered(case)
    case.number += 100
    case.world.court_tells(told(FRIDAY_20_MARCH, ("X", "IMP", ""), urn=case.urn()))
    case.number -= 100
    with case.world.db.writing() as session:
        mark = session.exec(
            select(SentenceMark).where(SentenceMark.mark == mark_of(Number.NOMS, noms))
        )
        mark.one().sentence_id = max(one.id for one in case.world.sentences())
    prison_tells(case, "UAL", noms)


def of_nobody(case: Told) -> None:
    case.world.clock.move_to(TUESDAY_24)
    prison_tells(case, "UAL", "A9999AA")


DANGER: Mapping[str, Way] = {
    "recorded on the page": Way(lambda case: recorded(case, EventKind.ESCAPED)),
    "told by a prison": Way(lambda case: prison_tells(case, "UAL")),
}

DANGER_OF_WHOM: Mapping[str, Way] = {
    "a file gives a name and no number": Way(by_name),
    "nobody has decided whether contact is owed": Way(undecided, NOBODYS),
    "no sentence that we hold": Way(of_nobody, ("administrator@example.org",)),
}

WITHIN_HOURS: Mapping[str, Way] = {
    "back in custody, on the page": Way(
        lambda case: recorded(case, EventKind.BACK_IN_CUSTODY), HERS
    ),
    "back in custody, told by a prison": Way(received, HERS),
    "a death, on the page": Way(lambda case: recorded(case, EventKind.DIED), HERS),
    "a death, told by a prison": Way(lambda case: prison_tells(case, "DEC"), HERS),
}


def kept_out(case: Told) -> None:
    reference = out_soon(case)
    case.mailed()
    with case.world.db.writing() as session:
        work = case.world.work(session, case.world.people[Role.HEAD])
        exclude(work, reference, case.world.people[Role.VLO].account_id, "knows her")


def left(case: Told) -> None:
    out_soon(case)
    case.mailed()
    disabled(case.world, case.world.people[Role.VLO].account_id)


LEAVERS: Mapping[str, Way] = {
    "the officer must not see the case": Way(kept_out, NOBODYS),
    "the officer’s account is closed": Way(left, NOBODYS),
}
