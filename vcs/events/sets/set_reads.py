"""One event with everybody who is told of it: own people in full, those of others as counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.access.rules import may_see
from vcs.clock import london_date
from vcs.events.catalogue import Because, KindRow, Risk, kind_row
from vcs.events.find import visible_event
from vcs.events.offender import events_of, latest_whereabouts, referrals_of_offender
from vcs.events.records import EventLine, KeyEvent
from vcs.events.same_event import recorded_instead
from vcs.events.sets.lines import is_out_already, lines_of
from vcs.events.sets.progress import Progress, progress_of
from vcs.events.updates.owed import UPDATE_KINDS
from vcs.events.updates.reads import UpdatesOf, updates_for
from vcs.events.ways import rank, reachable, risks_of, way_now, why_that_way
from vcs.referrals.officers.reads import Hands, hands
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.contact.contact_reads import ContactRules, rules_for
from vcs.victims.family.able import can_tell
from vcs.victims.family.reads import links_of
from vcs.victims.family.records import LinkKind
from vcs.victims.person import shown_person
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class LineView:
    """One person of a set. ``way`` is how they are to be told, None while somebody has to decide.

    ``because`` is why, where that is by the rules and by nobody's decision. ``updates`` is None for
    an event of which nobody hears again, and before they were told.
    """

    victim_reference: str
    referral_reference: str
    name: str
    officer: str | None
    risks: tuple[Risk, ...]
    way: str | None
    because: Because | None
    way_reason: str
    may_have_died: bool
    rules: ContactRules
    tries: int
    tried_at: datetime | None
    told_at: datetime | None
    told_how: str | None
    told_by: str
    spoke_to: str
    heard_from: str
    not_told_reason: str | None
    not_told_words: str
    joined_at: datetime
    updates: UpdatesOf | None = None

    @property
    def is_open(self) -> bool:
        """Say whether they are still to be told."""
        return self.told_at is None and self.not_told_reason is None

    @property
    def may_be_told(self) -> bool:
        """Say whether it is clear how: in danger nobody is rung before a manager has chosen."""
        return self.is_open and self.way is not None


@dataclass(frozen=True, slots=True)
class EmbargoView:
    """Until when nobody is told of an event, who says so and why, and how it ended early."""

    until: datetime
    by: str
    why: str
    ended_at: datetime | None
    ended_by: str
    ended_because: str

    def is_on(self, now: datetime) -> bool:
        """Say whether nobody may be told yet."""
        return self.ended_at is None and now < self.until


@dataclass(frozen=True, slots=True)
class EventView:
    """One event with its set, for its page.

    ``overtaken_by`` is a later event about where he is; ``instead`` what was recorded since of the
    same matter, where this one was taken back. ``over_at`` is when we knew that a danger was over
    of which people hear again and again.
    """

    reference: str
    referral_reference: str
    row: KindRow
    happened_on: date
    happened_at: datetime | None
    only_month: bool
    source: str
    source_words: str
    source_knew_on: date | None
    source_knew_at: datetime | None
    words: str
    recorded_at: datetime
    recorded_by: str
    tell_by_at: datetime
    may_tell: bool
    split_at: datetime | None
    split_by: str
    split_reason: str
    taken_back_at: datetime | None
    taken_back_by: str
    taken_back_reason: str
    lines: tuple[LineView, ...]
    progress: Progress
    elsewhere: Progress
    is_recorded_here: bool
    overtaken_by: KeyEvent | None = None
    instead: KeyEvent | None = None
    over_at: datetime | None = None
    embargo: EmbargoView | None = None

    @property
    def late_days(self) -> int:
        """Return how many days after it happened we knew."""
        return max(0, (london_date(self.recorded_at) - self.happened_on).days)


def event_page(
    session: Session, sealer: Sealer, actor: Actor, reference: str, today: date
) -> EventView:
    """Return an event with the actor's own people. Raises NotFound where it is not theirs."""
    event = visible_event(session, actor, reference)
    names = names_of(session)
    lines = lines_of(session, event)
    parts = {line.id: _part(session, line) for line in lines}
    own = [line for line in lines if may_see(actor, parts[line.id][1])]
    here = _Here(session, sealer, actor, event, names, today, hands(session, today))
    views = [here.line(line, parts[line.id]) for line in own]
    if kind_row(event.kind).danger and event.taken_back_at is None:
        views.sort(key=lambda view: (not view.is_open, rank(view.risks)))
    else:
        leads = _leads(session, sealer, {parts[line.id][1].id for line in own})
        views.sort(key=lambda view: view.victim_reference not in leads)
    others = progress_of([line for line in lines if line not in own])
    return here.view(tuple(views), progress_of(lines), others)


def _leads(session: Session, sealer: Sealer, referral_ids: Iterable[int]) -> frozenset[str]:
    """Return who leads a family of these referrals, as it agreed: they are told first."""
    agreed = (links_of(session, one).get((LinkKind.LEAD, 0)) for one in referral_ids)
    leads = (session.get_one(Victim, one.victim_id) for one in agreed if one)
    return frozenset(one.reference for one in leads if can_tell(session, sealer, one))


