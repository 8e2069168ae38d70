"""Reading what a person entered, as a feed's message is read: into the facts of the law."""

from __future__ import annotations

import hashlib

from vcs.intake import identifiers, regions
from vcs.intake.by_hand.entry import NAME, HandOffence, HandReading, HandSentence, entered
from vcs.intake.by_hand.places import places_in
from vcs.intake.durations import lengths
from vcs.intake.message import READ, MessageRead, Sentenced
from vcs.intake.values.shapes import Json, Unreadable
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.specified_offence import offences
from vcs.terms import SentenceKind, Term

FORMAT = "read-by-hand"

CLIENT = "by-hand"

"""Stands for the sender of such messages: no court spoke, so no court's silence ends with one."""

_CROWN = {"crown": True, "magistrates": False}


def is_by_hand(message: Json) -> bool:
    """Say whether a message is what a person read in another one."""
    return list(message) == [NAME]


def read_by_hand(message: Json) -> MessageRead:
    """Return who was sentenced to what. Raises Unreadable for an entry of another shape."""
    try:
        entry = entered(message[NAME])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable("This is no entry that the form makes. Enter it again.") from None
    return MessageRead(
        FORMAT,
        READ,
        hearing_day=entry.sentenced_on,
        shared_at=entry.entered_at,
        sentenced=(_sentenced(entry),),
        places=tuple(dict.fromkeys(places_in(entry))),
    )


def facts_of(entry: HandReading) -> SentencingFacts:
    """Return the facts that the law reads. What was not seen is unknown, and never a no."""
    court = regions.court(entry.court_code)
    imposed = [sentence.kind for offence in entry.offences for sentence in offence.sentences]
    return SentencingFacts(
        sentenced_on=entry.sentenced_on,
        court_code=entry.court_code or None,
        offences=tuple(
            _offence(number, one, entry) for number, one in enumerate(entry.offences, start=1)
        ),
        date_of_birth=entry.date_of_birth,
        crown_court=_CROWN.get(court.kind) if court else None,
        restricted=SentenceKind.RESTRICTION_ORDER in imposed,
        # Recorded for the person, and for no offence that is known: the law then asks.
        notification=any(one.notification is None for one in entry.offences),
    )


def _offence(number: int, asked: HandOffence, entry: HandReading) -> OffenceFacts:
    code = identifiers.offence_code(asked.offence_code)
    row = offences.find(code)
    return OffenceFacts(
        sequence=number,
        offence_code=code or None,
        title=asked.title or (row.title if row else ""),
        finding=asked.finding,
        convicted_on=None,
        committed_from=asked.committed_on,
        committed_until=asked.committed_on,
        notification=asked.notification is True,
        sentences=tuple(map(_sentence, asked.sentences)),
    )


def _sentence(asked: HandSentence) -> SentenceFacts:
    return SentenceFacts(
        asked.kind,
        label=str(asked.kind),
        terms=_terms(asked.length),
        sequence=asked.runs,
        days_counted=asked.days_counted,
        released=asked.released,
    )


def _terms(words: str) -> tuple[Term, ...]:
    term = lengths.of_words(words)
    return (term,) if term else ()


def _sentenced(entry: HandReading) -> Sentenced:
    court = regions.court(entry.court_code)
    case = identifiers.case_reference(entry.case_reference)
    marks = (("asn", identifiers.asn(entry.asn)), ("pnc", identifiers.pnc(entry.pnc)))
    return Sentenced(
        key=f"hand:{case}:{_who(entry)}:{entry.sentenced_on.isoformat()}",
        offender_name=entry.offender_name,
        case_reference=entry.case_reference,
        court_code=entry.court_code or None,
        court_name=court.name if court else "",
        hearing_id=None,
        facts=facts_of(entry),
        offender_address=entry.offender_places[0] if entry.offender_places else (),
        tied_addresses=entry.others_places,
        marks=tuple(f"{kind}:{value}" for kind, value in marks if value),
    )


def _who(entry: HandReading) -> str:
    """Return what stands for a person within their case."""
    born = entry.date_of_birth.isoformat() if entry.date_of_birth else ""
    told = f"{entry.offender_name.casefold()}|{born}"
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:20]
