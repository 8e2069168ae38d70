"""Record what a victim chose; the latest choice decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.law.deadlines.duties import in_words
from vcs.referrals.records import Referral
from vcs.terms import Choice
from vcs.victims.checks import check_reported
from vcs.victims.contact.ask_again import AskAgainAt, end_asking
from vcs.victims.contact.contact_reads import no_on, rules_for
from vcs.victims.contact.first_contact import settle_first_contact
from vcs.victims.contact.said_no import may_be_asked
from vcs.victims.contact.tries import Tries, tries_of
from vcs.victims.contact.why_this_way import AskWhy, asks_why
from vcs.victims.family.of_age import end_asking_at_18
from vcs.victims.find import find_victim, parts_of
from vcs.victims.identity.known import ask_where_one_said_no
from vcs.victims.needs_clock import settle_needs_clock, spoke_with
from vcs.victims.records import LONGEST_WORDS, ChoiceRecord, Victim


@dataclass(frozen=True, slots=True)
class ChoiceEntry:
    """What somebody chose on a day, how we know, and their words.

    *Not now* says when to ask again: on a day, or at an event. *No reply* is nobody's choice: it
    needs no ``how``, and its day is when it is recorded. ``emergency`` says why a way was used that
    they had forbidden, and must be filled then.
    """

    choice: Choice
    chosen_on: date | None = None
    how: str = ""
    words: str = ""
    ask_again_on: date | None = None
    ask_again_at: AskAgainAt | None = None
    emergency: str = ""


def record_choice(
    work: Work, victim_reference: str, choice: Choice, chosen_on: date, how: str
) -> ChoiceRecord:
    """Record a choice without words of theirs."""
    return choose(work, victim_reference, ChoiceEntry(choice, chosen_on, how))


def choose(work: Work, victim_reference: str, entry: ChoiceEntry) -> ChoiceRecord:
    """Record what a victim chose; earlier choices stay on record and the latest stands.

    A choice alone meets no duty of first contact, whatever its day: a contact that is on record
    does, or a letter that was posted. Raises NotValid
    naming each field to correct, and for *no reply* before enough was tried.
    """
    work.require_may(Act.RECORD_CHOICE)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    chosen_on, how = entry.chosen_on, entry.how
    if entry.choice is Choice.NO_REPLY:
        tries = _enough(work, victim)
        chosen_on, how = work.today, f"{len(tries.made)} attempts on {tries.days} days"
    if chosen_on is None:
        raise NotValid("Enter a day.", {"chosen_on": "Enter the day on which they said so"})
    check_reported("chosen_on", chosen_on, how, victim.referred_on, work.today)
    if fields := dict((*_problems(entry, work.today), *_forbidden(work, victim, entry))):
        raise NotValid("Some details need correcting.", fields)
    record = _kept(work, victim, entry, (chosen_on, how))
    if entry.choice is not Choice.NO_REPLY:
        settle_first_contact(work, victim)
        spoke_with(work, victim, how.strip(), chosen_on)
    _end_asking(work, victim, entry.choice, chosen_on)
    detail = f"{victim.reference} {entry.choice}"
    work.note("choice.recorded", referral.reference, detail)
    return record


def standing_choice(session: Session, victim_id: int) -> ChoiceRecord | None:
    """Return the choice of a victim that stands: of the latest day, and recorded last."""
    latest = (col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    query = select(ChoiceRecord).where(
        ChoiceRecord.victim_id == victim_id, ChoiceRecord.choice != str(Choice.NO_REPLY)
    )
    session.flush()
    return session.exec(query.order_by(*latest)).first()


def relay_opt_out(work: Work, victim_reference: str, said_on: date, how: str) -> ChoiceRecord:
    """Record a victim's no as witness care passes it on; the latest choice stands.

    No liaison officer spoke to the victim, so first contact stays owed until one says otherwise.
    """
    work.require_may(Act.RELAY_CHOICE)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    check_reported("said_on", said_on, how, date.min, work.today)
    entry = ChoiceEntry(Choice.OPT_OUT)
    record = _kept(work, victim, entry, (said_on, f"{how.strip()}, passed on by witness care"))
    _end_asking(work, victim, Choice.OPT_OUT, said_on)
    detail = f"{victim.reference} {Choice.OPT_OUT}"
    work.note("choice.passed_on", referral.reference, detail)
    return record


def _end_asking(work: Work, victim: Victim, choice: Choice, chosen_on: date) -> None:
    """Close what asks for the offer to be made again: after a *no*, wherever that counts.

    And what asks for the own choice of somebody who turned 18.
    """
    end_asking(work, victim)
    if choice is not Choice.NO_REPLY:
        end_asking_at_18(work, victim, chosen_on)
    if choice is Choice.OPT_OUT:
        work.session.flush()
        for part, _ in parts_of(work.session, victim.person_id):
            if not may_be_asked(work.session, work.sealer, part):
                end_asking(work, part)


def _kept(
    work: Work, victim: Victim, entry: ChoiceEntry, when_and_how: tuple[date, str]
) -> ChoiceRecord:
    is_not_now = entry.choice is Choice.NOT_NOW
    why = entry.emergency.strip()
    used = f"Why a way was used that they had forbidden: {why}" if why else ""
    words = "\n".join(part for part in (entry.words.strip(), used) if part)
    record = ChoiceRecord(
        victim_id=victim.id,
        choice=entry.choice,
        chosen_on=when_and_how[0],
        how=when_and_how[1].strip(),
        sealed=work.sealer.seal_text(words) if words else None,
        ask_again_on=entry.ask_again_on if is_not_now else None,
        ask_again_at=entry.ask_again_at if is_not_now else None,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(record)
    if entry.choice is Choice.OPT_OUT:
        work.session.flush()
        referral = work.session.get_one(Referral, victim.referral_id)
        ask_where_one_said_no(work, victim, referral)
    settle_needs_clock(work.session, victim, work.today)
    return record


def _enough(work: Work, victim: Victim) -> Tries:
    """Return the tries that show that there was no reply. Raises NotValid for too few.

    After a *no* silence is what they asked for, and says nothing.
    """
    if said_on := no_on(work.session, work.sealer, victim):
        said = f"They said no on {in_words(said_on)}. That they do not reply changes nothing"
        raise NotValid("Some details need correcting.", {"choice": said})
    tries = tries_of(work.session, work.sealer, victim)
    if not tries.are_enough:
        missing = f"“No reply” cannot be recorded yet: {tries.still_missing}"
        raise NotValid("Some details need correcting.", {"choice": missing})
    return tries


def _forbidden(work: Work, victim: Victim, entry: ChoiceEntry) -> Iterator[tuple[str, str]]:
    """Yield that a reason is missing for a way that they have forbidden."""
    rules = rules_for(work.session, work.sealer, work.actor, victim)
    is_forbidden = asks_why(rules, entry.how) is AskWhy.FORBIDDEN
    if is_forbidden and not entry.emergency.strip():
        yield "emergency", "They have forbidden this way. Enter why it was used all the same"
    if len(entry.emergency) > LONGEST_WORDS:
        yield "emergency", f"Enter {LONGEST_WORDS} characters or fewer"


def _problems(entry: ChoiceEntry, today: date) -> Iterator[tuple[str, str]]:
    if len(entry.words) > LONGEST_WORDS:
        yield "words", f"Enter {LONGEST_WORDS} characters or fewer"
    if entry.choice is not Choice.NOT_NOW:
        return
    if entry.ask_again_on is None and entry.ask_again_at is None:
        yield "ask_again_on", "Enter the day on which to ask again, or select when"
    elif entry.ask_again_on is not None and entry.ask_again_on <= today:
        yield "ask_again_on", "The day must be in the future"
