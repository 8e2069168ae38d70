"""A letter names who answers for the referral; once that is somebody else it must not go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.api.office import YORKSHIRE, Office, Visitor
from tests.api.staff.letters.test_letters import CHECK, approve, assigned, drafted, letters, printed
from tests.api.staff.letters.test_outdated import forget_basis, sweep
from tests.api.staff.letters.visits import begun, colleague, events, where
from vcs.access.accounts import UnitEntry, save_unit
from vcs.access.records import Account
from vcs.access.signing_in.sign_in import actor_of
from vcs.access.work import Work
from vcs.consequences.hidden.excluding import exclude
from vcs.consequences.moves.handover import disable_account
from vcs.post.records import LetterRecord
from vcs.referrals.officers.assign import assign_vlo
from vcs.referrals.officers.leave import Away, end_leave, record_leave
from vcs.referrals.officers.reads import leave_in, leave_version
from vcs.referrals.officers.records import Absence
from vcs.referrals.records import Referral
from vcs.terms import Role

_LATER = ("officer", "phone", "unit", "region")


def account(office: Office, name: str) -> Account:
    with office.app.state.door.db.reading() as session:
        found: Account = session.exec(select(Account).where(Account.name == name)).one()
        return found


def work(office: Office, session: object, name: str = "Moira Manager") -> Work:
    door = office.app.state.door
    return Work(session, door.sealer, actor_of(account(office, name)), office.clock.now())  # type: ignore[arg-type]


def given_to(office: Office, name: str) -> None:
    reference, _ = where(office)
    with office.app.state.door.db.writing() as session:
        assign_vlo(work(office, session), reference, account(office, name).id)


def goes_on_leave(office: Office, cover: str = "", days: int = 5) -> int:
    by = account(office, cover).id if cover else None
    today = office.clock.today()
    away = Away(account(office, "Vera Liaison").id, by, today, today + timedelta(days))
    with office.app.state.door.db.writing() as session:
        return record_leave(work(office, session), away).id


def another_officer(office: Office) -> None:
    colleague(office, "Olga")
    given_to(office, "Olga")


def leaves(office: Office) -> None:
    with office.app.state.door.db.writing() as session:
        disable_account(session, None, account(office, "Vera Liaison").id, office.clock.now())


def away_and_nobody_covers(office: Office) -> None:
    goes_on_leave(office)


def unit_moved(office: Office) -> None:
    entry = UnitEntry(YORKSHIRE, "Yorkshire Unit", "new@example.org", address="PO Box 2\nLeeds")
    with office.app.state.door.db.writing() as session:
        save_unit(session, None, entry, office.clock.now())


def moved_to_wales(office: Office) -> None:
    with office.app.state.door.db.writing() as session:
        referral = session.exec(select(Referral)).one()
        referral.region_code = "N03"
        session.add(referral)


OFFICER, UNIT = "the officer whom it names no longer answers", "the details of the unit changed"


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (another_officer, OFFICER),
        (leaves, OFFICER),
        (away_and_nobody_covers, OFFICER),
        (unit_moved, UNIT),
        (moved_to_wales, "moved to another region"),
    ],
)
def test_a_letter_that_names_who_does_not_answer_any_more_is_withdrawn_by_itself(
    office: Office, happened: object, why: str
) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    sweep(office)
    assert letters(office)[0].status == "approved"
    happened(office)  # type: ignore[operator]  # one of the functions above
    sweep(office)
    sweep(office)
    (old, new) = sorted(letters(office), key=lambda one: one.id)
    assert (old.status, new.status) == ("withdrawn", "draft")
    assert why in (old.withdrawn_reason or "")
    assert events(office).count("letter.withdrawn") == 1


@pytest.mark.parametrize("opened", [False, True])
def test_the_new_draft_names_the_new_officer_and_the_old_letter_opens_no_more(
    office: Office, opened: bool
) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    if opened:
        assert printed(officer, at).status_code == 200
    another_officer(office)
    assert "names the wrong person" in officer.get(at).text
    assert printed(officer, at).status_code == 409
    (old, new) = sorted(letters(office), key=lambda one: one.id)
    assert (old.status, new.status) == ("withdrawn", "draft")
    page = officer.fill(f"/letters/{new.reference}", reason=CHECK).text
    assert "My name is Olga" in page
    assert "0113 496 0002" in page
    # One that was opened may have been posted: a second one takes a second person.
    assert ("second one may go only for a reason" in page) is opened


def test_a_letter_from_before_posting_was_recorded_stays_what_it_was(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    forget_basis(office)
    another_officer(office)
    sweep(office)
    assert [one.status for one in letters(office)] == ["approved"]
    assert printed(officer, at).status_code == 409


def test_a_letter_that_was_posted_stays_as_it_was(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    printed(officer, at)
    today = office.clock.today()
    days = {
        "posted_on-day": today.day,
        "posted_on-month": today.month,
        "posted_on-year": today.year,
    }
    answer = officer.fill(f"{at}/posted", **{key: str(day) for key, day in days.items()})
    assert answer.status_code == 303
    another_officer(office)
    sweep(office)
    assert [one.status for one in letters(office)] == ["approved"]


def shown(officer: Visitor, at: str) -> str:
    text: str = officer.fill(at, reason=CHECK).text
    return text


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", "This letter is from your Probation Victim Liaison Unit"),
        ("cy", "oddi wrth eich Uned"),
    ],
)
def test_a_letter_names_whoever_covers_today_or_the_unit(
    office: Office, language: str, named: str
) -> None:
    reference, _ = assigned(office)
    colleague(office, "Olga")
    absence = goes_on_leave(office, "Olga")
    olga = office.visitor()
    olga.sign_in("olga@example.org")
    at = begun(olga, *where(office))
    assert "My name is Olga" in shown(olga, at)
    assert "Vera Liaison" not in shown(olga, at)
    with office.app.state.door.db.writing() as session:
        seen = leave_version(leave_in(session.get_one(Absence, absence)))
        end_leave(work(office, session), absence, office.clock.today(), seen)
    assert "My name is Vera Liaison" in shown(olga, at)
    goes_on_leave(office, "Olga")
    with office.app.state.door.db.writing() as session:
        # Whoever covers may be excluded from this very case: then the unit signs.
        exclude(work(office, session), reference, account(office, "Olga").id, "They are kin")
        unit = UnitEntry(YORKSHIRE, "Yorkshire Unit", "vlu@example.org", phone="0113 496 0009")
        save_unit(session, None, unit, office.clock.now())
        letter = session.exec(select(LetterRecord)).one()
        letter.language = language
        session.add(letter)
    vera = office.person(Role.VLO)
    page = shown(vera, at)
    assert named in page
    assert "so the unit signs" in page
    assert "0113 496 0009" in page
    assert approve(vera, at).status_code == 303
    assert printed(vera, at).content.startswith(b"%PDF-")


def test_a_letter_approved_before_this_was_kept_is_compared_by_its_words(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    door = office.app.state.door
    with door.db.writing() as session:
        letter = session.exec(select(LetterRecord)).one()
        basis = door.sealer.open_json(letter.made_from)
        kept = {key: value for key, value in basis.items() if key not in _LATER}
        letter.made_from, letter.signatory = door.sealer.seal_json(kept), None
        session.add(letter)
    sweep(office)
    assert [(one.status, bool(one.signatory)) for one in letters(office)] == [("approved", True)]
    another_officer(office)
    sweep(office)
    assert OFFICER in (letters(office)[0].withdrawn_reason or "")


_LATER = ("officer", "phone", "unit", "region")
