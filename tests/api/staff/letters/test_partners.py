"""The hand-over to hospital managers through the real pages: held, decided about, never past."""

from __future__ import annotations

from sqlmodel import col, select, update

from tests.api.office import Office
from tests.api.staff.letters.test_letters import approve, assigned, printed, seen
from tests.api.staff.letters.visits import change, choose, decide
from tests.post.others.a_partner import LONG_AGO
from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.consequences.drafts.others import TO_OTHERS, draft_case, next_cases
from vcs.post.others.destinations.offices import AddressEntry, add_office
from vcs.post.others.records import OfficeKind
from vcs.post.records import LetterRecord
from vcs.sentences.records import Sentence
from vcs.terms import Role, Route


def hand_over(office: Office) -> tuple[str, str, str]:
    """Return a referral, its victim, and the address of the draft to the hospital managers."""
    reference, victim = assigned(office)
    door = office.app.state.door
    with door.db.writing() as session:
        session.execute(update(Sentence).values(route=Route.HOSPITAL_UNRESTRICTED))
        work = Work(session, door.sealer, Actor(1, "a", Role.ADMINISTRATOR), office.clock.now())
        entry = AddressEntry("1 Partner Street\nLeeds", "LS2 7EY", LONG_AGO)
        where = add_office(work, OfficeKind.HOSPITAL_MANAGERS, "", "The Managers", entry).reference
    choose(office, reference, victim, "opt_in")
    with door.db.writing() as session:
        for row in TO_OTHERS:
            for case in next_cases(session, row, office.clock.now()):
                draft_case(session, door.sealer, row, case, office.clock.now())
    with door.db.reading() as session:
        query = select(LetterRecord.reference).where(col(LetterRecord.about_victim_id).is_not(None))
        at = f"/letters-to-others/{session.exec(query).one()}"
    officer = office.person(Role.VLO)
    assert officer.fill(f"{at}/office", office=where).status_code == 303
    given = {"victim_wish-en": "She wishes to be told of discharge.", "patient_reference": "EX-42"}
    answer = officer.fill(f"{at}/facts", **given)
    assert answer.status_code == 303, answer.text
    return reference, victim, at


def test_a_hand_over_is_approved_and_its_pdf_opens_until_the_address_is_unsafe(
    office: Office,
) -> None:
    reference, victim, at = hand_over(office)
    officer = office.person(Role.VLO)
    assert approve(officer, at).status_code == 303
    assert printed(officer, at).content.startswith(b"%PDF-")
    change(office, reference, victim, safe_to_post="no")
    refused = printed(officer, at)
    assert refused.status_code >= 400
    assert b"%PDF" not in refused.content
    assert officer.fill(f"{at}/posted", **day(office)).status_code >= 400


def day(office: Office) -> dict[str, str]:
    today = office.clock.today()
    parts = {"day": today.day, "month": today.month, "year": today.year}
    return {f"posted_on-{name}": str(value) for name, value in parts.items()}


def test_an_old_tab_approves_no_hand_over_that_is_held_meanwhile(office: Office) -> None:
    reference, victim, at = hand_over(office)
    officer = office.person(Role.VLO)
    shown = seen(officer, at)
    choose(office, reference, victim, "opt_out")
    assert officer.post(f"{at}/approve", shown).status_code >= 400
    assert printed(officer, at).status_code >= 400


def test_a_manager_who_saw_both_addresses_decides_whether_a_hand_over_may_go(
    office: Office,
) -> None:
    _, _, at = hand_over(office)
    door = office.app.state.door
    with door.db.writing() as session:
        told = door.sealer.seal_json(["1 Made Up Lane", "Leeds", "LS1 3AB"])
        session.execute(update(Sentence).values(offender_address=told))
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    assert "must see both addresses" in officer.get(at).text
    assert decide(officer, at, "shared_address").status_code >= 400
    why = {"reason": "I rang her.", "lives_there": "She does."}
    assert manager.fill(f"{at}/decide/shared_address", **why).status_code == 403
    assert "Show both addresses" in manager.get(f"{at}/decide/shared_address").text
    assert decide(manager, at, "shared_address").status_code == 303
    assert approve(officer, at).status_code == 303
