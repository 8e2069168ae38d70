"""Open the number that rings one person of a set: who looked is kept first."""

from __future__ import annotations

from dataclasses import dataclass

from vcs.access.reading.looks import Look, keep_look
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict
from vcs.events.embargo import refuse_under_embargo
from vcs.events.find import hold_line, refuse_settled
from vcs.events.if_out import IfOutSaid, answer_of, said_if_opened
from vcs.events.records import Way
from vcs.events.sets.lines import end_hold
from vcs.events.updates.owed import updates_of
from vcs.events.ways import decided_way
from vcs.victims.contact.contact_reads import ContactRules, rules_for
from vcs.victims.person import shown_person
from vcs.victims.preferences.records import Way as WayOfPerson
from vcs.victims.whereabouts.reveal import whose_look


@dataclass(frozen=True, slots=True)
class Numbers:
    """How to reach one person: their number, how they may be reached, what they asked for.

    ``phone`` is "" where none is held, and None where nobody of ours is to ring it: they are told
    otherwise, or (``is_his``) a court gives the number for the offender's side.
    """

    name: str
    phone: str | None
    rules: ContactRules
    asked_for: str
    if_out: IfOutSaid | None
    is_his: bool = False


def show_numbers(work: Work, event_reference: str, victim_reference: str) -> Numbers:
    """Open how one person is reached, while they are still to be told or are owed word again."""
    work.require_may(Act.TELL_EVENT)
    event, line, (victim, referral) = hold_line(work, event_reference, victim_reference)
    if not any(one.is_open for one in updates_of(work.session, event, victim.id)):
        refuse_settled(line)
    refuse_under_embargo(event, work.now)
    end_hold(work.session, event, work.now)
    if event.may_tell_at is None and event.taken_back_at is None:
        raise Conflict("Nobody is rung while the group is held. Load the page of the event again.")
    way = decided_way(work.session, work.sealer, (event, line, victim))
    # Whoever tells people of an event works on it: a set in danger is never left half rung.
    look = Look(
        "event.number_shown",
        referral.reference,
        whose_look(victim),
        event.reference,
        victim.reference,
        work.actor.account_id,
    )
    keep_look(work, look)
    person = shown_person(work.sealer, victim.person)
    answer = answer_of(work.session, victim.person_id)
    rules = rules_for(work.session, work.sealer, work.actor, victim)
    is_his = WayOfPerson.PHONE in rules.preferences.tied
    return Numbers(
        person.name,
        None if is_his or way in (Way.POLICE, Way.THIRD_PARTY) else person.phone,
        rules,
        answer.answer if answer else "",
        said_if_opened(work.sealer, answer) if answer else None,
        is_his,
    )
