"""One email a morning: what it covers, what it repeats, what it leaves to the page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.alerts.test_year import tick
from tests.journeys.world import CARDIFF, WALES, World, told
from tests.services.mailbox import Mailbox, text_of
from vcs.access.account_changes import account_version
from vcs.access.accounts import AccountEntry
from vcs.access.records import Account
from vcs.alerts.digest.agenda.matter import Decision, Matter
from vcs.alerts.digest.recipients.acts import LONGEST_PLAN, dispute, plan, snooze
from vcs.alerts.digest.words import age
from vcs.clock import LONDON
from vcs.consequences.closing.close import close
from vcs.consequences.hidden.excluding import exclude
from vcs.consequences.moves.handover import change_account
from vcs.errors import Conflict, NotFound, NotValid
from vcs.law.deadlines import duties
from vcs.referrals.officers.leave import Away, record_leave
from vcs.referrals.records import ClosedReason, Referral
from vcs.terms import Role

WEDNESDAY_8_APRIL = date(2026, 4, 8)


def newest(world: World, role: Role = Role.MANAGER) -> str:
    return text_of(world.digests(role)[-1])


def sweep_on(world: World, *days: date | datetime) -> None:
    """Sweep on each day, and do what tells people a second time: nothing is told twice."""
    for day in days:
        world.clock.move_to(day)
        world.sweep()
        tick(world, schedulers=1)


def seven(year: int, month: int, day: int) -> datetime:
    """Return half past seven in the morning in London."""
    return datetime(year, month, day, 7, 30, tzinfo=LONDON)


def test_after_easter_the_digest_covers_the_gap_and_tells_nothing_twice(world: World) -> None:
    """N-11: due on Thursday 25, Tuesday 30 and Wednesday 31 March 2027; the clocks go forward."""
    sweep_on(world, date(2027, 3, 11))
    world.court_tells(told(date(2027, 3, 11), urn="13EX0000127"))
    sweep_on(world, date(2027, 3, 12))
    world.court_tells(told(date(2027, 3, 12), urn="13EX0000227"))
    sweep_on(world, date(2027, 3, 15))
    world.court_tells(
        told(date(2027, 3, 15), urn="13EX0000327"), told(date(2027, 3, 16), urn="13EX0000427")
    )
    thursday, tuesday, wednesday, _ = world.referrals()
    sweep_on(world, seven(2027, 3, 24), seven(2027, 3, 25))
    world.clock.move_to(date(2027, 3, 26))  # Good Friday: it is missed, and nothing is sent
    world.sweep()
    world.clock.move_to(date(2027, 3, 27))
    world.refer(thursday)
    sweep_on(world, date(2027, 3, 28), date(2027, 3, 29))
    before = len(world.digests())
    sweep_on(world, seven(2027, 3, 30))
    assert len(world.digests()) == before + 1
    text = newest(world)
    assert text.startswith("Tuesday 30 March 2027, Yorkshire and the Humber\n")
    assert "from 07:30 on Thursday 25 March 2027 to 07:30 on Tuesday 30" in text
    assert f"{thursday}: Settled on Saturday 27 March 2027" in text
    assert f"{tuesday}, due today" in text
    assert f"{wednesday}, due in 1 working day" in text
    assert thursday not in world.misses_told()
    sweep_on(world, seven(2027, 3, 31), seven(2027, 4, 1))
    later = [text_of(one) for one in world.digests()[before + 1 :]]
    assert not any("Saturday 27 March" in one for one in later)
    assert [one for one in world.misses_told() if one == tuesday] == [tuesday]


def many(world: World, count: int) -> None:
    world.court_tells(*(told(urn=f"13EX{n:07d}26") for n in range(count)))


def test_forty_five_misses_are_one_mail_with_their_number_first(world: World) -> None:
    many(world, 45)
    sweep_on(world, WEDNESDAY_8_APRIL)
    (mail,) = world.digests()
    assert str(mail["Subject"]).strip().startswith("45 missed, 0 due in 2 working days")
    text = text_of(mail)
    assert text.index("25 more are not in this email") < text.index("NEW: ")
    assert text.count("NEW: ") == 20
    assert all(one in text for one in world.referrals())
    assert world.mail() == []


def test_what_is_still_missed_is_there_every_day_until_it_is_settled(world: World) -> None:
    many(world, 2)
    first, second = world.referrals()
    sweep_on(world, WEDNESDAY_8_APRIL, date(2026, 4, 9))
    assert "NEW: " not in newest(world)
    assert f"{first}, 2 working days overdue" in newest(world)
    world.refer(first)
    sweep_on(world, date(2026, 4, 10))
    text = newest(world)
    assert f"{first}: Settled on Thursday 9 April 2026, 2 working days late." in text
    assert f"{second}, 3 working days overdue" in text
    sweep_on(world, date(2026, 4, 13))
    assert first not in newest(world)
    assert world.misses_told() == sorted(world.misses_told(), key=world.referrals().index)


def test_an_all_clear_is_sent_so_that_silence_means_broken(world: World) -> None:
    sweep_on(world, date(2026, 3, 23))
    for role in (Role.VLO, Role.UNIT_ADMINISTRATOR, Role.MANAGER, Role.HEAD, Role.ADMINISTRATOR):
        assert "All clear" in world.digests(role)[-1]["Subject"]
    assert world.digests(Role.WITNESS_CARE) == world.digests(Role.PRACTITIONER) == []


def test_nothing_is_sent_on_a_day_off_or_before_seven(world: World) -> None:
    many(world, 1)
    sweep_on(world, date(2026, 4, 4), date(2026, 4, 5), date(2026, 4, 6))
    assert world.digests() == []
    sweep_on(world, datetime(2026, 4, 8, 5, 59, tzinfo=UTC))
    assert world.digests() == []
    sweep_on(world, datetime(2026, 4, 8, 6, 0, tzinfo=UTC))
    assert len(world.misses_told()) == 1


def test_one_told_of_by_nobody_s_server_is_new_the_next_day(
    world: World, smtp_sink: Mailbox
) -> None:
    world.settings = world.settings.model_copy(
        update={"smtp_host": smtp_sink.host, "smtp_port": smtp_sink.port}
    )
    many(world, 1)
    smtp_sink.answer = "451 later"
    sweep_on(world, WEDNESDAY_8_APRIL)
    smtp_sink.answer = None
    sweep_on(world, date(2026, 4, 9))
    (mail,) = [one for one in smtp_sink.messages if one["To"] == "manager@example.org"]
    assert f"NEW: {world.only_referral()}, 2 working days overdue" in text_of(mail)
    assert "covers from 07:00 on Tuesday 7 April 2026" in text_of(mail)


def test_a_matter_that_moves_away_is_said_to_have_moved(world: World) -> None:
    many(world, 1)
    sweep_on(world, WEDNESDAY_8_APRIL)
    with world.db.writing() as session:
        session.get_one(Referral, 1).region_code = "N03"
    world.hire(Role.MANAGER, "Welsh Manager", region="N03")
    sweep_on(world, date(2026, 4, 9))
    assert "It is with another reader now." in newest(world)
    assert world.misses_told("welsh.manager@example.org") == [world.only_referral()]


# What is done about a row.


def done(world: World, verb: object, role: Role = Role.MANAGER, **more: object) -> object:
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        return verb(work, "deadline:1", **more)  # type: ignore[operator]  # one of the verbs


def leave(world: World, role: Role) -> None:
    with world.db.writing() as session:
        session.get_one(Account, world.people[role].account_id).active = False


def test_a_plan_stops_repeats_of_one_duty_until_its_day_and_comes_back_one_rung_up(
    world: World,
) -> None:
    """N-12: the plan is for Friday; another duty of the referral is missed meanwhile."""
    many(world, 1)
    reference = world.only_referral()
    sweep_on(world, WEDNESDAY_8_APRIL)
    done(world, plan, until_on=date(2026, 4, 10), words="Witness care rings on Friday")
    sweep_on(world, date(2026, 4, 9))
    assert reference not in newest(world)
    assert "with a plan or put off: 1" in newest(world)
    assert str(world.digests()[-1]["Subject"]).strip().startswith("1 missed")
    sweep_on(world, date(2026, 4, 10))  # the clock goes on: the head is told for the first time
    assert f"NEW: {reference}, 3 working days overdue" in newest(world, Role.HEAD)
    assert "M has a plan for Friday 10 April 2026." in newest(world, Role.HEAD)
    assert reference not in newest(world)
    sweep_on(world, date(2026, 4, 13))
    assert f"{reference}, 4 working days overdue" in newest(world)
    assert "Why you: the plan of M for Friday 10 April 2026 has passed." in newest(world, Role.HEAD)
    assert "1 passed up to you" in world.digests(Role.HEAD)[-1]["Subject"]
    with pytest.raises(Conflict, match="has passed"):
        done(world, plan, until_on=date(2026, 4, 15), words="Again")


def test_a_plan_is_about_no_other_duty(world: World) -> None:
    many(world, 2)
    first, second = world.referrals()
    sweep_on(world, WEDNESDAY_8_APRIL)
    done(world, plan, until_on=date(2026, 4, 10), words="Witness care rings on Friday")
    sweep_on(world, date(2026, 4, 9))
    assert second in newest(world)
    assert first not in newest(world)


def test_where_whoever_planned_it_leaves_the_next_rung_is_told_at_once(world: World) -> None:
    many(world, 1)
    sweep_on(world, WEDNESDAY_8_APRIL)
    done(world, plan, until_on=date(2026, 4, 10), words="Witness care rings on Friday")
    leave(world, Role.MANAGER)
    world.clock.minutes(1)
    world.sweep()
    world.sweep()
    (mail,) = world.mail()
    assert mail["To"] == "head-of-public-protection@example.org"
    assert mail["Subject"] == "1 overdue matter planned by somebody who has left"
    sweep_on(world, date(2026, 4, 9))
    assert "Why you: M planned it and has left." in newest(world, Role.HEAD)


def test_nobody_plans_one_matter_on_and_on(world: World) -> None:
    many(world, 1)
    sweep_on(world, WEDNESDAY_8_APRIL)
    done(world, plan, until_on=date(2026, 4, 10), words="Witness care rings on Friday")
    world.clock.move_to(date(2026, 4, 10))
    last = date(2026, 4, 22)  # ten working days after the first plan was made
    with pytest.raises(NotValid) as refused:
        done(world, plan, until_on=date(2026, 4, 23), words="Again")
    assert "Wednesday 22 April 2026 at the latest" in refused.value.fields["until_on"]
    done(world, plan, until_on=last, words="The court finds her address")
    sweep_on(world, last, date(2026, 4, 23))
    assert "plan of M for Wednesday 22 April 2026 has passed" in newest(world, Role.HEAD)


@pytest.mark.parametrize("how", ["another region", "leave", "excluded"])
def test_a_plan_that_its_holder_cannot_keep_any_more_comes_back_one_rung_up(
    world: World, how: str
) -> None:
    many(world, 1)
    reference, manager = world.only_referral(), world.people[Role.MANAGER]
    world.hire(Role.MANAGER, "Other Manager")
    sweep_on(world, WEDNESDAY_8_APRIL)
    done(world, plan, until_on=date(2026, 4, 22), words="Witness care rings then")
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.HEAD])
        if how == "excluded":
            exclude(work, reference, manager.account_id, "knows her")
        elif how == "leave":
            head = world.people[Role.HEAD].account_id
            leave_of = Away(manager.account_id, head, date(2026, 4, 9), date(2026, 4, 22))
            record_leave(work, leave_of)
        else:
            account = session.get_one(Account, manager.account_id)
            entry = AccountEntry(account.email, account.name, "", Role.MANAGER, WALES, None, "0")
            admin = world.people[Role.ADMINISTRATOR]
            asked = (entry, account_version(account))
            change_account(session, admin, account.id, asked, world.clock.now())
    sweep_on(world, date(2026, 4, 9), date(2026, 4, 10))
    assert f"{reference}, 3 working days overdue" in newest(world, Role.HEAD)
    assert "Why you: M planned it and is away until then" in newest(world, Role.HEAD)
    assert reference in text_of(world.digests("other.manager@example.org")[-1])
    assert bool(world.mail()) is (how == "another region"), "told at once, as of a leaver"


def test_a_row_is_put_off_once_for_oneself_alone(world: World) -> None:
    many(world, 1)
    reference = world.only_referral()
    world.hire(Role.MANAGER, "Other Manager")
    sweep_on(world, WEDNESDAY_8_APRIL)
    done(world, snooze, until_on=date(2026, 4, 9), words="The court answers tomorrow")
    sweep_on(world, date(2026, 4, 9))
    assert reference not in newest(world)
    assert reference in text_of(world.digests("other.manager@example.org")[-1])
    sweep_on(world, date(2026, 4, 10))
    assert reference in newest(world)
    with pytest.raises(Conflict, match="once"):
        done(world, snooze, until_on=date(2026, 4, 14), words="Again")


def test_a_dispute_asks_a_person_and_stops_nothing(world: World) -> None:
    many(world, 1)
    sweep_on(world, WEDNESDAY_8_APRIL)
    done(world, dispute, words="Canary was a witness and no victim")
    (task,) = [one for one in world.tasks() if one.kind == "disputed"]
    assert "Canary" not in task.question
    sweep_on(world, date(2026, 4, 9))
    assert "M disputes it, and a person is asked." in " ".join(newest(world).split())


@pytest.mark.parametrize(
    ("until_on", "words"),
    [
        (WEDNESDAY_8_APRIL, "today is no plan"),
        (date(2026, 4, 23), f"more than {LONGEST_PLAN} working days"),
        (date(2026, 4, 10), "  "),
    ],
)
def test_a_plan_has_a_day_that_is_near_and_says_what_is_done(
    world: World, until_on: date, words: str
) -> None:
    many(world, 1)
    sweep_on(world, WEDNESDAY_8_APRIL)
    with pytest.raises(NotValid):
        done(world, plan, until_on=until_on, words=words)


def test_nobody_acts_on_what_is_not_theirs(world: World) -> None:
    world.court_tells(told(court=CARDIFF, urn="62EX0000126"))
    sweep_on(world, WEDNESDAY_8_APRIL)
    with pytest.raises(NotFound):
        done(world, plan, until_on=date(2026, 4, 10), words="Not mine")


def test_what_was_closed_is_said_once_and_gone(world: World) -> None:
    many(world, 1)
    sweep_on(world, WEDNESDAY_8_APRIL)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        close(work, session.get_one(Referral, 1), ClosedReason.NOT_ELIGIBLE)
    sweep_on(world, date(2026, 4, 9))
    assert f"{world.only_referral()}: Settled on Wednesday 8 April 2026" in newest(world)
    sweep_on(world, date(2026, 4, 10))
    assert world.only_referral() not in newest(world)


def test_no_name_or_address_is_in_any_mail(world: World) -> None:
    many(world, 3)
    world.refer(world.referrals()[0])
    for day in range(1, 31):
        world.clock.move_to(date(2026, 4, day))
        world.sweep()
    for mail in world.all_mail():
        html = mail.get_body(("html",))
        whole = str(mail) + text_of(mail) + (html.get_content() if html else "")
        for secret in ("Canary", "Madeup", "Colin", "ounding", "LS1", "13EX", "496 0777"):
            assert secret not in whole


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 3, 26), "due on Saturday, 1 working day left"),  # Thursday
        (date(2026, 3, 27), "due on Saturday"),  # Friday
        (date(2026, 3, 28), "due today"),
        (date(2026, 3, 29), "less than 1 working day overdue"),
        (date(2026, 3, 30), "1 working day overdue"),
    ],
)
def test_what_is_due_on_a_saturday_is_said_to_be(today: date, words: str) -> None:
    day = date(2026, 3, 28)
    matter = Matter("1", "1", "/", None, None, None, duties.REFER, Decision.REFER, day, day)
    assert age(matter, today) == words
