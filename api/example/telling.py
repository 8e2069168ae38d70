"""Loads the caseload through the real intake, then does what staff would have done since."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

from sqlmodel import select

from api.example.court import UNREADABLE, case_reference, message_of, working_days_before
from api.example.stories import STORIES, Story
from letters import catalogue, contents
from letters.render import Renderer
from vcs import worklists
from vcs.casework import accounts, referrals
from vcs.casework import letters as letter_casework
from vcs.casework.actors import Actor
from vcs.casework.reading_desk import read_waiting
from vcs.database import Database
from vcs.intake.inbox import Inbox
from vcs.intake.regions import region_named, region_of_court
from vcs.law.working_days import add_working_days
from vcs.records import Account, Referral, Sentence
from vcs.sealing import Sealer
from vcs.settings import Settings
from vcs.terms import Choice, Language, Role, Standing

FEED = "example-court-feed"
SIGN_IN_FILE = "example-sign-in.txt"
_ORDER = ("nothing", "referred", "assigned", "written", "joined")
_REGIONS = ("N07", "N03", "N55", "N50")
_AREA_OF_REGION = {"N07": "01", "N03": "62", "N55": "13", "N50": "06"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the example did, for the account that ``make run`` prints."""

    messages: int
    letters: int


@dataclass(frozen=True, slots=True)
class _Staff:
    """The people who act in one region."""

    witness_care: Actor
    vlo: Actor
    manager: Actor


def tell(db: Database, sealer: Sealer, settings: Settings, today: date) -> Told:
    """Load the caseload once; a database that holds accounts already is left as it is."""
    with db.reading() as session:
        if session.exec(select(Account.id)).first() is not None:
            return Told(0, 0)
    staff = {region: _hire(db, settings, region, today) for region in _REGIONS}
    _hire_one(db, settings, Role.ADMINISTRATOR, "Ada Administrator", None, None, today)
    _load(db, sealer, today)
    with Renderer() as renderer:
        desk = _Desk(db, sealer, renderer, settings.data_dir / "letters", today)
        for story in STORIES:
            region = region_of_court(story.court[0])
            desk.live_through(story, staff[region.code if region else "N07"])
    return Told(len(STORIES) + 1, desk.letters)


def _load(db: Database, sealer: Sealer, today: date) -> None:
    """Send each message as its court would have, on the evening of the sentence, and read it."""
    inbox = Inbox(db, sealer)
    for story in STORIES:
        told_at = _at(working_days_before(today, story.days_ago))
        inbox.keep([message_of(story, today)], FEED, told_at)
        read_waiting(db, sealer, now=partial(_same, told_at))
    inbox.keep([UNREADABLE], FEED, _at(working_days_before(today, 1)))
    read_waiting(db, sealer)


def _same(moment: datetime) -> datetime:
    return moment


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), UTC)


def _hire(db: Database, settings: Settings, region: str, today: date) -> _Staff:
    names = {
        "N07": ("Wanda Witness", "Violet Liaison", "Maya Manager"),
        "N03": ("Wyn Witness", "Ffion Liaison", "Megan Manager"),
        "N55": ("Will Witness", "Vera Liaison", "Moira Manager"),
        "N50": ("Wendy Witness", "Val Liaison", "Mona Manager"),
    }[region]
    area = _AREA_OF_REGION[region]
    witness_care = _hire_one(db, settings, Role.WITNESS_CARE, names[0], None, area, today)
    vlo = _hire_one(db, settings, Role.VLO, names[1], region, None, today)
    manager = _hire_one(db, settings, Role.MANAGER, names[2], region, None, today)
    _open_unit(db, region, manager, today)
    return _Staff(witness_care, vlo, manager)


def _open_unit(db: Database, region: str, manager: Actor, today: date) -> None:
    named = region_named(region)
    unit = accounts.UnitEntry(
        region_code=region,
        name=f"{named.name if named else region} Victim Liaison Unit",
        email=f"vlu.{region.lower()}@example.org",
        phone="020 7946 0100",
        address="PO Box 100\nExample Town\nEX1 1EX",
    )
    with db.writing() as session:
        accounts.save_unit(session, None, unit, _at(today))


def _hire_one(
    db: Database,
    settings: Settings,
    role: Role,
    name: str,
    region: str | None,
    area: str | None,
    today: date,
) -> Actor:
    first, _, _ = name.lower().partition(" ")
    email = f"{first}.{role.replace('_', '-')}@example.org"
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    entry = accounts.AccountEntry(email, name, password, role, region, area, "020 7946 0101")
    with db.writing() as session:
        made = accounts.add_account(session, None, entry, _at(today))
        actor = Actor(int(made.id or 0), name, role, region, area)
    _note_password(settings.data_dir / SIGN_IN_FILE, email, password, role, region or area)
    return actor


