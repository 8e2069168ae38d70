"""No email to staff names a victim or an offender, whatever happened: one long story, searched."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage

from tests.alerts.test_at_once import out_soon
from tests.events.told import IN_ERROR, PLANNED, happens
from tests.journeys.test_officer_leaves import assigned, disabled
from tests.journeys.test_victim_to_choice import approve, draft, post
from tests.journeys.world import CANNOT_TELL, FRIDAY_20_MARCH, WALES, World, a_victim, told
from tests.scheduler.test_alerts import owe
from tests.victims.test_one_person import REFUGE, change
from vcs.alerts.digest.agenda.matters import open_matters
from vcs.alerts.digest.recipients.acts import dispute, plan, recall_row
from vcs.alerts.kinds import When, kinds_that
from vcs.alerts.recall import recall, sent_lately
from vcs.alerts.records import AlertKind
from vcs.events.take_back import take_back
from vcs.ledger.integrity.proving import keep_proof
from vcs.referrals.emergency import open_in_emergency
from vcs.terms import Role

OURS = re.compile(r"\bvcs-[0-9a-z]{4}-[0-9a-z]{4}\b|\b[0-9a-f]{12,}\b")
"""References and digests of our own, made by chance: one may hold "ex1" or "1990"."""

SEEDED = (
    *("canary", "nia ", "madeup", "colin", "madeup", "soon,", "lane", "ls1", "ls3", "refuge"),
    *("example street", "ex1", "wounding", "grievous", "of61131", "1990", "13ex", "0888"),
)
"""Names, streets, postcodes, an offence and its code, a birth, a case number and a telephone."""

STAFF_ALONE = {
    AlertKind.FEED_SILENT,
    AlertKind.UNUSUAL_READING,
    AlertKind.YOUR_READING,
    AlertKind.HELD,
    AlertKind.LIST_UNKNOWN,
}
"""What is told of a court, a colleague or a number: tried by tests of their own."""


def everything(world: World) -> None:
    """Let everything happen that staff are told of."""
    vera = world.people[Role.VLO].account_id
    world.court_tells(
        out_soon(), told(urn="13EX0000226"), told(FRIDAY_20_MARCH, ("Madeup", *CANNOT_TELL))
    )
    soon, mine, *_ = world.referrals()
    for reference in (soon, mine):
        assigned(world, reference, vera)
    victim = world.refer(mine, a_victim(safe_contact_notes="Canary: ring after six"))
    letter = draft(world, victim)
    approve(world, letter)
    post(world, letter, world.today)
    world.sweep()
    world.clock.move_to(IN_ERROR.happened_on)
    change(world, victim, world.people[Role.MANAGER], safe_to_post=False, **REFUGE)
    happens(world, IN_ERROR, mine)
    event = happens(world, PLANNED, mine)
    with world.db.writing() as session:
        take_back(world.work(session, world.people[Role.MANAGER]), event, "Canary was another")
    for _ in range(3):
        world.sweep()
        world.clock.minutes(50)
    with world.db.writing() as session:
        work = world.work(session, world.hire(Role.VLO, "Wyn Wales", WALES))
        open_in_emergency(work, mine, "a victim is in danger now", "Canary rang me")
        keep_proof(session, {}, ["Canary"], world.clock.now(), world.today)
    world.sweep()


def a_morning_and_what_follows(world: World) -> None:
    """Let misses come, be planned, disputed and taken back, and the planner leave."""
    world.clock.move_to(date(2026, 4, 22))
    world.sweep()
    with world.db.reading() as session:
        missed = [
            one for one in open_matters(session, world.today).rows if one.is_missed(world.today)
        ]
    leaver = world.hire(Role.MANAGER, "Leaving Manager")
    with world.db.writing() as session:
        work = world.work(session, leaver)
        plan(work, missed[0].key, world.today + timedelta(days=2), "Canary is rung")
        dispute(work, missed[-1].key, "Colin Madeup has no victim")
        recall_row(work, missed[0].key, "Canary was somebody else")
        recall(work, sent_lately(session, leaver)[0].id, "Canary again")
    disabled(world, leaver.account_id)
    disabled(world, world.people[Role.VLO].account_id)
    world.sweep()
    world.clock.days(1)
    world.sweep()


def parts(mail: EmailMessage) -> list[str]:
    """Return every header and every part of a mail as somebody reads them."""
    heads = [str(make_header(decode_header(str(value)))) for _, value in mail.items()]
    bodies = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return [*heads, *bodies]


def test_no_mail_of_any_kind_names_anybody(world: World) -> None:
    everything(world)
    a_morning_and_what_follows(world)
    for kind in STAFF_ALONE:
        owe(world, kind, region="N55")
    world.sweep()
    mails = world.all_mail()
    kinds = {str(one["Message-ID"]).strip("<").rsplit("-", 1)[0].replace("-", "_") for one in mails}
    assert set(kinds_that(When.AT_ONCE)) - kinds == {"your_reading", "held"}
    assert "digest" in kinds
    found = {
        (str(mail["Message-ID"]), word)
        for mail in mails
        for part in parts(mail)
        for word in SEEDED
        if word in OURS.sub("", part.lower())
    }
    assert found == set()
