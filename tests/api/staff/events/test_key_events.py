"""Key events on the pages: who may see them, what is shown to whom, what a repeat does."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from api.staff import words
from tests.api.office import VICTIM, Office
from tests.api.staff.victims.test_contact import on
from vcs.events.catalogue import CATALOGUE
from vcs.events.records import EventKind
from vcs.terms import Role

IN_ERROR = {"kind": "released_in_error", "source": "prison", **on("happened_on")}

PLANNED = {
    "kind": "release_planned",
    "source": "prison",
    **on("happened_on", month="12", day="1"),
}


def recorded(office: Office, **answers: str) -> tuple[str, str, str]:
    """Return a referral, its victim and an event recorded for it: by default a release in error."""
    reference, victim = office.referral_with_victim()
    answer = office.person(Role.VLO).fill(
        f"/referrals/{reference}/events/new", **(answers or IN_ERROR)
    )
    assert answer.status_code == 303, answer.text
    return reference, victim, answer.headers["location"].split("?")[0]


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("role", [Role.WITNESS_CARE, Role.ADMINISTRATOR])
def test_only_the_liaison_unit_sees_key_events(office: Office, role: Role) -> None:
    reference, victim, event = recorded(office)
    visitor = office.person(role)
    for path in (
        "/events",
        event,
        f"{event}/people/{victim}/told",
        f"{event}/people/{victim}/number",
        f"/referrals/{reference}/events",
        f"/referrals/{reference}/events/new",
        f"/referrals/{reference}/victims/{victim}/if-out",
    ):
        assert visitor.get(path).status_code == 403, path
    assert "Tell people now" not in visitor.get("/").text
    assert "Key events" not in visitor.get(f"/referrals/{reference}").text


def test_an_officer_may_neither_split_nor_take_back(office: Office) -> None:
    _, victim, event = recorded(office)
    officer = office.person(Role.VLO)
    for path in (f"{event}/split", f"{event}/take-back"):
        assert officer.get(path).status_code == 403
    page = officer.get(event).text
    assert "Take this event back" not in page
    assert f"{event}/people/{victim}/way" not in page


def test_the_same_form_sent_twice_records_one_event(office: Office) -> None:
    reference, _ = office.referral_with_victim()
    officer, path = office.person(Role.VLO), f"/referrals/{reference}/events/new"
    form = officer.hidden(path) | IN_ERROR
    once, twice = (officer.post(path, form).headers["location"] for _ in range(2))
    assert once == twice
    again = officer.fill(path, **IN_ERROR).headers["location"]
    assert again.split("?") == [once.split("?")[0], "done=event-known"]
    listed = officer.get(f"/referrals/{reference}/events").text
    assert len(re.findall(r'href="/events/VCS', listed)) == 1


def test_what_is_missing_or_cannot_be_read_is_asked_and_nothing_is_lost(office: Office) -> None:
    reference, _ = office.referral_with_victim()
    officer, path = office.person(Role.VLO), f"/referrals/{reference}/events/new"
    answer = officer.fill(path, source="prison", words="He left by the front gate.")
    assert answer.status_code == 422
    for words_asked in ("Select what happened", "Enter the day on which it happened"):
        assert words_asked in answer.text
    assert "He left by the front gate." in answer.text
    wrong = officer.fill(path, **(IN_ERROR | on("happened_on", day="31", month="2")))
    assert "Enter a real date" in wrong.text
    ahead = officer.fill(path, **(IN_ERROR | on("happened_on", day="3")))
    assert "cannot be recorded before it has happened" in ahead.text


def test_the_first_page_of_the_officer_and_the_manager_begins_with_danger(office: Office) -> None:
    recorded(office)
    for role in (Role.VLO, Role.MANAGER):
        page = plain(office.person(role).get("/").text)
        assert (
            "Tell people now Released in error : 1 of your unit’s people still to be told" in page
        )
        assert "1 has no officer: the duty manager tells them" in page
        assert page.index("Tell people now") < page.index("not accounted for The goal")


def test_planned_news_waits_in_a_line_below_and_leads_once_it_is_overdue(office: Office) -> None:
    recorded(office, **PLANNED)
    page = plain(office.person(Role.VLO).get("/").text)
    assert "Tell people now" not in page
    assert "1 group of people to be told together" in page
    office.clock.minutes(60 * 24 * 20)
    office.people.clear()
    page = plain(office.person(Role.VLO).get("/").text)
    assert "Tell people now Release planned" in page
    assert "overdue" in page


def test_a_number_is_shown_to_a_form_alone_and_the_look_is_kept(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer = office.person(Role.VLO)
    asked = {"answer": "ring", **on("answered_on")}
    officer.fill(f"/referrals/{reference}/victims/{victim}/if-out", **asked)
    sent = officer.fill(f"/referrals/{reference}/events/new", **IN_ERROR)
    event = sent.headers["location"].split("?")[0]
    path = f"{event}/people/{victim}/number"
    for page in (event, path, f"{event}/people/{victim}/told", f"/referrals/{reference}"):
        assert "0113 496 0000" not in officer.get(page).text
    assert "Number shown" not in officer.get(f"/referrals/{reference}").text
    shown = officer.fill(path).text
    assert "0113 496 0000" in shown
    assert "may be reached, and never how" in shown
    assert "Number shown" in officer.get(f"/referrals/{reference}").text


def test_the_page_says_that_the_time_is_a_setting_and_not_law(office: Office) -> None:
    _, _, event = recorded(office)
    page = plain(office.person(Role.VLO).get(event).text)
    assert "Within 1 hour, from when we knew. Our own setting: no legal time was found" in page
    assert "not confirmed yet" in page


def test_the_history_of_the_referral_says_what_was_done_in_words(office: Office) -> None:
    reference, victim, event = recorded(office)
    manager = office.person(Role.MANAGER)
    manager.fill(f"{event}/people/{victim}/way", way="police", reason="Nobody reached her.")
    said = {"reached": "yes", "how": "police", "spoke_to": "PC Tarn", "heard_before": "no"}
    assert manager.fill(f"{event}/people/{victim}/told", **said).status_code == 303
    page = plain(manager.get(f"/referrals/{reference}").text)
    for line in ("Key event recorded", "Decided how somebody is told", "Told of a key event"):
        assert line in page
    assert "PC Tarn" not in page


def test_whoever_is_added_on_the_page_while_he_is_out_joins_the_set_at_once(
    office: Office,
) -> None:
    reference, _, event = recorded(office)
    care = office.person(Role.WITNESS_CARE)
    bea = VICTIM | {"name": "Bea Pike", "address_lines": "9 Pretend Road", "phone": ""}
    added = care.fill(f"/referrals/{reference}/victims/new", **bea)
    assert added.status_code == 303, added.text
    page = plain(office.person(Role.VLO).get(event).text)
    assert "0 of 2 told" in page
    assert "Bea Pike" in page


NINE = datetime(2026, 3, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "left", "said"),
    [
        ("released_in_error", timedelta(minutes=61), "(1 hour 1 minute left)"),
        ("released_in_error", timedelta(seconds=59), "(less than a minute left)"),
        ("released_in_error", timedelta(seconds=-59), "(over by less than a minute)"),
        ("released_in_error", timedelta(minutes=-130), "(over by 2 hours 10 minutes)"),
        ("released_in_error", timedelta(days=-3), "(over by 3 days)"),
        # Friday 20 March 2026.
        ("recalled", timedelta(hours=14), "(today)"),
        ("recalled", timedelta(days=1), "(Saturday)"),
        ("recalled", timedelta(days=3), "(1 working day left)"),
        ("recalled", timedelta(days=-1), "(1 working day overdue)"),
    ],
)
def test_the_time_left_is_said_in_words_that_are_true_then(
    kind: str, left: timedelta, said: str
) -> None:
    assert words.tell_by(CATALOGUE[EventKind(kind)], NINE + left, NINE).endswith(said)


def test_whoever_tells_somebody_reads_that_they_said_no_or_may_have_died(office: Office) -> None:
    reference, victim, event = recorded(office)
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}"
    said = {"choice": "opt_out", "how": "by phone", **on("chosen_on")}
    assert officer.fill(f"{at}/choice", **said).status_code == 303
    assert officer.fill(f"{at}/died", how="A neighbour").status_code == 303
    manager = office.person(Role.MANAGER)
    for path in (event, f"{event}/people/{victim}/way", f"{event}/people/{victim}/told"):
        page = plain(manager.get(path).text)
        assert "Does not want contact about this offender" in page, path
        assert "Somebody recorded that this person has died" in page, path


def test_a_manager_who_did_not_see_that_the_police_were_chosen_does_not_choose_to_ring(
    office: Office,
) -> None:
    """Two managers have the page open in the same hour: he is in the house, one of them knows."""
    _, victim, event = recorded(office)
    at, manager = f"{event}/people/{victim}/way", office.person(Role.MANAGER)
    older = manager.hidden(at)
    chosen = manager.fill(at, way="police", reason="He is in the house")
    assert chosen.status_code == 303
    late = manager.post(at, older | {"way": "phone", "reason": "She asked to be rung"})
    assert late.status_code == 422
    assert words.WAYS_TO_TELL["police"] in late.text, "what counts now is shown"
    assert "Show the number" not in manager.get(event).text
    again = manager.fill(at, way="phone", reason="The police say that he has left")
    assert again.status_code == 303


def test_the_page_of_a_mistake_shows_what_was_recorded_since(office: Office) -> None:
    """Told of the new month first, she would take that one for the mistake."""
    reference, _, event = recorded(office, **PLANNED)
    manager = office.person(Role.MANAGER)
    assert manager.fill(f"{event}/take-back", reason="Another month").status_code == 303
    assert "Recorded since" not in manager.get(event).text
    later = PLANNED | on("happened_on", month="6", day="1", year="2027")
    made = office.person(Role.VLO).fill(f"/referrals/{reference}/events/new", **later)
    assert made.status_code == 303, made.text
    page = plain(manager.get(event).text)
    assert "Recorded since: Release planned" in page
    assert "first that this was a mistake" in page
