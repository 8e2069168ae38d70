"""Whom one request told beside each other: its sender tells them apart, as in a family."""

from __future__ import annotations

from sqlmodel import Session, col, select

from vcs.partners.records import RequestVictim
from vcs.victims.records import Victim


def told_beside(session: Session, request_id: int) -> frozenset[int]:
    """Return the people as whom a request has referred victims so far. Ids of persons."""
    query = (
        select(Victim.person_id)
        .join(RequestVictim, col(RequestVictim.victim_id) == col(Victim.id))
        .where(RequestVictim.request_id == request_id)
    )
    return frozenset(session.exec(query))
