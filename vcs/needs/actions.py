"""What is done about a need: opened with an owner and a day, and closed with an outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.exclusions.hidden import excluded_from
from vcs.access.records import Account
from vcs.access.rules import Act, seen_by
from vcs.access.work import Work
from vcs.errors import Conflict, NotFound, NotValid
from vcs.needs.records import NeedAction, NeedOutcome
from vcs.needs.standard import item_named
from vcs.needs.waiting_questions import WaitsFor, close_questions
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.tables import free_reference
from vcs.terms import Role
from vcs.victims.find import find_victim
from vcs.victims.records import Victim

LONGEST = 1000

OF_THE_UNIT = (Role.VLO, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class ActionWords:
    """The need and what is to be done about it, in words."""

    need: str
    action: str

    def sealed(self, sealer: Sealer) -> bytes:
        """Return both, sealed."""
        return sealer.seal_json(asdict(self))


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An action as it is entered. ``owner_account_id`` is somebody of the referral's unit."""

    words: ActionWords
    owner_account_id: int
    due_on: date


def open_action(work: Work, victim_reference: str, item_id: str, entry: ActionEntry) -> NeedAction:
    """Open an action about one item of a victim's needs.

    Raises NotValid naming each field to correct.
    """
    work.require_may(Act.ASK_ABOUT_NEEDS)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    item = item_named(item_id, work.today)
    problems = dict(_problems(entry)) | _of_owner_and_day(work, referral, entry)
    if problems:
        raise NotValid("Some details need correcting.", problems)
    action = NeedAction(
        reference=free_reference(work.session, NeedAction),
        victim_id=victim.id,
        item=item.id,
        sealed=entry.words.sealed(work.sealer),
        owner_account_id=entry.owner_account_id,
        due_on=entry.due_on,
        opened_at=work.now,
        opened_by=work.actor.account_id,
    )
    work.session.add(action)
    work.note("need.opened", referral.reference, victim.reference)
    return action


def close_action(
    work: Work, action_reference: str, outcome: NeedOutcome, words: str, closed_on: date
) -> NeedAction:
    """Close an action with its outcome, coded and in words. Raises Conflict where it is closed."""
    action, victim, referral = _held(work, action_reference)
    problems = {}
    if not words.strip() or len(words) > LONGEST:
        problems["words"] = f"Enter what came of it, in {LONGEST} characters or fewer"
    if not victim.referred_on <= closed_on <= work.today:
        problems["closed_on"] = "The day must be between the day of referral and today"
    if problems:
        raise NotValid("Some details need correcting.", problems)
    action.outcome, action.closed_on = outcome, closed_on
    action.outcome_sealed = work.sealer.seal_text(words.strip())
    action.closed_at, action.closed_by = work.now, work.actor.account_id
    work.session.add(action)
    close_questions(work, victim, action.reference, WaitsFor.OWNER, WaitsFor.OUTCOME)
    work.note("need.closed", referral.reference, f"{victim.reference} {outcome}")
    return action


def hand_over_action(
    work: Work, action_reference: str, owner_account_id: int, due_on: date
) -> NeedAction:
    """Give an open action another owner or another day."""
    action, victim, referral = _held(work, action_reference)
    words = opened_words(work.sealer, action)
    entry = ActionEntry(words, owner_account_id, due_on)
    if problems := _of_owner_and_day(work, referral, entry):
        raise NotValid("Some details need correcting.", problems)
    detail = f"{victim.reference} {action.due_on} to {due_on}"
    action.owner_account_id, action.due_on = owner_account_id, due_on
    work.session.add(action)
    close_questions(work, victim, action.reference, WaitsFor.OWNER, WaitsFor.OUTCOME)
    work.note("need.handed_over", referral.reference, detail)
    return action


def staff_of(session: Session, referral: Referral, today: date) -> dict[int, str]:
    """Return who may own an action: account and name of each member of the referral's unit.

    Whoever is kept from the case is none of them: nothing would tell them of it.
    """
    query = select(Account.id, Account.name).where(
        col(Account.role).in_([str(role) for role in OF_THE_UNIT]),
        Account.region_code == referral.region_code,
        col(Account.active),
    )
    unit = dict(session.exec(query.order_by(col(Account.name))).all())
    shut_out = excluded_from(session, referral.sentence_id, list(unit), today)
    return {one: name for one, name in unit.items() if one not in shut_out}


def opened_words(sealer: Sealer, action: NeedAction) -> ActionWords:
    """Open the words of an action; says so in their place if no key opens them."""
    held: dict[str, str] = shown(sealer.open_json, action.sealed, {})
    return ActionWords(held.get("need", UNOPENED), held.get("action", UNOPENED))


def _held(work: Work, reference: str) -> tuple[NeedAction, Victim, Referral]:
    """Return an open action with its victim, held until the transaction ends."""
    work.require_may(Act.ASK_ABOUT_NEEDS)
    named = (
        select(NeedAction, Victim.reference)
        .join(Victim, col(Victim.id) == col(NeedAction.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(seen_by(work.actor, Referral))
    )
    found = work.session.exec(named.where(NeedAction.reference == reference)).first()
    if found is None:
        raise NotFound("There is no such action.")
    victim, referral = find_victim(work.session, found[1], work.actor)
    action = found[0]
    work.session.refresh(action, with_for_update=True)
    if action.outcome is not None:
        raise Conflict("This action is closed already. Load the page again to see its outcome.")
    return action, victim, referral


def _problems(entry: ActionEntry) -> Iterator[tuple[str, str]]:
    for name, text, what in (
        ("need", entry.words.need, "the need"),
        ("to_do", entry.words.action, "what is to be done"),
    ):
        if not text.strip() or len(text) > LONGEST:
            yield name, f"Enter {what}, in {LONGEST} characters or fewer"


def _of_owner_and_day(work: Work, referral: Referral, entry: ActionEntry) -> dict[str, str]:
    problems = {}
    if entry.owner_account_id not in staff_of(work.session, referral, work.today):
        problems["owner"] = "Select somebody of the unit"
    if entry.due_on < work.today:
        problems["due_on"] = "The day must be today or later"
    return problems
