"""One line of time for a referral: what happened, and the dates that will come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from api.staff import words
from api.staff.referrals.view import ReferralView
from vcs.clock import london_date
from vcs.clocks.reads import ClockView
from vcs.events.reads import EventDay
from vcs.victims.reads import VictimView

_WIDTH, _EDGE = 1000, 30

_AT_LEAST_AHEAD = timedelta(days=365)

_MOST_YEARS = 8
"""How many years are named on the drawing; the list beside it names every day."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One day on the line, in words. ``at`` is where it is drawn, from 0 to 1000."""

    day: date
    text: str
    is_coming: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every mark, the earliest first, and where today is drawn. ``years`` are the years' starts."""

    marks: tuple[Mark, ...]
    today: date
    today_at: int
    years: tuple[tuple[int, int], ...]

    @property
    def coming(self) -> tuple[Mark, ...]:
        """Return the dates that will come, the next one first."""
        return tuple(mark for mark in self.marks if mark.is_coming)


def timeline(
    view: ReferralView,
    today: date,
    events: Iterable[EventDay] = (),
    clocks: Iterable[ClockView] = (),
) -> Timeline:
    """Return the line of a referral, from its sentence to a year ahead or the last date known.

    ``events`` and ``clocks`` are those that the reader may see.
    """
    found = (*_marks(view, today), *map(_event, events), *_running(clocks, today))
    marks = sorted(found, key=lambda mark: mark.day)
    first = min(mark.day for mark in marks)
    last = max(max(mark.day for mark in marks), today + _AT_LEAST_AHEAD)

    def place(day: date) -> int:
        span = max((last - first).days, 1)
        return _EDGE + (day - first).days * (_WIDTH - 2 * _EDGE) // span

    years = range(first.year + 1, last.year + 1, 1 + (last.year - first.year) // _MOST_YEARS)
    return Timeline(
        tuple(Mark(one.day, one.text, one.day > today, place(one.day)) for one in marks),
        today,
        place(today),
        tuple((year, place(date(year, 1, 1))) for year in years),
    )


def _marks(view: ReferralView, today: date) -> Iterator[Mark]:
    yield Mark(view.sentence.sentenced_on, "Sentenced")
    yield Mark(view.opened_on, "Referral opened")
    if view.closed_on:
        yield Mark(view.closed_on, "Referral closed")
    if view.look_again_on:
        yield Mark(view.look_again_on, "Look again for the victim’s details")
    names = {victim.reference: victim.name for victim in view.victims}
    for deadline in view.deadlines:
        name = words.DUTY_NAMES.get(deadline.duty, deadline.duty)
        if len(view.victims) > 1 and deadline.victim_reference in names:
            name += f" ({names[deadline.victim_reference]})"
        if deadline.met_on:
            yield Mark(deadline.met_on, f"Done: {name}")
        elif deadline.is_open:
            overdue = deadline.due_on < today
            yield Mark(deadline.due_on, f"{'Was due' if overdue else 'Due'}: {name}")
    for victim in view.victims:
        yield from _marks_of(victim)
    yield from _letters(view)


def _event(event: EventDay) -> Mark:
    month = " (only the month is known)" if event.only_month else ""
    return Mark(event.happened_on, f"{event.words}{month}")


def _running(clocks: Iterable[ClockView], today: date) -> Iterator[Mark]:
    for one in clocks:
        if one.is_open and one.due_on:
            yield Mark(one.due_on, f"{'Was due' if one.due_on < today else 'Due'}: {one.title}")


def _marks_of(victim: VictimView) -> Iterator[Mark]:
    yield Mark(victim.referred_on, f"{victim.name} referred")
    for contact in victim.contacts:
        kind = "Contact with" if contact.reached else "Attempt to reach"
        yield Mark(contact.happened_on, f"{kind} {victim.name}, {contact.how}")
    for choice in victim.choices:
        yield Mark(choice.chosen_on, f"{victim.name}: {words.CHOICES[choice.choice]}")
    again = victim.asked_again
    if again and again.ask_again_on:
        yield Mark(again.ask_again_on, f"Ask {victim.name} again")


def _letters(view: ReferralView) -> Iterator[Mark]:
    names = {victim.reference: victim.name for victim in view.victims}
    for letter in view.letters:
        whom = names.get(letter.victim_reference, "")
        if letter.approved_at:
            yield Mark(london_date(letter.approved_at), f"Letter to {whom} approved")
        if letter.posted_on:
            yield Mark(letter.posted_on, f"Letter to {whom} posted")
