"""What pages call the systems that send to us."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.access.records import ClientKind

CLIENTS: Mapping[str, str] = {
    ClientKind.COURT: "A court system, which sends court messages",
    ClientKind.WITNESS_CARE: "A witness care unit's system, which refers victims",
    ClientKind.CUSTODY: "A prison’s or licence system, which tells what became of offenders",
    ClientKind.OFFENDER_MANAGER: "An offender managers’ system, which asks how a unit is consulted",
}

_REFUSED: Mapping[str, str] = {
    ClientKind.COURT: "Every court message that it sends from then on is refused, and nothing of "
    "it is kept here. Make sure that its sentences come by another way, or victims are missed.",
    ClientKind.WITNESS_CARE: "Every referral, correction and opt-out that it sends from then on is "
    "refused, and nothing of it is kept here. Tell the unit to use the pages.",
    ClientKind.CUSTODY: "Every release, escape or recall that it sends from then on is refused, "
    "and nothing of it is kept here. Make sure that officers hear of them by another way.",
    ClientKind.OFFENDER_MANAGER: "Every question that it sends from then on is refused. Tell its "
    "practitioners to use the page ‘Consult a unit’.",
}


def what_disabling_a_client_does(kind: str, is_alone: bool) -> list[str]:
    """Say what follows when a program is disabled."""
    follows = ["Its secret, and every token made with it, stop at once.", _REFUSED[kind]]
    if is_alone:
        follows.append("No other system of this kind is let in.")
    follows.append("What it sent before stays, and is still read.")
    follows.append(
        "This page cannot undo it. Whoever runs the service can let it in again, with ‘vcs clients "
        "reset --enable’ and a new secret."
    )
    return follows
