"""The short forms about a referral or about one of its victims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms
from api.staff.forms import Entry
from api.staff.victims.questions import Question
from vcs.referrals.reads import visible_referral
from vcs.victims.reads import VictimHeading, victim_heading


@dataclass(frozen=True, slots=True)
class AboutVictim:
    """One victim and the referral that they belong to."""

    referral: str
    victim: VictimHeading


def one_victim(visit: Visit, reference: str, victim: str) -> AboutVictim:
    """Return a victim of a referral; raises NotFound where this person may not see them."""
    with visit.app.db.reading() as session:
        found = victim_heading(session, visit.app.sealer, visit.officer, reference, victim)
    return AboutVictim(reference, found)


def ask_about_referral(
    visit: Visit,
    reference: str,
    asked: Question,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """Show one short form about a referral; raises NotFound where it is not theirs to see."""
    with visit.app.db.reading() as session:
        visible_referral(session, visit.officer, reference)
    back = f"/referrals/{reference}"
    return forms.show(
        visit.request,
        asked.title,
        asked.fields,
        entry=entry,
        errors=errors,
        caption=reference,
        lead=asked.lead,
        action=f"{back}/{asked.path}",
        button=asked.button,
        back=back,
    )


def question_form(
    request: Request,
    asked: Question,
    about: AboutVictim,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
    carried: Mapping[str, str] | None = None,
) -> Response:
    """Show one short form about a victim. ``carried`` is what its hidden inputs hold."""
    back = f"/referrals/{about.referral}"
    return forms.show(
        request,
        asked.title,
        asked.fields,
        entry=entry,
        errors=errors,
        caption=about.victim.name,
        lead=asked.lead,
        rules=about.victim.rules,
        carried=carried,
        action=f"{back}/victims/{about.victim.reference}/{asked.path}",
        button=asked.button,
        back=back,
    )
