"""Short forms about a victim of a referral: each is a row of fields and the words around them."""

from __future__ import annotations

from api.guards.session import Visit
from api.staff.fields import Field
from api.staff.forms import Form, FormPage
from vcs.victims.contact_reads import VictimHeading, victim_heading


def heading_of(visit: Visit, reference: str, victim: str) -> VictimHeading:
    """Return a victim of a referral; raises NotFound where this person may not see them."""
    with visit.app.db.reading() as session:
        return victim_heading(session, visit.app.sealer, visit.officer, reference, victim)


def about_victim(
    ending: str, title: str, button: str, fields: tuple[Field, ...], lead: tuple[str, ...] = ()
) -> Form:
    """Describe a form about a victim. ``ending`` is the last part of its address.

    The page shows how the victim may be reached. The form raises NotFound where the victim is not
    this person's to see.
    """

    def page(visit: Visit, reference: str, victim: str) -> FormPage:
        heading = heading_of(visit, reference, victim)
        return FormPage(
            title,
            action=f"/referrals/{reference}/victims/{victim}/{ending}",
            button=button,
            back=f"/referrals/{reference}",
            caption=heading.name,
            lead=lead,
            more={"rules": heading.rules},
        )

    return Form(fields, page, check=heading_of)
