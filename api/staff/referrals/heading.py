"""Short forms about a referral: each is a row of fields and the words around them."""

from __future__ import annotations

from api.guards.session import Visit
from api.staff.fields import Field
from api.staff.forms import Form, FormPage
from vcs.access.actors import Actor
from vcs.referrals.reads import visible_referral
from vcs.terms import Role


def page_of(actor: Actor, reference: str) -> str:
    """Return the page to which somebody goes back: for witness care it is the short one."""
    room = "witness-care" if actor.role == Role.WITNESS_CARE else "referrals"
    return f"/{room}/{reference}"


def about_referral(
    ending: str, title: str, button: str, fields: tuple[Field, ...], lead: tuple[str, ...] = ()
) -> Form:
    """Describe a form about a referral. ``ending`` is the last part of its address.

    The form raises NotFound where the referral is not this person's to see.
    """

    def page(visit: Visit, reference: str) -> FormPage:
        with visit.app.db.reading() as session:
            visible_referral(session, visit.officer, reference)
        return FormPage(
            title,
            action=f"/referrals/{reference}/{ending}",
            button=button,
            back=page_of(visit.officer, reference),
            caption=reference,
            lead=lead,
        )

    return Form(fields, page)
