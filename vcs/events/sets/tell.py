"""Record that somebody was told of an event, or was tried and not reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.errors import Conflict, NotValid
from vcs.events.catalogue import COUNTS_AS, kind_row
from vcs.events.embargo import refuse_under_embargo, told_from
from vcs.events.find import hold_line, refuse_settled
from vcs.events.moments import london_moment, read_time, start_of
from vcs.events.records import LONGEST_WORDS, EventLine, KeyEvent, Way
from vcs.events.sets.lines import end_hold
from vcs.events.sets.spoken_to import CONTACTS, who_was_not_told
from vcs.events.updates.owed import follow
from vcs.events.ways import decided_way, has_opted_out, may_get_a_letter, refuse_before_looking
from vcs.victims.contact.contacts import ContactEntry, record_contact
from vcs.victims.find import Part
from vcs.victims.records import Victim

_HELD = (
    "Nobody is told yet: the people of this group are told together. Get everybody ready, or ask a "
    "manager to split the set with a reason."
)

_OPTED_OUT = (
    "This person has opted out since. Record that they are not to be told, with that reason."
)

_WHEN = (
    "Enter a day and time between the event, or the end of its embargo, and now. If they knew "
    "before that, say so below as what they had heard, and tell them again"
)

_COLD = "News of a release does not come on paper first, unless they chose letters only"


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """How and when one person was told. Without a day they were told just now.

    ``heard_from`` says where they had heard it before, if ``heard_before``.
    """

    how: str
    spoke_to: str = ""
    told_on: date | None = None
    told_time: str = ""
    heard_before: bool = False
    heard_from: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in hand, with its event and its person's part."""

    event: KeyEvent
    row: EventLine
    part: Part

    @property
    def victim(self) -> Victim:
        return self.part[0]

    def detail(self, *more: str) -> str:
        return " ".join((self.event.reference, self.victim.reference, *more))


def record_told(work: Work, event_reference: str, victim_reference: str, entry: ToldEntry) -> None:
    """Record that a person was told. Their other parts in the set count as told by it as well.

    Raises Conflict while planned news is held, and where a manager has to choose how first.
    """
    work.require_may(Act.TELL_EVENT)
    line = _open_line(work, event_reference, victim_reference)
    decided = decided_way(work.session, work.sealer, (line.event, line.row, line.victim))
    told_at = _told_at(line.event, entry, work.now)
    fields = dict(_problems(work, line, decided, entry))
    if told_at is None:
        fields["told_on"] = _WHEN
    if told_at is None or fields:
        raise NotValid("Some details need correcting.", fields)
    for one in (line.row, *_other_lines(work, line)):
        _settle(work, one, entry, told_at)
    work.session.flush()
    end_hold(work.session, line.event, work.now)
    follow(work.session, work.sealer, line.event, (work.now, work.actor.who))
    event = "event.undone_told" if line.row.undo else "event.told"
    work.note(event, line.part[1].reference, line.detail(entry.how))
    _keep_contact(work, line, entry, told_at)


def record_try(work: Work, event_reference: str, victim_reference: str, how: str) -> None:
    """Record that a person was tried and not reached. They are still to be told."""
    work.require_may(Act.TELL_EVENT)
    line = _open_line(work, event_reference, victim_reference)
    decided = decided_way(work.session, work.sealer, (line.event, line.row, line.victim))
    if how not in (COUNTS_AS[decided] if decided else tuple(Way)):
        raise NotValid("Say how.", {"how": "Select how you tried, as it was decided"})
    line.row.tries, line.row.tried_at = line.row.tries + 1, work.now
    work.session.add(line.row)
    work.note("event.not_reached", line.part[1].reference, line.detail(how))
    if how in CONTACTS:
        words = f"Tried to tell them of event {line.event.reference}"
        attempt = ContactEntry(
            work.today, CONTACTS[Way(how)], reached=False, words=words, is_of_event=True
        )
        record_contact(work, line.victim.reference, attempt)


