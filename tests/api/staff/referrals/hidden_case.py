"""A referral with everything in it that has an address of its own, to be hidden from somebody."""

from __future__ import annotations

import re

from tests.api.office import Office, Visitor
from tests.api.staff.events.test_key_events import IN_ERROR
from tests.api.staff.letters.visits import begun
from tests.api.staff.needs.test_needs import FORM, day
from tests.journeys.program import referral
from vcs.access.records import ClientKind
from vcs.needs.conditions.catalogue import CONDITIONS
from vcs.terms import Role


def case_in_full(office: Office, reference: str, victim: str, urn: str) -> dict[str, str]:
    """Do in a referral all that has an address of its own; return what names each part."""
    officer = office.person(Role.VLO)
    letter = begun(officer, reference, victim)
    event = officer.fill(f"/referrals/{reference}/events/new", **IN_ERROR).headers["location"]
    action, request = _need_and_condition(office, officer, victim)
    _pass_on(office, reference, victim)
    _say_how_it_was(office, officer, reference, victim)
    token = {"Authorization": f"Bearer {office.token(ClientKind.WITNESS_CARE)}"}
    asked = referral(case_reference=urn, offender={"name": "Somebody Else"})
    assert office.client.post("/referrals", json=asked, headers=token).status_code == 202
    office.read()
    _read_requests(office)
    return {
        "referral": reference,
        "victim": victim,
        "letter": letter.rpartition("/")[2],
        "event": event.split("?")[0].rpartition("/")[2],
        "action": action,
        "request": request,
        **_a_clock(office, officer, reference),
    }


def _a_clock(office: Office, officer: Visitor, reference: str) -> dict[str, str]:
    """Record what started a duty; returns the ids of that and of its clock."""
    at = f"/referrals/{reference}/clocks"
    today = office.clock.today()
    day = {"day": today.day, "month": today.month, "year": today.year}
    typed = {f"happened_on-{name}": str(number) for name, number in day.items()}
    officer.fill(f"{at}/start", kind="complaint", **typed)
    shown = officer.get(at).text
    found = {"clock": r"/clocks/(\d+)/ended", "start": r"/starts/(\d+)/take-back"}
    return {name: re.findall(address, shown)[0] for name, address in found.items()}


def _say_how_it_was(office: Office, officer: Visitor, reference: str, victim: str) -> None:
    """Speak with a victim, and record what they say of how they were treated."""
    today = office.clock.today()
    spoke = {"how": "by phone", "reached": "yes", "spoke_to": "her", "words": "We spoke"}
    at = f"/referrals/{reference}/victims/{victim}/contact"
    assert officer.fill(at, **spoke, **day("happened_on", today)).status_code == 303
    said = {"milestone": "first_contact", "words": "You rang late", "how": "by phone"}
    scores = {"understood": "5", "listened": "4", "kept": "2"}
    answer = officer.fill(
        f"/victims/{victim}/feedback/new", **said, **scores, **day("asked_on", today)
    )
    assert answer.status_code == 303, answer.text


def _pass_on(office: Office, reference: str, victim: str) -> None:
    """Send the unit a message about a victim."""
    said = {"said": "undecided", "how": "by phone", "words": "", "said_on-day": "2 Mar"}
    at = f"/witness-care/{reference}/victims/{victim}/said"
    assert office.person(Role.WITNESS_CARE).fill(at, **said).status_code == 303


def _need_and_condition(office: Office, officer: Visitor, victim: str) -> tuple[str, str]:
    """Open an action about a need of a victim, and ask for a condition; return both references."""
    at, today = f"/victims/{victim}", office.clock.today()
    said = {"safety": "said", "safety-words": "Afraid"} | day("asked_on", today)
    assert officer.fill(f"{at}/needs/ask/safe", **(FORM | said)).status_code == 303
    (owner,) = re.findall(
        r'<option value="(\d+)" selected>', officer.get(f"{at}/needs/action/safety").text
    )
    to_do = {"need": "Afraid", "to_do": "Tell the police", "owner": owner}
    made = officer.fill(f"{at}/needs/action/safety", **to_do, **day("due_on", today))
    assert made.status_code == 303, made.text
    asked = {"code": CONDITIONS[3].code, "place": "The park", "usable": "We walk there"}
    assert (
        officer.fill(f"{at}/conditions/new", **asked, **day("asked_on", today)).status_code == 303
    )
    actions = re.search(r"/needs-actions/(VCS-[0-9A-Z-]+)", officer.get("/needs-actions").text)
    requests = re.search(
        r"/condition-requests/(VCS-[0-9A-Z-]+)/", officer.get(f"{at}/conditions").text
    )
    assert actions
    assert requests
    return actions[1], requests[1]


def _read_requests(office: Office) -> None:
    from vcs.partners.desk import attach_early, read_requests

    door = office.app.state.door
    read_requests(door.db, door.sealer, now=office.clock.now)
    attach_early(door.db, door.sealer, now=office.clock.now)
