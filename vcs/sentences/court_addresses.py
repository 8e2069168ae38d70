"""Every address and number that courts tie to an offender, or to somebody in the same case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.intake.records import CourtMessage
from vcs.sealing import Sealer, shown
from vcs.sentences.records import CaseAddress, Sentence, SentenceReport
from vcs.terms import FoundBy

Told = tuple[str, tuple[str, ...]]
"""Whose it is, by name, or empty; and its lines, the postcode of an address last."""


@dataclass(frozen=True, slots=True)
class CourtAddress:
    """One address or number, and how we know it. ``lines`` and ``code`` are empty if it is sealed.

    A telephone number or an email address is the one line of it, and has no ``code``.

    ``is_offenders`` says that it is the offender's, and not that of somebody in the same case.
    ``is_latest`` says that the court's current message gives it, so that this person may live
    there now. ``told_at`` and ``receipt`` are of the newest message that gives it; None where the
    messages of that time were not kept apart.
    """

    lines: tuple[str, ...]
    code: str
    is_offenders: bool
    is_latest: bool
    sentence_reference: str
    told_at: datetime | None = None
    receipt: str | None = None
    found_by: FoundBy = FoundBy.ADDRESS

    @property
    def is_open(self) -> bool:
        """Say whether it could be opened: one that could not may be anybody's."""
        return bool(self.lines or self.code)


def court_addresses(
    session: Session, sealer: Sealer, own: Sequence[Sentence]
) -> tuple[CourtAddress, ...]:
    """Return every address of an offender, now or formerly, and of those in the same cases.

    ``own`` are all sentences of the offender. Two feeds may tell of one sentence, and only one of
    them where the offender lives.
    """
    cases = {one.case_key for one in own if one.case_key}
    beside = session.scalars(select(Sentence).where(col(Sentence.case_key).in_(cases))).all()
    sentences = {one.id: one for one in (*own, *beside)}
    offenders = {one.id for one in own}
    return _each_once(
        (
            *_current(sealer, sentences.values(), offenders),
            *_reported(session, sealer, sentences, offenders),
            *_told_without(session, sealer, (sentences.values(), offenders), FoundBy.ADDRESS),
        )
    )


def court_numbers(
    session: Session, sealer: Sealer, own: Sequence[Sentence], found_by: FoundBy
) -> tuple[CourtAddress, ...]:
    """Return every telephone number, or email address, of an offender and those of their cases.

    ``own`` are all sentences of the offender. The one line of each is as the court wrote it.
    """
    told = _told_without(session, sealer, (own, {one.id for one in own}), found_by)
    return _each_once(told)


def _each_once(addresses: Iterable[CourtAddress]) -> tuple[CourtAddress, ...]:
    found: dict[tuple[object, ...], CourtAddress] = {}
    for address in addresses:
        place = (address.lines, address.code, address.is_offenders, address.sentence_reference)
        found[place] = _newer(found.get(place), address)
    return tuple(found.values())


def _newer(held: CourtAddress | None, address: CourtAddress) -> CourtAddress:
    if held is None:
        return address
    return CourtAddress(
        held.lines,
        held.code,
        held.is_offenders,
        held.is_latest or address.is_latest,
        held.sentence_reference,
        address.told_at or held.told_at,
        address.receipt or held.receipt,
        held.found_by,
    )


def _current(
    sealer: Sealer, sentences: Iterable[Sentence], offenders: set[int]
) -> Iterable[CourtAddress]:
    for one in sentences:
        lines = shown(sealer.open_json, one.offender_address, None)
        if lines is None or lines:
            held = lines or [""]
            yield CourtAddress(tuple(held[:-1]), held[-1], one.id in offenders, True, one.reference)


def _reported(
    session: Session, sealer: Sealer, sentences: dict[int, Sentence], offenders: set[int]
) -> Iterable[CourtAddress]:
    query = (
        select(
            col(SentenceReport.told),
            col(SentenceReport.sentence_id),
            col(CourtMessage.received_at),
            col(CourtMessage.receipt),
        )
        .join(CourtMessage, col(CourtMessage.id) == col(SentenceReport.message_id))
        .where(
            col(SentenceReport.sentence_id).in_(sorted(sentences)),
            col(SentenceReport.told).is_not(None),
        )
        .order_by(col(SentenceReport.message_id))
    )
    for told, sentence_id, received_at, receipt in session.execute(query):
        opened = shown(sealer.open_json, told, None)
        is_theirs = sentence_id in offenders
        places = [(opened["address"] if opened else [""], is_theirs)]
        places += [(lines, False) for lines in (opened or {}).get("tied", ())]
        for lines, is_offenders in places:
            if lines:
                yield CourtAddress(
                    tuple(lines[:-1]),
                    lines[-1],
                    is_offenders,
                    False,
                    sentences[sentence_id].reference,
                    received_at,
                    receipt,
                )


def _told_without(
    session: Session,
    sealer: Sealer,
    whose: tuple[Collection[Sentence], set[int]],
    found_by: FoundBy,
) -> Iterable[CourtAddress]:
    """Yield what messages told of these cases beside their sentences, mostly before them.

    ``whose`` are the sentences of the cases, and the ids of those that are the offender's.
    """
    sentences, offenders = whose
    of_case = {one.case_key: one for one in sentences if one.case_key}
    names = {
        shown(sealer.open_text, one.offender_name, "").casefold()
        for one in sentences
        if one.id in offenders
    }
    for row, told in addresses_of(session, sealer, of_case, (found_by,)):
        name, lines = told or ("", ("",))
        has_code = found_by is FoundBy.ADDRESS
        yield CourtAddress(
            lines[:-1] if has_code else tuple(line for line in lines if line),
            lines[-1] if has_code else "",
            bool(name) and name.casefold() in names,
            False,
            of_case[row.case_key].reference,
            row.told_at,
            None,
            found_by,
        )


def addresses_of(
    session: Session, sealer: Sealer, cases: Iterable[str], found_by: Collection[FoundBy]
) -> Sequence[tuple[CaseAddress, Told | None]]:
    """Return what is kept of some cases, oldest first; None for one that cannot be opened."""
    query = (
        select(CaseAddress)
        .where(
            col(CaseAddress.case_key).in_(sorted(cases)),
            col(CaseAddress.found_by).in_([str(one) for one in found_by]),
        )
        .order_by(col(CaseAddress.id))
    )
    return [(row, _opened(sealer, row)) for row in session.scalars(query)]


def _opened(sealer: Sealer, row: CaseAddress) -> Told | None:
    held = shown(sealer.open_json, row.sealed, None)
    return (held["name"], tuple(held["lines"])) if held else None
