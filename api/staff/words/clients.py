"""What pages call the systems that send to us."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.access.records import ClientKind

CLIENTS: Mapping[str, str] = {
    ClientKind.COURT: "A court system, which sends court messages",
    ClientKind.WITNESS_CARE: "A witness care unit's system, which refers victims",
}
