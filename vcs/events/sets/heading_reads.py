"""What a form about one person of a set shows of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.access.rules import may_see
from vcs.errors import NotFound
from vcs.events.catalogue import KindRow, kind_row
from vcs.events.find import line_of, visible_event
from vcs.events.sets.ready import way_version
from vcs.events.ways import reachable, way_now
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.contact.contact_reads import ContactRules, rules_for
from vcs.victims.person import shown_person
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class LineHeading:
    """One person of a set: how they may be reached, and how they are to be told.

    ``version`` is that of what was chosen: whoever chooses anew names it.
    """

    name: str
    row: KindRow
    undo: bool
    rules: ContactRules
    way: str | None
    way_reason: str
    may_have_died: bool
    version: str


def line_heading(
    session: Session, sealer: Sealer, actor: Actor, event_reference: str, reference: str
) -> LineHeading:
    """Return what a form shows of a person; raises NotFound where they are not theirs to tell."""
    event = visible_event(session, actor, event_reference)
    victim = session.exec(select(Victim).where(Victim.reference == reference)).first()
    line = line_of(session, event, victim) if victim else None
    if victim is None or line is None:
        raise NotFound("This person is not in this group.")
    if not may_see(actor, session.get_one(Referral, victim.referral_id)):
        raise NotFound("This person is not in this group.")
    how = reachable(session, sealer, victim)
    way = way_now(session, sealer, (event, line, victim), how)
    reason = shown(sealer.open_text, line.way_sealed, UNOPENED) if line.way_sealed else ""
    return LineHeading(
        shown_person(sealer, victim.person).name,
        kind_row(event.kind),
        line.undo,
        rules_for(session, sealer, actor, victim),
        way,
        reason if way == line.way else "",
        how.may_have_died,
        way_version(line),
    )
