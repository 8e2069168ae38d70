"""What people do about letters, in the words of the stories."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from sqlmodel import select

from tests.api.office import PASSWORD, VICTIM, YORKSHIRE, Office, Visitor, sentencing
from vcs.access.accounts import AccountEntry, add_account
from vcs.access.records import AuditEntry
from vcs.terms import Role

ADDRESS = "Made Up Lane"


def colleague(office: Office, name: str, role: Role = Role.VLO) -> Visitor:
    """Hire somebody else of the region, and sign them in."""
    email = f"{name.lower()}@example.org"
    with office.app.state.door.db.writing() as session:
        entry = AccountEntry(email, name, PASSWORD, role, YORKSHIRE, None, "0113 496 0002")
        add_account(session, None, entry, office.clock.now())
    visitor = office.visitor()
    visitor.sign_in(email)
    return visitor


def begin(who: Visitor, reference: str, victim: str) -> Any:
    """Try to begin an English letter."""
    return who.fill(
        f"/referrals/{reference}/victims/{victim}/letter", language="en", kind="initial-contact"
    )


def begun(who: Visitor, reference: str, victim: str) -> str:
    answer = begin(who, reference, victim)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"].partition("?")[0])


def choose(office: Office, reference: str, victim: str, choice: str) -> None:
    day = office.clock.today()
    answer = office.person(Role.VLO).fill(
        f"/referrals/{reference}/victims/{victim}/choice",
        choice=choice,
        how="by phone",
        **{
            "chosen_on-day": str(day.day),
            "chosen_on-month": str(day.month),
            "chosen_on-year": str(day.year),
        },
    )
    assert answer.status_code == 303, answer.text


def change(office: Office, reference: str, victim: str, **details: str) -> None:
    """Correct the details of a victim, as an officer does."""
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}"
    shown = officer.fill(f"{at}/address", reason="to mend the details")
    hidden = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', shown.text))
    answer = officer.post(f"{at}/amend", hidden | VICTIM | details)
    assert answer.status_code == 303, answer.text


def add(office: Office, reference: str, **details: str) -> str:
    """Have witness care add one more victim, who is nobody that is on record already."""
    before, witness_care = victims(office, reference), office.person(Role.WITNESS_CARE)
    at = f"/referrals/{reference}/victims/new"
    answer = witness_care.fill(at, **(VICTIM | details))
    if answer.headers.get("location", "").endswith("?who=yes"):
        answer = witness_care.get(answer.headers["location"])
        hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', answer.text)
        carried = {name: unescape(value) for name, value in hidden}
        answer = witness_care.post(at, carried | {"known": "somebody_else"})
    assert answer.status_code == 303, answer.text
    (new,) = victims(office, reference) - before
    return new


def victims(office: Office, reference: str) -> set[str]:
    page = office.person(Role.VLO).get(f"/referrals/{reference}").text
    return set(re.findall(rf"/referrals/{reference}/victims/(VCS-[0-9A-Z-]+)/", page))


def another_referral(office: Office, **sentence: Any) -> str:
    """Tell of one more eligible sentence and return the reference of its referral."""
    before = set(referrals(office))
    office.tell(sentencing(office.clock.today(), **sentence))
    (new,) = set(referrals(office)) - before
    return new


def referrals(office: Office) -> list[str]:
    page = office.person(Role.MANAGER).get("/").text
    return re.findall(r"/referrals/(VCS-[0-9A-Z-]+)", page)


def give_officer(office: Office, reference: str) -> None:
    manager = office.person(Role.MANAGER)
    page = manager.get(f"/referrals/{reference}/assign").text
    found = re.search(r'name="vlo_account_id" type="radio" value="(\d+)"', page)
    assert found
    manager.fill(f"/referrals/{reference}/assign", vlo_account_id=found[1])


def events(office: Office) -> list[str]:
    with office.app.state.door.db.reading() as session:
        return list(session.exec(select(AuditEntry.event)))


SAYING_WHY = {"reason": "to decide whether the letter may go there"}


def decide(who: Visitor, at: str, question: str, reason: str = "I rang her and asked.") -> Any:
    """Say that one letter may go; about a shared address, having looked at both."""
    if question != "shared_address":
        return who.fill(f"{at}/decide/{question}", reason=reason)
    if who.get(f"{at}/addresses").status_code == 200:
        who.fill(f"{at}/addresses", **SAYING_WHY)
    lives_there = "Her mother, who told me so on the phone."
    return who.fill(f"{at}/decide/{question}", reason=reason, lives_there=lives_there)


def where(office: Office) -> tuple[str, str]:
    (reference,) = set(referrals(office))
    (victim,) = victims(office, reference)
    return reference, victim
