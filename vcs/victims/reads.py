"""Victims as pages show them, without where they can be found: that is revealed for a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, may
from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.referrals.due_days.dates import DeadlineView
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.terms import Choice
from vcs.victims.contact.contact_reads import (
    ContactRules,
    ContactView,
    contact_rules,
    contacts_with,
    no_on,
    rules_as_seen_by,
    ways_of_reaching,
    with_life,
)
from vcs.victims.person import shown_person
from vcs.victims.preferences.allowed import Preferences
from vcs.victims.records import ChoiceRecord, PersonJoin, PostedLetter, Victim


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """What a victim chose on a day, with their words; *not now* says when they are asked again."""

    choice: str
    chosen_on: date
    how: str
    recorded_at: datetime
    recorded_by: str
    words: str = ""
    ask_again_on: date | None = None
    ask_again_at: str | None = None


@dataclass(frozen=True, slots=True)
class VictimView:
    """One victim, without where they can be found.

    ``choices`` and ``contacts`` are newest first. ``posted_on`` is the first day on which a letter
    to them was posted. ``was_joined`` says that they came from a record that was joined to another.
    """

    reference: str
    name: str
    standing: str
    about: str
    language: str
    format_needs: str
    safe_to_post: bool | None
    address_confirmed_on: date | None
    has_address: bool
    referred_on: date
    contacted_on: date | None
    posted_on: date | None
    choices: tuple[ChoiceView, ...]
    rules: ContactRules
    contacts: tuple[ContactView, ...] = ()
    was_joined: bool = False

    @property
    def choice(self) -> str | None:
        """Return the latest choice, which is the one that counts; None before any."""
        return self.choices[0].choice if self.choices else None

    @property
    def asked_again(self) -> ChoiceView | None:
        """Return the *not now* that stands; None for any other choice."""
        return self.choices[0] if self.choice == Choice.NOT_NOW else None

    @property
    def chosen_on(self) -> date | None:
        """Return the day of the latest choice."""
        return self.choices[0].chosen_on if self.choices else None

    @property
    def first_contact_on(self) -> date | None:
        """Return the first day on which they were reached or a letter to them was posted."""
        return min((day for day in (self.contacted_on, self.posted_on) if day), default=None)


def victims_of(session: Session, referral_id: int) -> list[Victim]:
    """Return the victims of a referral in the order in which they were added."""
    query = select(Victim).where(Victim.referral_id == referral_id)
    return list(session.exec(query.order_by(col(Victim.id))))


def victim_views(
    session: Session,
    sealer: Sealer,
    actor: Actor,
    victims: Iterable[Victim],
    names: Mapping[int, str],
) -> tuple[VictimView, ...]:
    """Return victims for a page, each with their choices and contacts.

    Left out for anyone outside the liaison unit: what was said, and the safety notes.
    """
    victims = list(victims)
    ids = [victim.id for victim in victims]
    choices, posted = _choices(session, sealer, ids, names), _first_posted(session, ids)
    sees_words = may(actor, Act.SEE_CASEWORK)
    contacts = contacts_with(session, sealer, ids, dict(names)) if sees_words else {}
    joined, views = _joined(session, ids), []
    for victim in victims:
        said = ways_of_reaching(session, sealer, victim, names)
        view = _view(sealer, victim, (tuple(choices[victim.id]), said), posted.get(victim.id))
        rules = with_life(session, sealer, victim, rules_as_seen_by(actor, view.rules))
        rules = replace(rules, opted_out_on=no_on(session, sealer, victim))
        of_victim = contacts.get(victim.id, ())
        if not sees_words:
            view = replace(view, choices=tuple(replace(one, words="") for one in view.choices))
        views.append(
            replace(view, rules=rules, contacts=tuple(of_victim), was_joined=victim.id in joined)
        )
    return tuple(views)


def mark_met_by_approval(
    deadlines: Iterable[DeadlineView], victims: Iterable[VictimView]
) -> tuple[DeadlineView, ...]:
    """Mark each deadline of first contact that nothing but an approved letter shows as met."""
    first_contacts = {victim.reference: victim.first_contact_on for victim in victims}
    return tuple(_marked(deadline, first_contacts) for deadline in deadlines)


def _marked(deadline: DeadlineView, first_contacts: Mapping[str, date | None]) -> DeadlineView:
    if deadline.duty != FIRST_CONTACT or deadline.met_on is None:
        return deadline
    day = first_contacts.get(deadline.victim_reference or "")
    return replace(deadline, by_approval=day is None or deadline.met_on < day)


def _view(
    sealer: Sealer,
    victim: Victim,
    told: tuple[tuple[ChoiceView, ...], Preferences],
    posted_on: date | None,
) -> VictimView:
    held, (choices, said) = victim.person, told
    person = shown_person(sealer, held)
    needs = shown(sealer.open_text, held.format_needs_sealed, UNOPENED)
    return VictimView(
        victim.reference,
        person.name,
        victim.standing,
        shown(sealer.open_text, victim.about_sealed, UNOPENED),
        held.language,
        needs,
        held.safe_to_post,
        held.address_confirmed_on,
        bool(person.lines and (person.postcode or person.country)),
        victim.referred_on,
        victim.contacted_on,
        posted_on,
        choices,
        contact_rules(person, held, needs, said),
    )


def _choices(
    session: Session, sealer: Sealer, victim_ids: list[int], names: Mapping[int, str]
) -> dict[int, list[ChoiceView]]:
    """Return what each victim chose, the newest choice first: by its day, then as recorded."""
    query = (
        select(ChoiceRecord)
        .where(col(ChoiceRecord.victim_id).in_(victim_ids))
        .order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    )
    by_victim: dict[int, list[ChoiceView]] = defaultdict(list)
    for row in session.exec(query):
        by = names.get(row.recorded_by, "")
        by_victim[row.victim_id].append(_choice(sealer, row, by))
    return by_victim


def _choice(sealer: Sealer, row: ChoiceRecord, by: str) -> ChoiceView:
    words = shown(sealer.open_text, row.sealed, UNOPENED) if row.sealed else ""
    again = (row.ask_again_on, row.ask_again_at)
    return ChoiceView(row.choice, row.chosen_on, row.how, row.recorded_at, by, words, *again)


def _joined(session: Session, victim_ids: list[int]) -> set[int]:
    """Return the victims who came from a record that was joined to another."""
    query = select(PersonJoin.victim_id).where(
        col(PersonJoin.victim_id).in_(victim_ids), col(PersonJoin.undone_at).is_(None)
    )
    return set(session.exec(query))


def _first_posted(session: Session, victim_ids: list[int]) -> dict[int, date]:
    """Return the first day on which a letter to each victim was posted that did not come back."""
    query = select(PostedLetter).where(
        col(PostedLetter.victim_id).in_(victim_ids), col(PostedLetter.came_back_on).is_(None)
    )
    rows = session.exec(query.order_by(col(PostedLetter.posted_on).desc()))
    return {row.victim_id: row.posted_on for row in rows if row.victim_id is not None}
