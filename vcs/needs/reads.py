"""Needs as pages show them: what was asked, what was not, and what is being done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.access.rules import Act, may, require_may
from vcs.needs.action_reads import ActionView, action_view, actions_of
from vcs.needs.again import open_questions
from vcs.needs.answers import answers_of, is_asked
from vcs.needs.records import NeedAction, NeedAnswer
from vcs.needs.standard import Item, items_on
from vcs.referrals.due_days.dates import DeadlineView, deadline_view
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.find import visible_victim
from vcs.victims.needs_clock import current_clock
from vcs.victims.person import shown_person
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer. ``words`` are those of the victim, or of witness care where it brought them."""

    answer: str
    words: str
    asked_on: date
    how: str
    brought_on: date | None
    confirmed_on: date | None
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item with its answers, the current one first, and its actions."""

    item: Item
    answers: tuple[AnswerView, ...]
    actions: tuple[ActionView, ...]
    is_asked: bool


@dataclass(frozen=True, slots=True)
class NeedsLine:
    """Needs in one line. ``not_asked`` and ``unconfirmed`` are titles of items.

    ``unconfirmed`` are those of ``not_asked`` that witness care brought an answer to.
    """

    of: int
    not_asked: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    open_actions: int
    overdue_actions: int

    @property
    def is_complete(self) -> bool:
        """Say whether every item was asked about."""
        return not self.not_asked


@dataclass(frozen=True, slots=True)
class NeedsView:
    """All that is known of a victim's needs in one referral.

    ``newest`` is the newest answer on record, which a form must name. ``again`` says why they are
    to be asked again.
    """

    referral_reference: str
    victim_reference: str
    name: str
    items: tuple[ItemView, ...]
    line: NeedsLine
    clock: DeadlineView | None
    again: tuple[str, ...]
    newest: int


def needs_of(
    session: Session, sealer: Sealer, actor: Actor, victim_reference: str, today: date
) -> NeedsView:
    """Return a victim's needs. Raises NotFound where the victim is not theirs to see."""
    require_may(actor, Act.SEE_CASEWORK)
    victim = visible_victim(session, victim_reference, actor)
    names = names_of(session)
    held, actions = answers_of(session, [victim.id]), actions_of(session, victim.id)
    views = [action_view(sealer, one, names, today) for one in actions]
    items = tuple(_item(sealer, item, held, views, names) for item in items_on(today))
    clock = current_clock(session, victim)
    return NeedsView(
        session.get_one(Referral, victim.referral_id).reference,
        victim.reference,
        shown_person(sealer, victim.person).name,
        items,
        _line(held, actions, today),
        deadline_view(clock, today, victim.reference) if clock else None,
        open_questions(session, victim.id),
        max((one.id for one in held), default=0),
    )


def needs_lines(
    session: Session, actor: Actor, victims: Sequence[Victim], today: date
) -> dict[str, NeedsLine]:
    """Return the needs of each victim in one line, by reference; nothing outside the unit."""
    if not may(actor, Act.SEE_CASEWORK):
        return {}
    ids = [victim.id for victim in victims]
    answers: dict[int, list[NeedAnswer]] = defaultdict(list)
    for answer in answers_of(session, ids):
        answers[answer.victim_id].append(answer)
    actions: dict[int, list[NeedAction]] = defaultdict(list)
    for action in session.exec(select(NeedAction).where(col(NeedAction.victim_id).in_(ids))):
        actions[action.victim_id].append(action)
    return {one.reference: _line(answers[one.id], actions[one.id], today) for one in victims}


def _item(
    sealer: Sealer,
    item: Item,
    held: Iterable[NeedAnswer],
    actions: Iterable[ActionView],
    names: dict[int, str],
) -> ItemView:
    answers = [one for one in held if one.item == item.id]
    return ItemView(
        item,
        tuple(_answer(sealer, one, names) for one in answers),
        tuple(one for one in actions if one.item == item.id),
        any(is_asked(one) for one in answers),
    )


def _answer(sealer: Sealer, one: NeedAnswer, names: dict[int, str]) -> AnswerView:
    return AnswerView(
        one.answer,
        shown(sealer.open_text, one.sealed, UNOPENED),
        one.asked_on,
        one.how,
        one.brought_on,
        one.confirmed_on,
        one.recorded_at,
        names.get(one.recorded_by, ""),
    )


def _line(held: Iterable[NeedAnswer], actions: Iterable[NeedAction], today: date) -> NeedsLine:
    asked: set[str] = set()
    brought: set[str] = set()
    items = items_on(today)
    for one in held:
        (asked if is_asked(one) else brought).add(one.item)
    not_asked = [item for item in items if item.id not in asked]
    still_open = [one for one in actions if one.outcome is None]
    return NeedsLine(
        len(items),
        tuple(item.title for item in not_asked),
        tuple(item.title for item in not_asked if item.id in brought),
        len(still_open),
        sum(one.due_on < today for one in still_open),
    )
