"""A case that only named people may see: who they are, why, and lifting it."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import checking, pages, words
from api.staff.checking import Checked
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.exclusions.staff import staff_who_could_see
from vcs.access.restrictions.reads import RestrictionRow, restrictions_on
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.consequences.hidden import restricting
from vcs.consequences.hidden.restricting import RestrictionEntry
from vcs.errors import NotFound
from vcs.referrals.reads import visible_referral
from vcs.terms import Role

router = APIRouter()

_MOST = 2**31 - 1

_AT = "/referrals/{reference}/restriction"


def _why(label: str) -> Field:
    hint = "Only those who may restrict a case see your reason. Do not name a victim"
    longest = restricting.LONGEST_REASON
    return Field("reason", label, "lines", hint=hint, required="Enter why", longest=longest)


def _found(visit: Visit, reference: str) -> tuple[RestrictionRow, ...]:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        asked = (session, visit.app.sealer, visit.officer, referral.sentence_id)
        return restrictions_on(*asked, visit.app.today)


def _now(found: Sequence[RestrictionRow]) -> RestrictionRow | None:
    return next((one for one in found if one.ended_at is None), None)


@router.get(_AT)
def restriction(visit: Visiting, reference: str) -> Response:
    """Say who alone may see a case, by whom and why; and what was so before."""
    found = _found(visit, reference)
    return pages.render(
        visit.request,
        "referrals/restriction.html",
        title="Only named people may see this" if _now(found) else "Who may see this",
        reference=reference,
        now=_now(found),
        before=[one for one in found if one.ended_at],
    )


def _version(visit: Visit, reference: str) -> dict[str, str]:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        return {VERSION.name: restricting.restriction_version(session, referral.sentence_id)}


def _fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    require_may(visit.officer, Act.RESTRICT)
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        staff = staff_who_could_see(session, visit.officer, referral)
    return (
        Field(
            "named",
            "Who may see it?",
            "checkboxes",
            hint="At least one manager or head of public protection. Name the officer who will do "
            "the work, whoever covers for them, and whoever in witness care refers the victim",
            required="Select who may see it",
            options={str(one.id): f"{one.name}, {words.ROLES[one.role]}" for one in staff},
        ),
        _why("Why?"),
        VERSION,
    )


def _page(visit: Visit, reference: str) -> FormPage:
    version = _version(visit, reference)
    now = _now(_found(visit, reference))
    names = ", ".join(name for _, name in now.named) if now else ""
    return FormPage(
        "Name other people" if now else "Let only named people see this",
        action=f"/referrals/{reference}/restriction/new",
        back=f"/referrals/{reference}/restriction",
        caption=reference,
        typed={"named": " ".join(str(one) for one, _ in now.named) if now else "", **version},
        lead=(
            "To everybody else this case will look as if it did not exist: on every page and "
            "list, and in every email. It stays in the counts that are published.",
            *([f"Now only these people see it: {names}."] if now else []),
        ),
    )


def _means(visit: Visit, entry: Entry) -> list[str]:
    named = set(entry.typed["named"].split())
    reference = visit.path["reference"]
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        officer = referral.vlo_account_id
        staff = staff_who_could_see(session, visit.officer, referral)
    chosen = {one.role for one in staff if str(one.id) in named}
    means = ["From then on nobody else finds this case. Its alerts go only to those you named."]
    if str(visit.officer.account_id) not in named:
        means.append("You did not name yourself: you will no longer see it.")
    if officer and str(officer) not in named:
        means.append("You did not name its officer: it will need another one.")
    if Role.WITNESS_CARE not in chosen:
        means.append("Nobody in witness care is named: the victim must be referred by a manager.")
    means.append(
        "While no manager or head whom you named is at work, all of the region see it, so that "
        "nothing is missed."
    )
    return means


RESTRICT = Checked(Form(_fields, _page), "Let only these people see it", means=_means)


@checking.serve(router, f"{_AT}/new", RESTRICT)
def restrict(work: Work, entry: Entry, reference: str) -> str:
    """Restrict a case, which its manager may do to themselves too."""
    named = frozenset(int(one) for one in entry.typed["named"].split())
    reason, seen = entry.typed["reason"], entry.typed[VERSION.name]
    restricting.restrict(work, reference, RestrictionEntry(named, reason, seen))
    if work.actor.account_id not in named:
        return pages.after("/", "restricted-without-you")
    return pages.after(f"/referrals/{reference}/restriction", "restricted")


def _lift_page(visit: Visit, reference: str, restriction: str) -> FormPage:
    now = _now(_found(visit, reference))
    if now is None or str(now.id) != restriction:
        raise NotFound("There is no such restriction, or it has ended already.")
    return FormPage(
        "Lift the restriction",
        action=f"/referrals/{reference}/restriction/{restriction}/lift",
        back=f"/referrals/{reference}/restriction",
        caption=reference,
        lead=("Everybody whose role and region let them will see this case again.",),
    )


def _lift_means(visit: Visit, entry: Entry) -> list[str]:
    del visit, entry
    return ["Everybody whose role and region let them will see this case again, at once."]


LIFT = Checked(
    Form((_why("Why may others see it?"),), _lift_page), "Lift the restriction", means=_lift_means
)


@checking.serve(router, f"{_AT}/{{restriction}}/lift", LIFT)
def lift(work: Work, entry: Entry, reference: str, restriction: str) -> str:
    """End a restriction, with a reason."""
    if not (restriction.isascii() and restriction.isdigit() and int(restriction) <= _MOST):
        raise NotFound("There is no such restriction, or it has ended already.")
    restricting.lift_restriction(work, reference, int(restriction), entry.typed["reason"])
    return pages.after(f"/referrals/{reference}/restriction", "restriction-lifted")
