"""Short forms about a referral: each is a row of fields and the words around them."""

from __future__ import annotations

from api.guards.session import Visit
from api.staff.forms import Subject
from vcs.referrals.reads import visible_referral
from vcs.referrals.records import Referral


def _referral(visit: Visit, reference: str) -> Referral:
    with visit.app.db.reading() as session:
        return visible_referral(session, visit.officer, reference)


about_referral = Subject(
    at="/referrals/{reference}",
    back="/referrals/{reference}",
    caption="{reference}",
    find=_referral,
).form

"""Describe a form about a referral."""
