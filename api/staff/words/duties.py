"""What pages call the duties, and who owes them."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.law.duties import DUTIES, TITLES
from vcs.terms import OwedBy

OWED_BY: Mapping[str, str] = {
    OwedBy.COURT: "The court",
    OwedBy.WITNESS_CARE_UNIT: "Witness care unit",
    OwedBy.VICTIM_LIAISON_UNIT: "Victim liaison unit",
}

DUTY_NAMES: Mapping[str, str] = TITLES

WHOSE_TURN: Mapping[str, str] = {row.duty: OWED_BY[row.owed_by] for row in DUTIES if row.tracked}
