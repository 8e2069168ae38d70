"""Gathers what the gate asks: about the person, the offender, and what people decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.clock import london_date
from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.post import catalogue
from vcs.post.cases.case_parts import CasePart, choices_of, namesakes, reach_of, shared_with
from vcs.post.cases.letter_case import (
    HardDay,
    LetterCase,
    News,
    Wanted,
)
from vcs.post.cases.mailbox import mailbox_of_part
from vcs.post.cases.open_questions import asked_about, decided
from vcs.post.cases.who_and_when import (
    chose_otherwise,
    hard_day_of,
    held_news,
    is_by_somebody_excluded,
    is_child_alone,
    news_of,
)
from vcs.post.reads import visible_letter
from vcs.post.records import LetterQuestion, LetterRecord, LetterStatus
from vcs.post.rows.policy import LetterPolicy
from vcs.post.signatory import Signatory, signatory
from vcs.post.stale.basis import Basis, basis_now, basis_of, changes, signed_differently
from vcs.post.stale.told_facts import told_now
from vcs.post.subjects.subject import about as about_now
from vcs.referrals.records import ReferralStatus
from vcs.sealing import Sealer
from vcs.terms import LetterFormat
from vcs.victims.family.of_age import came_of_age
from vcs.victims.find import visible_victim
from vcs.victims.person import format_needs, life_of
from vcs.victims.places.kinds import what_to_ask
from vcs.victims.preferences.allowed import Preferences
from vcs.victims.records import Victim
from vcs.victims.whereabouts.shared import Match, subject_of

_NO_NEED = frozenset(("", "-", "none", "no", "nil", "n/a", "na", "nothing", "none known", "dim"))


@dataclass(frozen=True, slots=True)
class Gathered:
    """The gate's case of one letter, what a letter would rest on, and what decisions are about.

    ``signed`` is whom a letter would name today.
    """

    case: LetterCase
    basis: Basis
    signed: Signatory
    subjects: dict[LetterQuestion, str]


def case_of_letter(
    session: Session, sealer: Sealer, actor: Actor, reference: str, today: date
) -> LetterCase:
    """Return what the gate asks about a letter. Raises NotFound where it is not theirs to see."""
    require_may(actor, Act.SEE_LETTER)
    letter, victim, _ = visible_letter(session, reference, actor)
    return gather(session, sealer, victim, letter, today).case


def case_of_victim(
    session: Session, sealer: Sealer, actor: Actor, reference: str, today: date
) -> LetterCase:
    """Return what the gate asks about a first letter to a victim that is not begun yet."""
    return case_of_wanted(session, sealer, actor, (reference, _FIRST), today)


def case_of_wanted(
    session: Session, sealer: Sealer, actor: Actor, to: tuple[str, Wanted], today: date
) -> LetterCase:
    """Return what the gate asks about a letter of some kind to a victim that is not begun yet."""
    require_may(actor, Act.WRITE_LETTER)
    victim = visible_victim(session, to[0], actor)
    return gather(session, sealer, victim, to[1], today).case


_FIRST = Wanted(catalogue.INITIAL_CONTACT)


def gather(
    session: Session,
    sealer: Sealer,
    victim: Victim,
    about: LetterRecord | Wanted | None,
    today: date,
) -> Gathered:
    """Return what is true now about a letter, begun or wanted; None is a first letter wanted."""
    about = about or _FIRST
    part = CasePart.of(session, sealer, victim, today)
    row, letter = catalogue.letter(about.kind), about if isinstance(about, LetterRecord) else None
    choices, reach = choices_of(part, about), reach_of(part)
    signed = signatory(session, part.referral, today)
    basis = basis_now(session, victim, part.person, part.sentence, choices.latest_id)
    now = _now(part, about, row, reach.said)
    mailbox = mailbox_of_part(part, reach, about.format)
    told_of = about_now(session, letter) if letter else ""
    basis = replace(basis.signed(signed), about=told_of, mailbox=mailbox.alone)
    basis = basis.telling(told_now(part, about, row))
    asked = asked_about(session, part.sentence, part.held, part.parts)
    subjects = {
        **choices.subjects(),
        **reach.subjects(basis.address) | mailbox.subjects(),
        **asked.subjects(),
        **now.subjects(part),
    }
    case = LetterCase(
        stopped_by=row.stopped_by,
        is_first_letter=row.duty == FIRST_CONTACT,
        format_needs=_unanswered_needs(sealer, now.needs, letter),
        **_of_person(part),
        **choices.for_case(today) | chose_otherwise(about, row, choices.latest),
        **asked.for_case(),
        **_of_letter(part, letter, basis),
        **reach.for_case() | mailbox.for_case(),
        **now.for_case(),
        **held_news(session, victim, about, today),
        **decided(session, sealer, letter, subjects).for_case(),
    )
    return Gathered(case, basis, signed, subjects)


def _unanswered_needs(sealer: Sealer, needs: str, letter: LetterRecord | None) -> str:
    """Return a person's needs unless there are none, or this letter's format was chosen for them.

    A need that changed since is asked about again. The standard letter meets no need by itself:
    that it does is for a second person to say.
    """
    if needs.casefold().strip(".") in _NO_NEED:
        return ""
    if letter is not None and letter.format == LetterFormat.STANDARD:
        return needs
    chosen_for = sealer.open_text(letter.format_for) if letter and letter.format_for else ""
    return "" if " ".join(chosen_for.split()).casefold() == needs.casefold() else needs


def _of_person(part: CasePart) -> dict[str, Any]:
    return {
        "name": part.person.name,
        "salutation": part.person.salutation,
        "name_in_latin": part.person.name_in_latin,
        "is_closed": part.referral.status == ReferralStatus.CLOSED,
        "has_address": bool(part.person.lines),
        "safe_to_post": part.held.safe_to_post,
        "address_asks": what_to_ask(part.person.lines, part.person.postcode, part.person.country),
    }


def _of_letter(part: CasePart, letter: LetterRecord | None, basis: Basis) -> dict[str, Any]:
    """Return who worked on a letter, and what changed since it was approved."""
    told: dict[str, Any] = {"drafted_by": letter.drafted_by if letter else None}
    if letter is None or letter.status != LetterStatus.APPROVED:
        return told
    was = basis_of(part.session, part.sealer, letter, part.victim, part.sentence)
    return told | {
        "changes": changes(was, basis),
        "signed_otherwise": signed_differently(was, basis),
        "is_by_somebody_excluded": is_by_somebody_excluded(
            part.session, part.sentence, letter, part.today
        ),
    }


@dataclass(frozen=True, slots=True)
class _Now:
    """What is true of a person today that neither choices nor tasks say."""

    needs: str
    shared: tuple[Match, ...]
    news: News | None
    hard: HardDay | None
    life: dict[str, Any]
    called_alike: tuple[str, ...]

    def subjects(self, part: CasePart) -> dict[LetterQuestion, str]:
        """Return what the questions about it are about."""
        latin, hard = part.person.name_in_latin, self.hard
        name = f"{part.person.name}|{part.person.salutation}" + (f"|{latin}" if latin else "")
        of_whom = "|".join((name, *self.called_alike))
        return {
            LetterQuestion.SHARED_ADDRESS: subject_of(part.person, self.shared),
            LetterQuestion.FORMAT: self.needs.casefold(),
            LetterQuestion.NAME: of_whom,
            LetterQuestion.NOTE_IN_NAME: name,
            LetterQuestion.CLOSED: str(part.referral.closed_on),
            LetterQuestion.CAME_OF_AGE: str(self.life["child_came_of_age_on"]),
            LetterQuestion.NO_ADULT: str(self.life["is_child_alone"]),
            LetterQuestion.NOT_PREPARED: str(self.news.known_on) if self.news else "",
            LetterQuestion.HARD_DAY: f"{hard.words}|{hard.on}" if hard else "",
        }

    def for_case(self) -> dict[str, Any]:
        """Return the same for the gate."""
        about = {"has_shared_address": bool(self.shared), "news": self.news, "hard_day": self.hard}
        return about | self.life | {"has_offenders_name": bool(self.called_alike)}


def _now(
    part: CasePart, about: LetterRecord | Wanted, row: LetterPolicy, said: Preferences
) -> _Now:
    session, sealer, today = part.session, part.sealer, part.today
    begun_on = london_date(about.drafted_at) if isinstance(about, LetterRecord) else today
    tells = row.spoken_first
    news = news_of(session, sealer, part.victim, said, begun_on) if tells else None
    life = life_of(session, sealer, part.victim.person_id)
    return _Now(
        " ".join(format_needs(sealer, part.held).split()),
        shared_with(part),
        news,
        hard_day_of(session, sealer, part.parts, today),
        {
            "has_died": life.has_died,
            "child_came_of_age_on": came_of_age(session, sealer, part.victim, today),
            "is_child_alone": is_child_alone(session, sealer, part.victim, life, today),
        },
        namesakes(part, life.born_on),
    )
