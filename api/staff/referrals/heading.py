"""Short forms about a referral: each is a row of fields and the words around them."""

from __future__ import annotations

from api.guards.session import Visit
from api.staff.forms import Subject
from vcs.access.actors import Actor
from vcs.referrals.reads import visible_referral
from vcs.terms import Role


def page_of(actor: Actor, reference: str) -> str:
    """Return the page to which somebody goes back: for witness care it is the short one."""
    room = "witness-care" if actor.role == Role.WITNESS_CARE else "referrals"
    return f"/{room}/{reference}"


def _page(visit: Visit, reference: str) -> str:
    with visit.app.db.reading() as session:
        visible_referral(session, visit.officer, reference)
    return page_of(visit.officer, reference)


about_referral = Subject(
    at="/referrals/{reference}",
    back="{found}",
    caption="{reference}",
    find=_page,
).form

"""Describe a form about a referral."""
