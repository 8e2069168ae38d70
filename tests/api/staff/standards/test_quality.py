"""A victim says how she was treated, within a conversation; two people read a letter."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests.api.office import Office, email_of
from tests.api.staff.letters.test_letters import approve, drafted
from tests.api.staff.letters.visits import colleague
from tests.api.staff.victims.test_contact import on
from vcs.access.exclusions.records import Exclusion
from vcs.access.records import Account
from vcs.quality.rubric import kappa
from vcs.referrals.records import Referral
from vcs.terms import Role

SAID = {"understood": "5", "listened": "4", "kept": "2", "how": "by phone"}


def spoken(office: Office) -> tuple[str, str]:
    """Have an officer speak with a victim today; return the referral and the victim."""
    reference, victim = office.referral_with_victim()
    told = {"how": "by phone", "reached": "yes", "spoke_to": "her", "words": "We spoke"}
    at = f"/referrals/{reference}/victims/{victim}/contact"
    assert office.person(Role.VLO).fill(at, **told, **on("happened_on")).status_code == 303
    return reference, victim


def asked(office: Office, victim: str, who: Role = Role.VLO, /, **more: str) -> str:
    """Record an answer; return the page or ``done``."""
    at = f"/victims/{victim}/feedback/new"
    said = {"milestone": "first_contact", "words": "You rang late"} | SAID
    answer = office.person(who).fill(at, **(said | on("asked_on") | more))
    is_done = "done=feedback" in answer.headers.get("location", "")
    return "done" if is_done else answer.text


def test_what_she_says_is_coded_by_a_person_with_what_was_done(office: Office) -> None:
    _, victim = spoken(office)
    assert asked(office, victim) == "done"
    page = office.person(Role.VLO).get(f"/victims/{victim}/feedback").text
    assert "You rang late" in page
    manager = office.person(Role.MANAGER)
    region = manager.get("/quality").text
    assert "You rang late" in region
    assert "Nia" not in region.partition("<main")[2]
    (at,) = {
        part.partition('"')[0] for part in region.split('href="')[1:] if "/quality/" in part[:9]
    }
    said = {"theme": "time", "did": "The officer rang every Friday"} | on("did_on")
    assert manager.fill(at, **said).status_code == 303
    region = manager.get("/quality").text
    assert "The officer rang every Friday" in region
    assert "Every answer has been read" in region
    assert "0</span> bare ticks" in region


def test_numbers_without_a_word_are_shown_as_a_bare_tick(office: Office) -> None:
    _, victim = spoken(office)
    assert asked(office, victim, words="") == "done"
    assert "A bare tick" in office.person(Role.VLO).get(f"/victims/{victim}/feedback").text
    assert "1</span> bare tick:" in office.person(Role.MANAGER).get("/quality").text


def test_nobody_is_contacted_in_order_to_be_asked(office: Office) -> None:
    _, victim = office.referral_with_victim()
    assert "Nobody is contacted in order to be asked: record" in asked(office, victim)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"how": "by email"}, "Nobody is contacted in order to be asked: record"),
        ({"kept": "not_said"}, "Select a number for all three, or for none"),
        ({"milestone": "declined"}, "They did not decline on that day"),
        ({"milestone": ""}, "Select after what they were asked"),
    ],
)
def test_bad_answers_are_shown_again(office: Office, wrong: dict[str, str], words: str) -> None:
    _, victim = spoken(office)
    assert words in asked(office, victim, **wrong)


def test_who_declines_is_asked_in_that_conversation_and_never_again(office: Office) -> None:
    reference, victim = spoken(office)
    at = f"/referrals/{reference}/victims/{victim}/choice"
    chosen = {"choice": "opt_out", "how": "by phone", "words": "No"} | on("chosen_on")
    answer = office.person(Role.VLO).fill(at, **chosen)
    assert answer.status_code == 303, answer.text
    assert "They declined on that day" in asked(office, victim)
    assert asked(office, victim, milestone="declined") == "done"
    office.clock.move_to(office.clock.today() + timedelta(days=3))
    told = {"how": "by phone", "reached": "yes", "spoke_to": "her", "words": "She rang us"}
    told |= {"emergency": "She rang us herself"}
    later = _on("happened_on", office.clock.today())
    at = f"/referrals/{reference}/victims/{victim}/contact"
    manager = office.person(Role.MANAGER)
    manager.sign_in(email_of(Role.MANAGER))
    assert "done=contact" in manager.fill(at, **told, **later).headers["location"]
    later = {"milestone": "key_event"} | _on("asked_on", office.clock.today())
    again = asked(office, victim, Role.MANAGER, **later)
    assert "asked in that conversation only" in again


def _on(name: str, day: date) -> dict[str, str]:
    parts = (("day", day.day), ("month", day.month), ("year", day.year))
    return {f"{name}-{part}": str(value) for part, value in parts}


def test_a_letter_is_drawn_and_read_by_two_who_did_not_write_it(office: Office) -> None:
    manager, head = office.person(Role.MANAGER), office.person(Role.HEAD)
    days = _on("from_on", office.clock.today()) | _on("to_on", office.clock.today())
    nothing = manager.fill("/dip-samples/new", size="5", **days)
    assert "No letter was approved between these days" in nothing.text
    assert "Enter a number" in manager.fill("/dip-samples/new", size="x", **days).text
    officer, letter = drafted(office)
    assert approve(officer, letter).status_code == 303
    drawn = manager.fill("/dip-samples/new", size="5", **days)
    at = drawn.headers["location"].partition("?")[0]
    assert "You drafted or approved it" in officer.get(at).text
    (one,) = re.findall(rf"{at}/(VCS-[0-9A-Z-]+)", manager.get(at).text)
    assert officer.get(f"{at}/{one}").status_code == 404
    met = {"answered": "yes", "plain": "yes", "personal": "no", "next_step": "yes"}
    assert "Select yes or no" in manager.fill(f"{at}/{one}", **(met | {"plain": ""})).text
    assert manager.fill(f"{at}/{one}", **met).status_code == 303
    page = head.get(at).text
    assert "1 of 2" in page
    assert "Shown once two have read it" in page
    assert manager.get(f"{at}/{one}").status_code == 404
    assert head.fill(f"{at}/{one}", **(met | {"answered": "no"})).status_code == 303
    page = manager.get(at).text
    assert "3 and 2 of 4" in page
    assert "too little for the number to mean anything" in page


def test_a_letter_of_a_case_hidden_from_its_reader_is_not_in_the_sample(office: Office) -> None:
    manager, head = office.person(Role.MANAGER), office.person(Role.HEAD)
    officer, letter = drafted(office)
    approve(officer, letter)
    days = _on("from_on", office.clock.today()) | _on("to_on", office.clock.today())
    drawn = manager.fill("/dip-samples/new", size="5", **days)
    at = drawn.headers["location"].partition("?")[0]
    (one,) = re.findall(rf"{at}/(VCS-[0-9A-Z-]+)", head.get(at).text)
    with office.app.state.door.db.writing() as session:
        hidden = session.exec(select(Referral.sentence_id)).one()
        whose = session.exec(select(Account.id).where(Account.role == Role.HEAD)).one()
        kept = {"declared": True, "excluded_at": office.clock.now(), "excluded_by": whose}
        session.add(Exclusion(account_id=whose, sentence_id=hidden, sealed=b"", **kept))
    met = {"answered": "yes", "plain": "yes", "personal": "no", "next_step": "yes"}
    assert head.fill(f"{at}/{one}", **met).status_code == 404
    before = head.get(at).text.partition("<main")[2].partition("</main>")[0]
    assert one not in before
    assert "From 1," not in before
    assert "From 1," in manager.get(at).text, "whoever drew it saw them all"
    assert manager.fill(f"{at}/{one}", **met).status_code == 303
    other = colleague(office, "Other", Role.MANAGER)
    assert other.fill(f"{at}/{one}", **met).status_code == 303
    assert "<dd>1</dd>" in manager.get(at).text
    assert before in head.get(at).text, "nothing of it is counted"


def test_kappa_is_what_two_agree_on_beyond_chance() -> None:
    assert kappa([]) is None
    assert kappa([(True, True)] * 4) == 1
    halves = [(True, True), (True, False), (False, True), (False, False)]
    assert kappa(halves) == 0
    mixed = [(True, True)] * 4 + [(False, False)] * 4 + [(True, False)] * 2
    assert round(kappa(mixed) or 0, 2) == 0.62
