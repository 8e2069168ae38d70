"""What a newcomer was told wrongly: Today, an older choice, a withdrawn letter."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import select

from tests.api.office import Office
from tests.api.partners.test_door import post, receipt
from tests.api.staff.letters.test_letters import approve, assigned, drafted, letters
from tests.api.staff.test_my_day import plain
from tests.journeys.program import SOMEBODY, referral
from vcs.referrals.records import Referral
from vcs.tables import free_reference
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Role
from vcs.victims.places.numbers import POSTCODE
from vcs.victims.records import Victim

NOTHING = "Nothing is missed, and nothing is due in 2 working days."


def test_nothing_is_missed_is_not_said_while_a_letter_must_be_stopped(office: Office) -> None:
    office.referral()
    manager = office.person(Role.MANAGER)
    with office.app.state.door.db.writing() as session:
        referral = session.exec(select(Referral)).one()
        task = Task(
            reference=free_reference(session, Task),
            key="letter_not_sent:A:stop",
            kind=TaskKind.LETTER_NOT_SENT,
            topic=TaskTopic.MUST_STOP,
            question="Stop it.",
            region_code=referral.region_code,
            opened_on=office.clock.today(),
            due_on=office.clock.today(),
            sentence_id=referral.sentence_id,
            referral_id=referral.id,
        )
        session.add(task)
        at = f"/tasks/{task.reference}"
    page = manager.get("/today").text
    assert f'href="{at}"' in page
    assert NOTHING not in plain(page)


def says(office: Office, at: str, choice: str, day: date) -> str:
    """Record a choice of a day; return what the page says of it."""
    officer = office.person(Role.VLO)
    parts = {"day": day.day, "month": day.month, "year": day.year}
    days = {f"chosen_on-{part}": str(value) for part, value in parts.items()}
    answer = officer.fill(f"{at}/choice", choice=choice, how="by phone", **days)
    assert answer.status_code == 303, answer.text
    return plain(officer.get(answer.headers["location"]).text)


def test_an_older_choice_is_called_one_and_a_draft_that_ended_was_never_made(
    office: Office,
) -> None:
    reference, victim = assigned(office)
    at = f"/referrals/{reference}/victims/{victim}"
    office.clock.move_to(office.clock.today() + timedelta(days=1))
    office.people.clear()
    yesterday, today = office.clock.today() - timedelta(days=1), office.clock.today()
    assert "The choice has been recorded" in says(office, at, "opt_out", today)
    page = says(office, at, "opt_in", yesterday)
    assert "Kept as an earlier choice: they are still opted out" in page
    assert "Next: " not in page.partition("they are still opted out")[2][:60]
    assert [one.kind for one in letters(office) if one.status == "draft"] == [
        "opt-out-confirmation"
    ]
    says(office, at, "opt_in", today)
    (first,) = (one for one in letters(office) if one.kind == "opt-out-confirmation")
    assert first.status == "withdrawn"
    withdrawn = plain(office.person(Role.VLO).get(f"/letters/{first.reference}").text)
    assert "nobody approved it" in withdrawn
    assert "SHA-256" not in withdrawn


def test_an_approved_letter_that_a_choice_ends_is_nothing_to_send(office: Office) -> None:
    officer, letter = drafted(office)
    assert "first contact once" in officer.get(approve(officer, letter).headers["location"]).text
    reference, victim = office.first_referral(), ""
    with office.app.state.door.db.reading() as session:
        victim = session.exec(select(Victim)).one().reference
    at = f"/referrals/{reference}"
    sends = "Send a letter that was approved"
    posts = f'href="{letter}/posted"'
    assert posts in officer.get(at).text
    says(office, f"{at}/victims/{victim}", "opt_out", office.clock.today())
    page = officer.get(at).text
    assert posts not in page
    assert f"Due: {sends}" not in plain(page)


def test_a_note_with_a_postcode_is_refused_and_a_program_loses_nothing(office: Office) -> None:
    reference, victim = assigned(office)
    at = f"/referrals/{reference}/victims/{victim}/note"
    officer = office.person(Role.VLO)
    refused = officer.fill(at, words="He found out about LS1 3AB")
    assert (refused.status_code, POSTCODE in refused.text) == (422, True)
    assert officer.fill(at, words="He found out where she is").status_code == 303
    notes = "Ring her mother on 07700 900123"
    sent = post(office, referral(victims=[SOMEBODY | {"safe_contact_notes": notes}]))
    told = receipt(office, sent.json()["receipt"])
    assert told["referrals"] == [reference]
    with office.app.state.door.db.reading() as session:
        tasks = session.exec(select(Task).where(Task.topic == TaskTopic.SAFETY)).all()
    assert ["an address, a postcode or a telephone" in one.question for one in tasks] == [True]
    assert "900123" not in tasks[0].question
