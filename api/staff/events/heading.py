"""The page around a form about one event, or about one person who is told of it."""

from __future__ import annotations

from api.guards.session import Visit
from api.staff.fields import Field
from api.staff.forms import Form, FormPage
from vcs.events.catalogue import KindRow, kind_row
from vcs.events.find import visible_event
from vcs.events.heading_reads import LineHeading, line_heading


def event_of(visit: Visit, event: str) -> KindRow:
    """Return the row of an event's kind; raises NotFound where this person may not see it."""
    with visit.app.db.reading() as session:
        return kind_row(visible_event(session, visit.officer, event).kind)


def line_of(visit: Visit, event: str, victim: str) -> LineHeading:
    """Return one person of a set; raises NotFound where they are not this person's to tell."""
    with visit.app.db.reading() as session:
        return line_heading(session, visit.app.sealer, visit.officer, event, victim)


def about_event(
    ending: str, title: str, button: str, fields: tuple[Field, ...], lead: tuple[str, ...] = ()
) -> Form:
    """Describe a form about an event. ``ending`` is the last part of its address."""

    def page(visit: Visit, event: str) -> FormPage:
        at = f"/events/{event}"
        return FormPage(title, f"{at}/{ending}", button, at, event_of(visit, event).words, lead)

    return Form(fields, page, check=event_of)


def about_person(
    ending: str, title: str, button: str, fields: tuple[Field, ...], lead: tuple[str, ...] = ()
) -> Form:
    """Describe a form about one person of a set, with how they may be reached."""

    def page(visit: Visit, event: str, victim: str) -> FormPage:
        line = line_of(visit, event, victim)
        return FormPage(
            title,
            action=f"/events/{event}/people/{victim}/{ending}",
            button=button,
            back=f"/events/{event}",
            caption=line.name,
            lead=lead,
            template="events/person.html",
            more={"rules": line.rules, "line": line},
        )

    return Form(fields, page, check=line_of)
