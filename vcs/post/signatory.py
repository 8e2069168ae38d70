"""Whom a letter names: the officer, whoever covers today, or the unit where nobody does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from vcs.access.records import Account, Unit
from vcs.intake.regions import region_named
from vcs.post.cases.letter_case import LetterCase
from vcs.referrals.officers.reads import Hands, hands
from vcs.referrals.records import Referral


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs a letter and how they are reached, of which unit and region.

    ``officer`` "" is the unit: the officer is away and no officer answers. None is a referral that
    no officer has, of which no letter can be made.
    """

    officer: str | None
    phone: str
    unit: str | None
    email: str | None
    address: tuple[str, ...]
    region: str

    @property
    def unit_in_words(self) -> str:
        """Return the unit as a letter shows it, in one line."""
        return "|".join((self.unit or "", self.email or "", *self.address))

    @property
    def mark(self) -> str:
        """Return what tells two signatories apart. Nothing of a victim is in it."""
        told = (self.officer or "", self.phone, self.unit_in_words, self.region)
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()


def signatory(session: Session, referral: Referral, today: date) -> Signatory:
    """Return whom a letter of a referral names today."""
    return signatory_on(session, referral, hands(session, today))


def signatory_on(session: Session, referral: Referral, held: Hands) -> Signatory:
    """Return whom a letter names on the day of ``held``."""
    officer = _officer(session, referral, held)
    by_unit = unit_signs(session, referral.region_code)
    is_away = held.cover_for(referral) is not None
    return replace(
        by_unit,
        officer=officer.name if officer else ("" if is_away else None),
        phone=(officer.phone if officer else "") or by_unit.phone,
    )


def unit_signs(session: Session, region_code: str | None) -> Signatory:
    """Return the unit of a region as it signs by itself."""
    unit = session.get(Unit, region_code) if region_code else None
    region = region_named(region_code)
    return Signatory(
        "",
        unit.phone if unit else "",
        unit.name if unit else (region.name if region else None),
        unit.email if unit else None,
        tuple(unit.address.splitlines()) if unit else (),
        region_code or "",
    )


def _officer(session: Session, referral: Referral, held: Hands) -> Account | None:
    is_away = held.cover_for(referral) is not None
    account_id = held.answers_for(referral) if is_away else referral.vlo_account_id
    return session.get(Account, account_id) if account_id else None


def signed_otherwise(case: LetterCase) -> Iterator[str]:
    """Yield why an approved letter names somebody whom the victim would not reach."""
    if case.signed_otherwise:
        listed = "; ".join(case.signed_otherwise)
        yield (
            f"This letter names the wrong person or unit. Since it was approved: {listed}. Do not "
            "post it. A new draft names whoever answers now."
        )
