"""Who must not see a referral: managers exclude somebody, and staff say that they know somebody."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.exclusions.staff import exclusions_from, namesakes_of, staff_to_exclude
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.consequences.hidden import excluding
from vcs.errors import NotFound
from vcs.referrals.reads import visible_referral

router = APIRouter()

_MOST = 2**31 - 1


def _why(label: str, hint: str) -> Field:
    return Field(
        "reason", label, "lines", hint=hint, required="Enter why", longest=excluding.LONGEST_REASON
    )


def _fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        staff = staff_to_exclude(session, visit.officer, referral, visit.app.today)
    return (
        Field(
            "account_id",
            "Who must not see it?",
            "select",
            required="Select a member of staff",
            options={str(number): name for number, name in staff.items()},
        ),
        _why(
            "Why?",
            "For example, they are related to the offender, or know the family. Only managers see "
            "your reason. Do not name a victim",
        ),
    )


def _page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        visible_referral(session, visit.officer, reference)
    return FormPage(
        "Exclude somebody",
        action=f"/referrals/{reference}/exclusions/new",
        button="Exclude them",
        back=f"/referrals/{reference}/exclusions",
        caption=reference,
        lead=(
            "From then on this case looks to them as if it did not exist: on every page and list, "
            "and in every email. So do its people, and the other referrals that they are in.",
            "If they are the officer of it, managers are asked to assign another.",
        ),
    )


EXCLUDE = Form(_fields, _page)


@router.get("/referrals/{reference}/exclusions")
def exclusions(visit: Visiting, reference: str) -> Response:
    """List who was excluded from a referral, by whom and why."""
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        about = (session, visit.app.sealer, visit.officer, referral.sentence_id)
        found, namesakes = exclusions_from(*about), namesakes_of(*about)
    return pages.render(
        visit.request,
        "referrals/exclusions.html",
        title="Who must not see this",
        reference=reference,
        found=found,
        namesakes=namesakes,
    )


@forms.serve(router, "/referrals/{reference}/exclusions/new", EXCLUDE)
def exclude(work: Work, entry: Entry, reference: str) -> str:
    """Exclude a member of staff, who may be the manager who does it."""
    account_id = int(entry.typed["account_id"])
    excluding.exclude(work, reference, account_id, entry.typed["reason"])
    if account_id == work.actor.account_id:
        return pages.after("/", "excluded-oneself")
    return pages.after(f"/referrals/{reference}/exclusions", "excluded")


def _lift_page(visit: Visit, reference: str, exclusion: str) -> FormPage:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        found = exclusions_from(session, visit.app.sealer, visit.officer, referral.sentence_id)
    row = next((one for one in found if str(one.id) == exclusion and not one.ended_at), None)
    if row is None:
        raise NotFound("There is no such exclusion.")
    return FormPage(
        f"Let {row.name} see this again",
        action=f"/referrals/{reference}/exclusions/{exclusion}/lift",
        button="Let them see it",
        back=f"/referrals/{reference}/exclusions",
        caption=reference,
    )


LIFT = Form((_why("Why may they see it?", "What has changed. Do not name a victim"),), _lift_page)


@forms.serve(router, "/referrals/{reference}/exclusions/{exclusion}/lift", LIFT)
def lift(work: Work, entry: Entry, reference: str, exclusion: str) -> str:
    """End an exclusion, with a reason."""
    if not (exclusion.isascii() and exclusion.isdigit() and int(exclusion) <= _MOST):
        raise NotFound("There is no such exclusion.")
    excluding.lift_exclusion(work, reference, int(exclusion), entry.typed["reason"])
    return pages.after(f"/referrals/{reference}/exclusions", "exclusion-lifted")


def _conflict_page(visit: Visit, reference: str) -> FormPage:
    require_may(visit.officer, Act.DECLARE_CONFLICT)
    with visit.app.db.reading() as session:
        visible_referral(session, visit.officer, reference)
    return FormPage(
        "I know somebody in this case",
        action=f"/referrals/{reference}/conflict",
        button="I must not see this case",
        back=f"/referrals/{reference}",
        caption=reference,
        lead=(
            "From the moment that you send this, you can no longer see this case or find it.",
            "If it is yours, managers are asked to assign another officer. Only another person, a "
            "manager, can let you see it again.",
        ),
    )


CONFLICT = Form(
    (_why("Whom do you know, and how?", "Only managers see your reason. Do not name a victim"),),
    _conflict_page,
)


@forms.serve(router, "/referrals/{reference}/conflict", CONFLICT)
def declare(work: Work, entry: Entry, reference: str) -> str:
    """Exclude oneself. The page of the referral is gone by then, so the worklist says so."""
    excluding.declare_conflict(work, reference, entry.typed["reason"])
    return pages.after("/", "excluded-oneself")
