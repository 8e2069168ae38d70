"""Short forms about a victim of a referral: each is a row of fields and the words around them."""

from __future__ import annotations

from api.guards.session import Visit
from api.staff.forms import Subject
from vcs.victims.contact.contact_reads import VictimHeading, victim_heading


def heading_of(visit: Visit, reference: str, victim: str) -> VictimHeading:
    """Return a victim of a referral; raises NotFound where this person may not see them."""
    with visit.app.db.reading() as session:
        return victim_heading(session, visit.app.sealer, visit.officer, reference, victim)


about_victim = Subject(
    at="/referrals/{reference}/victims/{victim}",
    back="/referrals/{reference}",
    caption="{found.name}",
    find=heading_of,
    more=lambda heading: {"rules": heading.rules},
).form

"""Describe a form about a victim, with how they may be reached."""
