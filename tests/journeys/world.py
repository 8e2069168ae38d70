"""A small world to tell stories in: a court, an office in Leeds, a clock and a mailbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session, col, select

from api.example.messages import as_bytes, hearing, offence, person, result
from api.staff.referrals.view import ReferralView, referral_page
from scheduler.jobs import Sweep
from scheduler.runs import SweepResult, sweep_all
from tests.services.clock import MovableClock
from tests.services.mailbox import text_of
from vcs.access.accounts import UnitEntry, save_unit
from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.access.rules import OF_A_REGION
from vcs.access.signing_in.sign_in import actor_of
from vcs.access.work import Work
from vcs.consequences.answers import decide_by_hand
from vcs.consequences.closing import propose as proposals
from vcs.consequences.closing import refusing
from vcs.consequences.closing.declining import Against
from vcs.consequences.closing.reopen import reopen_referral
from vcs.consequences.messages.desk import read_waiting
from vcs.consequences.tracing import StepTaken, take_step
from vcs.database import Database
from vcs.intake.inbox import Inbox, Kept
from vcs.ledger.dump import state_dump
from vcs.ledger.figures.headline import Headline, headline
from vcs.ledger.integrity.invariants import invariant_problems
from vcs.referrals.closure.refusal import Refusal
from vcs.referrals.questions import task_reads
from vcs.referrals.questions.task_reads import TaskRow
from vcs.referrals.records import Referral
from vcs.referrals.tracing.ladder import LADDER
from vcs.sealing import Sealer
from vcs.sentences.court_messages import messages
from vcs.sentences.declines.records import Decline
from vcs.sentences.records import Sentence
from vcs.settings import Settings
from vcs.tasks.records import Task
from vcs.terms import Outcome, Role
from vcs.victims.details.add import add_victim
from vcs.victims.entries import VictimEntry

LEEDS = ("C13LE00", "Leeds Crown Court")

CARDIFF = ("C62CR00", "Cardiff Crown Court")

NOWHERE = ("Z99ZZ00", "A Court That No Table Knows")

YORKSHIRE, WALES, WEST_YORKSHIRE = "N55", "N03", "13"

FRIDAY_20_MARCH = date(2026, 3, 20)

TUESDAY_7_APRIL = date(2026, 4, 7)

"""Ten working days after Friday 20 March 2026: Good Friday and Easter Monday lie between."""

ELIGIBLE, NOT_ELIGIBLE, CANNOT_TELL = ("IMP", "3 Years"), ("IMP", "8 Months"), ("IMP", "")


def told(
    held_on: date = FRIDAY_20_MARCH,
    *sentences: tuple[str, str, str],
    court: tuple[str, str] = LEEDS,
    urn: str = "13EX0000126",
    shared_at: str = "16:30:00",
    **more: Any,
) -> bytes:
    """Return a message: each sentence is a surname, a result and its length, for wounding."""
    people = [_offender(held_on, *one) for one in sentences or (("Madeup", *ELIGIBLE),)]
    return as_bytes(hearing(urn, court, held_on, people, shared_at) | more)


def _offender(held_on: date, last: str, result_code: str, length: str) -> Any:
    made = result(result_code, held_on, length)
    title = "Wounding or inflicting grievous bodily harm"
    count = offence("OF61131", title, [made], date(2025, 9, 1))
    return person("Colin", last, date(1990, 2, 14), [count])


@dataclass
class World:
    """Everything a story needs, on one database. ``people`` work in Leeds."""

    settings: Settings
    db: Database
    clock: MovableClock
    people: dict[Role, Actor] = field(default_factory=dict)

    def work(self, session: Session, actor: Actor) -> Work:
        """Return what a verb needs, in somebody's name at this moment."""
        return Work(session, self.sealer, actor, self.clock.now())

    @property
    def sealer(self) -> Sealer:
        return Sealer(self.settings.sealing_keys)

    @property
    def today(self) -> date:
        return self.clock.today()

    def hire(
        self, role: Role, name: str = "", region: str = YORKSHIRE, area: str = WEST_YORKSHIRE
    ) -> Actor:
        """Add somebody who never signs in: witness care for the area, others for the region."""
        account = _account(role, name, region, area)
        with self.db.writing() as session:
            session.add(account)
        return actor_of(account)

    def keep(self, *bodies: bytes) -> list[Kept]:
        """Put messages in the inbox, unread."""
        return Inbox(self.db, self.sealer).keep(bodies, "court", self.clock.now())

    def read(self) -> int:
        """Read what waits."""
        return read_waiting(self.db, self.sealer, now=self.clock.now)

    def court_tells(self, *bodies: bytes) -> list[dict[str, Any]]:
        """Keep and read messages; return what their receipts say."""
        kept = self.keep(*bodies)
        self.read()
        return [self.receipt(one.receipt) for one in kept]

    def receipt(self, receipt: str) -> dict[str, Any]:
        with self.db.reading() as session:
            found = messages.receipt(session, self.sealer, receipt)
        assert found is not None
        return found

    def sweep(self) -> list[SweepResult]:
        """Let the scheduler do everything that is due."""
        return sweep_all(Sweep(self.settings, self.db, self.sealer, self.clock.now))

    def mail(self) -> list[EmailMessage]:
        """Return the emails that went at once, by file name: all but the digests."""
        return [one for one in self.all_mail() if not _is_digest(one)]

    def all_mail(self) -> list[EmailMessage]:
        """Return every email that was written, by file name."""
        files = sorted(self.settings.mail_dir.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=default) for file in files]

    def digests(self, to: Role | str = Role.MANAGER) -> list[EmailMessage]:
        """Return the digests of somebody, the oldest first: of a role in Leeds, or an address."""
        address = f"{to.replace('_', '-')}@example.org" if isinstance(to, Role) else to
        found = [one for one in self.all_mail() if _is_digest(one) and one["To"] == address]
        return sorted(found, key=lambda one: parsedate_to_datetime(one["Date"]))

    def misses_told(self, to: Role | str = Role.MANAGER, duty: str = "") -> list[str]:
        """Return the reference of each miss that somebody's digests told of for the first time.

        ``duty`` is how the name of one duty begins, where the others do not matter.
        """
        told = [line for one in self.digests(to) for line in text_of(one).splitlines()]
        return [
            line.split()[1].strip(",")
            for line, under in pairwise(told)
            if line.startswith("NEW: ") and under.startswith(duty)
        ]

    def referrals(self) -> list[str]:
        """Return the references of all referrals, oldest first."""
        with self.db.reading() as session:
            return list(session.exec(select(Referral.reference).order_by("id")))

    def sentences(self) -> list[Sentence]:
        with self.db.reading() as session:
            return list(session.exec(select(Sentence).order_by("key")))

    def view(self, reference: str = "", role: Role = Role.MANAGER) -> ReferralView:
        """Return a referral's page as a role sees it: by default of the only referral."""
        reference = reference or self.only_referral()
        with self.db.reading() as session:
            who = self.people[role]
            return referral_page(session, self.sealer, who, reference, self.today)

    def only_referral(self) -> str:
        (reference,) = self.referrals()
        return reference

    def tasks(self, role: Role = Role.MANAGER) -> tuple[TaskRow, ...]:
        with self.db.reading() as session:
            return task_reads.tasks(session, self.people[role], self.today).rows

    def headline(self, role: Role = Role.MANAGER) -> Headline:
        with self.db.reading() as session:
            return headline(session, self.people[role], self.today)

    def refer(self, reference: str = "", entry: VictimEntry | None = None) -> str:
        """Let witness care add a victim; returns the victim's reference."""
        with self.db.writing() as session:
            return add_victim(
                self.work(session, self.people[Role.WITNESS_CARE]),
                reference or self.only_referral(),
                entry or a_victim(address_confirmed_on=min(FRIDAY_20_MARCH, self.today)),
            ).reference

    def propose(
        self,
        reason: str = "no_identifiable_victim",
        who: Actor | None = None,
        reference: str = "",
        words: str = "Canary said nobody was hurt",
    ) -> str:
        """Propose that nobody can be referred, by default as witness care; returns the task.

        Where the victim cannot be traced, every step of the trace was taken first.
        """
        reference = reference or self.only_referral()
        if reason == "victim_cannot_be_traced":
            self.trace_every_step(reference)
        proposed = proposals.Proposed(reason, words)
        who = who or self.people[Role.WITNESS_CARE]
        with self.db.writing() as session:
            proposals.propose(self.work(session, who), reference, proposed)
        return self.proposal_task(reference)

    def trace_step(self, step: str, outcome: str = "nothing", reference: str = "") -> None:
        """Let witness care record one step of a trace."""
        tried_on = None if outcome == "not_possible" else self.today
        look_again_on = self.today + timedelta(days=28)
        taken = StepTaken(step, outcome, tried_on, "Canary was not there", look_again_on)
        with self.db.writing() as session:
            work = self.work(session, self.people[Role.WITNESS_CARE])
            take_step(work, reference or self.only_referral(), taken)

    def trace_every_step(self, reference: str = "") -> None:
        for step in LADDER:
            self.trace_step(step, reference=reference)

    def proposal_task(self, reference: str = "") -> str:
        """Return the open task that asks the unit about a proposal."""
        reference = reference or self.only_referral()
        asked = [one for one in self.tasks() if one.kind == "closing_proposed"]
        (task,) = [one.reference for one in asked if one.referral_reference == reference]
        return task

    def decide(self, task: str, outcome: Outcome, note: str = "Asked the court.") -> None:
        """Answer whether contact is owed as the manager; a second one confirms a no if need be."""
        with self.db.writing() as session:
            work = self.work(session, self.people[Role.MANAGER])
            answered = decide_by_hand(work, task, outcome, note)
            if answered.done_at is not None:
                return
        self.confirm(task)

    def confirm(self, task: str, note: str = "I agree.") -> None:
        """Let another manager, who has read it, confirm a no that was proposed."""
        second = self.second_manager
        with self.db.writing() as session:
            named = select(Decline.id).join(Task, col(Task.id) == col(Decline.task_id))
            waits = (Task.reference == task, col(Decline.decision).is_(None))
            seen = str(session.exec(named.where(*waits)).one())
            work = self.work(session, second)
            decide_by_hand(work, task, Outcome.NOT_ELIGIBLE, note, Against(seen=seen))

    @property
    def second_manager(self) -> Actor:
        """Return another manager of the manager's region, hired when first asked for."""
        region = self.people[Role.MANAGER].region_code or YORKSHIRE
        name = "Second Manager" if region == YORKSHIRE else f"Second Manager {region}"
        with self.db.reading() as session:
            found = session.exec(select(Account).where(Account.name == name)).first()
        return actor_of(found) if found else self.hire(Role.MANAGER, name, region)

    def answer_proposal(
        self, task: str, decision: str = "confirmed", who: Actor | None = None, words: str = "So."
    ) -> None:
        """Answer a proposal, by default as the manager who confirms it."""
        answer = proposals.ProposalAnswer(decision, words)
        who = who or self.people[Role.MANAGER]
        with self.db.writing() as session:
            proposals.decide_proposal(self.work(session, who), task, answer)

    def refuse(self, said: Refusal, who: Actor | None = None, reference: str = "") -> None:
        """Record what a victim said who refused referral, by default as witness care."""
        with self.db.writing() as session:
            work = self.work(session, who or self.people[Role.WITNESS_CARE])
            refusing.refuse(work, reference or self.only_referral(), said)

    def close_as_refused(self, said: Refusal, reference: str = "") -> None:
        """Let witness care tell of a refusal, and the manager confirm it."""
        self.refuse(said, reference=reference)
        self.answer_proposal(self.proposal_task(reference))

    def close_without_victim(
        self, reason: str = "no_identifiable_victim", reference: str = ""
    ) -> None:
        """Let witness care propose that nobody can be referred, and the manager confirm it."""
        self.answer_proposal(self.propose(reason, reference=reference))

    def reopen(self, who: Actor | None = None, why: str = "Canary was found") -> None:
        """Open the only referral again."""
        with self.db.writing() as session:
            reopen_referral(
                self.work(session, who or self.people[Role.MANAGER]), self.only_referral(), why
            )

    def problems(self) -> list[str]:
        """Return the invariants that do not hold."""
        with self.db.reading() as session:
            return invariant_problems(session, self.sealer)

    def state(self) -> dict[str, Any]:
        with self.db.reading() as session:
            return state_dump.state(session, self.sealer)


