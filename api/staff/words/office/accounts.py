"""What pages call the roles of staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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

_STAYS: Mapping[str, str] = {
    Role.WITNESS_CARE: "What they sent stays. What is still due from witness care stays due.",
    Role.MANAGER: "Tasks stay open, and alerts go to the other managers or the head.",
    Role.HEAD: "Tasks stay open, and alerts go to the managers.",
    Role.UNIT_ADMINISTRATOR: "Letters that wait to be posted stay on the list of print batches.",
    Role.PRACTITIONER: "No referral changes hands: they see none.",
    Role.INSPECTOR: "Samples that were drawn for them stay as they are.",
    Role.ADMINISTRATOR: "Messages that could not be read stay on the list of the others.",
}


WHAT_A_CHANGE_DOES: Sequence[str] = (
    "Their password stays. Another email address, role or place signs them out at once.",
    "With another role or place, each of their open referrals is left without an officer, and a "
    "task asks the managers of its region for another one. No deadline moves.",
    "To end their access, disable the account.",
)


def what_disabling_does(role: str, open_referrals: int, where: str, is_alone: bool) -> list[str]:
    """Say what follows when an account is disabled. ``where`` is empty for who works everywhere."""
    follows = ["They are signed out at once, everywhere, and cannot sign in again."]
    if open_referrals == 0:
        follows.append(_STAYS.get(role, "They have no open referral."))
    else:
        theirs = "open referral is" if open_referrals == 1 else "open referrals are"
        follows.append(
            f"Their {open_referrals} {theirs} left without an officer at once. For each, a task "
            f"asks the managers of {where} for another one. No deadline moves."
        )
    if is_alone:
        follows.append(
            f"Nobody else{' of ' if where else ''}{where} has this role. Add an account for "
            "somebody else first, or nobody does this work."
        )
    follows.append(
        "This page cannot undo it. Whoever runs the service can let them in again, with ‘vcs users "
        "reset --enable’ and a new password."
    )
    return follows
