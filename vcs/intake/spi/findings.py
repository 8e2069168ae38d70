"""What an SPI offence says the court found: finding, results, plea, conviction date."""

from __future__ import annotations

from collections.abc import Collection

from vcs.intake.results import result_tables
from vcs.intake.results.kinds import finding_by_result
from vcs.intake.results.result_tables import Kind
from vcs.intake.spi.fields import text
from vcs.intake.spi.tree import Node
from vcs.terms import Finding

ALTERNATIVE = "A"

"""Not guilty of the offence charged, guilty of another that stands in its place."""

_FINDINGS = {
    "G": Finding.CONVICTED,
    ALTERNATIVE: Finding.CONVICTED,
    "N": Finding.NOT_CONVICTED,
    "O": Finding.NOT_CONVICTED,
    "C": Finding.NOT_CONVICTED,
}

_GUILTY_PLEAS = {"1", "6", "7"}


def finding_of(offence: Node, kinds: Collection[Kind]) -> Finding:
    """Return the finding on one offence, from the strongest evidence to the weakest."""
    recorded = finding_by_result(kinds)
    if recorded:
        return recorded
    stated = _FINDINGS.get(text(offence, "Finding").upper())
    if stated:
        return stated
    if result_tables.ACQUITTAL in kinds:
        return Finding.NOT_CONVICTED
    if text(offence, "Plea").lstrip("0") in _GUILTY_PLEAS or text(offence, "ConvictionDate"):
        return Finding.CONVICTED
    return Finding.NOT_STATED


def is_alternative(offence: Node) -> bool:
    """Say whether the conviction is for another offence than the one that the message names."""
    return text(offence, "Finding").upper() == ALTERNATIVE
