"""An offender in every case of theirs: the referrals, the people in them, the events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.events.catalogue import WHEREABOUTS_KINDS, When, Whereabouts, kind_row
from vcs.events.records import EventKind, KeyEvent
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import (
    in_case_or_born_alike,
    is_one_offender,
    of_one_id,
    of_somebody_else,
    tied_through,
)
from vcs.victims.find import Part
from vcs.victims.records import Victim


def referrals_of_offender(
    session: Session, sealer: Sealer, referral: Referral
) -> tuple[Referral, ...]:
    """Return every referral of the offender of one, in any region, open or closed, oldest first."""
    sentence = session.get_one(Sentence, referral.sentence_id)
    ids = [one.id for one in known_sentences(session, sealer, sentence)]
    query = select(Referral).where(col(Referral.sentence_id).in_(ids))
    return tuple(session.exec(query.order_by(col(Referral.id))))


def known_sentences(session: Session, sealer: Sealer, sentence: Sentence) -> tuple[Sentence, ...]:
    """Return every sentence that is known to be of an offender, the given one first.

    A name that cannot be opened is nobody's, outside one case: a stranger's damaged row must stop
    nobody from being told, and their victims are not told of this offender. Other prison numbers
    are other people, until a person or a prison says that they are one. An id of the person that is
    one makes two cases one offender's where name and birth do not speak against it; also one that
    only another case of theirs has.
    """
    others, apart = _alike(session, sealer, sentence)
    linked = of_one_id(session, sealer, sentence).surely
    by_id = [one for one in linked if _opens(sealer, one)]
    near = [*(one for one in others if one.id not in apart), *by_id]
    through = tied_through(session, sealer, sentence, near)
    every = {one.id: one for one in (*near, *(one for one in through if _opens(sealer, one)))}
    return (sentence, *(every[its_id] for its_id in sorted(every)))


def _opens(sealer: Sealer, sentence: Sentence) -> bool:
    return sealer.opens(sentence.offender_name)


def namesakes(session: Session, sealer: Sealer, sentence: Sentence) -> tuple[Sentence, ...]:
    """Return the sentences that would be of an offender, but for their prison numbers."""
    others, apart = _alike(session, sealer, sentence)
    return tuple(one for one in others if one.id in apart)


def _alike(
    session: Session, sealer: Sealer, sentence: Sentence
) -> tuple[list[Sentence], frozenset[int]]:
    """Return the sentences of one name and birth or case, and which are of other numbers."""
    shared = in_case_or_born_alike(session, sentence)
    others = [one for one in shared if _is_theirs(sealer, sentence, one)]
    return others, of_somebody_else(session, sentence.id, [one.id for one in others])


def _is_theirs(sealer: Sealer, sentence: Sentence, other: Sentence) -> bool:
    is_one_case = bool(sentence.case_key) and sentence.case_key == other.case_key
    opened = all(sealer.opens(one.offender_name) for one in (sentence, other))
    return (opened or is_one_case) and is_one_offender(sealer, sentence, other)


def open_parts(session: Session, referrals: tuple[Referral, ...]) -> list[Part]:
    """Return the people in those of some referrals that are open, the oldest part first."""
    ids = [one.id for one in referrals if one.status != ReferralStatus.CLOSED]
    query = (
        select(Victim, Referral)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(Victim.referral_id).in_(ids))
        .order_by(col(Victim.id))
    )
    return list(session.exec(query))


def events_of(session: Session, referrals: tuple[Referral, ...]) -> list[KeyEvent]:
    """Return the events recorded for some referrals, in the order in which they happened."""
    ids = [one.id for one in referrals]
    found = session.exec(select(KeyEvent).where(col(KeyEvent.referral_id).in_(ids)))
    return sorted(found, key=_happened)


def _happened(event: KeyEvent) -> tuple[str, float, int]:
    """Return what orders an event: its day, its hour where that is known, then as recorded."""
    hour = event.happened_at.timestamp() if event.happened_at else float("inf")
    return event.happened_on.isoformat(), hour, event.id


def latest_whereabouts(events: list[KeyEvent], today: date) -> KeyEvent | None:
    """Return the latest event that says where the offender is; None where none does.

    ``events`` are in the order in which they happened.
    """
    return where_after(one for one in events if says_where_he_is(one, today))


def where_after(events: Iterable[KeyEvent]) -> KeyEvent | None:
    """Return which of some events, in their order, says where the offender is after them all.

    After a death nobody is anywhere, unless somebody recorded a later day since: then one of the
    two is wrong. A recall is recorded in prisons’ systems after they have somebody back, too: it
    lets nobody out who came in shortly before.
    """
    latest: KeyEvent | None = None
    for one in events:
        if kind_row(one.kind).after is not None and not _changes_nothing(one, latest):
            latest = one
    return latest


RECALL_WRITTEN_LATE: Final = timedelta(days=14)
"""How long after a return its recall may still be written down: ours, to be confirmed."""


def _changes_nothing(event: KeyEvent, before: KeyEvent | None) -> bool:
    if before is None:
        return False
    after = kind_row(before.kind).after
    if after is Whereabouts.DEAD:
        return event.happened_on <= before.happened_on
    is_in = event.kind == EventKind.RECALL_ORDERED and after is Whereabouts.IN
    return is_in and event.happened_on - before.happened_on <= RECALL_WRITTEN_LATE


def death_in(events: Iterable[KeyEvent]) -> KeyEvent | None:
    """Return the death among an offender’s events; None where none stands."""
    died = (one for one in events if one.kind == EventKind.DIED and one.taken_back_at is None)
    return next(died, None)


def is_ended_by(death: KeyEvent, event: KeyEvent) -> bool:
    """Say whether a death ends the telling of an event: what was until then, and what was planned.

    What is recorded for a later day contradicts the death, and is told until one of them is taken
    back.
    """
    if event.kind == EventKind.DIED:
        return False
    planned = kind_row(event.kind).when is When.AHEAD
    is_ahead = planned or event.happened_on > london_date(event.recorded_at)
    return is_ahead or event.happened_on <= death.happened_on


def says_where_he_is(event: KeyEvent, today: date) -> bool:
    """Say whether an event tells where an offender is: what is planned does not before its day."""
    stands = event.taken_back_at is None and event.happened_on <= today
    return stands and event.kind in WHEREABOUTS_KINDS
