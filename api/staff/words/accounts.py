"""What pages call the roles of staff."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.terms import Role

ROLES: Mapping[str, str] = {
    Role.WITNESS_CARE: "Witness care officer",
    Role.VLO: "Probation victim liaison officer (VLO)",
    Role.MANAGER: "Victim liaison unit manager",
    Role.HEAD: "Head of public protection",
    Role.UNIT_ADMINISTRATOR: "Unit administrator",
    Role.PRACTITIONER: "Probation practitioner",
    Role.INSPECTOR: "Inspector",
    Role.ADMINISTRATOR: "Administrator",
}

WHAT_THEY_DO: Mapping[str, str] = {
    Role.WITNESS_CARE: "Refers the victims of a police area",
    Role.VLO: "Reaches the victims of a region, and writes to them",
    Role.MANAGER: "Decides about the referrals of a region",
    Role.HEAD: "Sees all that a manager of the region sees, and decides as the second person",
    Role.UNIT_ADMINISTRATOR: "Gives referrals to officers and posts letters; sees an address on "
    "letters to post alone",
    Role.PRACTITIONER: "Learns how to consult a victim liaison unit, and sees no case",
    Role.INSPECTOR: "Reads samples that a manager drew, without names and addresses",
    Role.ADMINISTRATOR: "Lets people in and sees that messages are read; sees no case",
}
"""One line about each role, for whoever gives it."""