def _open_line(work: Work, event_reference: str, victim_reference: str) -> _Line:
    line = _Line(*hold_line(work, event_reference, victim_reference))
    refuse_settled(line.row)
    if line.row.undo:
        return line
    refuse_under_embargo(line.event, work.now)
    end_hold(work.session, line.event, work.now)
    if line.event.may_tell_at is None:
        raise Conflict(_HELD)
    if not kind_row(line.event.kind).danger:
        refuse_before_looking(work.session, work.sealer, line.victim)
        if has_opted_out(work.session, work.sealer, line.victim):
            raise Conflict(_OPTED_OUT)
    return line


def _told_at(event: KeyEvent, entry: ToldEntry, now: datetime) -> datetime | None:
    """Return when somebody was told; None for what cannot be."""
    if entry.told_on is None:
        return None if entry.told_time.strip() else now
    clock = read_time(entry.told_time)
    at = london_moment(entry.told_on, clock) if clock else None
    began = event.taken_back_at or event.recorded_at
    first = (
        london_date(began) if event.taken_back_at else min(event.happened_on, london_date(began))
    )
    if not at or not start_of(first) <= at <= now:
        return None
    embargo = None if event.taken_back_at else told_from(event)
    return at if embargo is None or embargo <= at else None


def _problems(
    work: Work, line: _Line, decided: Way | None, entry: ToldEntry
) -> Iterator[tuple[str, str]]:
    if problem := _problem_of_the_way(work, line, decided, entry.how):
        yield "how", problem
    if problem := who_was_not_told(work, line.victim, entry.how, entry.spoke_to):
        yield "spoke_to", problem
    if entry.heard_before and not entry.heard_from.strip():
        yield "heard_from", "Enter from whom or where they had heard"
    if len(entry.heard_from) > LONGEST_WORDS:
        yield "heard_from", f"Enter {LONGEST_WORDS} characters or fewer"


def _problem_of_the_way(work: Work, line: _Line, decided: Way | None, how: str) -> str:
    if how not in tuple(Way):
        return "Select how they were told"
    if decided is not None and how not in COUNTS_AS[decided]:
        return _NOT_AS_DECIDED[decided]
    may_be_cold = line.row.undo or not kind_row(line.event.kind).live_call
    if how != Way.LETTER or may_be_cold or may_get_a_letter(work.session, line.event, line.row):
        return ""
    return _COLD


_LIVE = "They are to be told by a call, a visit or the police"

_NOT_AS_DECIDED = {
    Way.PHONE: _LIVE,
    Way.IN_PERSON: _LIVE,
    Way.VIDEO: _LIVE,
    Way.THIRD_PARTY: "They are told through the safe third party, or by the police",
    Way.POLICE: "The police go to this person: nobody of ours rings, writes or visits",
    Way.LETTER: "They are to be told by letter, or by a call or a visit",
}


def _other_lines(work: Work, line: _Line) -> list[EventLine]:
    """Return the open lines of the same person's other parts in the set."""
    query = (
        select(EventLine)
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .where(
            EventLine.event_id == line.event.id,
            EventLine.undo == line.row.undo,
            EventLine.id != line.row.id,
            Victim.person_id == line.victim.person_id,
        )
    )
    return [one for one in work.session.exec(query.with_for_update(of=EventLine)) if one.is_open]


def _settle(work: Work, line: EventLine, entry: ToldEntry, told_at: datetime) -> None:
    said = {"spoke_to": entry.spoke_to.strip(), "heard_from": entry.heard_from.strip()}
    line.told_at, line.told_how, line.told_by = told_at, entry.how, work.actor.account_id
    line.heard_before = entry.heard_before
    line.told_sealed = work.sealer.seal_json(said)
    work.session.add(line)


def _keep_contact(work: Work, line: _Line, entry: ToldEntry, told_at: datetime) -> None:
    """Keep a conversation as the contact that it was."""
    way, day = Way(entry.how), london_date(told_at)
    if way in CONTACTS and day >= line.victim.referred_on:
        words = f"Told of event {line.event.reference}"
        contact = ContactEntry(day, CONTACTS[way], True, entry.spoke_to, words, is_of_event=True)
        record_contact(work, line.victim.reference, contact)
