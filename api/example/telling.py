"""Loads the caseload through the real intake, then does what staff would have done since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlmodel import select

from api.example import second_list
from api.example.copies import LetterCopies
from api.example.court import case_reference, working_days_before
from api.example.feeds import Feeds, at_work
from api.example.progress import CASES, Progress, unheard
from api.example.staff import SIGN_IN_FILE, Hiring, Staff, keep_sign_ins
from api.example.stories import STORIES, Story
from letters import catalogue
from letters.making import contents
from letters.render import Renderer
from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.access.work import Work
from vcs.consequences.closing import before_referral, propose, refusing
from vcs.database import Database, lock
from vcs.intake.regions import region_of_court
from vcs.law.deadlines.working_days import add_working_days
from vcs.lists.runs.run import Sender
from vcs.post import letters as letter_casework
from vcs.post import opening, posting
from vcs.post.letters import MadeLetter
from vcs.post.reads import letter_facts
from vcs.post.records import LetterRecord, LetterStatus
from vcs.referrals.closure.refusal import Refusal
from vcs.referrals.officers.assign import assign_vlo
from vcs.referrals.records import ClosedReason, ProposalDecision, Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.settings import Settings
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Choice, Language, LetterLanguage, VictimRelation
from vcs.victims.contact.choices import record_choice
from vcs.victims.details.add import add_victim
from vcs.victims.entries import VictimEntry

_ONE_AT_A_TIME = 0x76637310

_ORDER = ("nothing", "referred", "assigned", "written", "joined")


@dataclass(frozen=True, slots=True)
class LoadedExample:
    """What the example did, for the account that ``make run`` prints."""

    messages: int
    letters: int


def tell(
    db: Database,
    sealer: Sealer,
    settings: Settings,
    today: date,
    progress: Progress = unheard,
) -> LoadedExample:
    """Load the caseload once, all of it or nothing: after a kill it begins again.

    A database that has accounts already is left as it is.
    """
    copies = LetterCopies(settings.data_dir)
    loaded = LoadedExample(0, 0)
    if not _is_in_use(db):
        with db.all_or_nothing() as whole, whole.writing() as session:
            lock(session, _ONE_AT_A_TIME)
            if not _is_in_use(whole):
                copies.begin()
                loading = _Loading(whole, sealer, today, progress, settings)
                loaded = loading.load(settings.data_dir / SIGN_IN_FILE, copies)
    # A kill before this line is made good by the next start.
    copies.publish(_approved(db))
    return loaded


def _is_in_use(db: Database) -> bool:
    with db.reading() as session:
        return session.exec(select(Account.id)).first() is not None


def _approved(db: Database) -> set[str]:
    with db.reading() as session:
        query = select(LetterRecord.reference).where(LetterRecord.status == LetterStatus.APPROVED)
        return set(session.exec(query))


@dataclass(frozen=True, slots=True)
class _Loading:
    db: Database
    sealer: Sealer
    today: date
    progress: Progress
    settings: Settings

    def load(self, sign_in_file: Path, copies: LetterCopies) -> LoadedExample:
        """Add the staff, send the messages, and do what staff did since."""
        hiring = Hiring(self.db, self.today)
        staff = hiring.hire_all()
        feeds = Feeds(self.db, self.sealer, self.today, self.progress)
        feeds.tell_the_stories()
        with Renderer(is_training=self.settings.is_training) as renderer:
            desk = _Desk(self.db, self.sealer, renderer, copies, self.today)
            worked_on = [story for story in STORIES if story.since != "nothing"]
            for number, story in enumerate(worked_on, 1):
                region = region_of_court(story.court[0])
                desk.live_through(story, staff[region.code if region else "N07"])
                self.progress(CASES, number, len(worked_on))
        feeds.tell_what_came_later()
        feeds.tell_from_prisons()
        sender = Sender(self.sealer, staff["N07"].manager, _yesterday(self.today))
        second_list.match(self.db, self.settings, sender, self.today, staff["N55"].manager)
        # Before the accounts are kept: whoever finds them must also find their passwords.
        keep_sign_ins(sign_in_file, hiring.sign_ins)
        return LoadedExample(feeds.messages, desk.letters)


def _yesterday(today: date) -> datetime:
    return at_work(working_days_before(today, 1))


class _Desk:
    """Does for one story what staff would have done, on the day they would have done it."""

    def __init__(
        self, db: Database, sealer: Sealer, renderer: Renderer, copies: LetterCopies, today: date
    ) -> None:
        self.db, self.sealer, self.renderer = db, sealer, renderer
        self.copies, self.today = copies, today
        self.letters = 0

    def live_through(self, story: Story, staff: Staff) -> None:
        """Carry one story on from its sentence to where it stands today."""
        sentenced_on = working_days_before(self.today, story.days_ago)
        reference = self._reference(story)
        if story.since in ("no victim", "proposed", "traced", "refused"):
            self._answer(story, reference, staff, sentenced_on)
            return
        step = _ORDER.index("joined" if story.since == "declined" else story.since)
        victim = self._refer(story, reference, staff, sentenced_on)
        if step >= 2:
            self._assign(reference, staff, sentenced_on)
        if step >= 3:
            self._write(victim, story, staff, add_working_days(sentenced_on, 9))
        if step >= 4:
            choice = Choice.OPT_OUT if story.since == "declined" else Choice.OPT_IN
            self._choose(victim, staff, choice, add_working_days(sentenced_on, 15))

    def _reference(self, story: Story) -> str:
        with self.db.reading() as session:
            found = session.exec(
                select(Referral.reference)
                .join(Sentence, Sentence.id == Referral.sentence_id)  # type: ignore[arg-type]  # SQLModel's columns are typed as values
                .where(Sentence.case_reference == case_reference(story))
            ).one()
        return str(found)

    def _propose(self, reference: str, staff: Staff, day: date) -> str:
        """Let witness care propose that there is nobody to refer; returns the unit's task."""
        words = "The officer in the case knows of nobody who was hurt or threatened."
        proposed = propose.Proposed(ClosedReason.NO_IDENTIFIABLE_VICTIM, words)
        with self.db.writing() as session:
            propose.propose(
                Work(session, self.sealer, staff.witness_care, at_work(day)), reference, proposed
            )
        return self._asked_of_unit(reference)

    def _asked_of_unit(self, reference: str) -> str:
        """Return the task that asks the unit whether to close a referral."""
        with self.db.reading() as session:
            asked = select(Task.reference).join(Referral).where(Referral.reference == reference)
            return str(session.exec(asked.where(Task.kind == TaskKind.CLOSING_PROPOSED)).one())

    def _confirm(self, task: str, staff: Staff, day: date, why: str) -> None:
        answer = propose.ProposalAnswer(ProposalDecision.CONFIRMED, why)
        with self.db.writing() as session:
            propose.decide_proposal(
                Work(session, self.sealer, staff.manager, at_work(day)), task, answer
            )

    def _answer(self, story: Story, reference: str, staff: Staff, sentenced_on: date) -> None:
        """Record why no victim was referred: nobody is known, found yet, or wants to be."""
        if story.since in ("no victim", "proposed"):
            task = self._propose(reference, staff, add_working_days(sentenced_on, 5))
            if story.since == "no victim":
                why = "The police file names no victim either."
                self._confirm(task, staff, add_working_days(sentenced_on, 6), why)
            return
        day = working_days_before(self.today, 2)
        with self.db.writing() as session:
            if story.since == "traced":
                look = day + timedelta(days=14)
                before_referral.trace(
                    Work(session, self.sealer, staff.witness_care, at_work(day)), reference, look
                )
                return
            refusal = Refusal(day, "by phone", "Sam Example, witness care", "No, thank you.")
            refusing.refuse(
                Work(session, self.sealer, staff.witness_care, at_work(day)), reference, refusal
            )
        why = "Witness care asked on the day, and the words are clear."
        self._confirm(self._asked_of_unit(reference), staff, day, why)

    def _refer(self, story: Story, reference: str, staff: Staff, sentenced_on: date) -> str:
        referred_on = add_working_days(sentenced_on, 4)
        entry = _victim(story, referred_on)
        with self.db.writing() as session:
            made = add_victim(
                Work(session, self.sealer, staff.witness_care, at_work(referred_on)),
                reference,
                entry,
            )
            return made.reference

    def _assign(self, reference: str, staff: Staff, sentenced_on: date) -> None:
        day = add_working_days(sentenced_on, 5)
        with self.db.writing() as session:
            assign_vlo(
                Work(session, self.sealer, staff.manager, at_work(day)),
                reference,
                staff.vlo.account_id,
            )

    def _write(self, victim: str, story: Story, staff: Staff, day: date) -> None:
        languages = [LetterLanguage.BILINGUAL if story.welsh else LetterLanguage.ENGLISH]
        kind, at = catalogue.INITIAL_CONTACT, at_work(day)
        with self.db.writing() as session:
            drafts = {
                language: letter_casework.draft_letter(
                    Work(session, self.sealer, staff.vlo, at), victim, kind, language
                ).reference
                for language in languages
            }
        for language, reference in drafts.items():
            self._approve(victim, reference, language, staff.vlo, day)

    def _approve(
        self, victim: str, reference: str, language: LetterLanguage, vlo: Actor, day: date
    ) -> None:
        kind = catalogue.INITIAL_CONTACT
        with self.db.reading() as session:
            facts = letter_facts(session, self.sealer, vlo, victim, day)
        made = catalogue.compose(kind, language, {**facts, "letter_reference": reference})
        rendered = self.renderer.letter(made)
        with self.db.writing() as session:
            letter_casework.save_approved_letter(
                Work(session, self.sealer, vlo, at_work(day)),
                reference,
                MadeLetter(
                    rendered.pdf,
                    catalogue.template_version(kind, language),
                    contents.to_json(made),
                ),
            )
            opening.open_for_printing(
                Work(session, self.sealer, vlo, at_work(day)), reference, "to print and post it"
            )
            posting.record_posted(Work(session, self.sealer, vlo, at_work(day)), reference, day)
        self.copies.add(reference, language, rendered.pdf)
        self.letters += 1

    def _choose(self, victim: str, staff: Staff, choice: Choice, day: date) -> None:
        with self.db.writing() as session:
            record_choice(
                Work(session, self.sealer, staff.vlo, at_work(day)),
                victim,
                choice,
                day,
                "by reply slip",
            )


def _victim(story: Story, confirmed_on: date) -> VictimEntry:
    bereaved = any(count[0] in ("COML025", "COML022", "RA88046") for count in story.counts)
    number = STORIES.index(story) + 1
    return VictimEntry(
        name=f"Jo Anyone-{story.last}",
        salutation="Jo Anyone",
        address_lines=(f"{number} Nowhere Lane", "Sampletown"),
        postcode="EX4 4AA",
        phone=f"020 7946 0{number:03d}",
        email=f"victim{number}@example.org",
        standing=VictimRelation.NEXT_OF_KIN if bereaved else VictimRelation.VICTIM,
        about="sister of the person who died" if bereaved else "",
        language=Language.WELSH if story.welsh else Language.ENGLISH,
        safe_to_post=True,
        safe_contact_notes="Letters only. Do not leave messages.",
        address_confirmed_on=confirmed_on,
    )
