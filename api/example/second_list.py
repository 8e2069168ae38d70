"""A list that the courts did not make: probation's cases, matched on the day after it was drawn.

Most of it is what the courts told; some is not, so that a newcomer sees every kind of ending.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from api.example.court import hearing_of, working_days_before
from api.example.stories import SNARESBROOK, STORIES, Story
from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.database import Database
from vcs.lists.certificate.confirm import confirm, propose
from vcs.lists.certificate.contents import Month
from vcs.lists.certificate.signing import signer_of
from vcs.lists.certificate.versions import certificate_version
from vcs.lists.prepare import Asked, Covers
from vcs.lists.reading.columns import ListKind
from vcs.lists.runs.run import Sender, run_list
from vcs.settings import Settings

HEADING = (
    *("CRN", "NOMS_NUMBER", "PNC_NUMBER", "SURNAME", "FIRST_NAME", "DATE_OF_BIRTH_DATE"),
    *("CONVICTION_DATE", "DISPOSAL_DATE", "DISPOSAL_TYPE", "SENTENCE_TYPE", "ENTRY_LENGTH"),
    *("ENTRY_LENGTH_UNITS", "CJS_OFFENCE_CODE", "OFFENCE", "COURT", "CUSTODIAL_STATUS"),
)
"""As the probation case system names them, with the courts' offence code beside its own words."""

COVERS_FROM, COVERS_TO, DRAWN = 40, 3, 2
"""In working days before today: what was asked for, and the day on which it was drawn."""

_CUSTODY = {
    "IMP": "CJA - Std Determinate Custody",
    "YOI": "Young Offender Institution",
    "DTO": "Detention and Training Order",
    "MLI": "Life imprisonment",
}

LACKS = ("Figment", "Erased")
"""Whom the list lacks: one who may be there under another name, one whom the court took back."""

UNKNOWN = Story("Basil", "Unheard-of", SNARESBROOK, 10, "robbery")
"""Contact is owed to somebody in this case, and no court told us of it."""


def match(db: Database, settings: Settings, sender: Sender, today: date, second: Actor) -> None:
    """Match the list, propose the month's certificate, and have another person confirm it."""
    days = (working_days_before(today, one) for one in (COVERS_FROM, COVERS_TO))
    asked = Asked(
        ListKind.PROBATION,
        list_of(today),
        "Example probation system",
        working_days_before(today, DRAWN),
        "Every custodial sentence of the period, by day of sentence",
        covers=Covers(*days),
    )
    run_list(db, sender, asked)
    month = Month.named(f"{london_date(sender.now):%Y-%m}")
    with db.writing() as session:
        signer = signer_of(session, settings)
        made = propose(Work(session, sender.sealer, sender.actor, sender.now), month, signer)
        reference, seen = made.reference, certificate_version(made)
    with db.writing() as session:
        confirm(Work(session, sender.sealer, second, sender.now), reference, signer, seen)


def list_of(today: date) -> bytes:
    """Return the list as a spreadsheet saves it: a title, the lines, a broken one and a total."""
    told = [story for story in (*STORIES, UNKNOWN) if _is_in_it(story)]
    lines = [_line(number, story, today) for number, story in enumerate(told, start=1)]
    written = io.StringIO()
    title = ["Custodial sentences, made-up people only", *[""] * (len(HEADING) - 1)]
    csv.writer(written).writerows([title, HEADING, *lines, ["X900000", "cut off"]])
    csv.writer(written).writerow([f"Total rows: {len(lines) + 1}", *[""] * (len(HEADING) - 1)])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _is_in_it(story: Story) -> bool:
    _, _, result, length = story.counts[0]
    is_custody = result in _CUSTODY and (length or result == "MLI")
    return bool(is_custody) and story.days_ago >= COVERS_TO and story.last not in LACKS


def _line(number: int, story: Story, today: date) -> list[str]:
    code, title, result, length = story.counts[0]
    on = working_days_before(today, story.days_ago)
    amount, _, unit = length.partition(" ")
    return [
        *(f"X{900000 + number}", "", "", story.last.upper(), story.first.upper()),
        *(_born(story, today), on.isoformat(), on.isoformat(), _CUSTODY[result], "SC"),
        *(amount, unit, code, title, story.court[1], "A"),
    ]


def _born(story: Story, today: date) -> str:
    hearing = hearing_of(story, today)["hearing"] if story in STORIES else None
    if hearing is None:
        return "1990-05-06"
    person = hearing["prosecutionCases"][0]["defendants"][0]["personDefendant"]
    return str(person["personDetails"]["dateOfBirth"])
