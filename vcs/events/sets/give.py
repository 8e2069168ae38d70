"""Record that somebody was given word while an offender is at large, tried, or wants no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.errors import Conflict, NotValid
from vcs.events.catalogue import COUNTS_AS
from vcs.events.find import hold_line
from vcs.events.records import LONGEST_WORDS, EventLine, KeyEvent, Way
from vcs.events.sets.spoken_to import CONTACTS, who_was_not_told
from vcs.events.updates.owed import UPDATE_KINDS, open_next, updates_of, why_over
from vcs.events.updates.records import Ended, EventUpdate
from vcs.events.ways import decided_way
from vcs.victims.contact.contacts import ContactEntry, record_contact
from vcs.victims.find import Part
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class UpdateEntry:
    """How somebody was given word, and whether they want more. Nobody is asked without a call.

    ``is_reached`` False is a try: nobody was spoken to, and the same word is still owed.
    """

    how: str
    is_reached: bool = True
    spoke_to: str = ""
    said: str = ""
    wants_more: bool = True


def record_update(
    work: Work, event_reference: str, victim_reference: str, entry: UpdateEntry
) -> None:
    """Keep that a person was given word. The next is owed from now, unless they want none.

    It counts for their other parts in the set. Somebody who wanted none may be given word, and
    want it again. Raises Conflict once the danger is over, and before they were told of it.
    """
    work.require_may(Act.TELL_EVENT)
    event, line, part = hold_line(work, event_reference, victim_reference)
    _refuse_over(work, event, line)
    decided = decided_way(work.session, work.sealer, (event, line, part[0]))
    if fields := dict(_problems(work, part[0], decided, entry)):
        raise NotValid("Some details need correcting.", fields)
    if not entry.is_reached:
        _record_try(work, (event, line), part, entry)
        return
    for one in (line, *_other_lines(work, event, part[0])):
        _give(work, (event, one), entry)
    detail = f"{event.reference} {part[0].reference} {entry.how}"
    work.note("event.update_given", part[1].reference, detail)
    if not entry.wants_more:
        detail = f"{event.reference} {part[0].reference} {Ended.NOT_WANTED}"
        work.note("event.update_ended", part[1].reference, detail)
    _keep_contact(work, part, event, entry)


def _refuse_over(work: Work, event: KeyEvent, line: EventLine) -> None:
    if event.kind not in UPDATE_KINDS or line.undo:
        raise Conflict("Nobody is owed word of this again and again.")
    if line.told_at is None:
        raise Conflict("Record first that they were told. Load the page of the event again.")
    if why_over(work.session, work.sealer, event, work.today) is not None:
        raise Conflict("This is over. Load the page of the event again to see what is owed now.")


def _problems(
    work: Work, victim: Victim, decided: Way | None, entry: UpdateEntry
) -> Iterator[tuple[str, str]]:
    if entry.how not in (COUNTS_AS[decided] if decided else tuple(Way)) or entry.how == Way.LETTER:
        yield "how", "Select how, as it was decided for this person: never by letter"
    problem = who_was_not_told(work, victim, entry.how, entry.spoke_to)
    if entry.is_reached and problem:
        yield "spoke_to", problem
    if len(entry.said) > LONGEST_WORDS:
        yield "said", f"Enter {LONGEST_WORDS} characters or fewer"
    if not entry.wants_more and not entry.said.strip():
        yield "said", "Enter how you know that they want no more word"


def _record_try(
    work: Work, what: tuple[KeyEvent, EventLine], part: Part, entry: UpdateEntry
) -> None:
    row = _next_row(work, what)
    row.tries, row.tried_at = row.tries + 1, work.now
    work.session.add(row)
    event, victim = what[0], part[0]
    detail = f"{event.reference} {victim.reference} {entry.how}"
    work.note("event.update_not_reached", part[1].reference, detail)
    if entry.how in CONTACTS:
        words = f"Tried to give them word of event {event.reference}"
        attempt = ContactEntry(
            work.today, CONTACTS[Way(entry.how)], reached=False, words=words, is_of_event=True
        )
        record_contact(work, victim.reference, attempt)


def _give(work: Work, what: tuple[KeyEvent, EventLine], entry: UpdateEntry) -> None:
    row = _next_row(work, what)
    row.given_at, row.given_how, row.given_by = work.now, entry.how, work.actor.account_id
    said = {"spoke_to": entry.spoke_to.strip(), "said": entry.said.strip()}
    row.sealed = work.sealer.seal_json(said)
    work.session.add(row)
    work.session.flush()
    following = _next_row(work, what)
    if not entry.wants_more:
        following.ended_at, following.ended_because = work.now, Ended.NOT_WANTED
        following.ended_by = work.actor.account_id
        following.ended_sealed = work.sealer.seal_text(entry.said.strip())
        work.session.add(following)


def _next_row(work: Work, what: tuple[KeyEvent, EventLine]) -> EventUpdate:
    """Return the word that is open for a person, opened now where none was."""
    event, line = what
    rows = updates_of(work.session, event, line.victim_id)
    if not any(row.is_open for row in rows):
        open_next(work.session, what, rows, work.now)
        rows = updates_of(work.session, event, line.victim_id)
    return next(row for row in rows if row.is_open)


def _other_lines(work: Work, event: KeyEvent, victim: Victim) -> list[EventLine]:
    """Return the lines of the same person's other parts in the set, who were told as well."""
    query = (
        select(EventLine)
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .where(
            EventLine.event_id == event.id,
            col(EventLine.undo).is_(False),
            col(EventLine.told_at).is_not(None),
            EventLine.victim_id != victim.id,
            Victim.person_id == victim.person_id,
        )
    )
    return list(work.session.exec(query.with_for_update(of=EventLine)))


def _keep_contact(work: Work, part: Part, event: KeyEvent, entry: UpdateEntry) -> None:
    victim, way = part[0], Way(entry.how)
    if way in CONTACTS and london_date(work.now) >= victim.referred_on:
        words = f"Given word of event {event.reference}"
        contact = ContactEntry(
            work.today, CONTACTS[way], True, entry.spoke_to, words, is_of_event=True
        )
        record_contact(work, victim.reference, contact)
