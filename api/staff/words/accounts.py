"""What pages call the roles of staff."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.terms import Role

ROLES: Mapping[str, str] = {
    Role.WITNESS_CARE: "Witness care officer",
    Role.VLO: "Probation victim liaison officer (VLO)",
    Role.MANAGER: "Victim liaison unit manager",
    Role.ADMINISTRATOR: "Administrator",
}
