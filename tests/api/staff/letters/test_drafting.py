"""Letters that wait, as an officer finds them, gives them what they need, and begins another."""

from __future__ import annotations

import re

from sqlmodel import select

from tests.api.office import Office
from tests.api.staff.letters.test_letters import CHECK, approve, assigned, letters
from tests.api.staff.letters.visits import choose
from vcs.access.records import Account
from vcs.access.signing_in.sign_in import actor_of
from vcs.access.work import Work
from vcs.consequences.key_events import record_event
from vcs.events.record import EventEntry
from vcs.events.records import EventKind
from vcs.post.records import LetterRecord
from vcs.terms import Role


def happens(office: Office, reference: str, kind: EventKind) -> LetterRecord:
    """Record an event of today as the officer; returns the letter that it drafts."""
    door = office.app.state.door
    with door.db.writing() as session:
        vlo = session.exec(select(Account).where(Account.role == Role.VLO)).first()
        assert vlo is not None
        work = Work(session, door.sealer, actor_of(vlo), office.clock.now())
        record_event(work, reference, EventEntry(kind, office.clock.today(), "prison"))
    return letters(office)[-1]


def test_what_happened_waits_for_the_officer_with_what_it_is_for(office: Office) -> None:
    reference, _ = assigned(office)
    officer = office.person(Role.VLO)
    assert "Letters to look at</a>: 1 drafted" in officer.get("/").text
    assert re.search(r"href=\"/letters\"[^>]*>\s*Letters\s*<", officer.get("/tasks").text)
    waiting = officer.get("/letters").text
    assert "Invite the victim to join the Victim Contact Scheme" in waiting
    letter = happens(office, reference, EventKind.BACK_IN_CUSTODY)
    assert "A return to custody" in officer.get("/letters").text
    page = officer.get(f"/letters/{letter.reference}").text
    assert "Say that the person is back in custody" in page
    assert "by the program, to be looked at" in officer.get(f"/referrals/{reference}").text
    assert approve(officer, f"/letters/{letter.reference}").status_code == 303
    assert letter.reference not in officer.get("/letters").text


def test_a_letter_says_what_it_needs_and_takes_it_on_one_form(office: Office) -> None:
    reference, victim = assigned(office)
    officer = office.person(Role.VLO)
    choose(office, reference, victim, "opt_in")
    letter = happens(office, reference, EventKind.TO_HOSPITAL)
    at = f"/letters/{letter.reference}"
    page = officer.get(at).text
    assert "restrictions</li>" in page
    assert f'href="{at}/facts"' in page
    assert approve(officer, at).status_code == 422
    form = officer.get(f"{at}/facts").text
    assert "What this letter needs" in form
    assert "The letter can go without it" not in form
    answer = officer.fill(f"{at}/facts", restricted="yes")
    assert answer.status_code == 303, answer.text
    seen = officer.fill(at, reason=CHECK).text
    for said in ("Where it goes", "How it is known", "Since the last letter", "No letter has gone"):
        assert said in seen
    assert approve(officer, at).status_code == 303
    assert officer.get(f"{at}/facts").status_code == 409


def test_an_officer_begins_any_letter_that_fits_and_no_other(office: Office) -> None:
    reference, victim = assigned(office)
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}/letter"
    assert "Annual letter" not in officer.get(at).text
    choose(office, reference, victim, "opt_in")
    page = officer.get(at).text
    assert "Annual letter: say what happened this year" in page
    assert "Recall letter" not in page
    assert "Letters that wait to be looked at" in page
    answer = officer.fill(at, kind="annual", language="en")
    assert answer.status_code == 303, answer.text
    newest = letters(office)[-1]
    assert (newest.kind, newest.drafted_by is None) == ("annual", False)
    assert officer.fill(at, kind="recall", language="en").status_code == 422
