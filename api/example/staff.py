"""The made-up people who work with the caseload, and their units."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from api.example.feeds import at_work
from vcs.access.accounts import AccountEntry, UnitEntry, add_account, save_unit
from vcs.access.actors import Actor
from vcs.database import Database
from vcs.intake.regions import POLICE_AREAS, region_named
from vcs.terms import Role

SIGN_IN_FILE = "example-sign-in.txt"

_NAMES = {
    "N07": ("Wanda Witness", "Violet Liaison", "Maya Manager"),
    "N03": ("Wyn Witness", "Ffion Liaison", "Megan Manager"),
    "N55": ("Will Witness", "Vera Liaison", "Moira Manager"),
    "N50": ("Wendy Witness", "Val Liaison", "Mona Manager"),
}

_AREA_OF_REGION = {"N07": "01", "N03": "62", "N55": "13", "N50": "06"}


_OF_ONE_REGION = {
    "Hugh Head": Role.HEAD,
    "Una Office": Role.UNIT_ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class Staff:
    """The people who act in one region."""

    witness_care: Actor
    vlo: Actor
    manager: Actor


@dataclass(frozen=True, slots=True)
class _Post:
    """What one person does, and where: a region, a police area or neither."""

    role: Role
    region: str | None = None
    area: str | None = None

    @property
    def place(self) -> str:
        known = region_named(self.region) if self.region else None
        return known.name if known else POLICE_AREAS.get(self.area or "", "")


@dataclass(slots=True)
class Hiring:
    """Adds the staff. ``sign_ins`` has a line for each person: role, email, password."""

    db: Database
    today: date
    sign_ins: list[str] = field(default_factory=list)

    def hire_all(self) -> dict[str, Staff]:
        """Add everybody, by region, and one administrator."""
        staff = {region: self._hire(region) for region in _NAMES}
        self._hire_one("Ada Administrator", _Post(Role.ADMINISTRATOR))
        for name, role in _OF_ONE_REGION.items():
            self._hire_one(name, _Post(role, next(iter(_NAMES))))
        self._hire_one("Percy Practitioner", _Post(Role.PRACTITIONER))
        self._hire_one("Ines Inspector", _Post(Role.INSPECTOR))
        return staff

    def _hire(self, region: str) -> Staff:
        witness_care, vlo, manager = _NAMES[region]
        area = _AREA_OF_REGION[region]
        hired = Staff(
            self._hire_one(witness_care, _Post(Role.WITNESS_CARE, area=area)),
            self._hire_one(vlo, _Post(Role.VLO, region)),
            self._hire_one(manager, _Post(Role.MANAGER, region)),
        )
        self._open_unit(region)
        return hired

    def _open_unit(self, region: str) -> None:
        named = region_named(region)
        unit = UnitEntry(
            region_code=region,
            name=f"{named.name if named else region} Victim Liaison Unit",
            email=f"vlu.{region.lower()}@example.org",
            phone="020 7946 0100",
            address="PO Box 100\nExample Town\nEX1 1EX",
        )
        with self.db.writing() as session:
            save_unit(session, None, unit, at_work(self.today))

    def _hire_one(self, name: str, post: _Post) -> Actor:
        first, _, _ = name.lower().partition(" ")
        email = f"{first}.{post.role.replace('_', '-')}@example.org"
        password = "-".join(secrets.token_hex(3) for _ in range(3))
        entry = AccountEntry(
            email, name, password, post.role, post.region, post.area, "020 7946 0101"
        )
        with self.db.writing() as session:
            made = add_account(session, None, entry, at_work(self.today))
            actor = Actor(int(made.id or 0), name, post.role, post.region, post.area)
        place = f" ({post.place})" if post.place else ""
        self.sign_ins.append(f"{post.role.replace('_', ' ')}{place}: {email} / {password}")
        return actor


def keep_sign_ins(path: Path, sign_ins: list[str]) -> None:
    """Write the file that says how to sign in, whole, in place of an earlier one."""
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{line}\n" for line in sign_ins)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
