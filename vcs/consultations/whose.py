"""Whom a question means: the offender of a number, or one of those whom a case names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.intake import identifiers, person_numbers
from vcs.intake.person_numbers import Number
from vcs.lists.reading.lines import mark_of
from vcs.lists.records import SentenceNumber
from vcs.sealing import Sealer, shown
from vcs.sentences.ids_of_person import all_spellings
from vcs.sentences.records import CustodyNumber, Sentence, SentenceMark
from vcs.sentences.same_offender import is_one_name, is_one_offender, parts_of_name


@dataclass(frozen=True, slots=True)
class Meant:
    """The sentences that a question may be about.

    ``is_certain`` where all are of the one offender who can be meant: by their own number, or by
    the name or date of birth that the asker gave. A case alone names nobody: another offender of
    it may not have been told to us yet.
    """

    sentences: tuple[Sentence, ...] = ()
    is_certain: bool = False


def meant(session: Session, sealer: Sealer, said: Mapping[str, str]) -> Meant:
    """Return whom a question means; ``said`` is what ``Consultation.sealed`` holds.

    A case with several offenders is all of them until the unit says which.
    """
    if of_number := _of_number(session, said["reference"]):
        return Meant(of_number, is_certain=True)
    in_case = _of_case(session, said["reference"])
    if not is_named(said):
        return Meant(in_case)
    fitting = tuple(one for one in in_case if _fits(sealer, said, one))
    return Meant(fitting or in_case, is_certain=bool(fitting) and _is_one(sealer, fitting))


def is_named(said: Mapping[str, str]) -> bool:
    """Say whether the asker gave a name or a date of birth."""
    return bool(said.get("offender") or said.get("born_on"))


def _of_number(session: Session, reference: str) -> tuple[Sentence, ...]:
    """Return the sentences of a person's number, and of each that it was merged with."""
    told = {
        mark_of(kind, number) for kind in Number if (number := person_numbers.read(kind, reference))
    }
    marks, ids = sorted(all_spellings(session, told)), set[int]()
    for table in (SentenceMark, SentenceNumber, CustodyNumber):
        query = select(table.sentence_id).where(col(table.mark).in_(marks))
        ids |= set(session.exec(query))
    return _in_order(session, sorted(ids))


def _of_case(session: Session, reference: str) -> tuple[Sentence, ...]:
    case = identifiers.case_reference(reference)
    if not case:
        return ()
    by_case = or_(col(Sentence.case_key) == case, col(Sentence.case_reference) == reference)
    return _in_order(session, session.exec(select(Sentence.id).where(by_case)).all())


def _in_order(session: Session, ids: Sequence[int]) -> tuple[Sentence, ...]:
    query = select(Sentence).where(col(Sentence.id).in_(ids)).order_by(col(Sentence.id))
    return tuple(session.exec(query))


def _is_one(sealer: Sealer, sentences: Sequence[Sentence]) -> bool:
    """Say whether all are surely of one offender: a name that does not open may be anybody's."""
    first, *others = sentences or (None,)
    if first is None:
        return False
    return all(
        sealer.opens(first.offender_name)
        and sealer.opens(one.offender_name)
        and is_one_offender(sealer, first, one)
        for one in others
    )


def _fits(sealer: Sealer, said: Mapping[str, str], sentence: Sentence) -> bool:
    born = date.fromisoformat(said["born_on"]) if said.get("born_on") else None
    if None not in (born, sentence.date_of_birth) and born != sentence.date_of_birth:
        return False
    if not said.get("offender"):
        return born == sentence.date_of_birth
    name = shown(sealer.open_text, sentence.offender_name, "")
    return is_one_name(parts_of_name(said["offender"]), parts_of_name(name))
