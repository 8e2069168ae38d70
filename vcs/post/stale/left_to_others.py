"""Letters that took a victim's address to a partner, and what of it is unsafe since.

Only the hand-over to hospital managers holds one. They keep it and write to it for as long as the
patient is theirs, so it is asked about however long ago it left.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.law.deadlines.duties import in_words
from vcs.post.catalogue import CATALOGUE
from vcs.post.concern import Concern
from vcs.post.gate import Step, holds
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.others.about import About, about_letter
from vcs.post.others.case import basis_now, gather_other
from vcs.post.records import LetterRecord
from vcs.post.rows.policy import Addressee
from vcs.post.stale.basis import Basis, basis_of_other
from vcs.post.stale.left import in_any_record
from vcs.post.stale.stopping import is_stop_asked, stop_question, stops_asked_about
from vcs.sealing import Sealer
from vcs.tasks.ask import open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.victims.family.records import DeathRecord
from vcs.victims.preferences.records import PreferenceRecord
from vcs.victims.records import ChoiceRecord, FormerDetails, PersonRecord, PostedLetter, Victim

HANDS_OVER: Final = frozenset(
    row.kind
    for row in CATALOGUE
    if row.to is not Addressee.CONTACT and "victim_address" in row.facts
)
"""The kinds of letter that give a victim's address to somebody else."""

_UNSAFE: Final = (
    HoldKind.NOT_SAFE_TO_POST,
    HoldKind.SHARED_ADDRESS,
    HoldKind.DECEASED,
    HoldKind.OPTED_OUT,
    HoldKind.NEVER_CONTACT,
    HoldKind.POST_NEVER,
    HoldKind.ONLY_VIA,
)

_MOVED: Final = "The name or address in it changed since, so they would write to the old one."

_AS_IT_WAS: Final = "what was asked about before has ended, and what the letter says is true again."

_TELL_THEM: Final = "Ring the hospital managers today and tell them what they may use."

_LAG: Final = timedelta(minutes=10)
"""How long before a look something may be recorded that the look does not see yet: ours."""

_PART: Final[Any] = aliased(Victim)


def handed_over_to_check(session: Session, now: datetime, limit: int = 500) -> list[int]:
    """Return the hand-overs that left and of which something is newer than the last look.

    Only narrows: each is looked at by itself, the longest not looked at first.
    """
    looked = col(LetterRecord.looked_again_at)
    query = (
        select(LetterRecord.id)
        .join(PostedLetter, col(PostedLetter.letter_id) == col(LetterRecord.id))
        .join(Victim, col(Victim.id) == col(LetterRecord.about_victim_id))
        .join(PersonRecord, col(PersonRecord.id) == col(Victim.person_id))
        .where(
            col(LetterRecord.kind).in_(HANDS_OVER),
            col(PostedLetter.came_back_on).is_(None),
            or_(*_of_the_person(), *_of_their_parts(now)),
        )
        .order_by(looked.asc().nulls_first(), col(LetterRecord.id))
        .limit(limit)
    )
    return list(session.exec(query))


def _of_the_person() -> Iterator[ColumnElement[bool]]:
    """Yield what makes a person to be looked at, in any record that was joined to theirs."""
    kept: tuple[tuple[Any, Any], ...] = (
        (FormerDetails.person_id, FormerDetails.replaced_at),
        (DeathRecord.person_id, DeathRecord.recorded_at),
        (DeathRecord.person_id, DeathRecord.taken_back_at),
        (PreferenceRecord.person_id, PreferenceRecord.recorded_at),
        (PreferenceRecord.person_id, PreferenceRecord.ended_at),
    )
    for whose, at in kept:
        yield in_any_record(col(whose), _is_newer(col(at)))
    looked, recorded = col(LetterRecord.looked_again_at), col(PostedLetter.recorded_at)
    yield and_(col(PersonRecord.safe_to_post).is_(False), or_(looked.is_(None), looked < recorded))


def _of_their_parts(now: datetime) -> Iterator[ColumnElement[bool]]:
    """Yield the same for what hangs on a part in any referral, of the same person."""
    hers, looked = col(_PART.person_id) == col(Victim.person_id), col(LetterRecord.looked_again_at)
    yield exists().where(
        col(ChoiceRecord.victim_id) == col(_PART.id), hers, _is_newer(col(ChoiceRecord.recorded_at))
    )
    # A task knows its day alone: while it is open, it is looked at again and again.
    yield and_(
        or_(looked.is_(None), looked < now - 2 * _LAG),
        exists().where(
            col(Task.victim_id) == col(_PART.id),
            hers,
            col(Task.kind) == TaskKind.ADDRESS_TO_CHECK,
            col(Task.done_at).is_(None),
        ),
    )


def _is_newer(at: Any) -> ColumnElement[bool]:
    """Say whether something came after the letter left and after the last look at it."""
    looked = col(LetterRecord.looked_again_at)
    return and_(at >= col(PostedLetter.recorded_at), or_(looked.is_(None), at >= looked))


def ask_if_handed_over(session: Session, sealer: Sealer, letter_id: int, now: datetime) -> bool:
    """Ask for the hospital managers to be told, where what they hold is unsafe. Says whether.

    Asked once for each change of what they may use, and so also when it ends.
    """
    letter = session.get_one(LetterRecord, letter_id, with_for_update=True)
    letter.looked_again_at = now - _LAG
    session.add(letter)
    about, today = about_letter(session, sealer, letter, now), london_date(now)
    found = _Found.of(about, letter)
    asked = stops_asked_about(session, letter)
    last = found.keys(sealer, asked - 1)
    if is_stop_asked(session, letter, last) or not (found.why or asked):
        return False
    query = select(col(PostedLetter.posted_on)).where(PostedLetter.letter_id == letter.id)
    left_on = in_words(session.exec(query).one())
    words = f"it left on {left_on}, and now: {found.why or _AS_IT_WAS} {_TELL_THEM}"
    (key, *_) = found.keys(sealer, asked)
    open_tasks(session, [stop_question(letter, Concern.of_case(about), words, today, key)], today)
    return True


@dataclass(frozen=True, slots=True)
class _Found:
    """What partners may use of a victim now. ``why`` they may not use what they hold, or ""."""

    why: str
    state: str

    @classmethod
    def of(cls, about: About, letter: LetterRecord) -> _Found:
        """Compare what a letter told with what is so now."""
        hers = _hers(basis_now(about, letter))
        has_moved = _hers(basis_of_other(about.sealer, letter)) != hers
        held = holds(gather_other(about, letter).case, Step.DESPATCH)
        unsafe = [hold for hold in held if hold.kind in _UNSAFE]
        why = " ".join([_MOVED] * has_moved + [hold.text for hold in unsafe])
        return cls(why, json.dumps([hers, sorted({str(hold.kind) for hold in unsafe})]))

    def keys(self, sealer: Sealer, number: int) -> tuple[str, ...]:
        """Return under what the question about it is asked, by each sealing key, the newest first.

        The number keeps one that comes about again apart.
        """
        return tuple(f"{number}:{one}" for one in sealer.digests(self.state).values())


def why_unsafe_to_others(about: About, letter: LetterRecord) -> str:
    """Say why what a letter to a partner tells of a victim must not be used; "" where it may."""
    return _Found.of(about, letter).why if letter.kind in HANDS_OVER else ""


def _hers(basis: Basis | None) -> tuple[Any, Any]:
    told = json.loads(basis.told) if basis and basis.told else {}
    return told.get("victim_name"), told.get("victim_address")