def _note_password(path: Path, email: str, password: str, role: Role, where: str | None) -> None:
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        place = f" ({where})" if where else ""
        file.write(f"{role.replace('_', ' ')}{place}: {email} / {password}\n")


class _Desk:
    """Does for one story what staff would have done, on the day they would have done it."""

    def __init__(
        self, db: Database, sealer: Sealer, renderer: Renderer, folder: Path, today: date
    ) -> None:
        self.db, self.sealer, self.renderer = db, sealer, renderer
        self.folder, self.today = folder, today
        self.letters = 0

    def live_through(self, story: Story, staff: _Staff) -> None:
        """Carry one story on from its sentence to where it stands today."""
        sentenced_on = working_days_before(self.today, story.days_ago)
        if story.since == "nothing":
            return
        reference = self._reference(story)
        if story.since == "no victim":
            self._close_without_victim(reference, staff, sentenced_on)
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

    def _close_without_victim(self, reference: str, staff: _Staff, day: date) -> None:
        closed_on = add_working_days(day, 6)
        with self.db.writing() as session:
            referrals.no_victim(
                session,
                reference,
                staff.witness_care,
                next(iter(referrals.NO_VICTIM_REASONS)),
                closed_on,
                _at(closed_on),
            )

    def _refer(self, story: Story, reference: str, staff: _Staff, sentenced_on: date) -> str:
        referred_on = add_working_days(sentenced_on, 4)
        entry = _victim(story, referred_on)
        with self.db.writing() as session:
            made = referrals.add_victim(
                session,
                self.sealer,
                reference,
                staff.witness_care,
                entry,
                referred_on,
                _at(referred_on),
            )
            return made.reference

    def _assign(self, reference: str, staff: _Staff, sentenced_on: date) -> None:
        day = add_working_days(sentenced_on, 5)
        with self.db.writing() as session:
            referrals.assign_vlo(session, reference, staff.manager, staff.vlo.account_id, _at(day))

    def _write(self, victim: str, story: Story, staff: _Staff, day: date) -> None:
        languages = [Language.WELSH, Language.ENGLISH] if story.welsh else [Language.ENGLISH]
        for language in languages:
            self._approve(victim, language, staff.vlo, day)

    def _approve(self, victim: str, language: Language, vlo: Actor, day: date) -> None:
        kind = catalogue.INITIAL_CONTACT
        with self.db.writing() as session:
            draft = letter_casework.draft_letter(session, victim, vlo, kind, language, _at(day))
            reference = draft.reference
            facts = worklists.letter_facts(session, self.sealer, vlo, victim, day)
        made = catalogue.compose(kind, language, facts)
        rendered = self.renderer.letter(made)
        with self.db.writing() as session:
            letter_casework.save_approved_letter(
                session,
                self.sealer,
                reference,
                vlo,
                rendered.pdf,
                catalogue.template_version(kind, language),
                contents.to_json(made),
                day,
                _at(day),
            )
        self._keep_a_copy(reference, language, rendered.pdf)

    def _keep_a_copy(self, reference: str, language: Language, pdf: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{reference}-{language}.pdf").write_bytes(pdf)
        self.letters += 1

    def _choose(self, victim: str, staff: _Staff, choice: Choice, day: date) -> None:
        with self.db.writing() as session:
            referrals.record_choice(
                session, victim, staff.vlo, choice, day, "by reply slip", day, _at(day)
            )


def _victim(story: Story, confirmed_on: date) -> referrals.VictimEntry:
    bereaved = any(count[0] in ("COML025", "COML022", "RA88046") for count in story.counts)
    number = STORIES.index(story) + 1
    return referrals.VictimEntry(
        name=f"Jo Anyone-{story.last}",
        salutation="Jo Anyone",
        address_lines=(f"{number} Nowhere Lane", "Sampletown"),
        postcode="EX4 4AA",
        phone="020 7946 0999",
        email=f"victim{number}@example.org",
        standing=Standing.NEXT_OF_KIN if bereaved else Standing.VICTIM,
        about="sister of the person who died" if bereaved else "",
        language=Language.WELSH if story.welsh else Language.ENGLISH,
        safe_to_post=True,
        safe_contact_notes="Letters only. Do not leave messages.",
        address_confirmed_on=confirmed_on,
    )
