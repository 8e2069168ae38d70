"""The pages behind the emails: what is told of today, and what is done about it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlmodel import select

from scheduler.jobs import Sweep
from scheduler.runs import sweep_all
from tests.api.conftest import furniture, office
from tests.api.office import LONDON_COURT, Office, sentencing
from tests.services.clock import MovableClock
from vcs.alerts.effect.records import MatterOpened
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.referrals.records import DeadlineRecord
from vcs.terms import Role

__all__ = ["furniture", "office"]


@pytest.fixture
def late(office: Office, clock: MovableClock) -> str:
    """Return the reference of a referral that nobody made in time."""
    reference = office.referral()
    clock.move_to(date(2026, 3, 25))
    office.people.clear()  # their sign-ins ended meanwhile
    return reference


def matter(office: Office) -> str:
    with office.app.state.door.db.reading() as session:
        deadline = session.exec(select(DeadlineRecord).where(DeadlineRecord.duty != "x")).first()
    assert deadline is not None
    return f"/today/deadline-{deadline.id}"


def test_a_manager_sees_what_is_missed_and_plans_it(office: Office, late: str) -> None:
    manager = office.person(Role.MANAGER)
    page = manager.get("/today").text
    assert late in page
    assert "working days overdue" in page
    at = matter(office)
    assert "Say by when it is done" in manager.get(at).text
    day = {"until_on-day": "27", "until_on-month": "3", "until_on-year": "2026"}
    kept = manager.fill(f"{at}/plan", words="Witness care rings on Friday", **day)
    assert kept.status_code == 303
    page = manager.get(kept.headers["location"]).text
    assert "Your plan is kept" in page
    assert "Witness care rings on Friday" in page


def test_a_plan_without_a_day_is_refused_and_keeps_what_was_typed(
    office: Office, late: str
) -> None:
    refused = office.person(Role.MANAGER).fill(f"{matter(office)}/plan", words="Soon")
    assert refused.status_code == 422
    assert "Enter the day by which it is done" in refused.text
    assert "Soon" in refused.text


def test_the_referral_s_page_says_who_is_told_if_nobody_acts(office: Office, late: str) -> None:
    page = office.person(Role.MANAGER).get(f"/referrals/{late}").text
    assert "Who is told if nobody acts" in page
    assert "Who is told" not in office.person(Role.WITNESS_CARE).get(f"/referrals/{late}").text


def test_what_is_not_somebody_s_is_nowhere(office: Office, late: str) -> None:
    manager = office.person(Role.MANAGER)
    for path in ("/today/deadline-999999", "/today/nonsense", "/today/held/VCS-0000-0000"):
        assert manager.get(path).status_code == 404
    assert manager.get("/today/recall/999999").status_code == 404
    assert office.person(Role.WITNESS_CARE).get("/today").status_code in (403, 404)


def test_an_excluded_manager_is_answered_as_if_there_were_no_such_matter(
    office: Office, late: str
) -> None:
    manager, at = office.person(Role.MANAGER), matter(office)
    manager.fill(f"/referrals/{late}/conflict", reason="I know somebody in it")
    known = manager.get(f"/referrals/{late}").status_code
    hidden, unknown = manager.get(at), manager.get("/today/deadline-999999")
    assert (known, hidden.status_code) == (404, unknown.status_code)
    assert late not in manager.get("/today").text


def test_the_hour_is_chosen_within_bounds(office: Office) -> None:
    manager = office.person(Role.MANAGER)
    assert manager.fill("/account/morning", hour="390").status_code == 303
    assert manager.fill("/account/morning", hour="600").status_code == 422


def test_a_rung_is_set_within_its_bounds(office: Office) -> None:
    manager = office.person(Role.MANAGER)
    assert manager.fill("/ladder/set", rung="well over", after="9", why="x").status_code == 422
    assert manager.fill("/ladder/set", rung="well over", after="2", why="x").status_code == 303
    assert "Well over set to 2" in manager.get("/ladder").text


def test_a_wrong_email_is_taken_back_and_those_who_had_it_are_told(office: Office) -> None:
    from vcs.alerts.owe import Notice, owe_alert
    from vcs.alerts.records import AlertDelivery

    administrator = office.person(Role.ADMINISTRATOR)
    with office.app.state.door.db.writing() as session:
        values: dict[str, str | int] = {"last_on": "x", "quiet_for": 1, "usual": 1}
        now = office.clock.now()
        owe_alert(session, Notice(AlertKind.FEED_SILENT, "Leeds", "x", values), now)
        alert = session.exec(select(AlertRecord)).one()
        session.add(
            AlertDelivery(alert_id=alert.id, account_id=1, next_try_at=now, sent_at=now, tries=1)
        )
    path = f"/today/recall/{alert.id}"
    assert administrator.fill(path, why="The court had moved").status_code == 303
    with office.app.state.door.db.reading() as session:
        owed = session.exec(select(AlertRecord).order_by("id")).all()
    assert [one.kind for one in owed] == ["feed_silent", "recalled"]
    assert owed[0].withdrawn_at is not None
    assert "The court had moved" in administrator.get(f"/today/recalled/{alert.id}").text


def sweep(office: Office, **changes: object) -> None:
    door = office.app.state.door
    settings = door.settings.model_copy(update=changes)
    sweep_all(Sweep(settings, door.db, door.sealer, office.clock.now))


FAILS = "An email owed to staff since"


def test_mail_that_fails_stands_on_every_page_until_it_goes(office: Office, late: str) -> None:
    manager, care = office.person(Role.MANAGER), office.person(Role.WITNESS_CARE)
    assert FAILS not in manager.get("/tasks").text
    sweep(office, smtp_host="127.0.0.1", smtp_port=9)
    office.clock.minutes(1)
    for page in ("/", "/tasks", "/today", f"/referrals/{late}"):
        assert FAILS in manager.get(page).text
    assert FAILS in care.get("/").text
    assert FAILS not in office.client.get("/rules").text
    warnings = office.client.get("/readyz").json()["warnings"]
    assert any(one.startswith("Mail is failing") for one in warnings)
    office.clock.minutes(30)
    sweep(office)
    office.clock.minutes(1)
    assert FAILS not in manager.get("/tasks").text


def test_mail_that_nobody_even_tries_stands_on_every_page(office: Office, late: str) -> None:
    with office.app.state.door.db.writing() as session:
        notice = Notice(AlertKind.FEED_SILENT, "Leeds", "1", {"x": 1})
        owe_alert(session, notice, office.clock.now())
    office.clock.minutes(121)
    assert FAILS in office.person(Role.MANAGER).get("/tasks").text


def opened(office: Office) -> list[str]:
    with office.app.state.door.db.reading() as session:
        return list(session.exec(select(MatterOpened.matter)))


@pytest.mark.parametrize("page", ["/today", "matter", "/referrals/"])
def test_whoever_follows_a_link_of_the_mail_while_signed_in_has_opened_it(
    office: Office, late: str, page: str
) -> None:
    sweep(office)
    at = {"/referrals/": f"/referrals/{late}", "matter": matter(office)}.get(page, page)
    manager = office.person(Role.MANAGER)
    manager.get("/tasks")
    assert opened(office) == []
    manager.get(at)
    assert opened(office) == [matter(office).removeprefix("/today/").replace("-", ":")]
    manager.get(at)
    assert len(opened(office)) == 1


def test_a_wrong_row_is_taken_back_on_its_page_which_names_who_was_told(
    office: Office, late: str
) -> None:
    sweep(office)
    manager, at = office.person(Role.MANAGER), matter(office)
    page = manager.get(at).text
    assert "Take this row back, because it was wrong" in page
    refused = manager.fill(f"{at}/recall", words=" ")
    assert refused.status_code == 422
    kept = manager.fill(f"{at}/recall", words="The court had it wrong")
    assert kept.status_code == 303
    sweep(office)
    page = office.person(Role.UNIT_ADMINISTRATOR).get(at).text
    assert "Taken back" in page
    assert "The court had it wrong" in page
    assert "first" in page
    assert office.person(Role.UNIT_ADMINISTRATOR).get(f"{at}/recall").status_code == 403


def test_emails_that_went_at_once_are_listed_with_who_had_them_and_can_be_taken_back(
    office: Office, late: str
) -> None:
    with office.app.state.door.db.writing() as session:
        notice = Notice(AlertKind.RELEASE_NEAR, late, "", {"due_on": "today"}, "N55")
        owe_alert(session, notice, office.clock.now())
    sweep(office)
    manager = office.person(Role.MANAGER)
    page = manager.get("/today/sent").text
    assert late in page
    assert "Release may come before anybody is referred, or spoken to." in page
    (link,) = re.findall(r'href="(/today/recall/\d+)"', page)
    assert manager.fill(link, why="It was another referral").status_code == 303
    assert "Taken back" in manager.get("/today/sent").text
    at = link.replace("recall", "recalled")
    assert "It was another referral" in manager.get(at).text
    nothing = manager.get("/today/recalled/999999")
    manager.fill(f"/referrals/{late}/conflict", reason="I know somebody in it")
    for hidden in (link, at):
        assert manager.get(hidden).status_code == nothing.status_code == 404, hidden
    assert late not in manager.get("/today/sent").text
    assert "It was another referral" in office.person(Role.HEAD).get(at).text
    assert office.person(Role.VLO).get("/today/sent").status_code == 403


def test_an_administrator_who_is_told_is_not_led_to_a_page_that_is_refused(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), court=LONDON_COURT))  # nobody works there
    office.clock.move_to(date(2026, 5, 29))
    office.people.clear()
    admin = office.person(Role.ADMINISTRATOR)
    links = re.findall(r'href="(/today/deadline-\d+)"', admin.get("/today").text)
    assert links
    page = admin.get(links[0]).text
    assert "A manager of the region can open" in page
    assert 'href="/referrals/' not in page


def test_a_dispute_is_read_answered_and_done(office: Office, late: str) -> None:
    manager, at = office.person(Role.MANAGER), matter(office)
    assert manager.fill(f"{at}/dispute", words="He pleaded to a lesser count").status_code == 303
    page = office.person(Role.HEAD).get("/tasks").text
    (path,) = dict.fromkeys(re.findall(r'href="(/tasks/VCS-[0-9A-Z-]+)"', page))
    head = office.person(Role.HEAD)
    assert f'href="{at}"' in head.get(path).text
    assert "He pleaded to a lesser count" in head.get(at).text
    assert head.fill(path, note="The register says otherwise: it is owed").status_code == 303
    assert path not in head.get("/tasks").text


def test_a_warning_on_the_form_goes_at_once_and_the_page_says_whether_it_was_opened(
    office: Office,
) -> None:
    reference, _ = office.referral_with_victim(safe_to_post="no")
    sweep(office)
    manager = office.person(Role.MANAGER)
    row = r"A warning is read before anybody.*?</th>(.*?)</tr>"
    sent = re.search(row, manager.get("/alert-effect").text, re.DOTALL)
    assert sent
    assert "after" not in sent[1]
    office.clock.minutes(120)
    manager.get(f"/referrals/{reference}")
    opened_then = re.search(row, manager.get("/alert-effect").text, re.DOTALL)
    assert opened_then
    assert "after 2 hours" in opened_then[1]
