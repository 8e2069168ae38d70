"""The made-up people who work with the caseload, and their units."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from api.example.feeds import at_work
from vcs.casework import accounts
from vcs.casework.actors import Actor
from vcs.database import Database
from vcs.intake.regions import POLICE_AREAS, region_named
from vcs.settings import Settings
from vcs.terms import Role

SIGN_IN_FILE = "example-sign-in.txt"
_REGIONS = ("N07", "N03", "N55", "N50")
_AREA_OF_REGION = {"N07": "01", "N03": "62", "N55": "13", "N50": "06"}


@dataclass(frozen=True, slots=True)
class Staff:
    """The people who act in one region."""

    witness_care: Actor
    vlo: Actor
    manager: Actor


def hire_all(db: Database, settings: Settings, today: date) -> dict[str, Staff]:
    """Add everybody, by region, and one administrator; note how each signs in."""
    staff = {region: _hire(db, settings, region, today) for region in _REGIONS}
    _hire_one(db, settings, Role.ADMINISTRATOR, "Ada Administrator", None, None, today)
    return staff


def _hire(db: Database, settings: Settings, region: str, today: date) -> Staff:
    names = {
        "N07": ("Wanda Witness", "Violet Liaison", "Maya Manager"),
        "N03": ("Wyn Witness", "Ffion Liaison", "Megan Manager"),
        "N55": ("Will Witness", "Vera Liaison", "Moira Manager"),
        "N50": ("Wendy Witness", "Val Liaison", "Mona Manager"),
    }[region]
    area = _AREA_OF_REGION[region]
    witness_care = _hire_one(db, settings, Role.WITNESS_CARE, names[0], None, area, today)
    vlo = _hire_one(db, settings, Role.VLO, names[1], region, None, today)
    manager = _hire_one(db, settings, Role.MANAGER, names[2], region, None, today)
    _open_unit(db, region, manager, today)
    return Staff(witness_care, vlo, manager)


def _open_unit(db: Database, region: str, manager: Actor, today: date) -> None:
    named = region_named(region)
    unit = accounts.UnitEntry(
        region_code=region,
        name=f"{named.name if named else region} Victim Liaison Unit",
        email=f"vlu.{region.lower()}@example.org",
        phone="020 7946 0100",
        address="PO Box 100\nExample Town\nEX1 1EX",
    )
    with db.writing() as session:
        accounts.save_unit(session, None, unit, at_work(today))


def _hire_one(
    db: Database,
    settings: Settings,
    role: Role,
    name: str,
    region: str | None,
    area: str | None,
    today: date,
) -> Actor:
    first, _, _ = name.lower().partition(" ")
    email = f"{first}.{role.replace('_', '-')}@example.org"
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    entry = accounts.AccountEntry(email, name, password, role, region, area, "020 7946 0101")
    with db.writing() as session:
        made = accounts.add_account(session, None, entry, at_work(today))
        actor = Actor(int(made.id or 0), name, role, region, area)
    _note_password(settings.data_dir / SIGN_IN_FILE, email, password, role, _place(region, area))
    return actor


def _place(region: str | None, area: str | None) -> str:
    known = region_named(region) if region else None
    return known.name if known else POLICE_AREAS.get(area or "", "")


def _note_password(path: Path, email: str, password: str, role: Role, where: str) -> None:
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        place = f" ({where})" if where else ""
        file.write(f"{role.replace('_', ' ')}{place}: {email} / {password}\n")
