"""What a person asked for if the offender is out unexpectedly: asked beforehand, dated, sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlmodel import Session, col, func, select

from vcs.access.rules import Act
from vcs.access.versions import require_version, version_of
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.events.records import LONGEST_NAME, LONGEST_WORDS, IfOut, IfOutAnswer
from vcs.sealing import Sealer, shown
from vcs.victims.find import find_victim
from vcs.victims.person import records_of
from vcs.victims.records import PersonJoin


@dataclass(frozen=True, slots=True)
class IfOutEntry:
    """What was answered, on which day. A safe third party needs a name and a number."""

    answer: str
    answered_on: date
    third_party: str = ""
    third_party_number: str = ""
    words: str = ""


def if_out_version(session: Session, person_id: int) -> str:
    """Return the version of what counts of what a person asked for."""
    answer = answer_of(session, person_id)
    return version_of(answer and answer.id)


def record_if_out(work: Work, victim_reference: str, seen: str, entry: IfOutEntry) -> IfOutAnswer:
    """Keep what a person asked for. Earlier answers stay on record, and the latest counts.

    ``seen`` is the version that whoever records it was shown: raises NotValid where another answer
    counts now.
    """
    work.require_may(Act.RECORD_IF_OUT)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    require_version(seen, if_out_version(work.session, victim.person_id))
    if fields := dict(_problems(entry, work.today)):
        raise NotValid("Some details need correcting.", fields)
    said = IfOutSaid(
        entry.third_party.strip(), entry.third_party_number.strip(), entry.words.strip()
    )
    kept = IfOutAnswer(
        person_id=victim.person_id,
        victim_id=victim.id,
        answer=entry.answer,
        sealed=work.sealer.seal_json(asdict(said)),
        answered_on=entry.answered_on,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(kept)
    work.note("if_out.recorded", referral.reference, victim.reference)
    return kept


def _problems(entry: IfOutEntry, today: date) -> Iterator[tuple[str, str]]:
    if entry.answer not in tuple(IfOut):
        yield "answer", "Select what they asked for"
    if entry.answered_on > today:
        yield "answered_on", "The day must not be after today"
    if entry.answer == IfOut.THIRD_PARTY and not entry.third_party.strip():
        yield "third_party", "Enter who is to be rung"
    if entry.answer == IfOut.THIRD_PARTY and not any(map(str.isdigit, entry.third_party_number)):
        yield "third_party_number", "Enter the number to ring"
    if len(entry.third_party) > LONGEST_NAME or len(entry.third_party_number) > LONGEST_NAME:
        yield "third_party", f"Enter {LONGEST_NAME} characters or fewer"
    if len(entry.words) > LONGEST_WORDS:
        yield "words", f"Enter {LONGEST_WORDS} characters or fewer"


@dataclass(frozen=True, slots=True)
class IfOutSaid:
    """What is sealed of an answer, opened."""

    third_party: str
    number: str
    words: str


def said(sealer: Sealer, answer: IfOutAnswer) -> IfOutSaid:
    """Open an answer. Raises CannotOpen."""
    return IfOutSaid(**sealer.open_json(answer.sealed))


def said_if_opened(sealer: Sealer, answer: IfOutAnswer) -> IfOutSaid | None:
    """Open an answer for a page; None where it cannot be opened."""
    return shown(lambda _: said(sealer, answer), answer.sealed, None)


def answer_of(session: Session, person_id: int) -> IfOutAnswer | None:
    """Return the answer that counts: of the latest day, in the record that a person has now.

    Where a record was joined to theirs that had another answer, the most careful one counts until
    they are asked again: nobody knows which of the two they meant.
    """
    theirs = col(IfOutAnswer.person_id).in_(records_of(session, person_id))
    newest = (col(IfOutAnswer.answered_on).desc(), col(IfOutAnswer.id).desc())
    found = session.exec(select(IfOutAnswer).where(theirs).order_by(*newest)).all()
    of_record: dict[int, IfOutAnswer] = {}
    for one in found:
        of_record.setdefault(one.person_id, one)
    if len(of_record) < 2:
        return found[0] if found else None
    since = [one for one in found if one.recorded_at >= _joined_at(session, person_id)]
    return since[0] if since else min(of_record.values(), key=_how_careful)


def _joined_at(session: Session, person_id: int) -> datetime:
    """Return when a record was joined last to the one that a person has now."""
    query = select(func.max(col(PersonJoin.joined_at))).where(
        PersonJoin.to_person_id == person_id, col(PersonJoin.undone_at).is_(None)
    )
    found: datetime | None = session.exec(query).one()
    return found or datetime.min.replace(tzinfo=UTC)


CAREFUL_FIRST: Final = (IfOut.NEVER, IfOut.POLICE, IfOut.THIRD_PARTY, IfOut.RING)


def _how_careful(answer: IfOutAnswer) -> tuple[int, int]:
    return CAREFUL_FIRST.index(IfOut(answer.answer)), -answer.id
