"""Somebody of the region knows of a miss by eight on the working day after, whatever became of it.

The silent cases: nobody there, somebody away, a mailbox that refuses, a night in which things move.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from tests.alerts.test_year import at, tick
from tests.journeys.world import TUESDAY_7_APRIL, YORKSHIRE, World, told
from tests.scheduler.test_delivery import Choosy
from tests.services.mailbox import MailServer, text_of
from vcs.access.records import Account
from vcs.alerts.digest import gather
from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.compose import Draft
from vcs.alerts.digest.gather import Morning
from vcs.alerts.digest.recipients import told as telling
from vcs.alerts.digest.recipients.told import Rules, Told
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.alerts.rungs.directory import Person
from vcs.clock import LONDON
from vcs.consequences.hidden.excluding import exclude
from vcs.referrals.officers.leave import Away, record_leave
from vcs.referrals.records import Referral
from vcs.terms import Role

WEDNESDAY_8, THURSDAY_9 = date(2026, 4, 8), date(2026, 4, 9)

MANAGER, HEAD = "manager@example.org", "head-of-public-protection@example.org"

ADMINISTRATOR = "administrator@example.org"


def moved(world: World, reference: str, region: str) -> None:
    """Let a referral lie in another region from now on."""
    with world.db.writing() as session:
        number = world.referrals().index(reference) + 1
        session.get_one(Referral, number).region_code = region


def closed(world: World, account_id: int) -> None:
    with world.db.writing() as session:
        session.get_one(Account, account_id).active = False


def hired(world: World, region: str) -> tuple[int, int]:
    """Give a region a manager and a head; return their accounts."""
    roles = {Role.MANAGER: "Manager", Role.HEAD: "Head"}
    manager, head = (world.hire(role, f"{name} {region}", region) for role, name in roles.items())
    return manager.account_id, head.account_id


def first_told(world: World, reference: str, day: date) -> set[str]:
    """Return whose email of a morning names a miss for the first time, and came by eight."""
    found = set()
    for mail in world.all_mail():
        sent = mail["Date"].datetime.astimezone(LONDON)
        if sent.date() == day and f"NEW: {reference}," in text_of(mail):
            assert sent <= at(day, 8), reference
            found.add(str(mail["To"]))
    return found


def test_whatever_became_of_its_manager_somebody_above_knows_by_eight(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX{n:07d}26") for n in range(7)))
    away, nobody, no_manager, kept_out, left, came, renumbered = world.referrals()
    world.hire(Role.HEAD, "Head N07", "N07")
    hidden, _ = hired(world, "N50")
    leaver, _ = hired(world, "N51")
    for region in ("N52", "N53", "N99"):
        hired(world, region)
    places = {nobody: "N03", no_manager: "N07", kept_out: "N50", left: "N51", came: "N53"}
    for reference, region in (places | {renumbered: "N99"}).items():
        moved(world, reference, region)
    with world.db.writing() as session:
        manager, head = (world.people[one].account_id for one in (Role.MANAGER, Role.HEAD))
        work = world.work(session, world.people[Role.MANAGER])
        record_leave(work, Away(manager, head, TUESDAY_7_APRIL, date(2026, 4, 17)))
    with world.db.writing() as session:
        actor = world.hire(Role.HEAD, "Second Head N50", "N50")
        exclude(world.work(session, actor), kept_out, hidden, "knows her")
    world.clock.move_to(at(WEDNESDAY_8, 2))
    tick(world)
    closed(world, leaver)
    moved(world, came, "N52")
    world.clock.move_to(at(WEDNESDAY_8, 7, 5))
    tick(world)
    known = {one: first_told(world, one, WEDNESDAY_8) for one in world.referrals()}
    assert known == {
        away: {MANAGER, HEAD, "unit-administrator@example.org"},
        nobody: {ADMINISTRATOR},
        no_manager: {"head.n07@example.org"},
        kept_out: {"head.n50@example.org", "second.head.n50@example.org"},
        left: {"head.n51@example.org"},
        came: {"manager.n52@example.org"},
        renumbered: {"manager.n99@example.org"},
    }
    world.clock.move_to(at(WEDNESDAY_8, 7, 59))
    closed(world, manager_of(world, "N52"))
    world.clock.move_to(at(THURSDAY_9, 7, 5))
    tick(world)
    assert first_told(world, came, THURSDAY_9) == {"head.n52@example.org"}


def manager_of(world: World, region: str) -> int:
    with world.db.reading() as session:
        held = select(Account.id).where(Account.role == Role.MANAGER, Account.region_code == region)
        return session.exec(held).one()


def test_over_a_change_of_clocks_and_over_christmas_each_is_told_on_the_day_after(
    world: World,
) -> None:
    """Due on Friday 27 March, Thursday 24 and Thursday 31 December 2026."""
    world.clock.move_to(date(2026, 3, 13))
    world.court_tells(told(date(2026, 3, 13), urn="13EX0000126"))
    monday = date(2026, 3, 30)
    for hour, readers in (
        (datetime(2026, 3, 30, 5, 59, tzinfo=UTC), set()),
        (at(monday, 7), {MANAGER}),
    ):
        world.clock.move_to(hour)
        tick(world)
        assert first_told(world, world.referrals()[0], monday) >= readers
        assert bool(world.digests()) is bool(readers)
    for number, urn in ((10, "13EX0000226"), (15, "13EX0000326")):
        world.clock.move_to(date(2026, 12, number))
        world.court_tells(told(date(2026, 12, number), urn=urn))
    _, christmas, new_year = world.referrals()
    mornings = [date(2026, 12, number) for number in range(24, 32)]
    mornings += [date(2027, 1, number) for number in range(1, 5)]
    sent_on = set()
    for day in mornings:
        world.clock.move_to(at(day, 7, 5))
        tick(world)
        sent_on |= {one["Date"].datetime.astimezone(LONDON).date() for one in world.digests()}
    working = {date(2026, 12, number) for number in (24, 29, 30, 31)} | {date(2027, 1, 4)}
    assert sent_on == {monday} | working
    assert MANAGER in first_told(world, christmas, date(2026, 12, 29))
    assert MANAGER in first_told(world, new_year, date(2027, 1, 4))


def test_a_victim_referred_after_the_day_and_before_the_email_hides_no_miss(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(at(WEDNESDAY_8, 6))
    tick(world)
    world.refer()
    world.clock.move_to(at(WEDNESDAY_8, 7, 5))
    tick(world)
    settled = f"{world.only_referral()}: Settled on Wednesday 8 April 2026, 1 working day late."
    assert settled in text_of(world.digests()[-1])
    assert "Settled since the last email: 1" in text_of(world.digests()[-1])


@pytest.fixture
def refusing(world: World) -> Iterator[Choosy]:
    """Return a mail server that refuses the manager for good."""
    mailbox = Choosy()
    mailbox.at_rcpt[MANAGER] = "550 5.1.1 no such person"
    server = MailServer(mailbox)
    server.start()
    smtp = {"smtp_host": mailbox.host, "smtp_port": mailbox.port}
    world.settings = world.settings.model_copy(update=smtp)
    yield mailbox
    server.stop()


def test_where_the_managers_mailbox_refuses_the_head_knows_the_same_morning(
    world: World, refusing: Choosy
) -> None:
    world.court_tells(told())
    world.clock.move_to(at(WEDNESDAY_8, 7, 5))
    tick(world, 4)
    at_once = [one for one in refusing.messages if "cannot wait" in str(one["Subject"])]
    assert [one["To"] for one in at_once] == [HEAD]
    assert "was refused by their mail server" in " ".join(text_of(at_once[0]).split())
    (task,) = [one for one in world.tasks() if one.kind == "alert_not_sent"]
    assert task.reference in str(at_once[0]["Subject"])
    world.clock.move_to(at(THURSDAY_9, 7, 5))
    tick(world, 4)
    (digest,) = [
        one
        for one in refusing.messages
        if one["To"] == HEAD and f"NEW: {world.only_referral()}," in text_of(one)
    ]
    assert digest["Date"].datetime.astimezone(LONDON).date() == THURSDAY_9
    assert len([one for one in refusing.messages if "cannot wait" in str(one["Subject"])]) == 1


def test_what_goes_at_once_and_is_refused_goes_to_the_next_rung(
    world: World, refusing: Choosy
) -> None:
    world.clock.move_to(date(2026, 3, 21))  # a Saturday: no digest goes
    notice = Notice(AlertKind.LIST_UNKNOWN, "one", "", {"region": "Yorkshire"}, YORKSHIRE)
    with world.db.writing() as session:
        owe_alert(session, notice, world.clock.now())
    tick(world, 3)
    assert refusing.taken_by == [HEAD]
    refusing.at_rcpt |= {HEAD: "550 gone", ADMINISTRATOR: "550 gone"}
    with world.db.writing() as session:
        other = Notice(AlertKind.LIST_UNKNOWN, "two", "", {"region": "Yorkshire"}, YORKSHIRE)
        owe_alert(session, other, world.clock.now())
    tick(world, 6)
    assert [refusing.asked.count(one) for one in (MANAGER, HEAD, ADMINISTRATOR)] == [2, 2, 1]
    assert refusing.taken_by == [HEAD]


SECOND = "second.manager@example.org"


@pytest.mark.parametrize("second", ["550 gone", "452 4.2.2 mailbox full", "away"])
def test_where_no_manager_can_read_it_the_head_knows_by_eight(
    world: World, refusing: Choosy, second: str
) -> None:
    """One manager’s mailbox is full, and the other one cannot read hers either."""
    other, head = world.second_manager.account_id, world.people[Role.HEAD].account_id
    refusing.at_rcpt = {MANAGER: "452 4.2.2 mailbox full", SECOND: second}
    if second == "away":
        del refusing.at_rcpt[SECOND]
        with world.db.writing() as session:
            work = world.work(session, world.people[Role.HEAD])
            record_leave(work, Away(other, head, TUESDAY_7_APRIL, date(2026, 4, 17)))
    world.court_tells(told())
    for minute in (0, 2, 5, 10, 20, 40, 55):
        world.clock.move_to(at(WEDNESDAY_8, 7, minute))
        tick(world)
    told_head = [one for one in refusing.messages if one["To"] == HEAD]
    known = [one for one in told_head if "cannot wait" in str(one["Subject"])]
    rows = [one for one in told_head if f"NEW: {world.only_referral()}," in text_of(one)]
    assert len(known) + len(rows) == 1
    world.clock.move_to(at(THURSDAY_9, 7, 5))
    tick(world)
    newest = [one for one in refusing.messages if one["To"] == HEAD][-1]
    assert f"{world.only_referral()}," in text_of(newest)
    refusing.at_rcpt.clear()
    world.clock.minutes(5)
    tick(world)
    left = [one.question for one in world.tasks() if one.kind == "alert_not_sent"]
    assert not [one for one in left if "to Manager." in one], "she has it now"


def test_a_server_that_puts_everybody_off_passes_nothing_up(world: World, refusing: Choosy) -> None:
    """After the outage each has the one email that is theirs, and heads are not buried."""
    refusing.answer = None
    everybody = {f"{role.replace('_', '-')}@example.org": "451 later" for role in Role}
    refusing.at_rcpt = dict(everybody)
    world.court_tells(told())
    for day in (WEDNESDAY_8, THURSDAY_9, date(2026, 4, 10)):
        for minute in (0, 2, 5, 10, 20, 40, 55):
            world.clock.move_to(at(day, 7, minute))
            tick(world, 1)
    refusing.at_rcpt.clear()
    world.clock.move_to(at(date(2026, 4, 13), 7, 5))
    tick(world, 3)
    told_to = [one["To"] for one in refusing.messages]
    assert len(told_to) == len(set(told_to)), "one email each"
    assert [one for one in world.tasks() if one.kind == "alert_not_sent"] == []


def test_a_fault_in_one_row_or_email_keeps_no_other_from_anybody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.court_tells(*(told(urn=f"13EX{n:07d}26") for n in range(2)))
    broken, whole = world.referrals()
    officer = world.people[Role.VLO].account_id
    told_before, draft_before = telling.told_of, gather.draft_for

    def told_of(rules: Rules, matter: Matter) -> dict[int, Told]:
        if matter.reference == broken:
            raise KeyError("planted")
        return told_before(rules, matter)

    def draft_for(session: Session, morning: Morning, person: Person, since: datetime) -> Draft:
        if person.account_id == officer:
            raise ZeroDivisionError("planted")
        return draft_before(session, morning, person, since)

    monkeypatch.setattr("vcs.alerts.digest.gather.told_of", told_of)
    monkeypatch.setattr(gather, "draft_for", draft_for)
    world.clock.move_to(at(WEDNESDAY_8, 7, 5))
    tick(world)
    tick(world)
    assert MANAGER in first_told(world, whole, WEDNESDAY_8)
    (task,) = [one for one in world.tasks() if one.kind == "alert_not_sent"]
    assert f"In nobody’s morning email: {broken}." in task.question
    assert "No morning email to Vlo." in task.question
    (mail,) = [one for one in world.mail() if task.reference in str(one["Subject"])]
    assert mail["To"] == MANAGER
