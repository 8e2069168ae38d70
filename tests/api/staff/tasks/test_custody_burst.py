"""Whoever is asked about a burst of custody events sees what is held, and nobody's name."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlmodel import col, select

from tests.api.office import Office, sentencing
from tests.custody.told import released
from vcs.custody.facts.receive import read_custody
from vcs.custody.facts.settle import settle_custody
from vcs.custody.keep import keep_message
from vcs.custody.questions import brake
from vcs.intake.person_numbers import Number
from vcs.lists.reading.lines import mark_of
from vcs.sentences.records import Sentence, SentenceMark
from vcs.tasks.records import Task
from vcs.terms import Role

NUMBERS = ("Z0001ZZ", "Z0002ZZ", "Z0003ZZ")


def test_a_burst_is_shown_by_system_code_and_day_without_a_name(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brake, "LEAST_USUAL", 0)
    held_burst(office)
    page = office.person(Role.ADMINISTRATOR).get(where(office)).text
    assert "3 events are held." in page
    rows = [row.split("</tr>")[0] for row in page.split('<tr role="row"')[2:]]
    assert [(row.count(">2<"), row.count(">1<")) for row in rows] == [(1, 0), (0, 1)]
    assert all("The custody system" in row and "prisoner.released" in row for row in rows)
    days = ("Monday 23 November 2026", "Sunday 22 November 2026")
    assert [day in row for day, row in zip(days, rows, strict=True)] == [True, True]
    assert not [word for word in (*NUMBERS, "Madeup", "Colin") if word in page]
    answer = office.person(Role.ADMINISTRATOR).fill(where(office), answer="go", note="A tranche")
    assert answer.status_code == 303


def where(office: Office) -> str:
    with office.app.state.door.db.reading() as session:
        task = session.exec(select(Task).where(Task.kind == "custody_burst")).one()
    return f"/tasks/{task.reference}"


def held_burst(office: Office) -> None:
    """Let a prison send two releases of one day and one of another, more than is usual."""
    days = ("2026-11-23", "2026-11-23", "2026-11-22")
    told = [released(f"{day}T10:00:00Z", noms=n) for n, day in zip(NUMBERS, days, strict=True)]
    for n, _ in enumerate(NUMBERS):
        urn = f"13EX00{n:05d}"
        office.tell(sentencing(date(2026, 3, 20), last=f"Madeup{'abc'[n]}", urn=urn))
    office.clock.move_to(date(2026, 11, 24))
    db, sealer = office.app.state.door.db, office.app.state.door.sealer
    now, client = office.clock.now(), office.secrets.clients["custody"][0]
    with db.writing() as session:
        ids = session.exec(select(Sentence.id).order_by(col(Sentence.id)))
        for sentence_id, number in zip(ids, NUMBERS, strict=True):
            mark = mark_of(Number.NOMS, number)
            session.add(SentenceMark(sentence_id=sentence_id, mark=mark, kind="NOMS"))
        keep_message(session, sealer, json.dumps(told).encode(), (client, now))
    read_custody(db, sealer, 100, now)
    settle_custody(db, sealer, 100, now)
