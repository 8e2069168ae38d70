"""Whether enough was tried to say that somebody gave no reply: what was, and what is missing.

Three attempts on different days, and by every way that the person allows; where they allow one
way, three days of it. A contact in between starts the count again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session, col, select

from vcs.sealing import Sealer
from vcs.terms import Choice
from vcs.victims.contact.contact_reads import ways_of_reaching
from vcs.victims.person import Person, opened
from vcs.victims.preferences.allowed import IN_WORDS, WAY_OF_CONTACT, Preferences, standing_note
from vcs.victims.preferences.records import Rule, Way
from vcs.victims.records import (
    ChoiceRecord,
    ContactRecord,
    ContactWay,
    PersonRecord,
    PostedLetter,
    Victim,
)

DAYS_NEEDED: Final = 3


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt that counts: the day and the way."""

    tried_on: date
    way: Way


@dataclass(frozen=True, slots=True)
class Tries:
    """The attempts since somebody was last reached, the oldest first.

    ``needed`` are the ways that they allow and by which we know how to reach them. Where
    ``is_note_first``, a note stands about reaching them, and only what was recorded as allowed is.
    """

    made: tuple[Try, ...] = ()
    needed: tuple[Way, ...] = ()
    is_note_first: bool = False

    @property
    def days(self) -> int:
        """Return on how many different days somebody tried."""
        return len({one.tried_on for one in self.made})

    @property
    def untried(self) -> tuple[Way, ...]:
        """Return the ways that they allow and that nobody tried."""
        tried = {one.way for one in self.made}
        return tuple(way for way in self.needed if way not in tried)

    @property
    def are_enough(self) -> bool:
        """Say whether *no reply* may be recorded."""
        return bool(self.needed) and self.days >= DAYS_NEEDED and not self.untried

    @property
    def still_missing(self) -> str:
        """Say what is still missing; "" where nothing is."""
        return "; ".join(self._missing())

    def _missing(self) -> Iterator[str]:
        if not self.needed and self.is_note_first:
            yield (
                "their note comes first: record under ‘How to reach them’ which ways it allows, "
                "and use no other"
            )
            return
        if not self.needed:
            yield "no way is known that they allow and by which we can reach them"
            return
        if self.days < DAYS_NEEDED:
            yield f"{self.days} of {DAYS_NEEDED} days"
        if self.untried:
            yield f"not yet tried {' or '.join(IN_WORDS[way] for way in self.untried)}"


def tries_of(session: Session, sealer: Sealer, victim: Victim) -> Tries:
    """Return the attempts to reach a victim since they were last reached."""
    said = ways_of_reaching(session, sealer, victim)
    person = opened(sealer, victim.person)
    note = standing_note(person.safe_contact_notes)
    ways = _needed(said, person, victim.person)
    needed = tuple(way for way in ways if not note or said.allows(way))
    reached = _last_reached(session, victim)
    tried = sorted(_tried(session, victim), key=lambda one: one.tried_on)
    # By a way that they forbid nobody can have hoped to reach them.
    made = (one for one in tried if said.bar(one.way) is None)
    since = tuple(one for one in made if reached is None or one.tried_on > reached)
    return Tries(since, needed, bool(note))


def _needed(said: Preferences, person: Person, held: PersonRecord) -> Iterator[Way]:
    """Yield the ways that they named and those by which we can reach them, unless forbidden."""
    named = {one.way for one in said.lines if one.rule is not Rule.NEVER}
    has_address = bool(person.lines and held.safe_to_post)
    known = {Way.PHONE: person.phone, Way.EMAIL: person.email, Way.POST: has_address}
    for way in said.ways_left():
        if way in named or known.get(way):
            yield way


def _tried(session: Session, victim: Victim) -> Iterator[Try]:
    attempts = select(ContactRecord).where(
        ContactRecord.victim_id == victim.id, col(ContactRecord.reached).is_(False)
    )
    for one in session.exec(attempts):
        way = WAY_OF_CONTACT.get(ContactWay(one.how))
        if way is not None:
            yield Try(one.happened_on, way)
    posted = select(PostedLetter).where(
        PostedLetter.victim_id == victim.id, col(PostedLetter.came_back_on).is_(None)
    )
    yield from (Try(one.posted_on, Way.POST) for one in session.exec(posted))


def _last_reached(session: Session, victim: Victim) -> date | None:
    """Return the last day on which they were reached, or said what they want."""
    contacts = select(ContactRecord).where(
        ContactRecord.victim_id == victim.id, col(ContactRecord.reached).is_(True)
    )
    choices = select(ChoiceRecord).where(
        ChoiceRecord.victim_id == victim.id, ChoiceRecord.choice != str(Choice.NO_REPLY)
    )
    days = [one.happened_on for one in session.exec(contacts)]
    days += [one.chosen_on for one in session.exec(choices)]
    return max(days, default=None)
