"""The page around a form about one event, or about one person who is told of it."""

from __future__ import annotations

from api.guards.session import Visit
from api.staff.forms import Subject
from vcs.events.catalogue import KindRow, kind_row
from vcs.events.find import visible_event
from vcs.events.sets.heading_reads import LineHeading, line_heading


def event_of(visit: Visit, event: str) -> KindRow:
    """Return the row of an event's kind; raises NotFound where this person may not see it."""
    with visit.app.db.reading() as session:
        return kind_row(visible_event(session, visit.officer, event).kind)


def line_of(visit: Visit, event: str, victim: str) -> LineHeading:
    """Return one person of a set; raises NotFound where they are not this person's to tell."""
    with visit.app.db.reading() as session:
        return line_heading(session, visit.app.sealer, visit.officer, event, victim)


about_event = Subject(
    at="/events/{event}", back="/events/{event}", caption="{found.words}", find=event_of
).form

"""Describe a form about an event."""

about_person = Subject(
    at="/events/{event}/people/{victim}",
    back="/events/{event}",
    caption="{found.name}",
    find=line_of,
    more=lambda line: {"rules": line.rules, "line": line},
    template="events/person.html",
).form

"""Describe a form about one person of a set, with how they may be reached."""
