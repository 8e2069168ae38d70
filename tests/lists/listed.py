"""Courts' messages that hold people with numbers, and lists of other systems that name them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from api.example import messages
from api.example.messages import as_bytes, hearing, offence, person
from tests.journeys.world import World
from vcs.access.actors import Actor
from vcs.intake import regions
from vcs.lists.prepare import Asked
from vcs.lists.reading.columns import ListKind
from vcs.lists.runs.run import Sender, run_list
from vcs.lists.runs.told import objects
from vcs.tasks.records import Task
from vcs.terms import Role

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "lists"

_RESULTS = {"1002": "IMP", "1115": "SUSPS", "1008": "MHHO", "1004": "RISTO"}

HEADING = (
    "CRN,NOMS_NUMBER,PNC_NUMBER,SURNAME,FIRST_NAME,DATE_OF_BIRTH_DATE,DISPOSAL_DATE,"
    "DISPOSAL_TYPE,SENTENCE_TYPE,ENTRY_LENGTH,ENTRY_LENGTH_UNITS,CJS_OFFENCE_CODE,COURT"
)

QUILL = {
    "case_urn": "31NQ9900126",
    "asn": "2631ZD0000099000126D",
    "pnc_id": "2006/9000126L",
    "cro_number": "",
    "surname": "Quillfeather",
    "forenames": "Tobiah",
    "date_of_birth": "1988-03-14",
    "court_code": "C13LE00",
    "sentenced_on": "2026-09-18",
    "offence_code": "OF61016",
    "result_codes": "1002",
    "term_months": "72",
}
"""One sentence as a court tells it."""


def told(row: Mapping[str, str], **more: str) -> bytes:
    """Return the court's message of one row of a ledger."""
    given = {**row, **more}
    held_on = date.fromisoformat(given["sentenced_on"])
    length = f"{given['term_months']} Months" if given["term_months"] else ""
    results = [
        messages.result(_RESULTS[code], held_on, length)
        for code in given["result_codes"].split(";")
    ]
    count = offence(given["offence_code"], "An offence", results, date(2026, 1, 5))
    court = regions.court(given["court_code"])
    assert court is not None
    born = date.fromisoformat(given["date_of_birth"])
    offender = person(given["forenames"], given["surname"], born, [count], **_numbers(given))
    return as_bytes(
        hearing(given["case_urn"], (given["court_code"], court.name), held_on, [offender])
    )


def _numbers(row: Mapping[str, str]) -> dict[str, Any]:
    named = (
        ("pncId", "pnc_id"),
        ("croNumber", "cro_number"),
        ("prosecutionAuthorityReference", "asn"),
    )
    return {field: row[column] for field, column in named if row[column]}


def line(**more: str) -> str:
    """Return Quillfeather's line of a probation list, with some of it changed."""
    cells = {
        "crn": "",
        "noms": "",
        "pnc": "2006/9000126L",
        "surname": "QUILLFEATHER",
        "forename": "TOBIAH",
        "born": "1988-03-14",
        "on": "2026-09-18",
        "type": "CJA - Std Determinate Custody",
        "sentence": "SC",
        "length": "72",
        "unit": "Months",
        "code": "OF61016",
        "court": "Leeds Crown Court",
    } | more
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells.values())
    return written.getvalue()


def probation(*lines: str) -> bytes:
    """Return a probation list."""
    return "\n".join((HEADING, *lines)).encode()


def match(
    world: World, content: bytes, kind: str = "probation", who: Actor | None = None, **more: Any
) -> list[dict[str, Any]]:
    """Match a list as somebody; return how each line ended."""
    asked = Asked(ListKind(kind), content, **more)
    actor = who or world.people[Role.ADMINISTRATOR]
    found, _ = run_list(world.db, Sender(world.sealer, actor, world.clock.now()), asked)
    return list(objects(found))


def endings(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return how the lines of a list ended, without what only we hold."""
    return [one["ends_as"] for one in found if one["row"] is not None]


def questions(world: World) -> list[Task]:
    """Return the open questions about lists, oldest first."""
    with world.db.reading() as session:
        query = select(Task).where(Task.kind == "list_line", col(Task.done_at).is_(None))
        return list(session.exec(query.order_by(col(Task.id))))
