"""A telephone number or mailbox that may be the offender's: nobody uses it, a manager answers."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from scheduler.counted import past
from scheduler.jobs import Sweep
from tests.api.office import Office, sentencing
from tests.api.staff.events.test_key_events import IN_ERROR
from tests.api.staff.letters.test_letters import assigned
from tests.api.staff.letters.visits import change, events
from vcs.consequences.messages.homes import LEFT
from vcs.intake.records import CourtMessage, FeedCursor
from vcs.sentences.records import CaseAddress
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role

HERS = "0113 496 0000"
"""What the office's victim has."""

PHONE, EMAIL = TaskKind.PHONE_TO_CHECK, TaskKind.EMAIL_TO_CHECK


def told(office: Office, contact: dict[str, str], **sentence: Any) -> None:
    """Tell of a sentence, and by which numbers the court reaches its offender."""
    message: Any = json.loads(sentencing(office.clock.today(), **sentence))
    for case in message["hearing"]["prosecutionCases"]:
        for one in case["defendants"]:
            one["personDefendant"]["personDetails"]["contact"] = contact
    office.tell(json.dumps(message).encode())


def asked(office: Office, kind: TaskKind) -> list[Task]:
    with office.app.state.door.db.reading() as session:
        query = select(Task).where(Task.kind == kind, col(Task.done_at).is_(None))
        return list(session.exec(query))


def answer(office: Office, task: Task, finding: str, note: str = "She told me when we met.") -> Any:
    manager = office.person(Role.MANAGER)
    return manager.fill(f"/tasks/{task.reference}", finding=finding, note=note)


def box(office: Office, reference: str) -> str:
    return str(office.person(Role.VLO).get(f"/referrals/{reference}").text)


def test_a_number_that_a_court_gives_for_the_offender_is_not_rung_until_a_manager_decided(
    office: Office,
) -> None:
    reference, victim = assigned(office)
    assert "Do not use" not in box(office, reference)
    told(office, {"mobile": "+44 (0)113 496-0000"}, shared_at="17:30:00")
    (task,) = asked(office, PHONE)
    assert "496" not in task.question
    assert task.due_on == office.clock.today()
    assert "Do not use: telephone, text message" in box(office, reference)
    form = office.person(Role.VLO).get(f"/referrals/{reference}/victims/{victim}/contact").text
    assert "(may reach the offender)" in form
    manager, at = office.person(Role.MANAGER), f"/tasks/{task.reference}"
    assert "496" not in manager.get(at).text
    before = events(office).count("address.revealed")
    page = manager.fill(f"{at}/addresses", reason="to compare the numbers")
    assert (HERS in page.text, "+44 (0)113 496-0000" in page.text) == (True, True)
    assert events(office).count("address.revealed") == before + 1
    assert answer(office, task, "another_place", "").status_code == 422
    assert answer(office, task, "another_place", "Ring 0113 496 0000").status_code == 422
    assert answer(office, task, "another_place").status_code == 303
    assert "Do not use" not in box(office, reference)
    # The same again asks nothing; another number of theirs that she has by then does.
    told(office, {"home": "00441134960000"}, shared_at="18:00:00")
    assert asked(office, PHONE) == []
    told(office, {"work": "07700 900456"}, first="Dai", last="Other")
    change(office, reference, victim, phone="07700900456")
    (again,) = asked(office, PHONE)
    assert answer(office, again, "same_not_safe").status_code == 303
    assert "a manager found that it is not safe" in box(office, reference)


def test_a_mailbox_told_before_she_came_is_asked_about_when_she_does(office: Office) -> None:
    reference, victim = assigned(office)
    told(office, {"primaryEmail": "Both@Example.org "}, urn="13EX0000226")
    assert asked(office, EMAIL) == []
    change(office, reference, victim, email="both@example.org")
    (task,) = asked(office, EMAIL)
    assert "Do not use: email" in box(office, reference)
    assert answer(office, task, "same_and_safe").status_code == 303
    assert "Do not use" not in box(office, reference)


def test_numbers_in_messages_read_before_they_were_kept_are_kept_by_the_scheduler(
    office: Office,
) -> None:
    told(office, {"home": HERS})
    with office.app.state.door.db.writing() as session:
        _forget_numbers(session)
    assigned(office)
    assert asked(office, PHONE) == []
    door = office.app.state.door
    sweep = Sweep(office.settings, door.db, door.sealer, office.clock.now)
    while past.keep_homes(sweep).found:
        pass
    assert len(asked(office, PHONE)) == 1


def _forget_numbers(session: Session) -> None:
    """Leave what an upgrade finds: messages that were read, and no numbers."""
    newest = session.exec(select(func.max(CourtMessage.id))).one()
    session.execute(delete(CaseAddress))
    session.add(FeedCursor(name=LEFT, last_id=newest))


def test_in_danger_a_number_that_a_court_gives_for_the_offender_is_not_shown(
    office: Office,
) -> None:
    """Whoever tells her within the hour would ring him, who is out."""
    reference, victim = assigned(office)
    officer = office.person(Role.VLO)
    made = officer.fill(f"/referrals/{reference}/events/new", **IN_ERROR)
    at = f"{made.headers['location'].split('?')[0]}/people/{victim}"
    chosen = office.person(Role.MANAGER).fill(f"{at}/way", way="phone", reason="She said so")
    assert chosen.status_code == 303, chosen.text
    assert HERS in officer.fill(f"{at}/number").text
    told(office, {"mobile": "+44 (0)113 496-0000"}, shared_at="17:30:00")
    page = officer.fill(f"{at}/number").text
    assert HERS not in page
    assert "a court gives this number for the offender’s side" in page
