"""What these stories have in common: victims referred, an event recorded, people told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.journeys.world import World, a_victim
from vcs.access.actors import Actor
from vcs.consequences.key_events import record_event
from vcs.events.if_out import IfOutEntry, if_out_version, record_if_out
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventSource
from vcs.events.sets.ready import WayEntry, make_ready
from vcs.events.sets.set_reads import EventView, LineView, event_page
from vcs.events.sets.tell import ToldEntry, record_told, record_try
from vcs.terms import Choice, Role
from vcs.victims.contact.choices import record_choice
from vcs.victims.find import visible_victim

TUESDAY_24 = date(2026, 3, 24)

IN_ERROR = EventEntry(EventKind.RELEASED_IN_ERROR, TUESDAY_24, EventSource.PRISON)

PLANNED = EventEntry(EventKind.RELEASE_PLANNED, date(2026, 12, 1), EventSource.OFFENDER_MANAGER)

RANG = ToldEntry("phone", "Herself")


def refer(world: World, name: str, reference: str = "", **changes: Any) -> str:
    """Refer somebody of their own name and address; returns the victim's reference."""
    known: dict[str, Any] = {
        "name": name,
        "address_lines": (f"{sum(map(ord, name))} Canary Lane", "Leeds"),
        "safe_contact_notes": "",
    }
    return world.refer(reference, a_victim(**(known | changes)))


def happens(world: World, entry: EventEntry, reference: str = "", who: Actor | None = None) -> str:
    """Record an event, by default as the officer; returns its reference."""
    with world.db.writing() as session:
        work = world.work(session, who or world.people[Role.VLO])
        event, _ = record_event(work, reference or world.referrals()[0], entry)
        return event.reference


def page(world: World, event: str, who: Actor | None = None) -> EventView:
    with world.db.reading() as session:
        return event_page(session, world.sealer, who or world.people[Role.VLO], event, world.today)


def line(world: World, event: str, victim: str) -> LineView:
    (found,) = [one for one in page(world, event).lines if one.victim_reference == victim]
    return found


def tell(world: World, event: str, victim: str, entry: ToldEntry = RANG) -> None:
    with world.db.writing() as session:
        record_told(world.work(session, world.people[Role.VLO]), event, victim, entry)


def tried(world: World, event: str, victim: str, how: str = "phone") -> None:
    with world.db.writing() as session:
        record_try(world.work(session, world.people[Role.VLO]), event, victim, how)


def decide(world: World, event: str, victim: str, way: str, **more: Any) -> None:
    """Decide how somebody is told, as a manager, with a reason."""
    entry = replace(WayEntry(way, "She has nobody else."), **more)
    with world.db.writing() as session:
        make_ready(world.work(session, world.people[Role.MANAGER]), event, victim, entry)


def asks_for(world: World, victim: str, answer: str, on: date = TUESDAY_24, **more: Any) -> None:
    """Record what somebody asked for if he is out unexpectedly."""
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        seen = if_out_version(session, visible_victim(session, victim, work.actor).person_id)
        record_if_out(work, victim, seen, IfOutEntry(answer, on, **more))


def chooses(world: World, victim: str, choice: Choice) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_choice(work, victim, choice, world.today, "by phone")