def _account(
    role: Role, name: str = "", region: str = YORKSHIRE, area: str = WEST_YORKSHIRE
) -> Account:
    return Account(
        email=f"{(name or role).replace(' ', '.').replace('_', '-').lower()}@example.org",
        name=name or role.replace("_", " ").title(),
        phone="0113 496 0001",
        password_hash="no password fits this",
        role=role,
        region_code=region if role in OF_A_REGION else None,
        police_area=area if role is Role.WITNESS_CARE else None,
    )


def _is_digest(mail: EmailMessage) -> bool:
    return str(mail["Message-ID"]).startswith(("<digest-", "<counts-"))


def a_victim(**changes: Any) -> VictimEntry:
    """Return a victim with everything a letter needs."""
    known: dict[str, Any] = {
        "name": "Nia Canary-Name",
        "address_lines": ("1 Canary Lane", "Leeds"),
        "postcode": "LS1 3AB",
        "salutation": "Ms Canary-Name",
        "phone": "0113 496 0777",
        "email": "canary.victim@example.org",
        "safe_to_post": True,
        "safe_contact_notes": "asked: none",
        "address_confirmed_on": FRIDAY_20_MARCH,
    }
    return VictimEntry(**(known | changes))


def furnished(settings: Settings, database: Database, clock: MovableClock) -> World:
    """Return a world with one person in each role and their unit."""
    accounts = {role: _account(role) for role in Role}
    unit = UnitEntry(
        YORKSHIRE, "Yorkshire Victim Liaison Unit", "vlu@example.org", address="PO Box 1\nLeeds"
    )
    with database.writing() as session:
        for account in accounts.values():
            session.add(account)
            session.flush()
        save_unit(session, None, unit, clock.now())
    people = {role: actor_of(account) for role, account in accounts.items()}
    return World(settings, database, clock, people)


@pytest.fixture
def world(settings: Settings, database: Database, clock: MovableClock) -> World:
    """Return a furnished world on the day of sentence, Friday 20 March 2026."""
    clock.move_to(FRIDAY_20_MARCH)
    return furnished(settings, database, clock)
