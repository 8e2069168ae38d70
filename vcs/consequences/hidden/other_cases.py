"""The other cases of an offender whose case is hidden from some: surely theirs, or perhaps.

The one reader of whatever follows an offender. Surely theirs is a case with a name that fits and
the same date of birth, or one of which a manager said so. Perhaps theirs is a case with a name that
fits where the date of birth is missing on one side: a manager is asked. A name that cannot be
opened is nobody's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from vcs.access.exclusions.records import Exclusion
from vcs.access.restrictions.records import Restriction
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.said_offenders import ONE, said
from vcs.sentences.same_offender import is_one_name, parts_of_name


@dataclass(frozen=True, slots=True)
class OtherCases:
    """Other cases by how sure it is that they are of the same offender, in the order of our ids."""

    surely: tuple[Sentence, ...] = ()
    perhaps: tuple[Sentence, ...] = ()


def hidden_cases(session: Session, born: Collection[date | None]) -> list[Sentence]:
    """Return the sentences that somebody is kept from by a row of its own, the oldest first.

    Only those of people who may be born on one of some days: None is a day that nobody knows.
    """
    excluded = select(Exclusion.sentence_id).where(col(Exclusion.lifted_at).is_(None))
    restricted = select(Restriction.sentence_id).where(col(Restriction.lifted_at).is_(None))
    ids = set(session.exec(excluded)) | set(session.exec(restricted))
    if not ids:
        return []
    query = select(Sentence).where(col(Sentence.id).in_(sorted(ids)))
    if None not in born:
        day = col(Sentence.date_of_birth)
        query = query.where(or_(day.in_(born), day.is_(None)))
    return list(session.exec(query.order_by(col(Sentence.id))))


def told_now(
    session: Session, sealer: Sealer, hidden: Sequence[Sentence], sentence_ids: Collection[int]
) -> Mapping[int, OtherCases]:
    """Return, for each hidden case, which of the sentences told now are of its offender."""
    if not hidden or not sentence_ids:
        return {}
    told = select(Sentence).where(col(Sentence.id).in_(sorted(sentence_ids)))
    days = {one.date_of_birth for one in hidden}
    if None not in days:
        born_alike = col(Sentence.date_of_birth).in_(days)
        told = told.where(or_(born_alike, col(Sentence.date_of_birth).is_(None)))
    others = session.exec(told.order_by(col(Sentence.id))).all()
    is_one = said(session, [one.id for one in hidden], ONE) if others else {}
    return {one.id: sorted_out(sealer, one, others, is_one.get(one.id, ())) for one in hidden}


def known(session: Session, sealer: Sealer, own: Sentence) -> tuple[Sentence, ...]:
    """Return the sentences on record that surely are of the offender of one."""
    is_one = said(session, [own.id], ONE).get(own.id, frozenset())
    near: list[ColumnElement[bool]] = [col(Sentence.id).in_(sorted(is_one))]
    if own.date_of_birth is not None:
        near.append(col(Sentence.date_of_birth) == own.date_of_birth)
    others = session.exec(select(Sentence).where(or_(*near)).order_by(col(Sentence.id))).all()
    return sorted_out(sealer, own, others, is_one).surely


def sorted_out(
    sealer: Sealer, own: Sentence, others: Iterable[Sentence], is_one: Collection[int] = ()
) -> OtherCases:
    """Sort some sentences by whether they are of the offender of one of ours.

    ``is_one`` are those of which a manager said so, whatever name and birth say. What is of the
    same case is hidden with it.
    """
    rest = [one for one in others if one.id != own.id]
    is_said = [one for one in rest if one.id in is_one]
    near = [one for one in rest if one.id not in is_one and may_be_born_alike(own, one)]
    if not near or not sealer.opens(own.offender_name):
        return OtherCases(tuple(is_said))
    name = parts_of_name(sealer.open_text(own.offender_name))
    fitting = [one for one in near if _is_named(sealer, name, one)]
    told = [one for one in fitting if _is_told(own, one)]
    perhaps = [one for one in fitting if one not in told and not _is_of_case(own, one)]
    surely = sorted((*is_said, *told), key=lambda one: one.id)
    return OtherCases(tuple(surely), tuple(perhaps))


def may_be_born_alike(one: Sentence, other: Sentence) -> bool:
    """Say whether nothing known of two dates of birth speaks against one person."""
    days = {one.date_of_birth, other.date_of_birth} - {None}
    return len(days) < 2


def _is_named(sealer: Sealer, name: frozenset[str], one: Sentence) -> bool:
    if not sealer.opens(one.offender_name):
        return False
    return is_one_name(name, parts_of_name(sealer.open_text(one.offender_name)))


def _is_told(one: Sentence, other: Sentence) -> bool:
    return one.date_of_birth is not None and one.date_of_birth == other.date_of_birth


def _is_of_case(one: Sentence, other: Sentence) -> bool:
    return bool(one.case_key) and one.case_key == other.case_key