def _part(session: Session, line: EventLine) -> tuple[Victim, Referral]:
    victim = session.get_one(Victim, line.victim_id)
    return victim, session.get_one(Referral, victim.referral_id)


@dataclass(frozen=True, slots=True)
class _Here:
    """What every line of a page is made with."""

    session: Session
    sealer: Sealer
    actor: Actor
    event: KeyEvent
    names: Mapping[int, str]
    today: date
    held: Hands

    def line(self, line: EventLine, part: tuple[Victim, Referral]) -> LineView:
        victim, referral = part
        row, person = kind_row(self.event.kind), reachable(self.session, self.sealer, victim)
        danger = row.danger and not line.undo
        way = way_now(self.session, self.sealer, (self.event, line, victim), person)
        is_chosen = line.way is not None and way == line.way
        because = why_that_way(row, person) if danger and not is_chosen else None
        opened = shown_person(self.sealer, victim.person)
        told = self._opened_json(line.told_sealed)
        return LineView(
            victim.reference,
            referral.reference,
            opened.name,
            self._who_tells(referral),
            risks_of(self.session, self.sealer, part, person) if danger else (),
            way,
            because,
            self._text(line.way_sealed) if is_chosen else "",
            person.may_have_died,
            rules_for(self.session, self.sealer, self.actor, victim),
            line.tries,
            line.tried_at,
            line.told_at,
            line.told_how,
            self.names.get(line.told_by or 0, ""),
            told.get("spoke_to", ""),
            told.get("heard_from", ""),
            line.not_told_reason,
            self._text(line.not_told_sealed),
            line.joined_at,
            self._updates(line, victim),
        )

    def _who_tells(self, referral: Referral) -> str | None:
        """Name who tells them: whoever covers where their officer is away; None for managers."""
        answers = self.held.answers_for(referral)
        name = self.names.get(answers or 0)
        if name is None or answers == referral.vlo_account_id:
            return name
        return f"{name}, who covers for {self.names.get(referral.vlo_account_id or 0)}"

    def _updates(self, line: EventLine, victim: Victim) -> UpdatesOf | None:
        if self.event.kind not in UPDATE_KINDS or line.undo or line.told_at is None:
            return None
        return updates_for(self.session, self.sealer, self.event, victim, self.names)

    def _may_tell(self) -> bool:
        event = self.event
        ended = event.may_tell_at or event.taken_back_at
        return ended is not None or is_out_already(event, self.today)

    def view(self, lines: tuple[LineView, ...], whole: Progress, others: Progress) -> EventView:
        event, said = self.event, self._opened_json(self.event.sealed)
        referral = self.session.get_one(Referral, event.referral_id)
        return EventView(
            event.reference,
            referral.reference,
            kind_row(event.kind),
            event.happened_on,
            event.happened_at,
            event.only_month,
            event.source,
            said.get("source", UNOPENED),
            event.source_knew_on,
            event.source_knew_at,
            said.get("words", UNOPENED),
            event.recorded_at,
            self.names.get(event.recorded_by, ""),
            event.undo_by_at or event.tell_by_at,
            self._may_tell(),
            event.split_at,
            self.names.get(event.split_by or 0, ""),
            self._text(event.split_sealed),
            event.taken_back_at,
            self.names.get(event.taken_back_by or 0, ""),
            self._text(event.taken_back_sealed),
            lines,
            whole,
            others,
            may_see(self.actor, referral),
            self._overtaken_by(referral),
            self._instead(referral),
            event.over_at,
            self._embargo(),
        )

    def _embargo(self) -> EmbargoView | None:
        event = self.event
        if event.embargo_until is None:
            return None
        return EmbargoView(
            event.embargo_until,
            self.names.get(event.embargo_by or 0, ""),
            self._text(event.embargo_sealed),
            event.embargo_ended_at,
            self.names.get(event.embargo_ended_by or 0, ""),
            self._text(event.embargo_ended_sealed),
        )

    def _overtaken_by(self, referral: Referral) -> KeyEvent | None:
        if kind_row(self.event.kind).after is None:
            return None
        referrals = referrals_of_offender(self.session, self.sealer, referral)
        latest = latest_whereabouts(events_of(self.session, referrals), self.today)
        return latest if latest is not None and latest is not self.event else None

    def _instead(self, referral: Referral) -> KeyEvent | None:
        if self.event.taken_back_at is None:
            return None
        every = events_of(self.session, referrals_of_offender(self.session, self.sealer, referral))
        return recorded_instead(self.event, every)

    def _text(self, sealed: bytes | None) -> str:
        return shown(self.sealer.open_text, sealed, UNOPENED) if sealed else ""

    def _opened_json(self, sealed: bytes | None) -> dict[str, str]:
        return shown(self.sealer.open_json, sealed, {}) if sealed else {}
