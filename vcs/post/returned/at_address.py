"""Whoever else is written to at an address."""

from __future__ import annotations

from collections.abc import Iterator

from vcs.access.work import Work
from vcs.errors import CannotOpen
from vcs.referrals.records import ReferralStatus
from vcs.victims.digests import people_at
from vcs.victims.find import Part, parts_of
from vcs.victims.person import opened
from vcs.victims.places.same_place import comparable
from vcs.victims.records import PersonRecord


def others_at(work: Work, than: PersonRecord, address: str) -> Iterator[Part]:
    """Yield the open part of everybody else whose address is this one, one part for each person.

    ``address`` is in the form in which two spellings are equal. Somebody whose details no key
    opens is passed over: an administrator is asked about them.
    """
    for other in people_at(work.session, work.sealer, address):
        if other.id == than.id:
            continue
        try:
            person = opened(work.sealer, other)
        except CannotOpen:
            continue
        if comparable(person.where, person.postcode) != address:
            continue
        parts = parts_of(work.session, other.id)
        yield from [one for one in parts if one[1].status != ReferralStatus.CLOSED][:1]
