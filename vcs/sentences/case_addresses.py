"""Addresses and numbers that messages tie to a case beside its sentences, or before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

from vcs.intake import identifiers
from vcs.intake.message import MessageRead
from vcs.sealing import Sealer
from vcs.sentences.court_addresses import Told, addresses_of
from vcs.sentences.history.reports import MessageToRecord
from vcs.sentences.records import CaseAddress, Sentence
from vcs.tables import table_of
from vcs.terms import FoundBy

Kept = tuple[FoundBy, Told]

_TABLE = table_of(CaseAddress)


def keep_addresses(
    session: Session, sealer: Sealer, batch: Iterable[MessageToRecord], now: datetime
) -> set[str]:
    """Keep each address and number that these messages tie to a case, once, and return its cases.

    Addresses of a sentence, and those tied to it, are kept with its report.
    """
    told = {one.message_id: _beside_sentences(one.read) for one in batch}
    cases = {case for found in told.values() for case in found}
    if not cases:
        return set()
    held = _held(session, sealer, cases)
    rows: list[dict[str, Any]] = []
    for message_id, found in told.items():
        for case, places in found.items():
            for place in dict.fromkeys(places):
                if place not in held[case]:
                    held[case].add(place)
                    rows.append(_row(sealer, case, message_id, place, now))
    if rows:
        session.execute(insert(_TABLE), rows)
    return {row["case_key"] for row in rows}


def sentences_in(session: Session, cases: Iterable[str]) -> list[int]:
    """Return the ids of the sentences in some cases."""
    wanted = sorted(cases)
    query = select(col(Sentence.id)).where(col(Sentence.case_key).in_(wanted))
    return list(session.scalars(query)) if wanted else []


def _beside_sentences(told: MessageRead) -> dict[str, list[Kept]]:
    with_a_sentence = {
        (identifiers.case_reference(one.case_reference), lines)
        for one in told.sentenced
        for lines in (one.offender_address, *one.tied_addresses)
    }
    found: dict[str, list[Kept]] = defaultdict(list)
    for place in told.places:
        case = identifiers.case_reference(place.case_reference)
        is_elsewhere = place.found_by is FoundBy.ADDRESS and (case, place.lines) in with_a_sentence
        if case and not is_elsewhere:
            found[case].append((place.found_by, (place.name, place.lines)))
    return found


def _held(session: Session, sealer: Sealer, cases: set[str]) -> dict[str, set[Kept]]:
    held: dict[str, set[Kept]] = defaultdict(set)
    for row, told in addresses_of(session, sealer, cases, tuple(FoundBy)):
        if told is not None:
            held[row.case_key].add((FoundBy(row.found_by), told))
    return held


def _row(sealer: Sealer, case: str, message_id: int, place: Kept, now: datetime) -> dict[str, Any]:
    found_by, (name, lines) = place
    return {
        "case_key": case,
        "message_id": message_id,
        "sealed": sealer.seal_json({"name": name, "lines": lines}),
        "told_at": now,
        "found_by": str(found_by),
    }
